import datetime as dt

import pytest
from django.utils import timezone
from tests.web import factories

from driegesprek.web.access import secrets
from driegesprek.web.access.actor import of_staff
from driegesprek.web.access.domain import doors
from driegesprek.web.access.enums import Grant
from driegesprek.web.access.models import Door

pytestmark = pytest.mark.django_db


@pytest.fixture
def bond():
    pupil = factories.make_pupil(factories.make_class(factories.make_school()))
    return factories.make_adult_for(pupil)


def test_a_door_opens_by_its_link_and_by_its_code(bond):
    door = factories.make_door(bond)
    assert doors.by_link(secrets.link_secret(door.pk, 1)) == door
    assert doors.by_code(doors.printed_code(door)) == door


def test_nothing_secret_is_stored(bond):
    door = factories.make_door(bond)
    stored = " ".join(str(value) for value in Door.objects.filter(pk=door.pk).values_list()[0])
    assert secrets.link_secret(door.pk, 1) not in stored
    assert secrets.code(door.pk, 1) not in stored


def test_the_same_door_is_kept_when_sheets_are_made_again(bond):
    assert factories.make_door(bond) == factories.make_door(bond)
    assert Door.objects.count() == 1


def test_a_code_can_expire_before_its_link(bond):
    door = factories.make_door(bond)
    Door.objects.update(code_expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert doors.by_code(doors.printed_code(door)) is None
    assert doors.by_link(secrets.link_secret(door.pk, 1)) == door
    assert doors.opened(door.pk, 1, Grant.CODE) is None


def test_a_renewed_door_shuts_the_lost_letter(bond):
    staff = factories.make_staff(bond.school, "counsellor")
    door = factories.make_door(bond)
    old = secrets.link_secret(door.pk, door.generation)
    door = doors.renew(door, actor=of_staff(staff))
    assert doors.by_link(old) is None
    assert doors.by_link(secrets.link_secret(door.pk, door.generation)) == door


def test_a_closed_door_stays_shut(bond):
    door = factories.make_door(bond)
    doors.close(door, actor=of_staff(factories.make_staff(bond.school, "counsellor")))
    assert doors.by_link(secrets.link_secret(door.pk, 1)) is None
    assert doors.opened(door.pk, 1, Grant.LINK) is None


def test_an_adult_who_may_not_be_contacted_gets_no_door(bond):
    bond.contact_allowed = False
    bond.save()
    until = timezone.now() + dt.timedelta(days=1)
    assert doors.ensure_adult_doors([bond], expires_at=until, code_expires_at=until) == {}


def test_a_door_shuts_when_contact_is_no_longer_allowed(bond):
    door = factories.make_door(bond)
    bond.contact_allowed = False
    bond.save()
    assert doors.by_link(secrets.link_secret(door.pk, 1)) is None


def test_doors_of_a_class_take_a_fixed_number_of_queries(django_assert_max_num_queries):
    school_class = factories.make_class(factories.make_school())
    bonds = [factories.make_adult_for(factories.make_pupil(school_class)) for _ in range(6)]
    until = timezone.now() + dt.timedelta(days=1)
    with django_assert_max_num_queries(6):
        doors.ensure_adult_doors(bonds, expires_at=until, code_expires_at=until)
