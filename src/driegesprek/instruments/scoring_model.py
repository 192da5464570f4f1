"""What a scale is: items whose answers count together, with cut points and advice, as plain values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

Text = Mapping[str, str]
"""{language: text}"""


class Method(StrEnum):
    """How the items of a scale become one score."""

    MEAN = "mean"
    """The mean of the items that were answered."""
    SUM = "sum"
    """The sum of all items; where some were not answered, the mean of the others times the number of items."""


@dataclass(frozen=True, kw_only=True)
class Level:
    """What a score from `start` on is called, and what goes with it."""

    start: float
    name: str
    label: Text = field(default_factory=dict)
    advice: Text = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ScaleItem:
    """One question of a scale. `low` and `high` are the ends of its answers; a reversed item has both."""

    path: str
    reverse: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Items that count together.

    Attributes:
        minimum: how many items must be answered for there to be a score.
        empty: what an item without an answer counts; None: it does not count.
        levels: in the order of their `start`.
    """

    name: str
    label: Text = field(default_factory=dict)
    method: Method = Method.MEAN
    minimum: int = 1
    empty: float | None = None
    items: tuple[ScaleItem, ...] = ()
    levels: tuple[Level, ...] = ()

    def level_of(self, score: float | None) -> Level | None:
        """The last level that begins at or below the score; None below the first, and without a score."""
        if score is None:
            return None
        return next((level for level in reversed(self.levels) if level.start <= score), None)

    def to_plain(self) -> dict[str, Any]:
        """As JSON values; `scale_from_plain` gives it back."""
        return asdict(self) | {"method": self.method.value}


def scale_from_plain(plain: Mapping[str, Any]) -> Scale:
    """Read what `Scale.to_plain` wrote."""
    parts = dict(plain)
    items = tuple(ScaleItem(**one) for one in parts.pop("items"))
    levels = tuple(Level(**one) for one in parts.pop("levels"))
    return Scale(**{**parts, "method": Method(parts["method"]), "items": items, "levels": levels})
