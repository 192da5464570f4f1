"""Any indicator by its name, from what was imported, else from the report's figures that come with the product."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from driegesprek.region import moving, people, shipped, supply, switching
from driegesprek.region.areas import COUNTRY, PROVINCE_CODES, Area, Known, UnknownAreaError, resolve
from driegesprek.region.comparable import Comparable, comparable, together
from driegesprek.region.dataset import Kind
from driegesprek.region.indicator import Definition, Indicator, Row, as_printed
from driegesprek.region.names import plain
from driegesprek.region.notes import Note
from driegesprek.region.partitions import absent, by_municipality, own_sets
from driegesprek.region.store import Entry, Store
from driegesprek.region.world import NothingImportedError, World, load

Loader = Callable[[int | None], World]
DEFINITIONS: Final[Mapping[str, Definition]] = {
    one.name: one
    for one in (
        supply.SUPPLY,
        supply.CHOICE,
        supply.CHOICE_TL,
        supply.CHOICE_HAVO_VWO,
        moving.FLOW,
        moving.TRAVEL,
        moving.MBO,
        moving.ROUTE,
        people.DEMOGRAPHY,
        switching.SWITCHING,
    )
}
_TABLES: Final = {
    "supply": ("t3_1_profile_supply", "profile_nl"),
    "choice": ("t3_5_profile_choice", "profile_nl"),
    "choice-tl": ("t3_7_tl_profiles", "profile_nl"),
    "choice-havo-vwo": ("t3_8_n_profiles_havo_vwo", "profile_group_nl"),
    "flow": ("t3_6_profile_to_mbo_tech", "profile_nl"),
    "mbo": ("t3_9_mbo_direction_shares", "direction_nl"),
}
_OF_SCHOOLS: Final[Mapping[str, Callable[..., Indicator]]] = {
    "supply": supply.supply,
    "choice": supply.choice,
    "choice-tl": supply.choice_tl,
    "choice-havo-vwo": supply.choice_havo_vwo,
}
_OF_MBO: Final = {
    "flow": (Kind.FLOWS, moving.flow),
    "travel": (Kind.TRAVEL, moving.travel),
    "mbo": (Kind.MBO_STUDENTS, moving.mbo),
    "route": (Kind.MBO_STUDENTS, moving.route),
}


_OF_PEOPLE: Final = {
    "demography": (Kind.POPULATION, people.demography, people.printed),
    "switching": (Kind.SWITCHES, switching.switching, switching.printed),
}
"""One file holds several years."""


def indicator(
    store: Store,
    name: str,
    *,
    area: str = "NL",
    year: int | None = None,
    tracks: str | None = None,
    loader: Loader | None = None,
) -> Indicator:
    """An indicator for an area and a year.

    Args:
        store: What was imported.
        name: One of DEFINITIONS.
        area: NL, MRDH, a province, a region, a municipality, by name or by code of CBS (GM0599, PV28);
            `province:Utrecht` where a name is ambiguous.
        year: First year of the school year; the newest there is when absent.
        tracks: Some of B, K, G, T, for supply and choice.
        loader: Gives the world of a year, for who keeps worlds at hand; read from the store when absent.

    Raises:
        KeyError: no such indicator.
        UnknownAreaError: no such area.
        NothingImportedError: neither imported data nor the report have this.
    """
    definition = DEFINITIONS[name]
    loader, area = loader or partial(load, store), named(store, area)
    if name in _OF_PEOPLE:
        found = _of_people(store, name, area, year, loader)
    elif name in _OF_SCHOOLS:
        found = _of_schools(store, name, area, year, tracks, loader)
    else:
        found = _of_mbo(store, name, area, year, loader)
    found = found or printed(definition, area)
    if found is None or (year is not None and found.year != year):
        raise NothingImportedError(_nothing(store, definition, area, year))
    return found


def named(store: Store, area: str) -> str:
    """The name of an area that is told by its code of CBS (GM0599, 0599, PV28); any other as it is."""
    code = area.strip().upper()
    if code in PROVINCE_CODES:
        return f"province:{PROVINCE_CODES[code]}"
    if not re.fullmatch(r"GM\d{1,4}|\d{3,4}", code):
        return area
    return names_by_code(store).get(f"GM{code.removeprefix('GM').zfill(4)}", area)


def kind_of(name: str) -> Kind:
    """The kind of open data on which an indicator rests.

    Raises:
        KeyError: no such indicator.
    """
    if name in _OF_SCHOOLS:
        return Kind.PUPILS
    return _OF_PEOPLE[name][0] if name in _OF_PEOPLE else _OF_MBO[name][0]


def years_of(store: Store, name: str) -> tuple[int, ...]:
    """The years of which there are imported figures for an indicator; one file of people holds several."""
    kind = kind_of(name)
    found = {one for one in store.years(kind) if one}
    if name in _OF_PEOPLE:
        found |= {year for one in store.of_kind(kind) for year in store.columns(one)["row_year"] if year}
    return tuple(sorted(found))


def _of_schools(  # noqa: PLR0917 -- what was asked, and where to find it
    store: Store, name: str, area: str, year: int | None, tracks: str | None, loader: Loader
) -> Indicator | None:
    if store.find(Kind.PUPILS, year) is None:
        return None
    return of_world(loader(year), name, area, tracks=tracks)


def of_world(world: World, name: str, area: str | Area, *, tracks: str | None = None) -> Indicator:
    """An indicator of schools, of a world that is at hand."""
    where = world.area(area) if isinstance(area, str) else area
    make = _OF_SCHOOLS[name]
    if tracks and name in {"supply", "choice"}:
        return make(world, where, tracks=tracks)
    return make(world, where)


def _of_people(store: Store, name: str, area: str, year: int | None, loader: Loader) -> Indicator | None:
    """From the newest file that has the year; without a year, the newest there is."""
    kind, make, _printed = _OF_PEOPLE[name]
    for entry in store.of_kind(kind):
        columns = _named(store, entry)
        wanted = year or max(columns["row_year"], default=0)
        where = by_municipality(store, area_of_store(store, area, wanted, loader))
        found = moving.Chosen(entry, columns, people.inside(columns, where))
        notes = (*where.notes, *absent(where, columns))
        if made := make(found, wanted or entry.year, where.name, notes):
            return made
    return None


def _of_mbo(store: Store, name: str, area: str, year: int | None, loader: Loader) -> Indicator | None:
    kind, make = _OF_MBO[name]
    entry = store.find(kind, year)
    if entry is None:
        return None
    return _of_area(store, entry, make, area_of_store(store, area, entry.year, loader))


def _of_area(store: Store, entry: Entry, make: Callable[..., Indicator], area: Area) -> Indicator | None:
    """From one file of mbo; None where it has nothing there."""
    columns = store.columns(entry)
    of_province = area.level == "province" and any(columns.get("province", ()))
    where = area if of_province else by_municipality(store, area)
    found = moving.Chosen(entry, columns, moving.inside(columns, where))
    noted = replace(where, notes=(*where.notes, *absent(where, columns)))
    return make(found, noted) if found.rows else None


def area_of_store(store: Store, text: str, year: int, loader: Loader) -> Area:
    """An area by what the imported data know, of schools or of mbo.

    Raises:
        UnknownAreaError: nothing of that name.
    """
    if store.find(Kind.PUPILS):
        try:
            return loader(None).area(text)
        except UnknownAreaError:
            pass  # the data of mbo may know municipalities without a school
    names: dict[str, str] = {}
    provinces: dict[str, str] = {}
    for kind in (Kind.TRAVEL, Kind.FLOWS, Kind.MBO_STUDENTS, Kind.POPULATION, Kind.SWITCHES):
        if entry := store.find(kind):
            columns = _named(store, entry)
            names |= {_key(one): one for one in columns["municipality"] if one}
            provinces |= {plain(one): one for one in columns.get("province", []) if one}
    return resolve(text, Known(names, names, {"province": provinces}, own_sets(store)), year=year)


def _named(store: Store, entry: Entry) -> Mapping[str, Sequence[Any]]:
    """What a dataset holds, with names where it has codes of municipalities."""
    columns = store.columns(entry)
    coded = people.has_codes(columns["municipality"])
    return people.by_name(columns, names_by_code(store)) if coded else columns


def names_by_code(store: Store) -> dict[str, str]:
    """CBS's code of each municipality (GM0599) and its name, as imported boundaries and addresses say."""
    pairs: list[tuple[str, str]] = []
    for kind, code, name in _CODES:
        if entry := store.find(kind):
            columns = store.columns(entry)
            pairs += zip(columns.get(code, ()), columns.get(name, ()), strict=True)
    return {f"GM{code.upper().removeprefix('GM').zfill(4)}": name for code, name in pairs if code and name}


