"""Put a line together and change what was agreed."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction

from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit
from driegesprek.web.line.enums import ActivityKind
from driegesprek.web.line.models import Activity, ActivityClass, Choice, Line
from driegesprek.web.line.rules import Dates, date_problems
from driegesprek.web.people.models import SchoolClass, SchoolYear

TITLES = {
    ActivityKind.HOME_ASSIGNMENT: {
        "nl": "Thuisopdracht: waar ben je goed in?",
        "en": "Home assignment: what are you good at?",
    },
    ActivityKind.CAREER_TALK: {"nl": "Driegesprek", "en": "Career talk"},
}


class DatesRefusedError(Exception):
    """The dates do not fit; `problems` says why, by field."""

    def __init__(self, problems: Mapping[str, object]) -> None:
        super().__init__("; ".join(f"{field}: {problem}" for field, problem in problems.items()))
        self.problems = problems


class LineExistsError(Exception):
    """This year group has a line in this year already."""


def start_line(
    year: SchoolYear,
    year_group: int,
    *,
    classes: Iterable[SchoolClass],
    dates: Mapping[ActivityKind, Dates],
    actor: Actor,
) -> Line:
    """Make the line of a year group with its activities; nothing is opened yet (conduct does that).

    Raises:
        LineExistsError: if the year group has a line in this year.
        DatesRefusedError: if dates of an activity do not fit.
    """
    taking_part = list(classes)
    for one in dates.values():
        _check(one, year)
    with transaction.atomic():
        line, made = Line.objects.get_or_create(school_id=year.school_id, year=year, year_group=year_group)
        if not made:
            raise LineExistsError
        for kind, agreed in dates.items():
            _add_activity(line, kind, agreed, taking_part)
        audit.record(actor, "line started", line, classes=len(taking_part))
    return line


def _check(dates: Dates, year: SchoolYear) -> None:
    problems = date_problems(dates, year_starts=year.starts_on, year_ends=year.ends_on)
    if problems:
        raise DatesRefusedError(problems)


def _add_activity(line: Line, kind: ActivityKind, dates: Dates, classes: list[SchoolClass]) -> Activity:
    activity = Activity.objects.create(
        school_id=line.school_id, line=line, kind=kind, title=TITLES[kind], **_fields(dates)
    )
    ActivityClass.objects.bulk_create(
        ActivityClass(school_id=line.school_id, activity=activity, school_class=one) for one in classes
    )
    return activity


def _fields(dates: Dates) -> dict[str, dt.date]:
    return {field: getattr(dates, field) for field in Dates.__dataclass_fields__}


def change_dates(activity: Activity, dates: Dates, *, actor: Actor) -> Activity:
    """Agree on other dates, for every class alike.

    Raises:
        DatesRefusedError: if they do not fit.
    """
    with transaction.atomic():
        activity = (
            Activity.objects.select_for_update(of=("self",)).select_related("line__year").get(pk=activity.pk)
        )
        _check(dates, activity.line.year)
        for field, day in _fields(dates).items():
            setattr(activity, field, day)
        activity.save()
        audit.record(actor, "activity dates changed", activity)
    return activity


def add_classes(activity: Activity, classes: Iterable[SchoolClass], *, actor: Actor) -> int:
    """Let more classes take part; returns how many are new."""
    with transaction.atomic():
        Activity.objects.select_for_update().get(pk=activity.pk)
        there = set(activity.activity_classes.values_list("school_class", flat=True))
        new = [one for one in classes if one.pk not in there]
        ActivityClass.objects.bulk_create(
            ActivityClass(school_id=activity.school_id, activity=activity, school_class=one) for one in new
        )
        if new:
            audit.record(actor, "classes added", activity, classes=len(new))
    return len(new)


def set_choice(
    year: SchoolYear,
    year_group: int,
    *,
    choose_by: dt.date,
    profiles: list[str],
    absent_profiles: list[str],
    contact_name: str,
    contact_phone: str,
    actor: Actor,
) -> Choice:
    """Say what the pupils of a year group choose this year: the front of the sheet."""
    with transaction.atomic():
        choice, _made = Choice.objects.update_or_create(
            school_id=year.school_id,
            year=year,
            year_group=year_group,
            location=None,
            defaults={
                "choose_by": choose_by,
                "profiles": profiles,
                "absent_profiles": absent_profiles,
                "contact_name": contact_name,
                "contact_phone": contact_phone,
            },
        )
        audit.record(actor, "choice set", choice)
    return choice
