"""Open an activity: its round, a step and a door for everyone who takes part; and catch up with who comes later."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from driegesprek import content
from driegesprek.web.access.domain import doors
from driegesprek.web.common import audit
from driegesprek.web.line.domain import lines, steps
from driegesprek.web.line.enums import ActivityKind
from driegesprek.web.line.models import Activity
from driegesprek.web.line.rules import Dates
from driegesprek.web.people.models import SchoolClass
from driegesprek.web.surveys.domain import rounds, versions
from driegesprek.web.surveys.enums import Voice

# Who answers which of our instruments in the home assignment on qualities.
INSTRUMENTS = {Voice.PUPIL: "qualities_pupil", Voice.ADULT: "qualities_adult", Voice.PAPER: "paper_words"}


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """How many steps came and went, for how many pupils and adults."""

    added: int
    removed: int
    pupils: int
    adults: int


def open_activity(activity: Activity, *, actor: audit.Acting, today: dt.date) -> CaughtUp:
    """Start the round of a home assignment, and give pupils and adults of the classes their step and door.

    Doing so again changes nothing but what is behind: people who came later, dates that were moved.
    """
    with transaction.atomic():
        activity = _locked(activity.pk)
        if activity.kind == ActivityKind.HOME_ASSIGNMENT:
            _start_round(activity)
        if activity.opened_at is None:
            activity.opened_at = timezone.now()
            activity.save(update_fields=["opened_at"])
        result = _catch_up(activity, today)
        audit.record(actor, "activity opened", activity, added=result.added, removed=result.removed)
    return result


def _locked(pk: UUID) -> Activity:
    rows = Activity.objects.select_for_update(of=("self",)).select_related("line__year", "school")
    return rows.get(pk=pk)


def _start_round(activity: Activity) -> None:
    voices = {
        voice: versions.store(activity.school, key, content.instrument(key))
        for voice, key in INSTRUMENTS.items()
    }
    rounds.start(
        activity,
        voices=voices,
        opens_on=activity.opens_on,
        closes_on=activity.closes_on,
        title=activity.title,
    )


def catch_up(activity: Activity, *, today: dt.date | None = None) -> CaughtUp:
    """Steps and doors for pupils and adults who came later, for an activity that is open; safe to repeat."""
    today = today or timezone.localdate()
    with transaction.atomic():
        activity = _locked(activity.pk)
        if activity.opened_at is None:
            return CaughtUp(0, 0, 0, 0)
        result = _catch_up(activity, today)
        if result.added or result.removed:
            system = audit.System(activity.school_id)
            audit.record(system, "activity caught up", activity, added=result.added, removed=result.removed)
    return result


def catch_up_school(school_id: UUID | None, *, today: dt.date) -> int:
    """Catch up with every open activity of this school year (None: of all schools); after an import, and every night.

    Returns:
        How many steps came or went.
    """
    rows = Activity.objects.filter(line__year__ends_on__gte=today).exclude(opened_at=None)
    rows = rows.filter(school_id=school_id) if school_id else rows
    results = [catch_up(activity, today=today) for activity in rows]
    return sum(result.added + result.removed for result in results)


def _catch_up(activity: Activity, today: dt.date) -> CaughtUp:
    there = steps.taking_part(activity, steps.day_of(activity, today))
    added, removed = steps.catch_up(activity, there)
    until = {
        "expires_at": end_of_day(activity.line.year.ends_on),
        "code_expires_at": end_of_day(activity.closes_on),
    }
    doors.ensure_adult_doors(there.bonds, **until)
    doors.ensure_pupil_doors(there.pupils, **until)
    return CaughtUp(added, removed, len(there.pupils), len(there.bonds))


def end_of_day(day: dt.date) -> dt.datetime:
    """The moment a day ends in Amsterdam: links open until the year ends, codes until the activity closes."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))


def change_dates(activity: Activity, dates: Dates, *, actor: audit.Acting, today: dt.date) -> None:
    """Agree on other dates; an open activity's round and doors move along."""
    with transaction.atomic():
        changed = lines.change_dates(activity, dates, actor=actor)
        if changed.opened_at:
            open_activity(changed, actor=actor, today=today)


def add_classes(
    activity: Activity, classes: list[SchoolClass], *, actor: audit.Acting, today: dt.date
) -> int:
    """Let more classes take part; in an open activity their pupils and adults get a step at once."""
    with transaction.atomic():
        added = lines.add_classes(activity, classes, actor=actor)
        if added and Activity.objects.filter(pk=activity.pk).exclude(opened_at=None).exists():
            open_activity(activity, actor=actor, today=today)
    return added
