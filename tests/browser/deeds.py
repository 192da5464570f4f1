"""What people do more than once in the story."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from tests.browser.watching import nl, six_digits

PASSWORD = "Vier paarse fietsen op zondag"
TODAY = dt.datetime.now(ZoneInfo("Europe/Amsterdam")).date()
YEAR_ENDS = dt.date(TODAY.year + (TODAY.month >= 8), 7, 31)
LAST_DAY = min(TODAY + dt.timedelta(days=10), YEAR_ENDS)
TALKS = min(TODAY + dt.timedelta(days=14), YEAR_ENDS)
TALKS_END = min(TALKS + dt.timedelta(days=6), YEAR_ENDS)
THREE = ("Anderen helpen", "Plannen en op tijd zijn", "Doorzetten")


def at_school(day, time):
    """The moment (UTC) at which the clock at school shows this."""
    shown = dt.datetime.combine(day, dt.time.fromisoformat(time), ZoneInfo("Europe/Amsterdam"))
    return shown.astimezone(dt.UTC)


def log_in(person, email, password=PASSWORD):
    person.heading(nl("Log in"))
    person.page.get_by_label(re.compile("e-mail", re.IGNORECASE)).fill(email)
    person.page.get_by_label(nl("Password"), exact=True).fill(password)
    person.press(nl("Log in"))


def set_up_second_factor(person, *, shot=None):
    """Type what an app would show; the recovery codes, which are shown afterwards."""
    person.heading(nl("Set up a second factor"))
    if shot:
        person.shot(shot)
    secret = person.page.locator("code").inner_text()
    person.page.get_by_role("textbox").fill(six_digits(secret))
    person.press(nl("Confirm"))
    person.heading(nl("Recovery codes"))
    codes = person.page.locator("ul.codes code").all_inner_texts()
    person.follow(nl("To the desk"))
    return codes


def upload(person, name, content):
    person.heading(nl("Bring in a class list"))
    person.page.get_by_label(nl("File or files")).set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    person.press(nl("Read the file"))


def map_columns(person):
    """What the page recognised stands; what this school calls otherwise is pointed out."""
    person.heading(nl("Which column is what?"))
    for number in (1, 2):
        chosen = person.page.get_by_label(f"Brieftaal ouder {number}", exact=True)
        assert chosen.input_value() == ""
        chosen.select_option(f"verzorger-{number}.language")
    assert person.page.get_by_label("Stamnr.", exact=True).input_value() == "pupil.id"
    person.shot("03-kolommen")
    person.press(nl("Go on"))


def make(person, what, of_class, *, shot=None):
    """Have something printed; the file, once it is there."""
    person.heading(nl("Sheets"))
    page = person.page
    person.field(nl("What")).select_option(label=nl(what))
    if of_class:
        person.field(nl("For")).select_option(label=of_class)
    person.press(nl("Make"))
    fetching = page.get_by_role("link", name=re.compile(r"^(PDF|\.csv)$"))
    fetching.wait_for(timeout=180_000)
    if shot:
        person.shot(shot)
    path, _name = person.fetch(fetching.click)
    return path


def sheet_of(pages, name):
    """The sheet that bears this name."""
    found = [page for page in pages if name in " ".join(page.text.split())]
    assert len(found) == 1, f"{len(found)} sheets for {name}"
    return found[0]
