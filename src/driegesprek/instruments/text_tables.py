"""Forms as text: pyxform's csv and its markdown table.

    | survey |          |      |            |
    |        | type     | name | label::nl  |
    |        | integer  | age  | Leeftijd   |
    | choices | list_name | name | label::nl |

The first column names the sheet; the row after it holds the headings. Rows are numbered as the lines of the file.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from driegesprek.instruments.problems import FormRefused, Problem

SheetRows = list[tuple[int, dict[str, str]]]
_PIPE = re.compile(r"(?<!\\)\|")
_SEPARATOR = re.compile(r"[\s|:\-]+")


def markdown_sheets(text: str) -> dict[str, SheetRows]:
    """The sheets of a markdown table; lines that start with # and what follows the last | are comments."""
    return _sheets(_markdown_rows(text))


def csv_sheets(text: str) -> dict[str, SheetRows]:
    """The sheets of pyxform's csv; semicolons, as a Dutch Excel writes them, serve as well as commas."""
    head = text[:5000]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        return _sheets([(reader.line_num, row) for row in reader])
    except csv.Error as error:
        raise FormRefused(Problem(None, reader.line_num, None, "csv_broken", {"text": str(error)})) from error


def _markdown_rows(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if not stripped.startswith("|") or _SEPARATOR.fullmatch(stripped):
            continue
        # What follows the last | is a comment, as pyxform has it.
        cells = _PIPE.split(stripped[: stripped.rfind("|") + 1])[1:-1]
        yield number, [cell.strip().replace(r"\|", "|") for cell in cells]


def _sheets(rows: Iterable[tuple[int, Sequence[str]]]) -> dict[str, SheetRows]:
    """Rows by sheet; a table that begins with the headings themselves is a survey sheet alone."""
    filled = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    first = {cell.strip().lower() for cell in filled[0][1]} if filled else set()
    if {"type", "name"} <= first and filled[0][1][0].strip():
        filled = [(number, ["", *row]) for number, row in filled]
        filled.insert(0, (0, ["survey"]))
    return _named_sheets(filled)


def _named_sheets(rows: Iterable[tuple[int, Sequence[str]]]) -> dict[str, SheetRows]:
    sheets: dict[str, SheetRows] = {}
    sheet: SheetRows | None = None
    headings: list[str] | None = None
    for number, row in rows:
        name, cells = (row[0].strip() if row else ""), [cell.strip() for cell in row[1:]]
        if name:
            sheet, headings = sheets.setdefault(name.lower(), []), None
        if sheet is None or not any(cells):
            continue
        if headings is None:
            headings = _headings(name, number, cells)
        else:
            sheet.append(_row(number, headings, cells))
    return sheets


def _headings(sheet: str, number: int, cells: list[str]) -> list[str]:
    named = [cell for cell in cells if cell]
    twice = next((cell for cell in named if named.count(cell) > 1), None)
    if twice is not None:
        raise FormRefused(Problem(sheet or None, number, twice, "heading_twice", {"other": twice}))
    return cells


def _row(number: int, headings: list[str], cells: list[str]) -> tuple[int, dict[str, str]]:
    pairs = {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading and cell}
    beyond = [cell for cell in cells[len(headings) :] if cell]
    beyond += [cell for heading, cell in zip(headings, cells, strict=False) if cell and not heading]
    if beyond:
        raise FormRefused(Problem(None, number, None, "cell_without_heading", {"cell": beyond[0][:40]}))
    return number, pairs


def decoded(data: bytes) -> str | None:
    """The text of a file: UTF-8, UTF-16 with its mark (Excel's 'Unicode text'), else as Windows writes it; None if none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
        return None if "\0" in text else text
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
