"""The account of a municipality in a browser: no JavaScript, by keyboard, and axe on every page of the region."""

import pytest
from django.test import Client
from django.urls import reverse
from tests import browsers
from tests.browser import watching
from tests.browser.watching import Person
from tests.web import factories
from tests.web.conftest import imported, nothing  # noqa: F401 - fixtures

from driegesprek.web.supply.models import Scenario

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_long]
WIDTHS = (1280, 320)


@pytest.fixture
def browser():
    with watching.chromium() as running:
        yield running


def person_of(browser, server, client, **options):
    person = Person(browser, server.url, **options)
    cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": "nl"}
    person.context.add_cookies(
        [{"name": name, "value": value, "url": server.url} for name, value in cookies.items()]
    )
    return person


def by_keyboard(person):
    """A scenario with a shorter way in Emmen, with nothing but keys and no JavaScript."""
    page = person.page
    person.go(reverse("desk:region"))
    page.get_by_label("Naam").fill("Techniek")
    page.keyboard.press("Enter")
    page.wait_for_url("**/scenario/**")
    person.go(reverse("desk:scenario", args=[Scenario.objects.get().pk]) + "?kind=distance")
    page.get_by_label("In welke gemeente").select_option("Emmen")
    page.get_by_label("Kilometers meer").fill("-2,5")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Wat dat zou doen").wait_for()
    assert "−2,5" in page.inner_text("main")


def pages(row):
    of_scenario = reverse("desk:scenario", args=[row.pk])
    return [
        reverse("desk:region"),
        *(f"{of_scenario}?kind={one}&area=Rotterdam" for one in ("profile", "annex", "shift", "now")),
        reverse("desk:scenario_from_file"),
        reverse("desk:scenarios_compare") + f"?id={row.pk}",
        reverse("desk:targets") + "?indicator=supply&area=Rotterdam",
        reverse("desk:region_bottlenecks") + "?gebied=Rotterdam",
    ]


def test_an_analyst_makes_a_scenario_by_keyboard_and_every_page_passes(browser, live_server, imported):  # noqa: F811 - the fixture
    client = factories.login(Client(), factories.make_analyst())
    without = person_of(browser, live_server, client, java_script_enabled=False)
    by_keyboard(without)
    person = person_of(browser, live_server, client)
    wrong = []
    for path in pages(Scenario.objects.get()):
        person.go(path)
        wrong += browsers.looked_at(person.page, path, WIDTHS)
    assert not wrong
    assert without.complaints == person.complaints == []
