"""A mentor gives times and takes free ones back."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit
from driegesprek.web.line.models import Activity
from driegesprek.web.people.models import Staff
from driegesprek.web.talks.models import Slot, Talk
from driegesprek.web.talks.rules import MINUTE, HasTime, Time, TimesRefusedError, clashing, ends_at

AROUND = 60 * MINUTE


class SlotBookedError(Exception):
    """This time is booked: first agree on another one with the family, or cancel."""


def near(mentor: Staff, new: list[Time]) -> list[Slot]:
    """What this mentor gave before around these times, of any activity."""
    return list(
        Slot.objects.filter(
            mentor=mentor,
            withdrawn_at=None,
            starts_at__gt=new[0].starts_at - AROUND,
            starts_at__lt=ends_at(new[-1]),
        )
    )


def clashes(mentor: Staff, new: list[Time]) -> list[HasTime]:
    """Those of the new times at which this mentor is busy already."""
    return clashing(new, near(mentor, new))


def give(activity: Activity, mentor: Staff, new: Iterable[Time], *, place: str, actor: Actor) -> list[Slot]:
    """Give these times; all of them, or none.

    Raises:
        TimesRefusedError: the mentor is busy at one of them.
    """
    wanted = sorted(new, key=lambda time: time.starts_at)
    with transaction.atomic():
        mentor = Staff.objects.select_for_update().get(pk=mentor.pk)
        if clashes(mentor, wanted):
            raise TimesRefusedError("begin", _("At one of these times a talk stands already."))
        rows = [
            Slot(
                school_id=activity.school_id,
                activity=activity,
                mentor=mentor,
                starts_at=time.starts_at,
                minutes=time.minutes,
                place=place,
            )
            for time in wanted
        ]
        Slot.objects.bulk_create(rows)
        audit.record(actor, "times given", activity, mentor=str(mentor.pk), times=len(rows))
    return rows


def withdraw(slot_id: UUID, *, now: dt.datetime, actor: Actor) -> None:
    """Take a free time back; doing so again changes nothing.

    Raises:
        SlotBookedError: a family has this time.
    """
    with transaction.atomic():
        slot = locked(slot_id)
        if slot is None:
            return
        if Talk.objects.filter(slot=slot).exists():
            raise SlotBookedError
        slot.withdrawn_at = now
        slot.save(update_fields=["withdrawn_at"])
        audit.record(actor, "time withdrawn", slot)


def locked(slot_id: UUID) -> Slot | None:
    """A time that stands, locked until the transaction ends: nobody books, moves or withdraws it meanwhile."""
    return Slot.objects.select_for_update().filter(pk=slot_id, withdrawn_at=None).first()


def free(activity: Activity, mentor: Staff | None, *, now: dt.datetime) -> QuerySet[Slot]:
    """Times of this mentor that stand, are still to come and that nobody has."""
    return Slot.objects.filter(
        activity=activity, mentor=mentor, withdrawn_at=None, starts_at__gt=now, talk=None
    ).order_by("starts_at")
