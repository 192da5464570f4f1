"""OpenRosa's functions of dates and moments."""

import math
import re
from collections.abc import Callable
from datetime import datetime, time, tzinfo

from driegesprek.instruments.xpath.values import (
    Env,
    Value,
    days_of,
    moment_text,
    to_date,
    to_moment,
    to_string,
)

_TIME = re.compile(r"\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)


def today(env: Env) -> str:
    """The date of today, as ISO text."""
    return env.today.isoformat()


def now(env: Env) -> str:
    """This moment, as ISO text."""
    return moment_text(env.now)


def date_of(_: Env, value: Value) -> str:
    """A date from ISO text or a number of days; '' when it is none."""
    found = to_date(value)
    return "" if found is None else found.isoformat()


def date_time(env: Env, value: Value) -> str:
    """A moment from ISO text or a number of days; '' when it is none."""
    found = to_moment(value, env.zone)
    return "" if found is None else moment_text(found)


def decimal_date_time(env: Env, value: Value) -> float:
    """Days since 1970-01-01T00:00Z with their fraction; a date counts from its midnight."""
    found = to_moment(value, env.zone)
    return math.nan if found is None else days_of(found)


def decimal_time(env: Env, value: Value) -> float:
    """The part of the day that has passed at this time or moment: 06:00 gives 0.25."""
    found = _time_of(to_string(value), env.zone)
    if found is None:
        return math.nan
    seconds = found.hour * 3600 + found.minute * 60 + found.second + found.microsecond / 1e6
    return seconds / 86_400


def _time_of(text: str, zone: tzinfo) -> time | None:
    if _TIME.fullmatch(text):
        try:
            return time.fromisoformat(text)
        except ValueError:
            return None
    moment = to_moment(text, zone)
    return None if moment is None else moment.time()


def format_date(env: Env, value: Value, pattern: Value) -> str:
    """A date or moment written after a pattern of ODK: %Y %y %m %n %b %d %e %H %h %M %S %3 %a %W."""
    found = to_moment(value, env.zone)
    if found is None:
        return ""
    parts = re.split(r"(%.)", to_string(pattern), flags=re.DOTALL)
    return "".join(_part(part, found, env) if part.startswith("%") else part for part in parts)


_WRITTEN: dict[str, Callable[[datetime], str]] = {
    "%Y": lambda moment: f"{moment.year:04d}",
    "%y": lambda moment: f"{moment.year % 100:02d}",
    "%m": lambda moment: f"{moment.month:02d}",
    "%n": lambda moment: str(moment.month),
    "%d": lambda moment: f"{moment.day:02d}",
    "%e": lambda moment: str(moment.day),
    "%H": lambda moment: f"{moment.hour:02d}",
    "%h": lambda moment: str(moment.hour),
    "%M": lambda moment: f"{moment.minute:02d}",
    "%S": lambda moment: f"{moment.second:02d}",
    "%3": lambda moment: f"{moment.microsecond // 1000:03d}",
    "%W": lambda moment: f"{moment.isocalendar().week:02d}",
    "%%": lambda _: "%",
}


def _part(part: str, moment: datetime, env: Env) -> str:
    if part in _WRITTEN:
        return _WRITTEN[part](moment)
    if part in {"%b", "%a"}:
        return _name(part, moment, env.language or env.default_language)
    return part


def _name(part: str, moment: datetime, language: str) -> str:
    """The short name of a month or day in the person's language (English where the language is unknown)."""
    from babel import UnknownLocaleError  # noqa: PLC0415 -- heavy, and rarely needed
    from babel.dates import format_date as written  # noqa: PLC0415 -- idem

    pattern = "LLL" if part == "%b" else "ccc"
    try:
        return written(moment, pattern, locale=(language or "en").replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return written(moment, pattern, locale="en")
