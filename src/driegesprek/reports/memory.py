"""The sums of a plan over columns in memory: those of `driegesprek.evidence`, without a database in between.

A report is of some hundreds or thousands of people and has hundreds of statistics; asking a database for each took longer
than everything else together. What follows from the sums is evidence's own (`evidence.sums.results`), and a test
holds that these sums are those of `evidence.sums.make_sums`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from driegesprek.evidence.cells import Cells
from driegesprek.evidence.changes import DIFFERENCE, DIRECTION, POST, PRE, STATE, ChangePlan
from driegesprek.evidence.frames import Frame
from driegesprek.evidence.mixed_models import MixedPlan
from driegesprek.evidence.moments import Moments, collect
from driegesprek.evidence.nested import Nested, NestedCollector
from driegesprek.evidence.pairs import Pairs, collect_pairs
from driegesprek.evidence.plans import Plan, Statistic
from driegesprek.evidence.problems import EvidenceError
from driegesprek.evidence.regression import RegressionPlan
from driegesprek.evidence.sums import Sums, results

Columns = Mapping[str, Any]
"""{column: numbers, or texts with None}"""


def sums(plan: Plan, numbers: Columns, codes: Columns) -> Sums:
    """The sums of all statistics of a plan."""
    made = {one.name: _part(one, numbers, codes) for one in plan.statistics}
    return Sums(plan, made, {})


def found(plan: Plan, numbers: Columns, codes: Columns) -> dict[str, Any]:
    """Per statistic its result; what cannot be estimated is its named error."""
    return {
        one.name: _found(replace(plan, statistics=(one,)), one.name, numbers, codes)
        for one in plan.statistics
    }


def _found(plan: Plan, name: str, numbers: Columns, codes: Columns) -> Any:
    try:
        return results(sums(plan, numbers, codes))[name]
    except EvidenceError as error:
        return error
    except (
        ArithmeticError,
        ValueError,
        np.linalg.LinAlgError,
    ) as error:  # a search that finds no end, no row's fault
        return EvidenceError("not_found", f"{name} cannot be estimated: {error}.")


def _part(one: Statistic, numbers: Columns, codes: Columns) -> Any:
    if one.kind == "scale":
        return pairs(one.of, numbers)
    if one.kind == "change":
        return cells(one.of, numbers, codes)
    if one.kind == "mixed":
        return nested(one.of, numbers, codes)
    return moments(one.of, numbers, codes)


def nested(plan: MixedPlan, numbers: Columns, codes: Columns) -> Nested:
    """The sums of a model with a random intercept, as they are sent: without products per group."""
    collector = NestedCollector(plan.design, plan.outcome)
    collector.add(_frame(plan.design, plan.outcome, plan.group[0], numbers, codes))
    return replace(collector.nested(), schools=(), by_school=None)


def pairs(plan: Any, numbers: Columns) -> Pairs:
    """The sums of a scale."""
    chosen = {name: numbers[name] for name in plan.items}
    frame = Frame(chosen, {}, None, (), len(next(iter(chosen.values()))))
    return collect_pairs([frame], plan.items, np.array(plan.pivots), listwise=plan.missing == "listwise")


def moments(plan: RegressionPlan, numbers: Columns, codes: Columns) -> Moments:
    """The sums of a regression."""
    return collect(
        [_frame(plan.design, plan.outcome, plan.cluster, numbers, codes)], plan.design, plan.outcome
    )


def _frame(design: Any, outcome: str, cluster: str | None, numbers: Columns, codes: Columns) -> Frame:
    values = {name: numbers[name] for name in [*design.numbers, outcome]}
    places = {name: _places(codes[name], levels) for name, levels in design.levels.items()}
    groups = (pa.array(codes[cluster].tolist(), pa.string()).dictionary_encode(),) if cluster else ()
    return Frame(values, places, None, groups, len(numbers[outcome]))


def _places(texts: Any, levels: Sequence[str]) -> Any:
    """The place of each text among the levels; -1 where it is none of them."""
    found = np.full(len(texts), -1)
    for place, level in enumerate(levels):
        found[texts == level] = place
    return found


def cells(plan: ChangePlan, numbers: Columns, codes: Columns) -> Cells:
    """The sums of a change, by who has which answer, by direction and by cluster."""
    before, after = numbers[plan.pre], numbers[plan.post]
    moved = after - before
    values = {
        PRE: (before, plan.pivots[plan.pre]),
        POST: (after, plan.pivots[plan.post]),
        DIFFERENCE: (moved, plan.pivots[plan.post] - plan.pivots[plan.pre]),
    }
    state = np.where(
        np.isnan(before), np.where(np.isnan(after), "none", POST), np.where(np.isnan(after), PRE, "both")
    )
    direction = np.where(np.isnan(moved), "", np.where(moved > 0, "up", np.where(moved < 0, "down", "same")))
    by = [state, direction, *([codes[plan.cluster]] if plan.cluster else [])]
    found: dict[tuple[str, ...], Any] = {}
    for key, rows in _rows_of(by).items():
        found[key] = np.array(
            [len(rows)] * 3
            + [one for whole, pivot in values.values() for one in _sums_of(whole[rows] - pivot)]
        )
    names = [f"{name}__n" for name in values]
    measures = ("n", "w", "w2", *(f"{kind}:{name}" for name in names for kind in _KINDS))
    pivots = {f"{name}__n": pivot for name, (_values, pivot) in values.items()}
    keys = (f"{STATE}__n", f"{DIRECTION}__n", *([plan.cluster] if plan.cluster else []))
    return Cells(keys, measures, pivots, found)


_KINDS = ("n", "w", "wv", "wvv", "w2", "w2v", "w2vv")


def _sums_of(values: Any) -> list[float]:
    there = values[np.isfinite(values)]
    n, first, second = float(len(there)), float(there.sum()), float((there * there).sum())
    return [n, n, first, second, n, first, second]


def _rows_of(by: Sequence[Any]) -> dict[tuple[str, ...], Any]:
    """The rows of each combination that is known."""
    places: dict[tuple[str, ...], list[int]] = {}
    for row, key in enumerate(zip(*(one.tolist() for one in by), strict=True)):
        if None not in key:
            places.setdefault(key, []).append(row)
    return {key: np.array(rows) for key, rows in sorted(places.items())}
