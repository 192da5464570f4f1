"""A province, COROP, RMC or labour-market region as the municipalities in it, and regions of one's own.

Files of flows, students, travel and inhabitants know municipalities only; addresses of schools tell where those lie.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from driegesprek.region.areas import PARTITIONS, Area, region_sets, today
from driegesprek.region.dataset import Kind
from driegesprek.region.names import plain
from driegesprek.region.notes import Note
from driegesprek.region.store import Store

_ADDRESSES: Final = (Kind.BO_LOCATIONS, Kind.VO_LOCATIONS)
_PARTLY: Final = Note(
    "Municipalities without a school in the imported addresses are left out; import those of primary schools too.",
    "Gemeenten zonder school in de ingelezen adressen tellen niet mee; lees ook die van basisscholen in.",
)


def by_municipality(store: Store, area: Area) -> Area:
    """The same area as a set of today's municipalities; of no members where the imported addresses do not tell.

    A municipality of which schools lie in several such areas is of the one in which most of them lie.

    Args:
        store: What was imported.
        area: One of `areas.PARTITIONS`; any other comes back as it is.
    """
    if area.level not in PARTITIONS:
        return area
    schools: dict[str, Counter[str]] = {}
    for municipality, part in _schools(store, area.level):
        schools.setdefault(municipality, Counter())[part] += 1
    members = frozenset(one for one, parts in schools.items() if _most(parts) in area.members)
    notes = () if store.find(Kind.BO_LOCATIONS) else (_PARTLY,)
    return replace(area, level="region", members=members, notes=(*area.notes, *notes))


def own_sets(store: Store) -> dict[str, tuple[str, frozenset[str]]]:
    """The regions of one's own that were imported, as `areas.region_sets` gives them."""
    entry = store.find(Kind.REGION_SETS)
    if entry is None:
        return {}
    columns = store.columns(entry)
    pairs = zip(columns["region"], columns["municipality"], strict=True)
    return region_sets({"region": region, "municipality": town} for region, town in pairs)


def absent(area: Area, columns: Mapping[str, Sequence[Any]]) -> tuple[Note, ...]:
    """A remark where a file has not every municipality of a region: its sums are of those that are there."""
    there = {today(name) for name in columns["municipality"] if name}
    count = len(area.members & there)
    if area.level != "region" or count == len(area.members):
        return ()
    return (
        Note(
            f"The file has {count} of the {len(area.members)} municipalities of {area.name}.",
            f"Het bestand heeft {count} van de {len(area.members)} gemeenten van {area.name}.",
        ),
    )


def _schools(store: Store, level: str) -> Iterator[tuple[str, str]]:
    """Of each school: the municipality of today and the part of the country, by their keys."""
    for kind in _ADDRESSES:
        if entry := store.find(kind):
            columns: Mapping[str, Sequence[Any]] = store.columns(entry)
            rows = zip(columns["municipality"], columns["place"], columns[level], strict=True)
            yield from ((today(name, place), plain(part)) for name, place, part in rows if name and part)


def _most(parts: Counter[str]) -> str:
    return min(parts, key=lambda one: (-parts[one], one))
