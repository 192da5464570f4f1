"""An indicator of every municipality at once: what was imported is read once and added up in columns."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from driegesprek.region import moving, people, switching
from driegesprek.region.areas import COUNTRY, Area, today
from driegesprek.region.arrays import codes, numbers
from driegesprek.region.asking import names_by_code
from driegesprek.region.dataset import Kind
from driegesprek.region.indicator import Indicator
from driegesprek.region.moving import Sum, Sums
from driegesprek.region.names import plain
from driegesprek.region.store import Entry, Store
from driegesprek.region.totals import COUNTRY_CODES
from driegesprek.region.world import NothingImportedError

if TYPE_CHECKING:
    import pyarrow as pa

_KINDS = {
    "flow": Kind.FLOWS,
    "travel": Kind.TRAVEL,
    "mbo": Kind.MBO_STUDENTS,
    "route": Kind.MBO_STUDENTS,
    "switching": Kind.SWITCHES,
    "demography": Kind.POPULATION,
}
_TEXTS = {
    "flow": ("profile", "direction"),
    "mbo": ("route", "direction"),
    "route": ("route", "direction"),
    "switching": ("origin", "destination"),
    "demography": ("origin",),
}
EVERYWHERE = tuple(_KINDS)
_OF_YEARS = {"switching", "demography"}
"""Of these one file holds several years."""


def everywhere(store: Store, name: str, *, year: int | None = None) -> Mapping[str, Indicator]:
    """Flow, travel, mbo, route, switching or demography of each municipality, by its key of today.

    `grid` gives supply and choice.

    Args:
        store: What was imported.
        name: One of EVERYWHERE.
        year: The newest there is when absent.

    Raises:
        KeyError: no such indicator.
        NothingImportedError: its data were not imported.
        StoreError: the folder cannot be read.
    """
    kind = _KINDS[name]
    for entry in store.of_kind(kind) if name in _OF_YEARS else (store.find(kind, year),):
        if entry is not None and (found := _everywhere(store, entry, name, year)):
            return found
    raise NothingImportedError(f"No {kind.value} of {year or 'any year'} were imported.")


def _everywhere(store: Store, entry: Entry, name: str, year: int | None) -> Mapping[str, Indicator]:
    if name == "travel":
        return _travels(store, entry)
    table = store.table(entry, texts=("municipality", *_TEXTS[name]))
    if name == "switching":
        return _switches(table, entry, year)
    if name == "demography":
        return _people(store, table, entry, year)
    make: Callable[[Sums, Entry, Area], Indicator] = {
        "flow": moving.flow_of,
        "mbo": moving.mbo_of,
        "route": moving.route_of,
    }[name]
    keys = [codes(table, "profile"), _technical(table)] if name == "flow" else _routes(table)
    return {
        key: make(known, entry, Area(label, "municipality", frozenset({key})))
        for key, (label, known) in _summed(table, keys).items()
    }


def _travels(store: Store, entry: Entry) -> dict[str, Indicator]:
    columns = store.columns(entry)
    names = {today(one): one for one in dict.fromkeys(columns["municipality"])}
    return {
        key: moving.travel(
            moving.Chosen(entry, columns, rows), Area(names[key], "municipality", frozenset({key}))
        )
        for key, rows in moving.by_municipality(columns).items()
    }


def _switches(table: "pa.Table", entry: Entry, year: int | None) -> dict[str, Indicator]:
    import numpy as np  # noqa: PLC0415 -- loaded when something is worked out

    years = numbers(table, "row_year")
    wanted = year or int(years.max(initial=0)) or entry.year
    origins, left, technical = codes(table, "origin"), *_ways(table)
    found = _summed(table, [origins, left, technical], np.isin(years, [wanted, 0]))
    return {key: switching.switching_of(known, entry, wanted, label) for key, (label, known) in found.items()}


def _people(store: Store, table: "pa.Table", entry: Entry, year: int | None) -> dict[str, Indicator]:
    import numpy as np  # noqa: PLC0415 -- as above

    years = numbers(table, "row_year")
    wanted = year or int(years.max(initial=0)) or entry.year
    low, high = numbers(table, "age_from"), numbers(table, "age_to")
    origins, of_origin = codes(table, "origin")
    outside = np.array([_OUTSIDE.index(people.outside_europe(one)) for one in origins], dtype=np.int64)
    young = (
        (low >= people.YOUNG[0]) & (high <= people.YOUNG[1]) & np.isin(years, [wanted, wanted - people.BACK])
    )
    everybody = (outside[of_origin] == 0) & (years == wanted)
    keys = [_numbered(years), _numbered(low), _numbered(high), (_OUTSIDE, outside[of_origin])]
    found = _summed(table, keys, young | everybody, called=_towns(store, table))
    made = {
        key: people.demography_of(
            {(at, (start, end), where): one for (at, start, end, where), one in known.items()},
            entry,
            wanted,
            label,
        )
        for key, (label, known) in found.items()
    }
    return {key: one for key, one in made.items() if one is not None}


def _numbered(values: Any) -> tuple[list[int], Any]:
    """The different numbers, and for each row which it has."""
    import numpy as np  # noqa: PLC0415 -- as above

    found, places = np.unique(values, return_inverse=True)
    return found.tolist(), places


_OUTSIDE = (None, False, True)


def _towns(store: Store, table: "pa.Table") -> dict[str, str]:
    """{as the table has it: name of the municipality} where that is another; '' for the country."""
    names = codes(table, "municipality")[0]
    found = {**names_by_code(store), **COUNTRY_CODES} if people.has_codes(names) else {}
    return {one: "" if plain(found.get(one, one)) in COUNTRY else found.get(one, one) for one in names}


def _technical(table: "pa.Table") -> Any:
    """Whether the direction of each row is technical."""
    import numpy as np  # noqa: PLC0415 -- as above

    texts, places = codes(table, "direction")
    return (False, True), np.array([moving.is_technical(one) for one in texts], dtype=np.int64)[places]


def _routes(table: "pa.Table") -> list[Any]:
    return [codes(table, "route"), codes(table, "direction")]


def _ways(table: "pa.Table") -> tuple[Any, Any]:
    """Whether each row goes elsewhere, and whether that is technology."""
    import numpy as np  # noqa: PLC0415 -- as above

    (origins, from_of), (destinations, to_of) = codes(table, "origin"), codes(table, "destination")
    number: dict[str, int] = {}
    start, end = (
        np.array([number.setdefault(plain(one), len(number)) for one in texts], dtype=np.int64)
        for texts in (origins, destinations)
    )
    technical = np.array([switching.is_technology(one) for one in destinations], dtype=np.int64)
    left = (start[from_of] != end[to_of]).astype(np.int64)
    return ((False, True), left), ((False, True), technical[to_of])


def _summed(
    table: "pa.Table", keys: Sequence[Any], chosen: Any = None, called: Mapping[str, str] | None = None
) -> dict[str, tuple[str, Sums]]:
    """{municipality of today: (its name, sums by key)}, groups in the order in which the table has them.

    Args:
        table: With municipality, low and high.
        keys: What rows are grouped by: the different values, and for each row which it has.
        chosen: Which rows count; all of them when absent.
        called: Names of municipalities, where the table has something else; '' for what is none.
    """
    import numpy as np  # noqa: PLC0415 -- as above

    names, place = codes(table, "municipality")
    names = [(called or {}).get(one, one) for one in names]
    towns = list(dict.fromkeys(today(one) for one in names if one))
    number = {one: at for at, one in enumerate(towns)}
    town = np.array([number[today(one)] if one else -1 for one in names], dtype=np.int64)[place]
    used = (town >= 0) if chosen is None else (town >= 0) & chosen
    group = town[used]
    for values, which in keys:
        group = group * len(values) + which[used]
    groups, first, inverse = np.unique(group, return_index=True, return_inverse=True)
    low, high = numbers(table, "low")[used], numbers(table, "high")[used]
    columns = [
        np.bincount(inverse, weights=one, minlength=len(groups)).astype(np.int64)
        for one in (low, np.where(high < 0, 0, high), high < 0)
    ]
    labels = {today(one): one for one in names if one}
    found: dict[str, tuple[str, Sums]] = {}
    order = np.argsort(first, kind="stable")
    *parts, of_town = _parted(groups[order], [values for values, _ in keys])
    rows = zip(of_town, zip(*parts, strict=True), *(one[order].tolist() for one in columns), strict=True)
    for at, key, *bounds in rows:
        name = towns[at]
        known = found.get(name)
        if known is None:
            known = found[name] = (labels[name], {})
        known[1][key] = Sum(*bounds)
    return found


def _parted(groups: Any, values: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The parts of the keys of numbered groups, a list for each, and last the places of their municipalities."""
    parts: list[list[Any]] = []
    for many in reversed(values):
        groups, places = groups // max(len(many), 1), groups % max(len(many), 1)
        parts.append([many[one] for one in places.tolist()])
    return [*reversed(parts), groups.tolist()]
