"""A form's own picture, sound and film on a phone, in Dutch and in Arabic: axe, no sideways scrolling."""

import os

import pytest
from tests import browsers
from tests.instruments import bundling
from tests.web.family import browsing
from tests.web.surveys import picturing, rounding

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(browsers.CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.skipif(not browsers.AXE.is_file(), reason="axe-core is absent: `npm ci` brings it"),
]


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_question_with_picture_sound_and_film(live_server):
    of = rounding.make_school({"2A": 1})
    wide = {name: bundling.picture(size=(900, 600)) for name in ("dier.png", "animal.png")}
    row = picturing.start(of, picturing.store(of, **wide))
    (bond,) = of.bonds.values()
    door = rounding.door_of(bond)
    with browsers.chromium() as browser:
        page = browsing.new_page(browser, live_server, width=320, height=640)
        browsing.enter(page, door)
        page.goto(rounding.at(door, row))
        with browsing.another_page(page):
            page.locator("main button.btn:not(.aloud)").click()
        for language in ("nl", "ar"):
            bond.adult.language = language
            bond.adult.save()
            page.goto(rounding.at(door, row, "opdracht", "animal"))
            assert page.locator("html").get_attribute("lang") == language
            assert page.locator("main img, main audio, main video").count() == 4, "one is of an answer"
            for picture in page.locator("main img").all():
                picture.scroll_into_view_if_needed()
                assert picture.evaluate("(one) => one.decode().then(() => one.naturalWidth)") > 0
            assert browsers.violations(page) == []
            assert browsers.sideways(page) <= 0
            if shots := os.environ.get("DRIEGESPREK_SHOTS"):
                page.screenshot(path=f"{shots}/media-{language}.png", full_page=True)
