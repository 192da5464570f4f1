"""From a place to schools: distance as the crow flies, and minutes only where a file of travel times was supplied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from driegesprek.region.areas import today
from driegesprek.region.dataset import Kind
from driegesprek.region.names import PROFILES
from driegesprek.region.store import Store
from driegesprek.region.supply import matrix
from driegesprek.region.world import VOCATIONAL, World, addresses_of, points_of, postcodes_of, readable

if TYPE_CHECKING:
    import numpy as np

EARTH_KM: Final = 6371.0088
"""Mean radius of the earth (IUGG)."""


class UnknownPlaceError(ValueError):
    """A postcode or primary school that the imported data do not know; the message says what to do.

    Attributes:
        candidates: (number, name, place) of the primary schools that may be meant, where several fit.
    """

    candidates: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where somebody asks from.

    Attributes:
        name: As told back: the school's name, or the postcode.
        latitude: Degrees.
        longitude: Degrees.
        precise: A building; otherwise the middle of a postcode area.
        key: Its number or postcode, under which travel times are sought.
    """

    name: str
    latitude: float
    longitude: float
    precise: bool
    key: str


@dataclass(frozen=True, kw_only=True)
class Near:
    """A vmbo location as seen from a place.

    Attributes:
        location: Its number.
        name: Its name.
        place: Place name.
        km: Distance as the crow flies; between middles of postcode areas where `precise` is false.
        minutes: From a supplied file of travel times; None where there is none for this pair.
        precise: Both ends are buildings.
        offered: Keys of the profiles that are followed there, of tracks B, K, G.
        absent: Keys of the ten profiles that are not.
        tracks: Letters of the vmbo tracks that are followed there.
    """

    location: str
    name: str
    place: str
    km: float
    minutes: float | None
    precise: bool
    offered: tuple[str, ...]
    absent: tuple[str, ...]
    tracks: str


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """What is known of places: middles of postcode areas, primary schools, coordinates of buildings."""

    postcodes: Mapping[str, tuple[float, float]]
    schools: Mapping[str, Mapping[str, str]]
    points: Mapping[str, tuple[float, float]]

    def find(self, text: str) -> Place:
        """A place by postcode (four or six characters) or by the number or name of a primary school.

        Raises:
            UnknownPlaceError: nothing of that name is known, or too much.
        """
        wanted = text.strip()
        code = wanted.replace(" ", "").upper()
        if spot := self.spot(code):
            return Place(name=wanted.upper(), latitude=spot[0], longitude=spot[1], precise=False, key=code)
        number, row = self._primary_school(wanted)
        at = self.points.get(number) or self.spot(row["postcode"])
        if at is None:
            raise UnknownPlaceError(
                f"Where {row['name']} ({number}) lies is not known: import postcodes or points."
            )
        precise = number in self.points
        return Place(name=row["name"], latitude=at[0], longitude=at[1], precise=precise, key=number)

    def spot(self, code: str) -> tuple[float, float] | None:
        """Latitude and longitude of a postcode, or of its first four digits."""
        digits = code[:4]
        known = digits.isascii() and digits.isdigit()
        return self.postcodes.get(code) or (self.postcodes.get(digits) if known else None)

    def _primary_school(self, wanted: str) -> tuple[str, Mapping[str, str]]:
        found = [
            (number, row) for number, row in self.schools.items() if _is_meant(number, row["name"], wanted)
        ]
        same = [(number, row) for number, row in found if row["name"].casefold() == wanted.casefold()]
        found = same if len(same) == 1 else found
        if len(wanted) < _LETTERS or not found:
            raise UnknownPlaceError(
                f"No postcode and no primary school {wanted!r} is known. Use four digits of a postcode, or the school's "
                "number as in '16AH00'."
            )
        if len(found) > 1:
            raise _too_many(wanted, found)
        return found[0]

    def in_municipality(self, key: str) -> tuple[Place, ...]:
        """The primary schools of a municipality of today that have a place, by name.

        Args:
            key: As `region.areas.today` gives it.
        """
        found = []
        for number, row in self.schools.items():
            at = self.points.get(number) or self.spot(row["postcode"])
            if at and today(row["municipality"], row.get("place", "")) == key:
                made = Place(
                    name=row["name"],
                    latitude=at[0],
                    longitude=at[1],
                    precise=number in self.points,
                    key=number,
                )
                found.append(made)
        return tuple(sorted(found, key=lambda one: (one.name, one.key)))


_LETTERS: Final = 3
"""Fewer letters than these fit too many schools to mean one."""


def _too_many(wanted: str, found: Sequence[tuple[str, Mapping[str, str]]]) -> UnknownPlaceError:
    names = "; ".join(f"{number} {row['name']}, {row['place']}" for number, row in found[:8])
    error = UnknownPlaceError(f"{wanted!r} fits {len(found)} primary schools: {names}. Use the number.")
    error.candidates = tuple((number, row["name"], readable(row["place"])) for number, row in found)
    return error


def gazetteer(store: Store) -> Gazetteer:
    """Read what is known of places, for who asks more than once."""
    schools, _ = addresses_of(store, Kind.BO_LOCATIONS)
    return Gazetteer(postcodes_of(store), schools, points_of(store))


def find_place(store: Store, text: str) -> Place:
    """As `Gazetteer.find`.

    Raises:
        UnknownPlaceError: nothing of that name is known, or too much.
    """
    return gazetteer(store).find(text)


def _is_meant(number: str, name: str, wanted: str) -> bool:
    return number == wanted.upper() or wanted.casefold() in name.casefold()


