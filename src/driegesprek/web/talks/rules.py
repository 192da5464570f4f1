"""Rules of talks: which times a mentor may give, what overlaps, who may say that something is done. No database."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from driegesprek.web.talks.enums import Who

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SHORTEST, LONGEST = 15, 20
MOST = 40
"""Times in one go; more than a day holds is a typing error."""
MINUTE = dt.timedelta(minutes=1)


class TimesRefusedError(Exception):
    """These times cannot be given; `problem` says why and what to do, `field` where."""

    def __init__(self, field: str, problem: str | Promise) -> None:
        super().__init__(str(problem))
        self.field, self.problem = field, problem


class HasTime(Protocol):
    """A time that was given."""

    @property
    def starts_at(self) -> dt.datetime:
        """Its first moment."""

    @property
    def minutes(self) -> int:
        """How long it takes."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time to give: its first moment (UTC) and its length in minutes."""

    starts_at: dt.datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What a mentor fills in to give times on one day, as clocks at school show it."""

    day: dt.date
    begin: dt.time
    end: dt.time
    minutes: int = LONGEST
    pause: int = 0


def moment(day: dt.date, at: dt.time) -> dt.datetime | None:
    """The moment (UTC) at which clocks in Amsterdam show this; None where they skip it.

    In the night in which an hour comes twice it is the first of the two: the one in summer time.
    """
    shown = dt.datetime.combine(day, at, AMSTERDAM)
    found = shown.astimezone(dt.UTC)
    return found if found.astimezone(AMSTERDAM).replace(tzinfo=None) == shown.replace(tzinfo=None) else None


def times(wish: Wish, *, now: dt.datetime) -> list[Time]:
    """The times of a wish, one after the other with the pause in between.

    Raises:
        TimesRefusedError: length, pause or order does not fit, a time has passed, or clocks skip it.
    """
    _check(wish)
    first = dt.datetime.combine(wish.day, wish.begin)
    last = dt.datetime.combine(wish.day, wish.end)
    step = (wish.minutes + wish.pause) * MINUTE
    count = (last - first + wish.pause * MINUTE) // step
    if count == 0:
        raise TimesRefusedError("end", _("No talk fits in between. Choose a later end."))
    if count > MOST:
        raise TimesRefusedError("end", _("These are more than 40 talks. Choose a shorter part of the day."))
    found = [_time(first + step * number, wish.minutes) for number in range(count)]
    if found[0].starts_at <= now:
        raise TimesRefusedError("day", _("This time has passed. Choose a day and time to come."))
    return found


def _check(wish: Wish) -> None:
    if not SHORTEST <= wish.minutes <= LONGEST:
        raise TimesRefusedError("minutes", _("A talk takes 15 to 20 minutes."))
    if wish.pause < 0:
        raise TimesRefusedError("pause", _("The pause cannot be negative."))
    if wish.end <= wish.begin:
        raise TimesRefusedError("end", _("The end is not after the begin. Choose a later end."))


def _time(shown: dt.datetime, minutes: int) -> Time:
    """A time as clocks show it.

    Raises:
        TimesRefusedError: clocks skip its begin, or a part of it.
    """
    begin = moment(shown.date(), shown.time())
    last = shown + (minutes - 1) * MINUTE
    if begin is None or moment(last.date(), last.time()) is None:
        problem = _("In this night the clock goes from 2:00 to 3:00: the hour in between does not exist.")
        raise TimesRefusedError("begin", problem + " " + _("Choose another time."))
    return Time(begin, minutes)


def ends_at(time: HasTime) -> dt.datetime:
    """The moment at which it is over."""
    return time.starts_at + time.minutes * MINUTE


def overlap(one: HasTime, other: HasTime) -> bool:
    """Whether two times share a moment; the end of one may be the begin of the other."""
    return one.starts_at < ends_at(other) and other.starts_at < ends_at(one)


def clashing(new: Iterable[HasTime], given: Iterable[HasTime]) -> list[HasTime]:
    """Those new times that share a moment with a time that was given before."""
    there = list(given)
    return [time for time in new if any(overlap(time, other) for other in there)]


def may_mark(actor_kind: str, who: str) -> bool:
    """Whether this kind of person may say that an agreement is done: everyone their own; school also for others.

    A family without a phone tells the mentor, who then marks it.
    """
    return actor_kind == "staff" or (actor_kind, who) in {("pupil", Who.PUPIL), ("adult", Who.ADULT)}


def marked_by(actor_kind: str) -> Who:
    """As whom this kind of person marks."""
    return {"pupil": Who.PUPIL, "adult": Who.ADULT}.get(actor_kind, Who.SCHOOL)


def guide_minutes(minutes: int) -> int:
    """Which column of the guide holds for a talk of this length: 15 or 20 minutes."""
    return LONGEST if minutes >= LONGEST else SHORTEST
