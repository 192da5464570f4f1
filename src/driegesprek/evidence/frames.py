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
from driegesprek.evidence.problems import MOST, EvidenceError, check_weights_range, not_numeric, too_large

MAX_LEVELS = 200
"""More levels than this is no category to compare but an identification."""
MAX_COMBINATIONS = 20_000
FIRST_ROWS = 20_000


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
    narrow: bool = False,
) -> Iterator[Frame]:
    """The rows, batch by batch.

    Args:
        data: The respondents.
        numbers: Variables to use as numbers; labelled codes count as their codes.
        factors: Levels per category.
        weights: The variable with weights.
        groups: Variables that say who belongs together, such as school and class.
        narrow: Leave whole numbers that everybody has as small as they are, for who makes other numbers of them.

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
            {name: number_of(name, held[name], narrow=narrow) for name in numbers},
            {name: places_of(name, held[name], levels[name]) for name in factors},
            weight_of(weights, number_of(weights, held[weights])) if weights else None,
            tuple(group_of(held[name]) for name in groups),
            batch.num_rows,
        )


def number_of(name: str, column: Any, *, narrow: bool = False) -> Any:
    """An Arrow column as numbers, with NaN where it is null.

    Raises:
        EvidenceError: ``not_numeric``, with an example; ``too_large``.
    """
    if pa.types.is_string(column.type) or pa.types.is_dictionary(column.type):
        text = text_of(column)
        try:
            column = pc.utf8_trim_whitespace(text).cast(pa.float64())
        except pa.ArrowInvalid:
            raise not_numeric(name, _not_a_number(text)) from None
    if pa.types.is_integer(column.type):
        small = narrow and not column.null_count
        return column.to_numpy(zero_copy_only=False) if small else _whole_numbers(column)
    if not pa.types.is_floating(column.type):
        column = column.cast(pa.float64(), safe=False)
    return _bounded(name, np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64))


def _bounded(name: str, values: Any) -> Any:
    """Numbers of which the squares are numbers too."""
    low, high = np.nanmin(values, initial=0.0), np.nanmax(values, initial=0.0)
    if high > MOST or low < -MOST:
        raise too_large(name, float(high if high > MOST else low))
    return values


def _whole_numbers(column: Any) -> Any:
    """As floats; NumPy does so in a fraction of Arrow's time."""
    if not column.null_count:
        return column.to_numpy(zero_copy_only=False).astype(np.float64)
    values = column.fill_null(0).to_numpy(zero_copy_only=False).astype(np.float64)
    values[column.is_null().to_numpy(zero_copy_only=False)] = np.nan
    return values


def _not_a_number(text: Any) -> str:
    for value in text.drop_null().to_pylist():
        try:
            float(value)
        except ValueError:
            return str(value)
    return ""


def places_of(name: str, column: Any, levels: Any) -> Any:
    """The place of each row's level among the levels (Arrow texts); -1 where it is missing.

    Raises:
        EvidenceError: ``unknown_level``.
    """
    text = text_of(column)
    found = pc.index_in(text, value_set=levels)
    codes = np.asarray(pc.fill_null(found, -1))
    if int(found.null_count) > int(text.null_count):
        unknown = np.flatnonzero((codes < 0) & np.asarray(text.is_valid()))[0]
        value = text[int(unknown)].as_py()
        raise unknown_level(name, value)
    return codes


def unknown_level(name: str, value: str) -> EvidenceError:
    """A category has a level of which the plan does not know."""
    return EvidenceError(
        "unknown_level", f"{name!r} has the value {value!r}, which is not in the plan. Add it."
    )


def weight_of(name: str, weight: Any) -> Any:
    """Weights as they are, where none is below zero and they do not differ too much.

    Raises:
        EvidenceError: ``bad_weight``.
    """
    some = weight[np.isfinite(weight) & (weight != 0)]
    if some.size:
        check_weights_range(name, float(some.min()), float(some.max()))
    return weight


