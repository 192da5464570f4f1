"""Reading a file that a person brings: what it is, is seen from its content, not from its name."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from driegesprek.tables import archive, grids, messages, text, workbook
from driegesprek.tables.problems import FileRefused, Problem
from driegesprek.tables.values import DEFAULT_LIMITS, MEGABYTE, Grid, Limits, Table

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A workbook with a password is an OLE file with this stream; directory names are UTF-16.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OTHER = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"SQLite format 3", "SQLite"),
)
_OTHER_TEXT = ((b"<html", "HTML"), (b"<!doctype", "HTML"), (b"<table", "HTML"), (b"<?xml", "XML"))


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sheet, read or refused.

    Attributes:
        headings: as found, also if the sheet is refused; empty if there are none.
        table: None if the sheet is refused.
    """

    sheet: str | None
    headings: tuple[str, ...]
    table: Table | None = None
    problems: tuple[Problem, ...] = ()


def read(
    source: bytes | Path,
    *,
    name: str,
    limits: Limits = DEFAULT_LIMITS,
    sheets: Collection[str] | None = None,
    heading_row: int | None = None,
    heading_words: Collection[str] = (),
) -> tuple[Table, ...]:
    """Read a .csv, .txt, .tsv, .xlsx, .xlsm or .xls.

    Args:
        source: the file's bytes or its path.
        name: the file's name, for messages.
        limits: how much is read at most; a larger file is refused unread.
        sheets: the sheets to read; by default all visible ones.
        heading_row: number of the row of headings, where the format fixes it; by default it is sought.
        heading_words: lower-case headings that are expected, to find the row of headings by.

    Returns:
        One table for a text file, one per sheet that holds a table for a workbook; at least one.

    Raises:
        FileRefused: with every problem found, each with its place and what to do.
    """
    attempts = read_sheets(
        source, name=name, limits=limits, sheets=sheets, heading_row=heading_row, heading_words=heading_words
    )
    problems = [problem for attempt in attempts for problem in attempt.problems]
    wrong = [problem for problem in problems if problem.kind is not messages.NO_HEADINGS]
    tables = tuple(attempt.table for attempt in attempts if attempt.table is not None)
    if wrong or not tables:
        raise FileRefused(wrong or problems)
    return tables


def read_sheets(
    source: bytes | Path,
    *,
    name: str,
    limits: Limits = DEFAULT_LIMITS,
    sheets: Collection[str] | None = None,
    heading_row: int | None = None,
    heading_words: Collection[str] = (),
) -> tuple[Attempt, ...]:
    """As `read`, but what is wrong with one sheet does not keep another from being read.

    Returns:
        At least one; each with a table or with what is wrong.

    Raises:
        FileRefused: what is wrong with the file as a whole.
    """
    data = load(source, name=name, limits=limits)
    found = [grid for grid in _grids(data, name=name, limits=limits, sheets=sheets) if grid.rows]
    if not found:
        raise archive.refused(name, messages.EMPTY)
    return tuple(_attempt(grid, heading_row, heading_words) for grid in found)


def _attempt(grid: Grid, heading_row: int | None, heading_words: Collection[str]) -> Attempt:
    index = grids.heading_index(grid, heading_row=heading_row, heading_words=heading_words)
    head = grid.rows[index].cells if index is not None else ()
    headings = tuple(grids.heading_text(cell) for cell in head if not grids.is_blank(cell))
    try:
        table = grids.table(grid, heading_row=heading_row, heading_words=heading_words)
    except FileRefused as refusal:
        return Attempt(grid.sheet, headings, problems=refusal.problems)
    return Attempt(grid.sheet, headings, table)


def load(source: bytes | Path, *, name: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The file's bytes, once its size is known to be acceptable.

    Raises:
        FileRefused: absent, empty, or larger than the limit; a path is then not even opened.
    """
    if isinstance(source, Path) and not source.is_file():
        raise archive.refused(name, messages.NOT_FOUND)
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > limits.max_bytes:
        params = {"size": round(size / MEGABYTE, 1), "most": round(limits.max_bytes / MEGABYTE, 1)}
        raise archive.refused(name, messages.TOO_LARGE, **params)
    if not size:
        raise archive.refused(name, messages.EMPTY)
    return source.read_bytes() if isinstance(source, Path) else source


def _grids(data: bytes, *, name: str, limits: Limits, sheets: Collection[str] | None) -> list[Grid]:
    if data.startswith(_ZIP):
        return workbook.xlsx_grids(data, name=name, limits=limits, sheets=sheets)
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise archive.refused(name, messages.ENCRYPTED)
        return workbook.xls_grids(data, name=name, limits=limits, sheets=sheets)
    if kind := _other_kind(data):
        raise archive.refused(name, messages.UNKNOWN_KIND, kind=kind)
    return [text.grid(data, name=name, limits=limits)]


def _other_kind(data: bytes) -> str | None:
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    binary = (kind for mark, kind in _OTHER if data.startswith(mark))
    marked = (kind for mark, kind in _OTHER_TEXT if start.startswith(mark))
    return next(binary, None) or next(marked, None)
