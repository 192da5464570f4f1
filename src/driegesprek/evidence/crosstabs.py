"""A table of two categories: chi-square, association, comparisons of columns, and ranks.

Pearson's chi-square; weighted or clustered its p by the second-order correction of Rao & Scott (1984; F of Thomas & Rao
1987), as ``survey::svychisq``. V = √(χ² / (n (min(r, c) − 1))). Columns are compared two by two: pooled z, linearised t.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from driegesprek.evidence.cells import Cells, counted_cells
from driegesprek.evidence.comparisons import Comparison, Correction, corrected
from driegesprek.evidence.data import Data
from driegesprek.evidence.frames import MAX_LEVELS, in_order
from driegesprek.evidence.problems import EvidenceError, no_data, no_variance
from driegesprek.evidence.ranks import Ranks, kruskal_wallis, mann_whitney
from driegesprek.evidence.results import Result

if TYPE_CHECKING:
    from scipy import stats
else:
    from driegesprek.evidence.later import stats

EXPECTED = 5.0


@dataclass(frozen=True)
class Cell:
    """One cell: respondents, sum of weights, and per cent of its column, its row and everybody (weighted)."""

    row: str
    col: str
    n: int
    weighted: float
    col_percent: float
    row_percent: float
    percent: float
    expected: float


@dataclass(frozen=True)
class Crosstab(Result):
    """The result of :func:`crosstab`.

    Attributes:
        n: Respondents with both values.
        chi2: Pearson's statistic (on weighted shares times n when weighted).
        df: (rows − 1)(columns − 1).
        p: Of chi-square; with weights or clusters of ``f`` with ``df1`` and ``df2``.
        cramers_v: Association between 0 and 1.
        method: ``pearson`` or ``rao-scott-2``.
    """

    n: int
    n_missing: int | None
    rows: tuple[str, ...]
    cols: tuple[str, ...]
    cells: tuple[Cell, ...]
    chi2: float | None
    df: int
    p: float | None
    cramers_v: float | None
    method: str
    f: float | None
    df1: float | None
    df2: float | None
    comparisons: tuple[Comparison, ...]
    correction: Correction
    ranks: Ranks | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CrosstabPlan:
    """Which table.

    Attributes:
        rows: The variable down.
        cols: The variable across.
        row_levels: In their order.
        col_levels: In their order.
        ordered: Whether the rows are numbers, so that they can be ranked.
    """

    rows: str
    cols: str
    row_levels: tuple[str, ...]
    col_levels: tuple[str, ...]
    ordered: bool
    cluster: str | None = None
    weights: str | None = None
    correction: Correction = Correction.HOLM


def crosstab(
    data: Data,
    *,
    rows: str,
    cols: str,
    cluster: str | None = None,
    weights: str | None = None,
    correction: Correction | str = Correction.HOLM,
) -> Crosstab:
    """Tabulate two variables and test whether they go together.

    Args:
        data: The respondents.
        rows: The variable down; numbers are ranked too.
        cols: The variable across; its columns are compared.
        cluster: Who belongs together.
        weights: How many respondents each stands for.
        correction: For many comparisons: holm, bonferroni, fdr or none.

    Raises:
        EvidenceError: ``no_data``, ``no_variance``, ``one_cluster``, ``too_many_levels``, ``unknown_variable`` …
    """
    by = [rows, cols, *([cluster] if cluster else [])]
    cells, respondents = counted_cells(data, by, weights=weights)
    plan = plan_crosstab(data, cells, cluster=cluster, weights=weights, correction=correction)
    return crosstabulated(plan, cells, rows=respondents)


def plan_crosstab(
    data: Data,
    cells: Cells,
    *,
    cluster: str | None = None,
    weights: str | None = None,
    correction: Correction | str = Correction.HOLM,
) -> CrosstabPlan:
    """The levels of a table, from its cells and what the file says of their order."""
    rows, cols = cells.by[:2]
    if len({rows, cols, cluster}) < 3:  # noqa: PLR2004 -- None counts as one
        raise EvidenceError("bad_option", "Rows, columns and clusters are three different variables.")
    levels = [
        _levels(data, name, {key[place] for key in cells.sums}) for place, name in enumerate((rows, cols))
    ]
    ordered = all(_is_number(level) for level in levels[0]) and len(levels[0]) > 1
    try:
        how = Correction(correction)
    except ValueError:
        raise EvidenceError("bad_option", f"A correction is one of {', '.join(Correction)}.") from None
    return CrosstabPlan(rows, cols, levels[0], levels[1], ordered, cluster, weights, how)


def _levels(data: Data, name: str, found: set[str]) -> tuple[str, ...]:
    if len(found) > MAX_LEVELS:
        raise EvidenceError(
            "too_many_levels", f"{name!r} has more than {MAX_LEVELS} different values; that is no table."
        )
    return in_order(found, data.column(name))


def _is_number(code: str) -> bool:
    try:
        float(code)
    except ValueError:
        return False
    return True


def crosstabulated(plan: CrosstabPlan, cells: Cells, *, rows: int | None = None) -> Crosstab:
    """The result that follows from the cells."""
    return _Table(plan, cells).result(rows)


class _Table:
    def __init__(self, plan: CrosstabPlan, cells: Cells) -> None:
        self.plan, self.all = plan, cells
        self.n = int(cells.total("n"))
        if self.n == 0:
            raise no_data(f"both {plan.rows!r} and {plan.cols!r}")
        flat = cells.over(cells.by[:2])
        self.count = self._matrix(flat.of("n"))
        self.row_levels, self.col_levels = plan.row_levels, plan.col_levels
        if plan.cluster and len({key[2] for key in cells.sums}) < 2:  # noqa: PLR2004 -- one tells no spread
            raise EvidenceError(
                "one_cluster", f"{plan.cluster!r} has one cluster only; its spread cannot be estimated."
            )
        self.weight = self._matrix(flat.of("w"))
        self.square = self._matrix(flat.of("w2"))
        for name, shape in ((plan.rows, self.count.shape[0]), (plan.cols, self.count.shape[1])):
            if shape < 2:  # noqa: PLR2004 -- one row or column is no table
                raise no_variance(name)
        self.design = bool(plan.cluster or plan.weights)
        self.share = self.weight / self.weight.sum()

    def _matrix(self, values: dict[tuple[str, ...], float]) -> Any:
        rows, cols = self.plan.row_levels, self.plan.col_levels
        return np.array([[values.get((row, col), 0.0) for col in cols] for row in rows])

    def result(self, rows: int | None) -> Crosstab:
        """Everything that is reported."""
        expected = np.outer(self.share.sum(axis=1), self.share.sum(axis=0))
        chi2 = float(self.n * np.sum((self.share - expected) ** 2 / expected))
        df = (self.share.shape[0] - 1) * (self.share.shape[1] - 1)
        f = df1 = df2 = None
        p: float | None = float(stats.chi2.sf(chi2, df))
        notes = self._notes(expected)
        if self.design:
            f, df1, df2, p = self._rao_scott(chi2)
            if p is None:
                notes.append(
                    "The correction of Rao and Scott cannot be estimated: too few clusters for this table."
                )
        v = float(np.sqrt(chi2 / (self.n * (min(self.share.shape) - 1))))
        return Crosstab(
            n=self.n,
            n_missing=None if rows is None else rows - self.n,
            rows=self.row_levels,
            cols=self.col_levels,
            cells=self._cells(expected),
            chi2=chi2,
            df=df,
            p=p,
            cramers_v=v,
            method="rao-scott-2" if self.design else "pearson",
            f=f,
            df1=df1,
            df2=df2,
            comparisons=corrected(self._comparisons(), self.plan.correction),
            correction=self.plan.correction,
            ranks=self._ranks(),
            notes=tuple(notes),
        )

    def _notes(self, expected: Any) -> list[str]:
        few = int(np.sum(expected * self.n < EXPECTED))
        return (
            [f"{few} of {expected.size} cells have an expected count below 5; chi-square is rough then."]
            if few
            else []
        )

    def _cells(self, expected: Any) -> tuple[Cell, ...]:
        w, col, row = self.weight, self.weight.sum(axis=0), self.weight.sum(axis=1)
        return tuple(
            Cell(
                r,
                c,
                int(self.count[i, j]),
                float(w[i, j]),
                float(100 * w[i, j] / col[j]),
                float(100 * w[i, j] / row[i]),
                float(100 * self.share[i, j]),
                float(expected[i, j] * self.n),
            )
            for i, r in enumerate(self.row_levels)
            for j, c in enumerate(self.col_levels)
        )

    @property
    def clusters(self) -> dict[str, Any]:
        """Weighted table per cluster."""
        held: dict[str, dict[tuple[str, ...], float]] = {}
        for key, value in self.all.of("w").items():
            held.setdefault(key[2], {})[key[:2]] = value
        return {name: self._matrix(values) for name, values in held.items()}

    def _rao_scott(self, chi2: float) -> tuple[float | None, float | None, float | None, float | None]:
        variance, nu = self._share_variance()
        contrasts = _interactions(*self.share.shape)
        p = self.share.ravel()
        back = np.divide(1.0, p, out=np.zeros_like(p), where=p > 0)
        simple = contrasts.T @ (back[:, None] / self.n * contrasts)
        actual = contrasts.T @ (back[:, None] * variance * back[None, :]) @ contrasts
        delta = np.linalg.solve(simple, actual)
        trace, twice = float(np.trace(delta)), float(np.trace(delta @ delta))
        if not (trace > 1e-14 and twice > 0 and nu > 0):  # noqa: PLR2004 -- rounding
            return None, None, None, None
        d0 = trace**2 / twice
        f = chi2 / trace
        return f, d0, d0 * nu, float(stats.f.sf(f, d0, d0 * nu))

    def _share_variance(self) -> tuple[Any, int]:
        """Covariance of the weighted shares of the cells, linearised, and its degrees of freedom."""
        p, total = self.share.ravel(), self.weight.sum()
        if self.plan.cluster:
            w = np.stack([matrix.ravel() for matrix in self.clusters.values()])
            z = (w - np.outer(w.sum(axis=1), p)) / total
            return z.T @ z * len(z) / (len(z) - 1), len(z) - 1
        w2 = self.square.ravel()
        middle = np.diag(w2) - np.outer(w2, p) - np.outer(p, w2) + w2.sum() * np.outer(p, p)
        return middle / total**2 * self.n / (self.n - 1), self.n - 1

    def _comparisons(self) -> list[Comparison]:
        found = []
        by_cluster = np.stack(list(self.clusters.values())) if self.plan.cluster else None
        for i, row in enumerate(self.row_levels):
            for a, b in combinations(range(len(self.col_levels)), 2):
                found.append(self._compare(row, i, a, b, by_cluster))
        return found

    def _compare(self, row: str, i: int, a: int, b: int, by_cluster: Any) -> Comparison:
        size = self.weight.sum(axis=0)
        one, other = float(self.weight[i, a] / size[a]), float(self.weight[i, b] / size[b])
        names = (row, self.col_levels[a], self.col_levels[b], one, other, one - other)
        if not self.design:
            n = self.count.sum(axis=0)
            pooled = (self.count[i, a] + self.count[i, b]) / (n[a] + n[b])
            variance, df = pooled * (1 - pooled) * (1 / n[a] + 1 / n[b]), np.inf
        else:
            variance, df = self._difference_variance(i, (a, one), (b, other), by_cluster)
        if variance <= 0:
            return Comparison(*names, None, None, None, None)
        se = float(np.sqrt(variance))
        statistic = (one - other) / se
        p = 2 * float(stats.t.sf(abs(statistic), df) if np.isfinite(df) else stats.norm.sf(abs(statistic)))
        return Comparison(*names, se, float(statistic), p, None)

    def _difference_variance(
        self, i: int, one: tuple[int, float], other: tuple[int, float], by_cluster: Any
    ) -> tuple[float, float]:
        """Linearised: each respondent adds w (1{row} − share) / Σ w of the column, with the sign of the column."""
        size = self.weight.sum(axis=0)
        if by_cluster is not None:
            parts = [
                (by_cluster[:, i, c] - share * by_cluster[:, :, c].sum(axis=1)) / size[c]
                for c, share in (one, other)
            ]
            z = parts[0] - parts[1]
            z = z - z.mean()
            return float(z @ z * len(z) / (len(z) - 1)), len(z) - 1
        total = 0.0
        for c, share in (one, other):
            inside, whole = self.square[i, c], self.square[:, c].sum()
            total += (inside * (1 - share) ** 2 + (whole - inside) * share**2) / size[c] ** 2
        return total * self.n / (self.n - 1), self.n - 1

    def _ranks(self) -> Ranks | None:
        if self.design or not self.plan.ordered:
            return None
        return mann_whitney(self.count) if self.count.shape[1] == 2 else kruskal_wallis(self.count)  # noqa: PLR2004


def _interactions(rows: int, cols: int) -> Any:
    """A basis of what the two margins do not explain, cell by cell (rows change slowest)."""
    margins = np.array(
        [
            [1.0, *(float(i == k) for k in range(1, rows)), *(float(j == k) for k in range(1, cols))]
            for i in range(rows)
            for j in range(cols)
        ]
    )
    both = np.einsum("ij,ik->ijk", margins[:, 1:rows], margins[:, rows:]).reshape(rows * cols, -1)
    return both - margins @ np.linalg.lstsq(margins, both, rcond=None)[0]
