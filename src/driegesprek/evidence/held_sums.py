"""The sums of one statistic over columns in memory; a test holds that they are those of a query."""

from typing import Any

import numpy as np

from driegesprek.evidence.cells import Cells
from driegesprek.evidence.changes import DIFFERENCE, DIRECTION, POST, PRE, STATE, ChangePlan, pivots_of
from driegesprek.evidence.data import text_of
from driegesprek.evidence.describing_sums import BY, PLAIN, VALUE, WEIGHTED, DescribePlan, placed, whole
from driegesprek.evidence.design import Design
from driegesprek.evidence.held import Held
from driegesprek.evidence.held_cells import cells_of, held_cells
from driegesprek.evidence.mixed_models import MixedPlan
from driegesprek.evidence.moments import Moments, collect
from driegesprek.evidence.nested import Nested, NestedCollector
from driegesprek.evidence.pairs import Pairs
from driegesprek.evidence.reliability import ScalePlan, pairs_of
from driegesprek.evidence.weighted_pairs import WeightedPairs
from driegesprek.evidence.weighting import WeightsPlan
from driegesprek.tables.codebook import Missing

NOT_RECORDED = Missing.NOT_RECORDED.value
STATES, WAYS = ("none", "post", "pre", "both"), ("down", "same", "up", "")


def held_scale(held: Held, plan: ScalePlan) -> Pairs | WeightedPairs:
    """The sums of a scale."""
    return pairs_of([held.frame(plan.items, weights=plan.weights)], plan)


def held_moments(
    held: Held, design: Design, outcome: str | None, cluster: str | None = None, weights: str | None = None
) -> Moments:
    """The sums of products of the columns of a design, and of an outcome where there is one."""
    numbers = [*design.numbers, *([outcome] if outcome else [])]
    frame = held.frame(numbers, design.levels, [cluster] if cluster else [], weights)
    return collect([frame], design, outcome, weighted=weights is not None)


def held_nested(held: Held, plan: MixedPlan) -> Nested:
    """The sums of groups of a model with random intercepts."""
    collector = NestedCollector(plan.design, plan.outcome)
    collector.add(held.frame([*plan.design.numbers, plan.outcome], plan.design.levels, plan.group))
    return collector.nested()


def held_weights(held: Held, plan: WeightsPlan) -> Cells:
    """The sums that weighting needs."""
    return held_cells(held, plan.by, weights=plan.weights, values=plan.pivots)


def held_describe(held: Held, plan: DescribePlan) -> Cells:
    """The sums of each variable, by level and by the reason why there is none."""
    weight = held.weight(plan.weights) if plan.weights else None
    found: dict[tuple[str, ...], Any] = {}
    for name in plan.items:
        is_category = name in plan.levels
        level = held.key(name) if is_category else (np.zeros(held.rows, dtype=np.int64), [""])
        there = level[0] >= 0 if is_category else np.isfinite(held.number(name))
        by = {BY[1]: _known(level), BY[2]: _reasons(held, name, there)}
        numbers = {} if is_category else {VALUE: held.number(name)}
        pivots = {} if is_category else {VALUE: plan.pivots[name]}
        for side, w in ((PLAIN, None), (WEIGHTED, weight)):
            if side == PLAIN or w is not None:
                found |= dict(placed(plan, name, side, cells_of(by, numbers, pivots, w, held.rows)))
    return whole(plan, found)


def _known(level: tuple[Any, list[str]]) -> tuple[Any, list[str]]:
    """A category of which "not there" is a level too, without a name."""
    codes, names = level
    return np.where(codes < 0, len(names), codes), [*names, ""]


def _reasons(held: Held, name: str, there: Any) -> tuple[Any, list[str]]:
    """Why a variable is missing; no name where it is there."""
    given = held.reasons.get(name)
    said = [None] * held.rows if given is None else text_of(given).to_pylist()
    texts = [
        "" if is_there else why or NOT_RECORDED for is_there, why in zip(there.tolist(), said, strict=True)
    ]
    names = sorted(set(texts))
    places = {text: place for place, text in enumerate(names)}
    return np.array([places[text] for text in texts], dtype=np.int64), names


def held_change(held: Held, plan: ChangePlan) -> Cells:
    """The sums of a change, by who has which answer, by direction and by cluster."""
    before, after = held.number(plan.pre), held.number(plan.post)
    moved = after - before
    limit = max(plan.least, 0.0)
    up, down = (moved >= limit, moved <= -limit) if limit else (moved > 0, moved < 0)
    state = np.isfinite(before) * 2 + np.isfinite(after)
    way = np.select([~np.isfinite(moved), up, down], [3, 2, 0], default=1)
    by: dict[str, Any] = {f"{STATE}__n": (state, STATES), f"{DIRECTION}__n": (way, WAYS)}
    if plan.cluster:
        by[plan.cluster] = held.key(plan.cluster)
    numbers = {f"{PRE}__n": before, f"{POST}__n": after, f"{DIFFERENCE}__n": moved}
    weight = held.weight(plan.weights) if plan.weights else None
    return cells_of(by, numbers, pivots_of(plan), weight, held.rows)
