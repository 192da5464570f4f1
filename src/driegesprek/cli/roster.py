"""`driegesprek roster`: bring a school's people in without the desk."""

import datetime as dt
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from driegesprek import roster as workshop
from driegesprek.cli.database import up_to_date
from driegesprek.tables import FileRefused, Problem

_ZONE = ZoneInfo("Europe/Amsterdam")
_PATH = click.Path(path_type=Path)
_PARTS = ("new", "changed", "gone", "unchanged")


@dataclass(frozen=True, slots=True)
class _How:
    """What the command line said of a list: whose it is and how it is read."""

    name: str
    mapping: workshop.ColumnMapping | None
    scope: workshop.Scope
    sheet: str | None


@click.group()
def roster() -> None:
    """Class lists and OneRoster: bring a school's people in."""


@roster.command("import")
@click.argument("path", type=_PATH)
@click.option("--school", "name", required=True, help="The school's name; made when there is none of it.")
@click.option("--preview", is_flag=True, help="Tell what would change; store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.option(
    "--scope",
    type=click.Choice(["classes", "school"]),
    default="classes",
    show_default=True,
    help="Of a class list: who is missing has left, of these classes or of the whole school.",
)
@click.option("--mapping", "mapping_file", type=_PATH, help='JSON: {"columns": {heading: field}}.')
@click.option(
    "--sheet", help="Of a workbook: the one sheet to read, instead of the likeliest and those like it."
)
@click.option("--language", type=click.Choice(["en", "nl"]), default="en", help="Of problems and notes.")
def import_command(
    path: Path,
    *,
    name: str,
    preview: bool,
    as_json: bool,
    scope: workshop.Scope,
    mapping_file: Path | None,
    sheet: str | None,
    language: str,
) -> None:
    """Bring in PATH: a OneRoster folder or zip, or a class list (.csv, .xlsx). All of it or nothing."""
    if not name.strip():
        raise click.ClickException("--school must name the school.")
    mapping = _mapping(mapping_file) if mapping_file else None
    up_to_date()  # this may be the first command on a fresh data folder
    how = _How(name.strip(), mapping, scope, sheet)
    try:
        told = _bring_in(path, how, preview=preview, language=language)
    except FileRefused as refusal:
        _refused(path, refusal.problems, as_json=as_json, language=language)
    click.echo(_json(told) if as_json else "\n".join(_lines(told)))


def _mapping(file: Path) -> workshop.ColumnMapping:
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
        return workshop.ColumnMapping.from_json({"version": 1, **found})
    except OSError as error:
        raise click.ClickException(f"{file}: cannot be opened ({error.strerror}).") from error
    except (ValueError, TypeError) as error:
        known = ", ".join(workshop.FIELDS)
        raise click.ClickException(
            f'{file}: must hold {{"columns": {{heading: field}}}} ({error}). Fields: {known}'
        ) from error


def _bring_in(path: Path, how: _How, *, preview: bool, language: str) -> dict[str, Any]:
    """Read and store, in one transaction that a preview undoes."""
    from django.db import transaction  # noqa: PLC0415 - after Django is loaded

    from driegesprek.web.common.audit import System  # noqa: PLC0415 - as above
    from driegesprek.web.people.domain import importing  # noqa: PLC0415 - as above

    today = dt.datetime.now(_ZONE).date()
    found = workshop.recognise(path)
    with transaction.atomic():
        school, made = _school(how.name, found, today)
        people, said = _read(found, school, how, today=today)
        done = importing.bring_in(school, people, actor=System(school.pk), today=today)
        transaction.set_rollback(preview)
    return {
        "ok": True,
        "stored": not preview,
        "kind": found.kind,
        "school": school.name,
        "school_made": made,
        "school_year": done.year.name,
        "counts": done.counts,
        "notes": [*said, *(_plain(note, language) for note in people.notes)],
    }


def _school(name: str, found: workshop.Recognised, today: dt.date) -> tuple[Any, bool]:
    """The school of that name; made, with the location of the file if it names one, where there is none."""
    from driegesprek.web.people.domain.schools import found_school  # noqa: PLC0415 - after Django is loaded
    from driegesprek.web.people.models import School  # noqa: PLC0415 - as above

    known = list(School.objects.filter(name__iexact=name)[:2])
    if len(known) > 1:
        raise click.ClickException(f"There are several schools named {name}. Use the desk of the right one.")
    if known:
        return known[0], False
    location = found.schools[0].name if len(found.schools) == 1 else ""
    school, _year = found_school(name=name, phone="", location=location, city="", today=today)
    return school, True


def _read(
    found: workshop.Recognised, school: Any, how: _How, *, today: dt.date
) -> tuple[workshop.Roster, list[dict[str, Any]]]:
    """The people, and what was decided about whose they are."""
    from driegesprek.web.people.domain import uploads  # noqa: PLC0415 - after Django is loaded

    if found.kind == "oneroster":
        org = uploads.school_in(found, school.name)
        people = workshop.read(found, today=today, school=org)
        return people, _said_of_schools(found, org, school.name)
    _check_sheet(found, how.sheet)
    table = uploads.table_of(found, how.sheet)
    chosen = how.mapping or uploads.remembered(school.pk, table.headings)
    people = workshop.read(found, today=today, mapping=chosen, scope=how.scope, sheet=how.sheet)
    if how.mapping:
        uploads.remember(school.pk, table.headings, how.mapping)
    return people, []


def _check_sheet(found: workshop.Recognised, sheet: str | None) -> None:
    sheets = [table.sheet for table in found.tables if table.sheet]
    if sheet and sheet not in sheets:
        known = f"The sheets are: {', '.join(sheets)}." if sheets else "This file has no sheets."
        raise click.ClickException(f"There is no sheet {sheet} that can be read as a list. {known}")


def _said_of_schools(found: workshop.Recognised, org: str | None, name: str) -> list[dict[str, Any]]:
    if len(found.schools) < 2:  # noqa: PLR2004 - nothing was chosen
        return []
    names = ", ".join(one.name for one in found.schools)
    chosen = (
        f"the one named {name} is taken."
        if org
        else f"none is named {name}: all are taken, each as a location."
    )
    said = f"Of the {len(found.schools)} schools in the file ({names}) {chosen}"
    return [{"code": "schools", "file": found.name, "message": said, "text": f"{found.name}: {said}"}]


def _refused(path: Path, problems: tuple[Problem, ...], *, as_json: bool, language: str) -> None:
    if as_json:
        found = [_plain(one, language) for one in problems]
        click.echo(_json({"ok": False, "stored": False, "file": path.name, "problems": found}))
    else:
        click.echo(f"{path.name} was not brought in; nothing is stored. Problems: {len(problems)}")
        click.echo("\n".join(f"- {problem.text(language)}" for problem in problems))
    sys.exit(1)


def _plain(problem: Problem, language: str) -> dict[str, Any]:
    return {**problem.as_json(language), "text": problem.text(language)}


def _lines(told: Mapping[str, Any]) -> list[str]:
    made = [f"The school {told['school']} was not there yet; it is made."] if told["school_made"] else []
    width = max(map(len, told["counts"]))
    heads = f"{'':{width}}" + "".join(f"{part:>11}" for part in _PARTS)
    counts = [
        f"{kind:{width}}" + "".join(f"{numbers[part]:>11}" for part in _PARTS)
        for kind, numbers in told["counts"].items()
    ]
    notes = [f"Note: {note['text']}" for note in told["notes"]]
    end = "Stored." if told["stored"] else "Preview: nothing is stored."
    return [*made, f"{told['school']}, {told['school_year']}", heads, *counts, *notes, end]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)
