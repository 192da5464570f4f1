"""The values of XPath 1.0 (text, number, truth) and how one becomes another.

Dates are ISO texts; where a number is wanted they count as days since 1970-01-01, as in ODK.
"""

import math
import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal

Value = str | float | bool
Text = Mapping[str, str]

_NUMBER = re.compile(r"\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?P<time>T\d{2}:\d{2}.*)?", re.ASCII)
EPOCH = date(1970, 1, 1)
_EPOCH_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400


@dataclass
class Env:
    """What an expression is worked out against."""

    values: Mapping[str, str | float]
    today: date
    now: datetime
    language: str = ""
    default_language: str = ""
    row: Mapping[str, str] = field(default_factory=dict)
    """The choice that is looked at, inside a choice_filter or instance('list')/root/item[…]."""
    current: Mapping[str, str | float] = field(default_factory=dict)
    """Values that stood before this round, for once()."""
    at: Mapping[str, str] = field(default_factory=dict)
    """{path of a repeat: its instance that is looked at}, all around the node that is looked at."""
    home: Mapping[str, str] = field(default_factory=dict)
    """The same for the question whose expression this is, for current()."""
    instances: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """{path of a repeat inside an instance of what is around it: its instances in order}."""
    hidden: AbstractSet[str] = frozenset()
    """Instances of repeats that are not relevant."""
    position: int = 1
    size: int = 1
    """Place among, and number of, the nodes that stand before the test between [ and ]."""
    seed: str = ""
    """Where chance comes from: the same seed gives the same random(), uuid() and order."""

    @property
    def zone(self) -> tzinfo:
        """The time zone of moments that name none."""
        return self.now.tzinfo or UTC


def to_string(value: Value) -> str:
    """XPath 1.0 string(): whole numbers without a point, no exponents."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return _number_text(value)


def _number_text(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value.is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def to_number(value: Value) -> float:
    """XPath 1.0 number(), and ISO dates as days since 1970-01-01; anything else is NaN."""
    if isinstance(value, str):
        if _NUMBER.fullmatch(value):
            return float(value)
        return _days(value)
    return float(value)


def _days(text: str) -> float:
    found = _DATE.fullmatch(text)
    if not found:
        return math.nan
    try:
        if found["time"] is None:
            return float((date.fromisoformat(text) - EPOCH).days)
        return days_of(datetime.fromisoformat(text))
    except ValueError:
        return math.nan


def days_of(moment: datetime) -> float:
    """Days since 1970-01-01T00:00Z, with their fraction; a moment without a zone counts as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - _EPOCH_MOMENT).total_seconds() / _DAY


def to_boolean(value: Value) -> bool:
    """XPath 1.0 boolean(): a text that is not empty, a number that is neither 0 nor NaN."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def equal(left: Value, right: Value) -> bool:
    """XPath 1.0 '=': as truths if one is, else as numbers if one is, else as texts."""
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left) == to_number(right)
    return left == right


def to_date(value: Value) -> date | None:
    """A date from ISO text or days since 1970; None when it is none."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return None
    days = to_number(value)
    if not math.isfinite(days):
        return None
    try:
        return EPOCH + timedelta(days=math.floor(days))
    except OverflowError:
        return None


def to_moment(value: Value, zone: tzinfo) -> datetime | None:
    """A moment from ISO text (midnight for a date) or days since 1970; None when it is none."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            return None
        return found if found.tzinfo else found.replace(tzinfo=zone)
    days = to_number(value)
    if not math.isfinite(days):
        return None
    try:
        return (_EPOCH_MOMENT + timedelta(days=days)).astimezone(zone)
    except OverflowError:
        return None


def moment_text(moment: datetime) -> str:
    """A moment as ODK writes it: 2026-11-21T10:15:30.000+01:00."""
    return moment.isoformat(timespec="milliseconds")


def words(value: Value) -> Sequence[str]:
    """The names in the value of a select_multiple."""
    return to_string(value).split()
