"""The log of contact, and who waits for a call."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.web.factories import make_adult_for, make_class, make_pupil, make_school, make_staff

from driegesprek.web.access.actor import of_staff
from driegesprek.web.common.models import AuditEntry
from driegesprek.web.outreach.domain import contacts
from driegesprek.web.outreach.models import Contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentor():
    return make_staff(make_school())


@pytest.fixture
def pupil(mentor):
    return make_pupil(make_class(mentor.school, mentor=mentor))


@pytest.fixture
def actor(mentor):
    return of_staff(mentor)


def add(pupil, actor, outcome="reached", *, kind="phone", days=0, bond=None, note=""):
    at = timezone.now() - dt.timedelta(days=days)
    return contacts.add(pupil, bond=bond, kind=kind, outcome=outcome, at=at, actor=actor, note=note)


def test_contact_is_kept_latest_first_and_audited_without_the_note(pupil, actor):
    add(pupil, actor, "sent", kind="sheet", days=9)
    latest = add(pupil, actor, note="Moeder belt morgen terug")
    assert [row.kind for row in contacts.of_pupil(actor, pupil)] == ["phone", "sheet"]
    entry = AuditEntry.objects.get(object_id=latest.pk)
    assert "Moeder" not in str(entry.detail)


def test_an_adult_of_another_pupil_is_refused(pupil, actor):
    other = make_adult_for(make_pupil(pupil.enrolments.get().school_class, "Noor"))
    with pytest.raises(contacts.OtherFamilyError):
        add(pupil, actor, bond=other)
    assert not Contact.objects.exists()


def asks(pupil, bond=None, days=3):
    at = timezone.now() - dt.timedelta(days=days)
    return Contact.objects.create(
        school=pupil.school,
        pupil=pupil,
        bond=bond,
        kind="phone",
        outcome="call_back",
        call_from="evening",
        at=at,
    )


def test_who_asked_to_be_called_waits_until_somebody_was_spoken(pupil, actor):
    asked = asks(pupil, make_adult_for(pupil))
    assert list(contacts.call_backs(actor)) == [asked]
    add(pupil, actor, "not_reached", days=1)
    assert list(contacts.call_backs(actor)) == [asked]
    add(pupil, actor, "reached")
    assert not contacts.call_backs(actor).exists()


def test_a_call_before_the_request_does_not_answer_it(pupil, actor):
    add(pupil, actor, "reached", days=5)
    asked = asks(pupil)
    assert list(contacts.call_backs(actor)) == [asked]


def test_a_sheet_that_was_done_does_not_answer_a_request_to_be_called(pupil, actor):
    asked = asks(pupil)
    add(pupil, actor, "reached", kind="sheet")
    assert list(contacts.call_backs(actor)) == [asked]


def test_the_longest_waiting_stands_first(pupil, actor):
    later, earlier = (
        asks(pupil, days=1),
        asks(make_pupil(pupil.enrolments.get().school_class, "Noor"), days=4),
    )
    assert list(contacts.call_backs(actor)) == [earlier, later]


def test_another_mentor_sees_no_contact_and_no_request(pupil, actor):
    asks(pupil)
    other = of_staff(make_staff(pupil.school))
    assert not contacts.of_pupil(other, pupil).exists()
    assert not contacts.call_backs(other).exists()
    counsellor = of_staff(make_staff(pupil.school, "counsellor"))
    assert contacts.call_backs(counsellor).count() == 1
