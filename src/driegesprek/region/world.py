"""The schools of one year: locations with their place and region, and pupils by track, year of the course and profile."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from driegesprek.region.areas import PARTITIONS, Area, Known, in_area, resolve, today
from driegesprek.region.arrays import codes, numbers
from driegesprek.region.dataset import Kind
from driegesprek.region.names import municipality_key, plain
from driegesprek.region.notes import Note
from driegesprek.region.partitions import own_sets
from driegesprek.region.store import Store

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

VOCATIONAL = "BKG"
"""Tracks with a profile of ten: basis, kader, gemengd (table 3.1)."""
UPPER = (3, 4)
"""The years of vmbo in which a profile is followed."""
_POSTCODE4 = 4
_ABOUT = ("name", "place", "province", "municipality")
"""What the file of pupils itself says of a location."""
_NAMED = 8
"""How many locations a remark names."""


class NothingImportedError(Exception):
    """The data that a question needs were not imported; the message says which."""


@dataclass(frozen=True, eq=False)
class Locations:
    """Locations as equally long columns; '' or NaN where something is not known.

    Attributes:
        ids: Number of the location, '00AH07'.
        names: As the data name them.
        places: Place names.
        keys: municipality_today, municipality_then, province, corop, rmc, labour_market, education_area, as keys.
        labels: The same as people write them.
        postcodes: Six characters or four.
        latitudes: Degrees, NaN where not known.
        longitudes: Degrees.
        precise: Whether the coordinates are the building's, or the middle of its postcode area.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    places: tuple[str, ...]
    keys: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, tuple[str, ...]]
    postcodes: tuple[str, ...]
    latitudes: "np.ndarray[Any, Any]"
    longitudes: "np.ndarray[Any, Any]"
    precise: "np.ndarray[Any, Any]"

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Place of a location by its number."""
        return {one: place for place, one in enumerate(self.ids)}

    def known(self, sets: Mapping[str, tuple[str, frozenset[str]]] | None = None) -> Known:
        """The areas in which these lie."""

        def pairs(level: str) -> dict[str, str]:
            return {
                key: label for key, label in zip(self.keys[level], self.labels[level], strict=True) if key
            }

        then = pairs("municipality_then")
        return Known(pairs("municipality_today"), then, {one: pairs(one) for one in PARTITIONS}, sets or {})

    def inside(self, area: Area) -> "np.ndarray[Any, Any]":
        """Which of them lie in an area, as booleans."""
        import numpy as np  # noqa: PLC0415 -- loaded when something is worked out

        return np.array(in_area(area, self.keys), dtype=bool)


@dataclass(frozen=True, eq=False)
class Pupils:
    """Numbers of pupils as equally long columns; `high` is -1 where nothing is known.

    Attributes:
        location: Place in `Locations`.
        track: B, K, G, T, H, V, P or ''.
        grade: Year of the course.
        profile: Key of the profile, or ''.
        sector: Key of the sector, or ''.
        low: Least possible number.
        high: Most possible number.
        known: What `coded` gives, where that was found while reading.
    """

    location: "np.ndarray[Any, Any]"
    track: "np.ndarray[Any, Any]"
    grade: "np.ndarray[Any, Any]"
    profile: "np.ndarray[Any, Any]"
    sector: "np.ndarray[Any, Any]"
    low: "np.ndarray[Any, Any]"
    high: "np.ndarray[Any, Any]"
    known: Mapping[str, "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]"] = field(default_factory=dict)

    @cached_property
    def _coded(self) -> dict[str, "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]"]:
        return dict(self.known)

    def coded(self, by: str) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
        """The different values of `profile` or `sector`, and for each row which it has; worked out once."""
        import numpy as np  # noqa: PLC0415 -- as above

        if by not in self._coded:
            self._coded[by] = np.unique(getattr(self, by).astype(str), return_inverse=True)
        return self._coded[by]

    def chosen(self, tracks: str, grades: Iterable[int]) -> "np.ndarray[Any, Any]":
        """Which rows belong to these tracks and years of the course."""
        import numpy as np  # noqa: PLC0415 -- as above

        return np.isin(self.track, list(tracks)) & np.isin(self.grade, list(grades))


@dataclass(frozen=True, eq=False)
class World:
    """The schools of one year.

    Attributes:
        year: First year of the school year.
        source: Files it rests on.
        locations: Where.
        pupils: How many.
        notes: Remarks that belong to everything made of it.
        without_address: Numbers of locations that no file of addresses knows.
    """

    year: int
    source: str
    locations: Locations
    pupils: Pupils
    notes: tuple[str, ...] = ()
    without_address: tuple[str, ...] = ()
    sets: Mapping[str, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def area(self, text: str) -> Area:
        """The area of that name.

        Raises:
            UnknownAreaError: there is none.
        """
        return resolve(text, self.locations.known(self.sets), year=self.year)


def load(store: Store, year: int | None = None) -> World:
    """The world of a year from what was imported; the newest year where none is asked.

    Raises:
        NothingImportedError: no pupils of that year were imported.
        StoreError: the folder cannot be read.
    """
    entry = store.find(Kind.PUPILS, year)
    if entry is None:
        years = ", ".join(str(one) for one in store.years(Kind.PUPILS)) or "none"
        raise NothingImportedError(
            f"No pupils per location of {year or 'any year'} were imported (there are: {years}). "
            "Import DUO's file 'leerlingen vo per vestiging naar onderwijstype'."
        )
    table = store.table(entry, texts=("location", "track", "profile", "sector", *_ABOUT))
    addresses, about = addresses_of(store, Kind.VO_LOCATIONS)
    locations = place(_named(table), addresses, points_of(store), postcodes_of(store))
    missing = tuple(one for one in locations.ids if one not in addresses)
    world = World(
        year=entry.year,
        source="; ".join(["DUO: " + entry.source, *about]),
        locations=locations,
        pupils=_pupils(table),
        without_address=missing,
        sets=own_sets(store),
    )
    return _with_notes(world, has_addresses=bool(addresses))


def _named(table: "pa.Table") -> dict[str, dict[str, str]]:
    """What the file of pupils itself says of each location, in its last row."""
    import numpy as np  # noqa: PLC0415 -- as above

    numbers, place_of = codes(table, "location")
    last = np.zeros(len(numbers), dtype=np.int64)
    last[place_of] = np.arange(len(place_of))  # of equal places the last stays
    about = {name: _of_rows(table, name, last) for name in _ABOUT}
    rows = zip(*about.values(), strict=True)
    return {one: dict(zip(about, row, strict=True)) for one, row in zip(numbers, rows, strict=True)}


def _of_rows(table: "pa.Table", column: str, rows: "np.ndarray[Any, Any]") -> list[str]:
    texts, text_of = codes(table, column)
    return [texts[one] for one in text_of[rows].tolist()]


def addresses_of(store: Store, kind: Kind) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Addresses by location number, and the names of the files they come from."""
    entry = store.find(kind)
    if entry is None:
        return {}, []
    columns = store.columns(entry)
    names = list(columns)
    rows = zip(*columns.values(), strict=True)
    return {str(row[0]): dict(zip(names, row, strict=True)) for row in rows}, ["DUO: " + entry.source]


