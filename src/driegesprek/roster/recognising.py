"""What a person brought: a OneRoster export or a class list; the first step of an import."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Literal

from driegesprek.roster import class_list, messages, oneroster
from driegesprek.roster.headings import HEADING_WORDS, ColumnMapping, suggest_mapping
from driegesprek.roster.oneroster_classes import read_orgs
from driegesprek.roster.oneroster_files import USED, Export, is_export, open_export
from driegesprek.roster.people import Roster, RosterLocation, Scope
from driegesprek.roster.texts import folded
from driegesprek.tables import DEFAULT_LIMITS, FileRefused, Limits, Problem, Table, load, read_sheets, unzip

_DEEPEST = 6
_LISTS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsm")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file or export that can be read.

    Attributes:
        kind: "oneroster" or "class_list".
        version: of OneRoster.
        schools: the schools in a OneRoster export.
        tables: the sheets of a class list; the best one first.
        suggestion: which column of the first table holds what, by its headings.
    """

    name: str
    kind: Literal["oneroster", "class_list"]
    version: str | None = None
    schools: tuple[RosterLocation, ...] = ()
    tables: tuple[Table, ...] = ()
    suggestion: ColumnMapping | None = None
    files: Mapping[str, bytes] | None = None
    limits: Limits = DEFAULT_LIMITS

    @property
    def alike(self) -> tuple[Table, ...]:
        """Of a class list: the best sheet and those with the same headings, such as one sheet for each class."""
        return tuple(each for each in self.tables if _alike(each.headings, self.tables[0].headings))

    @property
    def unlike(self) -> tuple[Table, ...]:
        """Of a class list: sheets that could be class lists too, with other headings."""
        others = (each for each in self.tables if not _alike(each.headings, self.tables[0].headings))
        return tuple(each for each in others if not suggest_mapping(each.headings).missing)


def recognise(
    source: Path | bytes | Mapping[str, bytes], *, name: str = "", limits: Limits = DEFAULT_LIMITS
) -> Recognised:
    """Say what a person brought, without reading the people yet.

    Args:
        source: a folder or file, a file's bytes, or the bytes of several files by name.
        name: the file's name, for messages; by default the path's.
        limits: how much is read at most.

    Raises:
        FileRefused: it cannot be opened, or is neither.
    """
    name = name or _name(source)
    files = _files(source, name=name, limits=limits)
    if is_export(files):
        export = open_export(files, name=name, limits=limits)
        schools = tuple(read_orgs(export, None).locations.values())
        return Recognised(name, "oneroster", export.version, schools, files=files, limits=limits)
    if len(files) != 1:
        raise FileRefused([Problem(name, messages.NOT_A_ROSTER)])
    ((file, data),) = files.items()
    tables = _lists(data, name=PurePosixPath(file).name, limits=limits)
    suggestion = suggest_mapping(tables[0].headings)
    return Recognised(name, "class_list", tables=tables, suggestion=suggestion, limits=limits)


def read(
    recognised: Recognised,
    *,
    today: date,
    mapping: ColumnMapping | None = None,
    scope: Scope = "classes",
    school: str | None = None,
    sheet: str | None = None,
) -> Roster:
    """Read the people.

    Args:
        recognised: what `recognise` returned.
        today: the date to judge birth dates, terms and enrolments by.
        mapping: of a class list, as corrected by a person; by default the suggestion.
        scope: of a class list: "school" if who is not in it has left.
        school: of OneRoster: one school's id or name; by default all.
        sheet: of a class list: the one sheet to read; by default the likeliest, and all with the same headings.

    Raises:
        FileRefused: everything that is wrong, at once; nothing is read then.
    """
    if recognised.kind == "oneroster":
        return oneroster.read(_reopened(recognised), today=today, school=school)
    table = next((each for each in recognised.tables if each.sheet == sheet), recognised.tables[0])
    mapping = mapping or suggest_mapping(table.headings)
    if sheet:
        return class_list.read([table], mapping, today=today, scope=scope)
    people = class_list.read(recognised.alike, mapping, today=today, scope=scope)
    unread = (Problem(each.name, messages.UNREAD_SHEET, sheet=each.sheet) for each in recognised.unlike)
    return replace(people, notes=(*unread, *people.notes))


