"""A form's file becomes sheets of rows, after checks that it is safe to open."""

import io
import re
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from driegesprek.instruments.near_misses import by_content, by_headings, by_parts
from driegesprek.instruments.problems import FormRefused, Problem
from driegesprek.instruments.scoring_sheets import SHEETS, xlsx_sheets
from driegesprek.instruments.text_tables import SheetRows, csv_sheets, decoded, markdown_sheets
from driegesprek.tables import FileRefused, Limits, archive, load

LIMITS: Final = Limits(max_bytes=10_000_000, max_unpacked=60_000_000, max_elements=600_000)
MOST_ROWS: Final = {"survey": 2_000, "choices": 10_000, "settings": 20, "scales": 300, "levels": 3_000}
MOST_REFERENCES: Final = 20_000
"""How often ${name} may stand in a form; pyxform takes some 70 µs for each."""
MOST_LETTERS: Final = 4_000_000
LONGEST_CELL: Final = 20_000
LONGEST_HEADING: Final = 200

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML, in which pyxform writes, cannot hold."""

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_SHEETS: Final = ("survey", "choices", "settings", "external_choices", "entities", "osm")
_READ: Final = frozenset({*_SHEETS, *SHEETS})


def sheets_of(source: bytes | Path, *, name: str) -> dict[str, SheetRows]:
    """The sheets of a file, by their names in small letters.

    Raises:
        FormRefused: the file is too large, damaged, dangerous, or no table at all.
    """
    try:
        data = load(source, name=name, limits=LIMITS)
        if data.startswith(_ZIP):
            with archive.opened(data, name=name, limits=LIMITS, kind=".xlsx") as parts:
                _refuse_near_miss(by_parts(parts.namelist()))
                archive.check_xml(parts, name=name, limits=LIMITS)
            sheets = _workbook(data, ".xlsx")
        elif data.startswith(_OLE):
            sheets = _workbook(data, ".xls")
        else:
            sheets = _text(data)
    except FileRefused as refusal:
        raise FormRefused(*(told(problem) for problem in refusal.problems)) from refusal
    except OSError as error:
        raise FormRefused(Problem(None, None, None, "file_unreadable", {"text": str(error)})) from error
    check_sizes(sheets)
    return sheets


def check_sizes(sheets: Mapping[str, SheetRows]) -> None:
    """Refuse sheets that are larger than any real form, and letters that no text holds.

    Raises:
        FormRefused: too many rows, too long a cell, or a control character.
    """
    cells = [cell for rows in sheets.values() for _, row in rows for cell in row.values()]
    if sum(map(len, cells)) > MOST_LETTERS or sum(cell.count("${") for cell in cells) > MOST_REFERENCES:
        details = {"letters": f"{MOST_LETTERS:,}", "references": f"{MOST_REFERENCES:,}"}
        raise FormRefused(Problem(None, None, None, "form_too_large", details))
    for sheet, most in MOST_ROWS.items():
        rows = sheets.get(sheet, [])
        if len(rows) > most:
            raise FormRefused(Problem(sheet, None, None, "too_many_rows", {"limit": str(most)}))
        for number, row in rows:
            for heading, cell in row.items():
                _check_cell(sheet, number, heading, cell)


def _check_cell(sheet: str, number: int, heading: str, cell: str) -> None:
    if len(cell) > LONGEST_CELL or len(heading) > LONGEST_HEADING:
        raise FormRefused(Problem(sheet, number, heading[:40], "cell_too_long", {"limit": str(LONGEST_CELL)}))
    found = _CONTROL.search(heading + cell)
    if found:
        details = {"code": f"{ord(found[0]):04X}"}
        raise FormRefused(Problem(sheet, number, _CONTROL.sub("?", heading), "cell_control", details))


def told(problem: Any) -> Problem:
    """A problem of the tables workshop as one of ours."""
    details = {
        "message_en": problem.message("en"),
        "remedy_en": problem.remedy("en"),
        "message_nl": problem.message("nl"),
        "remedy_nl": problem.remedy("nl"),
    }
    return Problem(problem.sheet, problem.row, problem.column, "file_refused", details)


def _refuse_near_miss(code: str) -> None:
    if code:
        raise FormRefused(Problem(None, None, None, code))


def _text(data: bytes) -> dict[str, SheetRows]:
    _refuse_near_miss(by_content(data))
    text = decoded(data)
    if text is None:
        raise FormRefused(Problem(None, None, None, "not_a_form"))
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    _refuse_near_miss(by_headings((cell.strip(" \"'") for cell in re.split(r"[,;\t|]", first)), ()))
    sheets = markdown_sheets(text) if "|" in first else csv_sheets(text)
    if not any(sheets.values()):
        raise FormRefused(Problem(None, None, None, "not_a_form"))
    return sheets


def _workbook(data: bytes, suffix: str) -> dict[str, SheetRows]:
    """What pyxform finds in a workbook; formulas count as the values they had when it was saved."""
    try:
        with warnings.catch_warnings():
            # openpyxl warns about parts of a workbook that it leaves out; none of them is a cell.
            warnings.simplefilter("ignore")
            return _xls(data) if suffix == ".xls" else _xlsx(data)
    except Exception as error:
        raise FormRefused(_damaged(error, suffix)) from error


def _xlsx(data: bytes) -> dict[str, SheetRows]:
    from pyxform.xls2json_backends import get_xlsform  # noqa: PLC0415 -- heavy

    found = get_xlsform(xlsform=io.BytesIO(data), file_type=".xlsx")
    sheets: dict[str, SheetRows] = {str(sheet).lower(): [] for sheet in found.sheet_names or ()}
    for sheet in _SHEETS:
        rows = getattr(found, sheet)
        if rows is not None:
            sheets[sheet] = _numbered(rows)
    if len(sheets) > 1 and not sheets.keys().isdisjoint(SHEETS):
        sheets |= xlsx_sheets(data)
    return sheets


def _xls(data: bytes) -> dict[str, SheetRows]:
    """As pyxform does it, but for the remarks that xlrd would print on the screen."""
    import xlrd  # noqa: PLC0415 -- heavy
    from pyxform.xls2json_backends import (  # noqa: PLC0415 -- heavy
        get_excel_column_headers,
        get_excel_rows,
        xls_value_to_unicode,
    )

    book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), ragged_rows=True)

    def cell_text(cell: Any, _row: int, _heading: str) -> str:
        return str(xls_value_to_unicode(cell.value, cell.ctype, book.datemode)).strip()

    sheets: dict[str, SheetRows] = {}
    for sheet in book.sheets():
        rows = iter(sheet.get_rows())
        headings = get_excel_column_headers(cell.value for cell in next(rows, []))
        sheets[str(sheet.name).lower()] = _numbered(get_excel_rows(headings, rows, cell_text))
    return {name: rows for name, rows in sheets.items() if name in _READ or len(sheets) == 1} | {
        name: [] for name in sheets if name not in _READ and len(sheets) > 1
    }


def _numbered(rows: Iterable[Mapping[str, Any]]) -> SheetRows:
    return [(number, _as_text(row)) for number, row in enumerate(rows, start=2)]


def _as_text(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        str(heading): str(cell) for heading, cell in row.items() if cell is not None and str(cell).strip()
    }


def _damaged(error: Exception, suffix: str) -> Problem:
    text = str(error).strip().splitlines()[0][:300] if str(error).strip() else type(error).__name__
    heading = text.partition("Duplicate column header: ")[2]
    if heading:
        return Problem(None, 1, heading, "heading_twice", {"other": heading})
    return Problem(None, None, None, "file_damaged", {"text": text, "kind": suffix})
