"""The codebook as a page that people read: one file, no script, no address, in the languages of the questions."""

import datetime as dt
from collections.abc import Iterator
from html import escape
from typing import Final

from driegesprek.tables.codebook import Kind, Missing, Variable
from driegesprek.tables.sav_plan import SavVariable, plan
from driegesprek.tables.wide import WideFile
from driegesprek.tables.wide_labels import chosen_words, label_of, reason_word, value_word, why_words

_WORDS: Final = {
    "nl": {
        "codebook": "Codeboek",
        "made": "Gemaakt op",
        "columns": "kolommen",
        "column": "Kolom",
        "kind": "Soort",
        "code": "Code",
        "meaning": "Betekenis",
        "spss": "In SPSS",
        "unit": "Eenheid",
        "contents": "Inhoud",
        "missing": "Redenen dat er geen antwoord is",
        "why": "De reden staat in kolom",
        "secret": "Het bestand met antwoorden is van personen: bewaar het waar alleen u erbij kunt en stuur het niet door.",
        "single": "één antwoord",
        "multiple": "meer antwoorden: een kolom per antwoord",
        "integer": "geheel getal",
        "decimal": "getal",
        "text": "tekst",
        "date": "datum (jjjj-mm-dd)",
        "group": "groep",
    },
    "en": {
        "codebook": "Codebook",
        "made": "Made on",
        "columns": "columns",
        "column": "Column",
        "kind": "Kind",
        "code": "Code",
        "meaning": "Meaning",
        "spss": "In SPSS",
        "unit": "Unit",
        "contents": "Contents",
        "missing": "Reasons for having no answer",
        "why": "The reason is in column",
        "secret": "The file with answers is about persons: keep it where only you have access, and do not pass it on.",
        "single": "one answer",
        "multiple": "several answers: a column for each",
        "integer": "whole number",
        "decimal": "number",
        "text": "text",
        "date": "date (yyyy-mm-dd)",
        "group": "group",
    },
}
_STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-inline-size:60rem;margin:auto;padding:1rem;color:#1d1d1b}"
    "section{border-block-start:1px solid #8a8a86;padding-block:.75rem;break-inside:avoid}"
    "h2{font-size:1.1rem;margin:0}code{background:#efefea;padding:0 .25em;overflow-wrap:anywhere}"
    "table{border-collapse:collapse;margin-block:.5rem}th,td{text-align:start;padding:.15rem .75rem .15rem 0;"
    "vertical-align:top}p{margin:.25rem 0}li{overflow-wrap:anywhere}"
)


def codebook_page(file: WideFile, *, language: str, made_on: dt.date) -> str:
    """The page as HTML: what each column holds, its codes, its name and values in SPSS.

    Args:
        file: whose columns are described.
        language: nl or en for our words and, where there is a choice, for the questions.
        made_on: the day of writing.
    """
    words = _WORDS["en" if language == "en" else "nl"]
    planned: dict[str, list[SavVariable]] = {}
    for one in plan(file, language):
        planned.setdefault(one.variable.name, []).append(one)
    title = escape(file.codebook.title)
    variables = [(v, planned[v.name]) for v in file.codebook.variables if v.name in planned]
    return "\n".join(
        [
            f'<!doctype html>\n<html lang="{"en" if language == "en" else "nl"}">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{words['codebook']}: {title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>",
            f'<h1 dir="auto">{words["codebook"]}: {title}</h1>',
            f'<p dir="auto">{escape(file.codebook.source)}</p>',
            f"<p>{words['made']} {made_on.isoformat()}. {len(file.columns())} {words['columns']}.</p>",
            f"<p>{words['secret']}</p>",
            *_contents(variables, words, language),
            *(part for v, ones in variables for part in _section(v, ones, words, language)),
            *_reasons(variables, words, language),
            "</main>\n</body>\n</html>\n",
        ]
    )


Part = tuple[Variable, list[SavVariable]]


def _contents(variables: list[Part], words: dict[str, str], language: str) -> Iterator[str]:
    yield f'<nav aria-label="{words["contents"]}"><ol>'
    for variable, _ in variables:
        name, told = escape(variable.name), escape(label_of(variable, language))
        yield f'<li><a href="#v-{name}"><code>{name}</code></a> <span dir="auto">{told}</span></li>'
    yield "</ol></nav>"


def _section(
    variable: Variable, ones: list[SavVariable], words: dict[str, str], language: str
) -> Iterator[str]:
    told = label_of(variable, language) or variable.name
    name = escape(variable.name)
    yield f'<section id="v-{name}">\n<h2><code>{name}</code> <span dir="auto">{escape(told)}</span></h2>'
    unit = f". {words['unit']}: {escape(variable.unit)}" if variable.unit else ""
    yield f"<p>{words['kind']}: {words[variable.kind.value]}{unit}</p>"
    yield from _others(variable, told)
    rows = list(_rows(variable, ones, language))
    if rows:
        heads = (words["column"], words["code"], words["meaning"], words["spss"])
        yield "<table>\n<tr>" + "".join(f'<th scope="col">{head}</th>' for head in heads) + "</tr>"
        yield from rows
        yield "</table>"
    if any(one.reason_column for one in ones) or any(one.column == variable.missing_column for one in ones):
        yield f"<p>{words['why']} <code>{escape(variable.missing_column)}</code>.</p>"
    yield "</section>"


def _others(variable: Variable, told: str) -> Iterator[str]:
    """The question in its other languages."""
    for language, text in variable.label.items():
        if " ".join(text.split()) != told and text:
            yield f'<p lang="{language}" dir="auto">{escape(text)}</p>'


def _rows(variable: Variable, ones: list[SavVariable], language: str) -> Iterator[str]:
    for one in ones:
        if one.column == variable.missing_column:
            continue
        if variable.kind is Kind.MULTIPLE:
            option = next(code for code in variable.codes if variable.option_column(code) == one.column)
            no, yes = chosen_words(language)
            meaning = f"{value_word(variable, option, language)} (1 = {yes}, 0 = {no})"
            yield _row(one.column, option, meaning, one.name)
            continue
        if not variable.codes:
            yield _row(one.column, "", "", one.name)
        for code in variable.codes:
            number = one.codes.get(code)
            yield _row(one.column, code, value_word(variable, code, language), f"{one.name} = {number:g}")


def _row(column: str, code: str, meaning: str, spss: str) -> str:
    cells = (
        f"<code>{escape(column)}</code>",
        f"<code>{escape(code)}</code>" if code else "",
        escape(meaning),
    )
    told = "".join(f'<td dir="auto">{cell}</td>' for cell in cells)
    return f"<tr>{told}<td><code>{escape(spss)}</code></td></tr>"


def _reasons(variables: list[Part], words: dict[str, str], language: str) -> Iterator[str]:
    """Each reason with its values in SPSS."""
    found: dict[str, list[str]] = {}
    for _, ones in variables:
        for one in ones:
            for reason, number in one.reasons.items():
                found.setdefault(reason, [])
                if f"{number:g}" not in found[reason]:
                    found[reason].append(f"{number:g}")
    if not found:
        return
    yield f"<section>\n<h2>{words['missing']}</h2>\n<table>"
    heads = (words["code"], words["meaning"], words["spss"])
    yield "<tr>" + "".join(f'<th scope="col">{head}</th>' for head in heads) + "</tr>"
    for reason, numbers in found.items():
        word = reason_word(Missing(reason), language)
        yield f"<tr><td><code>{reason}</code></td><td>{word}</td><td>{', '.join(numbers)}</td></tr>"
    yield f"</table>\n<p>{why_words(language)}: <code>…__missing</code></p>\n</section>"
