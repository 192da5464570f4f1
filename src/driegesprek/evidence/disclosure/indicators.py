"""How many people sums tell of: every level of a category, and every two levels together, references too.

A model leaves the reference level out, yet its count follows: n minus those of the others. An interaction's columns give
the counts of three levels together. Numbers that are 0 or 1 are counts as well, which shows in Σ x² = Σ x.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations_with_replacement, product
from typing import Any

import numpy as np

from driegesprek.evidence.cells import Cells
from driegesprek.evidence.design import Design
from driegesprek.evidence.pairs import Pairs

Parts = frozenset[tuple[str, str]]
"""(variable, level) of each factor."""
Count = tuple[Parts, int]
SAME = 1e-6


def counts_in_design(cross: Any, pivot: Any, design: Design, outcome: str) -> Iterator[Count]:
    """Each level, each value of a number that is 0 or 1, and each two of them together, with how many have it.

    Args:
        cross: Σ z z' of the columns: 1, the design, the outcome.
        pivot: Of each column.
        design: Its terms.
        outcome: Its name.
    """
    raw = _raw(cross, pivot)
    found = [*_categories(design, len(raw)), *_binary(raw, design, outcome)]
    for one, other in combinations_with_replacement(found, 2):
        for (a, row), (b, column) in product(one, other):
            if _can_meet(a, b):
                yield a | b, round(float(row @ raw @ column))


def _raw(cross: Any, pivot: Any) -> Any:
    """Σ x x' about zero."""
    n, first = cross[0, 0], cross[0]
    return cross + np.outer(pivot, first) + np.outer(first, pivot) + np.outer(pivot, pivot) * n


Partition = list[tuple[Parts, Any]]
"""Levels, and each one's indicator in terms of the columns."""


def _categories(design: Design, size: int) -> Iterator[Partition]:
    """The levels of each category, and of each interaction of categories."""
    places = {
        frozenset((name, str(level)) for name, level in column.parts): place
        for place, column in enumerate(design.columns, 1)
        if all(level is not None for _name, level in column.parts)
    } | {frozenset(): 0}
    for term in design.terms:
        if all(name in design.levels for name in term):
            choices = [[(name, level) for level in design.levels[name]] for name in term]
            made = [(frozenset(one), _indicator(one, design, places, size)) for one in product(*choices)]
            yield [(parts, row) for parts, row in made if row is not None]


def _indicator(
    parts: Sequence[tuple[str, str]], design: Design, places: Mapping[Parts, int], size: int
) -> Any:
    """A combination of levels as a sum of columns: a reference is 1 minus the others. None where a column lacks."""
    terms: dict[Parts, float] = {frozenset(): 1.0}
    for name, level in parts:
        first, *others = design.levels[name]
        own = {frozenset([(name, level)]): 1.0} if level != first else {}
        if level == first:
            own = {frozenset(): 1.0} | {frozenset([(name, one)]): -1.0 for one in others}
        terms = {a | b: x * y for (a, x), (b, y) in product(terms.items(), own.items())}
    if any(one not in places for one in terms):
        return None
    row = np.zeros(size)
    for one, times in terms.items():
        row[places[one]] += times
    return row


def _binary(raw: Any, design: Design, outcome: str) -> Iterator[Partition]:
    """Numbers that are 0 or 1, as far as sums tell: also the outcome."""
    numbers = {
        place: column.label
        for place, column in enumerate(design.columns, 1)
        if all(level is None for _name, level in column.parts)
    } | {len(raw) - 1: outcome}
    n = max(float(raw[0, 0]), 1.0)
    for place, name in numbers.items():
        if abs(raw[place, place] - raw[0, place]) < SAME * n:
            one = np.zeros(len(raw))
            one[place] = 1.0
            other = -one
            other[0] = 1.0
            yield [(frozenset([(name, "1")]), one), (frozenset([(name, "0")]), other)]


def _can_meet(a: Parts, b: Parts) -> bool:
    """Whether somebody can have both: not two levels of one category."""
    levels = dict(a)
    return all(levels.get(name, level) == level for name, level in b)


def counts_in_items(part: Pairs) -> Iterator[Count]:
    """Of items that are 0 or 1: each answer, and each two together, with how many gave it."""
    p, q = part.pivot[:, None], part.pivot[None, :]
    ones = part.sums + p * part.n
    squares = part.squares + 2 * p * part.sums + p**2 * part.n
    both = part.cross + q * part.sums + p * part.sums.T + p * q * part.n
    own = np.abs(np.diag(squares) - np.diag(ones)) < SAME * np.maximum(np.diag(part.n), 1.0)
    for i, j in combinations_with_replacement(np.flatnonzero(own).tolist(), 2):
        a, b = part.names[i], part.names[j]
        cells = {
            ("1", "1"): both[i, j],
            ("1", "0"): ones[i, j] - both[i, j],
            ("0", "1"): ones[j, i] - both[i, j],
        }
        cells["0", "0"] = part.n[i, j] - sum(cells.values())
        for (x, y), n in cells.items():
            if i != j or x == y:
                yield frozenset([(a, x), (b, y)]), round(float(n))


def few_in_numbers(part: Cells, minimum: int, *, alike: bool = False) -> bool:
    """Whether a number that is 0 or 1 is 0 or 1 for too few in a cell; weighted, by the effective number of people.

    Args:
        part: The cells.
        minimum: Respondents.
        alike: Whether a cell may be of people who all have the same.
    """
    for name in (one.partition(":")[2] for one in part.measures if one.startswith("wv:")):
        pivot = part.pivots.get(name, 0.0)
        for values in part.sums.values():
            held = dict(zip(part.measures, values.tolist(), strict=True))
            w, w2 = held[f"w:{name}"], held[f"w2:{name}"]
            ones = held[f"wv:{name}"] + pivot * w
            squares = held[f"wvv:{name}"] + 2 * pivot * held[f"wv:{name}"] + pivot**2 * w
            heavy = held[f"w2v:{name}"] + pivot * w2
            if w <= 0 or abs(squares - ones) >= SAME * w or (alike and not SAME * w < ones < (1 - SAME) * w):
                continue
            if _few(ones, heavy, w, w2, minimum):
                return True
    return False


def counts_in_numbers(part: Cells, called: Mapping[str, str]) -> Iterator[Count]:
    """Of unweighted numbers that are 0 or 1: how many are.

    Args:
        part: The cells.
        called: Other names for some of them.
    """
    for name, pivot in part.pivots.items():
        for values in part.sums.values():
            held = dict(zip(part.measures, values.tolist(), strict=True))
            n, first, second = (held[f"{kind}:{name}"] for kind in ("n", "wv", "wvv"))
            ones, squares = first + pivot * n, second + 2 * pivot * first + pivot**2 * n
            if n > 0 and held[f"w:{name}"] == n and abs(squares - ones) < SAME * n:
                label = called.get(name, name)
                yield frozenset([(label, "1")]), round(ones)
                yield frozenset([(label, "0")]), round(n - ones)


def _few(ones: float, heavy: float, w: float, w2: float, minimum: int) -> bool:
    """Whether those with 1 or those with 0 are effectively too few: (Σ w)² / Σ w², Kish's number."""
    return any(
        some <= 0 or squared <= 0 or some**2 / squared < minimum - SAME
        for some, squared in ((ones, heavy), (w - ones, w2 - heavy))
    )
