"""Where parents stand on the four dimensions behind role types and segments, and how uncertain that is.

The types come from interviews with 24 parents, and their authors call the model hypothetical (YoungWorks 2020, section
4.1). So there is no function here that gives a type: only a position on each dimension with its uncertainty, from
anonymous rounds, to find out whether the dimensions exist at all. Nothing of this is stored on a person.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from statistics import mean
from typing import Any

from driegesprek.content.forms import scale_items

FORM = "parent_roles"
# Two-sided 95 % of the normal distribution.
Z = 1.959963984540054
LOW, HIGH = 1, 5
# With fewer respondents or items the error of measurement cannot be told from the differences between items.
LEAST = 2


@dataclass(frozen=True, slots=True)
class Position:
    """Where one respondent stands on one dimension, on a scale from 1 to 5.

    Attributes:
        scale: ``mindset``, ``view``, ``involved`` or ``leads``.
        value: Mean of the items, the reversed ones turned.
        low: Lower end of the 95 % interval of the true score; None when the error cannot be estimated.
        high: Upper end.
    """

    scale: str
    value: float
    low: float | None
    high: float | None


def role_positions(respondents: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Position], ...]:
    """Give the positions of everybody who answered the twelve items, in the same order.

    Formula: the standard error of measurement of a mean of k items is √(MS_residual / k), with MS_residual of the
    analysis of variance of respondents × items without repetition (Hoyt 1941, Psychometrika 6, 153-160); it equals
    s·√(1 - α) with s the standard deviation of the means and α Cronbach's alpha. The interval is value ± 1.96 times that
    error, cut off at the ends of the scale. It takes the errors to be normal and equal for everybody.

    Args:
        respondents: Per respondent the answers by name or path; only complete dimensions count, and an answer that is
            no number (``dont_know``) counts as none.

    Returns:
        Per respondent {dimension: position}; a dimension that was not answered completely is absent.

    Raises:
        ValueError: if an answer is a number outside 1 to 5.
    """
    named = [{path.rsplit("/", 1)[-1]: value for path, value in one.items()} for one in respondents]
    found: tuple[dict[str, Position], ...] = tuple({} for _ in named)
    for scale, items in _scales().items():
        complete = {place: row for place, one in enumerate(named) if (row := _row(one, items))}
        error = measurement_error(list(complete.values()))
        for place, row in complete.items():
            found[place][scale] = _position(scale, mean(row), error)
    return found


def measurement_error(table: Sequence[Sequence[float]]) -> float | None:
    """Give the standard error of measurement of the mean of the items, in the unit of the items.

    Args:
        table: A row per respondent with a number per item, nothing missing.

    Returns:
        The error; None with fewer than two respondents or items.
    """
    if len(table) < LEAST or len(table[0]) < LEAST:
        return None
    items, overall = len(table[0]), mean(mean(row) for row in table)
    of_items = [mean(column) for column in zip(*table, strict=True)]
    residuals = (
        value - mean(row) - of_item + overall
        for row in table
        for value, of_item in zip(row, of_items, strict=True)
    )
    freedom = (len(table) - 1) * (items - 1)
    return sqrt(sum(one**2 for one in residuals) / freedom / items)


@cache
def _scales() -> dict[str, dict[str, bool]]:
    """Give, per dimension, its items and whether they are reversed."""
    found: dict[str, dict[str, bool]] = {}
    for name, scale, is_reversed in scale_items(FORM):
        found.setdefault(scale, {})[name] = is_reversed
    return found


def _row(answers: Mapping[str, Any], items: Mapping[str, bool]) -> list[float]:
    """Give the numbers of one respondent on one dimension; nothing when one is missing."""
    found = list(_numbers(answers, items))
    return found if len(found) == len(items) else []


def _numbers(answers: Mapping[str, Any], items: Mapping[str, bool]) -> Iterator[float]:
    for name, is_reversed in items.items():
        told = str(answers.get(name) or "")
        if not told.isdecimal():
            continue
        if not LOW <= int(told) <= HIGH:
            raise ValueError(f"{told!r} is not an answer of {name!r}: from {LOW} to {HIGH}")
        yield LOW + HIGH - int(told) if is_reversed else int(told)


def _position(scale: str, value: float, error: float | None) -> Position:
    if error is None:
        return Position(scale, value, None, None)
    return Position(scale, value, max(LOW, value - Z * error), min(HIGH, value + Z * error))
