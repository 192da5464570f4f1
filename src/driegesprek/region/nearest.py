"""From a place to schools: distance as the crow flies, and minutes only where a file of travel times was supplied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from driegesprek.region.dataset import Kind
from driegesprek.region.names import PROFILES
from driegesprek.region.store import Store
from driegesprek.region.supply import matrix
from driegesprek.region.world import VOCATIONAL, World, addresses_of, points_of, postcodes_of

if TYPE_CHECKING:
    import numpy as np

EARTH_KM: Final = 6371.0088
"""Mean radius of the earth (IUGG)."""


class UnknownPlaceError(ValueError):
    """A postcode or primary school that the imported data do not know; the message says what to do."""


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


def find_place(store: Store, text: str) -> Place:
    """A place by postcode (four or six characters) or by the number or name of a primary school.

    Raises:
        UnknownPlaceError: nothing of that name is known, or too much.
    """
    wanted = text.strip()
    code = wanted.replace(" ", "").upper()
    codes = postcodes_of(store)
    if spot := codes.get(code) or (codes.get(code[:4]) if code[:4].isdigit() else None):
        return Place(name=wanted.upper(), latitude=spot[0], longitude=spot[1], precise=False, key=code)
    return _primary_school(store, wanted, codes)


def _primary_school(store: Store, wanted: str, codes: Mapping[str, tuple[float, float]]) -> Place:
    schools, _ = addresses_of(store, Kind.BO_LOCATIONS)
    found = [(number, row) for number, row in schools.items() if _is_meant(number, row["name"], wanted)]
    if not found:
        raise UnknownPlaceError(
            f"No postcode and no primary school {wanted!r} is known. Use four digits of a postcode, or the school's "
            "number as in '16AH00'."
        )
    if len(found) > 1:
        names = "; ".join(f"{number} {row['name']}, {row['place']}" for number, row in found[:8])
        raise UnknownPlaceError(f"{wanted!r} fits {len(found)} primary schools: {names}. Use the number.")
    number, row = found[0]
    spot = points_of(store).get(number)
    around = spot or codes.get(row["postcode"]) or codes.get(row["postcode"][:4])
    if around is None:
        raise UnknownPlaceError(
            f"Where {row['name']} ({number}) lies is not known: import postcodes or points."
        )
    return Place(
        name=row["name"], latitude=around[0], longitude=around[1], precise=spot is not None, key=number
    )


def _is_meant(number: str, name: str, wanted: str) -> bool:
    return number == wanted.upper() or wanted.casefold() in name.casefold()


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

    where = world.locations
    km = distances(place.latitude, place.longitude, where.latitudes, where.longitudes)
    vocational, theoretical = matrix(world), matrix(world, tracks="T", by="sector")
    has_vmbo = vocational.any_of(vocational.profiles) | theoretical.any_of(theoretical.profiles)
    order = np.argsort(np.where(has_vmbo & ~np.isnan(km), km, np.inf), kind="stable")[:most]
    tracks = _tracks(world)
    return tuple(
        _near(
            world,
            int(one),
            km=float(km[one]),
            place=place,
            offered=[
                name for name, here in zip(vocational.profiles, vocational.offered[one], strict=True) if here
            ],
            tracks=tracks.get(int(one), ""),
            minutes=(minutes or {}).get((place.key, where.ids[one])),
        )
        for one in order
        if np.isfinite(km[one]) and has_vmbo[one]
    )


def _near(
    world: World,
    index: int,
    *,
    km: float,
    place: Place,
    offered: Sequence[str],
    tracks: str,
    minutes: float | None,
) -> Near:
    where = world.locations
    here = tuple(one for one in offered if one)
    return Near(
        location=where.ids[index],
        name=where.names[index],
        place=where.places[index],
        km=km,
        minutes=minutes,
        precise=place.precise and bool(where.precise[index]),
        offered=here,
        absent=tuple(one for one in PROFILES if one not in here and one != "vakmanschap_techniek"),
        tracks=tracks,
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
    columns = store.columns(entry)
    rows = zip(columns["from_id"], columns["to_id"], columns["minutes"], strict=True)
    return {(one, other): minutes for one, other, minutes in rows if one == origin and minutes is not None}
