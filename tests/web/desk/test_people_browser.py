"""Class lists, people and texts in a real Chromium: axe, no sideways scrolling, the import by keyboard."""

import pytest
from django.urls import reverse
from tests import browsers
from tests.web import factories
from tests.web.family import browsing

from driegesprek.web.people.models import Adult, LikelyDouble, Pupil

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(browsers.CHROMIUM is None, reason="no Chromium on this machine"),
]
HEAD = "Stamnummer;Roepnaam;Tussenvoegsel;Achternaam;Klas;Leerjaar;Mentor;Verzorger 1 naam;Verzorger 1 mobiel;Vrij veld"
ROWS = [
    f"{n};Naam{n};;Achter{n};2{'ABC'[n % 3]};2;Mentor;Ouder {n % 25};06-1{n % 25:07d};x" for n in range(30)
]


@pytest.fixture
def page(live_server, client):
    staff = factories.make_staff(factories.make_school(), "counsellor")
    factories.login(client, staff)
    with browsers.chromium() as browser:
        found = browsing.new_page(browser, live_server, width=1280, height=800)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        found.context.add_cookies([cookie])
        yield found


@pytest.fixture
def lists(tmp_path):
    """A good list, and one with something wrong in it."""
    good, bad = tmp_path / "goed.csv", tmp_path / "vuil.csv"
    good.write_text("\n".join([HEAD, *ROWS]), encoding="cp1252")
    bad.write_text("\n".join([HEAD, ROWS[0], ROWS[0].replace("2A", "")]), encoding="cp1252")
    return good, bad


def choose(page, file):
    page.goto(reverse("desk:import"))
    page.set_input_files("input[type=file]", str(file))
    with browsing.another_page(page):
        page.locator("form[enctype] button").click()


def bring_in(page, file):
    choose(page, file)
    with browsing.another_page(page):
        page.locator("main form .btn").first.press("Enter")
    page.locator("form[action*='toepassen'] button").press("Enter")
    page.wait_for_url("**/klaar/")


def test_every_step_of_the_import_passes_all_of_axe_and_fits_a_phone(page, lists):
    good, bad = lists
    page.goto(reverse("desk:import"))
    wrong = browsers.looked_at(page)
    choose(page, bad)
    wrong += browsers.looked_at(page)
    with browsing.another_page(page):
        page.locator("main form .btn").first.press("Enter")
    wrong += browsers.looked_at(page)
    choose(page, good)
    wrong += browsers.looked_at(page)
    page.locator("form[action*='toepassen'] button").press("Enter")
    page.wait_for_url("**/klaar/")
    wrong += browsers.looked_at(page)
    page.goto(reverse("desk:doubles"))
    wrong += browsers.looked_at(page)
    assert wrong == []
    assert page.complaints == []
    assert Pupil.objects.count() == 30
    before, undecided = Adult.objects.count(), LikelyDouble.objects.filter(decided_at=None)
    doubles = undecided.count()
    assert doubles == 5
    with browsing.another_page(page):
        page.locator("button[value=same]").first.press("Enter")
    assert Adult.objects.count() == before - 1
    assert undecided.count() < doubles


@pytest.mark.only_long  # tests/browser/test_axe_desk.py visits each of these pages too
def test_people_and_texts_pass_all_of_axe_and_fit_a_phone(page, lists):
    bring_in(page, lists[0])
    pupil = Pupil.objects.first()
    bond = pupil.bonds.get()
    present = pupil.enrolments.get().school_class
    wrong = []
    for name, arguments in (
        ("people", []),
        ("pupil", [pupil.pk]),
        ("edit_pupil", [pupil.pk]),
        ("move_pupil", [pupil.pk]),
        ("new_adult", [pupil.pk]),
        ("erase_pupil", [pupil.pk]),
        ("edit_tie", [bond.pk]),
        ("edit_class", [present.pk]),
        ("new_pupil", [present.pk]),
        ("texts", []),
        ("text", ["ar", "common.next"]),
    ):
        page.goto(reverse(f"desk:{name}", args=arguments))
        wrong += browsers.looked_at(page)
    page.goto(reverse("desk:people") + "?show=pupils")
    wrong += browsers.looked_at(page)
    assert wrong == []
    assert page.complaints == []


def test_in_the_list_of_pupils_the_arrow_keys_go_from_row_to_row(page, lists):
    bring_in(page, lists[0])
    page.goto(reverse("desk:people") + "?show=pupils")
    links = page.locator("tbody th a")
    links.first.focus()
    page.keyboard.press("ArrowDown")
    browsing.see(links.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/mensen/*-*/")
