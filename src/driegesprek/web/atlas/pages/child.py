"""What a child can choose from a place: the nearest locations, what is there and what is not, and what that means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from driegesprek import content, region
from driegesprek.web.common.speaking import Speaker
from driegesprek.web.supply import opendata
from driegesprek.web.supply.opendata import SchoolNote

MOST = 6
"""As many locations as people look at, and as fit in 60 KB."""
FEW = 12
"""How many primary schools of one name are offered to choose from."""
CRAFT = "vakmanschap_techniek"
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
    return Found(
        place=place,
        year=f"{world.year}/{world.year + 1}",
        locations=tuple(_location(one, language, notes[one.location]) for one in nearby),
        nearest=tuple(
            (region.profile_name(key), _location(one, language)) for key, one in by_profile.items()
        ),
    )


def _location(near: region.Near, language: str, notes: Sequence[SchoolNote] = ()) -> Location:
    from driegesprek.figures.words import decimal  # noqa: PLC0415 - babel, only for pages with numbers

    minutes = f"{near.minutes:.0f}" if near.minutes is not None else ""
    return Location(near, decimal(near.km, language, 1), minutes, tuple(notes))


@dataclass(frozen=True)
class Profile:
    """A profile, what one does in it, and how many of a hundred go on to technology after it."""

    name: str
    about: content.Text
    of_100: int | None


def profiles(speaker: Speaker) -> Iterator[Profile]:
    """The ten profiles, those after which most go on to technology first."""
    shares = flows()
    order = sorted((one for one in region.PROFILES if one != CRAFT), key=lambda key: -(shares.get(key) or 0))
    for key in order:
        share = shares.get(key)
        about = speaker.text(f"profile.{key}")
        yield Profile(region.profile_name(key), about, None if share is None else round(share))


def flows() -> dict[str, float]:
    """Per cent that go on to technology in mbo, by profile: imported for the country, else as the report prints."""
    found = opendata.indicator("flow", "NL")
    return {row.key: row.share for row in found.rows if row.share is not None}


def flows_source() -> tuple[str, str]:
    """Who says so, and of which school year."""
    found = opendata.indicator("flow", "NL")
    return found.source.partition(", table")[0].partition(", tabel")[0], f"{found.year}/{found.year + 1}"
