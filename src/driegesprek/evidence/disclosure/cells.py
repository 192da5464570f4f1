"""Counts that others counted, as bounds: how the gate protects a table that is shown in parts, added up in any way.

Import :mod:`driegesprek.evidence.disclosure` instead of this module. Three proofs, the quickest that holds:

1. Cells that do not overlap, with no total beside them: each is made safe by itself. One below the minimum, nought too,
   becomes 0 to 9 whatever it is, and every sum is told between the bounds of its cells.
2. A total beside cells that are all told, with a rest of nobody or of enough: all that follows is a sum of these.
3. Else the same suppression as for tables of answers, with its linear programming (:mod:`.suppress`). Of what is hidden
   then nothing is told, not even that it is small.

What was told before (the ledger of such tables) stays; beside it a total needs the second proof.
Source: Hundepool et al. (2012), Statistical Disclosure Control, chapter 4 (minimum frequency, complements in linked tables).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

Key = tuple[Any, ...]
"""Names a cell."""
Known = tuple[int, int | None]
"""Least and most possible number; None where nothing is known of the most."""
NOTHING: Final[Known] = (0, None)
TABLES: Final = 4_096
"""Small tables of which is remembered what the third proof hides: those of a file are much alike."""


@dataclass(frozen=True)
class Total:
    """A count that holds others.

    Attributes:
        key: Its name, apart from those of the cells.
        known: Its least and most possible value.
        parts: What it holds of the cells, of the totals before it, or of what was told before; the remainder is its rest.
    """

    key: Key
    known: Known
    parts: tuple[Key, ...]


def protect_cells(
    cells: Mapping[Key, Known], totals: Sequence[Total], minimum: int, told: Mapping[Key, Known]
) -> dict[Key, Known]:
    """See :func:`driegesprek.evidence.disclosure.protect_cells`."""
    shown = {key: in_bounds(known, minimum) for key, known in cells.items()}
    linked = [one for one in totals if all(part in cells for part in one.parts)]
    for group in _together(linked):
        shown |= _group(cells, group, minimum)
    public = {**told, **shown}
    for one in totals:
        if one not in linked:
            parts = [public.get(part, NOTHING) for part in one.parts]
            public[one.key] = one.known if may_stand_beside(one.known, parts, minimum) else NOTHING
    return {key: public[key] for key in (*cells, *(one.key for one in totals))}


def in_bounds(known: Known, minimum: int) -> Known:
    """What may be told of a count: itself from the minimum on, else bounds that are the same for every small number.

    Args:
        known: Its least and most possible value. Of one whose least value is small, the most is rounded up to one below a
            multiple of the minimum, so that a part that is small does not follow from the upper bound.
        minimum: People that a shown number needs.
    """
    low, high = known
    if low >= minimum:
        return known
    return (0, None if high is None else minimum * (high // minimum + 1) - 1)


def may_stand_beside(whole: Known, parts: Sequence[Known], minimum: int) -> bool:
    """The second proof: whether a total may be told beside parts that do not overlap, all exactly."""
    exact = all(low == high for low, high in (whole, *parts))
    rest = whole[0] - sum(low for low, _ in parts)
    enough = all(low >= minimum for low, _ in (whole, *parts))
    return exact and enough and (rest == 0 or rest >= minimum)


def _together(totals: Iterable[Total]) -> list[list[Total]]:
    """Totals that share cells stand together."""
    groups: list[tuple[set[Key], list[Total]]] = []
    for one in totals:
        parts, members = set(one.parts), [one]
        apart = []
        for held, others in groups:
            if held & parts:
                parts, members = parts | held, [*others, *members]
            else:
                apart.append((held, others))
        groups = [*apart, (parts, members)]
    return [members for _, members in groups]


def _group(cells: Mapping[Key, Known], totals: Sequence[Total], minimum: int) -> dict[Key, Known]:
    """What is told of totals and their cells."""
    keys = list(dict.fromkeys(part for one in totals for part in one.parts))
    known = {key: cells[key] for key in keys} | {one.key: one.known for one in totals}
    if all(may_stand_beside(one.known, [cells[key] for key in one.parts], minimum) for one in totals):
        return known
    rests = [one.known[0] - sum(cells[key][0] for key in one.parts) for one in totals]
    if any(low != high for low, high in known.values()) or min(rests) < 0:
        # Not a table of numbers that add up: nothing of it can be proven beside anything else.
        hidden = [False] * len(known)
    else:
        places = tuple(tuple(map(keys.index, one.parts)) for one in totals)
        hidden = list(_kept(tuple(cells[key][0] for key in keys), places, tuple(rests), minimum))
    return {
        key: one if kept else _of_hidden(one, minimum, total=key not in cells)
        for (key, one), kept in zip(known.items(), hidden, strict=True)
    }


def _of_hidden(known: Known, minimum: int, *, total: bool) -> Known:
    """A total that is small is so with all that it holds; of anything else that is hidden nothing is told."""
    return in_bounds(known, minimum) if total and known[1] is not None and known[1] < minimum else NOTHING


@lru_cache(maxsize=TABLES)
def _kept(
    values: tuple[int, ...], totals: tuple[tuple[int, ...], ...], rests: tuple[int, ...], minimum: int
) -> tuple[bool, ...]:
    """The third proof: which cells, then which totals, are told."""
    from driegesprek.evidence.disclosure.linked import told_of  # noqa: PLC0415 -- NumPy and SciPy are heavy

    return told_of(values, totals, rests, minimum)
