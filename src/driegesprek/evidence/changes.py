"""Before and after: how much changed, for how many it got better, and who is no longer there.

Paired t (with clusters: the mean change with CR2 error); two effect sizes with 95 % intervals: d_z, the mean
change by the sd of the
changes, exact by the noncentral t (Steiger 2004), and d_av, by the mean of both variances' root, by the
approximation of Algina & Keselman
(2003). The share that improved has Wilson's interval. Those without a second answer are compared with the
others on the first (Welch).

With weights means, spreads and shares are weighted, and errors linearised (:mod:`driegesprek.evidence.changes_weighted`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from driegesprek.evidence.cells import Cells, collect_cells, number_in_table
from driegesprek.evidence.changes_weighted import jackknife, mean_error, reach, share
from driegesprek.evidence.data import Data
from driegesprek.evidence.distributions import t_quantile, t_two_sided
from driegesprek.evidence.frames import profile
from driegesprek.evidence.moments import Moments
from driegesprek.evidence.noncentral import interval
from driegesprek.evidence.problems import EvidenceError, no_data
from driegesprek.evidence.results import Result
from driegesprek.evidence.robust import Clusters
from driegesprek.evidence.shares import wilson

PRE, POST, DIFFERENCE = "pre", "post", "difference"
STATE, DIRECTION = "state", "direction"


@dataclass(frozen=True)
class Spread:
    """Mean and standard deviation of so many."""

    n: int
    mean: float | None
    sd: float | None


@dataclass(frozen=True)
class Difference:
    """The mean change and its test; with clusters se, df, ci and p are CR2's, with weights linearised."""

    mean: float
    sd: float
    se: float | None
    df: float | None
    t: float | None
    p: float | None
    ci: tuple[float, float] | None
    correlation: float | None


@dataclass(frozen=True)
class Effect:
    """An effect size with its 95 % interval."""

    d: float | None
    ci: tuple[float, float] | None
    note: str | None = None


@dataclass(frozen=True)
class Moved:
    """How many went one way, with per cent and interval."""

    n: int
    percent: float
    ci: tuple[float, float] | None


@dataclass(frozen=True)
class Dropout:
    """Who has a first answer and no second, and how they differed at first from those who have both."""

    n: int
    percent: float | None
    pre_stayed: Spread
    pre_left: Spread
    difference: float | None
    df: float | None
    p: float | None
    note: str | None = None


@dataclass(frozen=True)
class Change(Result):
    """The result of :func:`change`."""

    n: int
    n_pre: int
    n_post: int
    pre: Spread
    post: Spread
    difference: Difference
    effect_dz: Effect
    effect_dav: Effect
    improved: Moved
    same: Moved
    worse: Moved
    dropout: Dropout
    higher_is_better: bool
    clusters: int | None
    notes: tuple[str, ...] = ()
    weighted: bool = False


@dataclass(frozen=True)
class ChangePlan:
    """Which numbers are compared.

    Attributes:
        pre: Before.
        post: After.
        pivots: Of both.
        least: Changes smaller than this count as the same.
        higher_is_better: Whether up is improvement.
        cluster: Who belongs together.
        weights: The variable with weights.
    """

    pre: str
    post: str
    pivots: Mapping[str, float]
    least: float = 0.0
    higher_is_better: bool = True
    cluster: str | None = None
    weights: str | None = None


def change(
    data: Data,
    *,
    pre: str,
    post: str,
    cluster: str | None = None,
    least: float = 0.0,
    higher_is_better: bool = True,
    weights: str | None = None,
) -> Change:
    """Compare a number before and after.

    Args:
        data: One row per respondent with both numbers.
        pre: Before.
        post: After.
        cluster: Who belongs together; the error of the mean change is then CR2.
        least: Changes smaller than this count as the same.
        higher_is_better: Whether up is improvement.
        weights: A variable with weights; errors are then linearised, and who has no weight, or 0, does not count.

    Raises:
        EvidenceError: ``no_data``, ``too_few``, ``unknown_variable``, ``not_numeric``, ``bad_weight``.
    """
    if pre == post:
        raise EvidenceError("bad_option", "Before and after are the same variable.")
    pivots = profile(data, numbers=[pre, post]).means
    plan = ChangePlan(pre, post, pivots, least, higher_is_better, cluster, weights)
    return changed(plan, collect_change(data, plan))


def collect_change(data: Data, plan: ChangePlan) -> Cells:
    """Sums by who has which answer, by direction, and by cluster."""
    before, after = number_in_table(data, plan.pre), number_in_table(data, plan.post)
    moved = after - before
    state = before.isnull().ifelse(
        after.isnull().ifelse("none", "post"), after.isnull().ifelse("pre", "both")
    )
    limit = max(plan.least, 0.0)
    up = moved >= limit if limit else moved > 0
    down = moved <= -limit if limit else moved < 0
    direction = moved.isnull().ifelse("", up.ifelse("up", down.ifelse("down", "same")))
    made = data.with_column(PRE + "__n", before).with_column(POST + "__n", after)
    made = made.with_column(DIFFERENCE + "__n", moved).with_column(STATE + "__n", state, category=True)
    made = made.with_column(DIRECTION + "__n", direction, category=True)
    by = [STATE + "__n", DIRECTION + "__n", *([plan.cluster] if plan.cluster else [])]
    return collect_cells(made, by, weights=plan.weights, values=pivots_of(plan))


