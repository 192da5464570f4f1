"""From vmbo to mbo: flows (table 3.6), travel (tables 3.2–3.4), routes and directions in mbo (3.9, figures 5.1–5.2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from driegesprek.region.areas import Area, today
from driegesprek.region.indicator import Definition, Indicator, Row, share
from driegesprek.region.names import plain, profile_name
from driegesprek.region.notes import Note
from driegesprek.region.store import Entry
from driegesprek.region.totals import of_country

FLOW: Final = Definition(
    name="flow",
    title={"nl": "Doorstroom naar techniek op het mbo", "en": "Flow to technology in mbo"},
    text="Share of the leavers with a vmbo profile who go on to a technical mbo programme, ICT included.",
    formula="100 × Σ leavers to technical directions / Σ leavers with the profile",
    basis="table 3.6",
    dutch={
        "text": "Deel van de vmbo-leerlingen met een profiel dat na het vmbo een technische mbo-opleiding gaat doen, ICT "
        "meegeteld.",
        "formula": "100 × Σ doorstromers naar technische richtingen / Σ doorstromers met het profiel",
        "basis": "tabel 3.6",
    },
)
TRAVEL: Final = Definition(
    name="travel",
    title={"nl": "Reisafstand en reistijd naar het mbo", "en": "Travel to mbo"},
    text="Cycling distance and time by public transport of mbo students by direction, to where they are taught.",
    formula="Σ students × mean of the municipality / Σ students, over municipalities (box 3.1); medians beside means",
    basis="tables 3.2–3.4",
    dutch={
        "text": "Fietsafstand en reistijd met openbaar vervoer van mbo-studenten per richting, naar waar zij les krijgen.",
        "formula": "Σ studenten × gemiddelde van de gemeente / Σ studenten, over gemeenten (kader 3.1); medianen ernaast",
        "basis": "tabellen 3.2–3.4",
    },
)
MBO: Final = Definition(
    name="mbo",
    title={"nl": "Richtingen in het mbo, BOL en BBL", "en": "Directions in mbo, BOL and BBL"},
    text="Share of mbo students by direction, within each route and in all.",
    formula="100 × Σ students in the direction and route / Σ students in the route",
    basis="table 3.9, figures 5.1 and 5.2",
    dutch={
        "text": "Deel van de mbo-studenten per richting, binnen BOL, binnen BBL en in totaal.",
        "formula": "100 × Σ studenten in de richting en leerweg / Σ studenten in de leerweg",
        "basis": "tabel 3.9, figuren 5.1 en 5.2",
    },
)
ROUTE: Final = Definition(
    name="route",
    title={"nl": "BBL per richting", "en": "Work-based route by direction"},
    text="Share of the students of a direction who follow the work-based route (BBL).",
    formula="100 × Σ BBL students in the direction / Σ students in the direction",
    basis="figures 5.1 and 5.2",
    dutch={
        "text": "Deel van de studenten van een richting dat de beroepsbegeleidende leerweg (BBL) volgt.",
        "formula": "100 × Σ BBL-studenten in de richting / Σ studenten in de richting",
        "basis": "figuren 5.1 en 5.2",
    },
)
_TECHNICAL: Final = (
    "techniek",
    "ict",
    "mobiliteit",
    "bouw",
    "maritiem",
    "technologie",
    "gebouwde omgeving",
    "creatieve industrie",
)


@lru_cache(maxsize=2_000)
def is_technical(direction: str) -> bool:
    """Whether a direction of mbo is technical or ICT, by the words in its name."""
    words = plain(direction)
    return any(one in words for one in _TECHNICAL)


@dataclass(frozen=True)
class Chosen:
    """The rows of one dataset that lie in an area."""

    entry: Entry
    columns: Mapping[str, Sequence[Any]]
    rows: tuple[int, ...]


@dataclass(slots=True)
class Sum:
    """A sum that grows: least value, most value of what is known, and how many are not known."""

    low: int = 0
    high: int = 0
    unknown: int = 0

    def add(self, low: int, high: int | None) -> None:
        """Count one more number by its bounds."""
        self.low += low
        if high is None:
            self.unknown += 1
        else:
            self.high += high

    def take_in(self, other: "Sum") -> None:
        """Count all of another sum."""
        self.low += other.low
        self.high += other.high
        self.unknown += other.unknown

    def without(self, part: "Sum") -> "Sum":
        """What is left of a whole when one of its parts is taken out."""
        return Sum(self.low - part.low, self.high - part.high, self.unknown - part.unknown)

    @property
    def bounds(self) -> tuple[int, int]:
        """Least and most; the upper one −1 where one is unknown."""
        return self.low, -1 if self.unknown else self.high


Sums = dict[Any, Sum]


def together(many: Iterable[Sum]) -> Sum:
    """Several sums as one."""
    whole = Sum()
    for one in many:
        whole.take_in(one)
    return whole


def sums(found: Chosen, keys: Iterable[Any]) -> Sums:
    """The sum of each group, in the order in which they are met; `keys` gives the group of each row of `found`."""
    lows, highs = found.columns["low"], found.columns["high"]
    made: Sums = {}
    for row, key in zip(found.rows, keys, strict=True):
        known = made.get(key)
        if known is None:
            known = made[key] = Sum()
        known.add(lows[row], highs[row])
    return made


def _of(found: Chosen, column: str) -> list[Any]:
    values = found.columns[column]
    return [values[row] for row in found.rows]


def inside(columns: Mapping[str, Sequence[Any]], area: Area) -> tuple[int, ...]:
    """The rows of a table that lie in an area: by its column of provinces, else by the names of municipalities."""
    names = columns["municipality"]
    if area.level == "country":
        rows: Iterable[int] = of_country([name or "" for name in names])
    elif area.level == "province":
        rows = (row for row, name in enumerate(columns.get("province", ())) if plain(name) in area.members)
    else:
        rows = (row for row, name in enumerate(names) if name and today(name) in area.members)
    return tuple(rows)


def flow(found: Chosen, area: Area) -> Indicator:
    """Share of leavers per profile who go on to technology in mbo."""
    technical = map(is_technical, _of(found, "direction"))
    return flow_of(sums(found, zip(_of(found, "profile"), technical, strict=True)), found.entry, area)


def flow_of(known: Sums, entry: Entry, area: Area) -> Indicator:
    """`flow` of the sums by (profile, whether the direction is technical)."""
    rows = [
        _row(profile_name(one), one, _got(known, (one, True)), _got(known, (one, False)))
        for one in dict.fromkeys(profile for profile, _ in known)
    ]
    return _indicator(FLOW, entry, area, rows)


def _got(known: Sums, key: Any) -> tuple[int, int]:
    return known[key].bounds if key in known else (0, 0)


def _by_route(found: Chosen) -> Sums:
    return sums(found, zip(_of(found, "route"), _of(found, "direction"), strict=True))


def mbo(found: Chosen, area: Area) -> Indicator:
    """Share of students by direction within BOL, BBL and in all."""
    return mbo_of(_by_route(found), found.entry, area)


def mbo_of(known: Sums, entry: Entry, area: Area) -> Indicator:
    """`mbo` of the sums by (route, direction)."""
    rows = []
    directions = dict.fromkeys(direction for _, direction in known)
    for route in ("BOL", "BBL", ""):
        parts = _by_direction(known, route)
        whole = together(parts.values())
        for one in directions:
            part = parts.get(one, Sum())
            rest = whole.without(part)
            rows.append(_row(one, plain(one), part.bounds, rest.bounds, route_nl=route or "totaal"))
    return _indicator(MBO, entry, area, rows)


def _by_direction(known: Sums, route: str) -> Sums:
    """The sums of a route, or of all routes together, by direction."""
    made: Sums = {}
    for (of_route, direction), one in known.items():
        if not route or of_route == route:
            made.setdefault(direction, Sum()).take_in(one)
    return made


def route(found: Chosen, area: Area) -> Indicator:
    """Share of the work-based route within each direction."""
    return route_of(_by_route(found), found.entry, area)


def route_of(known: Sums, entry: Entry, area: Area) -> Indicator:
    """`route` of the sums by (route, direction)."""
    rows = [
        _row(one, plain(one), _got(known, ("BBL", one)), _got(known, ("BOL", one)))
        for one in dict.fromkeys(direction for _, direction in known)
    ]
    return _indicator(ROUTE, entry, area, rows)


def travel(found: Chosen, area: Area) -> Indicator:
    """Means weighted by students as in box 3.1; where numbers of students are suppressed, municipalities weigh alike."""
    columns = found.columns
    rows, notes = [], []
    of_direction: dict[str, list[int]] = {}
    for row in found.rows:
        of_direction.setdefault(columns["direction"][row], []).append(row)
    for direction, places in of_direction.items():
        weights, exact = _weights(columns, places)
        if not exact:
            notes.append(weighs_alike(direction))
        more = {
            f"{name}_{unit}": _weighted(columns[name], places, weights)
            for name, unit in (("distance_mean", "km"), ("transit_mean", "minutes"))
        }
        if len(places) == 1:
            more |= {
                "distance_median_km": columns["distance_median"][places[0]],
                "transit_median_minutes": columns["transit_median"][places[0]],
            }
        students = int(sum(weights)) if exact else None
        rows.append(Row(label=direction, key=plain(direction), pupils=students, more=more))
    return _indicator(TRAVEL, found.entry, area, rows, notes)


def weighs_alike(direction: str) -> Note:
    """The remark on a mean of which the numbers of students are not known."""
    return Note(
        f"{direction}: numbers of students are suppressed or absent; municipalities weigh alike.",
        f"{direction}: aantallen studenten zijn afgeschermd of ontbreken; alle gemeenten tellen even zwaar.",
    )


def _weights(columns: Mapping[str, Sequence[Any]], places: Sequence[int]) -> tuple[list[float], bool]:
    exact = all(columns["low"][row] == columns["high"][row] and columns["low"][row] > 0 for row in places)
    return ([float(columns["low"][row]) for row in places] if exact else [1.0] * len(places)), exact


def _weighted(
    values: Sequence[float | None], places: Sequence[int], weights: Sequence[float]
) -> float | None:
    pairs = [(values[row], weight) for row, weight in zip(places, weights, strict=True)]
    known = [(value, weight) for value, weight in pairs if value is not None]
    total = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / total if total else None


def _row(label: str, key: str, part: tuple[int, int], rest: tuple[int, int], **more: Any) -> Row:
    exact, low, high = share(part, rest)
    known = part[0] == part[1]
    return Row(
        label=label,
        key=key,
        share=exact,
        share_low=low,
        share_high=high,
        pupils=part[0] if known else None,
        of=part[0] + rest[0] if known and rest[0] == rest[1] else None,
        more=more,
    )


def _indicator(
    definition: Definition, entry: Entry, area: Area, rows: Sequence[Row], notes: Sequence[str] = ()
) -> Indicator:
    return Indicator(
        definition=definition,
        area=area.name,
        year=entry.year,
        source=entry.source,
        rows=tuple(rows),
        notes=(*area.notes, *notes),
    )
