"""Steps of pupils and adults: who has one, and how far they are."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit
from driegesprek.web.line.enums import DoneBy
from driegesprek.web.line.models import Activity, Step
from driegesprek.web.people.models import Bond, Enrolment, Pupil

UNTOUCHED = Q(sent_at=None, done_at=None, talked_at=None)
StepKey = tuple[UUID, UUID | None]


@dataclass(frozen=True, slots=True)
class TakingPart:
    """Who takes part in an activity on a day: pupils, and the adults who may be contacted about them."""

    pupils: list[Pupil]
    bonds: list[Bond]


def day_of(activity: Activity, today: dt.date) -> dt.date:
    """The day whose classes count: today, or the first day of an activity that is yet to come."""
    return max(today, activity.opens_on)


def enrolments(activity: Activity, on: dt.date) -> QuerySet[Enrolment]:
    """Enrolments in the classes of an activity that hold on a day."""
    return Enrolment.objects.filter(
        Q(until=None) | Q(until__gt=on),
        Q(pupil__left_on=None) | Q(pupil__left_on__gt=on),
        school_id=activity.school_id,
        since__lte=on,
        school_class__in=activity.activity_classes.values("school_class"),
    )


def taking_part(activity: Activity, on: dt.date) -> TakingPart:
    """Pupils of the classes on that day, and the bonds about which contact is allowed then."""
    of_classes = enrolments(activity, on).values("pupil")
    bonds = Bond.objects.select_related("adult").filter(
        Q(since=None) | Q(since__lte=on),
        Q(until=None) | Q(until__gt=on),
        pupil__in=of_classes,
        contact_allowed=True,
    )
    return TakingPart(list(Pupil.objects.filter(pk__in=of_classes)), list(bonds))


def catch_up(activity: Activity, there: TakingPart) -> tuple[int, int]:
    """Give everyone who takes part a step, and take away untouched steps of who no longer does.

    What was sent, done or talked about stays, also of a pupil who left.

    Returns:
        How many steps were added and taken away.
    """
    wanted: set[StepKey] = {(pupil.pk, None) for pupil in there.pupils}
    wanted |= {(bond.pupil_id, bond.pk) for bond in there.bonds}
    with transaction.atomic():
        rows = Step.objects.filter(activity=activity)
        known = {(pupil, bond): pk for pk, pupil, bond in rows.values_list("pk", "pupil", "bond")}
        gone = [pk for key, pk in known.items() if key not in wanted]
        removed = rows.filter(UNTOUCHED, pk__in=gone).delete()[0] if gone else 0
        new = sorted(wanted - known.keys(), key=str)
        Step.objects.bulk_create(
            Step(school_id=activity.school_id, activity=activity, pupil_id=pupil, bond_id=bond)
            for pupil, bond in new
        )
    return len(new), removed


def mark_sent(steps: QuerySet[Step], *, at: dt.datetime) -> int:
    """Sheets or messages went out: those steps are sent, unless they were already."""
    return steps.filter(sent_at=None).update(sent_at=at)


def mark_done(steps: Iterable[Step], *, by: DoneBy, at: dt.datetime, actor: Actor) -> list[Step]:
    """These steps are done; what was done before keeps its day and its way. Returns what changed."""
    with transaction.atomic():
        rows = Step.objects.select_for_update().filter(pk__in=[step.pk for step in steps], done_at=None)
        changed = list(rows)
        for step in changed:
            step.done_at, step.done_by = at, by
        Step.objects.bulk_update(changed, ["done_at", "done_by"])
        for step in changed:
            audit.record(actor, "step done", step, by=str(by))
    return changed


def undo_done(steps: Iterable[Step], *, by: DoneBy, actor: Actor) -> int:
    """Take back what was marked in this way; what a family did on a phone is left alone."""
    with transaction.atomic():
        rows = Step.objects.select_for_update().filter(
            pk__in=[step.pk for step in steps], done_by=by, talked_at=None
        )
        changed = list(rows)
        for step in changed:
            step.done_at, step.done_by = None, ""
        Step.objects.bulk_update(changed, ["done_at", "done_by"])
        for step in changed:
            audit.record(actor, "step undone", step, by=str(by))
    return len(changed)
