"""How shares went over the years: a line for each, one above the other, on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from driegesprek.figures import colours
from driegesprek.figures.canvas import Canvas
from driegesprek.figures.charting import figure_of
from driegesprek.figures.letters import clean, sentence, wrap
from driegesprek.figures.model import NARROW, Direction, Figure, FigureTable
from driegesprek.figures.words import decimal, words

HIGH = 34.0
SIZE = 14.0
SMALL = 13.0
GAP = 10.0
BESIDE = 220.0
VALUE = 60.0


@dataclass(frozen=True)
class TrendRow:
    """One line: its label and a value for each year, None where it is not known."""

    label: str
    values: tuple[float | None, ...]


def trends(
    rows: Sequence[TrendRow],
    years: Sequence[int],
    *,
    title: str,
    language: str,
    unit: str = "%",
    most: float = 100.0,
    direction: str = Direction.LTR,
) -> Figure:
    """Draw a line for each row over the years.

    Args:
        rows: From top to bottom.
        years: Oldest first; each row has a value for each.
        title: Drawn above.
        language: Of words and numbers.
        unit: After each number.
        most: End of the scale; the largest value when 0.
        direction: ``ltr`` or ``rtl``.

    Raises:
        ValueError: A row has not a value for each year, or one lies outside the scale.
    """
    if any(len(row.values) != len(years) for row in rows):
        raise ValueError("Each row has a value, or None, for each year.")
    known = [one for row in rows for one in row.values if one is not None]
    end = most or max(known, default=1.0) or 1.0
    if any(not 0 <= one <= end for one in known):
        raise ValueError(f"A value lies outside 0 to {end}.")
    return figure_of(_Trends(tuple(rows), tuple(years), end, unit, title, language, Direction(direction)))


@dataclass(frozen=True)
class _Trends:
    rows: tuple[TrendRow, ...]
    years: tuple[int, ...]
    most: float
    unit: str
    title: str
    language: str
    direction: Direction

    def draw(self, size: float) -> Canvas:
        canvas = Canvas(size, self.direction)
        canvas.heading(self.title)
        beside = BESIDE if size > NARROW else 0.0
        self.axis(canvas, beside)
        for row in self.rows:
            self.row(canvas, row, beside)
        return canvas

    def axis(self, canvas: Canvas, beside: float) -> None:
        room = canvas.width - beside - VALUE
        for year in {self.years[0], self.years[-1]} if self.years else set():
            canvas.text(
                str(year),
                self.at(year, beside, room),
                canvas.y + SMALL,
                size=SMALL,
                fill=colours.QUIET,
                anchor="middle",
            )
        canvas.y += SMALL + 10

    def at(self, year: int, start: float, room: float) -> float:
        """Where a year stands; years that are missing keep their room."""
        span = self.years[-1] - self.years[0]
        inner = room - 40
        return start + 20 + (inner * (year - self.years[0]) / span if span else inner / 2)

    def row(self, canvas: Canvas, row: TrendRow, beside: float) -> None:
        top = canvas.y
        lines = wrap(row.label, beside - 14 if beside else canvas.width, SIZE)
        bottom = canvas.lines(lines, 0, top, size=SIZE)
        y = top if beside else bottom + 2
        room = canvas.width - beside - VALUE
        canvas.line(beside, y + HIGH, beside + room, y + HIGH, colours.LINE, stroke_width=1)
        points = [
            (self.at(year, beside, room), y + HIGH - (HIGH - 8) * value / self.most)
            for year, value in zip(self.years, row.values, strict=True)
            if value is not None
        ]
        for (x1, y1), (x2, y2) in pairwise(points):
            canvas.line(x1, y1, x2, y2, colours.TEAL, stroke_width=2.5, class_="figure-line")
        for x, place in points:
            canvas.rect(x - 4, place - 4, 8, 8, colours.TEAL, rx=4)
        canvas.text(
            self.number(self.newest(row)),
            canvas.width,
            y + HIGH - 8,
            anchor="end",
            size=SMALL,
            font_weight="bold",
        )
        if row.values and row.values[-1] is None and self.newest(row) is not None:
            canvas.text(  # the number is of an earlier year than the others: that year stands above it
                str(self.year_of_newest(row)),
                canvas.width,
                y + HIGH - 10 - SMALL,
                anchor="end",
                size=SMALL,
                fill=colours.QUIET,
            )
        canvas.y = max(bottom, y + HIGH) + GAP

    def year_of_newest(self, row: TrendRow) -> int:
        return max(year for year, one in zip(self.years, row.values, strict=True) if one is not None)

    def newest(self, row: TrendRow) -> float | None:
        return next((one for one in reversed(row.values) if one is not None), None)

    def number(self, value: float | None) -> str:
        if value is None:
            return "?"
        return f"{decimal(value, self.language, 1)}{'' if self.unit == '%' else chr(160)}{self.unit}"

    def alternative(self) -> str:
        """All that the picture shows, in words."""
        return " ".join(
            [sentence(self.title), *(f"{clean(row.label)}: {self.spoken(row)}." for row in self.rows)]
        )

    def spoken(self, row: TrendRow) -> str:
        pairs = zip(self.years, row.values, strict=True)
        return ", ".join(f"{year} {self.number(value)}" for year, value in pairs)

    def table(self) -> FigureTable:
        """The numbers."""
        rows = tuple((clean(row.label), *map(self.number, row.values)) for row in self.rows)
        return FigureTable((words(self.language).row, *map(str, self.years)), rows)
