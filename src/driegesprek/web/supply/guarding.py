"""Tables of people that somebody brought in, made such that no page can tell of fewer than the minimum.

A publisher's open data are protected already. What a municipality or a school brings in may count three pupils, and pages
add it up over any area. So it becomes cells that do not overlap, each safe by itself (`evidence.disclosure.bounds`); rows
that are totals of others in the file are left out, since the pages add up themselves.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from driegesprek.evidence.disclosure import MINIMUM, Known, Total, protect_cells
from driegesprek.region.areas import today
from driegesprek.region.dataset import Kind
from driegesprek.region.moving import is_technical
from driegesprek.region.names import plain
from driegesprek.region.switching import is_technology
from driegesprek.region.totals import level

Columns = Mapping[str, Sequence[Any]]
Key = tuple[Any, ...]
Cells = dict[Key, Known]

DIMENSIONS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.FLOWS: ("municipality", "profile", "direction"),
    Kind.SWITCHES: ("municipality", "row_year", "origin", "destination"),
    Kind.MBO_STUDENTS: ("municipality", "province", "row_year", "direction", "route"),
}
"""By what numbers are shown; what a file knows besides is added up."""
MEASURES: Final = ("distance_mean", "distance_median", "transit_mean", "transit_median")


@dataclass(frozen=True)
class Guarded:
    """A dataset as pages may have it.

    Attributes:
        columns: As the store gives them.
        hidden: Numbers that became bounds or unknown.
        left_out: Rows that are totals of others, or that a newer file has too.
    """

    columns: dict[str, list[Any]]
    hidden: int
    left_out: int


def finest(columns: Columns, names: Iterable[str], rows: Sequence[int]) -> list[int]:
    """The rows that are no total of others: by each column those of the lowest level that there is."""
    kept = list(rows)
    for name in names:
        of = {one: level(str(one or "")) for one in {columns[name][row] for row in kept}}
        least = min(of.values(), default=0)
        kept = [row for row in kept if of[columns[name][row]] == least]
    return kept


def _texts(kind: Kind, columns: Columns) -> list[str]:
    """The columns in which totals may stand; a province counts where there are no municipalities."""
    names = [one for one in DIMENSIONS[kind] if one not in {"row_year", "province"}]
    no_towns = kind is Kind.MBO_STUDENTS and not any(columns["municipality"])
    return [*names, "province"] if no_towns else names


def added(columns: Columns, names: Sequence[str], rows: Iterable[int]) -> Cells:
    """The sums of rows by these columns."""
    found: Cells = {}
    for row in rows:
        key = tuple(columns[name][row] for name in names)
        low, high = found.get(key, (0, 0))
        more = columns["high"][row]
        found[key] = (
            low + columns["low"][row],
            None if high is None or more is None else high + more,
        )
    return found


def moving(kind: Kind, columns: Columns, rows: Sequence[int]) -> Guarded:
    """Flows, switches or students, by cell."""
    names = DIMENSIONS[kind]
    kept = finest(columns, _texts(kind, columns), rows)
    cells = added(columns, names, kept)
    cells |= dict.fromkeys(_LACKING[kind](cells), (0, 0))
    shown = protect_cells(cells)
    made = {name: [""] * len(shown) for name in columns} | {
        name: [key[at] for key in shown] for at, name in enumerate(names)
    }
    return _made(made, shown.values(), cells.values(), len(columns["low"]) - len(kept))


def _made(
    columns: dict[str, list[Any]], shown: Iterable[Known], true: Iterable[Known], left_out: int
) -> Guarded:
    pairs = list(shown)
    columns |= {"low": [low for low, _ in pairs], "high": [high for _, high in pairs]}
    return Guarded(columns, sum(a != b for a, b in zip(pairs, true, strict=True)), left_out)


def _without_flow(cells: Cells) -> Iterable[Key]:
    """Where a file has no row of a profile to technology, or none to anything else: nobody is a small number too."""
    samples = {is_technical(direction): direction for _, _, direction in cells}
    there = {(town, profile, is_technical(direction)) for town, profile, direction in cells}
    for town, profile, _direction in cells:
        for technical, direction in samples.items():
            if (town, profile, technical) not in there:
                yield town, profile, direction


def _without_route(cells: Cells) -> Iterable[Key]:
    """The same of a direction's routes."""
    routes = {key[-1] for key in cells}
    return (key for one in cells for route in routes if (key := (*one[:-1], route)) not in cells)


def _without_switch(cells: Cells) -> Iterable[Key]:
    """The same of who stays, goes to technology or goes to something else."""
    there = {(*key[:3], _way(key[2], key[3])) for key in cells}
    ways = {way for *_, way in there}
    ends = dict.fromkeys(key[3] for key in cells)
    for town, year, origin, _destination in cells:
        for way in ways:
            sample = next((one for one in (origin, *ends) if _way(origin, one) == way), None)
            if sample is not None and (town, year, origin, way) not in there:
                yield town, year, origin, sample


def _way(origin: str, destination: str) -> tuple[bool, bool]:
    away = plain(origin) != plain(destination)
    return away, away and is_technology(destination)


_LACKING: Final[Mapping[Kind, Callable[[Cells], Iterable[Key]]]] = {
    Kind.FLOWS: _without_flow,
    Kind.SWITCHES: _without_switch,
    Kind.MBO_STUDENTS: _without_route,
}


def travel(columns: Columns, students: Mapping[Key, Sequence[Known]]) -> Guarded:
    """Distances and times: none of fewer than the minimum, and no number that gives away those of a route.

    Args:
        columns: As the file has them.
        students: What files of students of that year say of (municipality, direction), by route.
    """
    kept = finest(columns, ("municipality", "direction"), range(len(columns["low"])))
    true: list[Known] = [(columns["low"][row], columns["high"][row]) for row in kept]
    keys = [place(columns["municipality"][row], columns["direction"][row]) for row in kept]
    routes = {(*key, at): known for key, many in students.items() for at, known in enumerate(many)}
    cells = {(row,): known for row, known, key in zip(kept, true, keys, strict=True) if key not in students}
    totals = [
        Total((row,), known, tuple((*key, at) for at in range(len(students[key]))))
        for row, known, key in zip(kept, true, keys, strict=True)
        if key in students
    ]
    told = protect_cells(cells, totals, told=protect_cells(routes))
    shown = [told[(row,)] for row in kept]
    made = {name: [values[row] for row in kept] for name, values in columns.items()}
    few = [low < MINIMUM and high is not None for low, high in true]
    for name in MEASURES:
        made[name] = [None if hide else one for one, hide in zip(made[name], few, strict=True)]
    return _made(made, shown, true, len(columns["low"]) - len(kept))


def place(town: str, direction: str) -> Key:
    """A municipality and a direction, however files write them."""
    return today(town), plain(direction)
