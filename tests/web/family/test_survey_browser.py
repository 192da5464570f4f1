"""The pages of a survey round in a real browser: axe without exclusions, 320 px wide, from right to left."""

import datetime as dt

import pytest
from django.utils import timezone
from tests import browsers
from tests.web.family import browsing
from tests.web.family.conftest import Phone
from tests.web.family.test_axe_browser import Walk
from tests.web.surveys import rounding

from driegesprek.web.access.domain import doors
from driegesprek.web.surveys.domain import draws
from driegesprek.web.surveys.models import Round

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(browsers.CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.skipif(not browsers.AXE.is_file(), reason="axe-core is absent: `npm ci` brings it"),
]


@pytest.mark.parametrize("language", [pytest.param("nl", marks=pytest.mark.only_long), "ar"])
def test_every_page_of_a_survey(live_server, language):
    of = rounding.make_school({"2A": 2})
    pupil = of.pupils["2A"][0]
    adult = of.bonds[pupil.pk].adult
    adult.language = language
    adult.save()
    with browsers.chromium() as browser:
        walk = Walk(browsing.new_page(browser, live_server), language)
        parent(walk, of, pupil)
        by_code(walk, of)
    assert walk.wrong == []
    assert walk.seen >= 15


def parent(walk, of, pupil):
    page, door = walk.page, rounding.door_of_new(of.bonds[pupil.pk])
    row = rounding.make_round(of, "pseudonymous", consent=True, options=["consent_origin"])
    draws.announce(row, prize={"nl": "Een boekenbon van 50 euro"}, prizes=2, actor=of.actor)
    browsing.enter(page, door)
    walk.see("survey-home")
    walk.goto(rounding.at(door, row, "toestemming"), "consent")
    walk.press("main button.btn:not(.aloud)", "consent-nothing-chosen")
    walk.goto(rounding.at(door, row), "first-screen")
    walk.press("main button.btn:not(.aloud)", "question")
    page.locator("input[name=answer]").first.check()
    with browsing.another_page(page):
        page.locator("button[value=next].btn").click()
    walk.goto(rounding.at(door, row, "delen"), "hand-in")
    walk.press("main button.btn:not(.aloud)", "receipt")
    walk.goto(rounding.at(door, row, "loting"), "draw")
    walk.press("main button.btn:not(.aloud)", "no-address")
    page.fill("#address", "Dorpsstraat 1")
    walk.press("main button.btn:not(.aloud)", "lot")
    walk.goto(rounding.at(door, row, "stoppen"), "stop")
    walk.press("main button.btn.ghost", "stopped")


def by_code(walk, of):
    page = walk.page
    row = rounding.make_round(of, "anonymous", voices=("adult",), options=["consent_origin"])
    _batch, codes = rounding.make_codes(of, row)
    walk.goto(codes[0][1].removeprefix("https://school.example") + f"?taal={walk.language}", "door-of-a-code")
    walk.press("main button.btn:not(.aloud)", "first-screen-anonymous")
    long_ago = timezone.localdate() - dt.timedelta(days=9)
    Round.objects.filter(pk=row.pk).update(opens_on=long_ago, closes_on=long_ago)
    page.reload()
    walk.see("closed")
    full = rounding.make_round(of, voices=("adult",), quotas={("adult", ""): 0})
    door = rounding.door_of(of.bonds[of.pupils["2A"][1].pk])
    page.goto(doors.link_path(door) + f"?taal={walk.language}")
    with browsing.another_page(page):
        page.locator("main .btn").first.click()
    walk.goto(rounding.at(door, full), "named-first-screen")
    walk.press("main button.btn:not(.aloud)", "full")


def test_a_survey_works_without_javascript_and_stays_small(db):
    of = rounding.make_school({"2A": 1})
    pupil = of.pupils["2A"][0]
    row = rounding.make_round(of, "pseudonymous")
    phone, door = Phone(), rounding.door_of(of.bonds[pupil.pk])
    phone.open(door)
    first = phone.get(rounding.at(door, row)).content
    assert len(first) < 20_000
    assert b"onclick" not in first
