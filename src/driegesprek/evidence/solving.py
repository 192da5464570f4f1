"""Least squares from sums of products: a Cholesky decomposition in the order of the columns, with what is collinear.

A column of which less than :data:`TOLERANCE` of the variance is left after those before it cannot be told from them;
it is set aside, as R's ``lm`` does, and every coefficient that it touches is not estimable (Searle 1971, Linear Models,
chapter 5: an effect is estimable when it is a linear combination of the rows of the design).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from scipy import linalg
else:
    from driegesprek.evidence.later import linalg

TOLERANCE = 1e-9


@dataclass(frozen=True, eq=False)
class Solved:
    """A model solved, with an intercept.

    Attributes:
        weight: Sum of the weights (n when unweighted).
        means: Mean of each column minus its pivot, the outcome last.
        kept: Places of the columns that can be told from those before them.
        factor: Lower triangular; factor · factor' are the scaled sums of the kept columns.
        scale: Root of each column's sum of squares about its mean; 0 when it does not vary.
        parts: What each kept column adds: SSE falls by its square.
        total: The outcome's sum of squares about its mean.
        dependence: For each column that is set aside, its combination of the kept ones (scaled).
        raw_means: Mean of each column, the outcome apart.
    """

    weight: float
    means: Any
    kept: tuple[int, ...]
    factor: Any
    scale: Any
    parts: Any
    total: float
    dependence: dict[int, Any]
    raw_means: Any

    @cached_property
    def coefficients(self) -> Any:
        """One per column, 0 for what is set aside."""
        found = np.zeros(len(self.scale))
        if self.kept:
            at = list(self.kept)
            found[at] = _triangular(self.factor, self.parts, transposed=True) / self.scale[at]
        return found

    @cached_property
    def inverse(self) -> Any:
        """(X'X)⁻¹ of the kept columns about their means."""
        half = _triangular(self.factor, np.eye(len(self.kept)))
        half = half / self.scale[list(self.kept)]
        return half.T @ half

    def residual(self, columns: int | None = None) -> float:
        """Sum of squares that is left after the first so many columns; default all."""
        used = [c for c in self.kept if columns is None or c < columns]
        left = self.total - float(np.sum(self.parts[: len(used)] ** 2))
        return max(left, 0.0)

    def rank(self, columns: int | None = None) -> int:
        """How many of the first so many columns can be told apart, without the intercept."""
        return sum(1 for c in self.kept if columns is None or c < columns)

    @cached_property
    def estimable(self) -> Any:
        """Which coefficients have one value only; the intercept is the first."""
        good = np.ones(len(self.scale) + 1, dtype=bool)
        for column, combination in self.dependence.items():
            good[column + 1] = False
            touched = np.zeros(len(self.scale))
            touched[list(self.kept)] = combination
            good[1:] &= np.abs(touched) < 1e-6  # noqa: PLR2004 -- what rounding leaves of a zero
            good[0] &= self._keeps_level(column, combination)
        return good

    def _keeps_level(self, column: int, combination: Any) -> bool:
        """Whether a dependence among columns is one without the intercept."""
        if self.scale[column] == 0:
            return bool(abs(self.raw_means[column]) < 1e-9)  # noqa: PLR2004 -- a column of zeros: an empty cell
        at = list(self.kept)
        level = (
            float(combination @ (self.raw_means[at] / self.scale[at]))
            - self.raw_means[column] / self.scale[column]
        )
        return bool(abs(level) < 1e-6 * max(1.0, abs(self.raw_means[column] / self.scale[column])))


def solve(cross: Any, pivot: Any) -> Solved:
    """Regress the last column on those between it and the first, which is 1.

    Args:
        cross: Sums of products about the pivots: columns × columns.
        pivot: The pivots.

    Returns:
        The solution about the means, so that the size of a pivot does not matter.
    """
    weight = float(cross[0, 0])
    means = cross[0, 1:] / weight
    about = cross[1:, 1:] - np.outer(means, means) * weight
    squares = np.diag(about)[:-1].copy()
    raw = means[:-1] + pivot[1:-1]
    # What is left of a column that does not vary is rounding: about 1e-16 of the sums it came from.
    noise = 1e-12 * np.diag(cross)[1:-1] + 1e-24 * weight * pivot[1:-1] ** 2
    scale = np.sqrt(np.where(squares > noise, squares, 0.0))
    safe = np.where(scale > 0, scale, 1.0)
    correlation = about[:-1, :-1] / np.outer(safe, safe)
    with_outcome = about[:-1, -1] / safe
    kept, factor, dependence = _decomposed(correlation, scale)
    parts = _triangular(factor, with_outcome[list(kept)]) if kept else np.zeros(0)
    return Solved(weight, means, kept, factor, scale, parts, float(about[-1, -1]), dependence, raw)


def _decomposed(correlation: Any, scale: Any) -> tuple[tuple[int, ...], Any, dict[int, Any]]:
    size = len(scale)
    whole = _whole(correlation, scale)
    if whole is not None:
        return tuple(range(size)), whole, {}
    factor = np.zeros((size, size))
    kept: list[int] = []
    aside: dict[int, tuple[int, Any]] = {}
    for column in range(size):
        used = len(kept)
        row = np.zeros(used)
        if used:
            row = _triangular(factor[:used, :used], correlation[kept, column])
        left = 1.0 - float(row @ row)
        if scale[column] == 0 or left < TOLERANCE:
            aside[column] = (used, row if scale[column] else np.zeros(used))
            continue
        factor[used, :used], factor[used, used] = row, np.sqrt(left)
        kept.append(column)
    triangle = factor[: len(kept), : len(kept)]
    return tuple(kept), triangle, {c: _combination(triangle, used, row) for c, (used, row) in aside.items()}


def _whole(correlation: Any, scale: Any) -> Any:
    """The triangle at once where all columns can be told apart, as mostly; None where they cannot."""
    if not (scale > 0).all():
        return None
    try:
        factor = np.linalg.cholesky(correlation)
    except np.linalg.LinAlgError:
        return None
    return factor if (np.diag(factor) ** 2 >= TOLERANCE).all() else None


def _combination(factor: Any, used: int, row: Any) -> Any:
    """A column as a combination of the kept ones, from its row in the decomposition."""
    found = np.zeros(len(factor))
    if used:
        found[:used] = _triangular(factor[:used, :used], row, transposed=True)
    return found


def _triangular(factor: Any, right: Any, *, transposed: bool = False) -> Any:
    """What times a lower triangle, or its transpose, gives the right side; without SciPy's checks, slow on small ones."""
    if not len(factor):  # LAPACK takes no triangle without rows
        return np.asarray(right, dtype=float)
    found, bad = linalg.lapack.dtrtrs(factor, right, lower=1, trans=int(transposed))
    if bad:
        raise np.linalg.LinAlgError("A triangle with a zero on its diagonal.")
    return found
