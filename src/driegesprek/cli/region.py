"""`driegesprek region`: bring in open data, and ask what there is to choose where."""

import json
import os
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from driegesprek import region as workshop
from driegesprek.tables import FileRefused, Problem

_PATH = click.Path(path_type=Path)
_ZONE = ZoneInfo("Europe/Amsterdam")
_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_area_option = click.option(
    "--area", default="NL", show_default=True, help="NL, MRDH, Rotterdam, Zuid-Holland, province:Utrecht …"
)
_tracks_option = click.option("--tracks", help="Some of B, K, G, T; for supply and choice (default BKG).")


def store() -> workshop.Store:
    """Where imported open data are kept: `open-data` in the data folder."""
    return workshop.Store(Path(os.environ.get("DRIEGESPREK_DATA") or "driegesprek-data") / "open-data")


@click.group()
def region() -> None:
    """Open data: what there is to choose, where it falls short, and what would change it."""


@region.command("import")
@click.argument("files", type=_PATH, nargs=-1, required=True)
@click.option(
    "--year", type=click.IntRange(1990, 2100), help="Of the data, where neither file nor name says so."
)
@click.option("--language", type=click.Choice(["en", "nl"]), default="en", help="Of problems.")
@_json_option
def import_command(files: tuple[Path, ...], *, year: int | None, language: str, as_json: bool) -> None:
    """Bring in FILES of DUO, CBS and others, recognised by their headings. All of them or none."""
    problems: list[Problem] = []
    datasets: list[workshop.Dataset] = []
    for file in files:
        try:
            datasets += workshop.read(file, year=year)
        except FileRefused as refusal:
            problems += refusal.problems
    if problems:
        _refused(problems, as_json=as_json, language=language)
    try:
        changes = store().keep(datasets, today=datetime.now(_ZONE).date())
    except workshop.StoreError as error:
        raise click.ClickException(str(error)) from error
    told = [{"what": one.what, **one.entry.as_json()} for one in changes]
    if as_json:
        _print_json({"ok": True, "datasets": told})
    else:
        click.echo("\n".join(line for one in told for line in _entry_lines(one, f"{one['what']}: ")))


def _refused(problems: Iterable[Problem], *, as_json: bool, language: str) -> None:
    if as_json:
        _print_json({"ok": False, "problems": [one.as_json(language) for one in problems]})
    else:
        click.echo("Nothing was brought in:")
        click.echo("\n".join(f"- {one.text(language)}" for one in problems))
    sys.exit(1)


def _entry_lines(entry: dict[str, Any], lead: str = "") -> list[str]:
    year = entry["year"] or "no year"
    line = f"{lead}{entry['kind']}, {year}: {entry['rows_read']} rows of {entry['source']} ({entry['rows']} kept)"
    return [line, *(f"  note: {one}" for one in entry["notes"])]


@region.command("list")
@_json_option
def list_command(*, as_json: bool) -> None:
    """Tell what was imported: source, year, date, rows."""
    entries = [one.as_json() for one in _entries()]
    if as_json:
        _print_json({"folder": str(store().folder), "datasets": entries})
    else:
        lines = [line for one in entries for line in _entry_lines(one)]
        click.echo("\n".join(lines) or "Nothing was imported yet.")


def _entries() -> tuple[workshop.Entry, ...]:
    try:
        return store().entries()
    except workshop.StoreError as error:
        raise click.ClickException(str(error)) from error


@region.command("indicator")
@click.argument("name", type=click.Choice(list(workshop.DEFINITIONS)))
@_area_option
@click.option("--year", type=int, help="First year of the school year; the newest there is when absent.")
@_tracks_option
@_json_option
def indicator_command(name: str, *, area: str, year: int | None, tracks: str | None, as_json: bool) -> None:
    """Tell an indicator for an area: {indicator, area, year, source, rows, notes}."""
    found = _asked(lambda: workshop.indicator(store(), name, area=area, year=year, tracks=_tracks(tracks)))
    if as_json:
        _print_json(found.as_json())
    else:
        click.echo("\n".join(_lines(found)))


@region.command("trend")
@click.argument("name", type=click.Choice(list(workshop.DEFINITIONS)))
@_area_option
@_tracks_option
@_json_option
def trend_command(name: str, *, area: str, tracks: str | None, as_json: bool) -> None:
    """Tell an indicator for an area in every year that there is."""
    found = _asked(lambda: workshop.trend(store(), name, area=area, tracks=_tracks(tracks)))
    if as_json:
        _print_json([one.as_json() for one in found])
    else:
        click.echo("\n\n".join("\n".join(_lines(one)) for one in found) or "There is nothing yet.")


def _tracks(text: str | None) -> str | None:
    letters = (text or "").upper().replace(",", "").replace("+", "").replace(" ", "")
    if set(letters) - set("BKGT"):
        raise click.ClickException(f"--tracks {text}: use some of B, K, G, T.")
    return letters or None


def _asked(ask: Any) -> Any:
    try:
        return ask()
    except (workshop.UnknownAreaError, workshop.NothingImportedError, workshop.StoreError) as error:
        raise click.ClickException(str(error)) from error


def _lines(found: workshop.Indicator) -> list[str]:
    head = f"{found.definition.title['en']}: {found.area}, {found.year} ({found.source})"
    return [head, *(_line(row) for row in found.rows), *(f"note: {one}" for one in found.notes)]


def _line(row: workshop.Row) -> str:
    value = _per_cent(row)
    counted = f"  ({row.pupils} of {row.of})" if row.pupils is not None and row.of is not None else ""
    more = ", ".join(f"{name} {_number(one)}" for name, one in row.more.items() if one is not None)
    return f"  {row.label:<42}{value}{counted}{'  ' + more if more else ''}"


def _per_cent(row: workshop.Row) -> str:
    if row.share is not None:
        return f"{row.share:7.1f} %"
    if row.share_low is None or row.share_high is None:
        return f"{'':>9}"
    return f"{row.share_low:.1f}–{row.share_high:.1f} %"


def _number(value: Any) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
