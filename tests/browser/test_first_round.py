"""A school's first round, from an empty installation to what it shows: one story, step by step, by real browsers.

`DRIEGESPREK_WRITE_SCREENSHOTS=1` renews the pictures of docs/eerste-ronde.md.
"""

import datetime as dt
import re
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from tests.browser import class_list
from tests.browser.serving import URL
from tests.browser.watching import DESK, Person, nl, six_digits

pytestmark = pytest.mark.story
PASSWORD = "Vier paarse fietsen op zondag"
TODAY = dt.datetime.now(ZoneInfo("Europe/Amsterdam")).date()
YEAR_ENDS = dt.date(TODAY.year + (TODAY.month >= 8), 7, 31)
LAST_DAY = min(TODAY + dt.timedelta(days=10), YEAR_ENDS)
TALKS = min(TODAY + dt.timedelta(days=14), YEAR_ENDS)


@pytest.fixture(scope="module")
def story():
    """What is remembered from one step to the next."""
    return SimpleNamespace(people=[])


@pytest.fixture(scope="module")
def counsellor(browser):
    return Person(browser, URL, **DESK)


@pytest.fixture(scope="module")
def mentor(browser):
    return Person(browser, URL, **DESK)


def test_the_first_page_of_an_empty_installation_sets_up_a_school(counsellor):
    counsellor.go("/")
    counsellor.heading(nl("Set up your school"))
    page = counsellor.page
    page.get_by_label(nl("Name of the school")).fill("De Wissel")
    page.get_by_label(nl("Town")).fill("Rotterdam")
    page.get_by_label(nl("Telephone number for families")).fill("010 765 43 21")
    page.get_by_label(nl("Your given name")).fill("Elif")
    page.get_by_label(nl("Your family name")).fill("Yilmaz")
    page.get_by_label(nl("Your e-mail address")).fill("decaan@dewissel.example")
    page.get_by_label(nl("Password"), exact=True).fill(PASSWORD)
    counsellor.shot("01-school")
    counsellor.press(nl("Set up"))
    log_in(counsellor, "decaan@dewissel.example")
    set_up_second_factor(counsellor)
    assert counsellor.go("/desk/begin/").status == 404


def log_in(person, email, password=PASSWORD):
    person.heading(nl("Log in"))
    person.page.get_by_label(re.compile("e-mail", re.IGNORECASE)).fill(email)
    person.page.get_by_label(nl("Password"), exact=True).fill(password)
    person.press(nl("Log in"))


def set_up_second_factor(person):
    person.heading(nl("Set up a second factor"))
    secret = person.page.locator("code").inner_text()
    person.page.get_by_role("textbox").fill(six_digits(secret))
    person.press(nl("Done"))