def group_of(column: Any) -> Any:
    """An Arrow column as codes, in an Arrow dictionary array."""
    if pa.types.is_dictionary(column.type) or pa.types.is_string(column.type):
        return text_of(column).dictionary_encode()
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    coded = column.dictionary_encode()  # few values become text, not every row
    return pa.DictionaryArray.from_arrays(coded.indices, text_of(coded.dictionary))


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
    named = tuple(dict.fromkeys(factors))
    codes = _occurring(data, named)
    found = {
        name: _referred(name, levels(data, name, codes.get(name)), (reference or {}).get(name))
        for name in named
    }
    if extra := set(reference or {}) - set(found):
        raise EvidenceError(
            "unknown_variable", f"A reference is given for {min(extra)!r}, which is no category here."
        )
    return Profile(means, found)


def _occurring(data: Data, names: Sequence[str]) -> dict[str, set[str]]:
    """The codes of several categories by one query; none when they make too many combinations."""
    for name in names:
        data.column(name)
    if len(names) < 2:  # noqa: PLR2004 -- of one there are no combinations
        return {}
    codes = {f"c{place}": text_in_table(data.table[name]) for place, name in enumerate(names)}
    rows = collected(data.table.select(**codes).distinct().limit(MAX_COMBINATIONS))
    if len(rows) == MAX_COMBINATIONS:
        return {}
    return {name: {row[f"c{place}"] for row in rows} - {None} for place, name in enumerate(names)}


def levels(data: Data, name: str, found: set[str] | None = None) -> tuple[str, ...]:
    """The levels of a category that occur, in the order of the codebook, else numbers by size, else by letter."""
    column = data.column(name)
    if found is None:
        code = text_in_table(data.table[name])
        rows = collected(data.table.select(code=code).distinct().limit(MAX_LEVELS + 2))
        found = {row["code"] for row in rows if row["code"] is not None}
    if len(found) > MAX_LEVELS:
        raise EvidenceError(
            "too_many_levels",
            f"{name!r} has more than {MAX_LEVELS} different values; that is no category. Use it as a number or a group.",
        )
    return in_order(found, column)


def in_order(found: set[str], column: Column) -> tuple[str, ...]:
    """Codes as the codebook lists them, then the rest by number or letter; all by number where only some are listed."""
    listed = [code for code in column.levels if code in found]
    rest = found - set(listed)
    if rest and all(_order(code)[0] == 0 for code in found):  # labels at the ends of a scale only
        return tuple(sorted(found, key=_order))
    return (*listed, *sorted(rest, key=_order))


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
    """Pivots from the first rows; from all rows for a number that none of the first ones has.

    A mean m₁ of the first share p of the rows is never so far off that sums about it lose digits: the variance of
    all rows is at least p (m₁ − m)² / (1 − p), so that (m₁ − m)² is at most 1 / p times the variance.
    """
    found: dict[str, float | None] = {}
    first = Data(data.table.limit(FIRST_ROWS), data.columns)
    for rows in (first, data):
        wanted = [name for name in names if name not in found]
        found |= {name: mean for name, mean in _means_of(rows, wanted).items() if mean is not None}
    return {name: _pivot(found.get(name)) for name in names}


def _means_of(data: Data, names: Sequence[str]) -> dict[str, float | None]:
    sums, counts = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0)
    for frame in frames(data, numbers=names, narrow=True):
        for name, values in frame.numbers.items():
            there = values[np.isfinite(values)]
            sums[name] += float(there.sum())
            counts[name] += len(there)
    return {name: sums[name] / counts[name] if counts[name] else None for name in names}


def _pivot(mean: float | None) -> float:
    """A number near the mean; rounded, so that it does not depend on the order in which a backend adds."""
    return 0.0 if mean is None or not np.isfinite(mean) else float(f"{mean:.6g}")


def as_factor(column: Column) -> bool:
    """Whether a predictor enters as a category."""
    return column.category
