"""Reading a file that a person brings: what it is, is seen from its content, not from its name."""

from collections.abc import Collection
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
    data = load(source, name=name, limits=limits)
    tables: list[Table] = []
    refusals: list[Problem] = []
    for grid in _grids(data, name=name, limits=limits, sheets=sheets):
        try:
            tables.append(grids.table(grid, heading_row=heading_row, heading_words=heading_words))
        except FileRefused as refusal:
            refusals.extend(refusal.problems)
    wrong = [problem for problem in refusals if problem.kind is not messages.NO_HEADINGS]
    if wrong or not tables:
        raise FileRefused(wrong or refusals) if refusals else archive.refused(name, messages.EMPTY)
    return tuple(tables)


def load(source: bytes | Path, *, name: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The file's bytes, once its size is known to be acceptable.

    Raises:
        FileRefused: empty, or larger than the limit; a path is then not even opened.
    """
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
