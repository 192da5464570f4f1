"""From a chart that can be drawn at any width to the figure that a page needs."""

from functools import partial
from typing import Protocol

from driegesprek.figures.canvas import Canvas
from driegesprek.figures.model import NARROW, WIDE, Figure, FigureTable


class Chart(Protocol):
    """Draws itself at a width in pixels, and tells itself in words and as a table."""

    @property
    def title(self) -> str:
        """What stands above it."""

    @property
    def language(self) -> str:
        """In which its words are."""

    def draw(self, size: float, /) -> Canvas:
        """The picture, so many pixels wide."""

    def alternative(self) -> str:
        """The same in words, with every number."""

    def table(self) -> FigureTable:
        """The numbers."""


def figure_of(chart: Chart) -> Figure:
    """The figure: drawn for beside text now, for a phone when it is asked for."""
    alternative = chart.alternative()
    return Figure(
        svg=_drawn(chart, alternative, WIDE),
        alternative=alternative,
        table=chart.table(),
        draw_narrow=partial(_drawn, chart, alternative, NARROW),
    )


def _drawn(chart: Chart, alternative: str, size: float) -> str:
    return chart.draw(size).svg(chart.title, alternative, chart.language)
