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
from driegesprek.cli import fetching
from driegesprek.tables import FileRefused, Problem

_PATH = click.Path(path_type=Path)
_ZONE = ZoneInfo("Europe/Amsterdam")
_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_SAYABLE = (
    workshop.UnknownAreaError,
    workshop.UnknownPlaceError,
    workshop.NothingImportedError,
    workshop.ScenarioError,
    workshop.StoreError,
)
"""What a person can mend: told as it is."""
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
    problems += workshop.contradictions(datasets)
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


@region.command("fetch")
@click.argument("keys", nargs=-1)
@click.option("--url", "urls", multiple=True, help="An address of your own.")
@click.option(
    "--to", "folder", type=_PATH, help="Where files are kept; default `downloads` in the data folder."
)
def fetch_command(keys: tuple[str, ...], *, urls: tuple[str, ...], folder: Path | None) -> None:
    """Fetch public files by KEYS, resumed and cached; without keys, tell which addresses are known. Import them after."""
    known = workshop.sources()
    if unknown := [key for key in keys if key not in known]:
        raise click.ClickException(f"There is no source {unknown[0]!r}. Known: {', '.join(known)}.")
    for one in known.values() if not keys and not urls else ():
        click.echo(
            f"{one.key}: {one.title} ({one.publisher}, {one.licence}), last verified: {one.verified_on}\n  {one.url}"
        )
    target = folder or store().folder.parent / "downloads"
    for url in [*(known[key].url for key in keys), *urls]:
        try:
            found = fetching.fetch(url, target)
        except fetching.FetchError as error:
            raise click.ClickException(str(error)) from error
        click.echo(f"{found.what}: {found.path} ({found.size} bytes)")


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


@region.command("bottlenecks")
@click.argument("name", type=click.Choice(list(workshop.DEFINITIONS)), default="supply")
@_area_option
@click.option(
    "--against",
    default="NL",
    show_default=True,
    help="Another area, or `comparable`: the five of its kind most alike.",
)
@click.option("--measure", help="A figure to compare instead of the share, such as distance_mean_km.")
@_json_option
def bottlenecks_command(name: str, *, area: str, against: str, measure: str | None, as_json: bool) -> None:
    """Tell where an area falls short of another: how much, how sure, for how many years."""
    here, there = _asked(lambda: workshop.trend(store(), name, area=area)), _against(name, area, against)
    better = not (measure or ("distance_mean_km" if name == "travel" else ""))
    measure = measure or ("distance_mean_km" if name == "travel" else "")
    found = workshop.bottlenecks(here, there, measure=measure, more_is_better=better)
    if as_json:
        _print_json([one.as_json() for one in found])
    else:
        click.echo("\n".join(one.sentence for one in found) or "There is no year that both have.")


def _against(name: str, area: str, against: str) -> tuple[workshop.Indicator, ...]:
    if against != "comparable":
        return tuple(_asked(lambda: workshop.trend(store(), name, area=against)))
    if name in {"demography", "switching"}:
        raise click.ClickException(
            "--against comparable goes with figures of schools and of mbo, not with demography and switching."
        )
    found, there = _asked(lambda: workshop.beside_comparable(store(), name, area=area))
    if not found:
        raise click.ClickException(
            f"{area} is no municipality, province, COROP, RMC or labour-market region with vmbo; only those are compared so."
        )
    click.echo(
        f"Comparable to {area}: {', '.join(one.name for one in found)}. {workshop.COMPARABLE_RULE}", err=True
    )
    return tuple(there)


