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
from driegesprek.evidence.design import Design
from driegesprek.evidence.frames import Frame
from driegesprek.evidence.mixed_models import MixedPlan
from driegesprek.evidence.moments import Moments, collect
from driegesprek.evidence.nested import Nested, NestedCollector
from driegesprek.evidence.pairs import Pairs, collect_pairs
from driegesprek.evidence.plans import Plan, Statistic
from driegesprek.evidence.problems import EvidenceError
from driegesprek.evidence.sums import Sums, results

Columns = Mapping[str, Any]
"""{column: numbers, or texts with None}"""


class Table:
    """Columns, and what was made of them for an earlier statistic: the places of levels, the clusters."""

    def __init__(self, numbers: Columns, codes: Columns) -> None:
        self.numbers, self.codes = numbers, codes
        self._placed: dict[tuple[str, tuple[str, ...]], Any] = {}
        self._grouped: dict[str, Any] = {}

    def frame(self, design: Design, outcome: str | None, cluster: str | None) -> Frame:
        """What a model needs of them."""
        values = {name: self.numbers[name] for name in [*design.numbers, *([outcome] if outcome else [])]}
        places = {name: self._places(name, tuple(levels)) for name, levels in design.levels.items()}
        rows = len(next(iter((*self.numbers.values(), *self.codes.values()))))
        return Frame(values, places, None, (self._groups(cluster),) if cluster else (), rows)

    def _places(self, name: str, levels: tuple[str, ...]) -> Any:
        """The place of each text among the levels; -1 where it is none of them."""
        if (name, levels) not in self._placed:
            found = np.full(len(self.codes[name]), -1)
            for place, level in enumerate(levels):
                found[self.codes[name] == level] = place
            self._placed[name, levels] = found
        return self._placed[name, levels]

    def _groups(self, cluster: str) -> Any:
        if cluster not in self._grouped:
            texts = pa.array(self.codes[cluster].tolist(), pa.string())
            self._grouped[cluster] = texts.dictionary_encode()
        return self._grouped[cluster]


def sums(plan: Plan, table: Table) -> Sums:
    """The sums of all statistics of a plan."""
    return Sums(plan, {one.name: _part(one, table) for one in plan.statistics}, {})


def found(plan: Plan, table: Table) -> dict[str, Any]:
    """Per statistic its result; what cannot be estimated is its named error."""
    return {one.name: _found(replace(plan, statistics=(one,)), one.name, table) for one in plan.statistics}


def _found(plan: Plan, name: str, table: Table) -> Any:
    try:
        return results(sums(plan, table))[name]
    except EvidenceError as error:
        return error
    except (
        ArithmeticError,
        ValueError,
        np.linalg.LinAlgError,
    ) as error:  # a search that finds no end, no row's fault
        return EvidenceError("not_found", f"{name} cannot be estimated: {error}.")


def _part(one: Statistic, table: Table) -> Any:
    if one.kind == "scale":
        return pairs(one.of, table.numbers)
    if one.kind == "change":
        return cells(one.of, table.numbers, table.codes)
    if one.kind == "mixed":
        return nested(one.of, table)
    return moments(one.of.design, one.of.outcome, one.of.cluster, table)


def nested(plan: MixedPlan, table: Table) -> Nested:
    """The sums of a model with a random intercept, as they are sent: without products per group."""
    collector = NestedCollector(plan.design, plan.outcome)
    collector.add(table.frame(plan.design, plan.outcome, plan.group[0]))
    return replace(collector.nested(), schools=(), by_school=None)


def pairs(plan: Any, numbers: Columns) -> Pairs:
    """The sums of a scale."""
    chosen = {name: numbers[name] for name in plan.items}
    frame = Frame(chosen, {}, None, (), len(next(iter(chosen.values()))))
    return collect_pairs([frame], plan.items, np.array(plan.pivots), listwise=plan.missing == "listwise")


def moments(design: Design, outcome: str | None, cluster: str | None, table: Table) -> Moments:
    """The sums of products of the columns of a design, and of an outcome where there is one."""
    return collect([table.frame(design, outcome, cluster)], design, outcome)


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
