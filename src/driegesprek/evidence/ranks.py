"""Tests of ranks from counts: Mann–Whitney and Kruskal–Wallis, corrected for ties (Lehmann 1975)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from scipy import stats
else:
    from driegesprek.evidence.later import stats


@dataclass(frozen=True)
class Ranks:
    """A test of ranks; ``statistic`` is U of the first column (with z) or H (with df)."""

    test: str
    statistic: float
    z: float | None
    df: int | None
    p: float


def mann_whitney(count: Any) -> Ranks | None:
    """U of the first of two columns of counts by ordered rows; normal, corrected for ties, without continuity correction."""
    first, second = count[:, 0], count[:, 1]
    n1, n2 = float(first.sum()), float(second.sum())
    both = first + second
    total = n1 + n2
    rank = np.cumsum(both) - both + (both + 1) / 2
    u = float(first @ rank - n1 * (n1 + 1) / 2)
    ties = float(np.sum(both**3 - both)) / (total * (total - 1)) if total > 1 else 0.0
    variance = n1 * n2 / 12 * (total + 1 - ties)
    if variance <= 0:
        return None
    z = (u - n1 * n2 / 2) / float(np.sqrt(variance))
    return Ranks("mann-whitney", u, z, None, float(2 * stats.norm.sf(abs(z))))


def kruskal_wallis(count: Any) -> Ranks | None:
    """H over columns of counts by ordered rows, corrected for ties."""
    both = count.sum(axis=1)
    total = float(both.sum())
    rank = np.cumsum(both) - both + (both + 1) / 2
    sizes = count.sum(axis=0)
    sums = rank @ count
    ties = 1 - float(np.sum(both**3 - both)) / (total**3 - total) if total > 1 else 0.0
    if ties <= 0:
        return None
    h = (12 / (total * (total + 1)) * float(np.sum(sums**2 / sizes)) - 3 * (total + 1)) / ties
    df = count.shape[1] - 1
    return Ranks("kruskal-wallis", h, None, df, float(stats.chi2.sf(h, df)))
