"""Estimates with their intervals beneath each other, against a line of no difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from driegesprek.figures import colours
from driegesprek.figures.canvas import Canvas
from driegesprek.figures.charting import figure_of
from driegesprek.figures.letters import clean, sentence, wrap
from driegesprek.figures.model import NARROW, Direction, Figure, FigureTable
from driegesprek.figures.scales import Scale, scale_of
from driegesprek.figures.words import decimal, whole, words

ROW = 26.0
SIZE = 14.0
SMALL = 13.0
GAP = 10.0
DOT = 10.0


@dataclass(frozen=True)
class ForestRow:
    """One estimate.

    Attributes:
        label: What it is of.
        estimate: In the unit of the figure; None where it cannot be estimated.
        low: Lower end of its interval, or None.
        high: Upper end.
        n: On how many people it rests, or None.
    """

    label: str
    estimate: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None


def forest(
    rows: Sequence[ForestRow],
    *,
    title: str,
    language: str,
    direction: str = Direction.LTR,
    reference: float = 0.0,
) -> Figure:
    """Draw estimates with intervals on one scale.

    Args:
        rows: From top to bottom.
        title: Drawn above.
        language: Of words and numbers.
        direction: ``ltr`` or ``rtl``.
        reference: Where the line of no difference stands; the scale always holds it.

    Raises:
        ValueError: An interval does not hold its estimate.
    """
    for row in rows:
        if None not in (row.low, row.estimate, row.high) and not (row.low or 0) <= (row.estimate or 0) <= (
            row.high or 0
        ):
            raise ValueError(f"The interval of {row.label!r} does not hold its estimate.")
    return figure_of(_Forest(tuple(rows), title, language, Direction(direction), reference))


@dataclass(frozen=True)
class _Forest:
    rows: tuple[ForestRow, ...]
    title: str
    language: str
    direction: Direction
    reference: float

    @cached_property
    def scale(self) -> Scale:
        ends = [end for row in self.rows for end in (row.low, row.estimate, row.high) if end is not None]
        return scale_of([*ends, self.reference], most=5)

    def draw(self, size: float) -> Canvas:
        canvas = Canvas(size, self.direction)
        canvas.heading(self.title)
        canvas.y += 4
        beside = 220.0 if size > NARROW else 0.0
        top = canvas.y
        for row in self.rows:
            self.row(canvas, row, beside)
        if beside:
            self.zero(canvas, beside + 8, top, canvas.y)
        self.axis(canvas, beside + 8)
        return canvas

    def row(self, canvas: Canvas, row: ForestRow, beside: float) -> None:
        room = (beside - 14) if beside else canvas.width
        top = canvas.y
        bottom = canvas.lines(wrap(row.label, room, SIZE), 0, top, size=SIZE)
        bottom = canvas.lines(wrap(self.said(row), room, SMALL), 0, bottom, size=SMALL, fill=colours.QUIET)
        y = top + max(0.0, (bottom - top - ROW) / 2) if beside else bottom + 2
        if not beside:
            self.zero(canvas, beside + 8, y, y + ROW)
        if row.estimate is not None:
            self.mark(canvas, row, beside + 8, y + ROW / 2)
        canvas.y = max(bottom, y + ROW) + GAP

    def mark(self, canvas: Canvas, row: ForestRow, start: float, y: float) -> None:
        room = canvas.width - start - 8
        if row.low is not None and row.high is not None:
            low, high = (start + room * self.scale.at(end) for end in (row.low, row.high))
            canvas.line(low, y, high, y, colours.INK, stroke_width=2, class_="figure-interval")
            for end in (low, high):
                canvas.line(end, y - 5, end, y + 5, colours.INK, stroke_width=2)
        middle = start + room * self.scale.at(row.estimate or 0.0)
        canvas.rect(middle - DOT / 2, y - DOT / 2, DOT, DOT, colours.TEAL, rx=2, class_="figure-estimate")

    def zero(self, canvas: Canvas, start: float, top: float, bottom: float) -> None:
        """The line of no difference; on a phone in pieces, so that it crosses no words."""
        x = start + (canvas.width - start - 8) * self.scale.at(self.reference)
        canvas.line(x, top, x, bottom, colours.QUIET, stroke_width=1, stroke_dasharray="3 3")

    def axis(self, canvas: Canvas, start: float) -> None:
        room = canvas.width - start - 8
        canvas.line(start, canvas.y, start + room, canvas.y, colours.QUIET, stroke_width=1)
        for mark in self.scale.marks:
            x = start + room * self.scale.at(mark)
            canvas.line(x, canvas.y, x, canvas.y + 5, colours.QUIET, stroke_width=1)
            self.number(canvas, mark, x)
        canvas.y += 8 + SMALL + 4

    def number(self, canvas: Canvas, mark: float, x: float) -> None:
        """What a mark stands for; those at the ends stay inside the picture."""
        anchor = (
            "start" if mark == self.scale.marks[0] else "end" if mark == self.scale.marks[-1] else "middle"
        )
        text = decimal(
            mark + 0.0 if abs(mark) > self.scale.step / 2 else 0.0, self.language, self.scale.places
        )
        canvas.text(
            text,
            x,
            canvas.y + 6 + SMALL,
            size=SMALL,
            fill=colours.QUIET,
            anchor=anchor,
            class_="figure-ruler",
        )

    def said(self, row: ForestRow) -> str:
        if row.estimate is None:
            return words(self.language).cannot + self.n(row)
        found = decimal(row.estimate, self.language)
        if row.low is not None and row.high is not None:
            low, high = (decimal(end, self.language) for end in (row.low, row.high))
            found += f" ({words(self.language).between.format(low=low, high=high)})"
        return found + self.n(row)

    def n(self, row: ForestRow) -> str:
        return "" if row.n is None else f", {words(self.language).n.format(n=whole(row.n, self.language))}"

    def alternative(self) -> str:
        """All that the picture shows, in words."""
        return " ".join(
            [sentence(self.title), *(f"{clean(row.label)}: {self.said(row)}." for row in self.rows)]
        )

    def table(self) -> FigureTable:
        """The numbers."""
        said = words(self.language)
        rows = tuple(
            (
                clean(row.label),
                "" if row.n is None else whole(row.n, self.language),
                said.cannot if row.estimate is None else decimal(row.estimate, self.language),
                "" if row.low is None else decimal(row.low, self.language),
                "" if row.high is None else decimal(row.high, self.language),
            )
            for row in self.rows
        )
        return FigureTable((said.row, "n", said.estimate, "95 % ↓", "95 % ↑"), rows)
