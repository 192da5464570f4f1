"""The map of an area: a share of each municipality, and the table that says the same."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from driegesprek import region
from driegesprek.figures import Figure, MapArea, choropleth
from driegesprek.web.atlas import words
from driegesprek.web.supply import opendata

NAMES = ("supply", "choice")
PROFILES = [key for key in region.PROFILES if key != "vakmanschap_techniek"]


@dataclass(frozen=True)
class Drawn:
    """A map.

    Attributes:
        area: What is on it.
        year: Of the figures.
        figure: The picture; None where no boundaries were imported.
        rows: (municipality, its share in words), by name.
        source: Of the figures.
    """

    area: str
    year: int
    figure: Figure | None
    rows: tuple[tuple[str, str], ...]
    source: str


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
    world, found = opendata.world(), opendata.grid(name)
    where = world.area(area)
    inside = _municipalities(world, where)
    shares = {key: found.share(key, profile) for key in found.keys if key in inside}
    labels = dict(zip(found.keys, found.labels, strict=True))
    shown = [one for one in opendata.boundaries() if one.key in inside or where.level == "country"]
    areas = [MapArea(labels.get(one.key, one.name), shares.get(one.key), one.rings) for one in shown]
    title = f"{words.title(region.DEFINITIONS[name])}: {region.profile_name(profile, language)}, {where.name}"
    figure = (
        choropleth(areas, title=title, language=language, unknown=_("no vmbo, or not known"))
        if areas
        else None
    )
    rows = tuple(sorted((labels[key], _said(share)) for key, share in shares.items()))
    return Drawn(where.name, world.year, figure, rows, world.source)


def _municipalities(world: region.World, area: region.Area) -> frozenset[str]:
    """Keys of today's municipalities with a location in the area."""
    keys = world.locations.keys["municipality_today"]
    return frozenset(
        keys[index] for index in world.locations.inside(area).nonzero()[0].tolist() if keys[index]
    )


def _said(share: float | None) -> str:
    return "–" if share is None else f"{words.number(share)}%"
