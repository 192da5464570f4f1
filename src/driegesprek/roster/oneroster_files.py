"""The files of a OneRoster export: which there are, what the manifest says, their rows.

Source: 1EdTech, OneRoster 1.1 CSV Tables and OneRoster 1.2 CSV Binding (1.2.1). Headings are compared without
case: exporters differ.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from driegesprek.roster import messages
from driegesprek.roster.cells import RowReader
from driegesprek.roster.words import a_date
from driegesprek.tables import FileRefused, Findings, Limits, Message, Problem, Table
from driegesprek.tables import read as read_table

USED = ("manifest", "orgs", "academicsessions", "classes", "users", "roles", "demographics", "enrollments")
_NEEDED = ("users", "classes", "enrollments")
_NAMES = {"academicsessions": "academicSessions"}
_REMOVED = frozenset({"tobedeleted", "inactive"})


@dataclass(slots=True)
class Export:
    """An export that has been opened: its version, its tables, and what is found wrong while reading on.

    Attributes:
        tables: by the file's name in lower case without `.csv`.
        removed: ids of rows whose status is `tobedeleted`, per file; what refers to them is left out too.
    """

    name: str
    version: str
    tables: Mapping[str, Table]
    findings: Findings = field(default_factory=Findings)
    notes: list[Problem] = field(default_factory=list)
    removed: dict[str, set[str]] = field(default_factory=dict)

    def rows(self, file: str) -> Iterator[RowReader]:
        """The rows of a file that are not to be deleted, by lower-case headings."""
        table = self.tables.get(file)
        if table is None:
            return
        columns = {heading.casefold(): index for index, heading in enumerate(table.headings)}
        for row in table.rows:
            reader = RowReader(table, row, columns, self.findings, self.notes)
            if reader.text("status").casefold() in _REMOVED:
                self.removed.setdefault(file, set()).add(reader.text("sourcedid"))
            else:
                yield reader

    def by_id(self, file: str, wanted: Callable[[RowReader], bool] | None = None) -> dict[str, RowReader]:
        """The rows of a file by their sourcedId, which must be there and unique."""
        found: dict[str, RowReader] = {}
        for reader in self.rows(file):
            identity = reader.required("sourcedid")
            if identity in found:
                first = found[identity].row.number
                reader.wrong("sourcedid", messages.DUPLICATE_ID, id=identity, first=first)
            elif identity and (wanted is None or wanted(reader)):
                found[identity] = reader
        return found

    def has_column(self, file: str, *headings: str) -> bool:
        """Whether a file is there and has one of the columns."""
        table = self.tables.get(file)
        return table is not None and any(heading.casefold() in headings for heading in table.headings)

    def note(self, kind: Message, **params: object) -> None:
        """Something a person should know of the whole export."""
        self.notes.append(Problem(self.name, kind, params))


def is_export(paths: Mapping[str, bytes]) -> bool:
    """Whether files look like a OneRoster export: by their names alone."""
    names = {PurePosixPath(path).name.casefold() for path in paths}
    return {"users.csv", "enrollments.csv"} <= names or {"manifest.csv", "users.csv"} <= names


def open_export(files: Mapping[str, bytes], *, name: str, limits: Limits) -> Export:
    """Open an export: find its folder, honour its manifest, read the files that are used.

    Raises:
        FileRefused: files missing, a delta, another version, or files that cannot be read; all at once.
    """
    present = _one_folder(files, name)
    manifest = _manifest(present, limits)
    problems = list(_manifest_problems(present, manifest, name))
    tables: dict[str, Table] = {}
    for file in USED[1:]:
        if file in present and manifest.get(f"file.{file}") != "absent":
            try:
                (tables[file],) = read_table(
                    present[file], name=_file_name(file), limits=limits, heading_row=1
                )
            except FileRefused as refusal:
                problems += refusal.problems
    if problems:
        raise FileRefused(problems[:200])
    version = manifest.get("oneroster.version") or ("1.2" if "roles" in tables else "1.1")
    _check_columns(tables)
    return Export(name, version, tables)


def _file_name(file: str) -> str:
    return f"{_NAMES.get(file, file)}.csv"


def _one_folder(files: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """The files beside users.csv, by name in lower case; a zip often has one folder at the top."""
    folders = {
        PurePosixPath(path).parent for path in files if PurePosixPath(path).name.casefold() == "users.csv"
    }
    if len(folders) > 1:
        shown = ", ".join(sorted(map(str, folders)))
        raise FileRefused([Problem(name, messages.SEVERAL_SETS, {"folders": shown})])
    return {
        PurePosixPath(path).stem.casefold(): data
        for path, data in files.items()
        if PurePosixPath(path).suffix.casefold() == ".csv"
        and (not folders or PurePosixPath(path).parent in folders)
    }


def _manifest(present: Mapping[str, bytes], limits: Limits) -> dict[str, str]:
    if not present.get("manifest"):
        return {}
    (table,) = read_table(present["manifest"], name="manifest.csv", limits=limits, heading_row=1)
    pairs = (tuple(str(cell or "").strip().casefold() for cell in row.cells[:2]) for row in table.rows)
    return {pair[0]: pair[1] for pair in pairs if len(pair) > 1}


def _manifest_problems(
    present: Mapping[str, bytes], manifest: Mapping[str, str], name: str
) -> Iterator[Problem]:
    version = manifest.get("oneroster.version", "")
    if version and not version.startswith(("1.1", "1.2", "1.0")):
        yield Problem("manifest.csv", messages.UNKNOWN_VERSION, {"version": version})
    for file in USED[1:]:
        said = manifest.get(f"file.{file}")
        if said == "delta":
            yield Problem(_file_name(file), messages.DELTA)
        elif file not in present and (said == "bulk" or file in _NEEDED):
            yield Problem(name, messages.MISSING_FILE, {"file": _file_name(file)})
        elif said == "absent" and file in _NEEDED:
            yield Problem("manifest.csv", messages.MISSING_FILE, {"file": _file_name(file)})


_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "users": ("sourcedId", "givenName", "familyName"),
    "classes": ("sourcedId", "title"),
    "enrollments": ("classSourcedId", "userSourcedId", "role"),
    "roles": ("userSourcedId", "role"),
    "orgs": ("sourcedId", "name"),
}


def _check_columns(tables: Mapping[str, Table]) -> None:
    wanted = dict(_COLUMNS)
    if "roles" not in tables:
        wanted["users"] += ("role",)
    problems = [
        Problem(tables[file].name, messages.MISSING_COLUMN, {"label": column}, row=1)
        for file, columns in wanted.items()
        for column in columns
        if file in tables and column.casefold() not in {h.casefold() for h in tables[file].headings}
    ]
    if problems:
        raise FileRefused(problems)


def iso_date(reader: RowReader, key: str) -> date | None:
    """A date of a row, by ISO 8601."""
    return reader.parsed_value(key, a_date, messages.BAD_ISO_DATE)
