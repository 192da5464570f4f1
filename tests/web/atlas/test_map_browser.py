"""The map of the atlas in a real browser: it moves, by keyboard too, as the tables say; without script it is a drawing."""

import json

import pytest
from tests.browsers import CHROMIUM, chromium, sideways, violations
from tests.web.conftest import TODAY
from tests.web.family.browsing import new_page, see

from driegesprek import region
from driegesprek.web.supply import opendata

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]
SOUTH = [[4.1, 51.8], [4.6, 51.8], [4.6, 52.0], [4.1, 52.0], [4.1, 51.8]]
EMMEN = [[6.8, 52.7], [7.0, 52.7], [7.0, 52.9], [6.8, 52.9], [6.8, 52.7]]


@pytest.fixture
def bounded(imported, tmp_path):
    features = [
        {"properties": {"statnaam": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for name, ring in (("Rotterdam", SOUTH), ("Emmen", EMMEN))
    ]
    (tmp_path / "g.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    opendata.store().keep(region.read(tmp_path / "g.geojson", year=2023), today=TODAY)


def by_keyboard(page):
    """From a row of the table to the map and back; from a dot to its bubble and back."""
    button = page.locator("tr[data-place=rotterdam] .map-go")
    button.focus()
    page.keyboard.press("Enter")
    bubble = page.locator(".leaflet-popup").last
    see(bubble).to_contain_text("Rotterdam: 100.0%")
    see(page.locator("tr[data-place=rotterdam]")).to_have_class("picked")
    see(bubble.locator("[data-figures]")).to_be_focused()
    page.keyboard.press("Escape")
    see(button).to_be_focused()
    dot = page.locator(".map-place").first
    dot.focus()
    page.keyboard.press("Space")
    see(page.locator(".leaflet-popup").last).to_contain_text(
        "School 00AA01, Rotterdam. The profile is followed here: yes"
    )
    assert violations(page) == []
    page.keyboard.press("Escape")
    see(dot).to_be_focused()


def test_the_map_moves_by_keyboard_and_says_what_the_tables_say(live_server, bounded):
    with chromium() as browser:
        page = new_page(browser, live_server, width=1000)
        page.goto("/atlas/kaart/?area=Rotterdam&profile=zw")
        see(page.locator("[data-ready]")).to_be_visible()
        by_keyboard(page)
        here = page.locator(".leaflet-map-pane").get_attribute("style")
        page.locator(".map-ground").focus()
        page.keyboard.press("+")
        page.keyboard.press("ArrowRight")
        page.wait_for_function(
            "(before) => document.querySelector('.leaflet-map-pane').getAttribute('style') !== before",
            arg=here,
        )
        assert [one for one in page.complaints if "violates" in one] == []
        assert {url.startswith(live_server.url) for _, url in page.asked if not url.startswith("data:")} == {
            True
        }


def test_without_a_script_the_drawing_and_the_tables_stay_and_a_small_phone_holds_all(live_server, bounded):
    with chromium() as browser:
        page = new_page(browser, live_server, java_script_enabled=False)
        page.goto("/atlas/kaart/?area=Rotterdam&profile=zw")
        see(page.locator(".map .drawing svg")).to_be_visible()
        see(page.locator(".map-live")).to_be_hidden()
        page = new_page(browser, live_server)
        page.goto("/atlas/kaart/?area=Rotterdam&profile=zw")
        see(page.locator("[data-ready]")).to_be_visible()
        assert sideways(page) <= 0
        page.emulate_media(media="print")
        see(page.locator(".map .drawing svg")).to_be_visible()
        see(page.locator(".map-live")).to_be_hidden()
