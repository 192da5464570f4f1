"""A scale: how well its items hang together.

Cronbach's alpha (1951) on covariances, with the interval of Feldt (1965; Feldt, Woodruff & Salih 1987); omega total of
one factor by minres (McDonald 1999; see :mod:`driegesprek.evidence.factor`); the correlation of each item with
the sum of the
others; alpha and omega without each item. With weights all of it is of weighted covariances, and the interval of alpha is
linearised on log(1 − α) (:mod:`driegesprek.evidence.weighted_pairs`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from driegesprek.evidence.data import Data
from driegesprek.evidence.factor import omega_total, one_factor
from driegesprek.evidence.frames import Frame, frames, profile
from driegesprek.evidence.pairs import Pairs, collect_pairs
from driegesprek.evidence.problems import EvidenceError, no_data, no_variance
from driegesprek.evidence.results import Result
from driegesprek.evidence.weighted_pairs import WeightedPairs, collect_weighted

if TYPE_CHECKING:
    from scipy import stats
else:
    from driegesprek.evidence.later import stats

LEVEL = 0.95
PERFECT = 1e-12
"""What rounding leaves of 1 − α of items that are the same."""


class MissingItems(StrEnum):
    """Which respondents count."""

    LISTWISE = "listwise"
    """Those with all items."""
    PAIRWISE = "pairwise"
    """For each pair of items, those with both."""


@dataclass(frozen=True)
class Scale(Result):
    """The result of :func:`scale`; the mean and sd are those of the mean over items.

    Attributes:
        n: Respondents: with all items (listwise), or with at least one (pairwise).
        k: Items.
        alpha: Cronbach's alpha.
        alpha_ci: Its 95 % interval (Feldt; with weights linearised); None with a note where it cannot be estimated.
        omega: Omega total; None with a note when it cannot be estimated.
        item_rest: Per item its correlation with the sum of the others.
        alpha_if_dropped: Per item alpha without it; None for a scale of two items.
        omega_if_dropped: The same of omega; None for three items or fewer.
        mean: Mean scale score.
        sd: Its standard deviation.
        sum_of_weights: Of who counts for the first item; None without weights.
    """

    n: int
    k: int
    alpha: float
    alpha_ci: tuple[float, float] | None
    omega: float | None
    item_rest: Mapping[str, float | None]
    alpha_if_dropped: Mapping[str, float | None]
    omega_if_dropped: Mapping[str, float | None]
    mean: float
    sd: float
    missing: MissingItems
    reversed_items: tuple[str, ...]
    item_means: Mapping[str, float]
    notes: tuple[str, ...] = ()
    sum_of_weights: float | None = None


@dataclass(frozen=True)
class ScalePlan:
    """Which items make up a scale.

    Attributes:
        items: Their names.
        reverse: Those that point the other way.
        missing: Which respondents count.
        pivots: Per item.
        span: Lowest and highest answer together, to reverse an item as ``low + high − x``; None when no item is reversed.
        weights: The variable with weights; None where everybody counts as much.
    """

    items: tuple[str, ...]
    reverse: tuple[str, ...]
    missing: MissingItems
    pivots: tuple[float, ...]
    span: tuple[float, float] | None = None
    weights: str | None = None

    @property
    def sign(self) -> Any:
        """−1 of items that point the other way."""
        return np.array([-1.0 if name in self.reverse else 1.0 for name in self.items])


def scale(
    data: Data,
    *,
    items: Sequence[str],
    reverse: Sequence[str] = (),
    missing: MissingItems | str = MissingItems.LISTWISE,
    span: tuple[float, float] | None = None,
    weights: str | None = None,
) -> Scale:
    """How well items hang together.

    Args:
        data: The respondents.
        items: Two or more numbers; labelled codes count as their codes.
        reverse: Items that point the other way.
        missing: ``listwise`` or ``pairwise``.
        span: Lowest and highest possible answer; default those that occur among the items. Needed to reverse.
        weights: A variable with weights; who has none, or 0, does not count.

    Raises:
        EvidenceError: ``single_item``, ``no_data``, ``no_variance``, ``too_few``, ``unknown_variable``, ``not_numeric``,
            ``bad_weight``.
    """
    plan = plan_scale(data, items, reverse=reverse, missing=missing, span=span, weights=weights)
    return reliability(plan, collect_scale(data, plan))


def plan_scale(
    data: Data,
    items: Sequence[str],
    *,
    reverse: Sequence[str] = (),
    missing: MissingItems | str = MissingItems.LISTWISE,
    span: tuple[float, float] | None = None,
    weights: str | None = None,
) -> ScalePlan:
    """Check the items and fix their pivots by one pass over the rows."""
    chosen = check_items(items, reverse)
    try:
        how = MissingItems(missing)
    except ValueError:
        raise EvidenceError("bad_option", f"Missing is listwise or pairwise, not {missing!r}.") from None
    means = profile(data, numbers=chosen).means
    limits = span or (extremes(data, chosen) if reverse else None)
    return ScalePlan(chosen, tuple(reverse), how, tuple(means[name] for name in chosen), limits, weights)


def check_items(items: Sequence[str], reverse: Sequence[str] = ()) -> tuple[str, ...]:
    """The items, each once.

    Raises:
        EvidenceError: ``single_item``, ``twice`` or ``unknown_variable``.
    """
    chosen = tuple(items)
    if twice := next((name for name in chosen if chosen.count(name) > 1), None):
        raise EvidenceError("twice", f"The item {twice!r} stands twice. Leave one out.")
    if len(chosen) < 2:  # noqa: PLR2004 -- reliability is about how items hang together
        raise EvidenceError(
            "single_item", "A scale has two items or more; how one item hangs together cannot be told."
        )
    if stray := set(reverse) - set(chosen):
        raise EvidenceError(
            "unknown_variable", f"{min(stray)!r} is to be reversed, and is not one of the items."
        )
    return chosen


def extremes(data: Data, items: Sequence[str]) -> tuple[float, float] | None:
    """The lowest and highest answer that occurs among the items."""
    low, high = np.inf, -np.inf
    for frame in frames(data, numbers=items, narrow=True):
        for values in frame.numbers.values():
            there = values[np.isfinite(values)]
            if there.size:
                low, high = min(low, float(there.min())), max(high, float(there.max()))
    return (low, high) if np.isfinite(low) else None


def collect_scale(data: Data, plan: ScalePlan) -> Pairs | WeightedPairs:
    """The sums a scale needs."""
    batches = frames(data, numbers=plan.items, weights=plan.weights, narrow=plan.weights is None)
    return pairs_of(batches, plan)


def pairs_of(batches: Iterable[Frame], plan: ScalePlan) -> Pairs | WeightedPairs:
    """The same of batches of rows."""
    listwise, pivots = plan.missing is MissingItems.LISTWISE, np.array(plan.pivots)
    if plan.weights is None:
        return collect_pairs(batches, plan.items, pivots, listwise=listwise)
    return collect_weighted(batches, plan.items, pivots, plan.sign, listwise=listwise)


def reliability(plan: ScalePlan, pairs: Pairs | WeightedPairs) -> Scale:
    """The result that follows from the sums.

    Raises:
        EvidenceError: As :func:`scale`.
    """
    n = pairs.complete if plan.missing is MissingItems.LISTWISE else pairs.respondents
    sign = plan.sign
    covariance = pairs.covariance * np.outer(sign, sign)
    _check(plan, pairs, n, covariance)
    correlation = pairs.correlation * np.outer(sign, sign)
    alpha = _alpha(covariance)
    means = _turned(pairs.means, plan)
    notes: list[str] = []
    return Scale(
        n=n,
        k=len(plan.items),
        alpha=alpha,
        alpha_ci=_interval(plan, pairs, alpha, covariance, notes),
        omega=_omega(correlation, notes),
        item_rest=_per_item(plan.items, covariance, _item_rest),
        alpha_if_dropped=_per_item(plan.items, covariance, _alpha_without),
        omega_if_dropped=_omegas_without(plan.items, correlation),
        mean=float(means.mean()),
        sd=float(np.sqrt(covariance.sum())) / len(plan.items),
        missing=plan.missing,
        reversed_items=plan.reverse,
        item_means=dict(zip(plan.items, means.tolist(), strict=True)),
        notes=tuple(notes + _turn_the_other_way(plan, covariance)),
        sum_of_weights=None if isinstance(pairs, Pairs) else float(pairs.n[0, 0]),
    )


def _interval(
    plan: ScalePlan, pairs: Pairs | WeightedPairs, alpha: float, covariance: Any, notes: list[str]
) -> tuple[float, float] | None:
    """Feldt's; with weights linearised, which needs who has all items and what no school gives away."""
    if 1 - alpha <= PERFECT:
        notes.append("The items agree wholly: the interval of alpha cannot be estimated.")
        return None
    if isinstance(pairs, Pairs):
        n = pairs.complete if plan.missing is MissingItems.LISTWISE else pairs.respondents
        return feldt(alpha, n, len(plan.items))
    error = pairs.error(plan.sign, covariance) if plan.missing is MissingItems.LISTWISE else None
    if not error:
        notes.append(
            "With weights the interval of alpha needs all items of who counts, and more than one answer."
        )
        return None
    reach = float(np.exp(float(stats.t.ppf((1 + LEVEL) / 2, pairs.complete - 1)) * error))
    return 1 - (1 - alpha) * reach, 1 - (1 - alpha) / reach


