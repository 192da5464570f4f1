"""A report of a round: its tables and figures, and all that is needed to make the same again."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from driegesprek.figures import Figure, ForestRow, SlopeRow, forest, slopes
from driegesprek.reports.analysis import Analysis, ScaleFound, measured
from driegesprek.reports.said import Said
from driegesprek.reports.several import Several
from driegesprek.reports.surveyed import Surveyed, withheld
from driegesprek.reports.table import ReportTable, tens
from driegesprek.reports.tables import respondents, tables
from driegesprek.reports.words import label, word

LIBRARIES = ("driegesprek", "numpy", "scipy", "statsmodels", "pyarrow", "duckdb", "typst")


@dataclass(frozen=True)
class Section:
    """One voice.

    Attributes:
        sheets: what stands in the workbook alone: the counts of every answer.
    """

    title: str
    tables: tuple[ReportTable, ...]
    figures: tuple[Figure, ...]
    sheets: tuple[ReportTable, ...] = ()


@dataclass(frozen=True)
class Report:
    """The whole report.

    Attributes:
        title: of the round; subtitle: of the school and the days.
        invented: whether nobody gave these answers.
        first: who answered.
        notes: what it rests on.
        how: (what, how it was) of what is needed to make the same again.
        plans: {voice: plan as JSON text}.
    """

    language: str
    title: str
    subtitle: str
    made_on: dt.date
    invented: bool
    first: ReportTable
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    how: tuple[tuple[str, str], ...]
    plans: Mapping[str, str]


def build(
    analyses: Sequence[Analysis],
    said: Mapping[str, Sequence[Said]],
    *,
    title: str,
    subtitle: str,
    language: str,
    made_on: dt.date,
    command: str,
    invented: bool = False,
    sections: Sequence[Section] | None = None,
) -> Report:
    """Put a report together.

    Args:
        analyses: of the voices that answered.
        said: {voice: what was answered, as far as it may leave the school}.
        title: of the round.
        subtitle: of which school and when.
        language: nl or en.
        made_on: the day that is printed.
        command: what makes this report again.
        invented: whether the answers are.
        sections: of the voices, where `section` made them already; `said` is not read then.
    """
    if sections is None:
        sections = [section(one, said.get(one.voice, ()), language) for one in analyses]
    return Report(
        language=language,
        title=title,
        subtitle=subtitle,
        made_on=made_on,
        invented=invented,
        first=respondents(analyses, language),
        sections=tuple(sections),
        notes=(*_notes(analyses, language), *_designs(analyses, language)),
        how=tuple(_how(analyses, language, made_on, command)),
        plans={one.voice: json.dumps(one.plan, ensure_ascii=False, indent=1) for one in analyses},
    )


def _notes(analyses: Sequence[Analysis], language: str) -> tuple[str, ...]:
    compared = any(one.comparison for one in analyses)
    keys = ["comparison" if compared else "no_comparison", "not_caused", "method", "few"]
    return tuple(word(key, language) for key in keys)


def _designs(analyses: Sequence[Analysis], language: str) -> Iterator[str]:
    """Of each voice whose sample was drawn with weights that differ: whether they are used, and what they cost."""
    for one in analyses:
        if one.weighed is None:
            continue
        key = "design_how" if one.weighed.used else "design_light"
        effect, effective = one.weighed.design_effect or 0.0, one.weighed.effective_n or 0.0
        told = word(key, language).format(
            effect=f"{effect:.2f}".replace(".", "," if language == "nl" else "."),
            effective=round(effective),
            n=tens(one.weighed.n),
            light=one.weighed.light,
            different=one.weighed.different,
        )
        yield f"{word('design', language)} ({word(one.voice, language)}). {told}"


def _how(
    analyses: Sequence[Analysis], language: str, made_on: dt.date, command: str
) -> Iterator[tuple[str, str]]:
    from importlib.metadata import version  # noqa: PLC0415 - only for a report

    yield word("made_on", language), made_on.isoformat()
    yield word("versions", language), ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    for one in analyses:
        yield f"{word('forms', language)}: {word(one.voice, language)}", ", ".join(one.versions) or one.title
        if one.cluster:
            yield (
                f"{word('clusters', language)}: {word(one.voice, language)}",
                f"{one.cluster} ({one.clusters})",
            )
    yield word("seed", language), ", ".join(sorted({str(one.seed) for one in analyses}))
    yield word("again", language), command


def section(of: Analysis, said: Sequence[Said], language: str) -> Section:
    """The part of a report about one voice: its tables and figures.

    Args:
        of: what came of it.
        said: what was answered, as far as it may leave the school.
        language: nl or en.
    """
    surveyed: list[Surveyed | Several] = [
        make(of, one, language) for one in said for make in (Surveyed, Several)
    ]
    found = [table for one in surveyed for table in one.tables()]
    figures = [*_slopes(of, language), *_forests(of, language)]
    return Section(
        word(of.voice, language),
        (*found, *tables(of, language), *withheld(of, said, language)),
        (*figures, *(figure for one in surveyed for figure in one.figures())),
        tuple(table for one in surveyed if isinstance(one, Surveyed) for table in one.sheets()),
    )


def _name(one: ScaleFound, language: str) -> str:
    return label(one.label, language, one.name)


def _slopes(of: Analysis, language: str) -> Iterator[Figure]:
    for span in dict.fromkeys(one.ends for one in of.scales if measured(one)):
        if span is None or span[0] >= span[1]:
            continue
        rows = [
            SlopeRow(_name(one, language), one.change.n, one.change.pre.mean, one.change.post.mean)
            for one in of.scales
            if measured(one) and one.ends == span
        ]
        title = f"{word('means', language)}: {word(of.voice, language)}"
        yield slopes(rows, least=span[0], most=span[1], title=title, language=language)


def _forests(of: Analysis, language: str) -> Iterator[Figure]:
    """Each activity: the difference in every outcome between who took part and who did not, of who began equal."""
    for activity in of.activities:
        term = f"{activity.name}={activity.levels[-1].code}"
        rows = [
            ForestRow(_name(one, language), row.b, row.ci[0], row.ci[1], n=one.did.n)
            for one in of.scales
            for row in getattr(one.did, "coefficients", ())
            if row.term == term and row.ci
        ]
        if rows:
            yield forest(rows, title=label(activity.label, language, activity.name), language=language)
