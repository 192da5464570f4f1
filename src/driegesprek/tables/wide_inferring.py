"""What plain columns are: numbers, dates, codes or text, and what their variables are called."""

import datetime as dt
import re
from collections.abc import Collection, Iterable
from typing import Any, Final

from driegesprek.tables.codebook import MISSING_SUFFIX, SEPARATOR, Kind, Value, Variable

UNNAMED_LANGUAGE: Final = "und"
MOST_CODES: Final = 50
"""Texts with more different values than this are text and no codes."""
LONGEST_CODE: Final = 100
_EMPTY: Final = ("", "NA", "N/A", "NaN", "nan", "NULL", "null", "#N/A", ".")
_DATE: Final = r"^\d{4}-\d{2}-\d{2}$"
_LARGEST: Final = 2.0**53


def names_for(written: Iterable[str], taken: Collection[str] = ()) -> list[str]:
    """Names that a codebook takes, each once, as near to the given ones as can be.

    Spaces and signs become underscores, two underscores one (they part the name of a variable from its option), and a
    name that is taken gets a number.
    """
    used = {name.casefold() for name in taken}
    return [_free(_plain_name(name), used) for name in written]


def _plain_name(written: str) -> str:
    name = re.sub(r"[^\w.-]+", "_", written.strip())
    name = re.sub(rf"{SEPARATOR}+", "_", re.sub(r"([.-])[.-]+", r"\1", name))
    name = re.sub(r"^[.-]+|[.-]+$", "", re.sub(r"[.-](?=[^\w])", "", name))
    return name if re.match(r"[^\W\d]", name) else f"v_{name}".rstrip("_") if name else "v"


def _free(name: str, used: set[str]) -> str:
    found, number = name, 1
    while found.casefold() in used or found.endswith(MISSING_SUFFIX):
        number += 1
        found = f"{name}_{number}"
    used.add(found.casefold())
    return found


def emptied(column: Any) -> Any:
    """A text column with null for what stands for nothing: NA, a full stop, spaces."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    trimmed = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.is_in(trimmed, pa.array(_EMPTY)), pa.scalar(None, pa.string()), trimmed)


def inferred(name: str, label: str, column: Any, *, comma: bool = False) -> tuple[Any, Variable]:
    """A text column as numbers, dates, codes or text, with its variable.

    Args:
        name: of the variable.
        label: what it is called in the file.
        column: a pyarrow array of text, null where there is nothing.
        comma: whether numbers have a decimal comma.
    """
    for reader in (_whole, _decimal, _days):
        numbers = reader(column, comma=comma)
        if numbers is not None:
            return numbers, numeric(name, label, numbers)
    return column, _texts(name, label, column)


def numeric(name: str, label: str, column: Any) -> Variable:
    """The variable of a column of numbers or dates; few whole numbers are listed, so that they can be counted."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    if pa.types.is_date(column.type):
        return Variable(name, labelled(label, name), Kind.DATE)
    if not pa.types.is_integer(column.type):
        return Variable(name, labelled(label, name), Kind.DECIMAL)
    values = sorted(value for value in column.unique().to_pylist() if value is not None)
    listed = values if len(values) <= MOST_CODES else []
    coded = tuple(Value(str(value), order=place) for place, value in enumerate(listed, 1))
    return Variable(name, labelled(label, name), Kind.INTEGER, coded)


def labelled(label: str, name: str = "") -> dict[str, str]:
    """A label in a language that the file does not name; none where it only repeats the name."""
    return {UNNAMED_LANGUAGE: label} if label and label != name else {}


def whole(column: Any) -> Any:
    """A column of floats as integers; None if one has a fraction or is too large to be exact."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    fits = pc.and_(pc.equal(pc.floor(column), column), pc.less_equal(pc.abs(column), _LARGEST))
    return column.cast(pa.int64()) if pc.all(fits, min_count=0).as_py() else None


def _fits(column: Any, pattern: str) -> bool:
    """Whether all values fit; a column without any value is text."""
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    return column.null_count < len(column) and bool(pc.all(pc.match_substring_regex(column, pattern)).as_py())


def _whole(column: Any, *, comma: bool) -> Any:  # noqa: ARG001 - the readers take the same arguments
    import pyarrow as pa  # noqa: PLC0415 - heavy

    # A number with a leading zero is a code, such as that of a school; only within 15 digits is all of it exact.
    if not _fits(column, r"^-?(0|[1-9]\d{0,14})$"):
        return None
    return column.cast(pa.int64())


def _decimal(column: Any, *, comma: bool) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    sign = "," if comma else r"\."
    if not _fits(column, rf"^[+-]?(\d+({sign}\d*)?|{sign}\d+)([eE][+-]?\d{{1,3}})?$"):
        return None
    if _fits(column, r"^\d+$"):  # leading zeros, or too many digits
        return None
    plain = pc.replace_substring_regex(column, r"^\+", "")
    return pc.replace_substring(plain, ",", ".").cast(pa.float64())


def _days(column: Any, *, comma: bool) -> Any:  # noqa: ARG001 - the readers take the same arguments
    import pyarrow as pa  # noqa: PLC0415 - heavy

    if not _fits(column, _DATE):
        return None
    try:
        return column.cast(pa.date32())
    except pa.ArrowInvalid:  # 2026-02-31
        return None


def _texts(name: str, label: str, column: Any) -> Variable:
    found = [value for value in column.unique().to_pylist() if value is not None]
    if not _are_codes(found, len(column) - column.null_count):
        return Variable(name, labelled(label, name), Kind.TEXT)
    values = tuple(Value(code, order=place) for place, code in enumerate(sorted(found), 1))
    return Variable(name, labelled(label, name), Kind.SINGLE, values)


def _are_codes(found: Collection[str], rows: int) -> bool:
    """Whether texts are few, short and come back, so that they are codes."""
    short = all(len(code) <= LONGEST_CODE and "\n" not in code for code in found)
    return bool(found) and short and len(found) <= MOST_CODES and (len(found) * 2 <= rows or len(found) == 1)


def moment(seconds: float) -> dt.datetime | None:
    """A moment as SPSS counts it, in seconds since 14 October 1582; None outside of the calendar."""
    try:
        return dt.datetime(1582, 10, 14) + dt.timedelta(seconds=seconds)  # noqa: DTZ001 - SPSS knows no time zones
    except (OverflowError, ValueError):
        return None
