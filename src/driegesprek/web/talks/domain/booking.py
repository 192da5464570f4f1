"""A family has a time: book, move, cancel. A time is never booked twice."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit, outbox
from driegesprek.web.line.models import Activity
from driegesprek.web.people.models import Pupil
from driegesprek.web.talks.domain.times import locked
from driegesprek.web.talks.enums import BookedBy
from driegesprek.web.talks.models import Slot, Talk

CHANGED = "talk changed"
"""The outbox note from which the family hears of it."""


class SlotTakenError(Exception):
    """Somebody else has this time, or it was withdrawn or has passed: choose another one."""


class TalkHeldError(Exception):
    """The talk was held already."""


def book(
    slot_id: UUID,
    *,
    activity: Activity,
    pupil: Pupil,
    household: str,
    by: BookedBy,
    actor: Actor,
    now: dt.datetime,
    interpreter: bool = False,
) -> Talk:
    """Give a family this time; who had another one moves, and that one is free again in the same moment.

    The row of the time is locked, so that of two families who choose at the same moment the second waits, and then
    hears that it is taken. Booking again what one has changes nothing but the wish for an interpreter.

    Raises:
        SlotTakenError: the time is not free (any more).
        TalkHeldError: there is nothing to book: the talk was held.
    """
    with transaction.atomic():
        slot = locked(slot_id)
        talk = locked_talk(activity, pupil, household)
        if talk.held_at:
            raise TalkHeldError
        if slot is None or not _fits(slot, talk, now):
            raise SlotTakenError
        talk.interpreter = interpreter
        _take(talk, slot, by=by, actor=actor, now=now)
    return talk


def _fits(slot: Slot, talk: Talk, now: dt.datetime) -> bool:
    if slot.pk == talk.slot_id:
        return True
    here = slot.activity_id == talk.activity_id and slot.starts_at > now
    return here and not Talk.objects.filter(slot=slot).exists()


def _take(talk: Talk, slot: Slot, *, by: BookedBy, actor: Actor, now: dt.datetime) -> None:
    if talk.slot_id != slot.pk:
        moved = talk.slot_id is not None
        talk.slot, talk.booked_by, talk.booked_at = slot, by, now
        talk.sequence, talk.was_at = talk.sequence + 1, slot.starts_at
        audit.record(actor, "talk moved" if moved else "talk booked", talk, slot=str(slot.pk))
        outbox.put(CHANGED, school_id=talk.school_id, talk=str(talk.pk), sequence=talk.sequence)
    talk.save()


def locked_talk(activity: Activity, pupil: Pupil, household: str) -> Talk:
    """The talk of this pupil with this household, made where it is missing, locked until the transaction ends."""
    Talk.objects.get_or_create(
        school_id=activity.school_id, activity=activity, pupil=pupil, household=household
    )
    return Talk.objects.select_for_update().get(activity=activity, pupil=pupil, household=household)


def cancel(talk: Talk, *, actor: Actor) -> bool:
    """Give the time back, so that others can choose it; returns whether there was one.

    Raises:
        TalkHeldError: the talk was held.
    """
    with transaction.atomic():
        talk = Talk.objects.select_for_update().get(pk=talk.pk)
        if talk.held_at:
            raise TalkHeldError
        if talk.slot_id is None:
            return False
        talk.slot, talk.booked_by, talk.booked_at = None, "", None
        talk.sequence += 1
        talk.save()
        audit.record(actor, "talk cancelled", talk)
        outbox.put(CHANGED, school_id=talk.school_id, talk=str(talk.pk), sequence=talk.sequence)
    return True


def begin(activity: Activity, pupil: Pupil, household: str, *, actor: Actor) -> Talk:
    """Open a talk without a time: a family that walks in, a call, a visit."""
    with transaction.atomic():
        talk = locked_talk(activity, pupil, household)
        audit.record(actor, "talk begun", talk)
    return talk