def _check(plan: ScalePlan, pairs: Pairs | WeightedPairs, n: int, covariance: Any) -> None:
    if n == 0:
        what = "all items together" if pairs.respondents else "any of the items"
        raise no_data(f"{what} ({', '.join(plan.items)})")
    if n < 2 or np.isnan(covariance).any():  # noqa: PLR2004 -- a variance needs two
        raise EvidenceError("too_few", "Some pair of items has fewer than two respondents with both.")
    with np.errstate(invalid="ignore", divide="ignore"):
        noise = 1e-12 * np.diag(pairs.squares) / np.diag(pairs.n)
    for name, variance, small in zip(plan.items, np.diag(covariance), noise, strict=True):
        if variance <= small:
            raise no_variance(name)
    if covariance.sum() <= 0:
        raise EvidenceError("no_variance", "The sum of the items does not vary. Is an item to be reversed?")


def _turned(means: Any, plan: ScalePlan) -> Any:
    if plan.span is None:
        return means
    back = np.array([name in plan.reverse for name in plan.items])
    return np.where(back, sum(plan.span) - means, means)


def _turn_the_other_way(plan: ScalePlan, covariance: Any) -> list[str]:
    rest = covariance.sum(axis=1) - np.diag(covariance)
    against = [name for name, value in zip(plan.items, rest, strict=True) if value < 0]
    return [f"{name} goes down when the others go up: is it to be reversed?" for name in against]


