"""The map of an area: a share of each municipality, its vmbo locations, and the tables that say the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from driegesprek import region
from driegesprek.figures import Figure, MapArea, MapSpot, MapWords, choropleth
from driegesprek.region.grid import Ring
from driegesprek.web.atlas import words
from driegesprek.web.atlas.pages.compared import Table
from driegesprek.web.supply import opendata

NAMES = ("supply", "choice")
PROFILES = [key for key in region.PROFILES if key != "vakmanschap_techniek"]
BESIDE = 0.12
"""Degrees around an area in which its neighbours are drawn, so that one sees where one is."""


@dataclass(frozen=True)
class Town:
    """A municipality on the map.

    Attributes:
        key: Of today's municipality.
        name: Its name.
        share: Per cent; None where it is not known exactly.
        rings: Its boundary; empty where none was imported.
        inside: False for a neighbour of the area.
    """

    key: str
    name: str
    share: float | None
    rings: tuple[Ring, ...] = ()
    inside: bool = True

    @property
    def said(self) -> str:
        """The share in words."""
        return "–" if self.share is None else f"{words.number(self.share)}%"


@dataclass(frozen=True)
class Spot:
    """A vmbo location on the map.

    Attributes:
        number: Of the location.
        name: Of the school.
        place: Where it stands.
        town: Name of its municipality.
        here: Whether the profile is followed there.
        at: (longitude, latitude); None where it is not known.
    """

    number: str
    name: str
    place: str
    town: str
    here: bool
    at: tuple[float, float] | None

    @property
    def said(self) -> str:
        """Whether the profile is there, in words."""
        return _("yes") if self.here else _("no")


@dataclass(frozen=True)
class Drawn:
    """A map.

    Attributes:
        area: What is on it.
        year: Of the figures.
        title: Above the picture.
        figure: The picture; None where no boundaries were imported.
        towns: Municipalities with a boundary or a share, those of the area and their neighbours, by name.
        listed: Those of the area with vmbo: the table.
        spots: Vmbo locations of the area, by municipality and name; none of the whole country, which no page could hold.
        source: Of the figures.
    """

    area: str
    year: int
    title: str
    figure: Figure | None
    towns: tuple[Town, ...]
    listed: tuple[Town, ...]
    spots: tuple[Spot, ...]
    source: str

    @property
    def table(self) -> Table:
        """Both tables as one, for a file."""
        heads = (
            _("Municipality"),
            _("Per cent"),
            _("Location"),
            _("Place"),
            _("The profile is followed here"),
        )
        rows = [(one.name, one.share, None, None, None) for one in self.listed]
        places = [(one.town, None, one.name, one.place, one.said) for one in self.spots]
        return Table(heads, (*rows, *places))


def drawn(name: str, profile: str, area: str) -> Drawn:
    """The municipalities of an area, shaded by the share of a profile.

    Raises:
        UnknownAreaError: no such area.
        NothingImportedError: there are no schools.
        StoreError: the folder cannot be read.
    """
    return _drawn(opendata.stamp(), name, profile, area, words.language())


@lru_cache(maxsize=100)
def _drawn(_stamp: str, name: str, profile: str, area: str, language: str) -> Drawn:
    world = opendata.world()
    where = world.area(area)
    listed = tuple(sorted(_listed(name, profile, where), key=lambda one: one.name))
    spots = () if where.level == "country" else tuple(_spots(world, where, profile))
    towns = tuple(_towns(listed, where))
    title = f"{words.title(region.DEFINITIONS[name])}: {region.profile_name(profile, language)}, {where.name}"
    figure = _picture(towns, spots, title) if any(one.rings for one in towns) else None
    return Drawn(where.name, world.year, title, figure, towns, listed, spots, world.source)


def _listed(name: str, profile: str, where: region.Area) -> Iterator[Town]:
    """Today's municipalities with a location in the area."""
    world, found = opendata.world(), opendata.grid(name)
    keys = world.locations.keys["municipality_today"]
    inside = {keys[index] for index in world.locations.inside(where).nonzero()[0].tolist()}
    rings = {one.key: one.rings for one in opendata.boundaries()}
    for key, label in zip(found.keys, found.labels, strict=True):
        if key in inside:
            yield Town(key, label, found.share(key, profile), rings.get(key, ()))


def _towns(listed: tuple[Town, ...], where: region.Area) -> Iterator[Town]:
    """Those of the table, those of the area without vmbo, and the neighbours."""
    yield from listed
    known = {one.key for one in listed}
    box = _box(one for town in listed for ring in town.rings for one in ring)
    for one in opendata.boundaries():
        inside = where.level == "country" or (where.level == "region" and one.key in where.members)
        if one.key not in known and (inside or _touches(one.rings, box)):
            yield Town(one.key, one.name, None, one.rings, inside)


def _box(points: Iterator[tuple[float, float]]) -> tuple[float, float, float, float] | None:
    found = list(points)
    if not found:
        return None
    longitudes, latitudes = zip(*found, strict=True)
    return (
        min(longitudes) - BESIDE,
        min(latitudes) - BESIDE,
        max(longitudes) + BESIDE,
        max(latitudes) + BESIDE,
    )


def _touches(rings: tuple[Ring, ...], box: tuple[float, float, float, float] | None) -> bool:
    if box is None:
        return False
    west, south, east, north = box
    return any(west <= x <= east and south <= y <= north for ring in rings for x, y in ring)


def _spots(world: region.World, where: region.Area, profile: str) -> Iterator[Spot]:
    locations, offer = world.locations, region.offer(world)
    towns = locations.labels["municipality_today"]
    inside = (locations.inside(where) & offer.has_vmbo).nonzero()[0].tolist()
    for index in sorted(inside, key=lambda one: (towns[one], locations.names[one], locations.ids[one])):
        at = float(locations.longitudes[index]), float(locations.latitudes[index])
        yield Spot(
            number=locations.ids[index],
            name=locations.names[index],
            place=region.readable(locations.places[index]),
            town=towns[index],
            here=profile in offer.at(index),
            at=at if at == at else None,  # noqa: PLR0124 - NaN is not itself
        )


def _picture(towns: tuple[Town, ...], spots: tuple[Spot, ...], title: str) -> Figure:
    areas = [MapArea(one.name, one.share, one.rings, one.inside) for one in towns]
    dots = [MapSpot(one.name, one.at, one.here) for one in spots if one.at]
    legend = MapWords(
        _("no vmbo, or not known"), _("school with this profile"), _("school without this profile")
    )
    return choropleth(areas, title=title, language=words.language(), legend=legend, spots=dots)
