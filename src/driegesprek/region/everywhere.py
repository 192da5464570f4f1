"""An indicator of every municipality at once: what was imported is read once and added up in columns."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from driegesprek.region import moving, people, switching
from driegesprek.region.areas import COUNTRY
from driegesprek.region.arrays import codes, measures, numbers
from driegesprek.region.asking import names_by_code
from driegesprek.region.dataset import Kind
from driegesprek.region.indicator import Definition, Indicator, Row
from driegesprek.region.lines import (
    NEVER,
    Everywhere,
    Shares,
    Sums,
    bounds,
    first_rows,
    municipalities,
    summed,
)
from driegesprek.region.names import plain, profile_name
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
    "travel": ("direction",),
    "switching": ("origin", "destination"),
    "demography": ("origin",),
}
EVERYWHERE = tuple(_KINDS)
_OF_YEARS = {"switching", "demography"}
"""Of these one file holds several years."""
_BOTH = (False, True)


def everywhere(store: Store, name: str, *, year: int | None = None) -> Mapping[str, Indicator]:
    """Flow, travel, mbo, route, switching or demography of each municipality, by its key of today.

    All sums and shares are worked out at once, in columns; each municipality's lines are put into words when it is
    asked. `grid` gives supply and choice.

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
    table = store.table(entry, texts=("municipality", *_TEXTS[name]))
    if name == "demography":
        return _people(store, table, entry, year)
    if name == "switching":
        return _switches(table, entry, year)
    make: Callable[[pa.Table, Entry], Everywhere] = {
        "flow": _flow,
        "mbo": _mbo,
        "route": _route,
        "travel": _travel,
    }[name]
    return make(table, entry)


def _told(
    definition: Definition,
    entry: Entry,
    area: str,
    rows: Sequence[Row],
    *,
    notes: Sequence[str] = (),
    year: int = 0,
) -> Indicator:
    return Indicator(
        definition=definition,
        area=area,
        year=year or entry.year,
        source=entry.source,
        rows=tuple(rows),
        notes=tuple(notes),
    )


def _in_order(first: Any) -> list[list[int]]:
    """Of each municipality the places of its lines that are there, in the order of the table."""
    there = (first < NEVER).sum(axis=1).tolist()
    order = first.argsort(axis=1, kind="stable").tolist()
    return [places[:many] for places, many in zip(order, there, strict=True)]


def _flow(table: "pa.Table", entry: Entry) -> Everywhere:
    import numpy as np  # noqa: PLC0415 -- loaded when something is worked out

    texts, places = codes(table, "direction")
    technical = np.array([moving.is_technical(one) for one in texts], dtype=np.int64)[places]
    profiles = codes(table, "profile")
    found = summed(table, [profiles, (_BOTH, technical)])
    shares = Shares(found.at(slice(None), 1).bounds, found.at(slice(None), 0).bounds)
    order, keys = _in_order(found.over(2).first), profiles[0]

    def make(at: int) -> Indicator:
        rows = [shares.row((at, one), profile_name(keys[one]), keys[one], {}) for one in order[at]]
        return _told(moving.FLOW, entry, found.labels[at], rows)

    return Everywhere(found.towns, make)


_ROUTES = ("BOL", "BBL", "")


def _by_route(table: "pa.Table") -> tuple[Sums, list[str]]:
    """The sums by direction and route, where anything but BOL and BBL is one."""
    import numpy as np  # noqa: PLC0415 -- as above

    texts, places = codes(table, "route")
    routes = np.array([_ROUTES.index(one) if one in _ROUTES else 2 for one in texts], dtype=np.int64)
    directions = codes(table, "direction")
    return summed(table, [directions, (_ROUTES, routes[places])]), directions[0]


def _mbo(table: "pa.Table", entry: Entry) -> Everywhere:
    found, names = _by_route(table)
    order = _in_order(found.over(2).first)
    lines = []
    for place, route in enumerate(_ROUTES):
        part = found.at(slice(None), place) if route else found.over(2)
        whole = part.over(1)
        spread = Sums(
            found.towns,
            found.labels,
            whole.low[:, None],
            whole.high[:, None],
            whole.unknown[:, None],
            whole.first,
        )
        lines.append((route or "totaal", Shares(part.bounds, spread.without(part).bounds)))

    def make(at: int) -> Indicator:
        rows = [
            shares.row((at, one), names[one], plain(names[one]), {"route_nl": route})
            for route, shares in lines
            for one in order[at]
        ]
        return _told(moving.MBO, entry, found.labels[at], rows)

    return Everywhere(found.towns, make)


def _route(table: "pa.Table", entry: Entry) -> Everywhere:
    found, names = _by_route(table)
    shares = Shares(found.at(slice(None), 1).bounds, found.at(slice(None), 0).bounds)
    order = _in_order(found.over(2).first)

    def make(at: int) -> Indicator:
        rows = [shares.row((at, one), names[one], plain(names[one]), {}) for one in order[at]]
        return _told(moving.ROUTE, entry, found.labels[at], rows)

    return Everywhere(found.towns, make)


