"""The gate for sums that leave a school: a statistic goes out whole or not at all.

A statistic is withheld when its sums would tell of fewer than the minimum:

* a school has fewer respondents in it, or a table has a cell (zero too) with fewer;
* a level of a category, a value of a number that is 0 or 1, or two of them together are of fewer (zero too; two levels
of one category cannot meet), the reference level as well;
* it and another statistic that goes out differ by fewer respondents with a value of the same variable, with the same
level, or with the same two levels, for the difference is then about those;
* it and what went out on an earlier day differ so;
* it has sums per class. Classes within schools go out as totals of the school (:mod:`driegesprek.evidence.grid`).

Of a description, why values are missing goes out where each reason is of nobody or of the minimum or more; else without.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import combinations_with_replacement
from typing import Any

import numpy as np

from driegesprek.evidence.cells import Cells
from driegesprek.evidence.describing_sums import PLAIN, VALUE, WEIGHTED, answered, without_reasons
from driegesprek.evidence.design import Design
from driegesprek.evidence.disclosure.indicators import (
    Count,
    counts_in_design,
    counts_in_items,
    counts_in_numbers,
    few_in_numbers,
)
from driegesprek.evidence.grid import SchoolTotals
from driegesprek.evidence.moments import Moments
from driegesprek.evidence.nested import Nested
from driegesprek.evidence.pairs import Pairs
from driegesprek.evidence.plans import Statistic
from driegesprek.evidence.sums import Sums
from driegesprek.evidence.weighted_pairs import WeightedPairs

MINIMUM = 10
THERE = ""
"""In place of a level: any value."""


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
    sums: Sums,
    minimum: int = MINIMUM,
    *,
    earlier: Mapping[str, Sequence[int]] | None = None,
    before: Sequence[Sums] = (),
) -> Sums:
    """The sums that may leave the school.

    Args:
        sums: Of one school, or of several whose sums are kept apart by school.
        minimum: Respondents.
        earlier: Of how many respondents that went out before which it must not differ by a few, per statistic.
        before: Sums that went out before, of the same people or some of them.

    Returns:
        The same without what is withheld; ``withheld`` has a reason for each.
    """
    parts, withheld = {}, dict(sums.withheld)
    out = [count for one in before for count in _all_counts(one)]
    sizes: list[Count] = []
    for one in sums.plan.statistics:
        if one.name not in sums.parts:
            continue
        part = _told(one, sums.parts[one.name], minimum)
        own = list(counts_of(one, part, sums.plan.school))
        reason = (
            _reason(one, part, sums.plan.school, minimum)
            or _near_any(own, sizes, Why.OTHER, minimum)
            or _near(sizes_of(one, part), (earlier or {}).get(one.name, ()), Why.EARLIER, minimum)
            or _near_any(own, out, Why.EARLIER, minimum)
        )
        if reason is None:
            parts[one.name] = part
            sizes += own
        else:
            withheld[one.name] = reason
    return Sums(sums.plan, parts, withheld, True, sums.schools)


def _all_counts(sums: Sums) -> Iterator[Count]:
    for one in sums.plan.statistics:
        if one.name in sums.parts:
            yield from counts_of(one, sums.parts[one.name], sums.plan.school)


def counts_of(one: Statistic, part: Any, school: str | None) -> Iterator[Count]:
    """All that sums tell of how many people: with a value, a level, two levels together; per school."""
    if one.kind == "describe":
        yield from _counts_described(one, part)
        return
    part = _people(part)
    for name in one.variables:
        if name != school:
            yield from ((frozenset([(name, THERE)]), n) for n in sizes_of(one, part))
    if isinstance(part, Pairs):
        yield from counts_in_items(part)
    elif isinstance(part, Cells):
        yield from _counts_in_cells(one, part, school)
    else:
        for cross in _crosses(part):
            yield from counts_in_design(cross, part.pivot, *_model(one))


def _counts_described(one: Statistic, part: Cells) -> Iterator[Count]:
    for side in (PLAIN, WEIGHTED):
        for name, n in answered(part, side).items():
            yield frozenset([(name, THERE)]), n
            if side == WEIGHTED:
                yield frozenset([(str(one.of.weights), THERE)]), n
    for (name, level, reason, _side), count in part.of("n").items():
        if level and not reason:
            yield frozenset([(name, level)]), int(count)
    for name, cells in _numbers(one, part):
        yield from counts_in_numbers(cells, {VALUE: name})


def _counts_in_cells(one: Statistic, part: Cells, school: str | None) -> Iterator[Count]:
    """By each category and each two; a change's own ones are called after both its variables."""
    own = f"{one.of.pre} → {one.of.post}: " if one.kind == "change" else ""
    places = [place for place, name in enumerate(part.by) if name != school]
    schools = [place for place, name in enumerate(part.by) if name == school]
    for a, b in combinations_with_replacement(places, 2):
        found: dict[Any, int] = {}
        for key, n in part.of("n").items():
            cell = (frozenset((own + part.by[at], key[at]) for at in (a, b)), *(key[at] for at in schools))
            found[cell] = found.get(cell, 0) + int(n)
        yield from ((cell[0], n) for cell, n in found.items())
    if one.kind == "weights":
        yield from counts_in_numbers(part.over([part.by[at] for at in schools]), {})


