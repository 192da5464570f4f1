"""A report as files: HTML that stands alone, tagged PDF, a workbook, the plans. The same report gives the same bytes."""

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from driegesprek.figures import Figure
from driegesprek.reports.printing import grid, printed
from driegesprek.reports.report import Report, Section
from driegesprek.reports.table import ReportTable
from driegesprek.reports.words import word
from driegesprek.tables import Sheet, write_xlsx
from driegesprek.tables.collector import no_search_for_cycles

if TYPE_CHECKING:
    from driegesprek.paper.document import Part

STYLE = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")


def files(report: Report) -> dict[str, bytes]:
    """{name: bytes} of all forms of a report."""
    plans = {f"{voice}.plan.json": text.encode() for voice, text in report.plans.items()}
    # Typst is no Python, and works while the others are made.
    with no_search_for_cycles(), ThreadPoolExecutor(1) as beside:
        laid_out = _ready(report)
        paper = beside.submit(laid_out)
        page, book = html(report).encode(), workbook(report)
        return {"report.html": page, "report.pdf": paper.result(), "tables.xlsx": book, **plans}


def html(report: Report) -> str:
    """One file that needs no other."""
    body = "\n".join(_html(report))
    return (
        f'<!doctype html>\n<html lang="{report.language}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(report.title)}</title><style>{STYLE}</style></head>\n<body><main>\n{body}\n</main></body>\n</html>\n"
    )


def _html(report: Report) -> Iterator[str]:
    said = report.language
    yield f"<h1>{escape(report.title)}</h1>"
    yield f'<p class="quiet">{escape(report.subtitle)}</p>'
    if report.invented:
        yield f'<p><strong class="mark">{escape(word("invented", said))}</strong></p>'
    yield from (f"<p>{escape(note)}</p>" for note in report.notes)
    yield f"<h2>{escape(report.first.title)}</h2>"
    yield _table(report.first, said)
    for section in report.sections:
        yield f"<h2>{escape(section.title)}</h2>"
        for table in section.tables:
            yield f"<h3>{escape(table.title)}</h3>"
            yield _table(table, said)
        yield from (_figure(one) for one in section.figures)
    yield f"<h2>{escape(word('how', said))}</h2><dl>"
    yield from (f"<dt>{escape(what)}</dt><dd>{escape(how)}</dd>" for what, how in report.how)
    yield "</dl>"
    for voice, text in report.plans.items():
        yield f"<details><summary>{escape(word('plan', said))}: {escape(word(voice, said))}</summary>"
        yield f'<pre tabindex="0">{escape(text)}</pre></details>'


def _table(table: ReportTable, language: str) -> str:
    def cell(place: int, text: str, tag: str, scope: str) -> str:
        number = "" if place < table.words else ' class="num"'
        return f"<{tag}{scope}{number}>{escape(text)}</{tag}>"

    head = "".join(cell(place, text, "th", ' scope="col"') for place, text in enumerate(table.headings))
    lines = []
    for row in table.rows:
        texts = [printed(one, table, table.headings[place], language) for place, one in enumerate(row)]
        first = cell(0, texts[0], "th", ' scope="row"') if texts[0] else "<td></td>"
        lines.append(
            f"<tr>{first}{''.join(cell(n, text, 'td', '') for n, text in enumerate(texts[1:], 1))}</tr>"
        )
    notes = "".join(f'<p class="quiet">{escape(note)}</p>' for note in table.notes)
    made = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    return (
        f'<div class="wrap" role="region" tabindex="0" aria-label="{escape(table.title)}">{made}</div>{notes}'
    )


def _figure(one: Figure) -> str:
    # Wider than a telephone, it is moved aside: by hand, or by who has a keyboard only.
    return f'<figure tabindex="0">{one.svg}</figure>'


def pdf(report: Report) -> bytes:
    """Tagged PDF (PDF/UA-1)."""
    return _ready(report)()


