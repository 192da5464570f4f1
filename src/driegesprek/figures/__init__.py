"""Charts as SVG, each with its text alternative and the numbers for the table beneath.

A figure takes plain numbers that may be shown (see :mod:`driegesprek.evidence.disclosure`) and gives SVG that can be
put into a page under a strict content security policy, into a PDF, or stand alone. Give the page's CSS
``.figure { max-inline-size: 100%; block-size: auto }`` and show ``narrow`` below 640 px.
"""

from driegesprek.figures.against import AgainstRow, Sides, against
from driegesprek.figures.bars import BarRow, bars
from driegesprek.figures.choropleth import MapArea, MapSpot, MapWords, choropleth, shade
from driegesprek.figures.coverage import CoverageCell, CoverageRow, coverage
from driegesprek.figures.forest import ForestRow, forest
from driegesprek.figures.likert import LikertRow, likert
from driegesprek.figures.model import Direction, Figure, FigureTable
from driegesprek.figures.nearby import NearbySpot, NearbyWords, nearby
from driegesprek.figures.sankey import Flow, sankey
from driegesprek.figures.slopes import SlopeRow, slopes
from driegesprek.figures.strip import StripActivity, Tone, strip
from driegesprek.figures.trends import TrendRow, trends

__all__ = [
    "AgainstRow",
    "BarRow",
    "CoverageCell",
    "CoverageRow",
    "Direction",
    "Figure",
    "FigureTable",
    "Flow",
    "ForestRow",
    "LikertRow",
    "MapArea",
    "MapSpot",
    "MapWords",
    "NearbySpot",
    "NearbyWords",
    "Sides",
    "SlopeRow",
    "StripActivity",
    "Tone",
    "TrendRow",
    "against",
    "bars",
    "choropleth",
    "coverage",
    "forest",
    "likert",
    "nearby",
    "sankey",
    "shade",
    "slopes",
    "strip",
    "trends",
]
