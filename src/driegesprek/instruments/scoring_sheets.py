"""The sheets `scales` and `levels` of a workbook, which pyxform does not read."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from driegesprek.instruments.languages import language_key
from driegesprek.instruments.problems import Problem
from driegesprek.instruments.text_tables import SheetRows

SHEETS: Final = ("scales", "levels")
COLUMNS: Final = {
    "scales": ("scale", "label", "method", "minimum", "low", "high", "empty"),
    "levels": ("scale", "from", "level", "label", "advice"),
}
_TRANSLATED: Final = frozenset({"label", "advice"})
_HEADING = re.compile(r"(\w+)(?:\s*::?\s*(.+))?")


@dataclass(frozen=True)
class Line:
    """One row: plain columns, and translated ones as {language: text}."""

    sheet: str
    row: int
    plain: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]]

    def __getitem__(self, column: str) -> str:
        return self.plain.get(column, "")

    def text(self, column: str) -> Mapping[str, str]:
        """A translated column."""
        return self.texts.get(column, {})

    def problem(self, code: str, column: str, **details: str) -> Problem:
        """A remark about this row."""
        return Problem(self.sheet, self.row, column, code, details)


def lines_of(sheet: str, rows: SheetRows, language: str) -> tuple[list[Line], list[Problem]]:
    """The rows that hold something, and what is wrong with their headings.

    Args:
        sheet: scales or levels.
        rows: as read from the file.
        language: of texts whose heading names none.
    """
    headings = {written: _meaning(written, language) for _, row in rows for written in row}
    problems = list(_wrong_headings(sheet, headings))
    lines = [_line(sheet, number, row, headings) for number, row in rows if any(map(str.strip, row.values()))]
    return lines, problems


def _meaning(written: str, language: str) -> tuple[str, str]:
    """The column and the language of a heading."""
    found = _HEADING.fullmatch(written.strip())
    if not found:
        return written, ""
    return found[1].lower(), language_key(found[2]) if found[2] else language


def _wrong_headings(sheet: str, headings: Mapping[str, tuple[str, str]]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for written, (column, language) in headings.items():
        if column not in COLUMNS[sheet]:
            near = get_close_matches(column, COLUMNS[sheet], n=1)
            details = {"known": ", ".join(COLUMNS[sheet]), "near": near[0] if near else ""}
            code = "scoring_heading_misspelt" if near else "scoring_heading_unknown"
            yield Problem(sheet, 1, written, code, details)
            continue
        other = seen.setdefault((column, language if column in _TRANSLATED else ""), written)
        if other != written:
            yield Problem(sheet, 1, written, "heading_twice", {"other": other})


def _line(sheet: str, number: int, row: Mapping[str, str], headings: Mapping[str, tuple[str, str]]) -> Line:
    plain: dict[str, str] = {}
    texts: dict[str, dict[str, str]] = {}
    for written, cell in row.items():
        column, language = headings[written]
        if column in _TRANSLATED and cell.strip():
            texts.setdefault(column, {})[language] = cell.strip()
        elif cell.strip():
            plain[column] = cell.strip()
    return Line(sheet, number, plain, texts)


def xlsx_sheets(data: bytes) -> dict[str, SheetRows]:
    """These sheets of an .xlsx that was found safe to open; numbers are written as the spreadsheet shows them."""
    from openpyxl import load_workbook  # noqa: PLC0415 -- heavy

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    found = {}
    for sheet in book.worksheets:
        if sheet.title.lower() in SHEETS:
            sheet.reset_dimensions()
            found[sheet.title.lower()] = _rows(list(sheet.iter_rows(values_only=True)))
    return found


def _rows(grid: Sequence[Sequence[Any]]) -> SheetRows:
    headings = [_text(cell) for cell in grid[0]] if grid else []
    return [
        (
            number,
            {head: _text(cell) for head, cell in zip(headings, row, strict=False) if head and _text(cell)},
        )
        for number, row in enumerate(grid[1:], start=2)
    ]


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()
