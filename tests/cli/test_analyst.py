"""`driegesprek analyst`: accounts of a municipality or region, in the database of the tests."""

import re

import pytest
from click.testing import CliRunner
from tests.web import factories

from driegesprek.cli import main

pytestmark = pytest.mark.django_db
EMAIL = "sanne@gemeente.example"


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setattr("driegesprek.cli.analyst.in_use", lambda: None)
    monkeypatch.setattr("driegesprek.cli.staff.in_use", lambda: None)
    return lambda *words: CliRunner().invoke(main, words)


def add(run, email=EMAIL, office="Rotterdam"):
    return run("analyst", "add", email, "--name", "Sanne", "--office", office, "--area", "MRDH")


def test_an_account_is_made_listed_invited_again_and_ended(run, client):
    first = re.search(r"http\S+", add(run).output)[0]
    assert "Rotterdam (MRDH): Sanne, sanne@gemeente.example: invited" in run("analyst", "list").output
    again = re.search(r"http\S+", run("invite", EMAIL).output)[0]
    path = {one: "/" + one.split("/", 3)[3] for one in (first, again)}
    assert client.get(path[first]).status_code == 404
    assert client.post(path[again], {"password": factories.PASSWORD}).status_code == 302
    assert "logs in" in run("analyst", "list").output
    assert run("analyst", "end", EMAIL).exit_code == 0
    assert "ended" in run("analyst", "list").output
    assert run("invite", EMAIL).exit_code == run("analyst", "end", EMAIL).exit_code == 1


@pytest.mark.parametrize(
    ("email", "office", "said"), [("geen adres", "R", "no e-mail"), (EMAIL, " ", "1 to 80")]
)
def test_what_is_no_account_is_said(run, email, office, said):
    found = add(run, email, office)
    assert found.exit_code == 1
    assert said in found.output


def test_an_address_of_a_school_is_refused(run):
    staff = factories.make_staff(factories.make_school())
    assert "another address" in add(run, staff.email).output
    assert "There are no accounts" in run("analyst", "list").output
