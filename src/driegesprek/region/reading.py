"""A file of open data becomes a dataset; what it is, is seen from its columns, not from its name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from driegesprek.region import geo, messages, zips
from driegesprek.region.columns import ALTERNATIVES, Columns
from driegesprek.region.dataset import Dataset, Kind, digest
from driegesprek.region.layouts import LAYOUTS, Layout, nearest_layout
from driegesprek.region.publishers import publisher
from driegesprek.region.totals import PARTED, without_totals
from driegesprek.tables import DEFAULT_LIMITS, FileRefused, Limits, Problem, Table, load, read_sheets
from driegesprek.tables.messages import EMPTY, NO_HEADINGS

LIMITS = replace(
    DEFAULT_LIMITS,
    max_bytes=200_000_000,
    max_unpacked=600_000_000,
    max_cells=10_000_000,
    max_text_cells=30_000_000,
    max_elements=20_000_000,
)
"""National files are larger than a school's list: a few hundred thousand rows."""
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_/]((?:19|20)\d\d))?(?!\d)")
_STAMP = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)")
_TABLE = re.compile(r"(?<![0-9a-z])(\d{5}ned)(?![0-9a-z])", re.IGNORECASE)
_UNITS = frozenset({"aantal", "number", "%", "km", "min", "minuten", "euro", "jaar", "years"})
"""What StatLine writes under its headings; a unit such as 'x 1 000' is not among them, so that its numbers are refused."""
_NO_DATA = frozenset({messages.UNKNOWN_LAYOUT, NO_HEADINGS, EMPTY})
"""What is wrong with a file that lies beside the data in a zip: a licence, a description."""
DATELESS = frozenset(
    {
        Kind.POSTCODES,
        Kind.TRAVEL_MATRIX,
        Kind.CHANCES,
        Kind.SCHOOL_NOTES,
        Kind.STATLINE,
        Kind.POPULATION,
        Kind.REGION_SETS,
    }
)
"""Kinds that carry their dates inside, or hold for any year."""
UNDEMANDED = DATELESS | {Kind.VO_LOCATIONS, Kind.BO_LOCATIONS, Kind.MBO_LOCATIONS}
"""Kinds of which no year is demanded; DUO's files of addresses bear no date."""


def read(path: Path, *, year: int | None = None, limits: Limits = LIMITS) -> tuple[Dataset, ...]:
    """Read a file of open data.

    Args:
        path: .csv, .txt, .xlsx, .xls, .geojson, .json, or a zip that holds some of these.
        year: of the data, where neither the file nor its name says so.
        limits: how much is read at most.

    Returns:
        One dataset per table in the file that is recognised; at least one.

    Raises:
        FileRefused: with every problem, its row and column, and what to do; nothing of the file is used.
    """
    data = load(path, name=path.name, limits=limits)
    if zips.holds_files(data):
        return _zipped(data, path.name, year, limits)
    return _read(data, path.name, year, limits)


def _read(data: bytes, name: str, year: int | None, limits: Limits) -> tuple[Dataset, ...]:
    return (_map(data, name, year),) if _is_json(data) else _tables(data, name, year, limits)


def _map(data: bytes, name: str, year: int | None) -> Dataset:
    kind, columns, rows, notes = geo.read(data, name)
    return Dataset(
        kind=kind,
        year=year or year_in(name) or 0,
        source=name,
        sha256=digest(data),
        columns=columns,
        rows_read=rows,
        notes=tuple(notes),
    )


def _zipped(data: bytes, name: str, year: int | None, limits: Limits) -> tuple[Dataset, ...]:
    """Every file in a zip that is recognised; what lies beside them is told, and refused where nothing is recognised."""
    found: list[Dataset] = []
    beside: dict[str, FileRefused] = {}
    for inner, content in zips.files(data, name=name, limits=limits):
        try:
            found += _read(content, inner, year, limits)
        except FileRefused as refusal:
            if {one.kind for one in refusal.problems} - _NO_DATA:
                raise
            beside[inner] = refusal
    if not found:
        raise next(iter(beside.values()))
    notes = [f"Also in the zip, not recognised and left out: {', '.join(beside)}."] if beside else []
    return tuple(replace(one, notes=(*one.notes, *notes)) for one in found)


def contradictions(datasets: Iterable[Dataset]) -> list[Problem]:
    """Problems where files that are brought in together hold the same data with other content."""
    first: dict[str, Dataset] = {}
    problems = []
    for one in datasets:
        other = first.setdefault(one.name, one)
        if other is not one and (other.sha256 != one.sha256 or other.columns != one.columns):
            params = {"what": one.name, "other": other.source}
            problems.append(Problem(one.source, messages.SAME_TWICE, params))
    return problems


