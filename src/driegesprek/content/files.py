"""Reads the files that lie in this folder."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def rows(path: Path) -> tuple[dict[str, str], ...]:
    """Give the rows of a CSV file of ours, each by its column headings.

    Raises:
        ValueError: if a row is longer or shorter than the heading.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_checked(csv.DictReader(file), path))


def _checked(reader: "csv.DictReader[str]", path: Path) -> Iterator[dict[str, str]]:
    for row in reader:
        if None in row or None in row.values():
            raise ValueError(f"{path.name}, line {reader.line_num}: as many cells as headings are needed")
        yield row
