"""Races with real connections, each beside a control in which the lock is left out: the control must go wrong."""

from contextlib import nullcontext

import pytest
from django.utils import timezone
from tests.web import factories as make
from tests.web.racing import Meeting, run
from tests.web.talks.making import Setting

from driegesprek.web.access.actor import of_staff
from driegesprek.web.talks.domain import booking, times
from driegesprek.web.talks.domain.booking import SlotTakenError
from driegesprek.web.talks.domain.times import SlotBookedError
from driegesprek.web.talks.models import Slot, Talk

pytestmark = pytest.mark.django_db(transaction=True)
FAMILIES = 6


def unlock(monkeypatch):
    """Take away what holds others off: the transaction (SQLite) and the row lock (PostgreSQL)."""
    plain = lambda pk: Slot.objects.filter(pk=pk, withdrawn_at=None).first()  # noqa: E731 - one line, used twice
    for module in (booking, times):
        monkeypatch.setattr(module, "locked", plain)
        monkeypatch.setattr(module.transaction, "atomic", nullcontext)
    monkeypatch.setattr(
        booking,
        "locked_talk",
        lambda activity, pupil, household: Talk.objects.get(
            activity=activity, pupil=pupil, household=household
        ),
    )
    monkeypatch.setattr(booking.audit, "record", lambda *_args, **_more: None)
    monkeypatch.setattr(booking.outbox, "put", lambda *_args, **_more: None)


@pytest.fixture
def there():
    return Setting()


def families(there):
    """Pupils with a talk row, so that nothing but the time is fought for."""
    pupils = [make.make_pupil(there.school_class, f"Kind {number}") for number in range(FAMILIES)]
    for pupil in pupils:
        Talk.objects.create(school=there.school, activity=there.activity, pupil=pupil, household="1")
    return pupils


def book(there, slot, pupil):
    def deed():
        try:
            there.book(slot, pupil=pupil)
        except SlotTakenError:
            return "taken"
        return "booked"

    return deed


def test_of_many_families_at_the_same_moment_one_has_the_time(there, monkeypatch):
    slot, pupils = there.slot(), families(there)
    monkeypatch.setattr(booking, "_take", Meeting(FAMILIES).before(booking._take))
    results = run([book(there, slot, pupil) for pupil in pupils])
    assert sorted(results) == ["booked"] + ["taken"] * (FAMILIES - 1)
    assert Talk.objects.filter(slot=slot).count() == 1


def test_control_without_the_lock_families_get_an_error_instead(there, monkeypatch):
    """All of them pass the check; only the unique constraint is left, which shows a family an error page."""
    slot, pupils = there.slot(), families(there)
    unlock(monkeypatch)
    monkeypatch.setattr(booking, "_take", Meeting(FAMILIES).before(booking._take))
    results = run([book(there, slot, pupil) for pupil in pupils])
    assert "taken" not in results
    assert sum(result not in {"booked", "taken"} for result in results) == FAMILIES - 1


def withdraw(there, slot):
    def deed():
        try:
            times.withdraw(slot.pk, now=timezone.now(), actor=of_staff(there.mentor))
        except SlotBookedError:
            return "kept"
        return "withdrawn"

    return deed


def both(there, monkeypatch):
    """A family books while the mentor takes the same time back."""
    slot, pupils = there.slot(), families(there)
    meeting = Meeting(2)
    monkeypatch.setattr(booking, "_take", meeting.before(booking._take))
    monkeypatch.setattr(Slot, "save", meeting.before(Slot.save))
    return slot, run([book(there, slot, pupils[0]), withdraw(there, slot)])


def test_a_time_is_either_booked_or_withdrawn(there, monkeypatch):
    slot, results = both(there, monkeypatch)
    assert set(results) in ({"booked", "kept"}, {"taken", "withdrawn"})
    slot.refresh_from_db()
    assert (slot.withdrawn_at is None) == Talk.objects.filter(slot=slot).exists()


def test_control_without_the_lock_a_family_has_a_time_that_is_gone(there, monkeypatch):
    unlock(monkeypatch)
    slot, results = both(there, monkeypatch)
    assert set(results) == {"booked", "withdrawn"}
    slot.refresh_from_db()
    assert slot.withdrawn_at is not None
    assert Talk.objects.filter(slot=slot).exists()


def test_two_windows_of_one_mentor_cannot_give_overlapping_times(there):
    start = there.slot(days=9).starts_at

    def give(minutes):
        def deed():
            new = [times.Time(start + minutes * times.MINUTE, 20)]
            times.give(there.activity, there.mentor, new, place="", actor=of_staff(there.mentor))
            return "given"

        return deed

    results = run([give(minutes) for minutes in (25, 30, 35, 40)])
    assert sorted(results) == ["TimesRefusedError"] * 3 + ["given"]


def test_two_families_who_swap_at_the_same_moment_do_not_lock_each_other_out(there):
    one, other = there.slot(), there.slot(at="18:20")
    first, second = families(there)[:2]
    there.book(one, pupil=first)
    there.book(other, pupil=second)
    results = run([book(there, other, first), book(there, one, second)])
    assert len(results) == 2
    assert set(results) <= {"booked", "taken"}
    assert Talk.objects.filter(slot__isnull=False).count() == 2