def points_of(store: Store) -> dict[str, tuple[float, float]]:
    """Latitude and longitude by location number."""
    entry = store.find(Kind.POINTS)
    if entry is None:
        return {}
    columns = store.columns(entry)
    return {
        one: (lat, lon)
        for one, lat, lon in zip(columns["location"], columns["latitude"], columns["longitude"], strict=True)
    }


def postcodes_of(store: Store) -> dict[str, tuple[float, float]]:
    """Latitude and longitude by postcode."""
    entry = store.find(Kind.POSTCODES)
    if entry is None:
        return {}
    columns = store.columns(entry)
    rows = zip(columns["postcode"], columns["latitude"], columns["longitude"], strict=True)
    return {code: (lat, lon) for code, lat, lon in rows}


def place(
    known: Mapping[str, Mapping[str, str]],
    addresses: Mapping[str, Mapping[str, str]],
    points: Mapping[str, tuple[float, float]],
    postcodes: Mapping[str, tuple[float, float]],
) -> Locations:
    """Locations with everything that is known of each.

    Args:
        known: {number: {name, place, province, municipality}}, as the file of pupils says.
        addresses: {number: {name, postcode, municipality, province, corop …}}.
        points: {number: (latitude, longitude)} of the building.
        postcodes: {postcode: (latitude, longitude)} of the middle of an area.
    """
    import numpy as np  # noqa: PLC0415 -- as above

    rows = [
        {**known[one], **{key: text for key, text in addresses.get(one, {}).items() if text}} for one in known
    ]
    labels = {
        "municipality_then": tuple(row.get("municipality", "") for row in rows),
        **{one: tuple(row.get(one, "") for row in rows) for one in PARTITIONS},
    }
    keys = {name: tuple(plain(one) for one in many) for name, many in labels.items()}
    keys["municipality_then"] = tuple(
        municipality_key(one) if one else "" for one in labels["municipality_then"]
    )
    keys["municipality_today"] = tuple(
        today(row["municipality"], row.get("place", "")) if row.get("municipality") else "" for row in rows
    )
    labels["municipality_today"] = _todays_names(keys, labels)
    spots = [
        _spot(one, row.get("postcode", ""), points, postcodes) for one, row in zip(known, rows, strict=True)
    ]
    return Locations(
        ids=tuple(known),
        names=tuple(row.get("name", "") for row in rows),
        places=tuple(row.get("place", "") for row in rows),
        keys=keys,
        labels=labels,
        postcodes=tuple(row.get("postcode", "") for row in rows),
        latitudes=np.array([one[0] for one in spots], dtype=float),
        longitudes=np.array([one[1] for one in spots], dtype=float),
        precise=np.array([one[2] for one in spots], dtype=bool),
    )