def read_path_or_bytes(
    source: Path | bytes | Mapping[str, bytes],
    *,
    today: date,
    name: str = "",
    mapping: ColumnMapping | None = None,
    scope: Scope = "classes",
    school: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Roster:
    """Recognise and read in one step, as the command line does.

    Raises:
        FileRefused: as `recognise` and `read`.
    """
    recognised = recognise(source, name=name, limits=limits)
    return read(recognised, today=today, mapping=mapping, scope=scope, school=school)


def _lists(data: bytes, *, name: str, limits: Limits) -> tuple[Table, ...]:
    """The sheets that can be read, the likeliest class list first.

    A sheet that cannot be read is only passed over if a better one can be, with other headings.

    Raises:
        FileRefused: what is wrong with the likeliest sheet and those like it.
    """
    attempts = read_sheets(data, name=name, limits=limits, heading_words=HEADING_WORDS)
    attempts = tuple(sorted(attempts, key=lambda each: -len(suggest_mapping(each.headings).columns)))
    wrong = [each for each in attempts if each.table is None and _alike(each.headings, attempts[0].headings)]
    if wrong:
        raise FileRefused([problem for each in wrong for problem in each.problems])
    return tuple(each.table for each in attempts if each.table is not None)


def _alike(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether headings are the same, whatever their order and case."""
    return set(map(folded, some)) == set(map(folded, others))


def _reopened(recognised: Recognised) -> Export:
    """A fresh export: reading collects findings in it."""
    return open_export(recognised.files or {}, name=recognised.name, limits=recognised.limits)


def _name(source: Path | bytes | Mapping[str, bytes]) -> str:
    if isinstance(source, Path):
        return source.name
    return next(iter(source), "") if isinstance(source, Mapping) and len(source) == 1 else ""


def _files(source: Path | bytes | Mapping[str, bytes], *, name: str, limits: Limits) -> Mapping[str, bytes]:
    """The files by name; a zip that is no workbook is opened."""
    if isinstance(source, Path) and source.is_dir():
        files = _folder(source, limits)
    elif isinstance(source, Mapping):
        files = {file: load(data, name=file, limits=limits) for file, data in source.items() if data}
    else:
        files = {name: load(source, name=name, limits=limits)}
    if len(files) == 1 and next(iter(files.values())).startswith(b"PK\x03\x04"):
        return _unzipped(files, limits)
    return files


def _folder(folder: Path, limits: Limits) -> dict[str, bytes]:
    """The files of an export in a folder or somewhere below it; or the only list that is there."""
    paths = [path for path in _inside(folder, limits) if path.suffix.casefold() in _LISTS]
    exported = [path for path in paths if path.stem.casefold() in USED and path.suffix.casefold() == ".csv"]
    chosen = exported if any(path.stem.casefold() == "users" for path in exported) else paths
    if len(chosen) != 1 and chosen is not exported:
        raise FileRefused([Problem(folder.name, messages.NOT_A_ROSTER)])
    return {path.relative_to(folder).as_posix(): load(path, name=path.name, limits=limits) for path in chosen}


def _inside(folder: Path, limits: Limits) -> list[Path]:
    """The files that hold something, not deeper than a zip in a zip of a zip; hidden ones left out."""
    found: list[Path] = []
    for place, folders, files in os.walk(folder):
        depth = len(Path(place).relative_to(folder).parts)
        folders[:] = sorted(each for each in folders if not each.startswith(".")) if depth < _DEEPEST else []
        paths = (Path(place, each) for each in sorted(files) if not each.startswith("."))
        found += [path for path in paths if path.is_file() and path.stat().st_size]
        if len(found) > limits.max_entries:
            raise FileRefused([Problem(folder.name, messages.NOT_A_ROSTER)])
    return found


def _unzipped(files: Mapping[str, bytes], limits: Limits) -> Mapping[str, bytes]:
    """The files in a zip, or the workbook itself."""
    ((name, data),) = files.items()
    inside = unzip(data, name=name, limits=limits)
    if any(path.endswith("[Content_Types].xml") or path == "mimetype" for path in inside):
        return files
    lists = {path: part for path, part in inside.items() if path.casefold().endswith(_LISTS)}
    return lists or files
