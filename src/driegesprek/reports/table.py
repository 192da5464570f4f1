"""A table of a report."""

from dataclasses import dataclass

TEN = 10
Cell = str | int | float | None


@dataclass(frozen=True)
class ReportTable:
    """One table.

    Attributes:
        key: the same in all languages, and the name of its sheet in a workbook.
        words: how many columns, from the left, are words.
        digits: after the decimal point where it is printed.
    """

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    words: int = 1
    digits: int = 2
    notes: tuple[str, ...] = ()


def tens(n: int) -> int | None:
    """Rounded down to tens; None of fewer."""
    return n // TEN * TEN if n >= TEN else None
