"""What a child can choose from a place: the nearest locations, what is there and what is not, and what that means."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from driegesprek import content, region
from driegesprek.region.grid import Ring
from driegesprek.web.common.speaking import Speaker
from driegesprek.web.supply import opendata
from driegesprek.web.supply.opendata import SchoolNote

if TYPE_CHECKING:
    from driegesprek.figures import Figure

MOST = 6
"""As many locations as people look at, and as fit in 60 KB."""
FEW = 12
"""How many primary schools of one name are offered to choose from."""
CRAFT = "vakmanschap_techniek"
EVERYTHING = 100
TRACKS = {"B": "basis", "K": "kader", "G": "gemengd", "T": "theoretisch"}


@dataclass(frozen=True)
class Found:
    """Near a place.

    Attributes:
        place: From where.
        year: School year of the data, '2019/2020'.
        locations: The nearest, with what schools themselves say.
        nearest: For each profile where it is nearest.
    """

    place: region.Place
    year: str
    locations: tuple["Location", ...]
    nearest: tuple[tuple[str, "Location"], ...]


@dataclass(frozen=True)
class Location:
    """A location, in words."""

    near: region.Near
    km: str
    minutes: str
    notes: tuple[SchoolNote, ...]
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """For each profile how many km away it is nearest, from where somebody asks."""

    @property
    def missing(self) -> list[tuple[str, str]]:
        """What is not there, with how far away it is; '' where it is nowhere."""
        return [(region.profile_name(one), self.elsewhere.get(one, "")) for one in self.near.absent]

    @property
    def name(self) -> str:
        """Of the school, with its place."""
        return f"{self.near.name}, {region.readable(self.near.place)}"

    @property
    def tracks(self) -> str:
        """basis, kader …: the names are Dutch in every language."""
        return ", ".join(TRACKS[one] for one in self.near.tracks)

    @property
    def vocational(self) -> bool:
        """Whether there is any profile to follow."""
        return bool(self.near.offered)

    @property
    def offered(self) -> list[str]:
        """Official names, which are the same in every language."""
        return [region.profile_name(one) for one in self.near.offered]

    @property
    def absent(self) -> list[str]:
        """The same of what is not there."""
        return [region.profile_name(one) for one in self.near.absent]


def look(text: str, language: str) -> Found:
    """What there is near a place.

    Raises:
        UnknownPlaceError: no such place; with candidates where several fit.
        NothingImportedError: no schools were imported.
        StoreError: the folder cannot be read.
    """
    opendata.world()
    return near(opendata.gazetteer().find(text), language)


def near(place: region.Place, language: str) -> Found:
    """What there is near a place that is known."""
    world = opendata.world()
    minutes = region.supplied_minutes(opendata.store(), place.key)
    nearby = region.nearest(world, place, most=MOST, minutes=minutes)
    notes = opendata.notes_of(one.location for one in nearby)
    by_profile = region.nearest_with(world, place)
    elsewhere = {key: _km(one, language) for key, one in by_profile.items()}
    return Found(
        place=place,
        year=f"{world.year}/{world.year + 1}",
        locations=tuple(_location(one, language, notes[one.location], elsewhere) for one in nearby),
        nearest=tuple(
            (region.profile_name(key), _location(one, language)) for key, one in by_profile.items()
        ),
    )


def _location(
    near: region.Near,
    language: str,
    notes: Sequence[SchoolNote] = (),
    elsewhere: Mapping[str, str] | None = None,
) -> Location:
    minutes = f"{near.minutes:.0f}" if near.minutes is not None else ""
    return Location(near, _km(near, language), minutes, tuple(notes), elsewhere or {})


def _km(near: region.Near, language: str) -> str:
    from driegesprek.figures.words import decimal  # noqa: PLC0415 - babel, only for pages with numbers

    return decimal(near.km, language, 1)


def picture(found: Found, speaker: Speaker) -> "Figure | None":
    """A map of the place and the locations of the list, each with its number; None where nothing is near."""
    from driegesprek.figures import NearbySpot, NearbyWords, nearby  # noqa: PLC0415 - as above

    where = opendata.world().locations
    spots = []
    for one in found.locations:
        index = where.index[one.near.location]
        at = float(where.longitudes[index]), float(where.latitudes[index])
        spots.append(NearbySpot(one.name, at, str(speaker.text("atlas.km", count=one.km))))
    if not spots:
        return None
    title = str(speaker.text("atlas.map", place=found.place.name))
    return nearby(
        spots,
        (found.place.longitude, found.place.latitude),
        said=NearbyWords(
            title=title,
            you=str(speaker.text("atlas.you")),
            km=str(speaker.text("atlas.km", count="")).strip(),
        ),
        language=speaker.language,
        ground=_grounds(opendata.stamp(), found.place.longitude, found.place.latitude),
    )


AROUND = 0.6
"""Degrees around a place within which municipalities are looked for: what is nearer than 40 km."""


@lru_cache(maxsize=200)
def _grounds(_stamp: str, longitude: float, latitude: float) -> tuple[tuple[Ring, ...], ...]:
    """Boundaries of the municipalities round about."""
    return tuple(
        one.rings
        for one in opendata.boundaries()
        if any(
            abs(x - longitude) < AROUND and abs(y - latitude) < AROUND for ring in one.rings for x, y in ring
        )
    )


@dataclass(frozen=True)
class Profile:
    """A profile, what one does in it, and how many of a hundred go on to technology after it."""

    name: str
    about: content.Text
    of_100: str | None


def profiles(speaker: Speaker) -> Iterator[Profile]:
    """The ten profiles, those after which most go on to technology first."""
    shares = flows()
    order = sorted(
        (one for one in region.PROFILES if one != CRAFT), key=lambda key: -sum(shares.get(key, (0,)))
    )
    for key in order:
        about = speaker.text(f"profile.{key}")
        yield Profile(region.profile_name(key), about, of_100(shares.get(key)))


def flows() -> dict[str, tuple[float, float]]:
    """Least and most per cent that go on to technology in mbo, by profile: imported for the country, else as printed.

    Where small numbers are suppressed the two differ; where they leave anything possible, the profile is not there.
    """
    found = opendata.indicator("flow", "NL")
    pairs = {row.key: (row.share_low, row.share_high) for row in found.rows}
    return {
        key: (low, high)
        for key, (low, high) in pairs.items()
        if low is not None and high is not None and high - low < EVERYTHING
    }


def of_100(bounds: tuple[float, float] | None) -> str | None:
    """How many of a hundred: one number, or two where it is only known between which it lies."""
    if bounds is None:
        return None
    low, high = map(round, bounds)
    return str(low) if low == high else f"{low}–{high}"


def in_bounds(told: Iterable[str | None]) -> bool:
    """Whether some of these numbers are told as two, because small groups are not told exactly."""
    return any("–" in one for one in told if one)


def flows_source() -> tuple[str, str]:
    """Who says so, and of which school year."""
    found = opendata.indicator("flow", "NL")
    return found.source.partition(", table")[0].partition(", tabel")[0], f"{found.year}/{found.year + 1}"
