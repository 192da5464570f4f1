"""Areas: the country, regions as sets of municipalities, provinces and such, municipalities, and their mergers by year."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from driegesprek.region.names import municipality_key, plain
from driegesprek.region.notes import Note

HERE: Final = Path(__file__).parent / "data"
_PROVINCE_ALSO: Final = {"fryslan": "friesland", "friesland": "fryslan"}
PROVINCE_CODES: Final = {
    f"PV{number}": name
    for number, name in enumerate(
        ("Groningen", "Friesland", "Drenthe", "Overijssel", "Flevoland", "Gelderland", "Utrecht", "Noord-Holland",
         "Zuid-Holland", "Zeeland", "Noord-Brabant", "Limburg"), start=20,
    )
}  # fmt: skip
"""CBS's code of each province."""
COUNTRY: Final = frozenset({"nl", "nederland", "netherlands", "the netherlands", "landelijk"})
PARTITIONS: Final = ("province", "corop", "rmc", "labour_market", "education_area")
"""Ways in which DUO's files of addresses divide the country."""
_PREFIXES: Final = {
    "municipality": "municipality", "gemeente": "municipality", "province": "province", "provincie": "province",
    "corop": "corop", "rmc": "rmc",
    "labour_market": "labour_market", "arbeidsmarktregio": "labour_market", "rpa": "labour_market",
    "education_area": "education_area", "region": "region", "regio": "region",
}  # fmt: skip


class UnknownAreaError(ValueError):
    """There is no such area in what was imported; the message says what there is."""


@dataclass(frozen=True, slots=True)
class Merger:
    """From this year on, a municipality (or one place in it) belongs to another."""

    year: int
    old: str
    new: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """Which locations are meant.

    Attributes:
        name: As people know it.
        level: country, region, province, corop, rmc, labour_market, education_area or municipality.
        members: Keys of today's municipalities, of the partition, or of the former municipality; empty for the country.
        former: The members are municipalities as they were in the data's own year.
        notes: What a reader must know of the choice.
    """

    name: str
    level: str
    members: frozenset[str] = frozenset()
    former: bool = False
    notes: tuple[str, ...] = ()


@cache
def mergers() -> tuple[Merger, ...]:
    """Every merger and split since 2015 that we know of (CBS, 'Gemeentelijke indeling', by year)."""
    with (HERE / "mergers.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Merger(int(row["year"]), row["old"], row["new"], row["place"]) for row in csv.DictReader(file)
        )


@cache
def regions() -> Mapping[str, tuple[str, frozenset[str]]]:
    """Our regions: {key: (Dutch name, keys of today's municipalities)}."""
    with (HERE / "regions.csv").open(encoding="utf-8", newline="") as file:
        return region_sets(csv.DictReader(file))


def region_sets(rows: Iterable[Mapping[str, str]]) -> dict[str, tuple[str, frozenset[str]]]:
    """Regions from rows with `region` and `municipality`, and a name in one of them."""
    names: dict[str, str] = {}
    members: dict[str, set[str]] = {}
    for row in rows:
        key = plain(row["region"])
        names.setdefault(key, row.get("name_nl") or row.get("name") or row["region"])
        members.setdefault(key, set()).add(today(row["municipality"]))
    return {key: (names[key], frozenset(found)) for key, found in members.items()}


def today(municipality: str, place: str = "") -> str:
    """The key of the municipality to which this one, or this place in it, belongs today."""
    return _today(municipality_key(municipality), plain(place))


@cache
def _today(key: str, place: str) -> str:
    for _ in range(10):
        found = _successor(key, place)
        if found is None:
            return key
        key = found
    return key


def _successor(key: str, place: str) -> str | None:
    steps = _steps().get(key, ())
    chosen = [one for one in steps if one.place and plain(one.place) == place] or [
        one for one in steps if not one.place
    ]
    return municipality_key(chosen[0].new) if chosen else None


@cache
def _steps() -> Mapping[str, tuple[Merger, ...]]:
    found: dict[str, list[Merger]] = {}
    for one in mergers():
        if municipality_key(one.old) != municipality_key(one.new):
            found.setdefault(municipality_key(one.old), []).append(one)
    return {key: tuple(many) for key, many in found.items()}