@dataclass(frozen=True, eq=False)
class Offer:
    """What is followed where, worked out once for a world.

    Attributes:
        profiles: Keys of the columns.
        offered: Locations × profiles, as booleans, of tracks B, K, G.
        has_vmbo: Which locations have vmbo in years 3 and 4, the theoretical track too.
        tracks: Letters of the tracks by place of the location.
    """

    profiles: tuple[str, ...]
    offered: "np.ndarray[Any, Any]"
    has_vmbo: "np.ndarray[Any, Any]"
    tracks: Mapping[int, str]

    def at(self, index: int) -> tuple[str, ...]:
        """The profiles of a location."""
        return tuple(
            one for one, here in zip(self.profiles, self.offered[index], strict=True) if here and one
        )


@lru_cache(maxsize=8)
def offer(world: World) -> Offer:
    """What is followed where in a world; kept, since worlds do not change."""
    vocational, theoretical = matrix(world), matrix(world, tracks="T", by="sector")
    return Offer(
        profiles=vocational.profiles,
        offered=vocational.offered,
        has_vmbo=vocational.any_of(vocational.profiles) | theoretical.any_of(theoretical.profiles),
        tracks=_tracks(world),
    )


def nearest(
    world: World, place: Place, *, most: int = 10, minutes: Mapping[tuple[str, str], float] | None = None
) -> tuple[Near, ...]:
    """The nearest vmbo locations, nearest first, with what is offered there and what is not.

    Args:
        world: The schools of a year.
        place: From where.
        most: How many.
        minutes: {(place's key, location): minutes}, of a supplied file.
    """
    import numpy as np  # noqa: PLC0415 -- loaded when something is worked out

    km = _from(world, place)
    has_vmbo = offer(world).has_vmbo
    order = np.argsort(np.where(has_vmbo & ~np.isnan(km), km, np.inf), kind="stable")[:most]
    return tuple(
        _near(world, int(one), place, float(km[one]), minutes or {})
        for one in order
        if np.isfinite(km[one]) and has_vmbo[one]
    )


def nearest_with(world: World, place: Place) -> dict[str, Near]:
    """For each of the ten profiles the nearest location at which it is followed, the nearest profile first."""
    import numpy as np  # noqa: PLC0415 -- as above

    km, found = _from(world, place), offer(world)
    nearby: dict[str, Near] = {}
    for column, profile in enumerate(found.profiles):
        if profile not in PROFILES or profile == _CRAFT:
            continue
        there = np.where(found.offered[:, column] & ~np.isnan(km), km, np.inf)
        index = int(there.argmin())
        if np.isfinite(there[index]):
            nearby[profile] = _near(world, index, place, float(km[index]), {})
    return dict(sorted(nearby.items(), key=lambda pair: pair[1].km))


def _from(world: World, place: Place) -> "np.ndarray[Any, Any]":
    where = world.locations
    return distances(place.latitude, place.longitude, where.latitudes, where.longitudes)


_CRAFT: Final = "vakmanschap_techniek"


def _near(
    world: World, index: int, place: Place, km: float, minutes: Mapping[tuple[str, str], float]
) -> Near:
    where, found = world.locations, offer(world)
    here = found.at(index)
    return Near(
        location=where.ids[index],
        name=where.names[index],
        place=where.places[index],
        km=km,
        minutes=minutes.get((place.key, where.ids[index])),
        precise=place.precise and bool(where.precise[index]),
        offered=here,
        absent=tuple(one for one in PROFILES if one not in here and one != _CRAFT),
        tracks=found.tracks.get(index, ""),
    )


def _tracks(world: World) -> dict[int, str]:
    pupils = world.pupils
    rows = pupils.chosen(VOCATIONAL + "T", (3, 4)) & (pupils.high != 0)
    found: dict[int, set[str]] = {}
    for place, track in zip(pupils.location[rows].tolist(), pupils.track[rows].tolist(), strict=True):
        found.setdefault(place, set()).add(track)
    return {place: "".join(one for one in "BKGT" if one in tracks) for place, tracks in found.items()}


def distances(
    latitude: "float | np.ndarray[Any, Any]",
    longitude: "float | np.ndarray[Any, Any]",
    latitudes: "np.ndarray[Any, Any]",
    longitudes: "np.ndarray[Any, Any]",
) -> "np.ndarray[Any, Any]":
    """Kilometres as the crow flies between points in degrees (haversine; R. W. Sinnott, Sky and Telescope 68, 1984).

    Broadcasts: columns against rows give a matrix. NaN where a coordinate is not known.
    """
    import numpy as np  # noqa: PLC0415 -- as above

    phi, other = np.radians(latitude), np.radians(latitudes)
    half = np.sin((other - phi) / 2) ** 2
    half = (
        half + np.cos(phi) * np.cos(other) * np.sin((np.radians(longitudes) - np.radians(longitude)) / 2) ** 2
    )
    found: np.ndarray[Any, Any] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return found


def supplied_minutes(store: Store, origin: str) -> dict[tuple[str, str], float]:
    """Travel times from one origin in a supplied origin–destination file; empty where there is none."""
    entry = store.find(Kind.TRAVEL_MATRIX)
    if entry is None:
        return {}
    columns = store.columns(entry, where=("from_id", origin))
    rows = zip(columns["from_id"], columns["to_id"], columns["minutes"], strict=True)
    return {(one, other): minutes for one, other, minutes in rows if one == origin and minutes is not None}
