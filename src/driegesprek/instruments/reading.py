"""From a file or tables to a questionnaire."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from driegesprek.instruments.attachments import Find, among, beside
from driegesprek.instruments.building import Builder
from driegesprek.instruments.cells import YES, Cells, Sheet, sheet_of
from driegesprek.instruments.files import check_sizes, sheets_of
from driegesprek.instruments.headings import CHOICES, SETTINGS, SURVEY, language_names
from driegesprek.instruments.languages import language_key
from driegesprek.instruments.lists import choice_lists
from driegesprek.instruments.model import Choice, Item, Question, Questionnaire
from driegesprek.instruments.near_misses import by_headings
from driegesprek.instruments.problems import FormRefused, Problem
from driegesprek.instruments.program import Fault, assemble
from driegesprek.instruments.pyxform_check import objections
from driegesprek.instruments.scopes import Names
from driegesprek.instruments.scoring_reading import scales_of
from driegesprek.instruments.sources import Sources
from driegesprek.instruments.text_tables import SheetRows
from driegesprek.instruments.words import references
from driegesprek.instruments.xpath import ExpressionError

_REFUSED_SHEETS = ("entities", "osm", "cascades", "include")
_KNOWN_SHEETS = ("survey", "choices", "external_choices", "settings", "scales", "levels")
_OWN_SETTINGS = {"title", "form_id", "version", "default_language"}


def read(source: bytes | Path, *, name: str, files: Mapping[str, bytes] | None = None) -> Questionnaire:
    """Read an XLSForm: .xlsx, .xls, .csv (pyxform's form) or a text table (.md).

    Args:
        source: the file or its bytes
        name: what to call the questionnaire, also its title when the form has none
        files: files that the form takes choices or values from, by name (csv, xml, geojson); without it they are
            looked for beside the form and in the folder <form>-media, when it is a path

    Raises:
        FormRefused: with every reason found, each with sheet, row, column and remedy.
    """
    nearby = files is None and isinstance(source, Path)
    find = beside(source) if nearby and isinstance(source, Path) else among(files or {})
    return _read(sheets_of(source, name=name), name, find)


def read_tables(
    sheets: Mapping[str, Sequence[Mapping[str, str]]], *, name: str, files: Mapping[str, bytes] | None = None
) -> Questionnaire:
    """Read an XLSForm that is in memory: {'survey': [{'type': …}, …], 'choices': […], 'settings': […]}.

    Rows count from 2, as if the headings stood in row 1.

    Raises:
        FormRefused: as `read`.
    """
    numbered: dict[str, SheetRows] = {
        sheet.lower(): [
            (number, {heading: str(cell) for heading, cell in row.items() if cell})
            for number, row in enumerate(rows, start=2)
        ]
        for sheet, rows in sheets.items()
    }
    check_sizes(numbered)
    return _read(numbered, name, among(files or {}))


def _read(sheets: dict[str, SheetRows], name: str, find: Find) -> Questionnaire:
    _refuse_near_miss(sheets)
    sheets = _with_survey(sheets)
    survey = sheet_of("survey", sheets["survey"], SURVEY)
    choices = sheet_of("choices", sheets.get("choices", []), CHOICES)
    external = sheet_of("external_choices", sheets.get("external_choices", []), CHOICES)
    settings = sheet_of("settings", sheets.get("settings", []), SETTINGS)
    if not any(heading.column == "type" for heading in survey.headings.values()):
        raise FormRefused(Problem("survey", 1, None, "no_type_column"))
    facts = next(settings.cells("default"), Cells("settings", 2, {}, {}, {}))
    language = language_key(facts["default_language"]) if facts["default_language"] else "default"
    builder, list_problems = _builder(choices, external, language, facts, find)
    for cells in survey.cells(language):
        builder.add(cells)
    items = builder.finish()
    builder.sources.add_pulled(survey.cells(language))
    found = _questionnaire(name, facts, items, builder.sources.lists, (survey, choices))
    choice_rows = {(one["list_name"], one["name"]): one.row for one in choices.cells(language)}
    scales, scale_problems = scales_of(
        sheets,
        found.questions,
        repeats=tuple(found.repeats),
        rows=builder.rows,
        choice_rows=choice_rows,
        language=found.default_language,
    )
    found = replace(found, scales=scales, notes=_notes(sheets, survey, choices, settings, builder))
    problems = [
        *survey.problems,
        *choices.problems,
        *external.problems,
        *settings.problems,
        *_refused_sheets(sheets),
        *list_problems,
    ]
    problems += [*builder.problems, *builder.sources.problems, *scale_problems]
    problems += _faults(found, builder)
    if not problems and not found.questions:
        problems.append(Problem("survey", None, None, "no_questions"))
    problems = problems or objections(
        {sheet.name: sheet.bare_rows() for sheet in (survey, choices, external, settings)}
    )
    if problems:
        raise FormRefused(*_in_order(problems))
    return found


def _builder(
    choices: Sheet, external: Sheet, language: str, facts: Cells, find: Find
) -> tuple[Builder, list[Problem]]:
    twice_allowed = facts["allow_choice_duplicates"].lower() in YES
    lists, problems = choice_lists(choices.cells(language), twice_allowed=twice_allowed)
    outside, more = choice_lists(external.cells(language), twice_allowed=True)
    return Builder(Sources(lists, outside, find)), [*problems, *more]


def _refuse_near_miss(sheets: Mapping[str, SheetRows]) -> None:
    """Refuse in one sentence what is a table of questions of another program.

    Raises:
        FormRefused: it is.
    """
    for sheet, rows in sheets.items():
        code = by_headings(
            (heading for _, row in rows[:50] for heading in row), (row.get("type", "") for _, row in rows)
        )
        if code:
            raise FormRefused(Problem(sheet, None, None, code))


def _with_survey(sheets: dict[str, SheetRows]) -> dict[str, SheetRows]:
    """The only sheet of a workbook may have any name."""
    if "survey" in sheets:
        return sheets
    if len(sheets) == 1 and next(iter(sheets.values())):
        return {"survey": next(iter(sheets.values()))}
    near = get_close_matches("survey", list(sheets), n=1)
    details = {"found": ", ".join(sheets) or "–", "near": near[0] if near else ""}
    raise FormRefused(Problem(None, None, None, "sheet_misspelt" if near else "no_survey_sheet", details))


def _questionnaire(
    name: str,
    facts: Cells,
    items: tuple[Item, ...],
    lists: Mapping[str, tuple[Choice, ...]],
    sheets: tuple[Sheet, Sheet],
) -> Questionnaire:
    names = language_names(heading for sheet in sheets for heading in sheet.headings.values())
    default = language_key(facts["default_language"]) if facts["default_language"] else ""
    plain = any(
        heading.column == "label" and not heading.language
        for sheet in sheets
        for heading in sheet.headings.values()
    )
    languages = dict.fromkeys([default or "default"] if plain or default else [])
    languages |= dict.fromkeys(names)
    return Questionnaire(
        name=name,
        title=facts["title"] or facts["form_id"] or name,
        form_id=facts["form_id"],
        version=facts["version"],
        languages=tuple(languages) or ("default",),
        default_language=default or next(iter(languages), "default"),
        language_names=dict(names),
        settings={key: value for key, value in facts.plain.items() if key not in _OWN_SETTINGS}
        | dict(facts.extra),
        choice_lists=dict(lists),
        items=items,
    )


def _refused_sheets(sheets: Mapping[str, SheetRows]) -> list[Problem]:
    return [Problem(sheet, None, None, f"sheet_{sheet}") for sheet in _REFUSED_SHEETS if sheets.get(sheet)]


def _notes(
    sheets: Mapping[str, SheetRows], survey: Sheet, choices: Sheet, settings: Sheet, builder: Builder
) -> tuple[Problem, ...]:
    notes = [*survey.notes, *choices.notes, *settings.notes, *builder.notes]
    for sheet in sheets:
        if sheet not in {*_KNOWN_SHEETS, *_REFUSED_SHEETS}:
            near = get_close_matches(sheet, _KNOWN_SHEETS, n=1, cutoff=0.75)
            code = "sheet_extra_misspelt" if near else "sheet_extra"
            notes.append(Problem(sheet, None, None, code, {"near": near[0]} if near else {}))
    return tuple(notes)


def _faults(questionnaire: Questionnaire, builder: Builder) -> Iterator[Problem]:
    """What is wrong with expressions, and with ${name} in texts."""
    _, faults = assemble(questionnaire)
    for path, column, error in [*faults, *_text_faults(questionnaire)]:
        if error.code.startswith("list_") and error.details.get("name") in builder.sources.missing:
            continue
        cells = builder.rows.get(path)
        row = cells.row if cells else None
        sheet = None if path.startswith("choices:") else "survey"
        yield Problem(sheet or "choices", row, column, error.code, error.details)


def _text_faults(questionnaire: Questionnaire) -> Iterator[Fault]:
    names = Names(questionnaire.items, questionnaire.choice_lists, "data")
    for path, item in names.items.items():
        columns = ("label", "hint", "guidance", "constraint_message", "required_message")
        for column in columns if isinstance(item, Question) else columns[:2]:
            for text in getattr(item, column).values():
                yield from _text_fault(names, path, column, text)
    for list_name, choices in questionnaire.choice_lists.items():
        for one in choices:
            for text in one.label.values():
                yield from _text_fault(names, f"choices:{list_name}", "label", text)


def _text_fault(names: Names, path: str, column: str, text: str) -> Iterator[Fault]:
    for name in references(text):
        try:
            names.path_of(name)
        except ExpressionError as error:
            yield Fault(path, column, error)


def _in_order(problems: list[Problem]) -> list[Problem]:
    """By sheet and row, each once."""
    unique = {(one.sheet, one.row, one.column, one.code, str(one.details)): one for one in problems}
    return sorted(unique.values(), key=lambda one: (one.sheet != "survey", one.sheet or "", one.row or 0))
