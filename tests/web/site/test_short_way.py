"""An answer that is saved takes the short way; it is guarded as on the long way, and what is not saved is shown by that."""

import re

import pytest
from django.db import OperationalError, connection
from django.test import Client
from tests.web.family.conftest import Phone, hidden, make_family

from driegesprek.web.access.domain import doors
from driegesprek.web.access.models import Door
from driegesprek.web.site.short_way import ShortWayMiddleware
from driegesprek.web.surveys.models import Answer

pytestmark = pytest.mark.django_db
THREE = ["helping", "listening", "making"]


@pytest.fixture
def family(db):
    return make_family()


@pytest.fixture
def ways(monkeypatch):
    """Which way each request took."""
    taken = []
    short = ShortWayMiddleware._saved

    def told(self, request, found):
        response = short(self, request, found)
        taken.append("long" if response is None else "short")
        return response

    monkeypatch.setattr(ShortWayMiddleware, "_saved", told)
    return taken


@pytest.fixture
def at(family):
    return family.at(family.pupil, "opdracht", "qualities")


@pytest.fixture
def phone(family):
    phone = Phone()
    phone.open(family.door(family.pupil))
    return phone


def but_the_language(response):
    return {name: value for name, value in response.headers.items() if name != "Content-Language"}


@pytest.mark.parametrize("secure", [False, True])
def test_the_short_way_answers_as_the_long_way_does_header_by_header(phone, at, ways, secure):
    phone.send(at, THREE)
    long = phone.post(at, {"answer": THREE, "go": "next"}, secure=secure)
    short = phone.post(
        at,
        f"answer={'&answer='.join(THREE)}&go=next",
        content_type="application/x-www-form-urlencoded",
        secure=secure,
    )
    assert ways == ["short", "short"]
    assert short.status_code == long.status_code == 303
    assert but_the_language(short) == but_the_language(long)
    assert len(short.headers) > 8
    assert Answer.objects.count() == 1


def test_a_forged_form_is_refused_and_stores_nothing(family, at, ways):
    browser = Client(enforce_csrf_checks=True)
    home = browser.get("/code/")
    token = hidden(home, "csrfmiddlewaretoken")
    browser.post(doors.link_path(family.door(family.pupil)), {"csrfmiddlewaretoken": token})
    form = "application/x-www-form-urlencoded"
    body = "&".join(f"answer={one}" for one in THREE)
    forged = browser.post(at, body, content_type=form)
    assert (forged.status_code, Answer.objects.count()) == (403, 0)
    assert "<html" in forged.content.decode()
    body += f"&csrfmiddlewaretoken={token}"
    foreign = browser.post(at, body, content_type=form, headers={"origin": "https://elsewhere.example"})
    assert (foreign.status_code, Answer.objects.count()) == (403, 0)
    assert browser.post(at, body, content_type=form).status_code == 303
    assert ways == ["long", "long", "short"]


def test_who_did_not_come_in_or_whose_door_was_shut_saves_nothing(phone, at, ways):
    strange = Phone().send(at, THREE)
    Door.objects.update(generation=9)
    shut = phone.send(at, THREE)
    assert strange.status_code == shut.status_code != 303
    assert (ways, Answer.objects.count()) == (["long", "long"], 0)


def test_what_cannot_be_used_is_shown_again_by_the_long_way(phone, at, ways):
    refused = phone.send(at, ["helping"])
    assert refused.status_code == 422
    assert re.search("Kies er precies drie", refused.content.decode())
    assert phone.send(at.replace("qualities", "nothing-of-the-kind"), "x").status_code == 404
    assert (ways, Answer.objects.count()) == (["long", "long"], 0)


def test_another_host_is_refused(phone, at, ways):
    form = "application/x-www-form-urlencoded"
    asked = phone.post(at, "answer=x", content_type=form, headers={"host": "elsewhere.example"})
    assert (asked.status_code, ways, Answer.objects.count()) == (400, ["long"], 0)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_broke_since_the_last_answer_is_made_anew(phone, at, ways, monkeypatch):
    asked = doors.opened

    def broken(*args, **kwargs):
        monkeypatch.setattr(doors, "opened", asked)
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(doors, "opened", broken)
    assert phone.send(at, THREE).status_code == 303
    assert ways == ["long"]
    assert Answer.objects.get().value == THREE


@pytest.mark.django_db(transaction=True)
def test_an_answer_is_saved_after_the_database_was_restarted(phone, at, ways):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is no server that restarts")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [process])
    other.close()
    assert phone.send(at, THREE).status_code == 303
    assert ways == ["long"]
    assert Answer.objects.get().value == THREE
