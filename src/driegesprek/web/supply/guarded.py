"""What was imported, as pages may have it: people in what somebody brought in are told through the disclosure gate."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from driegesprek import region
from driegesprek.evidence.disclosure import Known
from driegesprek.region.dataset import Kind
from driegesprek.region.notes import Note
from driegesprek.web.supply import guarding
from driegesprek.web.supply.guarding import Guarded, Key
from driegesprek.web.supply.guarding_people import people

if TYPE_CHECKING:
    import pyarrow as pa

PEOPLE: Final = frozenset({Kind.FLOWS, Kind.SWITCHES, Kind.MBO_STUDENTS, Kind.TRAVEL, Kind.POPULATION})
"""Kinds that count people and that others than publishers make too."""
_OF_YEARS: Final = frozenset({Kind.SWITCHES, Kind.POPULATION})
"""Of these one file holds several years."""
DATASETS: Final = 16


def is_brought_in(entry: region.Entry) -> bool:
    """Whether a dataset counts people and is no publisher's open data, as far as its layout tells."""
    return entry.kind in PEOPLE and not entry.publisher


class GuardedStore(region.Store):
    """The folder with imported data, read through the gate."""

    def columns(
        self, entry: region.Entry, *, where: tuple[str, str] | None = None
    ) -> Mapping[str, list[Any]]:
        """As `region.Store.columns`, without small numbers of people in what was brought in."""
        return self.guarded(entry).columns if is_brought_in(entry) else super().columns(entry, where=where)

    def table(
        self, entry: region.Entry, *, where: tuple[str, str] | None = None, texts: Sequence[str] = ()
    ) -> "pa.Table":
        """The same as a table of Arrow.

        Raises:
            StoreError: its file is gone or damaged.
        """
        if not is_brought_in(entry):
            return super().table(entry, where=where, texts=texts)
        import pyarrow as pa  # noqa: PLC0415 -- heavy; loaded when something is read

        columns = self.guarded(entry).columns
        arrays = {name: pa.array(values) for name, values in columns.items()}
        return pa.table(
            {name: one.dictionary_encode() if name in texts else one for name, one in arrays.items()}
        )

    def guarded(self, entry: region.Entry) -> Guarded:
        """A dataset that was brought in, as it may be shown."""
        kinds = {entry.kind, Kind.MBO_STUDENTS} if entry.kind is Kind.TRAVEL else {entry.kind}
        return _guarded(self.folder, entry, tuple(one for one in self.entries() if one.kind in kinds))

    def remark(self, entry: region.Entry) -> Note | None:
        """What a reader must know of a dataset that was brought in; None where nothing was changed."""
        found = self.guarded(entry) if is_brought_in(entry) else None
        if found is None or not (found.hidden or found.left_out):
            return None
        left = found.left_out
        return Note(
            f"{entry.source} is not a publisher's open data: of fewer than 10 people it is told that they are 0 to 9, "
            "however many they are, and shares that rest on them lie between bounds."
            + (
                f" {left} rows that are totals of others, or in a newer file too, are left out."
                if left
                else ""
            ),
            f"{entry.source} is geen open data van een uitgever: van minder dan 10 mensen staat er dat het er 0 tot en met "
            "9 zijn, hoeveel het er ook zijn, en een aandeel dat daarop rust ligt tussen grenzen."
            + (
                f" {left} rijen met totalen van andere, of ook in een nieuwer bestand, zijn weggelaten."
                if left
                else ""
            ),
        )


@lru_cache(maxsize=DATASETS)
def _guarded(folder: Path, entry: region.Entry, beside: tuple[region.Entry, ...]) -> Guarded:
    store = region.Store(folder)
    columns = store.columns(entry)
    if entry.kind is Kind.TRAVEL:
        return guarding.travel(columns, _students(store, entry, beside))
    rows = _rows(store, entry, columns, beside)
    if entry.kind is Kind.POPULATION:
        return people(columns, rows)
    return guarding.moving(entry.kind, columns, rows)


def _rows(
    store: region.Store,
    entry: region.Entry,
    columns: Mapping[str, Sequence[Any]],
    beside: tuple[region.Entry, ...],
) -> list[int]:
    """All rows; of files of several years those of years that no newer file has."""
    rows = list(range(len(columns["low"])))
    if entry.kind not in _OF_YEARS:
        return rows
    newer = {year for one in beside if one.year > entry.year for year in set(store.columns(one)["row_year"])}
    return [row for row in rows if columns["row_year"][row] not in newer]


def _students(
    store: region.Store, entry: region.Entry, beside: tuple[region.Entry, ...]
) -> dict[Key, list[Known]]:
    """By (municipality, direction) the students of each route, in the year of a file of travel."""
    found: dict[Key, list[Known]] = {}
    for one in beside:
        if one.kind is Kind.MBO_STUDENTS:
            columns = store.columns(one)
            rows = [row for row, year in enumerate(columns["row_year"]) if entry.year == (year or one.year)]
            cells = guarding.added(columns, ("municipality", "direction", "route"), rows)
            for (town, direction, _route), known in cells.items():
                found.setdefault(guarding.place(town, direction), []).append(known)
    return found