def pivots_of(plan: ChangePlan) -> dict[str, float]:
    """What is subtracted before, after and of the change."""
    before, after = plan.pivots[plan.pre], plan.pivots[plan.post]
    return {f"{PRE}__n": before, f"{POST}__n": after, f"{DIFFERENCE}__n": after - before}


def changed(plan: ChangePlan, cells: Cells) -> Change:
    """The result that follows from the sums."""
    both = _some(cells, lambda key: key[0] == "both")
    n = int(both.total("n")) if both.sums else 0
    if n == 0:
        raise no_data(f"both {plan.pre!r} and {plan.post!r}")
    if n < 2:  # noqa: PLR2004 -- a spread needs two
        raise EvidenceError("too_few", "One respondent has both answers; a change needs two or more.")
    pre, post, moved = (_spread(both, name + "__n") for name in (PRE, POST, DIFFERENCE))
    better, worse = ("up", "down") if plan.higher_is_better else ("down", "up")
    notes: list[str] = []
    difference, clusters = _difference(plan, both, (pre, post, moved), notes)
    left = _some(cells, lambda key: key[0] == "pre")
    gone = int(left.total("n")) if left.sums else 0
    return Change(
        n=n,
        n_pre=n + gone,
        n_post=n + int(_some(cells, lambda key: key[0] == "post").total("n")),
        pre=pre,
        post=post,
        difference=difference,
        effect_dz=_effect(plan, both, _dz),
        effect_dav=_effect(plan, both, _dav),
        improved=_moved(plan, both, better),
        same=_moved(plan, both, "same"),
        worse=_moved(plan, both, worse),
        dropout=_dropout(both, left),
        higher_is_better=plan.higher_is_better,
        clusters=clusters,
        notes=tuple(notes),
        weighted=plan.weights is not None,
    )


def _some(cells: Cells, wanted: Any) -> Cells:
    return Cells(
        cells.by, cells.measures, cells.pivots, {key: v for key, v in cells.sums.items() if wanted(key)}
    )


def _spread(cells: Cells, name: str) -> Spread:
    n = int(cells.total(f"n:{name}")) if cells.sums else 0
    if n == 0:
        return Spread(0, None, None)
    w, first, second = (cells.total(f"{kind}:{name}") for kind in ("w", "wv", "wvv"))
    mean = first / w
    # Weights count as frequencies that add up to n.
    sd = float(np.sqrt(max(second - w * mean**2, 0.0) / w * n / (n - 1))) if n > 1 else None
    if sd is not None and sd**2 <= 1e-14 * max(second / w, cells.pivots[name] ** 2):
        sd = 0.0  # what rounding leaves
    return Spread(n, mean + cells.pivots[name], sd)


def _difference(
    plan: ChangePlan, both: Cells, spreads: tuple[Spread, Spread, Spread], notes: list[str]
) -> tuple[Difference, int | None]:
    pre, post, moved = spreads
    mean, sd, n = float(moved.mean or 0.0), float(moved.sd or 0.0), moved.n
    correlation = None
    if pre.sd and post.sd:
        correlation = (pre.sd**2 + post.sd**2 - sd**2) / (2 * pre.sd * post.sd)
    if sd == 0:
        notes.append("Everybody changed equally much: errors and effect sizes cannot be estimated.")
        return Difference(mean, sd, None, None, None, None, None, correlation), None
    if plan.weights is not None:
        return _weighted(plan, both, (mean, sd, correlation), notes)
    if plan.cluster is None:
        return _tested(mean, sd, sd / float(np.sqrt(n)), n - 1, correlation), None
    held = _by_cluster(both)
    if len(held.keys) < 2:  # noqa: PLR2004 -- one tells no spread
        notes.append("There is one cluster: the error of the change cannot be estimated.")
        return Difference(mean, sd, None, None, None, None, None, correlation), 1
    robust = Clusters(held).robust(np.eye(1))
    se, df = float(robust.se[0]), float(robust.df[0])
    if not (se > 1e-12 * sd and df > 0):
        notes.append("All clusters changed equally much: the error of the change cannot be estimated.")
        return Difference(mean, sd, None, None, None, None, None, correlation), len(held.keys)
    return _tested(mean, sd, se, df, correlation), len(held.keys)