def merged_in(key: str) -> Merger | None:
    """How and when a municipality ceased to exist; None while it exists."""
    return next(iter(_steps().get(key, ())), None)


@dataclass(frozen=True)
class Known:
    """The areas that the imported data know.

    Attributes:
        municipalities: {key of today's municipality: its name}.
        former: {key: name} of municipalities as the data of the year name them.
        partitions: {province, corop …: {key: name}}.
        sets: Further regions, as `region_sets` gives them.
    """

    municipalities: Mapping[str, str]
    former: Mapping[str, str]
    partitions: Mapping[str, Mapping[str, str]]
    sets: Mapping[str, tuple[str, frozenset[str]]]


def resolve(text: str, known: Known, *, year: int) -> Area:
    """Which area is meant by a name.

    Args:
        text: NL, MRDH, Rotterdam, Zuid-Holland; with `province:` and the like before it where a name is ambiguous.
        known: What there is.
        year: Of the data: a municipality that has merged since is itself in the years before.

    Raises:
        UnknownAreaError: nothing of that name; the message says what looks like it.
    """
    prefix, _, rest = text.partition(":")
    level = _PREFIXES.get(plain(prefix).replace(" ", "_"), "") if rest else ""
    name = rest.strip() if level else text.strip()
    if plain(name) in COUNTRY:
        return Area("Nederland", "country")
    for find in (_region, _municipality, _partition):
        if found := find(name, known, level, year):
            return found
    raise UnknownAreaError(_not_found(text, known))


def _region(name: str, known: Known, level: str, _year: int) -> Area | None:
    if level not in {"", "region"}:
        return None
    for key, (label, members) in {**regions(), **known.sets}.items():
        if plain(name) in {key, plain(label)}:
            return Area(label, "region", members)
    return None


def _municipality(name: str, known: Known, level: str, year: int) -> Area | None:
    if level not in {"", "municipality"}:
        return None
    key = municipality_key(name)
    merger = merged_in(key)
    if merger and year < merger.year and key in known.former:
        return Area(known.former[key], "municipality", frozenset({key}), former=True)
    note = (
        (
            Note(
                f"{merger.old} has been part of {merger.new} since {merger.year}.",
                f"{merger.old} hoort sinds {merger.year} bij {merger.new}.",
            ),
        )
        if merger
        else ()
    )
    key = today(name)
    if key not in known.municipalities:
        return None
    also = [one for one in PARTITIONS if plain(name) in known.partitions.get(one, {})]
    ambiguous = tuple(
        Note(
            f"There is also a {one} of this name: {one}:{name}.",
            f"Er is ook een ander gebied met deze naam: {one}:{name}.",
        )
        for one in also[:1]
        if not level
    )
    return Area(known.municipalities[key], "municipality", frozenset({key}), notes=note + ambiguous)


def _partition(name: str, known: Known, level: str, _year: int) -> Area | None:
    for one in PARTITIONS if not level else (level,):
        names = known.partitions.get(one, {})
        for key in (plain(name), _PROVINCE_ALSO.get(plain(name), "") if one == "province" else ""):
            if key in names:
                return Area(names[key], one, frozenset({key}))
    return None


def _not_found(text: str, known: Known) -> str:
    import difflib  # noqa: PLC0415 -- only to help somebody who mistyped

    names = [
        *known.municipalities.values(),
        *(name for many in known.partitions.values() for name in many.values()),
    ]
    names += [label for label, _ in {**regions(), **known.sets}.values()] + ["NL", "MRDH"]
    by_plain = {plain(one): one for one in names}
    near = [by_plain[one] for one in difflib.get_close_matches(plain(text), by_plain, n=4)]
    hint = (
        f" Did you mean {', '.join(near)}?" if near else " Import a file of addresses to know municipalities."
    )
    return f"There is no area {text!r} in the imported data.{hint}"


def in_area(area: Area, locations: Mapping[str, Sequence[str]]) -> list[bool]:
    """Which locations lie in an area.

    Args:
        area: the area.
        locations: equally long columns: municipality_today, municipality_then, province, corop …, as keys; '' = not known.
    """
    if area.level == "country":
        return [True] * len(locations["municipality_today"])
    column = {"region": "municipality_today", "municipality": "municipality_today"}.get(
        area.level, area.level
    )
    if area.former:
        column = "municipality_then"
    return [value in area.members for value in locations[column]]
