"""Ways on after a profile: the own idea first, then at least two others; chances plainly, never a rank or a verdict."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from math import isnan

from driegesprek import content, region
from driegesprek.figures.words import decimal
from driegesprek.region.dataset import Kind
from driegesprek.region.names import plain
from driegesprek.region.nearest import distances
from driegesprek.region.world import Locations, addresses_of
from driegesprek.web.atlas.pages import child
from driegesprek.web.common.speaking import Speaker
from driegesprek.web.supply import opendata

ORDER = [key for key in region.PROFILES if key != child.CRAFT]
"""As the profiles are always listed, by name: not by anything one could win."""
OTHERS = 2
MBO = 3
"""How many mbo locations are named."""
BRIN = 4
"""Characters of the number of a school; two more are its location."""


@dataclass(frozen=True)
class Here:
    """Where somebody asks from.

    Attributes:
        place: On the map.
        school: Number of the vmbo location, where it is one; else ''.
        town: Name of its municipality; '' where it is not known.
    """

    place: region.Place
    school: str = ""
    town: str = ""


@dataclass(frozen=True)
class Way:
    """One profile with the ways on after it, in words."""

    key: str
    name: str
    about: content.Text
    of_100: str | None
    towards: tuple[tuple[str, str], ...]
    chances: tuple[tuple[region.Chance, str], ...]
    at_school: bool | None = None
    nearest: tuple[str, str] | None = None
    travel: tuple[tuple[str, str], ...] = ()
    """Each direction with the mean km that mbo students of this municipality cycle to it."""


def in_bounds(found: Iterable[Way]) -> bool:
    """Whether small groups make that some number of these is told as two."""
    return any(child.in_bounds([one.of_100, *(count for _direction, count in one.towards)]) for one in found)


def find(text: str) -> Here | None:
    """A postcode, a primary school, or a vmbo location by its number or that of its school; None where it is none."""
    try:
        world = opendata.world()
    except (region.NothingImportedError, region.StoreError):
        return None
    locations, wanted = world.locations, text.strip().upper()
    has_vmbo = region.offer(world).has_vmbo
    for index, one in enumerate(locations.ids):
        if len(wanted) >= BRIN and one.startswith(wanted) and has_vmbo[index]:
            return _at(locations, index)
    try:
        return _near(locations, opendata.gazetteer().find(text))
    except region.UnknownPlaceError:
        return None


def _at(locations: Locations, index: int) -> Here | None:
    latitude, longitude = float(locations.latitudes[index]), float(locations.longitudes[index])
    if isnan(latitude):
        return None
    name = f"{locations.names[index]}, {region.readable(locations.places[index])}"
    place = region.Place(
        name=name, latitude=latitude, longitude=longitude, precise=True, key=locations.ids[index]
    )
    return Here(place, locations.ids[index], locations.labels["municipality_today"][index])


def _near(locations: Locations, place: region.Place) -> Here:
    """The municipality is that of the nearest vmbo location: no file tells it of a postcode."""
    nearest = region.nearest(opendata.world(), place, most=1)
    town = locations.labels["municipality_today"][locations.index[nearest[0].location]] if nearest else ""
    return Here(place, "", town)


def ways(profile: str, speaker: Speaker, here: Here | None = None) -> list[Way]:
    """The profile that somebody has in mind, and the two that stand next to it in the list."""
    at = ORDER.index(profile)
    chosen = [ORDER[(at + step) % len(ORDER)] for step in range(OTHERS + 1)]
    found = [_way(one, speaker) for one in chosen]
    return [_from_here(one, here, speaker) for one in found] if here else found


def _from_here(way: Way, here: Here, speaker: Speaker) -> Way:
    world = opendata.world()
    nearby = region.nearest_with(world, here.place).get(way.key)
    index = world.locations.index.get(here.school)
    return replace(
        way,
        at_school=None if index is None else way.key in region.offer(world).at(index),
        nearest=_said(nearby, speaker) if nearby else None,
        travel=_travel(way, here, speaker),
    )


def _said(near: region.Near, speaker: Speaker) -> tuple[str, str]:
    return f"{near.name}, {region.readable(near.place)}", decimal(near.km, speaker.language, 1)


def _travel(way: Way, here: Here, speaker: Speaker) -> tuple[tuple[str, str], ...]:
    """Of the directions after this profile; empty where no file or report tells it of this municipality."""
    try:
        found = opendata.indicator("travel", here.town)
    except (region.UnknownAreaError, region.NothingImportedError):
        return ()
    km = {plain(row.label): row.more.get("distance_mean_km") for row in found.rows}
    return tuple(
        (one, decimal(value, speaker.language, 1))
        for one, _count in way.towards
        if (value := km.get(plain(one))) is not None
    )


def chances(speaker: Speaker) -> list[tuple[str, tuple[tuple[region.Chance, str], ...]]]:
    """Work and pay of every direction, where no flows were imported that say which follow a profile; else none."""
    if opendata.store().find(Kind.FLOWS):
        return []
    found = opendata.chances().items()
    return [
        (direction, tuple((one, decimal(one.value, speaker.language, 1)) for one in many))
        for direction, many in found
    ]


def mbo(here: Here, speaker: Speaker) -> list[tuple[str, str]]:
    """The nearest mbo locations with their distance; none where no file of them was imported."""
    return [
        (f"{one.name}, {region.readable(one.place)}", decimal(km, speaker.language, 1))
        for km, one in _mbo_near(here.place)[:MBO]
    ]


def _mbo_near(place: region.Place) -> list[tuple[float, "MboLocation"]]:
    known = mbo_locations(opendata.stamp())
    if not known:
        return []
    from numpy import array  # noqa: PLC0415 - loaded where something is worked out

    spots = array([one.at for one in known])
    km = distances(place.latitude, place.longitude, spots[:, 0], spots[:, 1])
    return sorted(zip(km.tolist(), known, strict=True), key=lambda pair: (pair[0], pair[1].name))


@dataclass(frozen=True)
class MboLocation:
    """A location of an mbo school, with its latitude and longitude."""

    name: str
    place: str
    at: tuple[float, float]


@lru_cache(maxsize=2)
def mbo_locations(_stamp: str) -> tuple[MboLocation, ...]:
    """The imported locations of mbo that have a place on the map."""
    rows, _sources = addresses_of(opendata.store(), Kind.MBO_LOCATIONS)
    places = opendata.gazetteer()
    found = ((row, places.points.get(number) or places.spot(row["postcode"])) for number, row in rows.items())
    return tuple(MboLocation(row["name"], row.get("place", ""), at) for row, at in found if at)


def _way(key: str, speaker: Speaker) -> Way:
    found = opendata.pathways(key)
    return Way(
        key=key,
        name=region.profile_name(key),
        about=speaker.text(f"profile.{key}"),
        of_100=child.of_100(child.flows().get(key)),
        towards=tuple(
            (one.direction, child.of_100((one.low, one.high)) or "")
            for one in found.towards
            if one.low is not None and one.high is not None
        ),
        chances=tuple((one, decimal(one.value, speaker.language, 1)) for one in found.chances),
    )