def _alpha(covariance: Any) -> float:
    k = len(covariance)
    return float(k / (k - 1) * (1 - np.trace(covariance) / covariance.sum()))


def feldt(alpha: float, n: int, k: int, level: float = LEVEL) -> tuple[float, float]:
    """Feldt's interval: (1 − α) / (1 − α̂) follows F(n − 1, (n − 1)(k − 1))."""
    df1, df2 = n - 1, (n - 1) * (k - 1)
    low, high = stats.f.ppf([(1 + level) / 2, (1 - level) / 2], df1, df2)
    return float(1 - (1 - alpha) * low), float(1 - (1 - alpha) * high)


def _omega(correlation: Any, notes: list[str]) -> float | None:
    found = omega_total(correlation)
    if found is None:
        notes.append("Omega cannot be estimated: a factor needs three items with correlations that add up.")
    return found


def _per_item(items: Sequence[str], matrix: Any, of: Any) -> dict[str, float | None]:
    return {name: of(matrix, place) for place, name in enumerate(items)}


def _without(matrix: Any, place: int) -> Any:
    return np.delete(np.delete(matrix, place, axis=0), place, axis=1)


def _item_rest(covariance: Any, place: int) -> float | None:
    rest = _without(covariance, place).sum()
    if rest <= 0:
        return None
    with_rest = covariance[place].sum() - covariance[place, place]
    return float(with_rest / np.sqrt(covariance[place, place] * rest))


def _alpha_without(covariance: Any, place: int) -> float | None:
    left = _without(covariance, place)
    return _alpha(left) if len(left) > 1 and left.sum() > 0 else None


def _omegas_without(items: Sequence[str], correlation: Any) -> dict[str, float | None]:
    """Omega without each item; the loadings of all items are a start that is nearly there."""
    start = one_factor(correlation) if len(items) > 3 else None  # noqa: PLR2004 -- three are left
    found = {}
    for place, name in enumerate(items):
        near = None if start is None else np.delete(start, place)
        found[name] = omega_total(_without(correlation, place), near)
    return found
