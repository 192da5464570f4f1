"""A map of areas shaded by a share; the table beneath it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from driegesprek.figures import colours
from driegesprek.figures.canvas import Canvas
from driegesprek.figures.letters import clean, sentence
from driegesprek.figures.model import Direction, Figure, FigureTable
from driegesprek.figures.words import decimal, words

WIDTH = 440.0
"""One drawing for every screen: a map that is scaled stays a map."""
SHADES = ("#f6f0e6", "#c4dedb", "#7fb5b0", "#2f8a85", "#07504e")
STEPS = (0, 20, 40, 60, 80)
Point = tuple[float, float]


@dataclass(frozen=True)
class MapArea:
    """One area.

    Attributes:
        label: Its name.
        value: Per cent; None where it is not known or nobody is there.
        rings: Its boundaries as (longitude, latitude) in degrees.
    """

    label: str
    value: float | None
    rings: tuple[tuple[Point, ...], ...]


def choropleth(areas: Sequence[MapArea], *, title: str, language: str, unknown: str) -> Figure:
    """Draw a map in five shades, 0 to 100 per cent by twenty.

    The projection is equirectangular, true at the middle latitude: good enough for a country of 300 km.

    Args:
        areas: What to draw; areas without boundaries stand in the table only.
        title: Drawn above.
        language: Of words and numbers.
        unknown: What the legend calls areas without a value.
    """
    chart = _Map(tuple(areas), title, language, unknown)
    alternative = chart.alternative()
    svg = chart.draw().svg(title, alternative, language)
    return Figure(svg=svg, narrow=svg, alternative=alternative, table=chart.table())


@dataclass(frozen=True)
class _Map:
    areas: tuple[MapArea, ...]
    title: str
    language: str
    unknown: str

    def draw(self) -> Canvas:
        canvas = Canvas(WIDTH, Direction.LTR)
        canvas.heading(self.title)
        self.legend(canvas)
        points = [point for area in self.areas for ring in area.rings for point in ring]
        if points:
            self.drawn(canvas, points)
        return canvas

    def legend(self, canvas: Canvas) -> None:
        x = 0.0
        for shade, least in zip(SHADES, STEPS, strict=True):
            canvas.rect(x, canvas.y, 16, 16, shade, stroke=colours.QUIET, stroke_width=1)
            canvas.text(f"{least}–{least + 20}%", x + 21, canvas.y + 13, size=13)
            x += 84
        canvas.y += 22
        canvas.rect(
            0, canvas.y, 16, 16, colours.WHITE, stroke=colours.QUIET, stroke_width=1, stroke_dasharray="2 2"
        )
        canvas.text(self.unknown, 21, canvas.y + 13, size=13)
        canvas.y += 26

    def drawn(self, canvas: Canvas, points: Sequence[Point]) -> None:
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        narrow = cos(radians((south + north) / 2))
        scale = WIDTH / max((east - west) * narrow, (north - south) * 0.8, 1e-9)
        top = canvas.y

        def place(point: Point) -> Point:
            return (point[0] - west) * narrow * scale, top + (north - point[1]) * scale

        for area in self.areas:
            rings = [ring for one in area.rings if (ring := _thinned([place(point) for point in one]))]
            if rings:
                dashed = {} if area.value is not None else {"stroke_dasharray": "2 2"}
                name = f"{area.label}: {self.said(area)}"
                canvas.shape(rings, self.shade(area), name, stroke=colours.QUIET, stroke_width=0.6, **dashed)
        canvas.y = top + (north - south) * scale

    def shade(self, area: MapArea) -> str:
        if area.value is None:
            return colours.WHITE
        return SHADES[min(int(area.value // 20), len(SHADES) - 1)]

    def said(self, area: MapArea) -> str:
        return self.unknown if area.value is None else f"{decimal(area.value, self.language, 1)}%"

    def alternative(self) -> str:
        """All that the picture shows, in words, up to what can be listened to; the table has the rest."""
        known = sorted((one for one in self.areas if one.value is not None), key=lambda one: one.value or 0)
        ends = [*known[:3], *known[3:][-3:]]
        return " ".join([sentence(self.title), *(f"{clean(one.label)}: {self.said(one)}." for one in ends)])

    def table(self) -> FigureTable:
        """The numbers of every area."""
        rows = tuple((clean(one.label), self.said(one)) for one in self.areas)
        return FigureTable((words(self.language).row, words(self.language).percent), rows)


def _thinned(ring: Sequence[Point]) -> list[Point]:
    """Without what falls together on whole pixels; nothing where less than a triangle is left."""
    kept: list[Point] = []
    for x, y in ring:
        point = (round(x), round(y))
        if not kept or kept[-1] != point:
            kept.append(point)
    return kept if len(set(kept)) > 2 else []  # noqa: PLR2004 - corners of a triangle
