"""From a profile on: directions in mbo, and chances at work and pay where somebody supplied a file of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from driegesprek.region.dataset import Kind
from driegesprek.region.indicator import share
from driegesprek.region.names import plain
from driegesprek.region.other_files import CHANCES
from driegesprek.region.store import Store

LEVELS: Final[Mapping[str, tuple[int, ...]]] = {"B": (2,), "K": (3, 4), "G": (3, 4), "T": (3, 4)}
"""Levels of mbo that a diploma of a track opens: basis level 2, the others 3 and 4 (Wet educatie en beroepsonderwijs,
article 8.2.1)."""


@dataclass(frozen=True)
class Towards:
    """How many of a hundred go on to one direction; bounds where numbers are suppressed."""

    direction: str
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Chance:
    """One figure on work or pay, as its file states it; nothing is worked out with it.

    Attributes:
        programme: Name of the programme, or '' for a whole direction.
        direction: As flows name it.
        route: BOL, BBL or ''.
        level: Of mbo, or ''.
        indicator: What it says: chance of a job, pay per hour.
        value: The figure.
        unit: Of the figure.
        region: Where it holds.
        source: Who says so.
        date: When that was.
    """

    programme: str
    direction: str
    route: str
    level: str
    indicator: str
    value: float
    unit: str
    region: str
    source: str
    date: str


@dataclass(frozen=True)
class Pathways:
    """What was imported about the ways on after a profile.

    Attributes:
        profile: Its key.
        towards: Directions in the order of the file: no ranking is meant.
        year: First year of the flows; None where none were imported.
        source: Of the flows.
        chances: Figures of these directions.
    """

    profile: str
    towards: tuple[Towards, ...] = ()
    year: int | None = None
    source: str = ""
    chances: tuple[Chance, ...] = ()


def pathways(store: Store, profile: str) -> Pathways:
    """The ways on after a profile, of the whole country; empty where nothing was imported.

    Raises:
        StoreError: the folder cannot be read.
    """
    entry = store.find(Kind.FLOWS)
    if entry is None:
        return Pathways(profile)
    columns = store.columns(entry)
    rows = [row for row, one in enumerate(columns["profile"]) if one == profile]
    towards = tuple(
        _towards(columns, rows, one) for one in dict.fromkeys(columns["direction"][row] for row in rows)
    )
    return Pathways(
        profile, towards, entry.year, entry.source, _chances(store, {plain(one.direction) for one in towards})
    )


def chances_by_direction(store: Store) -> dict[str, tuple[Chance, ...]]:
    """Every imported figure on work and pay by direction, in the order of the file.

    Raises:
        StoreError: the folder cannot be read.
    """
    found: dict[str, list[Chance]] = {}
    for one in _chances(store, None):
        found.setdefault(one.direction, []).append(one)
    return {direction: tuple(many) for direction, many in found.items()}


def _towards(columns: Mapping[str, Sequence[Any]], rows: Sequence[int], direction: str) -> Towards:
    part, rest = (
        _sum(columns, [row for row in rows if (columns["direction"][row] == direction) is inside])
        for inside in (True, False)
    )
    return Towards(direction, *share(part, rest))


def _sum(columns: Mapping[str, Sequence[Any]], rows: Sequence[int]) -> tuple[int, int]:
    highs = [columns["high"][row] for row in rows]
    return sum(columns["low"][row] for row in rows), -1 if None in highs else sum(highs)


def _chances(store: Store, directions: set[str] | None) -> tuple[Chance, ...]:
    """Figures without a source, a date or a value are left out: nobody could check them."""
    entry = store.find(Kind.CHANCES)
    if entry is None:
        return ()
    columns = store.columns(entry)
    found = []
    for values in zip(*(columns[one] for one in CHANCES), strict=True):
        row = dict(zip(CHANCES, values, strict=True))
        if (
            (directions is None or plain(row["direction"] or "") in directions)
            and row["value"] is not None
            and row["source"]
            and row["date"]
        ):
            texts = {name: str(row[name] or "") for name in CHANCES if name != "value"}
            found.append(Chance(**texts, value=float(row["value"])))
    return tuple(found)
