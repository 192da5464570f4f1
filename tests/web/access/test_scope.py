import datetime as dt

import pytest
from tests.web import factories

from driegesprek.web.access import scope
from driegesprek.web.access.actor import ANONYMOUS, of_door, of_staff
from driegesprek.web.access.enums import Grant
from driegesprek.web.people.models import Enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_classes():
    school = factories.make_school()
    mentor = factories.make_staff(school)
    other = factories.make_staff(school, name="De Wit")
    first = factories.make_class(school, "2A", mentor=mentor)
    second = factories.make_class(school, "2B", mentor=other)
    return school, mentor, first, second


def test_a_mentor_sees_the_own_class_only(two_classes):
    _, mentor, first, second = two_classes
    own, other = factories.make_pupil(first), factories.make_pupil(second, "Bilal")
    factories.make_adult_for(other)
    assert list(scope.pupils(of_staff(mentor))) == [own]
    assert list(scope.classes(of_staff(mentor))) == [first]
    assert not scope.adults(of_staff(mentor))


@pytest.mark.parametrize("role", ["counsellor", "leader"])
def test_counsellor_and_leader_see_the_whole_school_and_no_other(two_classes, role):
    school, _, first, second = two_classes
    factories.make_pupil(first)
    factories.make_pupil(second)
    elsewhere = factories.make_pupil(factories.make_class(factories.make_school("Elders")))
    actor = of_staff(factories.make_staff(school, role))
    assert scope.pupils(actor).count() == 2
    assert elsewhere not in scope.pupils(actor)


def test_a_mentor_no_longer_sees_a_pupil_who_changed_class(two_classes):
    school, mentor, first, second = two_classes
    pupil = factories.make_pupil(first)
    Enrolment.objects.filter(pupil=pupil).update(until=dt.date(2026, 10, 1))
    Enrolment.objects.create(school=school, pupil=pupil, school_class=second, since=dt.date(2026, 10, 1))
    assert pupil not in scope.pupils(of_staff(mentor))


def test_behind_a_door_there_is_one_pupil_and_one_bond(two_classes):
    _, _, first, _ = two_classes
    pupil, other = factories.make_pupil(first), factories.make_pupil(first, "Noor")
    bond = factories.make_adult_for(pupil)
    factories.make_adult_for(pupil, "Karim", household="2")
    factories.make_adult_for(other)
    actor = of_door(factories.make_door(bond), Grant.LINK)
    assert list(scope.pupils(actor)) == [pupil]
    assert list(scope.bonds(actor)) == [bond]
    assert scope.bonds(of_door(factories.make_door(pupil), Grant.LINK)).count() == 2


def test_who_is_not_known_sees_nobody(two_classes):
    factories.make_pupil(two_classes[2])
    assert not scope.pupils(ANONYMOUS)
    assert not scope.classes(ANONYMOUS)
    assert not scope.staff(ANONYMOUS)
