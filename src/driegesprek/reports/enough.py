"""Whether ten people are in what a statistic tells of, also of each weight where a sample was drawn.

Weights are known: who drew the sample told them. A weighted number beside an unweighted one, or to many digits, is then
an equation of how many have each weight.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from driegesprek.reports.answers import BEFORE, MINIMUM, Joined, ScaleColumns, column
from driegesprek.reports.parts import WEIGHT


def thin(joined: Joined, name: str, by: Sequence[str]) -> bool:
    """Whether a number is known of fewer than ten people with one of the levels that occur.

    Args:
        joined: the answers.
        name: the column of the number.
        by: columns of levels, such as the weights.
    """
    there = np.isfinite(joined.numbers[name])
    levels = (joined.codes[one][there] for one in by if one in joined.codes)
    return any(int((texts == level).sum()) < MINIMUM for texts in levels for level in set(texts) - {None})


def fewest(joined: Joined, one: ScaleColumns, group: str) -> int:
    """Of the levels of a group the fewest people with both scores; also of each weight that people of a level have.

    Weighted means of the levels and of all tell what the levels weigh together.
    """
    moved = np.isfinite(joined.numbers[column("change", one.name)])
    return min(_sizes(joined, moved, group))


def _sizes(joined: Joined, there: Any, group: str) -> Iterator[int]:
    codes, weights = joined.codes[group], joined.codes.get(WEIGHT)
    for level in joined.levels[group]:
        own = codes == level
        yield int((there & own).sum())
        if joined.weights and weights is not None:
            yield from (int((there & own & (weights == each)).sum()) for each in {*weights[own]} - {None})


def shares(joined: Joined, one: ScaleColumns) -> Iterator[str]:
    """Which of `up` and `dropout` are told: a share of so many tells how many, so that ten are in it and ten are not."""
    before, moved = (joined.numbers[column(part, one.name)] for part in (BEFORE, "change"))
    there, both = np.isfinite(before), np.isfinite(moved)
    for name, some, of in (("up", both & (moved > 0), both), ("dropout", there & ~both, there)):
        weights = joined.codes[WEIGHT] if joined.weights else np.full(len(of), "")
        each = [weights == own for own in {*weights[of]} - {None}]
        counted = [int((side & own).sum()) for own in each for side in (some, of & ~some)]
        if min(counted, default=0) >= MINIMUM:
            yield name
