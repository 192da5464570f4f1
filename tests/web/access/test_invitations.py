"""Invitations of staff: who may set whose password."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from tests.web import factories
from tests.web.factories import PASSWORD

from driegesprek.web.access.actor import of_staff
from driegesprek.web.access.domain import staff as logins
from driegesprek.web.access.models import Membership
from driegesprek.web.common.audit import System
from driegesprek.web.people.models import Staff

NEW = "nog een lang wachtwoord"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_wrong_passwords_before():
    """Limits are counted per address, and every test comes from the same one."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def elsewhere():
    """Somebody who works at another school, with a login."""
    return factories.make_staff(factories.make_school("De Poort"), "leader")


@pytest.fixture
def inviter():
    return factories.make_staff(factories.make_school(), "counsellor")


def same_address(inviter, of):
    return Staff.objects.create(school=inviter.school, given_name="E", family_name="Y", email=of.email)


def invitation(person, actor):
    return reverse("accept_invitation", args=[logins.invite(person, actor=actor)])


def password_of(person):
    user = Membership.objects.get(staff=person).user
    return next(one for one in (PASSWORD, NEW) if user.check_password(one))


def test_a_school_cannot_set_the_password_of_somebody_who_works_at_another(client, inviter, elsewhere):
    there = same_address(inviter, elsewhere)
    address = invitation(there, of_staff(inviter))
    assert client.post(address, {"password": NEW}).status_code == 200
    assert password_of(elsewhere) == PASSWORD
    assert not Membership.objects.filter(staff=there).exists()


def test_who_works_at_another_school_comes_in_with_the_own_password_which_stays(client, inviter, elsewhere):
    there = same_address(inviter, elsewhere)
    address = invitation(there, of_staff(inviter))
    assert client.post(address, {"password": PASSWORD}).status_code == 302
    assert password_of(elsewhere) == PASSWORD
    assert Membership.objects.get(staff=there).user == Membership.objects.get(staff=elsewhere).user


def test_a_school_cannot_set_it_once_both_belong_to_the_same_login_either(client, inviter, elsewhere):
    there = same_address(inviter, elsewhere)
    client.post(invitation(there, of_staff(inviter)), {"password": PASSWORD})
    client.post(invitation(there, of_staff(inviter)), {"password": NEW})
    assert password_of(elsewhere) == PASSWORD


def test_whoever_runs_the_installation_can(client, inviter, elsewhere):
    there = same_address(inviter, elsewhere)
    assert client.post(invitation(there, System(inviter.school_id)), {"password": NEW}).status_code == 302
    assert password_of(elsewhere) == NEW


def test_guessing_there_is_limited_as_at_the_login_page(client, inviter, elsewhere):
    address = invitation(same_address(inviter, elsewhere), of_staff(inviter))
    for number in range(5):
        client.post(address, {"password": f"{NEW} {number}"})
    assert client.post(address, {"password": PASSWORD}).status_code == 200


def test_a_new_password_by_the_own_school_ends_what_was_open(client, inviter):
    colleague = factories.make_staff(inviter.school)
    factories.login(client, colleague)
    assert client.get(reverse("mfa_index")).status_code == 200
    client.post(invitation(colleague, of_staff(inviter)), {"password": NEW})
    assert password_of(colleague) == NEW
    assert client.get(reverse("mfa_index")).status_code == 302


def test_another_address_keeps_the_same_login(client, inviter):
    colleague = factories.make_staff(inviter.school)
    before = Membership.objects.get(staff=colleague).user
    Staff.objects.filter(pk=colleague.pk).update(email="nieuw@school.example")
    colleague.refresh_from_db()
    client.post(invitation(colleague, of_staff(inviter)), {"password": NEW})
    assert Membership.objects.get(staff=colleague).user == before
    assert password_of(colleague) == NEW


def test_an_invitation_works_once_and_an_address_of_a_colleague_is_no_crash(client, inviter):
    colleague = factories.make_staff(inviter.school)
    address = invitation(colleague, of_staff(inviter))
    assert client.post(address, {"password": NEW}).status_code == 302
    assert client.post(address, {"password": PASSWORD}).status_code == 404
    double = same_address(inviter, colleague)
    assert client.post(invitation(double, of_staff(inviter)), {"password": PASSWORD}).status_code == 404
    assert password_of(colleague) == NEW


def test_who_sends_twice_at_the_same_moment_is_not_told_it_works_twice(inviter):
    colleague = factories.make_staff(inviter.school)
    opened = logins.find_invitation(logins.invite(colleague, actor=of_staff(inviter)))
    logins.accept(opened, password=NEW)
    with pytest.raises(logins.InvitationUsedError):
        logins.accept(opened, password=PASSWORD)
