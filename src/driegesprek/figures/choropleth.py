"""A map of areas shaded by a share, with places on it; the table beneath it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from driegesprek.figures import colours
from driegesprek.figures.canvas import Canvas
from driegesprek.figures.ground import Ground, Point, around
from driegesprek.figures.letters import clean, sentence, width
from driegesprek.figures.model import Direction, Figure, FigureTable
from driegesprek.figures.words import decimal, words

WIDTH = 440.0
"""One drawing for every screen: a map that is scaled stays a map."""
SHADES = ("#f6f0e6", "#c4dedb", "#7fb5b0", "#2f8a85", "#07504e")
STEP = 20
MARGIN = 0.06
DOT = 9.0


@dataclass(frozen=True)
class MapArea:
    """One area.

    Attributes:
        label: Its name.
        value: Per cent; None where it is not known or nobody is there.
        rings: Its boundaries as (longitude, latitude) in degrees.
        inside: False for a neighbour, drawn pale so that one sees where one is.
    """

    label: str
    value: float | None
    rings: tuple[tuple[Point, ...], ...]
    inside: bool = True


@dataclass(frozen=True)
class MapSpot:
    """A place on the map: a full dot where something is so, an open one where it is not."""

    label: str
    at: Point
    full: bool


@dataclass(frozen=True)
class MapWords:
    """What the legend says.

    Attributes:
        unknown: Of areas without a value.
        full: Of full dots.
        empty: Of open dots.
    """

    unknown: str
    full: str = ""
    empty: str = ""


def shade(value: float | None) -> str:
    """The colour of a share: five shades, 0 to 100 per cent by twenty."""
    return colours.WHITE if value is None else SHADES[min(int(value // STEP), len(SHADES) - 1)]


def choropleth(
    areas: Sequence[MapArea],
    *,
    title: str,
    language: str,
    legend: MapWords,
    spots: Sequence[MapSpot] = (),
) -> Figure:
    """Draw a map in five shades.

    Args:
        areas: What to draw; areas without boundaries stand in the table only.
        title: Drawn above.
        language: Of words and numbers.
        legend: What areas without a value and dots are called.
        spots: Places to draw upon it.
    """
    chart = _Map(tuple(areas), tuple(spots), title, language, legend)
    alternative = chart.alternative()
    svg = chart.draw().svg(title, alternative, language)
    return Figure(svg=svg, alternative=alternative, table=chart.table(), draw_narrow=lambda: svg)


@dataclass(frozen=True)
class _Map:
    areas: tuple[MapArea, ...]
    spots: tuple[MapSpot, ...]
    title: str
    language: str
    words: MapWords

    @property
    def inside(self) -> list[MapArea]:
        return [one for one in self.areas if one.inside]

    def draw(self) -> Canvas:
        canvas = Canvas(WIDTH, Direction.LTR)
        canvas.heading(self.title)
        self.legend(canvas)
        points = [point for area in self.inside for ring in area.rings for point in ring]
        points += [one.at for one in self.spots]
        if points:
            self.drawn(canvas, around(points, WIDTH, 2).grown(MARGIN if len(self.areas) > 1 else 0))
        return canvas

    def legend(self, canvas: Canvas) -> None:
        for index, colour in enumerate(SHADES):
            x = 84.0 * index
            canvas.rect(x, canvas.y, 16, 16, colour, stroke=colours.QUIET, stroke_width=1)
            canvas.text(f"{STEP * index}–{STEP * (index + 1)}%", x + 21, canvas.y + 13, size=13)
        canvas.y += 22
        canvas.rect(
            0, canvas.y, 16, 16, colours.WHITE, stroke=colours.QUIET, stroke_width=1, stroke_dasharray="2 2"
        )
        canvas.text(self.words.unknown, 21, canvas.y + 13, size=13)
        canvas.y += 26
        if self.spots:
            self.dots(canvas)

    def dots(self, canvas: Canvas) -> None:
        x = 0.0
        for full, said in ((True, self.words.full), (False, self.words.empty)):
            if x and x + 21 + width(said, 13) > WIDTH:
                x, canvas.y = 0.0, canvas.y + 22
            _dot(canvas, (x + 8, canvas.y + 8), full=full)
            canvas.text(said, x + 21, canvas.y + 13, size=13)
            x += 21 + width(said, 13) + 16
        canvas.y += 26

    def drawn(self, canvas: Canvas, ground: Ground) -> None:
        top = canvas.y
        for area in sorted(self.areas, key=lambda one: one.inside):
            rings = [[(x, y + top) for x, y in ring] for ring in ground.shape(area.rings)]
            if rings:
                self.area(canvas, area, rings)
        for spot in sorted(self.spots, key=lambda one: one.full):
            x, y = ground.place(spot.at)
            _dot(canvas, (x, y + top), full=spot.full)
        canvas.y = top + ground.height

    def area(self, canvas: Canvas, area: MapArea, rings: list[list[Point]]) -> None:
        if not area.inside:
            canvas.shape(rings, colours.CARD, area.label, stroke=colours.LINE, stroke_width=0.6)
            return
        dashed = {} if area.value is not None else {"stroke_dasharray": "2 2"}
        name = f"{area.label}: {self.said(area)}"
        canvas.shape(rings, shade(area.value), name, stroke=colours.QUIET, stroke_width=0.6, **dashed)

    def said(self, area: MapArea) -> str:
        return self.words.unknown if area.value is None else f"{decimal(area.value, self.language, 1)}%"

    def alternative(self) -> str:
        """All that the picture shows, in words, up to what can be listened to; the table has the rest."""
        known = sorted((one for one in self.inside if one.value is not None), key=lambda one: one.value or 0)
        ends = [*known[:3], *known[3:][-3:]]
        said = [f"{clean(one.label)}: {self.said(one)}." for one in ends]
        said += [
            f"{words_}: {sum(one.full is full for one in self.spots)}."
            for full, words_ in ((True, self.words.full), (False, self.words.empty))
            if self.spots
        ]
        return " ".join([sentence(self.title), *said])

    def table(self) -> FigureTable:
        """The numbers of every area."""
        rows = tuple((clean(one.label), self.said(one)) for one in self.inside)
        return FigureTable((words(self.language).row, words(self.language).percent), rows)


def _dot(canvas: Canvas, at: Point, *, full: bool) -> None:
    x, y = at[0] - DOT / 2, at[1] - DOT / 2
    fill = colours.INK if full else colours.WHITE
    edge = colours.WHITE if full else colours.CORAL
    canvas.rect(x, y, DOT, DOT, fill, rx=DOT / 2, stroke=edge, stroke_width=1.5 if full else 2.2)
