"""What people answered to the items of scales, as counts that may be seen inside a school, or leave it through the gate."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from driegesprek import evidence
from driegesprek.evidence import Counts, Row
from driegesprek.reports.answers import AFTER, BEFORE, PARTS, Given, Joined, join
from driegesprek.tables.codebook import MISSING_SUFFIX, Codebook, Kind

ROUNDS = {BEFORE: "pre", AFTER: "post"}


def counts(joined: Joined, part: str) -> Counts | None:
    """The counts of all items with answers that are listed; None where there are none.

    Who was left out of a scale, because fewer than ten have one of its two scores only, is left out of its items too; who
    answered none of them is no respondent here.
    """
    wanted = _items(joined, part)
    if not wanted:
        return None
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    table = joined.given.table
    half = table.filter(pc.equal(table["round"], ROUNDS[part])).sort_by("person")
    people = sorted(set(table["person"].to_pylist()))
    places = {one: place for place, one in enumerate(people)}
    order = np.array([places[one] for one in half["person"].to_pylist()], dtype=int)
    there = np.any([np.isfinite(joined.numbers[column]) for column in wanted.values()], axis=0)[order]
    half, order = half.filter(pa.array(there)), order[there]
    columns: dict[str, Any] = {}
    for name, column in wanted.items():
        kept = pa.array(np.isfinite(joined.numbers[column][order]))
        columns[name] = pc.if_else(kept, half[name].combine_chunks(), None)
        if name + MISSING_SUFFIX in half.schema.names:
            columns[name + MISSING_SUFFIX] = half[name + MISSING_SUFFIX]
    book = joined.given.codebook
    chosen = Codebook(book.title, book.source, tuple(one for one in book.variables if one.name in wanted))
    return evidence.count(pa.table(columns), chosen, questions=list(wanted), by=[])


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
