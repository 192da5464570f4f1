"""Moments from sums per cell, made where the rows are: no row leaves the database.

Within a cell (a cluster and a level of every category) each column of a design is 0 or a product of numbers, so that the
moments of all columns, interactions too, follow from n and the sums of products of those few numbers per cell. Five
numbers need 15 sums however many levels there are. One Ibis expression; DuckDB, PostgreSQL and Spark give the same.
What has too many numbers or cells for that is streamed (:mod:`driegesprek.evidence.moments`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any

import numpy as np

from driegesprek.evidence.cells import check_weights, number_in_table
from driegesprek.evidence.data import Data, arrow_of, text_of
from driegesprek.evidence.design import Design, DesignColumn
from driegesprek.evidence.frames import frames, unknown_level
from driegesprek.evidence.moments import Collector, Key, Moments
from driegesprek.evidence.nested import Nested, NestedCollector

MOST_PRODUCTS = 100
MOST_CELLS = 100_000
FEW_ROWS = 100_000
"""Below this a stream of rows is quicker than an expression with many sums."""
CHUNK = 20_000
Measure = tuple[tuple[str, ...], float]
"""Numbers that are multiplied, and what is subtracted of the product."""


def moments_of(
    data: Data, design: Design, outcome: str, *, weights: str | None = None, groups: Sequence[str] = ()
) -> tuple[Moments, int]:
    """The moments of a design and an outcome, and how many respondents the file has.

    Raises:
        EvidenceError: A variable is unknown or not a number, a level is not in the plan, or a weight is negative.
    """
    rows = data.rows()
    if rows > FEW_ROWS:
        found = grouped(data, design, outcome, weights=weights, groups=groups)
        if found is not None:
            return found, rows
    collector = Collector(design, outcome, weighted=weights is not None)
    streamed(data, collector, weights, groups)
    return collector.done(), rows


def nested_of(data: Data, design: Design, outcome: str, groups: Sequence[str]) -> tuple[Nested, int]:
    """The same for random intercepts of groups within groups."""
    rows = data.rows()
    if rows > FEW_ROWS and (found := grouped(data, design, outcome, groups=groups)) is not None:
        return Nested.of(found), rows
    collector = NestedCollector(design, outcome)
    streamed(data, collector, None, groups)
    return collector.nested(), rows


def streamed(data: Data, collector: Collector, weights: str | None, groups: Sequence[str]) -> None:
    """Add batches of rows."""
    design, outcome = collector.design, [collector.outcome] if collector.outcome else []
    for frame in frames(
        data, numbers=[*design.numbers, *outcome], factors=design.levels, weights=weights, groups=groups
    ):
        collector.add(frame)


def grouped(
    data: Data, design: Design, outcome: str, *, weights: str | None = None, groups: Sequence[str] = ()
) -> Moments | None:
    """The moments from sums per cell; None where there are too many numbers or cells."""
    layout = _Layout.of(design, outcome)
    powers = 3 if weights else 1
    if powers * layout.products > MOST_PRODUCTS:
        return None
    factors = list(design.levels)
    keys = [*groups, *factors]
    for name in keys:
        data.column(name)
    expression = _expression(data, layout, keys, weights)
    table = arrow_of(expression.limit(MOST_CELLS + 1))
    if table.num_rows > MOST_CELLS:
        return None
    texts = [text_of(table.column(f"k{place}").combine_chunks()).to_pylist() for place in range(len(keys))]
    sums = {
        name: np.asarray(table.column(name), dtype=float) for name in table.column_names if name[0] != "k"
    }
    return _assembled(_Cells(layout, design, groups, texts, sums, table.num_rows), powers)


@dataclass(frozen=True)
class _Layout:
    """Which measures there are, and which of them each column takes.

    Attributes:
        names: The columns: 1, the design, the outcome.
        pivot: Of each column.
        measures: The distinct ones, 1 first.
        at: The measure of each column.
        columns: The design's columns.
    """

    names: tuple[str, ...]
    pivot: Any
    measures: tuple[Measure, ...]
    at: tuple[int, ...]
    columns: tuple[DesignColumn, ...]

    @classmethod
    def of(cls, design: Design, outcome: str) -> "_Layout":
        columns = design.columns
        own = design.pivots.get(outcome, 0.0)
        pivot = np.concatenate([[0.0], design.pivot, [own]])
        numbers = [tuple(sorted(name for name, level in one.parts if level is None)) for one in columns]
        wanted = [((), 0.0), *zip(numbers, design.pivot.tolist(), strict=True), ((outcome,), own)]
        measures = tuple(dict.fromkeys(wanted))
        names = ("1", *(one.label for one in columns), outcome)
        return cls(names, pivot, measures, tuple(measures.index(one) for one in wanted), columns)

    @property
    def products(self) -> int:
        """How many sums a cell needs."""
        return len(self.measures) * (len(self.measures) + 1) // 2

    @property
    def pairs(self) -> Iterator[tuple[int, int]]:
        """The pairs of measures, each once."""
        return combinations_with_replacement(range(len(self.measures)), 2)


def _expression(data: Data, layout: _Layout, keys: Sequence[str], weights: str | None) -> Any:
    """Per cell n and the sums, over the respondents who have everything."""
    held = {f"k{place}": data.table[name] for place, name in enumerate(keys)}
    held |= {f"v{place}": _measured(data, one) for place, one in enumerate(layout.measures) if place}
    if weights:
        check_weights(data, weights)
        held["w"] = number_in_table(data, weights)
    table = data.table.select(**held)
    table = table.filter(*(_there(table[name]) for name in held))
    table = table.filter(table.w > 0) if weights else table
    sums = {"n": table.count().cast("float64")}
    for power in range(3 if weights else 1):
        for one, other in layout.pairs:
            if one or other or power:
                sums[_name(power, one, other)] = _product(table, power, one, other).sum()
    names = [f"k{place}" for place in range(len(keys))]
    return table.group_by(names).agg(**sums) if names else table.agg(**sums)


def _name(power: int, one: int, other: int) -> str:
    return f"s{power}_{one}_{other}"


def _measured(data: Data, measure: Measure) -> Any:
    names, pivot = measure
    value = number_in_table(data, names[0])
    for name in names[1:]:
        value = value * number_in_table(data, name)
    return value - pivot if pivot else value


def _there(column: Any) -> Any:
    if not column.type().is_floating():
        return column.notnull()
    return column.notnull() & ~column.isnan() & ~column.isinf()


def _product(table: Any, power: int, one: int, other: int) -> Any:
    parts = [table.w for _ in range(power)] + [table[f"v{place}"] for place in (one, other) if place]
    product = parts[0]
    for part in parts[1:]:
        product = product * part
    return product


@dataclass(frozen=True, eq=False)
class _Cells:
    layout: _Layout
    design: Design
    groups: Sequence[str]
    texts: Sequence[Sequence[str]]
    sums: Mapping[str, Any]
    count: int

    def clusters(self) -> tuple[tuple[Key, ...], Any]:
        """The clusters in order, and the place of each cell's."""
        cells: list[Key] = list(zip(*self.texts[: len(self.groups)], strict=True)) if self.groups else []
        if not self.groups:
            return ((),) if self.sums["n"].sum() else (), np.zeros(self.count, dtype=int)
        found = tuple(sorted(set(cells)))
        places = {key: place for place, key in enumerate(found)}
        return found, np.array([places[key] for key in cells], dtype=int)

    def indicators(self) -> Any:
        """Cells × columns: whether the column is not 0 there."""
        codes = {}
        for (name, levels), texts in zip(
            self.design.levels.items(), self.texts[len(self.groups) :], strict=True
        ):
            places = {level: place for place, level in enumerate(levels)}
            if stray := next((text for text in texts if text not in places), None):
                raise unknown_level(name, stray)
            codes[name] = np.array([places[text] for text in texts], dtype=int)
        found = np.ones((self.count, len(self.layout.names)))
        for place, column in enumerate(self.layout.columns, 1):
            for name, level in column.parts:
                if level is not None:
                    found[:, place] *= codes[name] == self.design.levels[name].index(level)
        return found

    def gram(self, power: int, rows: slice) -> Any:
        """Cells × measures × measures."""
        size = len(self.layout.measures)
        found = np.empty((len(self.sums["n"][rows]), size, size))
        for one, other in self.layout.pairs:
            name = _name(power, one, other)
            found[:, one, other] = found[:, other, one] = self.sums.get(name, self.sums["n"])[rows]
        return found


def _assembled(cells: _Cells, powers: int) -> Moments:
    layout = cells.layout
    keys, place = cells.clusters()
    if not keys:  # a sum over no rows is null
        empty = np.zeros((powers, 0, len(layout.names), len(layout.names)))
        return Moments(layout.names, layout.pivot, (), np.zeros(0), empty)
    ones, at = cells.indicators(), np.array(layout.at)
    cross = np.zeros((powers, len(keys), len(layout.names), len(layout.names)))
    for start in range(0, cells.count, CHUNK):
        rows = slice(start, start + CHUNK)
        for power in range(powers):
            gram = cells.gram(power, rows)[:, at[:, None], at[None, :]]
            np.add.at(cross[power], place[rows], gram * ones[rows, :, None] * ones[rows, None, :])
    return Moments(layout.names, layout.pivot, keys, np.bincount(place, cells.sums["n"], len(keys)), cross)
