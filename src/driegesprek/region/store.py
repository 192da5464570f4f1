"""A folder with imported open data: a Parquet file per dataset and a manifest that says where each came from."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from driegesprek.region.dataset import Dataset, Kind

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet

MANIFEST = "manifest.json"
VERSION = 1
GROUP = 100_000
"""Rows that are read at once at least, where some are asked of a large table."""


class StoreError(Exception):
    """The folder cannot be used; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One dataset in the folder.

    Attributes:
        name: Under which it is kept.
        kind: What it holds.
        year: Of the data; 0 where it has none.
        source: Name of the file it came from.
        sha256: Of that file.
        imported_on: ISO date.
        rows_read: Rows of that file.
        rows: Rows kept.
        notes: Remarks made while it was read.
        publisher: As of the dataset; '' too for what an earlier version of this program kept.
    """

    name: str
    kind: Kind
    year: int
    source: str
    sha256: str
    imported_on: str
    rows_read: int
    rows: int
    notes: tuple[str, ...] = ()
    publisher: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {**vars(self), "kind": self.kind.value, "notes": list(self.notes)}


@dataclass(frozen=True)
class Change:
    """What an import did: added, replaced or unchanged."""

    entry: Entry
    what: str


class Store:
    """The folder; nothing is written in it until a whole import is known to be good."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def entries(self) -> tuple[Entry, ...]:
        """What is there, by kind and year.

        Raises:
            StoreError: the manifest cannot be read.
        """
        path = self.folder / MANIFEST
        if not path.exists():
            return ()
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            if found["version"] != VERSION:
                raise StoreError(f"{path} has version {found['version']}; this program reads {VERSION}.")
            rows = [
                Entry(**{**one, "kind": Kind(one["kind"]), "notes": tuple(one["notes"])})
                for one in found["entries"]
            ]
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise StoreError(
                f"{path} cannot be read ({error}). Move the folder away and import again."
            ) from error
        return tuple(sorted(rows, key=lambda one: (one.kind, one.year, one.name)))

    def keep(self, datasets: Iterable[Dataset], *, today: date) -> tuple[Change, ...]:
        """Keep datasets, all or nothing; another file of the same kind and year takes the place of the earlier one.

        Raises:
            StoreError: the folder cannot be written.
        """
        known = {one.name: one for one in self.entries()}
        changes = []
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for dataset in datasets:
                changes.append(self._keep(dataset, known.get(dataset.name), today))
                known[dataset.name] = changes[-1].entry
            self._write_manifest(known.values())
            self._sweep(known.values())
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be written ({error.strerror}).") from error
        return tuple(changes)

    def _keep(self, dataset: Dataset, old: Entry | None, today: date) -> Change:
        if old and (old.sha256, old.publisher) == (dataset.sha256, dataset.publisher):
            return Change(old, "unchanged")
        entry = Entry(
            name=dataset.name,
            kind=dataset.kind,
            year=dataset.year,
            source=dataset.source,
            sha256=dataset.sha256,
            imported_on=today.isoformat(),
            rows_read=dataset.rows_read,
            rows=dataset.rows,
            notes=dataset.notes,
            publisher=dataset.publisher,
        )
        self._write(dataset, self._path(entry))
        return Change(entry, "replaced" if old else "added")

    def _path(self, entry: Entry) -> Path:
        return self.folder / f"{entry.name}-{entry.sha256[:12]}.parquet"

    def _write(self, dataset: Dataset, path: Path) -> None:
        import pyarrow as pa  # noqa: PLC0415 -- heavy; loaded when something is kept
        from pyarrow import parquet  # noqa: PLC0415 -- as above

        part = path.with_suffix(".part")
        table = pa.table({name: list(values) for name, values in dataset.columns.items()})
        if dataset.kind is Kind.TRAVEL_MATRIX:  # one place is asked at a time: its rows stand together
            table = table.sort_by("from_id")
        parquet.write_table(table, part, row_group_size=GROUP, write_page_checksum=True)
        os.replace(part, path)  # noqa: PTH105 -- atomic, over what may be there

    def _write_manifest(self, entries: Iterable[Entry]) -> None:
        part = self.folder / f"{MANIFEST}.part"
        document = {"version": VERSION, "entries": [one.as_json() for one in entries]}
        part.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        os.replace(part, self.folder / MANIFEST)  # noqa: PTH105 -- atomic

    def _sweep(self, entries: Iterable[Entry]) -> None:
        """Take away the files that no entry names any more."""
        kept = {self._path(one).name for one in entries}
        for path in self.folder.glob("*.parquet"):
            if path.name not in kept:
                path.unlink(missing_ok=True)

    def find(self, kind: Kind, year: int | None = None) -> Entry | None:
        """The dataset of a kind and year; the newest where no year is asked, or none has one."""
        found = [
            one for one in self.entries() if one.kind is kind and (year is None or one.year in {year, 0})
        ]
        return max(found, key=lambda one: one.year, default=None)

    def of_kind(self, kind: Kind) -> tuple[Entry, ...]:
        """All datasets of a kind, the newest first."""
        found = [one for one in self.entries() if one.kind is kind]
        return tuple(sorted(found, key=lambda one: one.year, reverse=True))

    def years(self, kind: Kind) -> tuple[int, ...]:
        """The years of which there is something of a kind."""
        return tuple(sorted({one.year for one in self.of_kind(kind)}))

    def columns(self, entry: Entry, *, where: tuple[str, str] | None = None) -> Mapping[str, list[Any]]:
        """What a dataset holds.

        Args:
            entry: Which one.
            where: A column and its value, to read only those rows of a large one.

        Raises:
            StoreError: its file is gone or damaged.
        """
        found: Mapping[str, list[Any]] = self.table(entry, where=where).to_pydict()
        return found

    def table(
        self, entry: Entry, *, where: tuple[str, str] | None = None, texts: Sequence[str] = ()
    ) -> "pa.Table":
        """As `columns`, as a table of Arrow; columns named in `texts` come as dictionaries.

        Raises:
            StoreError: its file is gone or damaged.
        """
        from pyarrow import lib, parquet  # noqa: PLC0415 -- heavy; loaded when something is read

        path = self._path(entry)
        try:  # parquet.read_table loads pandas too, which takes longer than the reading
            file = parquet.ParquetFile(path, page_checksum_verification=True, read_dictionary=list(texts))
            return file.read() if where is None else _read_where(file, *where)
        except (OSError, lib.ArrowException) as error:
            raise StoreError(f"{path} cannot be read. Import {entry.source} again.") from error


def _read_where(file: "parquet.ParquetFile", column: str, value: str) -> "pa.Table":
    """The rows with a value, of those groups of rows that may hold it."""
    from pyarrow import compute  # noqa: PLC0415 -- as above

    place = file.schema_arrow.names.index(column)
    kept = []
    for group in range(file.num_row_groups):
        known = file.metadata.row_group(group).column(place).statistics
        if known is None or not known.has_min_max or known.min <= value <= known.max:
            kept.append(group)
    table = file.read_row_groups(kept)
    return table.filter(compute.equal(table[column], value))
