"""What was delivered of what was agreed, class by class: a grid of classes and activities."""

from collections.abc import Sequence
from dataclasses import dataclass

from driegesprek.figures import colours
from driegesprek.figures.canvas import LINE_HEIGHT, Canvas
from driegesprek.figures.letters import BOLD, clean, fits, sentence, width, wrap
from driegesprek.figures.model import NARROW, WIDE, Direction, Figure, FigureTable
from driegesprek.figures.words import whole, words

SIZE = 14.0
SMALL = 13.0
BAR = 12.0
PAD = 10.0
NARROWEST = 70.0
"""A column of an activity needs this much for its words."""


@dataclass(frozen=True)
class CoverageCell:
    """One activity in one class.

    Attributes:
        done: How many were delivered; None when the cell has only words.
        agreed: How many were agreed; None or 0 when nothing was, and then only ``done`` is told.
        text: Words instead of numbers, such as a date; empty means 'not yet' when there are no numbers either.
        attention: Whether a person should look at it; told by a mark and in words, not by colour alone.
    """

    done: int | None = None
    agreed: int | None = None
    text: str = ""
    attention: bool = False


@dataclass(frozen=True)
class CoverageRow:
    """One class.

    Attributes:
        label: The class, with the mentor where that helps.
        cells: One per activity.
    """

    label: str
    cells: tuple[CoverageCell, ...]


def coverage(
    rows: Sequence[CoverageRow],
    *,
    title: str,
    activities: Sequence[str],
    language: str,
    direction: str = Direction.LTR,
) -> Figure:
    """Draw what each class got of what was agreed.

    Args:
        rows: The classes from top to bottom.
        title: Drawn above the grid.
        activities: The columns.
        language: Of the words and numbers.
        direction: ``ltr`` or ``rtl``.

    Returns:
        The figure, wide and narrow, in words and as a table.

    Raises:
        ValueError: A class does not have one cell per activity, or a number is below 0.
    """
    for row in rows:
        if len(row.cells) != len(activities):
            raise ValueError(
                f"Class {row.label!r} has {len(row.cells)} cells for {len(activities)} activities."
            )
        if any((cell.done or 0) < 0 or (cell.agreed or 0) < 0 for cell in row.cells):
            raise ValueError(f"Class {row.label!r} has a number below 0.")
    grid = _Grid(tuple(rows), title, tuple(activities), language, Direction(direction))
    alternative = grid.alternative()
    return Figure(
        svg=(grid.wide() if grid.fits_side_by_side else grid.list(WIDE)).svg(title, alternative, language),
        alternative=alternative,
        table=grid.table(),
        draw_narrow=lambda: grid.list(NARROW).svg(title, alternative, language),
    )


