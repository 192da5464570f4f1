"""How an instrument is evaluated before and after: which scales are outcomes, what may support them, whom to compare.

As City Deal (2017), tables 4 to 7, has it for its instruments. A form that stands in no row has all its scales as
outcomes, its questions `did_…` as activities, and year group and track as groups.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from driegesprek.content.files import HERE, rows

ACTIVITY = "did_"
"""How the name of a question begins that asks whether somebody took part in an activity."""
GROUPS = ("year_group", "track")
"""Known of everybody's class."""


@dataclass(frozen=True)
class Evaluation:
    """What is looked at.

    Attributes:
        outcomes: scales that are explained; empty for all.
        support: {outcome: scale of support that may explain it}.
        groups: variables by which results are compared.
        crossed: questions that are told by group.
    """

    outcomes: tuple[str, ...]
    support: Mapping[str, str]
    groups: tuple[str, ...]
    crossed: tuple[str, ...] = ()


@cache
def evaluation(key: str) -> Evaluation:
    """How an instrument is evaluated, by its key such as `citydeal_pupil_post`."""
    own = [
        one
        for one in rows(HERE / "evaluation.csv")
        if key == one["instrument"] or key.startswith(f"{one['instrument']}_")
    ]
    return Evaluation(
        tuple(one["name"] for one in own if one["role"] == "outcome"),
        {one["of"]: one["name"] for one in own if one["role"] == "support"},
        (*GROUPS, *(one["name"] for one in own if one["role"] == "group")),
        tuple(one["name"] for one in own if one["role"] == "crossed"),
    )
