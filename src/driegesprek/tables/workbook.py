"""Workbooks, .xlsx and .xls: the values that are in the cells, never a formula's."""

import io
import warnings
import zipfile
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from driegesprek.tables import archive, messages
from driegesprek.tables.grids import is_blank
from driegesprek.tables.problems import FileRefused, Problem
from driegesprek.tables.values import Cell, Doubt, Grid, Limits, Row

_EXACT = 10**15
_DOUBTFUL = frozenset({"f", "e"})  # openpyxl's types for a formula and an error
_XLS_ERROR = 5  # xlrd.XL_CELL_ERROR
_ERRORS_XLS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!"}


def xlsx_grids(data: bytes, *, name: str, limits: Limits, sheets: Collection[str] | None) -> list[Grid]:
    """The visible sheets of an .xlsx or .xlsm that hold something; macros are never looked at.

    Raises:
        FileRefused: damaged, a bomb, or too many cells.
    """
    parts = archive.opened(data, name=name, limits=limits, kind=".xlsx")
    _check_kind(parts, name=name)
    archive.check_xml(parts, name=name, limits=limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            grids = list(_grids(data, name=name, limits=limits, sheets=sheets))
    except (FileRefused, MemoryError):
        raise
    except Exception as error:
        raise archive.refused(name, messages.UNREADABLE, kind=".xlsx") from error
    return grids


def xls_grids(data: bytes, *, name: str, limits: Limits, sheets: Collection[str] | None) -> list[Grid]:
    """The visible sheets of an .xls of Excel 97-2003 that hold something.

    The format's reader gives a formula's last value and does not tell that it is one.

    Raises:
        FileRefused: damaged, encrypted, or too many cells.
    """
    import xlrd  # noqa: PLC0415 - heavy

    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), ragged_rows=True)
        chosen = [sheet for sheet in book.sheets() if _wanted(sheet.name, sheet.visibility == 0, sheets)]
        grids = [_xls_grid(sheet, book.datemode, name, limits) for sheet in chosen]
    except (FileRefused, MemoryError):
        raise
    except Exception as error:
        kind = messages.ENCRYPTED if "encrypted" in str(error).lower() else messages.UNREADABLE
        raise archive.refused(name, kind, kind=".xls") from error
    return [grid for grid in grids if grid.rows]


def _check_kind(parts: zipfile.ZipFile, *, name: str) -> None:
    names = set(parts.namelist())
    if "xl/workbook.bin" in names:
        raise archive.refused(name, messages.UNKNOWN_KIND, kind=".xlsb")
    if "mimetype" in names or "content.xml" in names:
        raise archive.refused(name, messages.UNKNOWN_KIND, kind=".ods")
    if "[Content_Types].xml" not in names or any(entry.startswith(("word/", "ppt/")) for entry in names):
        raise archive.refused(name, messages.UNKNOWN_KIND, kind="zip")


def _grids(data: bytes, *, name: str, limits: Limits, sheets: Collection[str] | None) -> Iterator[Grid]:
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy

    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    for sheet in book.worksheets:
        if not _wanted(sheet.title, sheet.sheet_state == "visible", sheets):
            continue
        sheet.reset_dimensions()  # what a file says of its size may be wrong, by mistake or on purpose
        doubts: list[Doubt] = []
        rows = list(_xlsx_rows(sheet.rows, name, sheet.title, limits, doubts))
        if rows:
            yield Grid(name, sheet.title, rows, doubts=doubts)


def _wanted(title: str, visible: bool, sheets: Collection[str] | None) -> bool:
    return visible if sheets is None else title in sheets


def _xlsx_rows(
    rows: Iterable[Any], name: str, sheet: str, limits: Limits, doubts: list[Doubt]
) -> Iterator[Row]:
    cells = 0
    for number, row in enumerate(rows, start=1):
        cells += len(row)
        _check_size(number, cells, name, sheet, limits)
        values = [_xlsx_value(cell) for cell in row]
        doubts += [
            Doubt(number, column, str(values[column]), cell.data_type == "f")
            for column, cell in enumerate(row)
            if cell.data_type in _DOUBTFUL and values[column] is not None
        ]
        while values and is_blank(values[-1]):
            values.pop()
        if values:
            yield Row(number, tuple(values))


def _check_size(rows: int, cells: int, name: str, sheet: str, limits: Limits) -> None:
    if rows > limits.max_rows or cells > limits.max_cells:
        params = {"most": limits.max_rows if rows > limits.max_rows else limits.max_cells}
        raise FileRefused([Problem(name, messages.TOO_MANY_CELLS, params, sheet=sheet)])


def _xlsx_value(cell: Any) -> Cell:
    """A cell's value; a formula's text, so that its row is not taken for a blank one."""
    value = cell.value
    if value is None:
        return None
    if cell.data_type in {"s", "inlineStr"}:
        return _unescaped(str(value)) or None
    return _shown(value) if cell.data_type in _DOUBTFUL else _plain(value)


def _shown(value: Any) -> str:
    """A formula's text; that of an array or data-table formula stands in an attribute."""
    text = getattr(value, "text", None) or (value if isinstance(value, str) else "")
    return str(text) or "="


def _unescaped(text: str) -> str:
    """OOXML writes signs that XML cannot hold as _x000D_."""
    if "_x" not in text:
        return text
    from openpyxl.utils.escape import unescape  # noqa: PLC0415 - heavy

    return str(unescape(text))


def _plain(value: Any) -> Cell:
    """A cell's value as one of our own types; midnight is how a sheet stores a date without a time."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    if isinstance(value, (bool, int, float, date)):
        return value
    if isinstance(value, (time, timedelta)):
        return value.isoformat() if isinstance(value, time) else str(value)
    return str(value) or None


def _xls_grid(sheet: Any, datemode: int, name: str, limits: Limits) -> Grid:
    rows: list[Row] = []
    doubts: list[Doubt] = []
    cells = 0
    for index in range(sheet.nrows):
        row = sheet.row(index)
        cells += len(row)
        _check_size(index + 1, cells, name, sheet.name, limits)
        values = tuple(_xls_value(cell, datemode) for cell in row)
        doubts += [
            Doubt(index + 1, column, str(values[column]), is_formula=False)
            for column, cell in enumerate(row)
            if cell.ctype == _XLS_ERROR
        ]
        if any(not is_blank(value) for value in values):
            rows.append(Row(index + 1, values))
    return Grid(name, sheet.name, rows, doubts=doubts)


def _xls_value(cell: Any, datemode: int) -> Cell:
    """A cell's value; the sign of an error for a cell that shows one."""
    import xlrd  # noqa: PLC0415 - heavy

    if cell.ctype == _XLS_ERROR:
        return _ERRORS_XLS.get(cell.value, "#N/A")
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return _plain(xlrd.xldate_as_datetime(cell.value, datemode))
        except (ValueError, OverflowError, xlrd.XLDateError):
            return _plain(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return _plain(cell.value) if cell.ctype in {xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER} else None
