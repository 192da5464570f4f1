"""An indicator of every municipality at once: what was imported is read once and walked over once."""

from collections.abc import Mapping

from driegesprek.region import moving, switching
from driegesprek.region.areas import Area, today
from driegesprek.region.dataset import Kind
from driegesprek.region.indicator import Indicator
from driegesprek.region.store import Store
from driegesprek.region.world import NothingImportedError

_MAKERS = {
    "flow": (Kind.FLOWS, moving.flow),
    "travel": (Kind.TRAVEL, moving.travel),
    "mbo": (Kind.MBO_STUDENTS, moving.mbo),
    "route": (Kind.MBO_STUDENTS, moving.route),
}
EVERYWHERE = (*_MAKERS, "switching")


def everywhere(store: Store, name: str, *, year: int | None = None) -> Mapping[str, Indicator]:
    """Flow, travel, mbo, route or switching of each municipality, by its key of today; `grid` gives supply and choice.

    Args:
        store: What was imported.
        name: One of EVERYWHERE.
        year: The newest there is when absent.

    Raises:
        KeyError: no such indicator.
        NothingImportedError: its data were not imported.
        StoreError: the folder cannot be read.
    """
    kind = Kind.SWITCHES if name == "switching" else _MAKERS[name][0]
    entry = store.find(kind, None if name == "switching" else year)
    if entry is None:
        raise NothingImportedError(f"No {kind.value} of {year or 'any year'} were imported.")
    columns = store.columns(entry)
    names = dict(zip(map(today, columns["municipality"]), columns["municipality"], strict=True))
    wanted = year or max(columns.get("row_year", ()), default=0)
    found = {
        key: _made(name, moving.Chosen(entry, columns, rows), names[key], wanted, key)
        for key, rows in moving.by_municipality(columns).items()
    }
    return {key: one for key, one in found.items() if one is not None}


def _made(name: str, chosen: moving.Chosen, label: str, year: int, key: str) -> Indicator | None:
    if name == "switching":
        return switching.switching(chosen, year or chosen.entry.year, label)
    return _MAKERS[name][1](chosen, Area(label, "municipality", frozenset({key})))