def _weighted(
    plan: ChangePlan, both: Cells, found: tuple[float, float, float | None], notes: list[str]
) -> tuple[Difference, int | None]:
    """The mean change, its spread and the correlation, with the linearised error of the first."""
    mean, sd, correlation = found
    clusters = len(both.over([plan.cluster]).sums) if plan.cluster else None
    error = mean_error(both, DIFFERENCE + "__n", plan.cluster)
    if error is None:
        notes.append("There is one cluster, or all changed equally much: the error cannot be estimated.")
        return Difference(mean, sd, None, None, None, None, None, correlation), clusters
    return _tested(mean, sd, error.se, error.df, correlation), clusters


def _by_cluster(both: Cells) -> Moments:
    """The changes per cluster, as a regression on an intercept only."""
    held = both.over([both.by[2]])
    keys = tuple(held.sums)
    name = DIFFERENCE + "__n"
    n, first, second = (np.array(list(held.of(f"{kind}:{name}").values())) for kind in ("n", "wv", "wvv"))
    cross = np.stack([np.stack([n, first], -1), np.stack([first, second], -1)], -1)[None]
    return Moments(("1", name), np.array([0.0, both.pivots[name]]), keys, n, cross)


def _tested(mean: float, sd: float, se: float, df: float, correlation: float | None) -> Difference:
    t = mean / se
    reach = t_quantile(0.975, df) * se
    p = t_two_sided(t, df)
    return Difference(mean, sd, se, df, t, p, (mean - reach, mean + reach), correlation)


def _effect(plan: ChangePlan, both: Cells, of: Callable[[Spread, Spread, Spread], Effect]) -> Effect:
    """An effect size; weighted, its interval leaves out each cluster in turn."""

    def made(cells: Cells) -> Effect:
        return of(*(_spread(cells, name + "__n") for name in (PRE, POST, DIFFERENCE)))

    whole = made(both)
    if plan.weights is None or whole.d is None:
        return whole
    error = jackknife(both, plan.cluster, lambda cells: made(cells).d) if plan.cluster else None
    note = None if error else "with weights its interval needs two clusters or more that differ"
    return Effect(whole.d, reach(whole.d, error), note)


def _dz(_pre: Spread, _post: Spread, moved: Spread) -> Effect:
    if not moved.sd:
        return Effect(None, None, "cannot be estimated")
    d = float(moved.mean or 0.0) / moved.sd
    root = float(np.sqrt(moved.n))
    return _sized(d, 1 / root, moved.n - 1)


def _dav(pre: Spread, post: Spread, moved: Spread) -> Effect:
    if not moved.sd or not (pre.sd or post.sd):
        return Effect(None, None, "cannot be estimated")
    one, other = float(pre.sd or 0.0) ** 2, float(post.sd or 0.0) ** 2
    width = float(np.sqrt((one + other) / 2))
    d = float(moved.mean or 0.0) / width
    # Algina & Keselman (2003): √(2 (s₁² + s₂² − 2 s₁₂) / (n (s₁² + s₂²))), with s₁² + s₂² − 2 s₁₂ the variance
    # of the changes
    c = float(np.sqrt(2 * moved.sd**2 / (moved.n * (one + other))))
    return _sized(d, c, moved.n - 1)


def _sized(d: float, unit: float, df: int) -> Effect:
    """An effect size with its interval; one that is beyond every number has neither."""
    t = d / unit
    if not np.isfinite(t):
        return Effect(None, None, "cannot be estimated")
    low, high = interval(t, df)
    return Effect(d, (low * unit, high * unit))


def _moved(plan: ChangePlan, both: Cells, way: str) -> Moved:
    own = _some(both, lambda key: key[1] == way)
    k, n = int(own.total("n")) if own.sums else 0, int(both.total("n"))
    if plan.weights is not None:
        p, error = share(both, lambda key: key[1] == way, plan.cluster)
        ends = reach(p, error)
        return Moved(k, 100 * p, None if ends is None else (100 * max(ends[0], 0.0), 100 * min(ends[1], 1.0)))
    low, high = wilson(k, n)
    return Moved(k, 100 * k / n, (100 * low, 100 * high))


def _dropout(both: Cells, gone: Cells) -> Dropout:
    stayed, left = (_spread(one, PRE + "__n") for one in (both, gone))
    w, gone_w = both.total("w"), gone.total("w") if gone.sums else 0.0
    percent = 100 * gone_w / (w + gone_w)
    if left.mean is None or stayed.mean is None or left.sd is None or not (left.sd or stayed.sd):
        note = "nobody dropped out" if left.n == 0 else "too few to compare"
        return Dropout(left.n, percent, stayed, left, None, None, None, note)
    a, b = (_squared(one) for one in (both, gone))
    df = (a + b) ** 2 / (a**2 / (stayed.n - 1) + b**2 / (left.n - 1))
    difference = left.mean - stayed.mean
    p = t_two_sided(difference / np.sqrt(a + b), df)
    return Dropout(left.n, percent, stayed, left, difference, df, p)


def _squared(cells: Cells) -> float:
    """The variance of a mean before; s² / n where nobody weighs more than another."""
    error = mean_error(cells, PRE + "__n", None)
    return 0.0 if error is None else error.se**2
