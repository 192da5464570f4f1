"""Flows from one list to another as bands, each as thick as the number that takes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from driegesprek.figures import colours
from driegesprek.figures.canvas import Canvas
from driegesprek.figures.charting import figure_of
from driegesprek.figures.letters import clean, sentence, width, wrap
from driegesprek.figures.model import Direction, Figure, FigureTable
from driegesprek.figures.words import whole, words

HIGH = 360.0
"""Height of all bands together, at 640 px."""
NODE = 12.0
APART = 9.0
SIZE = 13.0
SHADES = (colours.TEAL, colours.SKY, colours.CORAL, colours.SUN, colours.QUIET)


@dataclass(frozen=True)
class Flow:
    """How many go from one to another.

    Attributes:
        source: Where from.
        target: Where to.
        value: How many, 0 or more.
    """

    source: str
    target: str
    value: float


def sankey(flows: Sequence[Flow], *, title: str, language: str, direction: str = Direction.LTR) -> Figure:
    """Draw flows.

    Args:
        flows: In the order in which sources and targets are to stand.
        title: Drawn above.
        language: Of words and numbers.
        direction: ``ltr`` or ``rtl``.

    Raises:
        ValueError: A flow is negative, or there is none.
    """
    if any(one.value < 0 for one in flows) or not sum(one.value for one in flows):
        raise ValueError("A flow is 0 or more, and there is at least one.")
    return figure_of(_Sankey(tuple(flows), title, language, Direction(direction)))


@dataclass(frozen=True)
class _Sankey:
    flows: tuple[Flow, ...]
    title: str
    language: str
    direction: Direction

    @property
    def sources(self) -> list[str]:
        return list(dict.fromkeys(one.source for one in self.flows))

    @property
    def targets(self) -> list[str]:
        return list(dict.fromkeys(one.target for one in self.flows))

    def draw(self, size: float) -> Canvas:
        canvas = Canvas(size, self.direction)
        canvas.heading(self.title)
        beside = self.beside(size)
        scale = HIGH / sum(one.value for one in self.flows)
        starts = self.column(canvas, self.sources, scale, 0, beside, source=True)
        ends = self.column(canvas, self.targets, scale, size - beside, beside, source=False)
        for one in self.flows:
            self.band(canvas, one, scale, (beside - NODE, starts), (size - beside + NODE, ends))
        canvas.y += max(self.height(self.sources, scale), self.height(self.targets, scale)) + 4
        return canvas

    def beside(self, size: float) -> float:
        """Room for names on each side: a third, and more where a word would be broken otherwise."""
        longest = max(
            width(word, SIZE) for one in (*self.sources, *self.targets) for word in clean(one).split()
        )
        return min(max(size * 0.33, longest + NODE + 8), size * 0.4)

    def total(self, name: str, *, source: bool) -> float:
        return sum(one.value for one in self.flows if (one.source if source else one.target) == name)

    def slot(self, value: float, scale: float) -> float:
        """Room for a node: never less than its words need."""
        return max(value * scale, SIZE * 2.8) + APART

    def height(self, names: Sequence[str], scale: float) -> float:
        source = names == self.sources
        return sum(self.slot(self.total(one, source=source), scale) for one in names)

    def column(
        self, canvas: Canvas, names: Sequence[str], scale: float, x: float, room: float, *, source: bool
    ) -> dict[str, float]:
        """Draws the nodes of one side with their names; returns where each begins."""
        places, y = {}, canvas.y
        for name in names:
            value = self.total(name, source=source)
            places[name] = y
            edge = x + room - NODE if source else x
            canvas.rect(edge, y, NODE, max(value * scale, 1), colours.INK, class_="figure-node")
            text = x if source else x + NODE + 6
            canvas.lines(wrap(name, room - NODE - 8, SIZE)[:3], text, y - 2, size=SIZE)
            y += self.slot(value, scale)
        return places

    def band(
        self,
        canvas: Canvas,
        flow: Flow,
        scale: float,
        start: tuple[float, dict[str, float]],
        end: tuple[float, dict[str, float]],
    ) -> None:
        thick = flow.value * scale
        (x1, starts), (x2, ends) = start, end
        y1, y2 = starts[flow.source], ends[flow.target]
        starts[flow.source], ends[flow.target] = y1 + thick, y2 + thick
        shade = SHADES[self.targets.index(flow.target) % len(SHADES)]
        canvas.ribbon(
            (x1 + NODE, y1, y1 + thick),
            (x2 - NODE, y2, y2 + thick),
            shade,
            fill_opacity=0.55,
            class_="figure-flow",
        )

    def alternative(self) -> str:
        """All that the picture shows, in words."""
        said = [
            f"{clean(one.source)} → {clean(one.target)}: {whole(round(one.value), self.language)}."
            for one in self.flows
        ]
        return " ".join([sentence(self.title), *said])

    def table(self) -> FigureTable:
        """The numbers: a row for each source, a column for each target."""
        found = {(one.source, one.target): one.value for one in self.flows}
        rows = tuple(
            (
                clean(source),
                *(whole(round(found.get((source, one), 0)), self.language) for one in self.targets),
            )
            for source in self.sources
        )
        return FigureTable((words(self.language).row, *map(clean, self.targets)), rows)
