"""The sums of the statistics of a plan: in memory for a file of a school, else where the rows are."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa

from driegesprek.evidence.cells import Cells, collect_cells
from driegesprek.evidence.changes import collect_change
from driegesprek.evidence.data import Data
from driegesprek.evidence.describing_sums import collect_describe
from driegesprek.evidence.grid import school_totals
from driegesprek.evidence.held import Held
from driegesprek.evidence.held_cells import held_cells
from driegesprek.evidence.held_sums import (
    held_change,
    held_describe,
    held_moments,
    held_nested,
    held_scale,
    held_weights,
)
from driegesprek.evidence.mixed_models import collect_mixed
from driegesprek.evidence.moments import Moments
from driegesprek.evidence.nested import Nested
from driegesprek.evidence.plans import Plan, Statistic
from driegesprek.evidence.problems import EvidenceError
from driegesprek.evidence.reading import Node
from driegesprek.evidence.regression import collect_regression
from driegesprek.evidence.reliability import collect_scale
from driegesprek.evidence.weighting import collect_weights

Part = Any
"""Moments, Nested, SchoolTotals, Pairs or Cells."""


def parts_of(data: Data, plan: Plan) -> dict[str, Part]:
    """The sums of each statistic of a plan.

    Raises:
        EvidenceError: A variable is unknown or not a number, or a level is not in the plan.
    """
    held = Held.of(data, [name for one in plan.statistics for name in one.variables])
    return parts_by_query(data, plan) if held is None else parts_in_memory(held, plan)


def parts_by_query(data: Data, plan: Plan) -> dict[str, Part]:
    """The same, made where the rows are."""
    return {one.name: _sent(one, _queried[one.kind](data, one.of)) for one in plan.statistics}


def parts_in_memory(held: Held, plan: Plan) -> dict[str, Part]:
    """The same, of columns in memory."""
    return {one.name: _sent(one, _counted[one.kind](held, one.of)) for one in plan.statistics}


def nobody_of(plan: Plan) -> dict[str, Part]:
    """The sums of nobody: the names, pivots and powers that the sums of this plan have."""
    names = dict.fromkeys(name for one in plan.statistics for name in one.variables)
    return parts_in_memory(Held({name: pa.array([], pa.string()) for name in names}, 0), plan)


def read_part(one: Statistic, held: Node, like: Part) -> Part:
    """The sums of a statistic from JSON.

    Args:
        one: Of the plan.
        held: As JSON holds it.
        like: The sums of nobody.

    Raises:
        EvidenceError: ``bad_sums``; ``unknown_level``.
    """
    if isinstance(like, Moments | Nested):
        depth = len(one.of.group) if one.kind == "mixed" else int(one.of.cluster is not None)
        kind: Any = type(like)
        return kind.from_plain(held, like, depth)
    found = like.from_plain(held, like)
    return only_known(one.of, found) if one.kind == "crosstab" else found


def _sent(one: Statistic, part: Part) -> Part:
    if isinstance(part, Nested):
        # What is sent has no products per school, so that one school and all together are computed from the same.
        return school_totals(part, one.grid) if one.grid else replace(part, schools=(), by_school=None)
    return only_known(one.of, part) if one.kind == "crosstab" else part


def _table_by(plan: Any) -> list[str]:
    return [plan.rows, plan.cols, *([plan.cluster] if plan.cluster else [])]


_queried: Mapping[str, Any] = {
    "describe": collect_describe,
    "scale": collect_scale,
    "regress": collect_regression,
    "mixed": collect_mixed,
    "crosstab": lambda data, plan: collect_cells(data, _table_by(plan), weights=plan.weights),
    "change": collect_change,
    "weights": collect_weights,
}
_counted: Mapping[str, Any] = {
    "describe": held_describe,
    "scale": held_scale,
    "regress": lambda held, plan: held_moments(held, plan.design, plan.outcome, plan.cluster, plan.weights),
    "mixed": held_nested,
    "crosstab": lambda held, plan: held_cells(held, _table_by(plan), weights=plan.weights),
    "change": held_change,
    "weights": held_weights,
}


def only_known(plan: Any, cells: Cells) -> Cells:
    """The cells of a table, where each level is one of the plan.

    Raises:
        EvidenceError: ``unknown_level``.
    """
    unknown = [
        (plan.rows, {key[0] for key in cells.sums} - set(plan.row_levels)),
        (plan.cols, {key[1] for key in cells.sums} - set(plan.col_levels)),
    ]
    for name, extra in unknown:
        if extra:
            raise EvidenceError(
                "unknown_level", f"{name!r} has the value {min(extra)!r}, which is not in the plan."
            )
    return cells
