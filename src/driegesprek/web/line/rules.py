"""Rules of the line: which dates fit, what is late, when something counts as done. Plain values, no database."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from driegesprek.web.line.enums import ActivityKind, DeliveryState, Stage, StepState

WEEK = dt.timedelta(days=7)
HOME_WEEKS = 2  # a family gets two weeks, over two mentor lessons


@dataclass(frozen=True, slots=True)
class Dates:
    """What is agreed for one activity, alike for every class."""

    announce_by: dt.date
    prepare_by: dt.date
    opens_on: dt.date
    closes_on: dt.date
    review_by: dt.date


class HasDates(Protocol):
    """An activity, or its dates."""

    announce_by: dt.date | None
    prepare_by: dt.date | None
    opens_on: dt.date
    closes_on: dt.date
    review_by: dt.date | None


def lesson_before(day: dt.date, weekday: int) -> dt.date:
    """The last mentor lesson before a day; weekday 0 is Monday."""
    return day - dt.timedelta(days=(day.weekday() - weekday - 1) % 7 + 1)


def lesson_after(day: dt.date, weekday: int) -> dt.date:
    """The first mentor lesson after a day; weekday 0 is Monday."""
    return day + dt.timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def propose(
    talks_from: dt.date, talks_until: dt.date, *, lesson: int, today: dt.date
) -> dict[ActivityKind, Dates]:
    """Dates that fit the moments a school has: the report talks, and the mentor lesson of the week.

    The sheets come back in the last mentor lesson before the talks, were given out and prepared in a lesson two
    weeks earlier, and announced a week before that; what was done is looked back on in the next lesson (City Deal
    2017, recommendation 2: announced, prepared, reviewed). Nothing is proposed before today.

    Args:
        talks_from: First day of the talks.
        talks_until: Last day of the talks.
        lesson: Weekday of the mentor lesson, Monday 0.
        today: The day of asking.
    """
    back = max(today, lesson_before(talks_from, lesson))
    out = max(today, back - HOME_WEEKS * WEEK)
    home = Dates(
        announce_by=max(today, out - WEEK),
        prepare_by=out,
        opens_on=out,
        closes_on=back,
        review_by=lesson_after(back, lesson),
    )
    talk = Dates(
        announce_by=min(out, talks_from),
        prepare_by=min(back, talks_until),
        opens_on=talks_from,
        closes_on=talks_until,
        review_by=lesson_after(talks_until, lesson),
    )
    return {ActivityKind.HOME_ASSIGNMENT: home, ActivityKind.CAREER_TALK: talk}


def date_problems(dates: HasDates, *, year_starts: dt.date, year_ends: dt.date) -> dict[str, str | Promise]:
    """What is wrong with the dates of an activity, by field; empty when all is well."""
    problems: dict[str, str | Promise] = {}
    for field in ("announce_by", "prepare_by", "opens_on", "closes_on", "review_by"):
        day = getattr(dates, field)
        if day and not year_starts <= day <= year_ends:
            problems[field] = _("This day is not in the school year. Choose a day in the school year.")
    return problems | _order_problems(dates)


def _order_problems(dates: HasDates) -> dict[str, str | Promise]:
    problems: dict[str, str | Promise] = {}
    if dates.closes_on < dates.opens_on:
        problems["closes_on"] = _("The last day is before the first day. Choose a later day.")
    if dates.announce_by and dates.announce_by > dates.opens_on:
        problems["announce_by"] = _("Families hear of it after it began. Choose a day before the first day.")
    if dates.prepare_by and dates.prepare_by > dates.closes_on:
        problems["prepare_by"] = _("It would be prepared after it ended. Choose a day before the last day.")
    if dates.review_by and dates.review_by < dates.opens_on:
        problems["review_by"] = _("You cannot look back before it began. Choose a later day.")
    return problems


def too_close(talks_until: dt.date, choose_by: dt.date) -> bool:
    """Whether the talks leave less than two weeks before the choice (they should be well ahead of it)."""
    return choose_by - talks_until < 2 * WEEK


def agreed_for(activity: HasDates, kind: str, stage: str) -> dt.date | None:
    """By when a stage was agreed; sheets are given out on the first day, talks held by the last."""
    held = activity.opens_on if kind == ActivityKind.HOME_ASSIGNMENT else activity.closes_on
    return {
        Stage.ANNOUNCED: activity.announce_by,
        Stage.PREPARED: activity.prepare_by,
        Stage.HELD: held,
        Stage.REVIEWED: activity.review_by,
    }[Stage(stage)]


def delivery_state(agreed: dt.date | None, delivered: dt.date | None, *, today: dt.date) -> DeliveryState:
    """Whether a stage was delivered, may still wait, or is past the day that was agreed."""
    if delivered:
        return DeliveryState.DONE
    if agreed and today > agreed:
        return DeliveryState.LATE
    return DeliveryState.OPEN


class HasMoments(Protocol):
    """A step, or what is known of it."""

    sent_at: dt.datetime | None
    done_at: dt.datetime | None
    talked_at: dt.datetime | None


def step_state(step: HasMoments) -> StepState:
    """How far a person is with an activity: the furthest that is known."""
    if step.talked_at:
        return StepState.TALKED
    if step.done_at:
        return StepState.DONE
    return StepState.SENT if step.sent_at else StepState.TODO


def done_for_pupil(states: Iterable[StepState]) -> bool:
    """A home assignment is done for a pupil once the pupil or one of the adults did it: it is done together."""
    return any(state in {StepState.DONE, StepState.TALKED} for state in states)


def profile_lists(chosen: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Split `{profile: here | absent | ''}` into what this school offers and what it says it does not."""
    here = [key for key, where in chosen.items() if where == "here"]
    return here, [key for key, where in chosen.items() if where == "absent"]
