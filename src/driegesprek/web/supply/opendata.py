"""The open data of this installation, kept in memory until something is imported anew."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings

from driegesprek import region
from driegesprek.region.areas import PARTITIONS
from driegesprek.region.dataset import Kind
from driegesprek.region.shipped import areas as printed_areas
from driegesprek.region.store import MANIFEST
from driegesprek.web.supply.guarded import GuardedStore
from driegesprek.web.supply.models import RecordedNote

WORLDS = 8
"""How many years of schools a process keeps: some 30 MB each for the whole country."""
ANSWERS = 2_000


def store() -> GuardedStore:
    """What was imported: `open-data` in the data folder, as on the command line, read through the disclosure gate."""
    return GuardedStore(settings.DATA / "open-data")


def stamp() -> str:
    """What changes whenever something is imported; '' where nothing is."""
    path = store().folder / MANIFEST
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{path}-{found.st_mtime_ns}-{found.st_size}-{found.st_ino}"


@lru_cache(maxsize=WORLDS)
def _world(_stamp: str, year: int) -> region.World:
    return region.load(store(), year)


def world(year: int | None = None) -> region.World:
    """The schools of a year, the newest where none is asked.

    Raises:
        NothingImportedError: there are none.
        StoreError: the folder cannot be read.
    """
    entry = store().find(Kind.PUPILS, year)
    return _world(stamp(), entry.year) if entry else region.load(store(), year)


@lru_cache(maxsize=ANSWERS)
def _indicator(_stamp: str, name: str, area: str, year: int | None, tracks: str) -> region.Indicator:
    return _remarked(
        region.indicator(store(), name, area=area, year=year, tracks=tracks or None, loader=world)
    )


def _remarked(found: region.Indicator) -> region.Indicator:
    """The same with what must be known where small numbers in its file are not told."""
    here = store()
    files = [one for one in here.of_kind(region.kind_of(found.definition.name)) if one.source == found.source]
    notes = [note for one in files[:1] if (note := here.remark(one))]
    return replace(found, notes=(*found.notes, *notes))


def indicator(name: str, area: str, year: int | None = None, tracks: str = "") -> region.Indicator:
    """An indicator, as `region.indicator` gives it and with its errors."""
    return _indicator(stamp(), name, area, year, tracks)


@lru_cache(maxsize=ANSWERS)
def _trend(_stamp: str, name: str, area: str, tracks: str) -> tuple[region.Indicator, ...]:
    found = region.trend(store(), name, area=area, tracks=tracks or None, loader=world)
    return tuple(_remarked(one) for one in found)


def trend(name: str, area: str, tracks: str = "") -> tuple[region.Indicator, ...]:
    """An indicator in every year, as `region.trend` gives it and with its errors."""
    return _trend(stamp(), name, area, tracks)


@lru_cache(maxsize=ANSWERS)
def _comparable(
    _stamp: str, name: str, area: str
) -> tuple[tuple[region.Comparable, ...], tuple[region.Indicator, ...]]:
    return region.beside_comparable(store(), name, area=area, loader=world)


def beside_comparable(
    name: str, area: str
) -> tuple[tuple[region.Comparable, ...], tuple[region.Indicator, ...]]:
    """Comparable municipalities and their figures together, none without schools."""
    if store().find(Kind.PUPILS) is None:
        return (), ()
    return _comparable(stamp(), name, area)


@lru_cache(maxsize=4)
def _entries(_stamp: str) -> tuple[region.Entry, ...]:
    return store().entries()


def entries() -> tuple[region.Entry, ...]:
    """What was imported.

    Raises:
        StoreError: the folder cannot be read.
    """
    return _entries(stamp())


def years(name: str) -> tuple[int, ...]:
    """The years of which there are imported figures for an indicator, newest first."""
    return _years(stamp(), name)


@lru_cache(maxsize=64)
def _years(_stamp: str, name: str) -> tuple[int, ...]:
    return tuple(sorted(region.years_of(store(), name), reverse=True))


NOTE_COLUMNS = ("kind", "profile", "text", "url", "recorded_on")


@dataclass(frozen=True)
class SchoolNote:
    """What a school says of itself: `kind` is elective, orientation or late_entry; `profile` a key or ''."""

    kind: str
    profile: str
    text: str
    url: str
    recorded_on: str


@dataclass(frozen=True)
class AreaGroup:
    """Areas of one level: (what stands in the address, what people read)."""

    level: str
    areas: tuple[tuple[str, str], ...]


def areas() -> tuple[AreaGroup, ...]:
    """The areas one may ask for: of the imported schools, else those that the report prints."""
    return _areas(stamp())


@lru_cache(maxsize=4)
def _areas(_stamp: str) -> tuple[AreaGroup, ...]:
    if store().find(Kind.PUPILS) is None:
        return (_broad(), _printed())
    known = world().locations.known()
    municipalities = tuple((name, name) for name in sorted(set(known.municipalities.values())))
    return (_broad(), AreaGroup("municipality", municipalities), *_parts(known.partitions.items()))


def _broad() -> AreaGroup:
    names = tuple((key.upper(), name) for key, (name, _members) in region.regions().items())
    own = tuple((name, name) for name, _members in region.own_sets(store()).values())
    return AreaGroup("country", (("NL", "Nederland"), *names, *own))


def _parts(found: Iterable[tuple[str, object]]) -> Iterable[AreaGroup]:
    levels = {level: names for level, names in found if isinstance(names, dict)}
    for level in PARTITIONS:
        names = sorted(set(levels.get(level, {}).values()))
        if names:
            yield AreaGroup(level, tuple((f"{level}:{one}", one) for one in names))


def _printed() -> AreaGroup:
    names = {
        one
        for table in ("t3_1_profile_supply", "t3_4_travel_by_municipality")
        for one in printed_areas(table)
    }
    names -= {"Nederland", "metropoolregio"}
    return AreaGroup("municipality", tuple((one, one) for one in sorted(names)))


@lru_cache(maxsize=2)
def _gazetteer(_stamp: str) -> region.Gazetteer:
    return region.gazetteer(store())


def gazetteer() -> region.Gazetteer:
    """What is known of places.

    Raises:
        StoreError: the folder cannot be read.
    """
    return _gazetteer(stamp())


@lru_cache(maxsize=2)
def _notes(_stamp: str) -> dict[str, tuple[SchoolNote, ...]]:
    entry = store().find(Kind.SCHOOL_NOTES)
    if entry is None:
        return {}
    columns = store().columns(entry)
    found: dict[str, list[SchoolNote]] = {}
    for location, *values in zip(*(columns[one] for one in ("location", *NOTE_COLUMNS)), strict=True):
        found.setdefault(str(location).upper(), []).append(SchoolNote(*(str(one or "") for one in values)))
    return {location: tuple(many) for location, many in found.items()}


def notes_of(locations: Iterable[str]) -> dict[str, list[SchoolNote]]:
    """What schools say of their locations that open data do not show: recorded here, or in an imported file; one query."""
    wanted = list(locations)
    imported = _notes(stamp())
    found = {one: list(imported.get(one, ())) for one in wanted}
    for row in RecordedNote.objects.filter(location__in=wanted):
        day = row.made_at.date().isoformat()
        found[row.location].append(SchoolNote(row.kind, row.profile, row.text, "", day))
    return found


@lru_cache(maxsize=64)
def _pathways(_stamp: str, profile: str) -> region.Pathways:
    return region.pathways(store(), profile)


def pathways(profile: str) -> region.Pathways:
    """The ways on after a profile, as `region.pathways` gives them and with its errors."""
    return _pathways(stamp(), profile)


@lru_cache(maxsize=2)
def _chances(_stamp: str) -> dict[str, tuple[region.Chance, ...]]:
    return region.chances_by_direction(store())


def chances() -> dict[str, tuple[region.Chance, ...]]:
    """The imported figures on work and pay by direction, as `region.chances_by_direction` gives them and with its errors."""
    return _chances(stamp())


@lru_cache(maxsize=16)
def _grid(_stamp: str, year: int, name: str) -> region.Grid:
    return region.grid(_world(_stamp, year), name)


def grid(name: str) -> region.Grid:
    """Supply or choice of every municipality, in the newest year.

    Raises:
        NothingImportedError: there are no schools.
        StoreError: the folder cannot be read.
    """
    return _grid(stamp(), world().year, name)


@lru_cache(maxsize=2)
def _boundaries(_stamp: str) -> tuple[region.Boundary, ...]:
    return region.boundaries(store())


def boundaries() -> tuple[region.Boundary, ...]:
    """The imported boundaries of municipalities; none where none were imported."""
    return _boundaries(stamp())
