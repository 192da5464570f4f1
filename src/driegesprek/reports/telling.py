"""When a result is precise enough to be told to a school, and which of many results are clear."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

LIMIT = 0.3
"""A difference is told where its 95 % interval reaches at most so many sd of the score before to either side.

Effects of what schools do are mostly of 0.1 to 0.3: an interval that is wider tells none of them from nothing.
"""
LEVEL = 0.05


class Moved(StrEnum):
    """Which way something went."""

    UP = "up"
    DOWN = "down"
    UNCLEAR = "unclear"


def precise(ci: tuple[float, float] | None, sd: float | None) -> bool:
    """Whether an interval is narrow enough beside the spread of the scores."""
    return ci is not None and bool(sd) and (ci[1] - ci[0]) / 2 <= LIMIT * (sd or 0.0)


def clear(ps: Sequence[float | None]) -> list[bool]:
    """Which of several tests are clear: p after Holm's correction (1979) for their number is below 0.05.

    Args:
        ps: of each; None where there is none.
    """
    order = sorted((p, place) for place, p in enumerate(ps) if p is not None)
    found, highest = [False] * len(ps), 0.0
    for rank, (p, place) in enumerate(order):
        highest = max(highest, p * (len(order) - rank))
        found[place] = highest < LEVEL
    return found


def moved(estimate: float, *, is_clear: bool) -> Moved:
    """Which way it went; unclear where the test says so."""
    if not is_clear:
        return Moved.UNCLEAR
    return Moved.UP if estimate > 0 else Moved.DOWN


def changes(scales: Sequence[Any]) -> list[bool]:
    """Which of the scales of a voice moved clearly, all of them tested together."""
    return clear([getattr(getattr(one.change, "difference", None), "p", None) for one in scales])
