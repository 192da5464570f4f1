"""Questions of several answers by group, through the gate: which options were chosen in each level of the groups."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from driegesprek.evidence import ProtectedTables, Row
from driegesprek.reports.answers import MINIMUM, Joined
from driegesprek.reports.counting import (
    BY,
    BY_WEIGHT,
    is_known,
    mixed,
    through_gate,
    weight_variable,
    whole_questions,
)
from driegesprek.reports.parts import WEIGHT
from driegesprek.reports.taking import CHOSEN, option_column
from driegesprek.tables.codebook import Codebook, Kind, Value, Variable

MOST_CELLS = 16
"""Combinations of levels up to which groups are protected together: of 32 the gate takes ten times as long as of 16."""
FEWEST = 3 * MINIMUM
"""People who answered, where an option that is hidden of everybody is left out: it can then be any number up to these."""


def choices_by_group(joined: Joined, told: ProtectedTables) -> Mapping[str, ProtectedTables]:
    """Questions of several answers by group.

    All groups of a question pass the gate together, since its options share the people who answered: as many groups as
    have sixteen combinations of levels (and of weights, where people of one level have different ones), those that were
    asked first. An option that is hidden of everybody is left out;
    not where the form says how many options are chosen, for the others would then tell of it. Where the gate hides an
    answer of everybody to protect a group, the question is left out, for that answer is public.

    Args:
        joined: the answers.
        told: what the gate let out of everybody's answers.
    """
    everybody = {row.question: row for row in told.rows if not row.by and row.n is not None}
    found = {}
    for name in joined.choices:
        options = _options(joined, name, everybody.get(name))
        groups = _groups(joined, name) if options else []
        if groups:
            tables = _protected(joined, name, options, groups)
            if tables is not None:
                found[name] = tables
    return found


def _options(joined: Joined, name: str, row: Row | None) -> list[str]:
    """The options that may be told by group; empty where none may."""
    known = joined.given.codebook.variable(name)
    if row is None:
        return []
    shown = [one.code for one in row.shares if one.count is not None]
    if len(shown) == len(known.codes):
        return shown
    free = (known.least or 0) <= 1 and (known.most is None or known.most >= len(known.codes))
    return shown if free and (row.n or 0) >= FEWEST else []


def _groups(joined: Joined, name: str) -> list[str]:
    """Groups that were asked, then those that are known; as many as have few enough combinations of levels."""
    taken: list[str] = []
    for group in sorted(joined.groups, key=lambda one: is_known(joined, one)):
        if group != name and _combinations(joined, [*taken, group]) <= MOST_CELLS:
            taken.append(group)
    return taken


def _combinations(joined: Joined, groups: Sequence[str]) -> int:
    by = [*groups, WEIGHT] if mixed(joined, groups) else groups
    return len(set(zip(*(joined.codes[one] for one in by), strict=True)))


def _protected(
    joined: Joined, name: str, options: Sequence[str], groups: Sequence[str]
) -> ProtectedTables | None:
    import pyarrow as pa  # noqa: PLC0415 - heavy

    from driegesprek.evidence.held_counts import held_count  # noqa: PLC0415 - heavy

    known = joined.given.codebook.variable(name)
    whole = len(options) == len(known.codes)
    asked = replace(
        known,
        values=tuple(one for one in known.values if one.code in options),
        least=known.least if whole else 0,
        most=known.most if whole else None,
    )
    columns = {
        asked.option_column(one): pa.array(_flags(joined.codes[option_column(name, one)])) for one in options
    }
    columns |= {f"{BY}{one}": pa.array(joined.codes[one].tolist(), pa.string()) for one in groups}
    by = [
        Variable(f"{BY}{one}", {}, Kind.GROUP, tuple(Value(level) for level in joined.levels[one]))
        for one in groups
    ]
    if mixed(joined, groups):
        columns[BY_WEIGHT] = pa.array(joined.codes[WEIGHT].tolist(), pa.string())
        by.append(weight_variable(joined))
    counted = held_count(
        pa.table(columns), Codebook("", "", (asked, *by)), questions=[name], by=[one.name for one in by]
    )
    told = whole_questions(through_gate(counted))
    return told if told.rows else None


def _flags(texts: np.ndarray) -> list[bool | None]:
    return [None if one is None else one == CHOSEN for one in texts.tolist()]
