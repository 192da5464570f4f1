"""The monitor: what the school delivered, class by class beside what was agreed. No ranking: classes stand by name."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from driegesprek.web.access import scope
from driegesprek.web.access.actor import Actor
from driegesprek.web.line.enums import ActivityKind, DeliveryState, Stage
from driegesprek.web.line.models import Activity, ActivityClass, Delivery, Step
from driegesprek.web.line.rules import agreed_for, delivery_state
from driegesprek.web.people.models import SchoolClass
from driegesprek.web.talks.models import Agreement, Talk

Key = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Cell:
    """One stage of one class: what was agreed, and what was delivered."""

    stage: str
    state: DeliveryState
    agreed: dt.date | None
    on: dt.date | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of one class in one activity; pupils, except agreements."""

    pupils: int = 0
    done: int = 0
    sent: int = 0
    booked: int = 0
    held: int = 0
    agreements: int = 0


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class in one activity."""

    school_class: SchoolClass
    cells: tuple[Cell, ...]
    counts: Counts

    @property
    def by_stage(self) -> dict[str, Cell]:
        """The cells by their stage."""
        return {cell.stage: cell for cell in self.cells}


@dataclass(frozen=True, slots=True)
class ActivityTable:
    """One activity with its classes."""

    activity: Activity
    rows: tuple[ClassRow, ...]

    @property
    def is_talk(self) -> bool:
        """Whether it counts talks."""
        return self.activity.kind == ActivityKind.CAREER_TALK

    @property
    def agreed(self) -> dict[str, dt.date | None]:
        """What was agreed, by stage."""
        return {stage: agreed_for(self.activity, self.activity.kind, stage) for stage in Stage.values}


def tables(
    actor: Actor, activities: QuerySet[Activity], *, today: dt.date, **only: object
) -> list[ActivityTable]:
    """The monitor of these activities, in a number of queries that does not grow with classes or pupils.

    Args:
        actor: who looks; a mentor sees the own classes.
        activities: of which activities.
        today: the day.
        **only: further conditions on classes, as `name="2A"`.
    """
    found = list(activities.select_related("line__year").order_by("opens_on", "kind"))
    classes = scope.classes(actor).filter(**only)
    taking_part = _taking_part(found, classes)
    delivered = _delivered(found)
    counted = _counted(found, classes, today)
    return [_table(one, taking_part[one.pk], delivered, counted, today) for one in found]


def _taking_part(
    activities: list[Activity], classes: QuerySet[SchoolClass]
) -> Mapping[UUID, list[SchoolClass]]:
    rows = ActivityClass.objects.filter(activity__in=activities, school_class__in=classes)
    found = defaultdict(list)
    for row in rows.select_related("school_class__mentor").order_by("school_class__name"):
        found[row.activity_id].append(row.school_class)
    return found


def _delivered(activities: list[Activity]) -> dict[tuple[UUID, UUID, str], dt.date]:
    rows = Delivery.objects.filter(activity__in=activities)
    return {(row.activity_id, row.school_class_id, row.stage): row.on for row in rows}


def _table(
    activity: Activity,
    classes: Iterable[SchoolClass],
    delivered: Mapping[tuple[UUID, UUID, str], dt.date],
    counted: Mapping[Key, Counts],
    today: dt.date,
) -> ActivityTable:
    rows = tuple(
        ClassRow(
            one,
            tuple(
                cell(activity, stage, delivered.get((activity.pk, one.pk, stage)), today)
                for stage in Stage.values
            ),
            counted.get((activity.pk, one.pk), Counts()),
        )
        for one in classes
    )
    return ActivityTable(activity, rows)


def cell(activity: Activity, stage: str, on: dt.date | None, today: dt.date) -> Cell:
    """One stage beside what was agreed."""
    agreed = agreed_for(activity, activity.kind, stage)
    return Cell(stage, delivery_state(agreed, on, today=today), agreed, on)


def enrolled(today: dt.date, classes: QuerySet[SchoolClass], path: str = "pupil__enrolments") -> Q:
    """The condition that a pupil is in one of these classes today."""
    until = Q(**{f"{path}__until": None}) | Q(**{f"{path}__until__gt": today})
    return until & Q(**{f"{path}__since__lte": today, f"{path}__school_class__in": classes})


def _counted(activities: list[Activity], classes: QuerySet[SchoolClass], today: dt.date) -> dict[Key, Counts]:
    numbers: dict[Key, dict[str, int]] = defaultdict(dict)
    for rows in _queries(activities, classes, today):
        for row in rows:
            numbers[row.pop("of"), row.pop("in_class")] |= row
    return {key: Counts(**found) for key, found in numbers.items()}


def _queries(
    activities: list[Activity], classes: QuerySet[SchoolClass], today: dt.date
) -> Iterable[Iterable[dict[str, object]]]:
    here, in_class = enrolled(today, classes), F("pupil__enrolments__school_class")
    steps = Step.objects.filter(here, activity__in=activities)
    yield steps.values(of=F("activity"), in_class=in_class).annotate(
        pupils=Count("pupil", distinct=True),
        done=_pupils(Q(done_at__isnull=False) | Q(talked_at__isnull=False)),
        sent=_pupils(Q(sent_at__isnull=False)),
    )
    talks = Talk.objects.filter(here, activity__in=activities)
    yield talks.values(of=F("activity"), in_class=in_class).annotate(
        booked=_pupils(Q(slot__isnull=False) | Q(held_at__isnull=False)),
        held=_pupils(Q(held_at__isnull=False)),
    )
    there = enrolled(today, classes, "talk__pupil__enrolments")
    agreements = Agreement.objects.filter(there, talk__activity__in=activities)
    yield agreements.values(
        of=F("talk__activity"), in_class=F("talk__pupil__enrolments__school_class")
    ).annotate(agreements=Count("pk", distinct=True))


def _pupils(condition: Q) -> Count:
    return Count("pupil", distinct=True, filter=condition)
