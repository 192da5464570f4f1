"""One bar per answer or group: a share, with its interval where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass

from driegesprek.figures import colours
from driegesprek.figures.canvas import Canvas
from driegesprek.figures.charting import figure_of
from driegesprek.figures.letters import clean, sentence, wrap
from driegesprek.figures.model import NARROW, Direction, Figure, FigureTable
from driegesprek.figures.words import percent, whole, words

BAR = 24.0
SIZE = 14.0
SMALL = 13.0
GAP = 12.0


@dataclass(frozen=True)
class BarRow:
    """One bar.

    Attributes:
        label: The answer or the group.
        n: Respondents of whom it is a share; None when not shown.
        share: Per cent, 0 to 100; None when not shown.
        low: Lower end of the 95 % interval of the share, or None.
        high: Upper end.
    """

    label: str
    n: int | None
    share: float | None
    low: float | None = None
    high: float | None = None


def bars(rows: Sequence[BarRow], *, title: str, language: str, direction: str = Direction.LTR) -> Figure:
    """Draw shares as bars on a scale from 0 to 100 per cent.

    Args:
        rows: The bars from top to bottom.
        title: Drawn above the bars.
        language: Of the words and numbers.
        direction: ``ltr`` or ``rtl``.

    Returns:
        The figure, wide and narrow, in words and as a table.

    Raises:
        ValueError: A share or an end of its interval is not between 0 and 100.
    """
    for row in rows:
        if any(not 0 <= value <= 100 for value in (row.share, row.low, row.high) if value is not None):  # noqa: PLR2004 -- per cent
            raise ValueError(f"The share of {row.label!r} is not between 0 and 100.")
    return figure_of(_Bars(tuple(rows), title, language, Direction(direction)))


@dataclass(frozen=True)
class _Bars:
    rows: tuple[BarRow, ...]
    title: str
    language: str
    direction: Direction

    def draw(self, size: float) -> Canvas:
        canvas = Canvas(size, self.direction)
        canvas.heading(self.title)
        canvas.y += 4
        for row in self.rows:
            self.row(canvas, row)
        return canvas

    def row(self, canvas: Canvas, row: BarRow) -> None:
        wide = canvas.width > NARROW
        beside = 200.0 if wide else 0.0
        room = canvas.width - beside - 54
        lines = wrap(row.label, beside - 14 if wide else canvas.width, SIZE)
        top = canvas.y
        bottom = canvas.lines(lines, 0, top, size=SIZE)
        if row.n is not None:
            bottom = canvas.lines([self.n(row)], 0, bottom, size=SMALL, fill=colours.QUIET)
        y = top + max(0.0, (bottom - top - BAR) / 2) if wide else bottom + 3
        height = self.bar(canvas, row, beside, y, room)
        canvas.y = max(bottom, y + height) + GAP

    def bar(self, canvas: Canvas, row: BarRow, x: float, y: float, room: float) -> float:
        if row.share is None:
            return canvas.note(self.silence(row), x, y, room, BAR)
        canvas.rect(x, y, room, BAR, colours.LINE, class_="figure-track")
        canvas.rect(x, y, room * row.share / 100, BAR, colours.TEAL, class_="figure-bar")
        if row.low is not None and row.high is not None:
            self.interval(canvas, x + room * row.low / 100, x + room * row.high / 100, y + BAR / 2)
        text = percent(row.share, self.language)
        canvas.text(text, canvas.width, y + BAR / 2 + 5, anchor="end", font_weight="bold")
        return BAR

    def interval(self, canvas: Canvas, low: float, high: float, y: float) -> None:
        """A whisker with a pale rim, seen on the bar and beside it."""
        for colour, thick in ((colours.CARD, 4.5), (colours.BLACK, 1.75)):
            canvas.line(low, y, high, y, colour, stroke_width=thick)
            for end in (low, high):
                canvas.line(end, y - 5, end, y + 5, colour, stroke_width=thick)

    def n(self, row: BarRow) -> str:
        return words(self.language).n.format(n=whole(row.n or 0, self.language))

    def silence(self, row: BarRow) -> str:
        return words(self.language).no_answers if row.n == 0 else words(self.language).too_few

    def between(self, row: BarRow) -> str:
        if row.low is None or row.high is None or row.share is None:
            return ""
        low, high = (percent(end, self.language) for end in (row.low, row.high))
        return words(self.language).between.format(low=low, high=high)

    def alternative(self) -> str:
        """All that the picture shows, in words."""
        return " ".join([sentence(self.title), *(self.spoken(row) for row in self.rows)])

    def spoken(self, row: BarRow) -> str:
        n = f" ({self.n(row)})" if row.n is not None else ""
        between = f" ({self.between(row)})" if self.between(row) else ""
        return f"{clean(row.label)}{n}: {self.share(row)}{between}."

    def share(self, row: BarRow) -> str:
        return self.silence(row) if row.share is None else percent(row.share, self.language)

    def table(self) -> FigureTable:
        """The numbers; the interval has a column when a row has one."""
        with_interval = any(self.between(row) for row in self.rows)
        headings = (
            words(self.language).row,
            "n",
            words(self.language).percent,
            *(["95 %"] if with_interval else []),
        )
        rows = [
            (clean(r.label), "" if r.n is None else whole(r.n, self.language), self.share(r), self.between(r))
            for r in self.rows
        ]
        return FigureTable(headings, tuple(row[: len(headings)] for row in rows))
