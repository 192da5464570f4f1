"""`driegesprek instrument`: check a form, and play it with given answers."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click

from driegesprek import paper
from driegesprek.cli.instrument_export import export
from driegesprek.cli.instrument_score import score
from driegesprek.content import DUTCH, catalogue
from driegesprek.content.on_paper import Wanted, on_paper
from driegesprek.instruments import (
    Bundle,
    FormRefused,
    Play,
    Problem,
    Questionnaire,
    by_path,
    compare,
    id_of,
    in_language,
    is_bundle,
    media,
    nested,
    play,
    read,
    template_of,
    unpacked,
)
from driegesprek.instruments.bundles import plain_name
from driegesprek.instruments.duration import minutes

_ZONE = ZoneInfo("Europe/Amsterdam")
_FILE = click.Path(path_type=Path)
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.group()
def instrument() -> None:
    """Questionnaires: check a form, play it with answers, print it, score it, export one of ours."""


instrument.add_command(export)
instrument.add_command(score)


@instrument.command()
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.option("--language", default="en", show_default=True, help="Of the remarks: en or nl.")
@click.option("--files", type=_FOLDER, help="Folder with the csv, xml and geojson files of the form.")
def check(file: Path, *, as_json: bool, language: str, files: Path | None) -> None:
    """Tell whether FILE (.xlsx, .xls, .csv, .md, or a .zip of one with its media) can be used, and if not why.

    Files from which the form takes choices or values, and its pictures, sounds and films, are looked for in the zip, or
    beside the form and in FILE-media.
    """
    found = _read(file, as_json=as_json, language=language, files=files)
    found = _with_media(found, file, as_json=as_json, language=language, files=files)
    if as_json:
        _print_json({"ok": True, "problems": [], **_summary(found, language)})
        return
    click.echo("\n".join(_summary_lines(found, language)))


@instrument.command("play")
@click.argument("file", type=_FILE)
@click.option("--answers", type=_FILE, required=True, help="JSON: {name or /path: value}; {repeat: [{…}]}.")
@click.option("--context", type=_FILE, help="JSON: {name: value} for hidden questions.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date that today() gives.")
@click.option("--language", default=None, help="Of labels and reasons; without it the form's own.")
@click.option("--seed", default="", help="What random(), uuid() and randomize follow from.")
@click.option("--files", type=_FOLDER, help="Folder with the csv, xml and geojson files of the form.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def play_command(
    file: Path,
    *,
    answers: Path,
    context: Path | None,
    today: datetime | None,
    language: str | None,
    seed: str,
    files: Path | None,
    as_json: bool,
) -> None:
    """Tell what FILE asks for these answers, and which it refuses."""
    found = _read(file, as_json=as_json, language=language or "en", files=files)
    given = _json_object(answers)
    now = datetime.now(_ZONE)
    day = today.date() if today else now.date()
    moment = now if day == now.date() else datetime(day.year, day.month, day.day, tzinfo=_ZONE)
    values = _json_object(context) if context else {}
    result = play(found, given, today=day, now=moment, context=values, language=language, seed=seed)
    told = _told(result, given, day)
    if as_json:
        _print_json(told)
    else:
        click.echo("\n".join(_play_lines(told)))


@instrument.command("print")
@click.argument("file", type=_FILE)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The PDF to make.")
@click.option("--language", default=None, help="Of the form; without it the form's own.")
@click.option("--school", default="", help="At the head.")
@click.option("--files", type=_FOLDER, help="Folder with the csv, xml and picture files of the form.")
def print_command(file: Path, *, out: Path, language: str | None, school: str, files: Path | None) -> None:
    """Make a PDF of FILE to fill in on paper: boxes, lines, pictures, and in words when a question is to be answered."""
    found = _read(file, as_json=False, language="en", files=files)
    chosen = language or next(
        (one for one in (found.default_language, *found.languages) if one != "default"), "nl"
    )
    if language and language not in {*found.languages, DUTCH}:
        click.echo(f"{file.name} has no language {language!r}; it has: {', '.join(found.languages)}.")
        sys.exit(1)
    drawn = {name: catalogue.icon(name) for name in catalogue.icon_names()}
    pictures = {**drawn, **_pictures(found, file, files)}
    leaf = on_paper(
        found, Wanted(language=chosen, school=school, pictures=pictures), today=datetime.now(_ZONE).date()
    )
    out.write_bytes(paper.forms(leaf, title=found.title))
    click.echo(f"{out}: {sum(bool(one.number) for one in leaf.asks)} questions, {chosen}.")


def _pictures(found: Questionnaire, file: Path, files: Path | None) -> dict[str, str]:
    """The pictures of the form that are there and can be used."""
    wanted = media.uses(found, drawn=catalogue.icon_names())
    bundle = _bundle(file)
    there = {**(bundle.files if bundle else media.nearby(file, wanted)), **_of_folder(files)}
    kept, problems = media.checked(wanted, there)
    if problems:
        _refuse(file, problems, as_json=False, language="en")
    by_name = {plain_name(one.name): one for one in kept}
    return {
        use.file: paper.framed(one.data, one.kind, one.width, one.height)
        for use in wanted
        if use.role is media.Role.IMAGE and (one := by_name.get(plain_name(use.file)))
    }


@instrument.command("compare")
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.option("--language", default="en", show_default=True, help="Of the words: en or nl.")
def compare_command(old: Path, new: Path, *, as_json: bool, language: str) -> None:
    """Tell whether a round that runs with OLD could go on with NEW, and if not why (exit status 1)."""
    before, after = (_read(file, as_json=as_json, language=language) for file in (old, new))
    found = compare(before, after)
    told = {
        "fits": found.fits,
        "breaking": [one.text(language) for one in found.breaking],
        "harmless": [one.text(language) for one in found.harmless],
    }
    if as_json:
        _print_json(told)
    else:
        click.echo("A running round can go on with it." if found.fits else "It would break a running round:")
        click.echo("\n".join(f"- {one.text(language)}" for one in (*found.breaking, *found.harmless)))
    sys.exit(0 if found.fits else 1)


def _read(file: Path, *, as_json: bool, language: str, files: Path | None = None) -> Questionnaire:
    """The questionnaire; or the reasons, and exit status 1."""
    try:
        if bundle := _bundle(file):
            return read(bundle.data, name=bundle.name, files={**bundle.files, **_of_folder(files)})
        return read(file, name=file.stem, files=_of_folder(files) if files else None)
    except FormRefused as refusal:
        _refuse(file, refusal.problems, as_json=as_json, language=language)


def _bundle(file: Path) -> Bundle | None:
    """The form and its files where FILE is a zip of them.

    Raises:
        FormRefused: it is one, and cannot be used.
    """
    if file.suffix.lower() != ".zip" or not file.is_file():
        return None
    data = file.read_bytes()
    return unpacked(data, name=file.name) if is_bundle(data) else None


def _of_folder(folder: Path | None) -> dict[str, bytes]:
    found = sorted(folder.iterdir()) if folder else []
    return {one.name: one.read_bytes() for one in found if one.is_file()}


def _refuse(file: Path, problems: Iterable[Problem], *, as_json: bool, language: str) -> NoReturn:
    """Say why a file cannot be used, and end with exit status 1."""
    if as_json:
        _print_json({"ok": False, "file": file.name, "problems": [_plain(one, language) for one in problems]})
    else:
        click.echo(f"{file.name} cannot be used:")
        click.echo("\n".join(f"- {problem.text(language)}" for problem in problems))
    sys.exit(1)


def _with_media(
    found: Questionnaire, file: Path, *, as_json: bool, language: str, files: Path | None
) -> Questionnaire:
    """With remarks on media that are missing or not used; a medium that cannot be used is refused (exit status 1)."""
    wanted = media.uses(found, drawn=catalogue.icon_names())
    bundle = _bundle(file)
    there = {**(bundle.files if bundle else media.nearby(file, wanted)), **_of_folder(files)}
    problems = media.checked(wanted, there)[1]
    if problems:
        _refuse(file, problems, as_json=as_json, language=language)
    return replace(found, notes=(*found.notes, *media.remarks(wanted, tuple(there))))


def _plain(problem: Problem, language: str) -> dict[str, Any]:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "code": problem.code,
        "message": problem.message,
        "remedy": problem.remedy,
        "text": problem.text(language),
    }


def _summary(found: Questionnaire, language: str) -> dict[str, Any]:
    kinds = Counter(question.kind.value for question in found.questions.values())
    return {
        "name": found.name,
        "title": found.title,
        "form_id": found.form_id,
        "version": found.version,
        "languages": list(found.languages),
        "default_language": found.default_language,
        "questions": sum(question.kind.answerable for question in found.questions.values()),
        "kinds": dict(sorted(kinds.items())),
        "groups": len(found.groups),
        "repeats": list(found.repeats),
        "scales": [scale.name for scale in found.scales],
        "minutes": minutes(found, today=datetime.now(_ZONE).date()),
        "validated": not found.not_validated,
        "hash": found.content_hash,
        "notes": [_plain(note, language) for note in found.notes],
    }


def _summary_lines(found: Questionnaire, language: str) -> list[str]:
    summary = _summary(found, language)
    kinds = ", ".join(f"{number} {kind}" for kind, number in summary["kinds"].items())
    languages = ", ".join(one for one in found.languages if one != "default") or "one, without a name"
    default = "" if found.default_language == "default" else f" (default {found.default_language})"
    return [
        f"{found.title}: can be used.",
        f"Languages: {languages}{default}",
        f"Questions: {summary['questions']} to answer ({kinds}), {summary['groups']} groups",
        *([f"Scales: {', '.join(summary['scales'])}"] if found.scales else []),
        f"Takes about {summary['minutes']} minutes",
        *(["Not validated: nobody knows yet what its answers say."] if found.not_validated else []),
        f"Hash: {found.content_hash}",
        *(f"Note: {note.text(language)}" for note in found.notes),
    ]


def _json_object(file: Path) -> Mapping[str, Any]:
    """A JSON object from a file.

    Raises:
        click.ClickException: the file is not there or holds no JSON object.
    """
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise click.ClickException(f"{file}: cannot be opened ({error.strerror}).") from error
    except ValueError as error:
        raise click.ClickException(f"{file}: is not JSON ({error}).") from error
    if not isinstance(found, dict):
        raise click.ClickException(f'{file}: must hold {{"name or /path": value, …}}.')
    return found


def _told(result: Play, given: Mapping[str, Any], today: date) -> dict[str, Any]:
    default = result.questionnaire.default_language
    questions, raw = result.questionnaire.questions, {**given, **by_path(result.questionnaire, given)}

    def names(paths: Iterable[str]) -> list[str]:
        return [
            questions[template_of(path)].name if template_of(path) in questions else path for path in paths
        ]

    refused = [
        {
            "question": names([key])[0],
            "path": key if template_of(key) in questions else None,
            "value": raw.get(key),
            "reason": in_language(reason, result.language, default),
        }
        for key, reason in result.refused.items()
    ]
    return {
        "asked": names(result.asked),
        "asked_paths": list(result.asked),
        "refused": refused,
        "irrelevant": names(result.irrelevant),
        "irrelevant_paths": list(result.irrelevant),
        "missing": names(result.missing),
        "missing_paths": list(result.missing),
        "calculated": _nested(result, result.calculated),
        "calculated_paths": dict(result.calculated),
        "defaults": _nested(result, result.defaults),
        "values": nested(result, {path: value for path, value in result.values.items() if value}),
        "instances": {path: [id_of(one) for one in found] for path, found in result.instances.items()},
        "complete": result.complete,
        "today": today.isoformat(),
        "hash": result.questionnaire.content_hash,
    }


def _nested(result: Play, values: Mapping[str, Any]) -> dict[str, Any]:
    """By name; what stands in repeats as lists of objects, left out where no repeat has any of them."""
    found = nested(result, values)
    repeats = {group.name for group in result.questionnaire.repeats.values()}
    filled = {path.split("[")[0].rpartition("/")[2] for path in values if "[" in path}
    return {name: value for name, value in found.items() if name not in repeats - filled}


def _play_lines(told: Mapping[str, Any]) -> list[str]:
    lines = ["Asked: " + (", ".join(told["asked"]) or "nothing")]
    lines += [f"Refused: {one['question']} = {one['value']!r}: {one['reason']}" for one in told["refused"]]
    lines += [f"No longer asked: {name}" for name in told["irrelevant"]]
    lines += [f"Missing: {name}" for name in told["missing"]]
    lines += [f"Calculated: {_short(path)} = {value}" for path, value in told["calculated_paths"].items()]
    return [*lines, "Complete." if told["complete"] else "Not complete."]


def _short(path: str) -> str:
    """A name; within repeats the path, for there the name stands more than once."""
    return path if "[" in path else path.rpartition("/")[2]


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
