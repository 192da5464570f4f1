"""What people answered to questions, as counts that may be seen inside a school, or leave it through the gate."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from driegesprek import evidence
from driegesprek.evidence import Counts, ProtectedTables, Row, Share
from driegesprek.evidence.shares import share
from driegesprek.reports.answers import AFTER, MINIMUM, PARTS, Given, Joined, join
from driegesprek.reports.parts import ROUNDS, WEIGHT
from driegesprek.tables.codebook import Codebook, Kind, Value, Variable

BY = "by."
"""How the columns of groups begin: a question may be a group too."""
BY_WEIGHT = f"{BY}{WEIGHT}"
ASKED = frozenset({Kind.SINGLE, Kind.MULTIPLE})


def counts(joined: Joined, part: str, *, loose: bool = False) -> Counts | None:
    """The counts of all items with answers that are listed; None where there are none.

    Who was left out of a scale, because fewer than ten have one of its two scores only, is left out of its items too; who
    answered none of them is no respondent here. Of other questions, who handed in once where these are few is left out.
    Where design weights differ, the counts are by them: what is weighted tells of those cells.

    Args:
        joined: the answers.
        part: before or after.
        loose: whether questions that belong to no scale are counted too.
    """
    from driegesprek.evidence.held_counts import held_count  # noqa: PLC0415 - heavy

    made = answered(joined, part, loose=loose)
    if made is None:
        return None
    book = Codebook(
        "", "", (*made.questions, *([weight_variable(joined)] if made.weights is not None else []))
    )
    names = [one.name for one in made.questions]
    return held_count(made.table, book, questions=names, by=[] if made.weights is None else [BY_WEIGHT])


def weight_variable(joined: Joined) -> Variable:
    """The weights that occur, as levels of a group."""
    levels = sorted({one for one in joined.codes[WEIGHT] if one is not None}, key=float)
    return Variable(BY_WEIGHT, {}, Kind.GROUP, tuple(Value(one) for one in levels))


@dataclass(frozen=True)
class Answered:
    """The answers of a measurement that are counted.

    Attributes:
        table: pyarrow; a row per respondent, the columns of the questions, and `by.weight` where weights differ.
        questions: what was asked, items of scales first.
        order: the place of each row among all people.
        weights: of each row; None where they do not differ.
    """

    table: Any
    questions: tuple[Variable, ...]
    order: Any
    weights: Any


def answered(joined: Joined, part: str, *, loose: bool) -> Answered | None:
    """What `counts` counts; None where there is nothing."""
    items = _items(joined, part)
    others = loose_questions(joined.given, part) if loose else ()
    if not items and not others:
        return None
    import pyarrow as pa  # noqa: PLC0415 - heavy

    half, order = _half(joined, part)
    asked = [*map(joined.given.codebook.variable, [*items, *others])]
    kept = {name: np.isfinite(joined.numbers[of][order]) for name, of in items.items()}
    counted = ~joined.few[order]
    has = [kept[one.name] if one.name in kept else _valid(half, one) & counted for one in asked]
    there = np.any(has, axis=0)
    columns = {
        name: held for one in asked for name, held in _columns(half, one, kept.get(one.name, counted)).items()
    }
    weights = joined.numbers[WEIGHT][order][there] if WEIGHT in joined.numbers else None
    if weights is not None:
        columns[BY_WEIGHT] = pa.array(joined.codes[WEIGHT][order].tolist(), pa.string())
    return Answered(pa.table(columns).filter(pa.array(there)), tuple(asked), order[there], weights)


def _valid(half: Any, one: Variable) -> Any:
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    return np.asarray(pc.is_valid(half[one.columns[0]]).to_numpy())


def _columns(half: Any, one: Variable, kept: Any) -> dict[str, Any]:
    """The columns of a question, without the answers of who is not kept, and why there is none."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    mask = pa.array(kept)
    found = {name: pc.if_else(mask, half[name].combine_chunks(), None) for name in one.columns}
    if one.missing_column in half.schema.names:
        found[one.missing_column] = half[one.missing_column]
    return found


def _half(joined: Joined, part: str) -> tuple[Any, Any]:
    """The rows of a measurement by person, and the place of each among all people."""
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    table = joined.given.table
    half = table.filter(pc.equal(table["round"], ROUNDS[part])).sort_by("person")
    places = {one: place for place, one in enumerate(sorted(set(table["person"].to_pylist())))}
    return half, np.array([places[one] for one in half["person"].to_pylist()], dtype=int)