def _people(part: Any) -> Any:
    """Of weighted items the sums that say how many there are."""
    return part.plain if isinstance(part, WeightedPairs) else part


def _told(one: Statistic, part: Any, minimum: int) -> Any:
    """A description without the reasons for missing where one of them is of a few; no product of four answers."""
    if isinstance(part, WeightedPairs):
        return part.kept()
    if one.kind != "describe":
        return part
    few = any(0 < n < minimum for key, n in part.of("n").items() if key[2])
    return without_reasons(part) if few else part


def _near_any(own: Sequence[Count], others: Sequence[Count], why: Why, minimum: int) -> str | None:
    """Whether others tell of a few more or less people who have the same."""
    there: dict[Any, set[int]] = {}
    for key, n in others:
        there.setdefault(key, set()).add(n)
    near = (_near([n], list(there.get(key, ())), why, minimum) for key, n in own)
    return next((reason for reason in near if reason), None)


def _near(own: Sequence[int], others: Sequence[int], why: Why, minimum: int) -> str | None:
    near = any(0 < abs(a - b) < minimum for a in own for b in others)
    return why.format(minimum=minimum) if near else None


def _reason(one: Statistic, part: Any, school: str | None, minimum: int) -> str | None:
    cluster = one.of.group[-1] if one.kind == "mixed" else getattr(one.of, "cluster", None)
    if cluster is not None and cluster != school and not isinstance(part, SchoolTotals):
        return Why.INSIDE.format(cluster=cluster)
    if min((n for n in sizes_of(one, part)), default=0) < minimum:
        return Why.FEW.format(minimum=minimum)
    few, part = Why.CELL.format(minimum=minimum), _people(part)
    if isinstance(part, Cells):
        return few if _few_in_cells(one, part, minimum) or _few_in_numbers(one, part, minimum) else None
    if isinstance(part, Pairs):
        return few if _few_in_pairs(part, minimum) else None
    counts = (n for cross in _crosses(part) for _key, n in counts_in_design(cross, part.pivot, *_model(one)))
    return few if any(n < minimum for n in counts) else None


def _model(one: Statistic) -> tuple[Design, str]:
    return one.of.design, one.of.outcome


def sizes_of(one: Statistic, part: Any) -> list[int]:
    """Respondents per school."""
    part = _people(part)
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


def _few_in_numbers(one: Statistic, part: Cells, minimum: int) -> bool:
    """Whether a number that is 0 or 1 tells of too few."""
    if one.kind != "describe":
        # Who went up by one began at 0: that all are alike in a cell of a change follows from its direction.
        return few_in_numbers(part, minimum, alike=one.kind == "change")
    return any(few_in_numbers(cells, minimum) for _name, cells in _numbers(one, part))


def _numbers(one: Statistic, part: Cells) -> Iterator[tuple[str, Cells]]:
    """What a description tells of each number."""
    for name in one.of.items:
        if name in part.pivots:
            own = {key: sums for key, sums in part.sums.items() if key[0] == name and not key[2]}
            yield name, Cells(part.by, part.measures, {VALUE: part.pivots[name]}, own)


def _few_in_pairs(part: Pairs, minimum: int) -> bool:
    n = np.unique(np.rint([*part.n.ravel().tolist(), float(part.complete)]))
    return bool(n[0] < minimum or (np.diff(n) < minimum).any()) or any(
        count < minimum for _key, count in counts_in_items(part)
    )


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