_CODES: Final = (
    (Kind.BOUNDARIES, "code", "name"),
    (Kind.BO_LOCATIONS, "municipality_code", "municipality"),
    (Kind.VO_LOCATIONS, "municipality_code", "municipality"),
)


def _key(name: str) -> str:
    from driegesprek.region.areas import today  # noqa: PLC0415 -- reads a table when first needed

    return today(name)


def printed(definition: Definition, area: str) -> Indicator | None:
    """The figures that the report prints for this area; None where it prints none."""
    if definition.name in _OF_PEOPLE:
        return _OF_PEOPLE[definition.name][2](area)
    if definition.name == "travel":
        return _printed_travel(definition, area)
    if definition.name not in _TABLES:
        return None
    name, label = _TABLES[definition.name]
    return shipped.shares(definition, name, area, label=label)


def _printed_travel(definition: Definition, area: str) -> Indicator | None:
    names = ("t3_3_travel_region_vs_national", "t3_4_travel_by_municipality")
    found = [row for name in names for row in shipped.table(name) if shipped.same_area(row, area)]
    if not found:
        return None
    rows = [
        _travel_row(direction, found) for direction in dict.fromkeys(row["sectorkamer_nl"] for row in found)
    ]
    return Indicator(
        definition=definition,
        area=found[0].get("region_nl") or found[0]["municipality_nl"],
        year=shipped.year_of(found[0]),
        source=as_printed(definition),
        rows=tuple(rows),
        notes=(
            Note(
                "These are figures of the report, rounded as printed; medians are not printed.",
                "Dit zijn cijfers uit het rapport, afgerond zoals gedrukt; medianen staan er niet in.",
            ),
        ),
    )


