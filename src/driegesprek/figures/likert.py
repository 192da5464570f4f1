"""Stacked bars of the answers on a scale, one bar per group."""

from collections.abc import Sequence
from dataclasses import dataclass

from driegesprek.evidence import Row
from driegesprek.figures import colours
from driegesprek.figures.canvas import LINE_HEIGHT, Canvas
from driegesprek.figures.charting import figure_of
from driegesprek.figures.letters import BOLD, clean, sentence, width, wrap
from driegesprek.figures.model import NARROW, Direction, Figure, FigureTable
from driegesprek.figures.words import Words, percent, whole, words

BAR = 30.0
SIZE = 14.0
SMALL = 13.0
GAP = 14.0


@dataclass(frozen=True)
class LikertRow:
    """One bar.

    Attributes:
        label: The group.
        n: Respondents who answered; None when it is not shown.
        shares: Per cent (0 to 100) of each answer in the order of the labels; None where a share is not shown;
            empty when the row is hidden.
    """

    label: str
    n: int | None
    shares: tuple[float | None, ...] = ()

    @classmethod
    def of(cls, row: Row, label: str) -> "LikertRow":
        """The bar of a row that may be shown, from :mod:`driegesprek.evidence`."""
        return cls(label, row.n, tuple(share.percent for share in row.shares))

    @property
    def hidden(self) -> bool:
        """Whether no share of the row is shown."""
        return self.n is None or (self.n > 0 and not self.known)

    @property
    def known(self) -> tuple[float, ...]:
        """The shares that are shown."""
        return tuple(share for share in self.shares if share is not None)

    @property
    def rest(self) -> float:
        """Per cent of the answers that are not shown apart."""
        return max(0.0, 100.0 - sum(self.known)) if None in self.shares else 0.0


def likert(
    rows: Sequence[LikertRow],
    *,
    title: str,
    labels: Sequence[str],
    language: str,
    direction: str = Direction.LTR,
    top: int = 0,
) -> Figure:
    """Draw the answers on a scale as stacked bars, one per group.

    Args:
        rows: The bars from top to bottom.
        title: The question, drawn above the bars.
        labels: The answers from one end of the scale to the other.
        language: Of the words and numbers, such as ``nl``.
        direction: ``ltr`` or ``rtl``.
        top: How many answers at the far end are added up beside the bar; 0 for none.

    Returns:
        The figure, wide and narrow, in words and as a table.

    Raises:
        ValueError: A row does not have one share per label, or its shares do not add up to 100 (98 to 102, so that
            printed, rounded tables can be drawn).
    """
    for row in rows:
        _check(row, labels)
    return figure_of(_Likert(tuple(rows), title, tuple(labels), language, Direction(direction), top))


def _check(row: LikertRow, labels: Sequence[str]) -> None:
    if row.hidden or row.n == 0:
        return
    if len(row.shares) != len(labels):
        raise ValueError(f"Row {row.label!r} has {len(row.shares)} shares for {len(labels)} answers.")
    total = sum(row.known)
    complete = None not in row.shares
    if min(row.known) < 0 or total > 102 or (complete and total < 98):  # noqa: PLR2004 -- as documented above
        raise ValueError(f"The shares of row {row.label!r} add up to {total:g} instead of 100.")


