"""Without a mouse: what the desk does every day, and a family's assignment; where the focus is can be seen."""

import re

import pytest
from django.urls import reverse
from tests.browser import watching
from tests.browser.watching import DESK, PHONE, Person, nl
from tests.web import factories
from tests.web.desk.line_school import make_small
from tests.web.family.browsing import see

from driegesprek.web.access.domain import doors
from driegesprek.web.access.models import Door
from driegesprek.web.line.models import Delivery
from driegesprek.web.outreach.models import Contact
from driegesprek.web.surveys.models import Response

pytestmark = pytest.mark.django_db(transaction=True)
MOST_TABS = 90
# The focused element's outline or shadow, as it is drawn. The calendar button inside a field for a day is the browser's own:
# it draws its own ring, and the field itself then has none.
SEEN = """() => {
  const drawn = (one) => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  };
  const here = document.activeElement;
  if (here.matches("input[type=date]:not(:focus-visible), input[type=time]:not(:focus-visible)")) return true;
  const face = here.closest("label")?.querySelector(".option-face");
  return drawn(here) || (face && drawn(face)) || drawn(here.closest("label") ?? here);
}"""


@pytest.fixture
def browser():
    with watching.chromium() as running:
        yield running


@pytest.fixture
def school(live_server):
    return make_small(pupils=3)


def tab_to(page, found):
    """Press Tab until this has the focus; every stop on the way can be seen."""
    for _number in range(MOST_TABS):
        page.keyboard.press("Tab")
        # Past the last stop come the browser's own buttons: then the page as a whole has the focus.
        seen = page.evaluate(f"document.activeElement === document.body || ({SEEN})()")
        assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 160)")
        if found.evaluate_all("(all) => all.length > 0 && all[0] === document.activeElement"):
            return
    raise AssertionError(f"never reached: {found}")


def press(person, found, key="Enter"):
    """Go there by Tab, and press it."""
    tab_to(person.page, found)
    person.page.keyboard.press(key)


def press_and_go(person, found):
    """Go there, press it, and wait for the page it leads to."""
    with person.going():
        press(person, found)


def log_in(person, staff):
    page = person.page
    person.go(reverse("account_login"))
    tab_to(page, page.locator("input[type=email]"))
    page.keyboard.type(staff.email)
    tab_to(page, page.locator("input[type=password]"))
    page.keyboard.type(factories.PASSWORD)
    page.keyboard.press("Enter")
    person.heading(nl("Today"))


def test_log_in_see_progress_mark_a_delivery_and_log_a_call(live_server, browser, school):
    person = Person(browser, live_server.url, **DESK)
    page = person.page
    log_in(person, school.counsellor)
    press(person, page.get_by_role("link", name=nl("Progress"), exact=True))
    person.heading(re.compile(nl("Progress")))
    press_and_go(
        person,
        page.locator("main").get_by_role("link", name=re.compile(nl("Year group %(number)s", number=2))),
    )
    press(person, page.get_by_role("button", name=re.compile(f"{nl('Done today')}.*2A")))
    page.get_by_role("button", name=re.compile(f"{nl('Undo')}.*2A")).wait_for()
    assert Delivery.objects.get().stage == "announced"
    page.keyboard.press("Tab")
    see(page.locator("main :focus")).to_have_count(1)  # one goes on where one was
    press(person, page.get_by_role("link", name=nl("Progress"), exact=True))
    person.heading(re.compile(nl("Progress")))
    press(person, page.get_by_role("link", name=re.compile(nl("Log contact"))))
    person.heading(re.compile(nl("Contact")))
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label(re.compile(nl("Note"))))
    page.keyboard.type("Belt terug.")
    press(person, page.get_by_role("button", name=nl("Keep")))
    person.heading(re.compile(nl("Progress")))
    assert Contact.objects.get().note == "Belt terug."
    assert person.complaints == []


def test_a_family_does_the_assignment(live_server, browser, school):
    person = Person(browser, live_server.url, **PHONE)
    page = person.page
    person.go(doors.link_path(Door.objects.get(bond=school.bonds[0])))
    press_and_go(person, page.locator("main button.btn"))
    press_and_go(person, page.locator("a.todo-item"))
    press_and_go(person, page.locator("main .actions a.btn:not(.ghost)"))
    for _number in range(40):
        if "/delen/" in page.url:
            break
        question(person)
    tab_to(page, page.get_by_role("checkbox"))
    page.keyboard.press("Space")
    press(person, page.locator("main .actions button.btn"))
    page.wait_for_url("**/bewijs/**")
    assert Response.objects.get().submitted_at
    assert person.complaints == []


def question(person):
    """Answer with the first choice, or in a word; then go on with Enter."""
    page = person.page
    answer = page.locator("main").get_by_role("radio").or_(page.locator("main textarea"))
    if answer.count():
        tab_to(page, answer)
        page.keyboard.press("Space")
    press_and_go(person, page.locator("main button.btn[value=next]"))
