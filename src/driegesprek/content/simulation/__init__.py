"""A school year that is made up, to try things out on: answers with known means, spreads and effects.

Nobody gave these answers. They follow the means and spreads that City Deal (2017) printed, where its print is not
doubted, and effects of our own making, so that it can be seen whether an analysis finds them again::

    from driegesprek.content.simulation import make_people, simulate, wide
    year = simulate(make_people(seed=1, schools=12), seed=1)
    table, codebook = wide(year, "pupil")
"""

from driegesprek.content.simulation.figures import effects, shapes, targets
from driegesprek.content.simulation.people import People, make_people
from driegesprek.content.simulation.table import wide
from driegesprek.content.simulation.year import Answers, Sheets, State, Year, simulate

__all__ = [
    "Answers",
    "People",
    "Sheets",
    "State",
    "Year",
    "effects",
    "make_people",
    "shapes",
    "simulate",
    "targets",
    "wide",
]
