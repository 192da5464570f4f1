"""Which rows of a table are one line high, before it is laid out.

Typst lays out every cell twice where a row is as high as what is in it: to know how high, and to place it. Of rows
that are one line high for certain it is told so, which takes two fifths off a long table (measured with typst 0.15).
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from driegesprek.paper import fonts

AS_IT_IS, LINE, OVER = 0, 1, 2
"""How high a row is: as what is in it; one line; one line that stands over the rows beneath it (document.typ)."""

_LATIN = re.compile("[ -~\u00a1-\u00ac\u00ae-\u017f–—‘’“”…]*")
"""What the first of the fonts has for certain, on one line."""
_UNITS = 1000
_SPARE = 1.02, 0.5
"""What letters may take more than their widths, by pairs that stand apart: a share, and points."""


@cache
def _font(*, bold: bool) -> Any:
    from PIL import ImageFont  # noqa: PLC0415 - heavy

    path = fonts.FOLDER / f"NotoSans-{'Bold' if bold else 'Regular'}.ttf"
    return ImageFont.truetype(str(path), _UNITS, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2048)
def _advance(letter: str, *, bold: bool) -> float:
    return float(_font(bold=bold).getlength(letter)) / _UNITS


@lru_cache(maxsize=4096)
def width(text: str, *, bold: bool = False) -> float | None:
    """How wide a text is, in em; None where it has signs of other fonts, or more lines."""
    if not _LATIN.fullmatch(text):
        return None
    return sum(_advance(letter, bold=bold) for letter in text)


def fits(text: str, room: float, size: float, *, bold: bool = False) -> bool:
    """Whether a text surely stands on one line.

    Args:
        text: of one cell.
        room: in pt.
        size: of the letters, in pt.
        bold: whether they are.
    """
    found = width(text, bold=bold)
    return found is not None and found * size * _SPARE[0] + _SPARE[1] <= room


def heights(
    rows: Sequence[Sequence[str]], rooms: Sequence[float], size: float, plain: frozenset[int]
) -> list[int]:
    """How high each row is.

    Args:
        rows: cells; a row of one cell, where there are more columns, stands over all of them.
        rooms: within each column, in pt.
        size: of the letters, in pt.
        plain: by place, the rows of one cell that are written as the others.
    """
    return [_height(row, rooms, size, over=place not in plain) for place, row in enumerate(rows)]


def _height(row: Sequence[str], rooms: Sequence[float], size: float, *, over: bool) -> int:
    if not any(row):
        return AS_IT_IS
    if len(row) == 1 < len(rooms):
        return (OVER if over else LINE) if fits(row[0], sum(rooms), size, bold=over) else AS_IT_IS
    held = all(fits(cell, room, size) for cell, room in zip(row, rooms, strict=True))
    return LINE if held else AS_IT_IS
