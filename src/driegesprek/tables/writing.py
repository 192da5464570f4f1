"""Files that a spreadsheet opens without running anything that people typed."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from driegesprek.tables.values import Cell

# OWASP, 'CSV Injection': what makes a spreadsheet take a cell for a formula. Leading apostrophes count too,
# so that reading can take away exactly the one that was added.
RISKY = re.compile(r"'*[=+\-@\t\r]")
NUMBER = re.compile(r"-?\d+([.,]\d+)?")
PHONE = re.compile(r"\+\d[\d ]{5,20}")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_CELL = 32_767
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to write: its title, headings and rows."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def defused(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would take it for a formula.

    Plain negative numbers and international phone numbers stay as they are: digits only, nothing to run.
    """
    if not RISKY.match(text) or NUMBER.fullmatch(text) or PHONE.fullmatch(text):
        return text
    return f"'{text}"


def write_csv(
    headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, separator: Literal[";", ",", "\t"] = ";"
) -> bytes:
    """A CSV file in UTF-8 with its mark, so that Excel reads the letters right; formulas are defused.

    Args:
        headings: the columns' names.
        rows: as many cells each; dates are written as ISO 8601, booleans as 1 and 0, None as nothing.
        separator: `;` is what Excel expects in the Netherlands.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow([_csv_text(heading) for heading in headings])
    writer.writerows([_csv_text(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def write_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """A workbook: text is written as text whatever it starts with, the headings stay in sight.

    Raises:
        ValueError: a text is longer than the 32,767 signs a cell can hold.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - heavy

    titles: set[str] = set()
    prepared = [
        (_title(sheet.title, titles), _prepared(sheet)) for sheet in sheets
    ]  # may raise: before a file
    book = Workbook(write_only=True)
    for title, sheet in prepared:
        _write_sheet(book.create_sheet(title), sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def stream_xlsx(sheets: Iterable[Sheet], path: Path) -> None:
    """As `write_xlsx`, row by row into a file, so that the rows need not fit in memory.

    Raises:
        ValueError: a text is longer than a cell can hold.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - heavy

    book, titles = Workbook(write_only=True), set[str]()
    for sheet in sheets:
        target = book.create_sheet(_title(sheet.title, titles))
        headings = [_xlsx_text(heading) for heading in sheet.headings]
        target.freeze_panes = "A2"
        target.append([_xlsx_cell(target, heading, bold=True) for heading in headings])
        for row in sheet.rows:
            target.append([_xlsx_cell(target, _xlsx_value(cell)) for cell in row])
    book.save(path)


def _csv_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()
    if isinstance(cell, (int, float)):
        return str(cell)
    return defused(_NO_TEXT.sub("\ufffd", cell)) if cell else ""


def _title(wanted: str, taken: set[str]) -> str:
    """A title that Excel accepts: at most 31 signs, no brackets, slashes or :*?, unique whatever the case."""
    base = _ILLEGAL.sub("", _NO_SHEET_NAME.sub(" ", wanted)).strip(" '")[:31] or "Blad"
    title, number = base, 2
    while title.casefold() in taken:
        suffix = f" {number}"
        title, number = f"{base[: 31 - len(suffix)]}{suffix}", number + 1
    taken.add(title.casefold())
    return title


def _prepared(sheet: Sheet) -> Sheet:
    headings = [_xlsx_text(heading) for heading in sheet.headings]
    return Sheet(sheet.title, headings, [[_xlsx_value(cell) for cell in row] for row in sheet.rows])


def _xlsx_value(value: Cell) -> Cell:
    """A value that a workbook can hold: it knows no time zones."""
    if isinstance(value, datetime) and value.tzinfo:
        return value.isoformat()
    return _xlsx_text(value) if isinstance(value, str) else value


def _write_sheet(target: Any, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - heavy

    rows = list(sheet.rows)
    target.freeze_panes = "A2"
    for column, heading in enumerate(sheet.headings):
        cells = (row[column] for row in rows[:200] if column < len(row))
        target.column_dimensions[get_column_letter(column + 1)].width = _column_width(heading, cells)
    target.append([_xlsx_cell(target, heading, bold=True) for heading in sheet.headings])
    for row in rows:
        target.append([_xlsx_cell(target, cell) for cell in row])


def _column_width(heading: str, cells: Iterable[Cell]) -> float:
    longest = max([len(heading), *(len(str(cell)) for cell in cells if cell is not None)])
    return float(min(max(longest + 2, 8), _WIDEST))


def _xlsx_cell(sheet: Any, value: Cell, *, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - heavy
    from openpyxl.styles import Font  # noqa: PLC0415 - heavy

    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"  # else a text that starts with = becomes a formula, and #N/A an error
    if bold:
        cell.font = Font(bold=True)
    return cell


def _xlsx_text(text: str) -> str:
    """What a cell can hold; XML would turn a carriage return into a line feed, so that is done openly."""
    clean = _ILLEGAL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    clean = _ESCAPED.sub("_x005F_", clean)
    if len(clean) > _LONGEST_CELL:
        raise ValueError(f"A text of {len(clean)} signs does not fit in a cell of {_LONGEST_CELL}.")
    return clean