def loose_questions(given: Given, part: str) -> tuple[str, ...]:
    """Questions with listed answers, one or several, of no scale, that were answered then, in the order of the form."""
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    half = given.table.filter(pc.equal(given.table["round"], ROUNDS[part]))
    items = {item.path.rpartition("/")[2] for scale in given.scales for item in scale.items}
    asked = (one for one in given.codebook.variables if one.kind in ASKED and one.values)
    there = set(half.schema.names)
    return tuple(
        one.name
        for one in asked
        if one.name not in items
        and there.issuperset(one.columns)
        and all(half[name].null_count < len(half) for name in one.columns)
    )


def by_group(joined: Joined, among: Iterable[str]) -> Mapping[str, ProtectedTables]:
    """Questions by group, through the gate: those of which ten people gave each answer, and ten answered in every level.

    What is known of everybody's class (year group, track) goes through it together. A group that was asked goes alone:
    of these questions all answers of everybody are public, and any two tables with the same answers of everybody
    go together, so that several tell no more than each by itself (they are independent given the answer). Where the gate
    hides an answer of everybody, the question is left out. Where people of one level have different weights, the gate is
    passed by level and weight together: a weighted per cent tells of how many have each weight.

    Args:
        joined: the answers.
        among: those of the questions that are told by group.

    Returns:
        {group: tables by the column `by.` with its name}.
    """
    groups = [one for one in joined.groups if one not in joined.given.crossed]
    known = [one for one in groups if is_known(joined, one)]
    asked = [one for one in among if f"{AFTER}.{one}" in joined.codes]
    found: dict[str, ProtectedTables] = {}
    for names in ([known] if known else []) + [[one] for one in groups if one not in known]:
        kept = [one for one in asked if one not in names and _large(_crossed(joined, names, asked), one)]
        if kept:
            found |= dict.fromkeys(names, whole_questions(through_gate(_crossed(joined, names, kept))))
    return found


def mixed(joined: Joined, groups: Iterable[str]) -> bool:
    """Whether people of one level of a group have different weights."""
    if not joined.weights:
        return False
    pairs = [{*zip(joined.codes[one], joined.codes[WEIGHT], strict=True)} for one in groups]
    return any(len({level for level, _weight in each}) < len(each) for each in pairs)


def through_gate(counted: Counts) -> ProtectedTables:
    """Each group by itself through the gate; where weights are among them each with these, and then without them again.

    A level is told where it is of each of its weights, and so is an answer.
    """
    groups = [one for one in counted.by if one != BY_WEIGHT]
    if len(groups) == len(counted.by):
        return evidence.disclosure.protect(counted, groupings=[(one,) for one in groups])
    told = evidence.disclosure.protect(
        counted, groupings=[(BY_WEIGHT,), *((one, BY_WEIGHT) for one in groups)]
    )
    return replace(told, groupings=((), *((one,) for one in groups)), rows=tuple(_folded(told.rows)))


def _folded(rows: Sequence[Row]) -> Iterator[Row]:
    """Rows by a group and weight as rows by the group."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if len(row.by) > 1:
            found.setdefault((row.question, row.by[0], row.group[0]), []).append(row)
        else:
            yield row
    for (question, by, level), several in found.items():
        hidden = next((row.hidden for row in several if row.n is None), None)
        if any(row.n is None for row in several):
            yield Row(question, (by,), (level,), None, hidden=hidden)
            continue
        n = sum(row.n or 0 for row in several)
        each = zip(*(row.shares for row in several), strict=True)
        yield Row(question, (by,), (level,), n, tuple(_together(shares, n) for shares in each))


def _together(shares: Sequence[Share], n: int) -> Share:
    """An answer of several weights; hidden where it is of one of them."""
    counts = [one.count for one in shares]
    return share(shares[0].code, None if None in counts else sum(one or 0 for one in counts), n)


def is_known(joined: Joined, group: str) -> bool:
    """Whether everybody's level of a group is known of the class, instead of asked."""
    variable = joined.given.variable(group)
    return variable is not None and variable.kind is Kind.GROUP


def whole_questions(told: ProtectedTables) -> ProtectedTables:
    """Without the questions of which an answer of everybody, or of a weight, is hidden: these are public."""
    public = ((), (BY_WEIGHT,))
    partly = {
        row.question
        for row in told.rows
        if row.by in public and (row.n is None or None in [one.count for one in row.shares])
    }
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
    if mixed(joined, groups):
        columns[BY_WEIGHT] = pa.array(joined.codes[WEIGHT].tolist(), pa.string())
        by.append(weight_variable(joined))
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
            shown = evidence.shown_inside(made.over()).rows
            found[part] = {row.question: row for row in shown if row.hidden is None and row.n}
    return found
