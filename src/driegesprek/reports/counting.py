"""What people answered to questions, as counts that may be seen inside a school, or leave it through the gate."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from driegesprek import evidence
from driegesprek.evidence import Counts, ProtectedTables, Row
from driegesprek.reports.answers import AFTER, BEFORE, MINIMUM, PARTS, Given, Joined, join
from driegesprek.tables.codebook import MISSING_SUFFIX, Codebook, Kind, Value, Variable

BY = "by."
"""How the columns of groups begin: a question may be a group too."""
ROUNDS = {BEFORE: "pre", AFTER: "post"}


def counts(joined: Joined, part: str, *, loose: bool = False) -> Counts | None:
    """The counts of all items with answers that are listed; None where there are none.

    Who was left out of a scale, because fewer than ten have one of its two scores only, is left out of its items too; who
    answered none of them is no respondent here. Of other questions, who handed in once where these are few is left out.

    Args:
        joined: the answers.
        part: before or after.
        loose: whether questions that belong to no scale are counted too.
    """
    from driegesprek.evidence.held_counts import held_count  # noqa: PLC0415 - heavy

    items = _items(joined, part)
    others = loose_questions(joined.given, part) if loose else ()
    if not items and not others:
        return None
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    half, order = _half(joined, part)
    has = [np.isfinite(joined.numbers[column][order]) for column in items.values()]
    has += [np.asarray(pc.is_valid(half[name]).to_numpy()) & ~joined.few[order] for name in others]
    there = np.any(has, axis=0)
    half, order = half.filter(pa.array(there)), order[there]
    columns: dict[str, Any] = {}
    for name, column in items.items():
        kept = pa.array(np.isfinite(joined.numbers[column][order]))
        columns[name] = pc.if_else(kept, half[name].combine_chunks(), None)
    counted = pa.array(~joined.few[order])
    columns |= {name: pc.if_else(counted, half[name].combine_chunks(), None) for name in others}
    for name in list(columns):
        if name + MISSING_SUFFIX in half.schema.names:
            columns[name + MISSING_SUFFIX] = half[name + MISSING_SUFFIX]
    book = joined.given.codebook
    chosen = Codebook(book.title, book.source, tuple(one for one in book.variables if one.name in columns))
    return held_count(pa.table(columns), chosen, questions=[*items, *others])


def _half(joined: Joined, part: str) -> tuple[Any, Any]:
    """The rows of a measurement by person, and the place of each among all people."""
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    table = joined.given.table
    half = table.filter(pc.equal(table["round"], ROUNDS[part])).sort_by("person")
    places = {one: place for place, one in enumerate(sorted(set(table["person"].to_pylist())))}
    return half, np.array([places[one] for one in half["person"].to_pylist()], dtype=int)


def loose_questions(given: Given, part: str) -> tuple[str, ...]:
    """Questions of one answer that belong to no scale and were answered in this measurement, in the order of the form."""
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    half = given.table.filter(pc.equal(given.table["round"], ROUNDS[part]))
    items = {item.path.rpartition("/")[2] for scale in given.scales for item in scale.items}
    asked = (one for one in given.codebook.variables if one.kind is Kind.SINGLE and one.values)
    return tuple(
        one.name
        for one in asked
        if one.name not in items and one.name in half.schema.names and half[one.name].null_count < len(half)
    )


def by_group(joined: Joined, among: Iterable[str]) -> Mapping[str, ProtectedTables]:
    """Questions by group, through the gate: those of which ten people gave each answer, and ten answered in every level.

    What is known of everybody's class (year group, track) goes through it together. A group that was asked goes alone:
    of these questions all answers of everybody are public, and any two tables with the same answers of everybody
    go together, so that several tell no more than each by itself (they are independent given the answer). Where the gate
    hides an answer of everybody, the question is left out.

    Args:
        joined: the answers.
        among: those of the questions that are told by group.

    Returns:
        {group: tables by the column `by.` with its name}.
    """
    groups = [one for one in joined.groups if one not in joined.given.crossed]
    known = [one for one in groups if _is_known(joined, one)]
    asked = [one for one in among if f"{AFTER}.{one}" in joined.codes]
    found: dict[str, ProtectedTables] = {}
    for names in ([known] if known else []) + [[one] for one in groups if one not in known]:
        kept = [one for one in asked if one not in names and _large(_crossed(joined, names, asked), one)]
        if kept:
            counted = _crossed(joined, names, kept)
            told = evidence.disclosure.protect(counted, groupings=[(one,) for one in counted.by])
            found |= dict.fromkeys(names, _whole(told))
    return found


def _is_known(joined: Joined, group: str) -> bool:
    variable = joined.given.variable(group)
    return variable is not None and variable.kind is Kind.GROUP


def _whole(told: ProtectedTables) -> ProtectedTables:
    """Without the questions of which an answer of everybody is hidden."""
    partly = {row.question for row in told.rows if not row.by and None in [one.count for one in row.shares]}
    return replace(told, rows=tuple(row for row in told.rows if row.question not in partly))


def _crossed(joined: Joined, groups: Sequence[str], asked: Sequence[str]) -> Counts:
    import pyarrow as pa  # noqa: PLC0415 - heavy

    from driegesprek.evidence.held_counts import held_count  # noqa: PLC0415 - heavy

    columns = {one: pa.array(joined.codes[f"{AFTER}.{one}"].tolist(), pa.string()) for one in asked}
    columns |= {f"{BY}{one}": pa.array(joined.codes[one].tolist(), pa.string()) for one in groups}
    by = [
        Variable(f"{BY}{one}", {}, Kind.GROUP, tuple(Value(level) for level in joined.levels[one]))
        for one in groups
    ]
    book = Codebook("", "", (*map(joined.given.codebook.variable, asked), *by))
    return held_count(pa.table(columns), book, questions=asked, by=[one.name for one in by])


def _large(counted: Counts, question: str) -> bool:
    """Whether ten people at least gave each answer, and ten answered in each level of each group."""
    answers = counted.over()
    if any(answers.of(question, code) < MINIMUM for code in counted.question(question).categories):
        return False
    each = (counted.over([name]) for name in counted.by)
    return all(own.n(question, group) >= MINIMUM for own in each for group in own.groups if group != ("",))


def _items(joined: Joined, part: str) -> Mapping[str, str]:
    """{question: its column of numbers}, of the scales in the order of the form."""
    found = {}
    for scale in joined.scales:
        for column in scale.items[part]:
            name = column.removeprefix(f"{part}.")
            known = joined.given.variable(name)
            there = name in joined.given.table.schema.names
            if there and known is not None and known.kind is Kind.SINGLE and known.values:
                found[name] = column
    return found


def inside(given: Given) -> Mapping[str, Mapping[str, Row]]:
    """{part: {question: its row}} of what staff of the school may see: each of ten people at least."""
    joined, found = join(given), {}
    for part in PARTS:
        made = counts(joined, part)
        if made is not None:
            shown = evidence.shown_inside(made).rows
            found[part] = {row.question: row for row in shown if row.hidden is None and row.n}
    return found
