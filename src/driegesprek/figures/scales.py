"""A scale of numbers: where its marks stand, and where a number lies on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10


@dataclass(frozen=True)
class Scale:
    """Numbers from `low` to `high` along a length.

    Attributes:
        low: At the start of the line.
        high: At its end; above `low`.
        step: Between marks.
    """

    low: float
    high: float
    step: float

    @property
    def marks(self) -> tuple[float, ...]:
        """Where marks stand, ends included."""
        number = round((self.high - self.low) / self.step)
        return tuple(self.low + self.step * place for place in range(number + 1))

    @property
    def places(self) -> int:
        """How many decimals the marks need."""
        return max(0, -floor(log10(self.step)))

    def at(self, value: float) -> float:
        """From 0 at the start to 1 at the end; what lies beyond an end lies on it."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)


def scale_of(values: Iterable[float], *, most: int = 6) -> Scale:
    """The tightest scale of round marks that holds all values, with at most so many marks.

    Marks stand at 1, 2 or 5 times a power of ten (W. S. Cleveland, The Elements of Graphing Data, 1985).
    """
    known = list(values) or [0.0]
    low, high = min(known), max(known)
    if high - low < 1e-9:  # noqa: PLR2004 -- one value, or as good as one
        low, high = low - 0.5, high + 0.5
    raw = (high - low) / (most - 1)
    power = 10.0 ** floor(log10(raw))
    for factor in (1, 2, 5, 10):
        step = power * factor
        start, end = floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step
        if round((end - start) / step) + 1 <= most:
            break
    return Scale(start, end, step)
