"""The year as a strip: months along the line, activities where they fall."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from driegesprek.figures import colours
from driegesprek.figures.canvas import LINE_HEIGHT, Canvas
from driegesprek.figures.letters import BOLD, clean, fits, sentence, wrap
from driegesprek.figures.model import NARROW, WIDE, Direction, Figure, FigureTable
from driegesprek.figures.words import words

SIZE = 13.0
GAP = 5.0


class Tone(StrEnum):
    """What sort of activity a block is; the colour only helps, the words say it."""

    TEAL = "teal"
    SUN = "sun"
    CORAL = "coral"
    SKY = "sky"


FILLS = {
    Tone.TEAL: (colours.TEAL_SOFT, colours.TEAL),
    Tone.SUN: (colours.SUN_SOFT, colours.SUN),
    Tone.CORAL: (colours.CORAL_SOFT, colours.CORAL),
    Tone.SKY: (colours.SKY_SOFT, colours.SKY),
}


@dataclass(frozen=True)
class StripActivity:
    """One activity on the strip.

    Attributes:
        label: Its name, with the date where it has one.
        start: Place of the first month in the strip, from 0.
        end: Place of the last month.
        tone: What sort of activity it is.
    """

    label: str
    start: int
    end: int
    tone: Tone = Tone.TEAL


def strip(
    months: Sequence[str],
    activities: Sequence[StripActivity],
    *,
    title: str,
    language: str,
    direction: str = Direction.LTR,
    now: int | None = None,
) -> Figure:
    """Draw activities on the months of a year.

    Args:
        months: Short names of the months from first to last.
        activities: In any order; those that overlap stand beneath each other.
        title: Drawn above the strip.
        language: Of the words.
        direction: ``ltr`` or ``rtl``.
        now: Place of the present month, or None.

    Returns:
        The figure, wide and narrow, in words and as a table.

    Raises:
        ValueError: There are no months, or an activity lies outside them or ends before it starts.
    """
    if not months:
        raise ValueError("A strip needs at least one month.")
    for activity in activities:
        if not 0 <= activity.start <= activity.end < len(months):
            raise ValueError(f"{activity.label!r} does not lie within the {len(months)} months.")
    in_order = tuple(sorted(activities, key=lambda activity: (activity.start, activity.end, activity.label)))
    chart = _Strip(tuple(months), in_order, title, language, Direction(direction), now)
    alternative = chart.alternative()
    return Figure(
        svg=chart.wide().svg(title, alternative, language),
        alternative=alternative,
        table=chart.table(),
        draw_narrow=lambda: chart.narrow().svg(title, alternative, language),
    )


@dataclass(frozen=True)
class _Block:
    """An activity with its place: the block from x to end, the words inside it or beside it."""

    activity: StripActivity
    x: float
    end: float
    text_x: float
    text_end: float
    lines: list[str]

    @property
    def first(self) -> float:
        return min(self.x, self.text_x)

    @property
    def last(self) -> float:
        return max(self.end, self.text_end)

    @property
    def height(self) -> float:
        return SIZE * LINE_HEIGHT * len(self.lines) + 10


@dataclass(frozen=True)
class _Strip:
    months: tuple[str, ...]
    activities: tuple[StripActivity, ...]
    title: str
    language: str
    direction: Direction
    now: int | None

    def wide(self) -> Canvas:
        canvas = Canvas(WIDE, self.direction)
        canvas.heading(self.title)
        self.heads(canvas, self.months)
        for lane in _lanes(self.block(activity, WIDE) for activity in self.activities):
            height = max(block.height for block in lane)
            for block in lane:
                self.draw(canvas, block, height)
            canvas.y += height + GAP
        return canvas

    def heads(self, canvas: Canvas, names: Sequence[str]) -> None:
        """The months, the present one marked by a word as well as by colour."""
        month = canvas.width / len(self.months)
        for place, name in enumerate(names):
            now = place == self.now
            x = place * month
            fill = colours.SUN if now else colours.LINE
            canvas.rect(x + 2, canvas.y, month - 4, 5 if now else 3, fill)
            lines = wrap(name, month - 4, SIZE)
            bottom = canvas.lines(
                lines, x + 3, canvas.y + 8, size=SIZE, fill=colours.INK if now else colours.QUIET
            )
            if now:
                canvas.lines(
                    [words(self.language).now], x + 3, bottom, size=11, fill=colours.INK, font_weight="bold"
                )
        tallest = max(len(wrap(name, month - 4, SIZE)) for name in names)
        canvas.y += 12 + SIZE * LINE_HEIGHT * tallest + (16 if self.now is not None else 0)

    def block(self, activity: StripActivity, size: float) -> _Block:
        month = size / len(self.months)
        x, end = activity.start * month + 2, (activity.end + 1) * month - 2
        inside = end - x - 13
        if fits(activity.label, inside, SIZE) and len(wrap(activity.label, inside, SIZE)) <= 3:  # noqa: PLR2004 -- lines
            return _Block(activity, x, end, x + 10, end, wrap(activity.label, inside, SIZE))
        after, before = size - end - 6, x - 6
        room = min(max(after, before), 200.0)
        start = end + 6 if after >= before else x - 6 - room
        return _Block(activity, x, end, start, start + room, wrap(activity.label, room, SIZE))

    def draw(self, canvas: Canvas, block: _Block, height: float) -> None:
        self.slab(canvas, block.activity, block.x, block.end, canvas.y, height)
        top = canvas.y + (height - SIZE * LINE_HEIGHT * len(block.lines)) / 2
        before = block.text_x < block.x
        x = block.text_end if before else block.text_x
        canvas.lines(block.lines, x, top, size=SIZE, anchor="end" if before else "start")

    def slab(self, canvas: Canvas, activity: StripActivity, x: float, end: float, *place: float) -> None:
        y, height = place
        fill, edge = FILLS[Tone(activity.tone)]
        canvas.rect(x, y, end - x, height, fill, rx=5, stroke=edge, stroke_width=1, class_="figure-activity")
        canvas.rect(x, y, 5, height, edge, rx=2.5)

    def narrow(self) -> Canvas:
        """For a phone: per activity its words, and beneath them where it lies in the year."""
        canvas = Canvas(NARROW, self.direction)
        canvas.heading(self.title)
        for activity in self.activities:
            lines = wrap(activity.label, NARROW, (SIZE + 1) * BOLD)
            canvas.y = canvas.lines(lines, 0, canvas.y, size=SIZE + 1, font_weight="bold")
            canvas.y = canvas.lines([self.period(activity)], 0, canvas.y, size=SIZE, fill=colours.QUIET) + 3
            self.small_strip(canvas, activity)
            canvas.y += 16 + GAP * 2
        return canvas

    def small_strip(self, canvas: Canvas, activity: StripActivity) -> None:
        month = NARROW / len(self.months)
        for place in range(len(self.months)):
            fill = colours.SUN if place == self.now else colours.LINE
            canvas.rect(place * month + 1, canvas.y + 6, month - 2, 4, fill)
        self.slab(canvas, activity, activity.start * month + 1, (activity.end + 1) * month - 1, canvas.y, 16)

    def period(self, activity: StripActivity) -> str:
        first, last = clean(self.months[activity.start]), clean(self.months[activity.end])
        return first if activity.start == activity.end else f"{first} – {last}"

    def alternative(self) -> str:
        """All that the picture shows, in words."""
        parts = [sentence(self.title)]
        if self.now is not None and 0 <= self.now < len(self.months):
            parts.append(f"{words(self.language).now.capitalize()}: {clean(self.months[self.now])}.")
        return " ".join([*parts, *(f"{self.period(a)}: {_spoken(a)}." for a in self.activities)])

    def table(self) -> FigureTable:
        rows = tuple((_spoken(activity), self.period(activity)) for activity in self.activities)
        return FigureTable((words(self.language).activity, words(self.language).period), rows)


def _spoken(activity: StripActivity) -> str:
    return clean(activity.label).replace("\u00ad", "")


def _lanes(blocks: Iterable[_Block]) -> list[list[_Block]]:
    """Blocks beside each other where there is room, else beneath."""
    lanes: list[list[_Block]] = []
    for block in blocks:
        for lane in lanes:
            if all(block.first >= other.last or block.last <= other.first for other in lane):
                lane.append(block)
                break
        else:
            lanes.append([block])
    return lanes
