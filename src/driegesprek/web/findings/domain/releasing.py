"""A report leaves the school: counts through the gate with its ledger, no statistic that would tell of a few newcomers."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import transaction

from driegesprek import evidence
from driegesprek.evidence.disclosure import MINIMUM, Ledger
from driegesprek.evidence.raking import Margin
from driegesprek.reports import Analysis, Given, ScaleFound, analyse
from driegesprek.reports.answers import AFTER, PARTS, join
from driegesprek.reports.beside import each
from driegesprek.reports.counting import counts
from driegesprek.reports.rendering import files
from driegesprek.reports.report import Report, Section, build, section
from driegesprek.reports.said import said_of
from driegesprek.web.common import audit
from driegesprek.web.findings.domain import gathering
from driegesprek.web.findings.enums import Left
from driegesprek.web.findings.models import Release
from driegesprek.web.surveys.enums import Design
from driegesprek.web.surveys.models import Round

SEED: Final = 1
Sizes = dict[str, int]


class NothingToReportError(Exception):
    """Nobody handed in yet."""


class AnonymousError(Exception):
    """Nothing of the round can be joined."""


class StillOpenError(Exception):
    """Answers may still come in: every report would be about other people than the one before."""


@dataclass(frozen=True)
class Asked:
    """What report is wanted.

    Attributes:
        made_on: the day that is printed.
        command: what makes it again.
        title, subtitle: of the round and the school.
        margins: how many there are of each level of groups; scores are weighted to them.
        margins_from: where they are known from.
    """

    language: str
    made_on: dt.date
    title: str
    subtitle: str
    command: str
    margins: tuple[Margin, ...] = ()
    margins_from: str = ""


@dataclass(frozen=True)
class _Voice:
    """A voice of which a report is wanted: its answers, what left before, first to last, and the language."""

    given: Given
    rows: Sequence[Release]
    language: str


@dataclass(frozen=True)
class _Leaving:
    """What of a voice leaves: its analysis and its part of the report, of how many people each statistic is.

    Attributes:
        ledger: as JSON; None where the very same left before.
    """

    analysis: Analysis
    section: Section
    sizes: Sizes
    ledger: str | None


def asked(
    row: Round, *, language: str, made_on: dt.date, margins: tuple[Margin, ...] = (), margins_from: str = ""
) -> Asked:
    """A report of a round, called as the round is."""
    before, after = gathering.pair(row)
    title = after.title.get(language) or after.title.get("nl") or next(iter(after.title.values()), "")
    days = f"{(before or after).opens_on.isoformat()} – {after.closes_on.isoformat()}"
    command = f"driegesprek report {after.pk} --out FOLDER --date {made_on.isoformat()} --language {language}"
    command += f" --margins {margins_from}" if margins else ""
    return Asked(language, made_on, title, f"{after.school.name}, {days}", command, margins, margins_from)


def report(row: Round, wanted: Asked, *, actor: audit.Acting) -> dict[str, bytes]:
    """The files of a report of a round, or of both rounds of its pair; what leaves the school is noted.

    Raises:
        AnonymousError: the round is anonymous.
        NothingToReportError: nobody handed in.
        StillOpenError: the last round is not closed on the day of the report.
    """
    if row.design == Design.ANONYMOUS:
        raise AnonymousError
    before, after = gathering.pair(row)
    if after.closes_on >= wanted.made_on:
        raise StillOpenError
    rounds = [one for one in (before, after) if one is not None]
    voices = gathering.voices(rounds)
    if not voices:
        raise NothingToReportError
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=after.pk)
        given = [_weighted(gathering.given(before, after, voice), wanted) for voice in voices]
        asked_of = [_Voice(one, releases(after, one.voice, Left.REPORT), wanted.language) for one in given]
        leaving = each(_leaving, asked_of)
        for one in leaving:
            _keep(after, one)
        audit.record(actor, "report released", after, voices=voices)
    return files(_built(after, wanted, leaving))


def _weighted(given: Given, wanted: Asked) -> Given:
    """With what is known of all of the groups that this voice has."""
    own = tuple(one for one in wanted.margins if one.variable in given.table.schema.names)
    return replace(given, margins=own, margins_from=wanted.margins_from) if own else given


def _built(after: Round, wanted: Asked, leaving: Sequence[_Leaving]) -> Report:
    return build(
        [one.analysis for one in leaving],
        {},
        title=wanted.title,
        subtitle=wanted.subtitle,
        language=wanted.language,
        made_on=wanted.made_on,
        command=wanted.command,
        invented=bool(after.study and after.study.invented),
        sections=[one.section for one in leaving],
    )


def _leaving(of: _Voice) -> _Leaving:
    """What of a voice may leave, with what left before in mind; reads no database, for it may be in another process."""
    found = analyse(of.given, seed=SEED)
    sizes, joined = dict(_sizes(found)), join(of.given)
    counted = _as_before(counts(joined, AFTER, loose=True), of.rows)
    same = bool(of.rows) and of.rows[-1].sizes == sizes and is_of(of.rows[-1], counted)
    earlier = of.rows[:-1] if same else of.rows
    told = _withheld(found, [one.sizes for one in earlier])
    ledger = Ledger.from_json(earlier[-1].ledger) if earlier else Ledger()
    tables = evidence.disclosure.protect(counted, ledger=ledger) if counted else None
    said = [said_of(joined, tables, found, {*told.crossed, *told.chosen})] if tables else []
    part = section(told, said, of.language)
    if same:
        return _Leaving(told, part, sizes, None)
    ledger = ledger.add(counted, tables) if counted and tables else ledger
    return _Leaving(told, part, sizes, ledger.to_json())


def _keep(after: Round, one: _Leaving) -> None:
    if one.ledger is not None:
        voice = one.analysis.voice
        Release.objects.create(
            school_id=after.school_id, round=after, voice=voice, ledger=one.ledger, sizes=one.sizes
        )


def _as_before(counted: evidence.Counts | None, rows: Sequence[Release]) -> evidence.Counts | None:
    """The counts by what those of the first release were by, for only then can both be compared; None where that is lost.

    Design weights are such a variable: releases of before they were looked at know none.
    """
    first = next((one.counts for row in rows[-1:] for one in Ledger.from_json(row.ledger).releases), None)
    if counted is None or first is None or first.by == counted.by:
        return counted
    return counted.over(first.by) if set(first.by) <= set(counted.by) else None


def releases(row: Round, voice: str, left: Left) -> list[Release]:
    """What left of a round before, first to last."""
    return list(Release.objects.filter(round=row, voice=voice, left=left).order_by("made_at", "pk"))


def is_of(row: Release, counted: evidence.Counts | None) -> bool:
    """Whether a release was, at its last, of these very counts."""
    releases = Ledger.from_json(row.ledger).releases
    if counted is None:
        return not releases
    return bool(releases) and evidence.to_json(releases[-1].counts) == evidence.to_json(counted)


def _sizes(found: Analysis) -> Iterator[tuple[str, int]]:
    """Of how many people each statistic is."""
    for one in found.scales:
        spreads = {part: one.spreads.get(part) for part in PARTS}
        yield from ((f"{one.name}/{part}", spread.n) for part, spread in spreads.items() if spread)
        kinds = {kind: getattr(one, kind) for kind in ("change", "model", "mixed", "did", "against")}
        yield from _numbers(one.name, kinds)
    for question, groups in found.crossed.items():
        yield from _numbers(f"by.{question}", groups)
    for question, of in found.chosen.items():
        every = {f"{group}/{code}": one for group, options in of.items() for code, one in options.items()}
        yield from _numbers(f"by.{question}", every)


def _numbers(of: str, found: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    numbers = {name: getattr(one, "n", None) for name, one in found.items()}
    yield from ((f"{of}/{name}", n) for name, n in numbers.items() if n is not None)


def _withheld(found: Analysis, earlier: Sequence[Mapping[str, int]]) -> Analysis:
    """The analysis without the scales and questions of which a number changed by fewer than ten since an earlier release."""
    scales = tuple(_without(one) if _few_more(one.name, found, earlier) else one for one in found.scales)
    told = {name: of for name, of in found.crossed.items() if not _few_more(f"by.{name}", found, earlier)}
    chosen = {name: of for name, of in found.chosen.items() if not _few_more(f"by.{name}", found, earlier)}
    return replace(found, scales=scales, crossed=told, chosen=chosen)


def _few_more(of: str, found: Analysis, earlier: Sequence[Mapping[str, int]]) -> bool:
    now = {name: n for name, n in _sizes(found) if name.startswith(f"{of}/")}
    return any(
        0 < abs(n - sizes[name]) < MINIMUM for sizes in earlier for name, n in now.items() if name in sizes
    )


def _without(one: ScaleFound) -> ScaleFound:
    hidden: dict[str, Any] = dict.fromkeys(
        ("change", "model", "mixed", "did", "imputed", "against", "by_group", "weighted", "moved")
    )
    return replace(one, spreads={}, reliability={}, described={}, **hidden)
