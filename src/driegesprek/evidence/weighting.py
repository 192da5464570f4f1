"""Weights: raking to known margins, trimming, the design effect, and errors that know the design.

Raking is iterative proportional fitting (Deming & Stephan 1940) of Σ w per cell to the margins, so that rows are not needed.
Linearised errors as ``survey::calibrate(calfun = "raking")`` and ``svymean``/``svytotal``: residuals of the
number on the margins
(by base weights), times the raked weight, summed per cluster (Deville & Särndal 1992; Binder 1983). The
delete-cluster jackknife
rakes again without each cluster (JK1, centred on the mean of the replicates, as ``survey::as.svrepdesign``). Design effect:
Kish's n Σ w² / (Σ w)².
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from driegesprek.evidence.cells import Cells, collect_cells
from driegesprek.evidence.data import Data
from driegesprek.evidence.frames import profile
from driegesprek.evidence.problems import EvidenceError, no_data
from driegesprek.evidence.raking import Margin, Raked, check_margins, rake
from driegesprek.evidence.results import Result

if TYPE_CHECKING:
    from scipy import stats
else:
    from driegesprek.evidence.later import stats

ROW = "driegesprek_row"
ROUNDING = 1e-12
"""An error so many times smaller than the numbers is what rounding leaves of 0."""
MOST_ROWS = 5_000
"""Respondents up to which the unclustered jackknife, which reads rows, is made."""


@dataclass(frozen=True)
class Estimate:
    """A mean or a total with its errors; None is what cannot be estimated."""

    estimate: float | None
    se: float | None
    se_jackknife: float | None = None
    ci: tuple[float, float] | None = None
    n: int = 0
    note: str | None = None


@dataclass(frozen=True)
class RakedCell:
    """What the weights of a cell are multiplied by."""

    key: tuple[str, ...]
    n: int
    factor: float


@dataclass(frozen=True)
class Weights(Result):
    """The result of :func:`weights`.

    Attributes:
        n: Respondents who count: with a weight above zero and a value for every margin.
        mean: Per number its weighted mean.
        total: Per number its weighted total.
        design_effect: Kish's: how much larger variances are because weights differ.
        converged: Whether raking came within 1e-10 of every margin (true where nothing is raked).
        factors: Per cell of the margins what a weight is multiplied by.
        reads_rows: What could not be made from sums, by name.
    """

    n: int
    n_missing: int | None
    sum_of_weights: float
    mean: Mapping[str, Estimate]
    total: Mapping[str, Estimate]
    design_effect: float
    effective_n: float
    converged: bool
    iterations: int
    trimmed: int
    margins: tuple[str, ...]
    clusters: int | None
    factors: tuple[RakedCell, ...]
    reads_rows: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class WeightsPlan:
    """What is weighted, to which margins, and what is estimated.

    Attributes:
        weights: The base weight; None is 1 for everybody.
        margins: Known totals.
        trim: The largest weight, in times the mean weight; None is no limit.
        cluster, strata, fpc: The design; ``fpc`` holds the number of clusters (or respondents) there are per stratum.
        mean, total: Numbers to estimate.
        pivots: Per number.
        jackknife: Whether to make the jackknife without clusters, which reads rows.
    """

    weights: str | None
    margins: tuple[Margin, ...] = ()
    trim: float | None = None
    cluster: str | None = None
    strata: str | None = None
    fpc: str | None = None
    mean: tuple[str, ...] = ()
    total: tuple[str, ...] = ()
    pivots: Mapping[str, float] = field(default_factory=dict)
    jackknife: bool = False

    @property
    def margin_names(self) -> tuple[str, ...]:
        """The variables that are raked."""
        return tuple(dict.fromkeys(margin.variable for margin in self.margins))

    @property
    def by(self) -> tuple[str, ...]:
        """The cells that are needed; with trimming also by base weight, so that a cell has one weight."""
        extra = [self.weights if self.trim else None, self.strata, self.fpc, self.cluster]
        return tuple(dict.fromkeys([*self.margin_names, *(name for name in extra if name)]))


def weights(
    data: Data,
    *,
    weights: str | None = None,
    margins: Sequence[Margin] = (),
    mean: Sequence[str] = (),
    total: Sequence[str] = (),
    cluster: str | None = None,
    strata: str | None = None,
    fpc: str | None = None,
    trim: float | None = None,
    jackknife: bool = False,
) -> Weights:
    """Weight respondents and estimate means and totals.

    Args:
        data: The respondents.
        weights: The variable with design weights; default 1 for everybody.
        margins: Known totals per variable and level; their sums per variable are equal.
        mean: Numbers of which the mean is estimated.
        total: Numbers of which the total is estimated.
        cluster: Who was drawn together.
        strata: Within what was drawn.
        fpc: Per stratum, how many clusters (or respondents) there are to draw from.
        trim: No weight above this many times the mean weight; what is cut off is spread by raking again.
        jackknife: Without clusters: also delete one respondent at a time. It reads rows.

    Raises:
        EvidenceError: ``no_data``, ``bad_weight``, ``bad_margins``, ``empty_cell``, ``unknown_level``, ``one_cluster`` …
    """
    pivots = profile(data, numbers=dict.fromkeys([*mean, *total])).means
    plan = WeightsPlan(
        weights, tuple(margins), trim, cluster, strata, fpc, tuple(mean), tuple(total), pivots, jackknife
    )
    check_margins(plan.margins)
    return weighted(plan, collect_weights(data, plan), rows=data.rows())


def collect_weights(data: Data, plan: WeightsPlan) -> Cells:
    """The sums that weighting needs; the unclustered jackknife has a cell per respondent."""
    by = list(plan.by)
    if plan.jackknife and not plan.cluster:
        if data.rows() > MOST_ROWS:
            raise EvidenceError(
                "too_many_rows",
                f"The jackknife without clusters reads every row; that is done up to {MOST_ROWS:,} rows.",
            )
        import ibis  # noqa: PLC0415 -- heavy

        data = data.with_column(ROW, ibis.row_number().cast("string"), category=True)
        by.append(ROW)
    return collect_cells(data, by, weights=plan.weights, values=plan.pivots)


def weighted(plan: WeightsPlan, cells: Cells, *, rows: int | None = None) -> Weights:
    """The result that follows from the cells."""
    return _Weighting(plan, cells).result(rows)


class _Weighting:
    def __init__(self, plan: WeightsPlan, cells: Cells) -> None:
        self.plan, self.cells = plan, cells
        self.n = int(cells.total("n"))
        if self.n == 0:
            raise no_data("a weight and every margin")
        self.keys = list(cells.sums)
        self.sums = np.stack([cells.sums[key] for key in self.keys])
        self.place = {name: at for at, name in enumerate(cells.by)}
        unit = plan.cluster or (ROW if ROW in cells.by else None)
        self.unit = unit
        self.units, self.unit_of = self._coded(unit)
        self.strata, self.stratum_of = self._coded(plan.strata)
        self.raked = self._rake(self._measure("w"))
        self.factor = self.raked.factors

    def _measure(self, name: str) -> Any:
        return self.sums[:, self.cells.measures.index(name)]

    def _coded(self, name: str | None) -> tuple[list[str], Any]:
        if name is None:
            return [""], np.zeros(len(self.keys), dtype=int)
        at = self.place[name]
        found, codes = np.unique([key[at] for key in self.keys], return_inverse=True)
        return found.tolist(), codes

    @cached_property
    def memberships(self) -> list[tuple[Any, Any]]:
        """Per margin variable: level of each cell, and the totals."""
        found = []
        for name in self.plan.margin_names:
            wanted = {margin.level: margin.total for margin in self.plan.margins if margin.variable == name}
            levels = list(wanted)
            codes = [key[self.place[name]] for key in self.keys]
            if stray := sorted(set(codes) - set(levels)):
                raise EvidenceError(
                    "unknown_level", f"{name!r} has the level {stray[0]!r}, which has no margin. Add it."
                )
            found.append((np.array([levels.index(code) for code in codes]), np.array(list(wanted.values()))))
        return found

    def _rake(self, base: Any) -> Raked:
        return rake(base, self._measure("n"), self.memberships, self.plan.margin_names, self.plan.trim)

    def result(self, rows: int | None) -> Weights:
        """Everything that is reported."""
        w, w2 = self.factor * self._measure("w"), self.factor**2 * self._measure("w2")
        effect = float(self.n * w2.sum() / w.sum() ** 2)
        unit = self.plan.cluster
        if unit and len(self.units) < 2:  # noqa: PLR2004 -- one tells no spread
            raise EvidenceError(
                "one_cluster", f"{unit!r} has one cluster only; its spread cannot be estimated."
            )
        exceptions = ["jackknife without clusters"] if ROW in self.cells.by else []
        exceptions += (
            ["trimming where base weights differ within a cell"]
            if self.plan.trim and self.plan.weights
            else []
        )
        return Weights(
            n=self.n,
            n_missing=None if rows is None else rows - self.n,
            sum_of_weights=float(w.sum()),
            mean={name: self._estimate(name, mean=True) for name in self.plan.mean},
            total={name: self._estimate(name, mean=False) for name in self.plan.total},
            design_effect=effect,
            effective_n=self.n / effect,
            converged=self.raked.converged,
            iterations=self.raked.iterations,
            trimmed=self.raked.trimmed,
            margins=self.plan.margin_names,
            clusters=len(self.units) if unit else None,
            factors=self._factors(),
            reads_rows=tuple(exceptions),
            notes=()
            if self.raked.converged
            else ("Raking did not reach all margins: they contradict the cells.",),
        )

    def _factors(self) -> tuple[RakedCell, ...]:
        found: dict[tuple[str, ...], list[float]] = {}
        names = [
            *self.plan.margin_names,
            *([self.plan.weights] if self.plan.trim and self.plan.weights else []),
        ]
        for key, factor, n in zip(self.keys, self.factor, self._measure("n"), strict=True):
            cell = tuple(key[self.place[name]] for name in names)
            held = found.setdefault(cell, [0.0, float(factor)])
            held[0] += float(n)
        return (
            tuple(RakedCell(key, int(n), factor) for key, (n, factor) in sorted(found.items()))
            if names
            else ()
        )

    def _estimate(self, name: str, *, mean: bool) -> Estimate:
        n = int(self._measure(f"n:{name}").sum())
        if n == 0:
            return Estimate(None, None, n=0, note="cannot be estimated: nobody has a value")
        value = self._value(name, self.factor, mean=mean)
        variance, df = self._variance(name, value, mean=mean)
        jackknife = self._jackknife(name, mean=mean)
        if variance is None or df < 1:
            return Estimate(value, None, jackknife, None, n, "its error cannot be estimated: too few")
        se = float(np.sqrt(variance))
        if not self.plan.margins and se <= ROUNDING * self._size(name, mean=mean):
            return Estimate(value, None, None, None, n, "its error cannot be estimated: there is no variance")
        reach = float(stats.t.ppf(0.975, df)) * se
        return Estimate(value, se, jackknife, (value - reach, value + reach), n)

    def _value(self, name: str, factor: Any, *, mean: bool) -> float:
        size, moved = float(factor @ self._measure(f"w:{name}")), float(factor @ self._measure(f"wv:{name}"))
        pivot = self.plan.pivots[name]
        return moved / size + pivot if mean else moved + pivot * size

    def _size(self, name: str, *, mean: bool) -> float:
        """How large the numbers are, or their sum of absolute values at most: beside it, rounding is seen."""
        w, wvv = (float(self.factor @ self._measure(f"{kind}:{name}")) for kind in ("w", "wvv"))
        size = float(np.sqrt(max(wvv, 0.0) / w)) + abs(self.plan.pivots[name])
        return size if mean else size * w

    def _scores(self, name: str, value: float, *, mean: bool) -> tuple[Any, Any, float]:
        """Level that each cell's numbers are compared with (about the pivot): its mean, and what the margins explain."""
        pivot, w = self.plan.pivots[name], self._measure(f"w:{name}")
        about = self._measure(f"wv:{name}") + ((pivot - value) * w if mean else pivot * w)
        scale = 1 / float(self.factor @ w) if mean else 1.0
        base, level = self._measure("w"), (value - pivot if mean else -pivot)
        explained = np.zeros(len(self.keys))
        if self.memberships:
            design = np.concatenate(
                [np.eye(len(totals))[codes] for codes, totals in self.memberships], axis=1
            )
            gram = design.T @ (base[:, None] * design)
            explained = design @ (np.linalg.pinv(gram) @ (design.T @ about))
        return level, explained, scale

    def _variance(self, name: str, value: float, *, mean: bool) -> tuple[float | None, int]:
        level, explained, scale = self._scores(name, value, mean=mean)
        w, wv = self._measure(f"w:{name}"), self._measure(f"wv:{name}")
        first = self.factor * scale * (wv - level * w - explained * self._measure("w"))
        if self.unit:
            count, units = self._per_unit(first)
            return self._spread(units, count)
        w2, w2v, w2vv = (self._measure(f"{kind}:{name}") for kind in ("w2", "w2v", "w2vv"))
        own = w2vv - 2 * level * w2v + level**2 * w2
        crossed = -2 * explained * (w2v - level * w2) + explained**2 * self._measure("w2")
        second = (self.factor * scale) ** 2 * (own + crossed)
        return self._spread_of_rows(first, second)

    def _per_unit(self, values: Any) -> tuple[Any, Any]:
        stratum = np.zeros(len(self.units), dtype=int)
        stratum[self.unit_of] = self.stratum_of
        return stratum, np.bincount(self.unit_of, weights=values, minlength=len(self.units))

    def _correction(self, stratum: int, drawn: float) -> float:
        """What is left to chance when much of a stratum was drawn: 1 − n/N."""
        if self.plan.fpc is None:
            return 1.0
        at = int(np.flatnonzero(self.stratum_of == stratum)[0])
        size = float(self.keys[at][self.place[self.plan.fpc]])
        if size < drawn:
            raise EvidenceError("bad_option", f"{self.plan.fpc!r} says {size:g}, and {drawn:g} were drawn.")
        return 1 - drawn / size

    def _spread(self, units: Any, stratum: Any) -> tuple[float | None, int]:
        total, used = 0.0, 0
        for place in range(len(self.strata)):
            z = units[stratum == place]
            if len(z) < 2:  # noqa: PLR2004 -- one tells no spread
                return None, 0
            about = z - z.mean()
            total += self._correction(place, len(z)) * len(z) / (len(z) - 1) * float(about @ about)
            used += len(z) - 1
        return total, used

    def _spread_of_rows(self, first: Any, second: Any) -> tuple[float | None, int]:
        total, used = 0.0, 0
        for place in range(len(self.strata)):
            inside = self.stratum_of == place
            n = float(self._measure("n")[inside].sum())
            if n < 2:  # noqa: PLR2004 -- one tells no spread
                return None, 0
            spread = float(second[inside].sum()) - float(first[inside].sum()) ** 2 / n
            total += self._correction(place, n) * n / (n - 1) * max(spread, 0.0)
            used += int(n) - 1
        return total, used

    def _jackknife(self, name: str, *, mean: bool) -> float | None:
        count = len(self.units)
        if self.unit is None or count < 2 or self.plan.strata:  # noqa: PLR2004 -- one tells no spread
            return None
        values = np.array([self._value(name, factor, mean=mean) for factor in self.replicates])
        if not np.isfinite(values).all():
            return None
        about = values - values.mean()
        size = 1.0 if self.plan.fpc is None else self._correction(0, count)
        return float(np.sqrt(size * (count - 1) / count * float(about @ about)))

    @cached_property
    def replicates(self) -> list[Any]:
        """The factors of each cell when a cluster is left out; NaN where a margin is then empty."""
        count = len(self.units)
        base = self._measure("w")
        found = []
        for place in range(count):
            left = np.where(self.unit_of == place, 0.0, count / (count - 1))
            try:
                found.append(left * self._rake(base * left).factors)
            except EvidenceError:
                found.append(np.full(len(base), np.nan))
        return found
