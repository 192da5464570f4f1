"""The answers of a round as the columns that a plan of several schools names: one row per person.

Measured once, they are called as in the export. Measured before and after, a question `x` becomes `before.x` and
`after.x` with `change.x` between two numbers; what is known of people, such as `track`, keeps its name. Codes are those
of the form: none are put together, for levels must be the same at every school.
"""

from collections.abc import Mapping
from typing import Any, Final

from driegesprek import evidence
from driegesprek.reports import AFTER, BEFORE, Given
from driegesprek.tables.codebook import MISSING_SUFFIX
from driegesprek.web.surveys.domain import respondents

ABOUT: Final = frozenset({"class", "language", "channel", *respondents.GROUPS})
"""Of the person, not of a measurement."""
LEFT_OUT: Final = frozenset({"person", "round", "day"})
SCORE: Final = "_score"
Columns = dict[str, Any]


def of(given: Given, *, twice: bool) -> evidence.Data:
    """The columns of one voice.

    Args:
        given: the answers.
        twice: whether there is a measurement before.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy

    scales = [one.name for one in given.scales]
    columns = _joined(given.table, scales) if twice else _named(given.table, scales)
    return evidence.table(pa.table({name: _plain(one) for name, one in columns.items()}))


def _plain(column: Any) -> Any:
    """A column as DuckDB takes it: no dictionary; nobody's answers are a number."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column.cast(pa.float64()) if pa.types.is_null(column.type) else column


def _named(table: Any, scales: list[str]) -> Columns:
    """The columns of one measurement; a scale's score is called as the scale is."""
    found = {name: table[name] for name in table.schema.names if name not in LEFT_OUT}
    for scale in scales:
        for suffix in ("", MISSING_SUFFIX):
            if (score := found.get(f"{scale}{SCORE}{suffix}")) is not None:
                found[f"{scale}{suffix}"] = score
    return found


def _joined(table: Any, scales: list[str]) -> Columns:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    halves = {part: table.filter(pc.equal(table["round"], code)) for part, code in _CODES.items()}
    people = pa.array(sorted({one for one in table["person"].to_pylist() if one}), pa.string())
    beside = {part: _beside(people, half, scales) for part, half in halves.items()}
    found: Columns = {}
    for name in dict.fromkeys(name for half in beside.values() for name in half):
        if name.removesuffix(MISSING_SUFFIX) in ABOUT:
            found[name] = pc.coalesce(beside[AFTER][name], beside[BEFORE][name])
        else:
            found |= {f"{part}.{name}": half[name] for part, half in beside.items()}
    return found | _changes(found)


_CODES: Final = {BEFORE: "pre", AFTER: "post"}


def _beside(people: Any, half: Any, scales: list[str]) -> Columns:
    """The columns of a measurement in the order of all people."""
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    places = pc.index_in(people, value_set=half["person"].combine_chunks())
    return {name: _plain(one).take(places) for name, one in _named(half, scales).items()}


def _changes(found: Mapping[str, Any]) -> Columns:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    made: Columns = {}
    for name, after in found.items():
        before = found.get(f"{BEFORE}.{name.removeprefix(f'{AFTER}.')}")
        if name.startswith(f"{AFTER}.") and before is not None and _is_number(after) and _is_number(before):
            ends = [one.cast(pa.float64()) for one in (after, before)]
            made[f"change.{name.removeprefix(f'{AFTER}.')}"] = pc.subtract(*ends)
    return made


def _is_number(column: Any) -> bool:
    import pyarrow as pa  # noqa: PLC0415 - heavy

    return bool(pa.types.is_integer(column.type) or pa.types.is_floating(column.type))