def _switches(table: "pa.Table", entry: Entry, year: int | None) -> Everywhere:
    import numpy as np  # noqa: PLC0415 -- as above

    years = numbers(table, "row_year")
    wanted = year or int(years.max(initial=0)) or entry.year
    origins = codes(table, "origin")
    found = summed(table, [origins, *_ways(table)], np.isin(years, [wanted, 0]))
    by_origin, by_way = found.over(3), found.over(1)
    shares = Shares(by_origin.at(slice(None), 1).bounds, by_origin.at(slice(None), 0).bounds)
    technology = Shares(by_way.at(1, 1).bounds, by_way.at(1, 0).bounds)
    order = _in_order(by_origin.over(2).first)
    there = [at for at, lines in enumerate(order) if lines]

    def make(place: int) -> Indicator:
        at = there[place]
        names = [(one, origins[0][one]) for one in order[at]]
        rows = [shares.row((at, one), switching.named(name), plain(name), {}) for one, name in names]
        rows.append(technology.row(at, switching.TECHNOLOGY, switching.TO_TECHNOLOGY, {}))
        return _told(switching.SWITCHING, entry, found.labels[at], rows, year=wanted)

    return Everywhere([found.towns[at] for at in there], make)


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
    return (_BOTH, (start[from_of] != end[to_of]).astype(np.int64)), (_BOTH, technical[to_of])


def _travel(table: "pa.Table", entry: Entry) -> Everywhere:
    import numpy as np  # noqa: PLC0415 -- as above

    towns, labels, town = municipalities(table)
    names, direction = codes(table, "direction")
    used = town >= 0
    group = (town * len(names) + direction)[used]
    shape = (len(towns), len(names))

    def added(values: Any) -> Any:
        return np.bincount(group, weights=values, minlength=shape[0] * shape[1])

    low, high = numbers(table, "low")[used], numbers(table, "high")[used]
    many = added(np.ones(len(group)))
    exact = added((low != high) | (low <= 0)) == 0
    weights = np.where(exact[group], low, 1).astype(float)
    means, medians = {}, {}
    for name, unit in (("distance", "km"), ("transit", "minutes")):
        values = measures(table, f"{name}_mean")[used]
        known = ~np.isnan(values)
        total = added(np.where(known, weights, 0.0))
        sums = added(np.where(known, values * weights, 0.0))
        means[f"{name}_mean_{unit}"] = np.divide(
            sums, total, out=np.full(len(total), np.nan), where=total > 0
        )
        medians[f"{name}_median_{unit}"] = added(measures(table, f"{name}_median")[used])
    students = added(weights)
    order = _in_order(first_rows(group, len(many)).reshape(shape))

    def line(at: int, name: str) -> Row:
        figures = means | (medians if many[at] == 1 else {})
        more = {key: None if np.isnan(one[at]) else float(one[at]) for key, one in figures.items()}
        return Row(label=name, key=plain(name), pupils=int(students[at]) if exact[at] else None, more=more)

    def make(at: int) -> Indicator:
        places = [(at * len(names) + one, names[one]) for one in order[at]]
        notes = [moving.weighs_alike(name) for place, name in places if not exact[place]]
        return _told(moving.TRAVEL, entry, labels[at], [line(*one) for one in places], notes=notes)

    return Everywhere(towns, make)


def _people(store: Store, table: "pa.Table", entry: Entry, year: int | None) -> Everywhere:
    import numpy as np  # noqa: PLC0415 -- as above

    years = numbers(table, "row_year")
    wanted = year or int(years.max(initial=0)) or entry.year
    low, high = numbers(table, "age_from"), numbers(table, "age_to")
    texts, places = codes(table, "origin")
    outside = np.array([_OUTSIDE.index(people.outside_europe(one)) for one in texts], dtype=np.int64)[places]
    now = years == wanted
    young = (low >= people.YOUNG[0]) & (high <= people.YOUNG[1]) & (now | (years == wanted - people.BACK))
    used = young | ((outside == 0) & now)
    spans, which = np.unique((low * _SPAN + high)[used], return_inverse=True)
    place = np.zeros(len(low), dtype=np.int64)
    place[used] = which
    ages = [divmod(one, _SPAN) for one in spans.tolist()]
    keys = [(_BOTH, now.astype(np.int64)), (_OUTSIDE, outside), (ages, place)]
    found = summed(table, keys, used, called=_towns(store, table))
    lines = people.young_everywhere(lambda *asked: _of_ages(found, ages, *asked))
    there = np.flatnonzero((lines.young[0] != 0) | (lines.young[1] != 0)).tolist()

    def make(at: int) -> Indicator:
        rows = lines.rows(there[at])
        return _told(people.DEMOGRAPHY, entry, found.labels[there[at]], rows, year=wanted)

    return Everywhere([found.towns[at] for at in there], make)


_SPAN = 1_000
"""More than any age."""
_OUTSIDE = (None, False, True)


def _of_ages(
    found: Sums, known: Sequence[people.Ages], now: bool, ages: people.Ages, outside: bool | None
) -> Any:  # a pair of arrays
    """Bounds of the inhabitants of some ages in every municipality; alike where files have the same ages."""
    import numpy as np  # noqa: PLC0415 -- as above

    part = found.at(int(now), _OUTSIDE.index(outside))
    patterns, of_town = np.unique(part.first < NEVER, axis=0, return_inverse=True)
    least, most = np.zeros((2, len(found.towns)), dtype=np.int64)
    for number, pattern in enumerate(patterns.tolist()):
        towns = np.flatnonzero(of_town.ravel() == number)
        chosen, whole = people.chosen([one for one, there in zip(known, pattern, strict=True) if there], ages)
        columns = np.ix_(towns, np.array([known.index(one) for one in chosen], dtype=np.int64))
        sums = (one[columns].sum(1) for one in (part.low, part.high, part.unknown))
        least[towns], high = bounds(*sums)
        most[towns] = high if whole or not chosen else -1
    return least, most


def _towns(store: Store, table: "pa.Table") -> dict[str, str]:
    """{as the table has it: name of the municipality} where that is another; '' for the country."""
    names = codes(table, "municipality")[0]
    found = {**names_by_code(store), **COUNTRY_CODES} if people.has_codes(names) else {}
    return {one: "" if plain(found.get(one, one)) in COUNTRY else found.get(one, one) for one in names}
