"""What a figure is: the picture, the same in words, and the numbers for the table beneath."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

WIDE = 640
"""Width of a figure beside text, in CSS pixels at which its letters have their natural size."""
NARROW = 284
"""Width of a figure on a phone of 320 px, with the page's margins taken off."""


class Direction(StrEnum):
    """The way the language runs."""

    LTR = "ltr"
    RTL = "rtl"


@dataclass(frozen=True)
class FigureTable:
    """The numbers of a figure as text, for the table beneath it; the first heading is that of the rows."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A figure in every form that a page needs.

    Attributes:
        svg: For 640 px and wider. Safe to put into a page: all texts are escaped, nothing needs a style attribute.
        alternative: The same in words, with every number.
        table: The numbers.
        draw_narrow: Draws it for a phone, for who asks: paper has no narrow pages.
    """

    svg: str
    alternative: str
    table: FigureTable
    draw_narrow: Callable[[], str] = field(repr=False, compare=False)

    @cached_property
    def narrow(self) -> str:
        """The picture for a phone of 320 px."""
        return self.draw_narrow()