def _todays_names(
    keys: Mapping[str, tuple[str, ...]], labels: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Names of today's municipalities: as a merger calls them, else as the data do, in ordinary capitals."""
    from driegesprek.region.areas import mergers  # noqa: PLC0415 -- its table is read when first needed

    names = {municipality_key(one.new): one.new for one in mergers()} | {
        key: readable(label)
        for key, then, label in zip(
            keys["municipality_today"], keys["municipality_then"], labels["municipality_then"], strict=True
        )
        if key == then
    }
    return tuple(names.get(key, key) for key in keys["municipality_today"])


_SMALL = {"AAN", "DEN", "DE", "EN", "IN", "OP", "BIJ", "VAN", "HET", "A", "D", "TER"}


def readable(name: str) -> str:
    """'CAPELLE AAN DEN IJSSEL' as people write it; what has small letters already stays as it is."""
    if name != name.upper():
        return name
    for place in ("GRAVENHAGE", "HERTOGENBOSCH"):
        if name.lstrip("'’`").upper() in {f"S {place}", f"S-{place}"}:
            return f"'s-{place.capitalize()}"
    words = [
        word if word in {"NH", "LB"} else _capital(word, first=not index)
        for index, word in enumerate(name.split())
    ]
    return " ".join(words)


def _capital(word: str, *, first: bool) -> str:
    if word in _SMALL and not first:
        return word.lower()
    if word.startswith("'S-"):
        return "'s-" + _capital(word[3:], first=True)
    parts = [
        ("IJ" + part[2:].lower()) if part.startswith("IJ") else part.capitalize() for part in word.split("-")
    ]
    return "-".join(parts)


def _spot(
    number: str,
    postcode: str,
    points: Mapping[str, tuple[float, float]],
    postcodes: Mapping[str, tuple[float, float]],
) -> tuple[float, float, bool]:
    if number in points:
        return (*points[number], True)
    found = postcodes.get(postcode) or postcodes.get(postcode[:_POSTCODE4])
    return (*found, False) if found else (float("nan"), float("nan"), False)


def _pupils(table: "pa.Table") -> Pupils:
    """The rows as columns; locations are numbered as `_named` meets them."""
    import numpy as np  # noqa: PLC0415 -- as above

    coded = {by: _sorted(*codes(table, by)) for by in ("profile", "sector")}
    texts = {by: names.astype(object)[places] for by, (names, places) in coded.items()}
    tracks, track_of = codes(table, "track")
    return Pupils(
        location=codes(table, "location")[1],
        track=np.array(tracks, dtype="U1")[track_of],
        grade=numbers(table, "grade"),
        low=numbers(table, "low"),
        high=numbers(table, "high"),
        **texts,
        known=coded,
    )


def _sorted(
    texts: list[str], places: "np.ndarray[Any, Any]"
) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """The same with the values in order, as `np.unique` gives them."""
    import numpy as np  # noqa: PLC0415 -- as above

    ordered, place = np.unique(np.array(texts, dtype=str), return_inverse=True)
    return ordered, place[places]


def _lost(places: Sequence[str], number: int) -> Note:
    named = ", ".join(places[:_NAMED]) + (" …" if len(places) > _NAMED else "")
    return Note(
        f"{len(places)} locations have no address ({named}); their {number} pupils in tracks B, K, G, years 3 and 4, "
        "count for the country and for the province that the file of pupils names, for nothing smaller.",
        f"{len(places)} vestigingen hebben geen adres ({named}); hun {number} leerlingen in basis, kader en gemengd, "
        "leerjaar 3 en 4, tellen mee voor het land en de provincie die het leerlingenbestand noemt, niets kleiners.",
    )


def _with_notes(world: World, *, has_addresses: bool) -> World:
    import numpy as np  # noqa: PLC0415 -- as above

    notes = []
    if not has_addresses:
        notes.append(
            Note(
                "No addresses were imported: only the country, provinces and what the file of pupils says are known.",
                "Er zijn geen adressen ingelezen: alleen het land, provincies en wat het leerlingenbestand zegt is bekend.",
            )
        )
    elif world.without_address:
        rows = world.pupils.chosen(VOCATIONAL, UPPER)
        lost = [world.locations.index[one] for one in world.without_address]
        number = int(world.pupils.low[rows & np.isin(world.pupils.location, lost)].sum())
        notes.append(_lost(world.without_address, number))
    return World(**{**vars(world), "notes": tuple(notes)})
