"""What came of a round, kept for as long as nobody hands in: results only, never a row or a sum."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from django.core.cache import cache
from django.db.models import Count, Max

from driegesprek.evidence import Row as Counted
from driegesprek.reports import Analysis, analyse, inside
from driegesprek.tables.codebook import Value
from driegesprek.web.findings.domain import gathering
from driegesprek.web.findings.models import Comparison
from driegesprek.web.surveys.models import Response, Round

SEED: Final = 1
KEPT: Final = 24 * 60 * 60


@dataclass(frozen=True)
class Findings:
    """What there is of one voice.

    Attributes:
        analysis: the statistics; without imputed files and random intercepts, which are for the report.
        said: {part: {question: its counts}}, as staff of the school may see them.
        labels: {question: {language: words}}.
        answers: {question: ({language: words} of each answer, in order)}.
    """

    analysis: Analysis
    said: Mapping[str, Mapping[str, Counted]]
    labels: Mapping[str, Mapping[str, str]]
    answers: Mapping[str, tuple[Mapping[str, str], ...]]


def of(before: Round | None, after: Round, voice: str) -> Findings:
    """The findings of a voice; computed anew where answers came in, were taken out, or a comparison was named."""
    key = _key(before, after, voice)
    found: Findings | None = cache.get(key)
    if found is None:
        found = _made(before, after, voice)
        cache.set(key, found, KEPT)
    return found


def _made(before: Round | None, after: Round, voice: str) -> Findings:
    given = gathering.given(before, after, voice)
    said = inside(given)
    asked = {question for rows in said.values() for question in rows}
    variables = [one for one in given.codebook.variables if one.name in asked]
    return Findings(
        analyse(given, seed=SEED, files=0, intercepts=False),
        said,
        {one.name: one.label for one in variables},
        {one.name: tuple(_labels(one.values, code) for code in one.codes) for one in variables},
    )


def _labels(values: tuple[Value, ...], code: str) -> Mapping[str, str]:
    return next(one.label for one in values if one.code == code) or {"nl": code}


def _key(before: Round | None, after: Round, voice: str) -> str:
    rounds = [one.pk for one in (before, after) if one]
    rows = Response.objects.filter(round__in=rounds, voice=voice).exclude(submitted_at=None).order_by()
    there = rows.values("round").annotate(
        n=Count("pk"), last=Max("submitted_at"), hashes=Max("document_hash")
    )
    apart = (
        Comparison.objects.filter(study=after.study_id).values_list("classes", "named_on", "by_lot").first()
    )
    told = [version("driegesprek"), voice, str(apart), *sorted(str(sorted(one.items())) for one in there)]
    return "findings-" + hashlib.sha256("\n".join(told).encode()).hexdigest()