def _ready(report: Report) -> Callable[[], bytes]:
    from driegesprek import paper  # noqa: PLC0415 - heavy

    mark = word("invented", report.language) if report.invented else ""
    title = f"{word('report', report.language)}: {report.title}"
    return paper.ready(
        list(_parts(report)), title=title, author=report.subtitle, language=report.language, mark=mark
    )


def _parts(report: Report) -> Iterator["Part"]:
    from driegesprek.paper import Attached, Code, Heading, Paragraph  # noqa: PLC0415 - heavy

    said = report.language
    yield Heading(report.title, 1)
    yield Paragraph(report.subtitle)
    yield from (Paragraph(note) for note in report.notes)
    yield Heading(report.first.title)
    yield grid(report.first, said)
    for section in report.sections:
        yield from _section(section, said)
    yield Heading(word("how", said), fresh=True)
    yield from (Paragraph(f"{what}: {how}") for what, how in report.how[:-1])
    yield Paragraph(f"{report.how[-1][0]}:")
    yield Code(report.how[-1][1])
    for voice, text in report.plans.items():
        title, name = f"{word('plan', said)}: {word(voice, said)}", f"{voice}.plan.json"
        yield Heading(title)
        yield Paragraph(f"{word('attached', said)}: {name}.")
        yield Attached(name, text, title)
        yield Code("\n".join(_short_plan(text)))


def _section(section: Section, language: str) -> Iterator["Part"]:
    from driegesprek.paper import Drawing, Heading  # noqa: PLC0415 - heavy

    yield Heading(section.title, fresh=True)
    for table in section.tables:
        yield grid(table, language)
    yield from (Drawing(one.svg, one.alternative) for one in section.figures)


def _plan_lines(text: str) -> Iterator[str]:
    """A plan as JSON, a statistic a line."""
    held = json.loads(text)
    statistics = [json.dumps(one, ensure_ascii=False) for one in held.pop("statistics")]
    yield json.dumps(held, ensure_ascii=False)[:-1] + ', "statistics": ['
    yield from (f"{one}," for one in statistics[:-1])
    yield from statistics[-1:]
    yield "]}"


def _short_plan(text: str) -> Iterator[str]:
    """A statistic a line: its name, and what is computed of what."""
    for one in json.loads(text)["statistics"]:
        cluster = one.get("cluster") or one.get("group")
        yield f"{one['name']}: {_SHORT[one['kind']](one)}{f' | {cluster}' if cluster else ''}"


def _broken(terms: str) -> str:
    """Terms that can go on on the next line; what is computed of them is the same."""
    return terms.replace(" ", "").replace(";", "; ").replace("+", " + ")


_SHORT: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "scale": lambda one: " ".join(one["items"]),
    "change": lambda one: f"{one['pre']} → {one['post']}",
    "regress": lambda one: f"{one['outcome']} ~ {_broken(one['blocks'])}",
    "mixed": lambda one: f"{one['outcome']} ~ {_broken(one['fixed'])}",
    "crosstab": lambda one: f"{one['rows']} × {one['cols']}",
    "weights": lambda one: " ".join(one["mean"]),
    "describe": lambda one: " ".join(one["items"]),
}
"""How a line of the plan says what is computed."""


def workbook(report: Report) -> bytes:
    """The tables, a sheet each, with all digits; the first sheet tells how they were made."""
    about = Sheet(word("how", report.language), ("", ""), [(report.title, report.subtitle), *report.how])
    every = [
        report.first,
        *(one for section in report.sections for one in (*section.tables, *section.sheets)),
    ]
    plans = [
        Sheet(f"{voice} plan", (word("plan", report.language),), [(line,) for line in _plan_lines(text)])
        for voice, text in report.plans.items()
    ]
    sheets = [about, *(Sheet(one.key, one.headings, one.rows) for one in every), *plans]
    return write_xlsx(sheets, made_on=report.made_on)