@region.command("nearest")
@click.argument("place")
@click.option("--most", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--year", type=int, help="First year of the school year; the newest there is when absent.")
@_json_option
def nearest_command(place: str, *, most: int, year: int | None, as_json: bool) -> None:
    """Tell the vmbo locations nearest to PLACE (a postcode or a primary school), what is offered there and what is not."""
    spot = _asked(lambda: workshop.find_place(store(), place))
    world = _asked(lambda: workshop.load(store(), year))
    found = workshop.nearest(world, spot, most=most, minutes=workshop.supplied_minutes(store(), spot.key))
    if as_json:
        _print_json({"place": vars(spot), "year": world.year, "locations": [vars(one) for one in found]})
    else:
        click.echo(
            "\n".join([f"From {spot.name}, as the crow flies ({world.year}):", *map(_near_line, found)])
        )


def _near_line(one: workshop.Near) -> str:
    offered, absent = (", ".join(many) or "none" for many in (one.offered, one.absent))
    minutes = f", {one.minutes:.0f} min" if one.minutes is not None else ""
    return f"  {one.km:5.1f} km{minutes}  {one.name}, {one.place} ({one.tracks}): {offered}; not: {absent}"


@region.command("scenario")
@click.argument("file", type=_PATH)
@_json_option
def scenario_command(file: Path, *, as_json: bool) -> None:
    """Work out a scenario FILE (JSON): who gains or loses access, against the baseline it names. Never a forecast."""
    try:
        scenario = workshop.scenario_from_json(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file}: cannot be read ({error}).") from error
    except workshop.ScenarioError as error:
        raise click.ClickException(f"{file}: {error}") from error
    result = _asked(lambda: workshop.work_out(workshop.load(store(), scenario.year), scenario))
    if as_json:
        _print_json(result.as_json())
    else:
        click.echo(
            "\n".join([f"{scenario.name} against {scenario.year}", *map(_effect_line, result.effects)])
        )
        click.echo("\n".join(f"note: {one}" for one in result.notes))


def _effect_line(one: workshop.Effect) -> str:
    about = workshop.profile_name(one.profile) if one.profile else "technical"
    about = f"assumed, to {about}" if one.kind == "shift" else about
    parts = [f"access {one.access_before} → {one.access_after} of {one.pupils}"] if one.gained else []
    if one.km_before is not None and one.km_after is not None:
        parts.append(f"nearest technical mbo {one.km_before:.1f} → {one.km_after:.1f} km")
    elif one.km_change is not None:
        parts.append(f"nearest technical mbo {one.km_change:+.1f} km")
    if one.choice_low is not None and one.choice_high is not None:
        parts.append(f"choices {one.choice_low:+.1f} to {one.choice_high:+.1f} pupils suggested")
    return f"  {one.municipality}, {about}: {'; '.join(parts)}"


@region.command("optimise")
@click.option("--profile", required=True, help="Key or name of the profile to add: pie, bwi, …")
@click.option("--k", type=click.IntRange(1, 200), default=5, show_default=True, help="How many locations.")
@click.option("--area", default="NL", show_default=True, help="Where locations may be chosen.")
@click.option("--year", type=int, help="First year of the school year; the newest there is when absent.")
@_json_option
def optimise_command(profile: str, *, k: int, area: str, year: int | None, as_json: bool) -> None:
    """Tell at which locations a profile gives most enrolled pupils access: exact, with its proof."""
    key = workshop.profile_key(profile)
    if key not in workshop.PROFILES:
        raise click.ClickException(
            f"There is no profile {profile!r}. Use one of {', '.join(workshop.PROFILES)}."
        )
    world = _asked(lambda: workshop.load(store(), year))
    inside = world.locations.inside(_asked(lambda: world.area(workshop.named(store(), area))))
    plan = workshop.own_location(world, key, k, inside=inside)
    if as_json:
        _print_json(vars(plan))
    else:
        names = dict(zip(world.locations.ids, world.locations.names, strict=True))
        pairs = zip(plan.locations, plan.gains, strict=True)
        click.echo("\n".join(f"  {gain:6d}  {one} {names[one]}" for one, gain in pairs))
        click.echo(
            f"{plan.gained} pupils gain access; no other choice gives more than {plan.bound:.0f}. {plan.how}"
        )


def _tracks(text: str | None) -> str | None:
    letters = (text or "").upper().replace(",", "").replace("+", "").replace(" ", "")
    if set(letters) - set("BKGT"):
        raise click.ClickException(f"--tracks {text}: use some of B, K, G, T.")
    return letters or None


def _asked(ask: Any) -> Any:
    try:
        return ask()
    except _SAYABLE as error:
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
