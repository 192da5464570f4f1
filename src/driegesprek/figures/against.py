"""An area against another: a bar for the area, a mark where the other stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from driegesprek.figures import colours
from driegesprek.figures.canvas import Canvas
from driegesprek.figures.charting import figure_of
from driegesprek.figures.letters import clean, sentence, wrap
from driegesprek.figures.model import NARROW, Direction, Figure, FigureTable
from driegesprek.figures.words import decimal, words

BAR = 20.0
SIZE = 14.0
SMALL = 13.0
GAP = 9.0
BESIDE = 220.0
VALUE = 64.0
"""Room at the end for the number."""


@dataclass(frozen=True)
class AgainstRow:
    """One line.

    Attributes:
        label: What it is about.
        here: Of the area; None where only bounds are known, or nothing.
        there: Of the other area, or None.
        low: Least possible value of `here`, where it is not known exactly.
        high: Most possible value.
    """

    label: str
    here: float | None
    there: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Sides:
    """Names of the area and of what it is compared with, and the unit of both.

    Attributes:
        here: Name of the area.
        there: Name of the other; '' where nothing is compared.
        unit: After each number: '%', 'km'.
        most: End of the scale; the largest number when 0.
        places: Decimals of the numbers.
    """

    here: str
    there: str = ""
    unit: str = "%"
    most: float = 100.0
    places: int = 1


def against(
    rows: Sequence[AgainstRow], sides: Sides, *, title: str, language: str, direction: str = Direction.LTR
) -> Figure:
    """Draw an area against another.

    Args:
        rows: From top to bottom.
        sides: Whose numbers these are.
        title: Drawn above.
        language: Of words and numbers.
        direction: ``ltr`` or ``rtl``.

    Raises:
        ValueError: A number is below nought or beyond the end of the scale.
    """
    numbers = [one for row in rows for one in (row.here, row.there, row.low, row.high) if one is not None]
    most = sides.most or max(numbers, default=1.0) or 1.0
    if any(not 0 <= one <= most for one in numbers):
        raise ValueError(f"A number lies outside 0 to {most}.")
    return figure_of(_Against(tuple(rows), sides, most, title, language, Direction(direction)))


@dataclass(frozen=True)
class _Against:
    rows: tuple[AgainstRow, ...]
    sides: Sides
    most: float
    title: str
    language: str
    direction: Direction

    def draw(self, size: float) -> Canvas:
        canvas = Canvas(size, self.direction)
        canvas.heading(self.title)
        self.legend(canvas)
        for row in self.rows:
            self.row(canvas, row, BESIDE if size > NARROW else 0.0)
        return canvas

    def legend(self, canvas: Canvas) -> None:
        """A filled block for the area, a line for the other: told apart without colour."""
        canvas.rect(0, canvas.y + 3, 14, 12, colours.TEAL)
        bottom = canvas.lines(wrap(self.sides.here, canvas.width - 22, SMALL), 22, canvas.y, size=SMALL)
        if self.sides.there:
            self.mark(canvas, 7, bottom + 2, 14)
            bottom = canvas.lines(wrap(self.sides.there, canvas.width - 22, SMALL), 22, bottom, size=SMALL)
        canvas.y = bottom + 8

    def mark(self, canvas: Canvas, x: float, y: float, height: float) -> None:
        canvas.line(x, y, x, y + height, colours.CARD, stroke_width=6)
        canvas.line(x, y, x, y + height, colours.INK, stroke_width=3, class_="figure-mark")

    def row(self, canvas: Canvas, row: AgainstRow, beside: float) -> None:
        top = canvas.y
        lines = wrap(row.label, beside - 14 if beside else canvas.width, SIZE)
        bottom = canvas.lines(lines, 0, top, size=SIZE)
        y = top + max(0.0, (bottom - top - BAR) / 2) if beside else bottom + 2
        room = canvas.width - beside - VALUE
        self.bar(canvas, row, beside, y, room)
        canvas.y = max(bottom, y + BAR) + GAP

    def bar(self, canvas: Canvas, row: AgainstRow, x: float, y: float, room: float) -> None:
        canvas.rect(x, y, room, BAR, colours.LINE, class_="figure-track")
        if row.here is not None:
            canvas.rect(x, y, room * row.here / self.most, BAR, colours.TEAL, class_="figure-bar")
        elif row.low is not None and row.high is not None:
            start = room * row.low / self.most
            canvas.stripes(x + start, y, max(room * (row.high - row.low) / self.most, 2), BAR)
        if row.there is not None:
            self.mark(canvas, x + room * row.there / self.most, y - 3, BAR + 6)
        text = self.number(row.here) if row.here is not None else self.between(row, short=True)
        canvas.text(text, canvas.width, y + BAR / 2 + 5, anchor="end", size=SMALL, font_weight="bold")

    def number(self, value: float | None) -> str:
        if value is None:
            return "?"
        gap = "" if self.sides.unit == "%" else "\u00a0"
        return f"{decimal(value, self.language, self.sides.places)}{gap}{self.sides.unit}"

    def between(self, row: AgainstRow, *, short: bool = False) -> str:
        if row.low is None or row.high is None:
            return "?"
        low, high = (
            decimal(one, self.language, 0 if short else self.sides.places) for one in (row.low, row.high)
        )
        if short:
            return f"{low}–{high}"
        return words(self.language).between.format(low=low, high=f"{high}{self.sides.unit}")

    def said(self, row: AgainstRow) -> str:
        return self.number(row.here) if row.here is not None else self.between(row)

    def alternative(self) -> str:
        """All that the picture shows, in words."""
        spoken = [f"{clean(row.label)}: {self.spoken(row)}." for row in self.rows]
        return " ".join([sentence(self.title), *spoken])

    def spoken(self, row: AgainstRow) -> str:
        here = f"{clean(self.sides.here)} {self.said(row)}"
        return here if row.there is None else f"{here}, {clean(self.sides.there)} {self.number(row.there)}"

    def table(self) -> FigureTable:
        """The numbers."""
        other = [clean(self.sides.there)] if self.sides.there else []
        rows = [
            (clean(row.label), self.said(row), *([self.number(row.there)] if other else []))
            for row in self.rows
        ]
        return FigureTable((words(self.language).row, clean(self.sides.here), *other), tuple(rows))
