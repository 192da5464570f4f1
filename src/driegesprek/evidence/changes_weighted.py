"""Errors of a weighted change, from its cells.

A weighted mean Σ w v / Σ w has the score w (v − mean) / Σ w, summed per cluster where there are any; its variance is
c / (c − 1) times the sum of squares of c scores (Binder 1983; as ``survey::svymean``). Effect sizes leave out each cluster
in turn (JK1, about the mean of the replicates, as ``survey::as.svrepdesign``); without clusters their errors would need
the rows.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from driegesprek.evidence.cells import Cells
from driegesprek.evidence.distributions import t_quantile

ROUNDING = 1e-12
"""An error so many times smaller than the numbers is what rounding leaves of 0."""


@dataclass(frozen=True)
class Error:
    """A linearised standard error and its degrees of freedom."""

    se: float
    df: float


def mean_error(cells: Cells, name: str, cluster: str | None) -> Error | None:
    """Of the weighted mean of a number; None where it cannot be estimated.

    Args:
        cells: Of who counts.
        name: The number, as in the measures.
        cluster: One of the categories, or None.
    """
    w, wv, wvv = (cells.total(f"{kind}:{name}") for kind in ("w", "wv", "wvv"))
    mean = wv / w
    small = ROUNDING * (float(np.sqrt(max(wvv, 0.0) / w)) + abs(cells.pivots[name]))
    if cluster is not None:
        held = cells.over([cluster])
        first, size = (np.array(list(held.of(f"{kind}:{name}").values())) for kind in ("wv", "w"))
        return _clustered((first - mean * size) / w, small)
    w2, w2v, w2vv = (cells.total(f"{kind}:{name}") for kind in ("w2", "w2v", "w2vv"))
    return _alone((w2vv - 2 * mean * w2v + mean**2 * w2) / w**2, cells.total("n"), small)


def share(cells: Cells, inside: Callable[[Any], bool], cluster: str | None) -> tuple[float, Error | None]:
    """The weighted share of who is in some of the cells, and its error."""
    own = replace(cells, sums={key: sums for key, sums in cells.sums.items() if inside(key)})
    w, own_w = cells.total("w"), own.total("w") if own.sums else 0.0
    p = own_w / w
    if cluster is not None:
        every, some = cells.over([cluster]).of("w"), own.over([cluster]).of("w")
        scores = np.array([(some.get(key, 0.0) - p * size) / w for key, size in every.items()])
        return p, _clustered(scores, ROUNDING)
    w2, own_w2 = cells.total("w2"), own.total("w2") if own.sums else 0.0
    spread = own_w2 * (1 - p) ** 2 + (w2 - own_w2) * p**2
    return p, _alone(spread / w**2, cells.total("n"), ROUNDING)


def jackknife(cells: Cells, cluster: str, of: Callable[[Cells], float | None]) -> Error | None:
    """The delete-cluster error of what is made of the cells; None where one replicate cannot be made."""
    place = cells.by.index(cluster)
    keys = sorted({key[place] for key in cells.sums})
    if len(keys) < 2:  # noqa: PLR2004 -- one tells no spread
        return None
    found = [
        of(replace(cells, sums={key: sums for key, sums in cells.sums.items() if key[place] != left}))
        for left in keys
    ]
    there = np.array([one for one in found if one is not None])
    if len(there) < len(keys):
        return None
    about = there - there.mean()
    return _told(float(about @ about) * (len(keys) - 1) / len(keys), len(keys) - 1, ROUNDING)


def reach(value: float, error: Error | None) -> tuple[float, float] | None:
    """Student's 95 % interval."""
    if error is None:
        return None
    half = t_quantile(0.975, error.df) * error.se
    return value - half, value + half


def _clustered(scores: Any, small: float) -> Error | None:
    count = len(scores)
    if count < 2:  # noqa: PLR2004 -- one tells no spread
        return None
    about = scores - scores.mean()
    return _told(float(about @ about) * count / (count - 1), count - 1, small)


def _alone(squares: float, n: float, small: float) -> Error | None:
    return _told(max(squares, 0.0) * n / (n - 1), n - 1, small) if n > 1 else None


def _told(variance: float, df: float, small: float) -> Error | None:
    se = float(np.sqrt(variance))
    return Error(se, df) if se > small else None
