"""A parent on a small phone: postcode, list, map, leaflet, ways on; by keyboard, and in Arabic. No violation anywhere."""

import pytest
from tests.browsers import CHROMIUM, chromium, sideways, violations
from tests.web.family.browsing import another_page, new_page, see

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]


def type_and_go(page, text):
    """By keyboard alone: to the field, the words, Enter."""
    page.locator("#plek").focus()
    page.keyboard.type(text)
    with another_page(page):
        page.keyboard.press("Enter")


def follow(page, link):
    link.focus()
    with another_page(page):
        page.keyboard.press("Enter")


def sound(page):
    assert violations(page) == []
    assert sideways(page) <= 0


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_a_postcode_to_the_list_the_map_the_leaflet_and_the_ways_on(live_server, imported, script):
    with chromium() as browser:
        page = new_page(browser, live_server, java_script_enabled=script, locale="nl-NL")
        page.goto("/atlas/kiezen/")
        type_and_go(page, "3001")
        see(page.locator("article h3").first).to_contain_text("School 00AA01, Rotterdam")
        see(page.locator("figure.nearby svg")).to_be_visible()
        assert sideways(page) <= 0
        leaflet = page.request.get(page.locator("a[href*='folder.pdf']").get_attribute("href"))
        assert leaflet.body().startswith(b"%PDF")
        page.goto("/atlas/wegen/?plek=3001")
        page.locator("#profiel").select_option("pie")
        page.locator("#leerweg").select_option("B")
        with another_page(page):
            page.locator("main .btn").press("Enter")
        see(page.locator("article").first).to_contain_text("School 00BB00")
        assert sideways(page) <= 0
        follow(page, page.locator("article").first.locator("a").last)
        see(page.locator("article h3").first).to_contain_text("School 00AA01")
        assert page.complaints == []


def test_the_same_in_arabic_from_right_to_left(live_server, imported):
    with chromium() as browser:
        page = new_page(browser, live_server, locale="ar")
        page.goto("/atlas/kiezen/")
        assert page.locator("html").get_attribute("dir") == "rtl"
        type_and_go(page, "3001")
        sound(page)
        page.goto("/atlas/wegen/?profiel=pie&leerweg=B&plek=3001&taal=ar")
        sound(page)
        assert [one for one in page.complaints if "violates" in one] == []
