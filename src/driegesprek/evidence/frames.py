"""Batches of rows as NumPy arrays: numbers, codes of categories, weights and groups.

Everything that reads rows does it here, so that missing, unknown levels and weights are treated in one way.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from driegesprek.evidence.data import Column, Data, collected, text_in_table, text_of
from driegesprek.evidence.problems import EvidenceError, not_numeric

MAX_LEVELS = 200
"""More levels than this is no category to compare but an identification."""


@dataclass(frozen=True)
class Frame:
    """One batch.

    Attributes:
        numbers: Per variable its values; missing is NaN.
        codes: Per category the place of its level; missing is -1.
        weight: Weight per row, or None; missing is NaN.
        groups: Per grouping variable its codes, as an Arrow dictionary array.
        rows: How many.
    """

    numbers: Mapping[str, Any]
    codes: Mapping[str, Any]
    weight: Any
    groups: tuple[Any, ...]
    rows: int

    def complete(self) -> Any:
        """Which rows have every number, category and group, and a weight above zero."""
        kept = np.ones(self.rows, dtype=bool)
        for values in self.numbers.values():
            kept &= np.isfinite(values)
        for codes in self.codes.values():
            kept &= codes >= 0
        for group in self.groups:
            kept &= np.asarray(group.indices.is_valid())
        return kept if self.weight is None else kept & (self.weight > 0)


def frames(
    data: Data,
    *,
    numbers: Sequence[str] = (),
    factors: Mapping[str, Sequence[str]] | None = None,
    weights: str | None = None,
    groups: Sequence[str] = (),
) -> Iterator[Frame]:
    """The rows, batch by batch.

    Args:
        data: The respondents.
        numbers: Variables to use as numbers; labelled codes count as their codes.
        factors: Levels per category.
        weights: The variable with weights.
        groups: Variables that say who belongs together, such as school and class.

    Raises:
        EvidenceError: A variable is unknown or not a number, a level is not in the plan, or a weight is negative.
    """
    factors = factors or {}
    names = [*numbers, *factors, *groups, *([weights] if weights else [])]
    for name in names:
        data.column(name)
    if not names:
        return
    levels = {name: pa.array(list(held), pa.string()) for name, held in factors.items()}
    for batch in data.batches(names):
        held = {name: batch.column(name) for name in names}
        yield Frame(
            {name: number_of(name, held[name]) for name in numbers},
            {name: _codes(name, held[name], levels[name]) for name in factors},
            _weight(weights, held[weights]) if weights else None,
            tuple(_group(held[name]) for name in groups),
            batch.num_rows,
        )


def number_of(name: str, column: Any) -> Any:
    """An Arrow column as numbers, with NaN where it is null.

    Raises:
        EvidenceError: ``not_numeric``, with an example.
    """
    if pa.types.is_string(column.type) or pa.types.is_dictionary(column.type):
        text = text_of(column)
        try:
            column = text.cast(pa.float64())
        except pa.ArrowInvalid:
            raise not_numeric(name, _not_a_number(text)) from None
    if not pa.types.is_floating(column.type):
        column = column.cast(pa.float64(), safe=False)
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)


def _not_a_number(text: Any) -> str:
    for value in text.drop_null().to_pylist():
        try:
            float(value)
        except ValueError:
            return str(value)
    return ""


def _codes(name: str, column: Any, levels: Any) -> Any:
    text = text_of(column)
    found = pc.index_in(text, value_set=levels)
    codes = np.asarray(pc.fill_null(found, -1))
    if int(found.null_count) > int(text.null_count):
        unknown = np.flatnonzero((codes < 0) & np.asarray(text.is_valid()))[0]
        value = text[int(unknown)].as_py()
        raise EvidenceError(
            "unknown_level", f"{name!r} has the value {value!r}, which is not in the plan. Add it."
        )
    return codes


def _weight(name: str, column: Any) -> Any:
    weight = number_of(name, column)
    if np.nanmin(weight, initial=0.0) < 0:
        raise EvidenceError(
            "bad_weight", f"{name!r} has a weight below zero. A weight is how many somebody stands for."
        )
    return weight


def _group(column: Any) -> Any:
    return text_of(column).dictionary_encode()


@dataclass(frozen=True)
class Profile:
    """What one pass over the rows tells of the variables.

    Attributes:
        means: Per number its mean, the pivot around which sums are made; 0 where there is no value.
        levels: Per category its levels in order, the reference first.
    """

    means: Mapping[str, float]
    levels: Mapping[str, tuple[str, ...]]


def profile(
    data: Data,
    *,
    numbers: Iterable[str] = (),
    factors: Iterable[str] = (),
    reference: Mapping[str, str] | None = None,
) -> Profile:
    """Pivots and levels, made where the rows are.

    Raises:
        EvidenceError: ``unknown_variable``, ``not_numeric``, ``unknown_level`` (of a reference) or ``too_many_levels``.
    """
    means = _means(data, tuple(dict.fromkeys(numbers)))
    found = {}
    for name in dict.fromkeys(factors):
        found[name] = _referred(name, levels(data, name), (reference or {}).get(name))
    if extra := set(reference or {}) - set(found):
        raise EvidenceError(
            "unknown_variable", f"A reference is given for {min(extra)!r}, which is no category here."
        )
    return Profile(means, found)


def levels(data: Data, name: str) -> tuple[str, ...]:
    """The levels of a category that occur, in the order of the codebook, else numbers by size, else by letter."""
    column = data.column(name)
    code = text_in_table(data.table[name])
    rows = collected(data.table.select(code=code).distinct().limit(MAX_LEVELS + 2))
    found = {row["code"] for row in rows if row["code"] is not None}
    if len(found) > MAX_LEVELS:
        raise EvidenceError(
            "too_many_levels",
            f"{name!r} has more than {MAX_LEVELS} different values; that is no category. Use it as a number or a group.",
        )
    listed = [code for code in column.levels if code in found]
    return (*listed, *sorted(found - set(listed), key=_order))


def _order(code: str) -> tuple[int, float, str]:
    try:
        return (0, float(code), code)
    except ValueError:
        return (1, 0.0, code)


def _referred(name: str, found: tuple[str, ...], wanted: str | None) -> tuple[str, ...]:
    if wanted is None:
        return found
    if wanted not in found:
        raise EvidenceError("unknown_level", f"{name!r} has no level {wanted!r}. It has: {', '.join(found)}.")
    return (wanted, *(level for level in found if level != wanted))


def _means(data: Data, names: tuple[str, ...]) -> dict[str, float]:
    if not names:
        return {}
    schema = data.types
    wanted = {}
    for place, name in enumerate(names):
        data.column(name)
        value = data.table[name]
        if schema[name].is_boolean():
            value = value.cast("int8")
        if not schema[name].is_numeric() and not schema[name].is_boolean():
            value = value.try_cast("float64") if _can_try(data) else value.cast("float64")
        if schema[name].is_floating():
            value = value.isnan().ifelse(None, value)
        wanted[f"m{place}"] = value.cast("float64").mean()
    row = collected(data.table.agg(**wanted))[0]
    return {name: _pivot(row[f"m{place}"]) for place, name in enumerate(names)}


def _can_try(data: Data) -> bool:
    return str(data.table.get_backend().name) == "duckdb"


def _pivot(mean: float | None) -> float:
    """A number near the mean; rounded, so that it does not depend on the order in which a backend adds."""
    return 0.0 if mean is None or not np.isfinite(mean) else float(f"{mean:.6g}")


def as_factor(column: Column) -> bool:
    """Whether a predictor enters as a category."""
    return column.category
