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
_ESCAPED_BY = len("x005F_")
_GROWS = 2
"""A text becomes at most so many times longer: of picture signs, or by what is escaped in every seven."""
_MOST_DIGITS = 10**15
"""From here on Excel keeps no whole number as it is."""
_FIRST_YEAR = 1900
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


def write_xlsx(sheets: Iterable[Sheet], *, made_on: date | None = None) -> bytes:
    """A workbook: text is written as text whatever it starts with, the headings stay in sight.

    Args:
        sheets: from the first to the last.
        made_on: the day the workbook tells; the same sheets and day give the same bytes. None: this moment.

    Raises:
        ValueError: a text is longer than the 32,767 signs a cell can hold.
    """
    titles: set[str] = set()
    prepared = [
        (_title(sheet.title, titles), _prepared(sheet)) for sheet in sheets
    ]  # may raise: before a file
    buffer = io.BytesIO()
    book = _Book(buffer, {_kept(prepared): True})
    if made_on is not None:
        book.dated(made_on)
    for title, sheet in prepared:
        book.sheet(title, sheet.headings, sheet.rows, _widths(sheet))
    book.close()
    return buffer.getvalue()


def stream_xlsx(sheets: Iterable[Sheet], path: Path) -> None:
    """As `write_xlsx`, row by row into a file, so that the rows need not fit in memory.

    Raises:
        ValueError: a text is longer than a cell can hold.
    """
    book, titles = _Book(path, {"constant_memory": True}), set[str]()
    for sheet in sheets:
        rows = ([_xlsx_value(cell) for cell in row] for row in sheet.rows)
        book.sheet(_title(sheet.title, titles), [_xlsx_text(one) for one in sheet.headings], rows, ())
    book.close()


def _kept(sheets: Iterable[tuple[str, Sheet]]) -> str:
    """How XlsxWriter keeps the cells: together, or row by row with texts in their cells.

    openpyxl cannot tell an escaped ``_x0041_`` from a letter when it reads the texts that stand together.
    """
    rows = (row for _title, sheet in sheets for row in (sheet.headings, *sheet.rows))
    escaped = any(_ESCAPED.search(cell) for row in rows for cell in row if isinstance(cell, str))
    return "constant_memory" if escaped else "in_memory"


class _Book:
    """A workbook of XlsxWriter, written cell by cell as what each is, never as what its text looks like."""

    def __init__(self, target: io.BytesIO | Path, options: dict[str, Any]) -> None:
        from xlsxwriter import Workbook  # noqa: PLC0415 - heavy

        self.book = Workbook(target, {"nan_inf_to_errors": True, **options})
        self.plain = self.book.add_format()
        self.bold = self.book.add_format({"bold": True})
        self.days = {
            date: self.book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: self.book.add_format({"num_format": "yyyy-mm-dd h:mm:ss"}),
        }

    def dated(self, day: date) -> None:
        self.book.set_properties({"created": datetime(day.year, day.month, day.day)})  # noqa: DTZ001 - of the day alone

    def sheet(
        self,
        title: str,
        headings: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        widths: Sequence[float],
    ) -> None:
        sheet = self.book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        for place, heading in enumerate(headings):
            self._text(sheet, 0, place, heading, self.bold)
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                self._cell(sheet, number, place, cell)

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, str):
            self._text(sheet, row, column, cell)
        elif isinstance(cell, bool):
            sheet.write_boolean(row, column, cell)
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell)
        elif cell is not None:
            kind = datetime if isinstance(cell, datetime) else date
            sheet.write_datetime(row, column, cell, self.days[kind])

    def _text(self, sheet: Any, row: int, column: int, text: str, form: Any = None) -> None:
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter would take it for markup of its own, and not escape it; in two pieces it is text again.
            sheet.write_rich_string(row, column, text[:1], self.plain, text[1:], *([form] if form else []))
        elif text:
            sheet.write_string(row, column, text, form)

    def close(self) -> None:
        self.book.close()


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
    base = _cut(_ILLEGAL.sub("", _NO_SHEET_NAME.sub(" ", wanted)).strip(" '"), 31) or "Blad"
    title, number = base, 2
    while title.casefold() in taken:
        suffix = f" {number}"
        title, number = f"{_cut(base, 31 - len(suffix))}{suffix}", number + 1
    taken.add(title.casefold())
    return title


def _units(text: str) -> int:
    """How long Excel finds a text: in UTF-16, in which a picture sign counts twice."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def _cut(text: str, most: int) -> str:
    while _units(text) > most:
        text = text[:-1]
    return text.rstrip(" '")


def _prepared(sheet: Sheet) -> Sheet:
    headings = [_xlsx_text(heading) for heading in sheet.headings]
    return Sheet(sheet.title, headings, [[_xlsx_value(cell) for cell in row] for row in sheet.rows])


def _xlsx_value(value: Cell) -> Cell:
    """A value that a workbook can hold: it knows no time zones, no day before 1900 and no long whole number."""
    if isinstance(value, str):
        return _xlsx_text(value)
    if isinstance(value, date) and (value.year < _FIRST_YEAR or getattr(value, "tzinfo", None)):
        return value.isoformat()
    if isinstance(value, int) and abs(value) >= _MOST_DIGITS:
        return str(value)
    return value


def _widths(sheet: Sheet) -> list[float]:
    rows = list(sheet.rows)[:200]
    return [
        _column_width(heading, (row[column] for row in rows if column < len(row)))
        for column, heading in enumerate(sheet.headings)
    ]


def _column_width(heading: str, cells: Iterable[Cell]) -> float:
    longest = max([len(heading), *(len(str(cell)) for cell in cells if cell is not None)])
    return float(min(max(longest + 2, 8), _WIDEST))


def _xlsx_text(text: str) -> str:
    """What a cell can hold; XML would turn a carriage return into a line feed, so that is done openly."""
    clean = _ILLEGAL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(clean) < _LONGEST_CELL // _GROWS:
        return clean
    signs = _units(clean) + _ESCAPED_BY * len(_ESCAPED.findall(clean))
    if signs > _LONGEST_CELL:
        raise ValueError(f"A text of {signs} signs does not fit in a cell of {_LONGEST_CELL}.")
    return clean
