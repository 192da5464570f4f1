"""Numbers as open data print them: exact, or only known to lie between two bounds."""

import math
import re
from dataclasses import dataclass

_LESS = re.compile(r"(?:<|minder dan|less than)\s*(\d+)", re.IGNORECASE)
_AT_MOST = re.compile(r"(?:<=|≤|hoogstens|at most)\s*(\d+)", re.IGNORECASE)
_WHOLE = re.compile(r"-?\d+")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:[.\s\u00a0]\d{3})+")
_DECIMAL = re.compile(r"-?\d+(?:[.,]\d+)?")
UNKNOWN = frozenset(
    {
        "",
        ".",
        "-",
        "–",
        "—",
        "…",
        "...",
        "*",
        "n/a",
        "nb",
        "x",
        "?",
        "n.v.t.",
        "n.b.",
        "nvt",
        "na",
        "null",
        "onbekend",
        "geheim",
    }
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A count of which the least and the most possible value are known; equal where it is exact.

    Attributes:
        low: Least possible value.
        high: Most possible value; None where nothing is known.
    """

    low: int
    high: int | None

    @property
    def exact(self) -> bool:
        """Whether there is nothing uncertain about it."""
        return self.low == self.high

    def __add__(self, other: "Bounds") -> "Bounds":
        """The bounds of a sum are the sums of the bounds."""
        high = None if self.high is None or other.high is None else self.high + other.high
        return Bounds(self.low + other.low, high)


_POINT_NOUGHT = re.compile(r"\d+[.,]0{1,2}")
"""A whole number as spreadsheets and programs write it: 12,0 or 12.00."""


class NotANumberError(ValueError):
    """A cell that should hold a count holds something else."""


def count(cell: object) -> Bounds:
    """Read a count; "<5" is 0 to 4, and what is suppressed altogether is 0 or more. Never a guess.

    Raises:
        NotANumberError: the cell is neither a count nor a known way of leaving one out.
    """
    if isinstance(cell, bool):
        raise NotANumberError(str(cell))
    if isinstance(cell, int | float):
        return _whole(float(cell), str(cell))
    text = str(cell or "").strip()
    if text.casefold() in UNKNOWN:
        return Bounds(0, None)
    if few := _few(text):
        return few
    if _WHOLE.fullmatch(text):
        return _whole(float(text), text)
    if _POINT_NOUGHT.fullmatch(text):
        return _whole(float(text.replace(",", ".")), text)
    if _THOUSANDS.fullmatch(text):
        return _whole(float(re.sub(r"[.\s\u00a0]", "", text)), text)
    raise NotANumberError(text)


def _few(text: str) -> Bounds | None:
    """The bounds of "<5", "minder dan 5" and "<=4"; None of anything else."""
    if less := _LESS.fullmatch(text):
        return Bounds(0, max(int(less[1]) - 1, 0))
    most = _AT_MOST.fullmatch(text)
    return Bounds(0, int(most[1])) if most else None


def _whole(number: float, text: str) -> Bounds:
    if number < 0 or number != int(number):
        raise NotANumberError(text)
    return Bounds(int(number), int(number))


def measure(cell: object) -> float | None:
    """Read a measured number, decimal comma or point; None where it is left out.

    Raises:
        NotANumberError: the cell is neither a number nor a known way of leaving one out.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell) if math.isfinite(cell) else None
    text = str(cell or "").strip()
    if text.casefold() in UNKNOWN | {"nan"}:
        return None
    if _THOUSANDS.fullmatch(text) and " " in text:
        text = re.sub(r"[\s\u00a0]", "", text)
    if _DECIMAL.fullmatch(text):
        return float(text.replace(",", "."))
    raise NotANumberError(text)
