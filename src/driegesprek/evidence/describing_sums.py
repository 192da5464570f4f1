"""What several files hold, from sums: per variable how many answered, why not, means or shares; weighted and unweighted.

A respondent counts once per variable: with a value or with the reason why there is none. Extremes and quantiles are values
of single people and cannot be made from sums.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from driegesprek.evidence.cells import MEASURES, Cells, collect_cells, number_in_table
from driegesprek.evidence.data import Data, text_in_table
from driegesprek.evidence.describing import (
    EVERYBODY,
    Described,
    Description,
    interval_of,
    level_of,
    mean_of,
)
from driegesprek.evidence.frames import unknown_level
from driegesprek.evidence.problems import no_data
from driegesprek.tables.codebook import Missing

if TYPE_CHECKING:
    import ibis
else:
    from driegesprek.evidence.later import ibis

BY = ("variable", "level", "reason", "side")
PLAIN, WEIGHTED = "plain", "weighted"
VALUE = "value"
WITHHELD = "withheld"
"""In place of the reasons, where a school keeps them."""
NOT_TOLD = "why answers are missing stays in a school"


@dataclass(frozen=True)
class DescribePlan:
    """What is described.

    Attributes:
        items: Variables.
        levels: Of those that are categories.
        pivots: Of those that are numbers.
        weights: A variable with weights.
    """

    items: tuple[str, ...]
    levels: Mapping[str, tuple[str, ...]]
    pivots: Mapping[str, float]
    weights: str | None = None


def collect_describe(data: Data, plan: DescribePlan) -> Cells:
    """The sums of each variable.

    Raises:
        EvidenceError: ``unknown_variable``, ``not_numeric``, ``unknown_level``, ``bad_weight``.
    """
    found: dict[tuple[str, ...], Any] = {}
    for name in plan.items:
        made = _with_reason(data, name, plan)
        by, values = [BY[1], BY[2]], {} if name in plan.levels else {VALUE: plan.pivots[name]}
        found |= dict(placed(plan, name, PLAIN, collect_cells(made, by, values=values)))
        if plan.weights:
            heavy = collect_cells(made, by, weights=plan.weights, values=values)
            found |= dict(placed(plan, name, WEIGHTED, heavy))
    return whole(plan, found)


def _with_reason(data: Data, name: str, plan: DescribePlan) -> Data:
    """With columns for the level, empty where there is none, and for the reason, empty where there is a value."""
    data.column(name)
    if name in plan.levels:
        value = text_in_table(data.table[name])
        level = value.fill_null("")
    else:
        value = number_in_table(data, name)
        level = ibis.literal("")
    column = data.user_missing.get(name)
    reason = data.table[column].cast("string") if column else ibis.null("string")
    reason = value.notnull().ifelse("", reason.fill_null(Missing.NOT_RECORDED.value))
    made = data.with_column(BY[1], level, category=True).with_column(BY[2], reason, category=True)
    return made if name in plan.levels else made.with_column(VALUE, value)


def placed(plan: DescribePlan, name: str, side: str, cells: Cells) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The cells of one variable among those of all; weights tell only of who has a value.

    Raises:
        EvidenceError: ``unknown_level``.
    """
    levels = plan.levels.get(name, ("",))
    for (level, reason), sums in cells.sums.items():
        if not reason and level not in levels:
            raise unknown_level(name, level)
        if not reason or side == PLAIN:
            padded = np.concatenate([sums, np.zeros(3 + len(MEASURES) - len(sums))])
            yield (name, level, reason, side), padded


def whole(plan: DescribePlan, sums: Mapping[tuple[str, ...], Any]) -> Cells:
    """The cells of all variables."""
    measures = ("n", "w", "w2", *(f"{kind}:{VALUE}" for kind in MEASURES))
    return Cells(BY, measures, dict(plan.pivots), sums)


def answered(cells: Cells, side: str = PLAIN) -> dict[str, int]:
    """{variable: how many have a value}."""
    found: dict[str, int] = {}
    for (name, _level, reason, of), n in cells.of("n").items():
        if not reason and of == side:
            found[name] = found.get(name, 0) + int(n)
    return found


def without_reasons(cells: Cells) -> Cells:
    """The same, where it is not told why or for how many a value is missing."""
    held = {key: sums for key, sums in cells.sums.items() if not key[2]}
    nothing = np.zeros(len(cells.measures))
    kept = {(name, "", WITHHELD, PLAIN): nothing for name in dict.fromkeys(key[0] for key in cells.sums)}
    return Cells(cells.by, cells.measures, cells.pivots, held | kept)


def described(plan: DescribePlan, cells: Cells) -> Description:
    """The result that follows from the sums.

    Raises:
        EvidenceError: ``no_data``: there is no respondent at all.
    """
    if not cells.sums:
        raise no_data(", ".join(plan.items))
    variables = tuple(_described(plan, cells, name) for name in plan.items)
    known = not any(one.note == NOT_TOLD for one in variables)
    rows = max(one.n + sum(one.missing.values()) for one in variables) if known else None
    return Description(rows, variables)


def _described(plan: DescribePlan, cells: Cells, name: str) -> Described:
    n = {key[2]: 0 for key in cells.sums if key[0] == name and key[2]}
    for key, count in cells.of("n").items():
        if key[0] == name and key[2]:
            n[key[2]] += int(count)
    note = NOT_TOLD if WITHHELD in n else None
    missing = {} if note else dict(sorted(n.items()))
    make = _category if name in plan.levels else _number
    return make(plan, cells, name, missing, note)


def _side(plan: DescribePlan, cells: Cells, name: str, side: str) -> Cells:
    """Who has a value, by level."""
    held: dict[tuple[str, ...], Any] = {
        (key[1],): sums for key, sums in cells.sums.items() if (key[0], key[2], key[3]) == (name, "", side)
    }
    return Cells((BY[1],), cells.measures, {VALUE: plan.pivots.get(name, 0.0)}, held)


def _number(
    plan: DescribePlan, cells: Cells, name: str, missing: Mapping[str, int], note: str | None
) -> Described:
    n, mean, sd = mean_of(_side(plan, cells, name, PLAIN), VALUE)
    if n == 0:
        return Described(name, EVERYBODY, False, 0, missing, note="cannot be estimated: nobody has a value")
    heavy = mean_of(_side(plan, cells, name, WEIGHTED), VALUE) if plan.weights else (0, 0.0, None)
    return Described(
        name,
        EVERYBODY,
        False,
        n,
        missing,
        mean,
        sd,
        interval_of(n, mean, sd),
        weighted_mean=heavy[1] if heavy[0] else None,
        weighted_sd=heavy[2] if heavy[0] else None,
        note=note,
    )


def _category(
    plan: DescribePlan, cells: Cells, name: str, missing: Mapping[str, int], note: str | None
) -> Described:
    counts = _side(plan, cells, name, PLAIN).of("n")
    heavy = _side(plan, cells, name, WEIGHTED).of("w") if plan.weights else {}
    n = int(sum(counts.values()))
    levels = plan.levels[name] if n else ()
    found = tuple(level_of(one, {}, int(counts.get((one,), 0)), n, heavy) for one in levels)
    return Described(name, EVERYBODY, True, n, missing, levels=found, note=note)
