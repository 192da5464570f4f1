"""The scale of a question of type range."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from driegesprek.instruments.model import Question

DEFAULTS: Final = {"start": "1", "end": "10", "step": "1"}
"""As pyxform has them."""
_MOST_SHOWN: Final = 100
_FINEST: Final = Decimal("0.000001")


@dataclass(frozen=True)
class Scale:
    """From start to end (which may be the smaller) by steps."""

    start: Decimal
    end: Decimal
    step: Decimal

    @property
    def whole(self) -> bool:
        """Whether its answers are whole numbers."""
        return all(part == part.to_integral_value() for part in (self.start, self.end, self.step))

    @property
    def points(self) -> Iterator[Decimal]:
        """The numbers on the scale, in the order in which they are shown; at most a hundred."""
        sign = 1 if self.end >= self.start else -1
        number = min(int(abs(self.end - self.start) / self.step), _MOST_SHOWN - 1)
        return (self.start + sign * place * self.step for place in range(number + 1))

    def holds(self, number: float) -> bool:
        """Whether a number stands on the scale."""
        value = Decimal(repr(number))
        low, high = sorted((self.start, self.end))
        return low <= value <= high and (value - self.start) % self.step == 0


def scale_of(question: Question) -> Scale:
    """The scale that the parameters of a range give.

    Raises:
        ValueError: they are no numbers, or the step is 0, negative or larger than the scale.
    """
    found = {name: question.parameters.get(name) or default for name, default in DEFAULTS.items()}
    try:
        scale = Scale(*(Decimal(found[name]) for name in DEFAULTS))
    except InvalidOperation as error:
        raise ValueError("start, end and step must be numbers") from error
    if not all(part.is_finite() and abs(part) < 10**15 for part in (scale.start, scale.end, scale.step)):
        raise ValueError("start, end and step must be numbers")
    if not _FINEST <= scale.step <= abs(scale.end - scale.start):
        raise ValueError("step must be larger than 0 and fit between start and end")
    return scale
