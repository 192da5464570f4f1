"""The gate for sums that leave a school: a statistic goes out whole or not at all.

A statistic is withheld when its sums would tell of fewer than the minimum:

* a school has fewer respondents in it, or a table has a cell (zero too) with fewer;
* an indicator, its complement, or a combination of two indicators is of fewer (zero too; two levels of one
category cannot meet);
* it and another statistic that goes out and shares a variable differ by fewer respondents, for the difference is then
about those;
* it and what went out on an earlier day differ so;
* it has sums per class. Classes within schools go out as totals of the school (:mod:`driegesprek.evidence.grid`).

Of a description, why values are missing goes out where each reason is of nobody or of the minimum or more; else without.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import combinations
from typing import Any

import numpy as np

from driegesprek.evidence.cells import Cells
from driegesprek.evidence.describing_sums import PLAIN, WEIGHTED, answered, without_reasons
from driegesprek.evidence.grid import SchoolTotals
from driegesprek.evidence.moments import Moments
from driegesprek.evidence.nested import Nested
from driegesprek.evidence.pairs import Pairs
from driegesprek.evidence.plans import Statistic
from driegesprek.evidence.sums import Sums

MINIMUM = 10


class Why(StrEnum):
    """Why a statistic is withheld; the words that are sent, {minimum} and {cluster} filled in."""

    FEW = "fewer than {minimum} respondents"
    CELL = "a cell of fewer than {minimum} respondents"
    OTHER = "another statistic has fewer than {minimum} respondents more or less"
    EARLIER = "what went out earlier has fewer than {minimum} respondents more or less"
    INSIDE = "sums per {cluster} stay in the school"

    @classmethod
    def of(cls, reason: str) -> "Why | None":
        """Which one these words are; None where they are somebody else's."""
        for one in cls:
            head, _filled, tail = one.value.replace("{cluster}", "{minimum}").partition("{minimum}")
            if reason.startswith(head) and reason.endswith(tail):
                return one
        return None


def protect_sums(
    sums: Sums, minimum: int = MINIMUM, *, earlier: Mapping[str, Sequence[int]] | None = None
) -> Sums:
    """The sums that may leave the school.

    Args:
        sums: Of one school, or of several whose sums are kept apart by school.
        minimum: Respondents.
        earlier: Of how many respondents that went out before which it must not differ by a few, per statistic.

    Returns:
        The same without what is withheld; ``withheld`` has a reason for each.
    """
    parts, withheld = {}, dict(sums.withheld)
    sizes: list[tuple[str, int]] = []
    for one in sums.plan.statistics:
        if one.name not in sums.parts:
            continue
        part = _told(one, sums.parts[one.name], minimum)
        own = sizes_of(one, part)
        sized = list(_sized(one, part, sums.plan.school))
        before = (earlier or {}).get(one.name, ())
        reason = _reason(one, part, sums.plan.school, minimum)
        reason = reason or _near_any(sized, sizes, minimum) or _near(own, before, Why.EARLIER, minimum)
        if reason is None:
            parts[one.name] = part
            sizes += sized
        else:
            withheld[one.name] = reason
    return Sums(sums.plan, parts, withheld, True, sums.schools)


def _told(one: Statistic, part: Any, minimum: int) -> Any:
    """A description without the reasons for missing where one of them is of a few."""
    if one.kind != "describe":
        return part
    few = any(0 < n < minimum for key, n in part.of("n").items() if key[2])
    return without_reasons(part) if few else part


def _sized(one: Statistic, part: Any, school: str | None) -> Iterator[tuple[str, int]]:
    """Each variable of which something is told, with of how many respondents."""
    if one.kind == "describe":
        for side in (PLAIN, WEIGHTED):
            found = answered(part, side)
            yield from found.items()
            yield from ((str(one.of.weights), n) for n in found.values() if side == WEIGHTED)
        return
    for name in one.variables:
        if name != school:
            yield from ((name, n) for n in sizes_of(one, part))


def _near_any(own: Sequence[tuple[str, int]], others: Sequence[tuple[str, int]], minimum: int) -> str | None:
    """Whether something is told of a variable that others tell of a few more or less respondents."""
    for name, n in own:
        if reason := _near([n], [other for of, other in others if of == name], Why.OTHER, minimum):
            return reason
    return None


def _near(own: Sequence[int], others: Sequence[int], why: Why, minimum: int) -> str | None:
    near = any(0 < abs(a - b) < minimum for a in own for b in others)
    return why.format(minimum=minimum) if near else None