@dataclass(frozen=True)
class _Grid:
    rows: tuple[CoverageRow, ...]
    title: str
    activities: tuple[str, ...]
    language: str
    direction: Direction

    def said(self, cell: CoverageCell) -> str:
        """The cell in words."""
        if cell.done is None:
            return clean(cell.text) or words(self.language).not_yet
        done = whole(cell.done, self.language)
        if not cell.agreed:
            return done
        return words(self.language).done_of.format(done=done, agreed=whole(cell.agreed, self.language))

    def told(self, cell: CoverageCell) -> str:
        """The cell in words for who does not see its colour."""
        said = self.said(cell)
        return f"{said} ({words(self.language).attention})" if cell.attention else said

    @property
    def first(self) -> float:
        """Width of the column with the classes."""
        words_wide = max((width(clean(row.label), SIZE * BOLD) for row in self.rows), default=0.0)
        return min(max(words_wide + 16, 60.0), 150.0)

    @property
    def column(self) -> float:
        """Width of the column of an activity."""
        return (WIDE - self.first) / max(len(self.activities), 1)

    @property
    def fits_side_by_side(self) -> bool:
        """Whether every activity's name stands above its column without a broken word."""
        return self.column >= NARROWEST and all(fits(a, self.column - 4, SMALL) for a in self.activities)

    def wide(self) -> Canvas:
        canvas = Canvas(WIDE, self.direction)
        canvas.heading(self.title)
        first, column = self.first, self.column
        self.heads(canvas, first, column)
        for row in self.rows:
            canvas.line(0, canvas.y, WIDE, canvas.y, colours.LINE, stroke_width=1)
            canvas.y += PAD
            bottom = canvas.lines(
                wrap(row.label, first - 12, SIZE * BOLD), 0, canvas.y, size=SIZE, font_weight="bold"
            )
            for place, cell in enumerate(row.cells):
                bottom = max(bottom, self.cell(canvas, cell, first + place * column, column - 12))
            canvas.y = bottom + PAD
        return canvas

    def heads(self, canvas: Canvas, first: float, column: float) -> None:
        bottom = canvas.y
        for place, name in enumerate(self.activities):
            lines = wrap(name, column - 4, SMALL)
            bottom = max(
                bottom,
                canvas.lines(lines, first + place * column, canvas.y, size=SMALL, fill=colours.QUIET),
            )
        canvas.y = bottom + 6

    def list(self, size: float) -> Canvas:
        """One class beneath the other, with a line per activity: for a phone, or for many activities."""
        canvas = Canvas(size, self.direction)
        canvas.heading(self.title)
        half = size / 2
        for row in self.rows:
            canvas.line(0, canvas.y, size, canvas.y, colours.LINE, stroke_width=1)
            lines = wrap(row.label, size, SIZE * BOLD)
            canvas.y = canvas.lines(lines, 0, canvas.y + 8, size=SIZE, font_weight="bold") + 4
            for name, cell in zip(self.activities, row.cells, strict=True):
                bottom = canvas.lines(
                    wrap(name, half - 12, SMALL), 0, canvas.y, size=SMALL, fill=colours.QUIET
                )
                canvas.y = max(bottom, self.cell(canvas, cell, half, half)) + 6
            canvas.y += 4
        return canvas

    def cell(self, canvas: Canvas, cell: CoverageCell, x: float, room: float) -> float:
        """Draw a cell from the top edge ``canvas.y``; returns its bottom edge."""
        y = canvas.y
        if cell.done is None or not cell.agreed or cell.attention:
            return self.tag(canvas, cell, x, room)
        share = min(cell.done / cell.agreed, 1.0)
        canvas.rect(x, y + 2, room, BAR, colours.LINE, class_="figure-track")
        canvas.rect(x, y + 2, room * share, BAR, colours.TEAL, class_="figure-bar")
        return canvas.lines(wrap(self.said(cell), room, SMALL), x, y + BAR + 4, size=SMALL)

    def tag(self, canvas: Canvas, cell: CoverageCell, x: float, room: float) -> float:
        """Words in a coloured label; what is still to come has a dashed frame."""
        lines = wrap(("! " if cell.attention else "") + self.said(cell), room - 14, SMALL)
        height = SMALL * LINE_HEIGHT * len(lines) + 6
        frame: dict[str, str | float] = {"rx": 5, "stroke_width": 1}
        if cell.attention:
            canvas.rect(x, canvas.y, room, height, colours.CORAL_SOFT, stroke=colours.CORAL, **frame)
        elif cell.text or cell.done is not None:
            canvas.rect(x, canvas.y, room, height, colours.TEAL_SOFT, stroke=colours.TEAL, **frame)
        else:
            canvas.rect(
                x, canvas.y, room, height, "none", stroke=colours.QUIET, stroke_dasharray="4 3", **frame
            )
        return canvas.lines(lines, x + 7, canvas.y + 3, size=SMALL) + 3

    def alternative(self) -> str:
        """All that the picture shows, in words."""
        return " ".join([sentence(self.title), *(self.spoken(row) for row in self.rows)])

    def spoken(self, row: CoverageRow) -> str:
        cells = zip(self.activities, row.cells, strict=True)
        return f"{clean(row.label)}: {', '.join(f'{clean(name)} {self.told(cell)}' for name, cell in cells)}."

    def table(self) -> FigureTable:
        headings = (words(self.language).row, *map(clean, self.activities))
        rows = tuple((clean(row.label), *(self.told(cell) for cell in row.cells)) for row in self.rows)
        return FigureTable(headings, rows)
