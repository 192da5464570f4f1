"""Sums per cell of columns in memory: those of :mod:`driegesprek.evidence.cells`, without a query."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from driegesprek.evidence.cells import MEASURES, Cells
from driegesprek.evidence.held import Held

Key = tuple[str, ...]
Category = tuple[Any, Sequence[str]]
"""Per row the place of its level, -1 where it is missing; and the levels."""

MOST = 2**62
"""Combinations up to which one number tells them apart."""


def held_cells(
    held: Held, by: Sequence[str], *, weights: str | None = None, values: Mapping[str, float] | None = None
) -> Cells:
    """As :func:`driegesprek.evidence.cells.collect_cells`.

    Raises:
        EvidenceError: ``not_numeric``, ``bad_weight``.
    """
    numbers = {name: held.number(name) for name in values or {}}
    weight = held.weight(weights) if weights else None
    return cells_of({name: held.key(name) for name in by}, numbers, values or {}, weight, held.rows)


def cells_of(
    by: Mapping[str, Category],
    numbers: Mapping[str, Any],
    pivots: Mapping[str, float],
    weight: Any,
    rows: int,
) -> Cells:
    """Count and add up, over the rows that have every category and a weight above zero.

    Args:
        by: Categories.
        numbers: What is added up, NaN where it is missing.
        pivots: What is subtracted of each first.
        weight: Per row, or None.
        rows: How many.
    """
    kept = np.ones(rows, dtype=bool) if weight is None else weight > 0
    for codes, _levels in by.values():
        kept &= codes >= 0
    keys, at = _places([(codes[kept], levels) for codes, levels in by.values()], int(kept.sum()))
    w = np.ones(len(at)) if weight is None else weight[kept]

    def total(of: Any) -> Any:
        return np.bincount(at, weights=of, minlength=len(keys))

    powers = [w**power for power in range(3)]
    sums = [total(one) for one in powers]
    for name, pivot in pivots.items():
        v = numbers[name][kept] - pivot
        there = np.isfinite(v)
        v = np.where(there, v, 0.0)
        own = [np.where(there, power, 0.0) for power in powers]
        once = [total(one) for one in (own[1], own[1] * v, own[1] * v * v)]
        if weight is None:  # all weigh 1, and so do their squares
            sums += [once[0], *once, *once]
            continue
        sums += [total(own[0]), *once, *(total(one) for one in (own[2], own[2] * v, own[2] * v * v))]
    table = np.stack(sums, axis=1)
    measures = ("n", "w", "w2", *(f"{kind}:{name}" for name in pivots for kind in MEASURES))
    return Cells(tuple(by), measures, dict(pivots), dict(zip(keys, table, strict=True)))


def _places(by: Sequence[Category], rows: int) -> tuple[list[Key], Any]:
    """The combinations that occur, and the place of each row's among them."""
    if not by:
        return ([()] if rows else []), np.zeros(rows, dtype=np.int64)
    joint, size = np.zeros(rows, dtype=np.int64), 1
    for codes, levels in by:
        joint, size = joint * max(len(levels), 1) + codes, size * max(len(levels), 1)
    if size > MOST:
        found, at = np.unique(np.stack([codes for codes, _levels in by]), axis=1, return_inverse=True)
    else:  # one number a row, by which they sort as by their codes
        once, at = np.unique(joint, return_inverse=True)
        found = np.stack(np.unravel_index(once, [max(len(levels), 1) for _codes, levels in by]))
    keys = [
        tuple(levels[code] for code, (_codes, levels) in zip(column, by, strict=True))
        for column in found.T.tolist()
    ]
    return keys, np.reshape(at, -1)