@dataclass(frozen=True)
class _Likert:
    rows: tuple[LikertRow, ...]
    title: str
    labels: tuple[str, ...]
    language: str
    direction: Direction
    top: int

    @property
    def words(self) -> Words:
        return words(self.language)

    @property
    def fills(self) -> tuple[str, ...]:
        return colours.scale(len(self.labels))

    def percent(self, value: float) -> str:
        return percent(value, self.language)

    def n(self, row: LikertRow) -> str:
        return self.words.n.format(n=whole(row.n or 0, self.language))

    def silence(self, row: LikertRow) -> str:
        """Why a row has no bar, or nothing."""
        if row.hidden:
            return self.words.too_few
        return self.words.no_answers if row.n == 0 else ""

    def sum(self, row: LikertRow) -> str:
        """The answers at the far end together, where all of them are known."""
        shares = row.shares[len(row.shares) - self.top :] if self.top else ()
        known = [share for share in shares if share is not None]
        return self.percent(sum(known)) if known and len(known) == self.top and not self.silence(row) else ""

    def draw(self, size: float) -> Canvas:
        canvas = Canvas(size, self.direction)
        canvas.heading(self.title)
        self.legend(canvas)
        for row in self.rows:
            self.row(canvas, row, size)
        canvas.y = max(canvas.y, 1)
        return canvas

    def legend(self, canvas: Canvas) -> None:
        entries = list(zip(self.fills, self.labels, strict=True))
        if any(row.rest for row in self.rows if not self.silence(row)):
            entries.append(("", self.words.not_shown))
        x = 0.0
        for fill, label in entries:
            lines = wrap(label, canvas.width - 22, SMALL)
            needed = 22 + max(width(line, SMALL) for line in lines)
            if x and x + needed > canvas.width:
                x, canvas.y = 0.0, canvas.y + SMALL * LINE_HEIGHT + 3
            self.swatch(canvas, x, fill)
            bottom = canvas.lines(lines, x + 20, canvas.y, size=SMALL)
            if len(lines) > 1:
                x, canvas.y = 0.0, bottom + 3
            else:
                x += needed + 14
        canvas.y += (SMALL * LINE_HEIGHT if x else 0) + GAP
        if any(self.sum(row) for row in self.rows):
            lines = wrap(self.sum_heading(), canvas.width, SMALL)
            canvas.y = canvas.lines(
                lines, canvas.width, canvas.y - 8, size=SMALL, fill=colours.QUIET, anchor="end"
            )

    def swatch(self, canvas: Canvas, x: float, fill: str) -> None:
        if fill:
            canvas.rect(x, canvas.y + 2, 14, 13, fill, stroke=colours.QUIET, stroke_width=0.75)
        else:
            canvas.stripes(x, canvas.y + 2, 14, 13)

    def row(self, canvas: Canvas, row: LikertRow, size: float) -> None:
        wide = size > NARROW
        beside = 200.0 if wide else 0.0
        sums = 50.0 if any(self.sum(r) for r in self.rows) else 0.0
        lines = wrap(row.label, (beside - 14) if wide else size, SIZE)
        top = canvas.y
        bottom = canvas.lines(lines, 0, top, size=SIZE)
        if row.n is not None:
            bottom = canvas.lines([self.n(row)], 0, bottom, size=SMALL, fill=colours.QUIET)
        bar_y = top + max(0.0, (bottom - top - BAR) / 2) if wide else bottom + 3
        height = self.bar(canvas, row, beside, bar_y, size - beside - sums)
        if self.sum(row):
            canvas.text(self.sum(row), size, bar_y + BAR / 2 + 5, anchor="end", font_weight="bold")
        canvas.y = max(bottom, bar_y + height) + GAP

    def bar(self, canvas: Canvas, row: LikertRow, x: float, y: float, room: float) -> float:
        """Draw the bar, or why there is none; returns its height."""
        if text := self.silence(row):
            return canvas.note(text, x, y, room, BAR)
        whole_share = sum(row.known) + row.rest
        for share, fill in zip(row.shares, self.fills, strict=True):
            if share:
                length = room * share / whole_share
                self.segment(canvas, x, y, length=length, fill=fill, text=self.percent(share))
                x += length
        if row.rest:
            canvas.stripes(x, y, room * row.rest / whole_share, BAR)
        return BAR

    def segment(self, canvas: Canvas, x: float, y: float, *, length: float, fill: str, text: str) -> None:
        canvas.rect(x, y, length, BAR, fill, stroke=colours.CARD, stroke_width=1.5, class_="figure-segment")
        if width(text, SMALL * BOLD) + 2 > length:
            text = "".join(letter for letter in text if letter.isdigit())
        if width(text, SMALL * BOLD) <= length:
            place = (x + length / 2, y + BAR / 2 + 4.5)
            canvas.text(text, *place, size=SMALL, fill=colours.on(fill), anchor="middle", font_weight="bold")

    def alternative(self) -> str:
        """All that the picture shows, in words."""
        return " ".join([sentence(self.title), *(self.spoken(row) for row in self.rows)])

    def spoken(self, row: LikertRow) -> str:
        label = clean(row.label)
        if text := self.silence(row):
            return f"{label}: {text}." if row.n is None else f"{label} ({self.n(row)}): {text}."
        parts = [
            f"{clean(name)} {self.cell(share)}" for name, share in zip(self.labels, row.shares, strict=True)
        ]
        if together := self.sum(row):
            parts.append(f"{self.sum_heading()} {together}")
        return f"{label} ({self.n(row)}): {', '.join(parts)}."

    def cell(self, share: float | None) -> str:
        return self.words.not_shown if share is None else self.percent(share)

    def sum_heading(self) -> str:
        return self.words.sum_of.format(labels=" + ".join(clean(x) for x in self.labels[-self.top :]))

    def table(self) -> FigureTable:
        headings = [
            self.words.row,
            "n",
            *map(clean, self.labels),
            *([self.sum_heading()] if self.top else []),
        ]
        return FigureTable(tuple(headings), tuple(self.table_row(row, len(headings)) for row in self.rows))

    def table_row(self, row: LikertRow, columns: int) -> tuple[str, ...]:
        n = "" if row.n is None else whole(row.n, self.language)
        if text := self.silence(row):
            return (clean(row.label), n, text, *[""] * (columns - 3))[:columns]
        cells = [clean(row.label), n, *(self.cell(share) for share in row.shares)]
        return (*cells, self.sum(row)) if self.top else tuple(cells)
