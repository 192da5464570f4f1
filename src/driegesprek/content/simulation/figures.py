"""The figures a simulated year follows: printed means and spreads, and what is put in because nothing is printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from driegesprek.content.files import HERE, rows

FOLDER = HERE / "simulation"
PRE, POST = "pre", "post"
PARTS = (PRE, POST)
PRINTED = "printed"
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Target:
    """What a scale is to come out at, in points of its five answers.

    Attributes:
        doubtful: which of mean, sd and alpha are not as printed: the print is doubted, or there is none.
        source: report and table; `doubt` says what is wrong with the print.
    """

    mean: float
    sd: float
    alpha: float
    doubtful: frozenset[str]
    source: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Shape:
    """How a scale hangs together with others; everything in standard deviations of its factor, and all of it ours.

    Attributes:
        block: scales of one voice that share a factor, with this loading.
        family_factor: what pupil and adults of one family share, with this loading.
        pre_post: correlation of the factor before and after.
        in_class: share of the variance that lies between classes; `in_school` between schools.
        support: a scale of the same person, whose standing before leads to growth, by this path.
    """

    block: str
    block_loading: float
    family_factor: str
    family_loading: float
    pre_post: float
    in_class: float
    in_school: float
    support: str
    support_path: float


@dataclass(frozen=True, slots=True)
class Effect:
    """How many points higher the scale is afterwards for whom all of `terms` hold, all else equal."""

    voice: str
    scale: str
    terms: tuple[str, ...]
    points: float
    source: str


Key = tuple[str, str]
"""(voice, name of the scale or question)."""


@cache
def targets() -> dict[tuple[str, str, str], Target]:
    """Give what scales are to come out at: {(voice, scale, pre or post): target}."""
    return {(row["voice"], row["scale"], row["wave"]): _target(row) for row in rows(FOLDER / "targets.csv")}


def _target(row: Row) -> Target:
    doubtful = frozenset(one for one in ("mean", "sd", "alpha") if row[f"{one}_status"] != PRINTED)
    mean, sd, alpha = (float(row[name]) for name in ("mean", "sd", "alpha"))
    return Target(mean, sd, alpha, doubtful, row["source"], row["doubt"])


@cache
def shapes() -> dict[Key, Shape]:
    """Give how scales hang together."""
    return {(row["voice"], row["scale"]): _shape(row) for row in rows(FOLDER / "structure.csv")}


def _shape(row: Row) -> Shape:
    return Shape(
        block=row["block"],
        block_loading=float(row["block_loading"]),
        family_factor=row["family_factor"],
        family_loading=float(row["family_loading"]),
        pre_post=float(row["pre_post"]),
        in_class=float(row["in_class"]),
        in_school=float(row["in_school"]),
        support=row["support"],
        support_path=float(row["support_path"] or 0),
    )


@cache
def effects() -> tuple[Effect, ...]:
    """Give the effects that are put in; what is not here is nought."""
    return tuple(
        Effect(row["voice"], row["scale"], tuple(row["term"].split(":")), float(row["points"]), row["source"])
        for row in rows(FOLDER / "effects.csv")
    )


@cache
def single_items() -> dict[Key, tuple[float, float]]:
    """Give mean and sd of five-point questions that belong to no scale."""
    return {
        (row["voice"], row["question"]): (float(row["mean"]), float(row["sd"]))
        for row in rows(FOLDER / "items.csv")
    }


@cache
def shares() -> dict[Key, tuple[dict[str, float], float]]:
    """Give of questions with other answers: {code: share, in per cent}, and the chance to answer the same again."""
    found: dict[Key, tuple[dict[str, float], float]] = {}
    for row in rows(FOLDER / "shares.csv"):
        codes, _ = found.setdefault((row["voice"], row["question"]), ({}, float(row["keeps"])))
        codes[row["code"]] = float(row["share"])
    return found
