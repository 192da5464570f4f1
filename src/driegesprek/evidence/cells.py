"""Sums per cell: how many respondents, Σ w, Σ w² and sums of numbers, made where the rows are.

One Ibis expression; DuckDB, PostgreSQL and Spark give the same cells. ``a + b`` are the cells of both files together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from driegesprek.evidence.data import Data, collected, text_of_value
from driegesprek.evidence.problems import EvidenceError, not_numeric

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
    def from_plain(cls, held: Mapping[str, Any]) -> "Cells":
        """What :meth:`to_plain` made."""
        sums = {tuple(one["key"]): np.asarray(one["sums"], dtype=float) for one in held["cells"]}
        pivots = {name: float(value) for name, value in held["pivots"].items()}
        return cls(tuple(held["by"]), tuple(held["measures"]), pivots, sums)


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
    values = values or {}
    table = _prepared(data, by, weights, values, keep_missing)
    wanted = dict(_measures(table, values))
    keys = [f"k{place}" for place in range(len(by))]
    sums = {f"s{place}": wanted[name] for place, name in enumerate(wanted)}
    summed = table.group_by(keys).agg(**sums) if keys else table.agg(**sums)
    rows = collected(summed.limit(MAX_CELLS + 1))
    if len(rows) > MAX_CELLS:
        raise EvidenceError("too_many_cells", f"{' × '.join(by)} makes more than {MAX_CELLS:,} cells.")
    found: dict[Key, Any] = {}
    for row in rows:
        key = tuple(text_of_value(row[one]) for one in keys)
        known = all(_there(row[one]) or name in keep_missing for one, name in zip(keys, by, strict=True))
        if row["s0"] and known:
            added = np.array([float(row[name] or 0) for name in sums])
            found[key] = found[key] + added if key in found else added
    return Cells(tuple(by), tuple(wanted), dict(values), found)


def _there(value: Any) -> bool:
    return value is not None and not (isinstance(value, float) and np.isnan(value))


def _prepared(
    data: Data,
    by: Sequence[str],
    weights: str | None,
    values: Mapping[str, float],
    keep_missing: Sequence[str],
) -> Any:
    for name in (*by, *values, *([weights] if weights else [])):
        data.column(name)
    held = {f"k{place}": data.table[name] for place, name in enumerate(by)}
    held |= {
        f"v{place}": number_in_table(data, name) - pivot for place, (name, pivot) in enumerate(values.items())
    }
    if weights:
        held["w"] = number_in_table(data, weights)
        _check_weights(data, weights)
    else:
        import ibis  # noqa: PLC0415 -- heavy

        held["w"] = ibis.literal(1, "int64").cast("float64")  # PostgreSQL takes 1.0 for a decimal
    table = data.table.select(**held)
    for place, name in enumerate(by):
        if name not in keep_missing:
            table = table.filter(table[f"k{place}"].notnull())
    return table.filter(table.w > 0) if weights else table


def _check_weights(data: Data, weights: str) -> None:
    row = collected(data.table.agg(low=number_in_table(data, weights).min()))[0]
    if row["low"] is not None and row["low"] < 0:
        raise EvidenceError(
            "bad_weight", f"{weights!r} has a weight below zero. A weight is how many somebody stands for."
        )


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


def _measures(table: Any, values: Mapping[str, float]) -> Iterator[tuple[str, Any]]:
    yield "n", table.count().cast("float64")
    yield "w", table.w.sum()
    yield "w2", (table.w * table.w).sum()
    for place, name in enumerate(values):
        v, w = table[f"v{place}"], table.w
        there = v.notnull()
        yield f"n:{name}", there.ifelse(1, 0).sum().cast("float64")
        yield f"w:{name}", there.ifelse(w, 0.0).sum()
        yield f"wv:{name}", (w * v).sum()
        yield f"wvv:{name}", (w * v * v).sum()
        yield f"w2:{name}", there.ifelse(w * w, 0.0).sum()
        yield f"w2v:{name}", (w * w * v).sum()
        yield f"w2vv:{name}", (w * w * v * v).sum()
