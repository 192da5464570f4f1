"""Before and after: a mean that moved along one scale, a line for each group or scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from driegesprek.figures import colours
from driegesprek.figures.canvas import Canvas
from driegesprek.figures.charting import figure_of
from driegesprek.figures.letters import clean, sentence, wrap
from driegesprek.figures.model import NARROW, Direction, Figure, FigureTable
from driegesprek.figures.scales import Scale
from driegesprek.figures.words import decimal, whole, words

ROW = 26.0
SIZE = 14.0
SMALL = 13.0
GAP = 10.0
DOT = 12.0


@dataclass(frozen=True)
class SlopeRow:
    """One mean, twice.

    Attributes:
        label: What was measured, or of whom.
        n: People of whom both are known; None when not shown.
        before: Mean before; None when not shown.
        after: Mean after.
    """

    label: str
    n: int | None
    before: float | None
    after: float | None


def slopes(
    rows: Sequence[SlopeRow],
    *,
    least: float,
    most: float,
    title: str,
    language: str,
    direction: str = Direction.LTR,
) -> Figure:
    """Draw how means moved between two measurements.

    Args:
        rows: From top to bottom.
        least: Start of the scale, such as 1.
        most: Its end, such as 5.
        title: Drawn above.
        language: Of words and numbers.
        direction: ``ltr`` or ``rtl``.

    Raises:
        ValueError: A mean lies beyond the scale, or the scale has no length.
    """
    if most <= least:
        raise ValueError("The end of the scale must lie beyond its start.")
    for row in rows:
        if any(not least <= value <= most for value in (row.before, row.after) if value is not None):
            raise ValueError(f"A mean of {row.label!r} lies beyond the scale.")
    return figure_of(
        _Slopes(tuple(rows), Scale(least, most, (most - least) / 4), title, language, Direction(direction))
    )


@dataclass(frozen=True)
class _Slopes:
    rows: tuple[SlopeRow, ...]
    scale: Scale
    title: str
    language: str
    direction: Direction

    def draw(self, size: float) -> Canvas:
        canvas = Canvas(size, self.direction)
        canvas.heading(self.title)
        self.legend(canvas)
        for row in self.rows:
            self.row(canvas, row, 220.0 if size > NARROW else 0.0)
        return canvas

    def legend(self, canvas: Canvas) -> None:
        """An open square for before, a filled one for after: told apart without colour."""
        x = 1.0
        for filled, word in ((False, words(self.language).before), (True, words(self.language).after)):
            self.dot(canvas, x + DOT / 2, canvas.y + 8, filled=filled)
            canvas.text(word, x + DOT + 6, canvas.y + 13, size=SMALL)
            x += 110
        canvas.y += 26

    def dot(self, canvas: Canvas, x: float, y: float, *, filled: bool) -> None:
        fill = colours.TEAL if filled else colours.CARD
        canvas.rect(x - DOT / 2, y - DOT / 2, DOT, DOT, fill, rx=6, stroke=colours.TEAL, stroke_width=2)

    def row(self, canvas: Canvas, row: SlopeRow, beside: float) -> None:
        room = (beside - 14) if beside else canvas.width
        top = canvas.y
        bottom = canvas.lines(wrap(row.label, room, SIZE), 0, top, size=SIZE)
        bottom = canvas.lines(wrap(self.said(row), room, SMALL), 0, bottom, size=SMALL, fill=colours.QUIET)
        y = top + max(0.0, (bottom - top - ROW) / 2) if beside else bottom + 2
        self.move(canvas, row, beside + 10, y + ROW / 2)
        canvas.y = max(bottom, y + ROW) + GAP

    def move(self, canvas: Canvas, row: SlopeRow, start: float, y: float) -> None:
        room = canvas.width - start - 10
        canvas.line(start, y, start + room, y, colours.LINE, stroke_width=6, class_="figure-track")
        if row.before is None or row.after is None:
            return
        before, after = (start + room * self.scale.at(one) for one in (row.before, row.after))
        canvas.line(before, y, after, y, colours.TEAL, stroke_width=4, class_="figure-move")
        self.dot(canvas, before, y, filled=False)
        self.dot(canvas, after, y, filled=True)

    def said(self, row: SlopeRow) -> str:
        if row.before is None or row.after is None:
            return words(self.language).too_few
        before, after = (decimal(one, self.language) for one in (row.before, row.after))
        said = words(self.language)
        n = "" if row.n is None else f", {said.n.format(n=whole(row.n, self.language))}"
        return f"{said.before} {before}, {said.after} {after}{n}"

    def number(self, row: SlopeRow) -> str:
        """How many people; nothing where too few answered to show more."""
        shown = None not in (row.n, row.before, row.after)
        return whole(row.n or 0, self.language) if shown else ""

    def alternative(self) -> str:
        """All that the picture shows, in words."""
        return " ".join(
            [sentence(self.title), *(f"{clean(row.label)}: {self.said(row)}." for row in self.rows)]
        )

    def table(self) -> FigureTable:
        """The numbers."""
        said = words(self.language)

        def cell(value: float | None) -> str:
            return said.too_few if value is None else decimal(value, self.language)

        rows = tuple(
            (clean(row.label), self.number(row), cell(row.before), cell(row.after)) for row in self.rows
        )
        return FigureTable((said.row, "n", said.before, said.after), rows)
