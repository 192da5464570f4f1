"""Sums per cell: how many respondents, Σ w, Σ w² and sums of numbers, made where the rows are.

One Ibis expression; DuckDB, PostgreSQL and Spark give the same cells. ``a + b`` are the cells of both files together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from driegesprek.evidence.data import Data, collected, text_of_value
from driegesprek.evidence.problems import (
    MOST,
    EvidenceError,
    check_weights_range,
    not_numeric,
    sums_too_large,
)
from driegesprek.evidence.reading import Node, distinct

Key = tuple[str, ...]
MAX_CELLS = 2_000_000


@dataclass(frozen=True, eq=False)
class Cells:
    """Sums per combination of categories.

    Attributes:
        by: The categories.
        measures: What is summed: ``n``, ``w``, ``w2`` and per number v (minus its pivot, where it is there)
            ``n:v``, ``w:v``, ``wv:v``, ``wvv:v``, ``w2:v``, ``w2v:v``, ``w2vv:v``.
        pivots: Per number.
        sums: Per cell, in the order of the measures.
    """

    by: tuple[str, ...]
    measures: tuple[str, ...]
    pivots: Mapping[str, float]
    sums: Mapping[Key, Any]

    def __add__(self, other: "Cells") -> "Cells":
        """The cells of both files together.

        Raises:
            EvidenceError: ``other_plan``.
        """
        if (self.by, self.measures, dict(self.pivots)) != (other.by, other.measures, dict(other.pivots)):
            raise EvidenceError("other_plan", "These sums were made by another plan; they cannot be added.")
        sums = dict(self.sums)
        for key, values in other.sums.items():
            sums[key] = sums[key] + values if key in sums else values
        return Cells(self.by, self.measures, self.pivots, sums)

    def over(self, names: Sequence[str]) -> "Cells":
        """The cells by some of the categories."""
        at = [self.by.index(name) for name in names]
        sums: dict[Key, Any] = {}
        for key, values in self.sums.items():
            coarse = tuple(key[place] for place in at)
            sums[coarse] = sums[coarse] + values if coarse in sums else values
        return Cells(tuple(names), self.measures, self.pivots, sums)

    def of(self, measure: str) -> dict[Key, float]:
        """One sum per cell."""
        at = self.measures.index(measure)
        return {key: float(values[at]) for key, values in self.sums.items()}

    def total(self, measure: str) -> float:
        """One sum over all cells."""
        return sum(self.of(measure).values())

    def to_plain(self) -> dict[str, Any]:
        """As JSON holds it, cells in order."""
        cells = [{"key": list(key), "sums": self.sums[key].tolist()} for key in sorted(self.sums)]
        return {
            "by": list(self.by),
            "measures": list(self.measures),
            "pivots": dict(self.pivots),
            "cells": cells,
        }

    @classmethod
    def from_plain(cls, held: Node, like: "Cells") -> "Cells":
        """What :meth:`to_plain` made.

        Args:
            held: As JSON holds it.
            like: The sums of nobody, of the same plan.

        Raises:
            EvidenceError: ``bad_sums``.
        """
        held.at("by").same(list(like.by))
        held.at("measures").same(list(like.measures))
        held.at("pivots").same(dict(like.pivots))
        cells = list(held.at("cells").each())
        keys = [one.at("key").key(len(like.by)) for one in cells]
        distinct(keys, held.at("cells"))
        sums = [like.checked(one.at("sums")) for one in cells]
        return cls(like.by, like.measures, like.pivots, dict(zip(keys, sums, strict=True)))

    def checked(self, held: Node) -> Any:
        """The sums of one cell: counts whole, and no sum of weights or squares below 0."""
        found = held.numbers(len(self.measures))
        for measure, value in zip(self.measures, found.tolist(), strict=True):
            kind = measure.partition(":")[0]
            if kind == "n" and value != int(value):
                raise held.wrong(f"sums of which {measure!r} is a whole number")
            if kind not in {"wv", "w2v"} and value < 0:
                raise held.wrong(f"sums of which {measure!r} is 0 or more")
        return found


def collect_cells(
    data: Data,
    by: Sequence[str],
    *,
    weights: str | None = None,
    values: Mapping[str, float] | None = None,
    keep_missing: Sequence[str] = (),
) -> Cells:
    """Count and add up per cell, over the respondents who have every category (and a weight above zero).

    Args:
        data: The respondents.
        by: Categories; numbers count as codes.
        weights: The variable with weights.
        values: Numbers to add up, with their pivots.
        keep_missing: Categories of which "not there" is a cell too, with the code ``""``.

    Raises:
        EvidenceError: ``unknown_variable``, ``not_numeric``, ``bad_weight``, ``too_many_cells``.
    """
    return counted_cells(data, by, weights=weights, values=values, keep_missing=keep_missing)[0]


def counted_cells(
    data: Data,
    by: Sequence[str],
    *,
    weights: str | None = None,
    values: Mapping[str, float] | None = None,
    keep_missing: Sequence[str] = (),
) -> tuple[Cells, int]:
    """The same, and how many respondents the file has, by one query."""
    values = values or {}
    table = _prepared(data, by, weights, values)
    measured = _weighted(table, values) if weights else _measures(table, values)
    keys = [f"k{place}" for place in range(len(by))]
    sums = {f"s{place}": one for place, one in enumerate(measured)}
    everybody = table.count()
    summed = table.group_by(keys).agg(rows=everybody, **sums) if keys else table.agg(rows=everybody, **sums)
    rows = collected(summed.limit(MAX_CELLS + 1))
    if len(rows) > MAX_CELLS:
        raise EvidenceError("too_many_cells", f"{' × '.join(by)} makes more than {MAX_CELLS:,} cells.")
    found: dict[Key, Any] = {}
    for row in rows:
        known = all(_there(row[one]) or name in keep_missing for one, name in zip(keys, by, strict=True))
        if known and (added := _sums(row, list(sums), weighted=weights is not None))[0]:
            key = tuple(text_of_value(row[one]) for one in keys)
            found[key] = found[key] + added if key in found else added
    if not all(np.isfinite(added).all() for added in found.values()):
        raise sums_too_large([*values, *([weights] if weights else [])])
    names = ("n", "w", "w2", *(f"{kind}:{name}" for name in values for kind in MEASURES))
    return Cells(tuple(by), names, dict(values), found), sum(row["rows"] for row in rows)


MEASURES = ("n", "w", "wv", "wvv", "w2", "w2v", "w2vv")
"""Of each number."""


def _sums(row: Mapping[str, Any], names: Sequence[str], *, weighted: bool) -> Any:
    """A cell's sums in the order of the measures; without weights n, Σ v and Σ v² are all there is."""
    if weighted:
        return np.array([float(row[name] or 0) for name in names])
    found = [float(row["rows"])] * 3
    for place in range(0, len(names), 3):
        n, first, second = (float(row[name] or 0) for name in names[place : place + 3])
        found += [n, n, first, second, n, first, second]
    return np.array(found)


