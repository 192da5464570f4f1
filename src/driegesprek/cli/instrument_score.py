"""`driegesprek instrument score`: the scales of a form, for every respondent in a file of answers."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from driegesprek.instruments import FormRefused, Kind, Question, Questionnaire, in_language, play, read
from driegesprek.instruments.scoring import Score, scores
from driegesprek.tables import FileRefused

_ZONE = ZoneInfo("Europe/Amsterdam")
_FILE = click.Path(path_type=Path)
Row = Mapping[str, Any]


@click.command()
@click.argument("file", type=_FILE)
@click.option(
    "--answers",
    type=_FILE,
    required=True,
    help=".csv, .sav, .parquet, .xlsx, or .json with an object or list.",
)
@click.option("--id", "id_column", help="A column that tells respondents apart; else they are numbered.")
@click.option("--language", default=None, help="Of labels and advice; without it the form's own.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def score(file: Path, *, answers: Path, id_column: str | None, language: str | None, as_json: bool) -> None:
    """Score the scales of FILE for every respondent in the answers: score, level and advice."""
    form = _form(file, as_json=as_json, language=language or "en")
    rows = _rows(answers, form, as_json=as_json, language=language or "en")
    told = {
        "ok": True,
        "hash": form.content_hash,
        "scales": [_scale(form, name, language) for name in (scale.name for scale in form.scales)],
        "respondents": [
            {"respondent": _id(row, id_column, place), "scores": _scored(form, row, language)}
            for place, row in enumerate(rows, 1)
        ],
    }
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(told)))


def _form(file: Path, *, as_json: bool, language: str) -> Questionnaire:
    try:
        form = read(file, name=file.stem)
    except FormRefused as refusal:
        _refused(file, [problem.text(language) for problem in refusal.problems], as_json=as_json)
    if not form.scales:
        raise click.ClickException(
            f"{file.name} declares no scales. Add a sheet scales (columns scale, label, method, minimum) and name the "
            "scale of each question in the column scale of the sheet survey."
        )
    return form


def _refused(file: Path, texts: Sequence[str], *, as_json: bool) -> None:
    """The reasons, and exit status 1."""
    if as_json:
        told = {"ok": False, "file": file.name, "problems": [{"text": text} for text in texts]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo(f"{file.name} cannot be used:")
        click.echo("\n".join(f"- {text}" for text in texts))
    sys.exit(1)


def _rows(file: Path, form: Questionnaire, *, as_json: bool, language: str) -> list[Row]:
    """One row per respondent: {name or path of the question: answer}, and other columns as they are."""
    rows = (
        list(_from_json(file))
        if file.suffix.lower() == ".json"
        else _from_table(file, form, as_json, language)
    )
    wanted = _items(form)
    known = {key for row in rows[:1000] for key in row}
    if (
        rows
        and wanted
        and not any({one.name, one.path} & known for one in wanted)
        and not _worked_out(wanted)
    ):
        names = ", ".join(sorted(one.name for one in wanted)[:8])
        raise click.ClickException(
            f"{file.name} has no answer to any question of the scales. Columns must be called as the questions: {names}."
        )
    return rows


def _items(form: Questionnaire) -> list[Question]:
    """The questions of the scales, each once."""
    return [
        form.questions[path] for path in {item.path: None for scale in form.scales for item in scale.items}
    ]


def _worked_out(wanted: Sequence[Question]) -> bool:
    return any(one.kind is Kind.CALCULATE for one in wanted)


def _from_json(file: Path) -> Iterator[Row]:
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise click.ClickException(f"{file}: cannot be opened ({error.strerror}).") from error
    except ValueError as error:
        raise click.ClickException(f"{file}: is not JSON ({error}).") from error
    rows = found if isinstance(found, list) else [found]
    if not all(isinstance(row, dict) for row in rows):
        raise click.ClickException(f'{file}: must hold {{"name or /path": value, …}}, or a list of those.')
    yield from rows


def _from_table(file: Path, form: Questionnaire, as_json: bool, language: str) -> list[Row]:
    from driegesprek.tables.wide_files import load_wide  # noqa: PLC0415 - heavy

    try:
        table, codebook = load_wide(file)
    except FileRefused as refusal:
        _refused(file, [problem.text(language) for problem in refusal.problems], as_json=as_json)
    columns: dict[str, list[Any]] = {}
    for variable in codebook.variables:
        question = _question(form, variable.name, variable.label.get("und", ""))
        name = question.name if question else variable.label.get("und", variable.name)
        if variable.kind.value == "multiple":
            columns[name] = _several(
                [table[column].to_pylist() for column in variable.columns], variable.codes
            )
        else:
            columns[name] = _as_choices(question, variable, table[variable.name].to_pylist())
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _question(form: Questionnaire, *names: str) -> Question | None:
    """The question that a column is called after; SPSS may have changed the case of its name."""
    exact = (one for name in names for one in form.questions.values() if name in {one.name, one.path})
    loose = (
        one for name in names for one in form.questions.values() if name.casefold() == one.name.casefold()
    )
    return next(exact, None) or next(loose, None)


def _several(options: Sequence[Sequence[Any]], codes: Sequence[str]) -> list[Any]:
    """The names that were chosen, from a column per option."""
    return [
        None
        if all(cell is None for cell in cells)
        else [c for c, cell in zip(codes, cells, strict=True) if cell]
        for cells in zip(*options, strict=True)
    ]


def _as_choices(question: Question | None, variable: Any, cells: list[Any]) -> list[Any]:
    """Codes as names of choices; where SPSS has numbered them, they are found by their labels."""
    names = {choice.name for choice in question.choices} if question else set()
    if not question or not names or set(variable.codes) <= names:
        return cells
    by_label = {label: choice.name for choice in question.choices for label in choice.label.values()}
    told = {code: by_label.get(variable.value_label(code, "und", "nl", "en")) for code in variable.codes}
    return [told.get(str(cell)) or cell for cell in cells]


def _id(row: Row, column: str | None, place: int) -> Any:
    if column is None:
        return place
    if column not in row:
        raise click.ClickException(f"There is no column {column}. There are: {', '.join(map(str, row))}.")
    value = row[column]
    return value if isinstance(value, str | int | float) or value is None else str(value)


def _scored(form: Questionnaire, row: Row, language: str | None) -> dict[str, Any]:
    found = scores(form, _with_calculations(form, row))
    return {name: _told(form, one, language) for name, one in found.items()}


def _with_calculations(form: Questionnaire, row: Row) -> Row:
    """The answers with what the form calculates from them, where a scale needs that and the file has it not."""
    lacking = [
        one for one in _items(form) if one.kind is Kind.CALCULATE and not {one.name, one.path} & set(row)
    ]
    if not lacking:
        return row
    now = datetime.now(_ZONE)
    names = {name for question in form.questions.values() for name in (question.name, question.path)}
    known = {key: value for key, value in row.items() if key in names and value is not None}
    played = play(form, known, today=now.date(), now=now, context=row)
    return {**row, **{one.path: played.calculated.get(one.path) for one in lacking}}


def _told(form: Questionnaire, one: Score, language: str | None) -> dict[str, Any]:
    level = one.level
    return {
        "score": one.value,
        "answered": one.answered,
        "items": one.items,
        "level": level.name if level else None,
        "label": _words(form, level.label, language) if level else None,
        "advice": _words(form, level.advice, language) if level else None,
        "unusable": [form.questions[path].name for path in one.unusable],
    }


def _words(form: Questionnaire, text: Mapping[str, str], language: str | None) -> str | None:
    return in_language(text, language, form.default_language) or None


def _scale(form: Questionnaire, name: str, language: str | None) -> dict[str, Any]:
    scale = next(one for one in form.scales if one.name == name)
    return {
        "name": scale.name,
        "label": _words(form, scale.label, language),
        "method": scale.method.value,
        "minimum": scale.minimum,
        "items": [form.questions[item.path].name for item in scale.items],
        "reversed": [form.questions[item.path].name for item in scale.items if item.reverse],
    }


def _lines(told: Mapping[str, Any]) -> Iterator[str]:
    for scale in told["scales"]:
        items = ", ".join(f"{one} (reversed)" if one in scale["reversed"] else one for one in scale["items"])
        named = f"{scale['label']} ({scale['name']})" if scale["label"] else scale["name"]
        yield f"{named}: {scale['method']} of {items}; at least {scale['minimum']} answered"
    for respondent in told["respondents"]:
        for name, one in respondent["scores"].items():
            yield f"{respondent['respondent']} {name}: {_line(one)}"


def _line(one: Mapping[str, Any]) -> str:
    number = "no score" if one["score"] is None else f"{one['score']:.10g}"
    parts = [f"{number} ({one['answered']} of {one['items']} answered)"]
    parts += [one["label"] or one["level"]] if one["level"] else []
    parts += [f"advice: {one['advice']}"] if one["advice"] else []
    parts += [f"unusable: {', '.join(one['unusable'])}"] if one["unusable"] else []
    return "; ".join(parts)
