"""Times of day and moments as people type them, browsers send them and forms store them."""

import re
from datetime import date, datetime, time, tzinfo
from typing import Any

from driegesprek.instruments.unusable import Unusable
from driegesprek.instruments.xpath.values import moment_text

_TIME = re.compile(
    r"(?P<hour>\d{1,2})\s*(?:[:.hu]\s*(?P<minute>\d{2}))(?::(?P<second>\d{2})(?:[.,]\d{1,6})?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?(?:\s*(?:Z|[+-]\d{2}:?\d{2}))?",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_SPLIT = re.compile(r"(?<=\d)(?:T|,?\s+(?:om\s+)?)(?=\d{1,2}\s*[:.hu]\s*\d{2})", re.IGNORECASE)
_ZONE = re.compile(r"(Z|[+-]\d{2}:?\d{2})$")
_NOON = 12


def time_of_day(raw: Any) -> str:
    """A time of day as '14:30', with seconds when there are any; 9:30, 9.30, 9u30, 14:30:00.000+01:00 are understood.

    Raises:
        Unusable: it is no time.
    """
    if isinstance(raw, datetime):
        raw = raw.time()
    found = raw if isinstance(raw, time) else _time(str(raw).strip())
    if found is None or isinstance(raw, bool | int | float):
        raise Unusable("time")
    return found.strftime("%H:%M:%S" if found.second else "%H:%M")


def _time(text: str) -> time | None:
    # A spreadsheet gives a time cell as 1899-12-31 or 1900-01-01 with a time behind it.
    text = re.sub(r"^(1899|1900)-\d{2}-\d{2}[ T]", "", text)
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % _NOON + (_NOON if found["half"].lower() == "p" else 0)
    try:
        return time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None


def moment(raw: Any, zone: tzinfo | None) -> str:
    """A day with a time as '2026-12-31T14:30:00.000+01:00'; 31-12-2026 14:30 and 2026-12-31T14:30 are understood.

    Args:
        raw: text or a datetime
        zone: of moments that name none; without it they stay without

    Raises:
        Unusable: it is no day with a time.
    """
    found = raw if isinstance(raw, datetime) else _moment(str(raw).strip())
    if found is None or isinstance(raw, bool | int | float):
        raise Unusable("datetime")
    if found.tzinfo is None and zone is not None:
        found = found.replace(tzinfo=zone)
    try:
        return moment_text(found)
    except OverflowError:
        raise Unusable("datetime") from None


def _moment(text: str) -> datetime | None:
    parts = _SPLIT.split(text, maxsplit=1)
    day = _day(parts[0])
    clock = (
        _time(parts[1])
        if len(parts) > 1
        else time(0, 0)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)
        else None
    )
    if day is None or clock is None:
        return None
    zone = _ZONE.search(parts[1]) if len(parts) > 1 else None
    if zone is None:
        return datetime.combine(day, clock)
    try:
        return datetime.fromisoformat(f"{day.isoformat()}T{clock.isoformat()}{zone[1]}")
    except ValueError:
        return None


def _day(text: str) -> date | None:
    if found := _DAY_FIRST.fullmatch(text.strip()):
        day, month, year = (int(part) for part in found.groups())
        text = f"{year:04d}-{month:02d}-{day:02d}"
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def computed_time(text: str) -> str:
    """A time that was worked out; '' when it is none."""
    clock = text.partition("T")[2] or text
    try:
        return time_of_day(clock)
    except Unusable:
        return ""