def _there(value: Any) -> bool:
    return value is not None and not (isinstance(value, float) and np.isnan(value))


def _prepared(data: Data, by: Sequence[str], weights: str | None, values: Mapping[str, float]) -> Any:
    for name in (*by, *values, *([weights] if weights else [])):
        data.column(name)
    held = {f"k{place}": data.table[name] for place, name in enumerate(by)}
    held |= {
        f"v{place}": number_in_table(data, name) - pivot for place, (name, pivot) in enumerate(values.items())
    }
    if weights:
        check_weights(data, weights)
        weight = number_in_table(data, weights)
        held["w"] = (weight > 0).ifelse(weight, None)
    elif not held:
        return data.table
    return data.table.select(**held)


def check_weights(data: Data, weights: str) -> None:
    """Refuse weights below zero, and those that differ too much.

    Raises:
        EvidenceError: ``bad_weight``, ``too_large``.
    """
    weight = number_in_table(data, weights)
    there = (weight == 0).ifelse(None, weight)
    row = collected(data.table.agg(low=there.min(), high=there.max()))[0]
    if row["low"] is None:
        return
    if row["high"] > MOST:
        raise sums_too_large([weights])
    check_weights_range(weights, float(row["low"]), float(row["high"]))


def number_in_table(data: Data, name: str) -> Any:
    """A variable as a number, where the rows are; not a number is null.

    Raises:
        EvidenceError: ``not_numeric``: it is text that is no number.
    """
    data.column(name)
    value = data.table[name]
    kind = value.type()
    if kind.is_boolean():
        return value.cast("int8").cast("float64")
    if kind.is_floating():
        value = value.cast("float64")
        return value.isnan().ifelse(None, value)
    if kind.is_numeric():
        return value.cast("float64")
    numeric = value.re_search(r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$")
    bad = collected(data.table.filter(value.notnull() & ~numeric).select(x=value.cast("string")).limit(1))
    if bad:
        raise not_numeric(name, str(bad[0]["x"]))
    return value.cast("float64")


def _measures(table: Any, values: Mapping[str, float]) -> Iterator[Any]:
    """Per number how many, Σ v and Σ v²."""
    for place in range(len(values)):
        v = table[f"v{place}"]
        yield v.count().cast("float64")
        yield v.sum()
        yield (v * v).sum()


def _weighted(table: Any, values: Mapping[str, float]) -> Iterator[Any]:
    """All measures, over who has a weight."""
    w = table.w
    yield w.count().cast("float64")
    yield w.sum()
    yield (w * w).sum()
    for place in range(len(values)):
        v = table[f"v{place}"]
        there = v.notnull() & w.notnull()
        yield there.ifelse(1, 0).sum().cast("float64")
        yield there.ifelse(w, 0.0).sum()
        yield (w * v).sum()
        yield (w * v * v).sum()
        yield there.ifelse(w * w, 0.0).sum()
        yield (w * w * v).sum()
        yield (w * w * v * v).sum()
