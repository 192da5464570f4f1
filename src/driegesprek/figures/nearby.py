"""A small map of what lies near a place: numbered spots, the place itself, how far a kilometre is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin

from driegesprek.figures import colours
from driegesprek.figures.canvas import Canvas
from driegesprek.figures.ground import KM_PER_DEGREE, Ground, Point, around
from driegesprek.figures.letters import clean, sentence, width
from driegesprek.figures.model import Direction, Figure, FigureTable
from driegesprek.figures.words import decimal, whole, words

WIDTH = 340.0
"""In px: about a phone's; wider screens show it as large."""
LEAST_KM = 2.0
MARGIN = 0.12
DOT = 22.0
MOVED = 1.02
"""Dots stand this many times their size apart at least, so that none hides another."""
TRIES = 40
RINGS = 3
CORNERS = 48
BAR = (0.5, 1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class NearbySpot:
    """A spot: what it is called, where it is (longitude, latitude), and how far, in words."""

    label: str
    at: Point
    said: str


@dataclass(frozen=True)
class NearbyWords:
    """What is written on the map.

    Attributes:
        title: Its name, for who does not see it.
        you: At the place itself.
        km: The unit; the same in all our languages.
    """

    title: str
    you: str
    km: str = "km"


def nearby(
    spots: Sequence[NearbySpot],
    place: Point,
    *,
    said: NearbyWords,
    language: str,
    ground: Iterable[Sequence[Sequence[Point]]] = (),
    direction: str = Direction.LTR,
) -> Figure:
    """Draw a map of a place and what is near it, numbered from 1.

    Args:
        spots: In the order of their numbers.
        place: Where somebody asks from, as (longitude, latitude).
        said: What is written on it.
        language: Of words and numbers.
        ground: Boundaries of municipalities, each as its rings, drawn pale beneath.
        direction: Of the words; a map itself does not turn round.
    """
    chart = _Nearby(tuple(spots), place, said, language, Direction(direction))
    alternative = chart.alternative()
    svg = chart.draw(ground).svg(said.title, alternative, language)
    return Figure(svg=svg, alternative=alternative, table=chart.table(), draw_narrow=lambda: svg)


@dataclass(frozen=True)
class _Nearby:
    spots: tuple[NearbySpot, ...]
    place: Point
    words: NearbyWords
    language: str
    direction: Direction

    @property
    def step(self) -> float:
        """Km from ring to ring, which the bar beneath shows too."""
        reach = max((_apart_km(self.place, one.at) for one in self.spots), default=LEAST_KM)
        return next((one for one in BAR if one * RINGS >= reach), BAR[-1])

    def draw(self, under: Iterable[Sequence[Sequence[Point]]]) -> Canvas:
        canvas = Canvas(WIDTH, Direction.LTR)
        ground = around([self.place, *(one.at for one in self.spots)], WIDTH, LEAST_KM).grown(MARGIN)
        canvas.rect(0, 0, WIDTH, ground.height, colours.CARD, rx=8)
        for rings in under:
            if drawn := ground.shape(rings):
                canvas.shape(drawn, "none", "", stroke=colours.SUN, stroke_width=1.5)
        self.rings(canvas, ground)
        here = ground.place(self.place)
        places = _apart([here, *(ground.place(one.at) for one in self.spots)])
        self.you(canvas, here, places[1:])
        for number, (spot, at) in enumerate(zip(self.spots, places[1:], strict=True), 1):
            self.spot(canvas, number, ground.place(spot.at), at)
        canvas.y = ground.height
        self.bar(canvas, ground)
        return canvas

    def rings(self, canvas: Canvas, ground: Ground) -> None:
        """Circles of whole steps around the place, so that one sees how far things are."""
        for number in range(1, RINGS + 1):
            circle = _circle(self.place, self.step * number)
            if all(_within(ground.place(one), ground) for one in circle):
                drawn = ground.shape([circle])
                canvas.shape(drawn, "none", "", stroke=colours.LINE, stroke_width=1.2, stroke_dasharray="4 3")

    def spot(self, canvas: Canvas, number: int, true: Point, at: Point) -> None:
        if true != at:
            canvas.line(*true, *at, colours.QUIET, stroke_width=1)
        canvas.rect(
            at[0] - DOT / 2, at[1] - DOT / 2, DOT, DOT, colours.TEAL, rx=DOT / 2, stroke=colours.WHITE
        )
        canvas.text(
            whole(number, self.language),
            at[0],
            at[1] + 5,
            size=14,
            fill=colours.WHITE,
            anchor="middle",
            font_weight="bold",
        )

    def you(self, canvas: Canvas, at: Point, others: Sequence[Point]) -> None:
        """The place itself; its words stand beneath, above or beside it, where fewest spots are."""
        canvas.rect(at[0] - 8, at[1] - 8, 16, 16, colours.SUN, stroke=colours.INK, stroke_width=2)
        half = width(self.words.you, 13) / 2

        def covered(spot: Point) -> int:
            out = not half <= spot[0] <= WIDTH - half
            hidden = sum(
                abs(one[0] - spot[0]) < half + DOT / 2 and abs(one[1] - spot[1]) < DOT for one in others
            )
            return hidden + 2 * out

        aside = half + 14
        places = [(at[0], at[1] + 20), (at[0], at[1] - 18), (at[0] + aside, at[1]), (at[0] - aside, at[1])]
        x, y = min(places, key=covered)
        x = min(max(x, half + 4), WIDTH - half - 4)
        canvas.text(
            self.words.you,
            x,
            y + 4,
            size=13,
            anchor="middle",
            font_weight="bold",
            stroke=colours.CARD,
            stroke_width=4,
            paint_order="stroke",
        )

    def bar(self, canvas: Canvas, ground: Ground) -> None:
        pixels = ground.scale / KM_PER_DEGREE
        km = self.step
        canvas.y += 10
        canvas.line(4, canvas.y + 8, 4 + km * pixels, canvas.y + 8, colours.INK, stroke_width=3)
        number = decimal(km, self.language, 1) if km < 1 else whole(round(km), self.language)
        canvas.text(f"{number} {self.words.km}", 12 + km * pixels, canvas.y + 13, size=13)
        canvas.y += 20

    def alternative(self) -> str:
        """All that the picture shows, in words."""
        said = [
            f"{whole(number, self.language)}. {clean(one.label)}: {clean(one.said)}."
            for number, one in enumerate(self.spots, 1)
        ]
        return " ".join([sentence(self.words.title), *said])

    def table(self) -> FigureTable:
        """The spots with their distance."""
        rows = tuple((clean(one.label), clean(one.said)) for one in self.spots)
        return FigureTable((words(self.language).row, self.words.km), rows)


def _apart_km(one: Point, other: Point) -> float:
    narrow = cos(radians((one[1] + other[1]) / 2))
    return KM_PER_DEGREE * hypot((one[0] - other[0]) * narrow, one[1] - other[1])


def _within(at: Point, ground: Ground) -> bool:
    return 0 <= at[0] <= ground.width and 0 <= at[1] <= ground.height


def _circle(middle: Point, km: float) -> list[Point]:
    high = km / KM_PER_DEGREE
    wide = high / cos(radians(middle[1]))
    turns = [2 * pi * part / CORNERS for part in range(CORNERS)]
    return [(middle[0] + wide * cos(turn), middle[1] + high * sin(turn)) for turn in turns]


def _apart(places: Sequence[Point]) -> list[Point]:
    """The same places, pushed from each other until none hides another; the first keeps its place."""
    found = [(x + index * 0.01, y) for index, (x, y) in enumerate(places)]
    least = DOT * MOVED
    for _ in range(TRIES):
        if not sum(_pushed(found, one, other, least) for one in range(len(found)) for other in range(one)):
            break
    return [true if _same(true, at) else at for true, at in zip(places, found, strict=True)]


def _same(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) + abs(one[1] - other[1]) < 1


def _pushed(places: list[Point], one: int, other: int, least: float) -> bool:
    """Moves two places from each other, `one` alone where the other is the first; whether they had to move."""
    (x1, y1), (x2, y2) = places[one], places[other]
    apart = ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5
    if apart >= least:
        return False
    step = (least - apart) / max(apart, 1e-9) + 1e-6
    dx, dy = (x1 - x2) * step, (y1 - y2) * step
    share = 1.0 if other == 0 else 0.5
    places[one] = (x1 + dx * share, y1 + dy * share)
    if other:
        places[other] = (x2 - dx * share, y2 - dy * share)
    return True