def _reason(one: Statistic, part: Any, school: str | None, minimum: int) -> str | None:
    cluster = one.of.group[-1] if one.kind == "mixed" else getattr(one.of, "cluster", None)
    if cluster is not None and cluster != school and not isinstance(part, SchoolTotals):
        return Why.INSIDE.format(cluster=cluster)
    if min((n for n in sizes_of(one, part)), default=0) < minimum:
        return Why.FEW.format(minimum=minimum)
    few = Why.CELL.format(minimum=minimum)
    if isinstance(part, Cells):
        return few if _few_in_cells(one, part, minimum) else None
    if isinstance(part, Pairs):
        return few if _few_in_pairs(part, minimum) else None
    return few if any(_few_in_cross(cross, part, one, minimum) for cross in _crosses(part)) else None


def sizes_of(one: Statistic, part: Any) -> list[int]:
    """Respondents per school."""
    if isinstance(part, Pairs):
        return [part.complete, part.respondents] if one.of.missing == "pairwise" else [part.complete]
    if one.kind == "describe":
        return [*answered(part).values(), *answered(part, WEIGHTED).values()]
    if isinstance(part, Cells):
        cluster = getattr(one.of, "cluster", None)
        held = part.over([cluster]) if cluster else part.over([])
        return [int(n) for n in held.of("n").values()]
    return [int(n) for n in part.n]


def _crosses(part: Moments | Nested | SchoolTotals) -> Iterator[Any]:
    """Sums of products, per school where they are kept apart."""
    if isinstance(part, Moments):
        yield from part.power(0)
    else:
        yield part.cross


def _few_in_cross(cross: Any, part: Any, one: Statistic, minimum: int) -> bool:
    """Whether indicators, or two of them together, are of too few."""
    pivot = part.pivot
    sums = cross[0] + pivot * cross[0, 0]
    raw = cross + np.outer(pivot, cross[0]) + np.outer(cross[0], pivot) + np.outer(pivot, pivot) * cross[0, 0]
    n = float(cross[0, 0])
    binary = [i for i in range(1, len(sums)) if abs(raw[i, i] - sums[i]) < 1e-6 * max(n, 1.0)]
    if any(not minimum <= sums[i] <= n - minimum for i in binary):
        return True
    columns = {column.label: column for column in one.of.design.columns}
    for i, j in combinations(binary, 2):
        a, b = columns.get(part.names[i]), columns.get(part.names[j])
        shared = a and b and {name for name, _ in a.parts} & {name for name, _ in b.parts}
        both = raw[i, j]
        cells = (both, sums[i] - both, sums[j] - both, n - sums[i] - sums[j] + both)
        # Levels of one category cannot meet, and a product lies within its parts: a zero there tells nothing.
        if any(round(cell) < minimum and not (shared and round(cell) == 0) for cell in cells):
            return True
    return False


def _few_in_pairs(part: Pairs, minimum: int) -> bool:
    n = np.unique(np.rint([*part.n.ravel().tolist(), float(part.complete)]))
    return bool(n[0] < minimum or (np.diff(n) < minimum).any())


def _few_in_cells(one: Statistic, part: Cells, minimum: int) -> bool:
    if one.kind == "crosstab":
        wanted = len(one.of.row_levels) * len(one.of.col_levels)
        cluster = one.of.cluster
        schools = len({key[2] for key in part.sums}) if cluster else 1
        return len(part.sums) < wanted * schools or min(part.of("n").values()) < minimum
    if one.kind == "describe":
        return _few_described(one, part, minimum)
    numbers = [name for name in part.measures if name.startswith("n:")]
    lacking = [
        part.of("n")[key] - part.of(name)[key]
        for name in numbers
        for key in part.sums
        if one.kind == "weights"
    ]
    return min(part.of("n").values(), default=0) < minimum or any(0 < gap < minimum for gap in lacking)


def _few_described(one: Statistic, part: Cells, minimum: int) -> bool:
    """Whether a variable is of too few, a level too; or a few have no weight."""
    counts = part.of("n")
    levels = [(name, level) for name in one.of.items for level in one.of.levels.get(name, ("",))]
    plain, heavy = (
        [counts.get((name, level, "", side), 0) for name, level in levels] for side in (PLAIN, WEIGHTED)
    )
    if min(plain) < minimum or not one.of.weights:
        return min(plain) < minimum
    return min(heavy) < minimum or any(0 < n - m < minimum for n, m in zip(plain, heavy, strict=True))