def _is_json(data: bytes) -> bool:
    marks = (
        b"\xef\xbb\xbf \t\r\n" if not data.startswith((b"\xff\xfe", b"\xfe\xff")) else b"\xff\xfe\x00 \t\r\n"
    )
    return data[:64].lstrip(marks).startswith(b"{")


def _tables(data: bytes, name: str, year: int | None, limits: Limits) -> tuple[Dataset, ...]:
    words = frozenset(word for many in ALTERNATIVES.values() for word in many)
    attempts = read_sheets(data, name=name, limits=limits, heading_words=words)
    problems = [problem for attempt in attempts for problem in attempt.problems]
    tables = [_without_units(attempt.table) for attempt in attempts if attempt.table is not None]
    if problems and not tables:
        raise FileRefused(problems)
    recognised = [(table, layout) for table in tables if (layout := _layout(Columns(table)))]
    if not recognised:
        raise FileRefused([_unknown(name, tables[0])])
    return tuple(_dataset(table, layout, data, year) for table, layout in recognised)


def _without_units(table: Table) -> Table:
    """The table without the row beneath the headings in which StatLine says what its numbers are counted in."""
    first = table.rows[0] if table.rows else None
    said = {str(one).strip().casefold() for one in first.cells if one is not None} - {""} if first else set()
    if first is None or not said or not said <= _UNITS:
        return table
    return replace(table, rows=table.rows[1:], left_out=(*table.left_out, first))


def _layout(columns: Columns) -> Layout | None:
    return next((layout for layout in LAYOUTS if layout.fits(columns)), None)


def _unknown(name: str, table: Table) -> Problem:
    headings = ", ".join(table.headings[:12]) + (" …" if len(table.headings) > 12 else "")  # noqa: PLR2004 - a line's worth
    known = "; ".join(f"{layout.kind.value}: {layout.said}" for layout in LAYOUTS)
    nearest, missing = nearest_layout(Columns(table))
    params = {
        "headings": headings,
        "known": known,
        "nearest": nearest.value,
        "missing": ", ".join(missing) or "–",
    }
    return Problem(name, messages.UNKNOWN_LAYOUT, params, sheet=table.sheet)


def _dataset(table: Table, layout: Layout, data: bytes, year: int | None) -> Dataset:
    columns = without_totals(Columns(table), layout.kind)
    table = columns.table
    if not table.rows:
        columns.problem(messages.NO_ROWS)
    found, notes = layout.read(columns)
    known = year or _year_inside(columns) or year_in(table.name) or _year_of_rows(found)
    if known is None and layout.kind not in UNDEMANDED:
        columns.problem(messages.NO_YEAR)
    columns.done()
    if table.left_out:
        rows = ", ".join(str(row.number) for row in table.left_out[:20])
        notes = [*notes, f"Rows without data were left out (titles, totals): {rows}."]
    if layout.kind in PARTED and (twice := _twice(table)):
        rows = ", ".join(map(str, twice[:20]))
        notes = [
            *notes,
            f"{len(twice)} rows are the same as an earlier row, cell by cell, and are counted too: {rows}.",
        ]
    return Dataset(
        kind=layout.kind,
        year=0 if layout.kind in DATELESS and not year else known or 0,
        source=table.name,
        sha256=digest(data),
        columns=found,
        rows_read=len(table.rows),
        notes=tuple(notes),
        extra=_table_of_statline(table) if layout.kind is Kind.STATLINE else {},
        publisher=publisher(layout.kind, table.headings),
    )


def _twice(table: Table) -> list[int]:
    """Rows of which every cell stands in an earlier row too."""
    seen: set[tuple[object, ...]] = set()
    found = []
    for row in table.rows:
        if row.cells in seen:
            found.append(row.number)
        seen.add(row.cells)
    return found


def _year_inside(columns: Columns) -> int | None:
    years = {int(match[1]) for one in columns.texts("year") if (match := _YEARS.search(one))}
    return years.pop() if len(years) == 1 else None


def _year_of_rows(found: Mapping[str, object]) -> int | None:
    years = found.get("row_year")
    return max(years, default=0) or None if isinstance(years, list) else None


def year_in(name: str) -> int | None:
    """The year in a file's name: the first of a school year; the last one named, because dates of download come first."""
    without = _STAMP.sub(lambda match: match[1], name)
    found = list(_YEARS.finditer(without.replace("_", "-")))
    return int(found[-1][1]) if found else None


def _table_of_statline(table: Table) -> dict[str, str]:
    match = _TABLE.search(table.name)
    return {"table": match[1].lower()} if match else {}
