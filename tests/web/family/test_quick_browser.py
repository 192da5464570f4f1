"""Appearance `quick` in a real browser: a tap goes on by itself; a key, an older answer or less motion does not."""

import pytest
from tests import browsers
from tests.web.family import browsing
from tests.web.surveys import rounding

from driegesprek.instruments import read_tables
from driegesprek.web.surveys.domain import versions
from driegesprek.web.surveys.models import Answer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(browsers.CHROMIUM is None, reason="no Chromium on this machine"),
]
NL = "label::nl"
FORM = {
    "survey": [
        {"type": "select_one l", "name": "first", NL: "Eén?", "appearance": "quick"},
        {"type": "select_one l", "name": "second", NL: "Twee?", "appearance": "quick"},
        {"type": "select_one l", "name": "third", NL: "Drie?"},
    ],
    "choices": [{"list_name": "l", "name": name, NL: name.title()} for name in ("ja", "nee", "soms")],
    "settings": [{"form_title": "Snel", "default_language": "nl"}],
}


@pytest.fixture
def start():
    of = rounding.make_school({"2A": 1})
    of.version = versions.store(of.school, "own-quick", read_tables(FORM, name="quick"))
    row = rounding.make_round(of, voices=("adult",))
    (bond,) = of.bonds.values()
    door = rounding.door_of(bond)

    def open_(browser, live_server, **how):
        page = browsing.new_page(browser, live_server, **how)
        browsing.enter(page, door)
        page.goto(rounding.at(door, row))
        if page.locator("main button.btn:not(.aloud)").count():
            page.locator("main button.btn:not(.aloud)").click()
        page.goto(rounding.at(door, row, "opdracht", "first"))
        return page

    return open_


def test_a_tap_goes_on_and_back_stays(live_server, start):
    with browsers.chromium() as browser:
        page = start(browser, live_server)
        assert page.locator("[data-quick]").is_visible()
        page.locator(".option >> nth=1").click()
        page.wait_for_url("**/second/")
        assert Answer.objects.get(question="/first").value == "nee"
        page.locator("button[value=back].btn").click()
        page.wait_for_url("**/first/")
        assert page.locator("input:checked").get_attribute("value") == "nee"
        page.wait_for_timeout(800)  # longer than the pause: nothing goes on by itself
        assert page.url.endswith("/first/")
        page.locator("input:checked").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        page.wait_for_timeout(800)
        assert page.url.endswith("/first/")
        assert page.locator("input:checked").get_attribute("value") == "ja"
        page.keyboard.press("Enter")
        page.wait_for_url("**/second/")
        assert page.complaints == []


def test_with_less_motion_or_without_javascript_the_button_leads_on(live_server, start):
    with browsers.chromium() as browser:
        for how in ({"reduced_motion": "reduce"}, {"java_script_enabled": False}):
            page = start(browser, live_server, **how)
            assert page.locator("[data-quick]").is_hidden()
            page.locator(".option >> nth=0").click()
            page.wait_for_timeout(600)
            assert page.url.endswith("/first/")
            with browsing.another_page(page):
                page.locator("button.btn[value=next]").click()
            assert page.url.endswith("/second/")
