"""A table as plain values, and the limits within which files are read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | date | datetime | bool | None

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before a file is refused.

    The defaults hold a school's list many times over and keep the worst file under a few seconds.

    Attributes:
        max_bytes: size of the file as uploaded.
        max_unpacked: total size of a zip's or workbook's parts.
        max_entries: number of parts in a zip or workbook.
        max_ratio: how many times larger a part of over a megabyte may be than it is packed.
        max_rows: rows of a sheet or text file, up to the last that holds anything.
        max_cells: cells of a sheet, empty ones up to each row's last included.
        max_text_cells: cells of a text file, which cost less.
        max_elements: XML elements of a workbook, those of its styles counted tenfold, as they cost.
    """

    max_bytes: int = 20 * MEGABYTE
    max_unpacked: int = 120 * MEGABYTE
    max_entries: int = 2_000
    max_ratio: int = 200
    max_rows: int = 1_048_576
    max_cells: int = 2_000_000
    max_text_cells: int = 3_000_000
    max_elements: int = 1_000_000


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        number: the row's number as a spreadsheet shows it: the first is 1, blank ones count.
        cells: as many as the table has headings.
    """

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet or a text file: headings and the rows beneath them.

    Attributes:
        name: the file's name.
        sheet: the sheet's name, None for a text file.
        headings: the columns' names, without repetition; columns without heading and values are left out.
        rows: the rows that hold something, blank rows and totals left out.
        heading_row: number of the row of headings.
        left_out: rows above and below that are no data: titles, totals, the date of printing.
        encoding: how a text file's letters were read, None for a workbook.
    """

    name: str
    sheet: str | None
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    heading_row: int = 1
    left_out: tuple[Row, ...] = ()
    encoding: str | None = None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that holds a formula or shows an error.

    Attributes:
        column: 0-based.
        text: the formula or the error.
    """

    row: int
    column: int
    text: str
    is_formula: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows as a file holds them, before it is known which is the row of headings.

    Attributes:
        rows: rows that hold something.
        ragged: whether a row's length means something (it does in a text file).
        doubts: cells that are no data: formulas and error values.
    """

    name: str
    sheet: str | None
    rows: Sequence[Row]
    ragged: bool = False
    doubts: Sequence["Doubt"] = ()
    encoding: str | None = None
