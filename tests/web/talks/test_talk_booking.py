import datetime as dt

import pytest
from django.utils import timezone
from tests.web import factories as make
from tests.web.talks.making import Setting

from driegesprek.web.access.actor import of_staff
from driegesprek.web.common.models import AuditEntry, OutboxItem
from driegesprek.web.people.models import Bond
from driegesprek.web.talks.domain import booking, planning, times
from driegesprek.web.talks.domain.booking import SlotTakenError, TalkHeldError
from driegesprek.web.talks.domain.times import SlotBookedError
from driegesprek.web.talks.models import Slot, Talk
from driegesprek.web.talks.rules import Time, TimesRefusedError

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return Setting()


def test_a_family_has_the_time_it_chose(there):
    slot = there.slot()
    talk = there.book(slot, interpreter=True)
    assert (talk.slot, talk.household, talk.booked_by, talk.interpreter) == (slot, "1", "adult", True)
    assert AuditEntry.objects.filter(verb="talk booked", object_id=talk.pk).count() == 1


def test_choosing_it_again_changes_nothing(there):
    slot = there.slot()
    first = there.book(slot)
    again = there.book(slot)
    assert (again.pk, again.sequence) == (first.pk, 1)
    assert Talk.objects.count() == 1
    assert OutboxItem.objects.filter(kind=booking.CHANGED).count() == 1


def test_what_somebody_else_has_is_taken(there):
    slot = there.slot()
    there.book(slot)
    with pytest.raises(SlotTakenError):
        there.book(slot, "2")
    assert Talk.objects.get(slot=slot).household == "1"


def test_moving_frees_the_other_time_at_once(there):
    first, second = there.slot(), there.slot(at="18:20")
    there.book(first)
    talk = there.book(second)
    assert (talk.slot, talk.sequence) == (second, 2)
    assert list(times.free(there.activity, there.mentor, now=timezone.now())) == [first]
    assert there.book(first, "2").slot == first


def test_a_failed_move_leaves_the_time_they_had(there):
    first, second = there.slot(), there.slot(at="18:20")
    talk = there.book(first)
    there.book(second, "2")
    with pytest.raises(SlotTakenError):
        there.book(second)
    talk.refresh_from_db()
    assert talk.slot == first


@pytest.mark.parametrize("why", ["passed", "withdrawn", "other activity"])
def test_a_time_that_cannot_be_had_is_taken(there, why):
    slot = there.slot()
    if why == "passed":
        Slot.objects.update(starts_at=timezone.now() - dt.timedelta(minutes=1))
    elif why == "withdrawn":
        times.withdraw(slot.pk, now=timezone.now(), actor=of_staff(there.mentor))
    else:
        other = make.make_activity(there.school, [there.school_class], "career_talk")
        Slot.objects.update(activity=other)
    with pytest.raises(SlotTakenError):
        there.book(slot)
    assert not Talk.objects.filter(slot__isnull=False).exists()


def test_cancelling_frees_the_time_once(there):
    slot = there.slot()
    talk = there.book(slot)
    assert booking.cancel(talk, actor=of_staff(there.mentor))
    assert not booking.cancel(talk, actor=of_staff(there.mentor))
    talk.refresh_from_db()
    assert (talk.slot, talk.sequence, talk.was_at) == (None, 2, slot.starts_at)
    assert there.book(slot, "2").slot == slot


def test_what_was_held_is_not_booked_or_cancelled(there):
    talk = there.book(there.slot())
    Talk.objects.update(held_at=timezone.now())
    with pytest.raises(TalkHeldError):
        there.book(there.slot(at="19:00"))
    with pytest.raises(TalkHeldError):
        booking.cancel(talk, actor=of_staff(there.mentor))


def test_a_free_time_is_withdrawn_and_a_booked_one_is_not(there):
    free, booked = there.slot(), there.slot(at="18:20")
    there.book(booked)
    actor = of_staff(there.mentor)
    times.withdraw(free.pk, now=timezone.now(), actor=actor)
    times.withdraw(free.pk, now=timezone.now(), actor=actor)
    with pytest.raises(SlotBookedError):
        times.withdraw(booked.pk, now=timezone.now(), actor=actor)
    assert AuditEntry.objects.filter(verb="time withdrawn").count() == 1


def test_times_of_one_mentor_do_not_overlap_and_are_given_all_or_none(there):
    there.slot(at="18:10")
    start = there.slot(days=8).starts_at - dt.timedelta(days=1)
    new = [Time(start + dt.timedelta(minutes=minutes), 20) for minutes in (-20, 0)]
    with pytest.raises(TimesRefusedError):
        times.give(there.activity, there.mentor, new, place="", actor=of_staff(there.mentor))
    assert Slot.objects.count() == 2
    colleague = make.make_staff(there.school, name="Vos")
    given = times.give(there.activity, colleague, new, place="aula", actor=of_staff(there.counsellor))
    assert [slot.place for slot in given] == ["aula", "aula"]


def test_what_was_withdrawn_may_be_given_again(there):
    slot = there.slot()
    actor = of_staff(there.mentor)
    times.withdraw(slot.pk, now=timezone.now(), actor=actor)
    times.give(there.activity, there.mentor, [Time(slot.starts_at, 15)], place="", actor=actor)
    assert times.free(there.activity, there.mentor, now=timezone.now()).count() == 1


def test_siblings_are_found_by_the_same_adult_only(there):
    sister = make.make_pupil(there.school_class, "Nora")
    make.make_adult_for(sister, "Karim", household="1", relation="father")
    Bond.objects.create(
        school=there.school, pupil=sister, adult=there.mother.adult, household="2", relation="mother"
    )
    with_mother = there.book(there.slot(), "2", pupil=sister)
    there.book(there.slot(at="18:20"), "1", pupil=sister)
    now = timezone.now()
    assert planning.of_siblings([there.mother], now=now) == [with_mother]
    assert planning.of_siblings([there.father], now=now) == []


def test_siblings_at_another_household_stay_unknown(there):
    brother = make.make_pupil(there.school_class, "Bilal")
    Bond.objects.create(
        school=there.school, pupil=brother, adult=there.mother.adult, household="1", contact_allowed=False
    )
    there.book(there.slot(), "1", pupil=brother)
    assert planning.of_siblings([there.mother], now=timezone.now()) == []
