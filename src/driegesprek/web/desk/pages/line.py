"""What the overview of the line shows: per year group a year strip, the choice, the activities."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from driegesprek.web.access import scope
from driegesprek.web.access.actor import Actor
from driegesprek.web.desk.pages.words import month
from driegesprek.web.line.domain import steps, visible
from driegesprek.web.line.models import Activity, Choice, Line
from driegesprek.web.people.models import SchoolClass, SchoolYear


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the year strip: from which month (1 is the year's first) for how many months."""

    title: str
    days: tuple[dt.date, dt.date]
    state: str
    month: int
    span: int
    activity: Activity | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """A month on the year strip, in its place from 1."""

    place: int
    name: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class YearGroup:
    """One year group in one school year."""

    number: int
    classes: tuple[SchoolClass, ...]
    line: Line | None
    activities: tuple[Activity, ...]
    choice: Choice | None
    marks: tuple[Mark, ...]

    @property
    def is_open(self) -> bool:
        """Whether everything in it is open."""
        return bool(self.activities) and all(one.opened_at for one in self.activities)


@dataclass(frozen=True, slots=True)
class Summary:
    """What opening a line means: for how many, in which languages."""

    pupils: int
    adults: int
    without_adult: int
    languages: tuple[tuple[str, int], ...]


def chosen_year(actor: Actor, wanted: str | None, today: dt.date) -> SchoolYear | None:
    """The year that was asked for, else the one of today, else the first that is still to come, else the latest."""
    years = list(visible.years(actor))
    by_id = {str(year.pk): year for year in years}
    if wanted in by_id:
        return by_id[wanted]
    running = [year for year in years if year.ends_on >= today]
    return min(running, key=lambda year: year.starts_on) if running else (years[0] if years else None)


def months(year: SchoolYear, today: dt.date) -> list[Month]:
    """The twelve months of a school year, from its first."""
    now = _months(year.starts_on, today)
    return [
        Month(place + 1, month((year.starts_on.month + place - 1) % 12 + 1), place == now)
        for place in range(12)
    ]


def title_of(activity: Activity) -> str:
    """The activity's title in the language of the desk, else in Dutch, else its kind."""
    title = activity.title
    return title.get((get_language() or "nl")[:2]) or title.get("nl") or activity.get_kind_display()


def year_groups(actor: Actor, year: SchoolYear, *, today: dt.date) -> list[YearGroup]:
    """The year groups of the classes an actor sees, in order; five queries."""
    classes = scope.classes(actor).filter(year=year, year_group__isnull=False).select_related("mentor")
    groups: dict[int, list[SchoolClass]] = {}
    for one in classes.order_by("year_group", "name"):
        groups.setdefault(one.year_group, []).append(one)
    lines = {line.year_group: line for line in visible.lines(actor).filter(year=year)}
    by_line: dict[UUID, list[Activity]] = {line.pk: [] for line in lines.values()}
    for one in Activity.objects.filter(line__in=by_line).select_related("line").order_by("opens_on", "kind"):
        by_line[one.line_id].append(one)
    choices = {row.year_group: row for row in Choice.objects.filter(year=year).order_by("-location")}
    return [
        _group(year, today, tuple(found), lines.get(number), by_line, choices.get(number))
        for number, found in groups.items()
    ]


def _group(  # noqa: PLR0917 - what a year group is made of
    year: SchoolYear,
    today: dt.date,
    classes: tuple[SchoolClass, ...],
    line: Line | None,
    by_line: dict[UUID, list[Activity]],
    choice: Choice | None,
) -> YearGroup:
    activities = tuple(by_line[line.pk]) if line else ()
    marks = [_mark(one, year, today) for one in activities]
    if choice:
        days = (choice.choose_by, choice.choose_by)
        marks.append(Mark("", days, "now" if choice.choose_by == today else "", *_place(days, year)))
    return YearGroup(classes[0].year_group or 0, classes, line, activities, choice, tuple(marks))


def _mark(activity: Activity, year: SchoolYear, today: dt.date) -> Mark:
    days = (activity.opens_on, activity.closes_on)
    state = "done" if activity.closes_on < today else "now" if activity.opens_on <= today else ""
    return Mark(title_of(activity), days, state, *_place(days, year), activity)


def _place(days: tuple[dt.date, dt.date], year: SchoolYear) -> tuple[int, int]:
    """Month (from 1) and number of months on a strip of twelve."""
    first, last = (min(max(_months(year.starts_on, day), 0), 11) for day in days)
    return first + 1, last - first + 1


def _months(start: dt.date, day: dt.date) -> int:
    return (day.year - start.year) * 12 + day.month - start.month


def summary(line: Line, today: dt.date) -> Summary:
    """For how many pupils and adults the line would open now."""
    activity = line.activities.first()
    if activity is None:
        return Summary(0, 0, 0, ())
    there = steps.taking_part(activity, steps.day_of(activity, today))
    with_adult = {bond.pupil_id for bond in there.bonds}
    spoken = Counter(bond.spoken_language for bond in there.bonds)
    return Summary(
        pupils=len(there.pupils),
        adults=len(there.bonds),
        without_adult=sum(pupil.pk not in with_adult for pupil in there.pupils),
        languages=tuple(spoken.most_common()),
    )
