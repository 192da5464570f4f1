"""Accounts of a municipality or region: how they come in, and what they never see."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from tests.web import factories
from tests.web.factories import PASSWORD

from driegesprek.web.access import scope
from driegesprek.web.access.actor import of_analyst, of_staff
from driegesprek.web.access.domain import analysts
from driegesprek.web.access.domain import staff as logins
from driegesprek.web.access.models import Analyst, User
from driegesprek.web.common.models import AuditEntry
from driegesprek.web.people.models import Staff

pytestmark = pytest.mark.django_db
NEW = "nog een lang wachtwoord"


@pytest.fixture(autouse=True)
def no_wrong_passwords_before():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sanne():
    return analysts.add(name="Sanne", email="sanne@gemeente.example", office="Rotterdam", area="Rotterdam")


def address(analyst):
    return reverse("accept_invitation", args=[analysts.invite(analyst)])


def test_an_invitation_sets_a_password_once_and_then_the_region_opens(client, sanne):
    path = address(sanne)
    assert "Rotterdam" in client.get(path).text
    assert client.post(path, {"password": "kort"}).status_code == 200
    assert client.post(path, {"password": NEW}).status_code == 302
    assert client.post(path, {"password": NEW}).status_code == 404
    client.post(reverse("account_login"), {"login": "Sanne@Gemeente.example", "password": NEW})
    assert client.get(reverse("desk:home")).url == reverse("desk:region")
    page = client.get(reverse("desk:region")).text
    assert "Sanne" in page
    assert reverse("desk:people") not in page
    assert [one.verb for one in AuditEntry.objects.filter(object_id=sanne.pk).order_by("at")] == [
        "analyst added",
        "analyst invited",
        "invitation accepted",
    ]


@pytest.mark.parametrize("spoil", ["newer", "late", "ended", "forged"])
def test_an_invitation_that_no_longer_counts_is_a_404(client, sanne, spoil):
    path = address(sanne)
    if spoil == "newer":
        analysts.invite(sanne)
    elif spoil == "late":
        Analyst.objects.update(invited_until=timezone.now() - dt.timedelta(minutes=1))
    elif spoil == "ended":
        analysts.end(sanne)
    else:
        path = path.replace("/", "x/", 1) if path.endswith("x/") else f"{path[:-2]}x/"
    assert client.get(path).status_code == client.post(path, {"password": NEW}).status_code == 404


def test_a_second_factor_is_asked_as_of_staff(client, settings):
    settings.SECOND_FACTOR = True
    factories.login(client, factories.make_analyst())
    assert client.get(reverse("desk:region")).url == reverse("mfa_activate_totp")


def test_who_is_ended_is_out_at_once_and_can_come_back(client):
    analyst = factories.make_analyst()
    factories.login(client, analyst)
    assert client.get(reverse("desk:region")).status_code == 200
    analysts.end(analyst)
    assert client.get(reverse("desk:region")).status_code == 302
    again = analysts.add(name="Sanne", email=analyst.email, office=str(analyst.office), area="Rotterdam")
    assert again.pk == analyst.pk
    assert client.post(address(again), {"password": NEW}).status_code == 302
    assert User.objects.get(analyst=again).check_password(NEW)


def test_an_analyst_has_no_people_of_any_school():
    factories.make_adult_for(factories.make_pupil(factories.make_class(factories.make_school())))
    actor = of_analyst(factories.make_analyst())
    assert not any(
        ask(actor).exists() for ask in (scope.classes, scope.pupils, scope.bonds, scope.adults, scope.staff)
    )
    assert not actor.sees_all
    assert actor.roles == {"analyst"}


def test_one_address_is_one_login(sanne):
    analysts.accept(sanne_invited(sanne), password=PASSWORD)
    staff = factories.make_staff(factories.make_school())
    with pytest.raises(analysts.AddressTakenError):
        analysts.add(name="X", email=staff.email.upper(), office="Rotterdam", area="NL")
    with pytest.raises(analysts.AddressTakenError):
        analysts.add(name="X", email=sanne.email, office="Den Haag", area="NL")


def test_a_school_cannot_get_hold_of_the_login_of_an_analyst(client, sanne):
    analysts.accept(sanne_invited(sanne), password=PASSWORD)
    leader = factories.make_staff(factories.make_school(), "leader")
    colleague = Staff.objects.create(school=leader.school, given_name="S", family_name="V", email=sanne.email)
    path = reverse("accept_invitation", args=[logins.invite(colleague, actor=of_staff(leader))])
    assert client.post(path, {"password": NEW}).status_code == 404
    assert User.objects.get(analyst=sanne).check_password(PASSWORD)


def sanne_invited(sanne):
    analysts.invite(sanne)
    sanne.refresh_from_db()
    return sanne
