"""Every page of the desk and of logging in: axe without exclusions, wide and at 320 px, in both languages."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import browsers
from tests.browser import class_list, watching
from tests.browser.watching import Person
from tests.web import factories
from tests.web import world as worlds
from tests.web.addresses import all_addresses, answers
from tests.web.surveys import simulating

from driegesprek.web.access.models import User

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (1280, 320)
MOST = 60 if browsers.LONG else 28
"""At least so many pages a counsellor has."""
# The words differ, the pages do not: `make long` looks at the other language, and at what the others see.
LANGUAGES = ("nl", pytest.param("en", marks=pytest.mark.only_long))
WHO = [
    ("counsellor", "nl"),
    pytest.param("counsellor", "en", marks=pytest.mark.only_long),
    pytest.param("mentor", "nl", marks=pytest.mark.only_long),
]
SPECIAL = {
    "accept_invitation": {"secret": "invitation"},
    "desk:survey_codes": {"round_id": "anonymous_round_id"},
}


@pytest.fixture
def browser():
    with watching.chromium() as running:
        yield running


class Round:
    """Goes from page to page, and keeps what is wrong with each."""

    def __init__(self, browser, server, language, client=None):
        self.person = Person(browser, server.url)
        self.wrong, self.seen = [], []
        cookies = {"django_language": language} | _session(client)
        self.person.context.add_cookies(
            [{"name": name, "value": value, "url": server.url} for name, value in cookies.items()]
        )

    def visit(self, path, name=""):
        """Look at a page; what is downloaded is none."""
        from playwright.sync_api import Error  # noqa: PLC0415 - only where a browser is wanted

        before = len(self.person.complaints)
        try:
            got = self.person.go(path)
        except Error as problem:
            if "Download is starting" not in str(problem):
                raise
            return
        assert got.status == 200, (path, got.status)
        if "html" in got.headers["content-type"]:
            self.look(name or path)
        else:
            # The page that the browser makes around a text or a picture has a style of its own.
            del self.person.complaints[before:]

    def look(self, name):
        """The page as it stands, wide and narrow."""
        self.wrong += browsers.looked_at(self.person.page, name, WIDTHS)
        self.seen.append(name)

    def done(self, least):
        """Raises what was wrong, all at once."""
        assert not self.wrong, "\n".join(map(str, self.wrong))
        assert self.person.complaints == []
        assert len(self.seen) >= least, self.seen
        self.person.context.close()


def _session(client):
    return {"sessionid": client.cookies["sessionid"].value} if client else {}


def pages_of(role, values, prefixes):
    """Addresses that answer this person; of those of the desk every second one, in `make long` all."""
    table = answers()
    for one in all_addresses():
        if not one.name.startswith(prefixes) or table[one.name, "GET"][role] != "200":
            continue
        if not browsers.is_turn(one.name, 0, 2 if prefixes == "desk:" else 1):
            continue
        known = values | {to: values[of] for to, of in SPECIAL.get(one.name, {}).items()}
        known |= {
            "key": "door.title",
            "question": "informed",
            "voice": "adult",
            "kind": "csv",
            "what": "klassen",
        }
        if set(one.parameters) <= set(known):
            yield reverse(one.name, kwargs={name: known[name] for name in one.parameters})


@pytest.mark.parametrize(("role", "language"), WHO)
def test_every_page_of_the_desk(live_server, browser, language, role):
    world = worlds.build()
    client = world.clients[role]
    going = Round(browser, live_server, language, client)
    for path in pages_of(role, world.values, "desk:"):
        going.visit(path)
    if role == "counsellor":
        bring_in(going, client)
    with_errors(going, world)
    going.done(MOST if role == "counsellor" else MOST // 2)


def bring_in(going, client):
    """The pages of bringing in a list, each with something on it."""
    for broken in (True, False):
        path = upload(client, broken=broken)
        going.visit(path, "columns")
        columns = client.get(f"{path}kolommen/").context["form"]
        data = {name: field.initial or "" for name, field in columns.fields.items()}
        client.post(f"{path}kolommen/", data)
        going.visit(path, f"list, {broken=}")
    client.post(f"{path}toepassen/", {"seen": client.get(path).context["plan"].fingerprint})
    going.visit(f"{path}klaar/", "brought in")


def upload(client, *, broken):
    """Where a list waits that was just sent."""
    file = SimpleUploadedFile("leerjaar2.csv", class_list.as_csv(broken=broken))
    return client.post(reverse("desk:import"), {"files": file}).headers["Location"]


def with_errors(going, world):
    """Forms that were filled in wrongly say so in an accessible way too."""
    going.person.go(reverse("desk:contact", args=[world.values["pupil_id"]]))
    going.person.page.locator("main form.form button.btn").last.click()
    going.person.page.locator(".error-summary").wait_for()
    going.look("contact with errors")


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_with_figures(live_server, browser, language):
    world = simulating.make_world()
    for of in world.classes:
        simulating.adults_answer(world, of, 14)
        simulating.pupils_answer(world, of, 12)
    client = Client()
    factories.login(client, factories.make_staff(world.school, "counsellor"))
    going = Round(browser, live_server, language, client)
    address = reverse("desk:results_round", args=[world.activity.pk])
    for query in ("?voice=adult", "?voice=adult&by=class", "?voice=pupil"):
        going.visit(address + query)
        assert going.person.page.get_by_role("figure").count() > 0
    going.visit(reverse("desk:progress"))
    going.done(4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_and_logging_in(live_server, browser, language):
    going = Round(browser, live_server, language)
    going.visit(reverse("desk:begin"))
    going.person.page.locator("main form.form button.btn").click()
    going.person.page.locator(".error-summary").wait_for()
    going.look("first page with errors")
    world = worlds.build()
    for path in pages_of("anonymous", world.values, ("account_", "accept_", "mfa_")):
        going.visit(path)
    user = User.objects.get(memberships__staff__family_name="Bos")
    log_in(going, user)
    second_step(going, user)
    going.done(9)


def log_in(going, user):
    page = going.person.page
    going.visit(reverse("account_login"))
    page.locator("input[type=email]").fill(user.email)
    page.locator("input[type=password]").fill("een ander wachtwoord")
    page.locator("main form.form button.btn").click()
    page.locator(".error-summary").wait_for()
    going.look("wrong password")
    page.locator("input[type=email]").fill(user.email)
    page.locator("input[type=password]").fill(factories.PASSWORD)
    page.locator("main form.form button.btn").click()
    page.wait_for_url(re.compile("/desk/$"))


def second_step(going, user):
    """Setting up an app, and being asked for its code."""
    page = going.person.page
    going.visit(reverse("mfa_activate_totp"))
    secret = page.locator("code").inner_text()
    page.locator("main input:visible").fill(watching.six_digits(secret))
    page.locator("main form.form button.btn").click()
    page.locator("ul.codes").wait_for()
    going.look("recovery codes")
    for name in ("mfa_index", "mfa_generate_recovery_codes", "mfa_deactivate_totp", "account_logout"):
        going.visit(reverse(name))
    page.locator("main form.form button.btn").click()
    page.locator("input[type=email]").fill(user.email)
    page.locator("input[type=password]").fill(factories.PASSWORD)
    page.locator("main form.form button.btn").click()
    page.wait_for_url("**/2fa/inloggen/")
    going.look("second step")