def _travel_row(direction: str, found: Iterable[Mapping[str, str]]) -> Row:
    values = {row["measure"]: shipped.number(row) for row in found if row["sectorkamer_nl"] == direction}
    more = {
        "distance_mean_km": values.get("mean_cycling_distance"),
        "transit_mean_minutes": values.get("mean_public_transport_time"),
    }
    return Row(label=direction, key=plain(direction), more=more)


def _nothing(store: Store, definition: Definition, area: str, year: int | None) -> str:
    kind = kind_of(definition.name)
    years = ", ".join(str(one) for one in store.years(kind)) or "none"
    own = printed(definition, area)
    also = f" The report's own figures for {own.area} are of {own.year}." if own else ""
    if not own and definition.name in _TABLES:
        also = f" The report has it for {', '.join(shipped.areas(_TABLES[definition.name][0]))}."
    where = "the whole country" if plain(area) in COUNTRY else area
    return (
        f"There is nothing of '{definition.name}' for {where}{f' in {year}' if year else ''}: "
        f"imported years of {kind.value}: {years}.{also} Import the file with `driegesprek region import FILE`."
    )


def beside_comparable(
    store: Store, name: str, *, area: str, loader: Loader | None = None
) -> tuple[tuple[Comparable, ...], tuple[Indicator, ...]]:
    """Areas comparable to one in the newest year, and an indicator of them together in every year that there is.

    Raises:
        KeyError: the indicator is one of people, who are in no comparison.
        UnknownAreaError: no such area.
        NothingImportedError: no schools were imported.
    """
    if name in _OF_PEOPLE:
        raise KeyError(name)
    loader = loader or partial(load, store)
    newest = loader(None)
    found = comparable(newest, newest.area(area))
    if not found:
        return (), ()
    whole = together(found)
    if name in _OF_SCHOOLS:
        return found, tuple(of_world(loader(year), name, whole) for year in store.years(Kind.PUPILS))
    return found, tuple(_of_mbo_together(store, name, whole))


def _of_mbo_together(store: Store, name: str, area: Area) -> Iterator[Indicator]:
    """An indicator of mbo of several areas together, a year each."""
    kind, make = _OF_MBO[name]
    for entry in (store.find(kind, year) for year in store.years(kind)):
        if entry is not None and (found := _of_area(store, entry, make, area)):
            yield found


def trend(
    store: Store, name: str, *, area: str, tracks: str | None = None, loader: Loader | None = None
) -> tuple[Indicator, ...]:
    """An indicator in every year that was imported, oldest first; the report's own year before them, marked.

    Raises:
        UnknownAreaError: no such area.
    """
    years, area = years_of(store, name), named(store, area)
    found, missing = [], []
    for year in years:
        try:
            found.append(indicator(store, name, area=area, year=year, tracks=tracks, loader=loader))
        except (
            UnknownAreaError,
            NothingImportedError,
        ) as error:  # an area may be in the data of some years only
            missing.append(error)
    own = printed(DEFINITIONS[name], area)
    if own and own.year not in years:
        remark = Note("From the report, not recomputed.", "Uit het rapport, niet nagerekend.")
        found.append(replace(own, notes=(*own.notes, remark)))
    unknown = [one for one in missing if isinstance(one, UnknownAreaError)]
    if unknown and not found:
        raise unknown[-1]
    return tuple(sorted(found, key=lambda one: one.year))
