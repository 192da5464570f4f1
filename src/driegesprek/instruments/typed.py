"""From what was sent or stored to a typed value, and from that to what expressions see."""

import re
from collections.abc import Collection
from datetime import date, datetime, time, tzinfo
from typing import Any, Final

from driegesprek.instruments import times
from driegesprek.instruments.model import Kind, Question
from driegesprek.instruments.scales import scale_of
from driegesprek.instruments.unusable import Unusable
from driegesprek.instruments.xpath import to_number, to_string
from driegesprek.instruments.xpath.values import Value, to_date

LONGEST_ANSWER: Final = 10_000
"""Characters in one answer."""
_LARGEST: Final = 10**15
_CHOOSING = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK})
_INTEGER = re.compile(r"[+\-−]?\d{1,18}")
_DECIMAL = re.compile(r"[+\-−]?(\d{1,18}([.,]\d{0,15})?|[.,]\d{1,15})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_YES = frozenset({"ok", "true", "yes", "1", "on"})
_NO = frozenset({"false", "no", "0", "off"})


def is_empty(raw: Any) -> bool:
    """Whether this is no answer."""
    if isinstance(raw, str):
        return not raw.strip()
    return raw is None or (isinstance(raw, list | tuple | set) and not raw)


def typed(
    question: Question, raw: Any, allowed: Collection[str] | None = None, zone: tzinfo | None = None
) -> Any:
    """The typed value of an answer: str, int, float, ISO date, time or moment, or names; None when it is empty.

    Args:
        question: what was asked
        raw: JSON value, date, or text as a person types it (3,5 · 31-12-2026 · ٣ are understood)
        allowed: names of the choices that remain; without it all of the question's
        zone: the time zone of moments that name none; without it they stay without

    Raises:
        Unusable: it does not fit the question's type or choices.
    """
    if is_empty(raw):
        return None
    if question.kind in _CHOOSING:
        names = {one.name for one in question.choices} if allowed is None else allowed
        return _selected(question.kind, raw, names)
    if isinstance(raw, list | tuple):
        if len(raw) != 1:
            raise Unusable("one_answer")
        raw = raw[0]
    if question.kind is Kind.RANGE:
        return _ranged(question, raw)
    if question.kind is Kind.DATETIME:
        return times.moment(raw, zone)
    return _READERS[question.kind](raw)


def _ranged(question: Question, raw: Any) -> int | float:
    """A number on the scale of a range: between start and end, at whole steps."""
    try:
        number = _decimal(raw)
    except Unusable:
        raise Unusable("range") from None
    scale = scale_of(question)
    if not scale.holds(number):
        raise Unusable("range")
    return int(number) if scale.whole else number


def _selected(kind: Kind, raw: Any, names: Collection[str]) -> str | list[str]:
    chosen = (
        _names(raw) if kind is not Kind.SELECT_ONE else [raw] if not isinstance(raw, list | tuple) else raw
    )
    found = list(dict.fromkeys(_plain(one).strip() for one in chosen))
    if any(one not in names for one in found):
        raise Unusable("choice")
    if kind is Kind.RANK and (len(found) != len(set(names)) or len(chosen) != len(found)):
        raise Unusable("rank")
    if kind is not Kind.SELECT_ONE:
        return found
    if len(found) != 1:
        raise Unusable("one_choice")
    return found[0]


def _names(raw: Any) -> list[Any]:
    if isinstance(raw, list | tuple):
        return [one for one in raw if not is_empty(one)]
    return list(_plain(raw).split())


def _plain(raw: Any) -> str:
    """A JSON value as text: 5.0 is 5, true is true."""
    if isinstance(raw, bool | int | float):
        return to_string(raw if isinstance(raw, bool) else float(raw)) if not _is_big(raw) else str(raw)
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, str):
        return raw
    raise Unusable("text")


def _is_big(raw: float) -> bool:
    return isinstance(raw, int) and abs(raw) >= _LARGEST


def _text(raw: Any) -> str:
    found = _plain(raw).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
    if len(found) > LONGEST_ANSWER:
        raise Unusable("too_long")
    return found


def _integer(raw: Any) -> int:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    digits = _compact(raw)
    if isinstance(raw, bool) or not _INTEGER.fullmatch(digits):
        raise Unusable("integer")
    return int(_sized(int(digits.replace("−", "-"))))


def _decimal(raw: Any) -> float:
    if isinstance(raw, bool):
        raise Unusable("decimal")
    if isinstance(raw, int | float):
        return float(_sized(raw))
    digits = _compact(raw)
    if not _DECIMAL.fullmatch(digits):
        raise Unusable("decimal")
    return float(_sized(float(digits.replace("−", "-").replace(",", "."))))


def _compact(raw: Any) -> str:
    """Without the spaces that people put between thousands or behind a number; Arabic separators as ours."""
    return "".join(_plain(raw).replace("٫", ",").split())


def _sized(number: float) -> float:
    if not abs(number) < _LARGEST:
        raise Unusable("too_large")
    return number


def _date(raw: Any) -> str:
    if isinstance(raw, datetime | date):
        return raw.isoformat()[:10]
    text = _plain(raw).strip()
    if day_first := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in day_first.groups())
        text = f"{year:04d}-{month:02d}-{day:02d}"
    # A spreadsheet gives a date cell as 2026-12-31 00:00:00.
    found = to_date(re.sub(r"(?<=\d)[ T]\d{2}:\d{2}.*$", "", text)) if "-" in text[1:] else None
    if found is None:
        raise Unusable("date")
    return found.isoformat()


def _acknowledged(raw: Any) -> str | None:
    answer = _plain(raw).strip().lower()
    if answer in _YES:
        return "OK"
    if answer in _NO:
        return None
    raise Unusable("acknowledge")


_READERS = {
    Kind.TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.TIME: times.time_of_day,
    Kind.ACKNOWLEDGE: _acknowledged,
}


__all__ = ["LONGEST_ANSWER", "Unusable", "as_json", "computed", "is_empty", "seen_by_expressions", "typed"]


def seen_by_expressions(value: Any) -> str | float:
    """A typed or given value as an expression sees it: a number or a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return to_string(value)
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, list | tuple):
        return " ".join(to_string(seen_by_expressions(one)) for one in value)
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def computed(kind: Kind, value: Value) -> str | float:
    """The result of a calculation as its question holds it; NaN is empty, as in ODK."""
    if kind in {Kind.INTEGER, Kind.DECIMAL}:
        number = to_number(value)
        if number != number:  # noqa: PLR0124 -- NaN alone differs from itself
            return ""
        return float(int(number)) if kind is Kind.INTEGER and abs(number) < _LARGEST else number
    if kind is Kind.DATE:
        found = to_date(value)
        return "" if found is None else found.isoformat()
    if kind is Kind.TIME:
        return times.computed_time(to_string(value))
    text = to_string(value)
    return "" if text == "NaN" else value if isinstance(value, float) else text


def as_json(value: str | float) -> str | int | float:
    """A number without a fraction as int."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST:
        return int(value)
    return value
