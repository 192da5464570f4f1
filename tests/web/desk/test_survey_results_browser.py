"""What came of a survey round, and the practice cases, in a real Chromium: axe, no sideways scrolling."""

import os

import pytest
from django.urls import reverse
from tests import browsers
from tests.web import factories
from tests.web.desk.test_survey_results import hand_in, make_again, make_round, some
from tests.web.family import browsing
from tests.web.surveys import rounding

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(browsers.CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.skipif(not browsers.AXE.is_file(), reason="axe-core is absent: `npm ci` brings it"),
]


def test_the_scan_and_the_scores(live_server, client):
    of = rounding.make_school({"2A": 1})
    factories.login(client, of.counsellor)
    before = make_round(of)
    after = make_again(of, before)
    hand_in(before, some(6, 2, 4, 1) | some(6, 3, 5, 2, start=6))
    hand_in(after, some(6, 3, 4, 4) | some(6, 4, 5, 2, start=6))
    with browsers.chromium() as browser:
        page = browsing.new_page(browser, live_server, width=1280, height=800)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        wrong = []
        of_round = ("survey", "survey_scan", "survey_scores", "survey_counts", "survey_findings")
        pages = {name: reverse(f"desk:{name}", args=[after.pk]) for name in of_round}
        for name, address in {**pages, "practice": reverse("desk:practice")}.items():
            page.goto(address)
            wrong += browsers.looked_at(page)
            if shots := os.environ.get("DRIEGESPREK_SHOTS"):
                page.screenshot(path=f"{shots}/{name}.png", full_page=True)
    assert wrong == []
