"""The scores of a round on the scales that its forms declare, by person: for sums inside the school only."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from driegesprek.instruments import Questionnaire
from driegesprek.instruments.scoring_model import Method, Scale
from driegesprek.tables.codebook import Variable
from driegesprek.web.surveys.domain import scales, versions
from driegesprek.web.surveys.domain.answer_rows import Document
from driegesprek.web.surveys.domain.respondents import plain
from driegesprek.web.surveys.domain.scales import ScoreColumn
from driegesprek.web.surveys.models import InstrumentVersion, Response, RoundVoice

CHUNK: Final = 500
"""Documents in memory at a time."""


@dataclass(frozen=True)
class ScaleScores:
    """One scale.

    Attributes:
        variable: its words.
        ends: the lowest and highest score there can be; None where the form does not say.
        by_person: {pseudonym: score}, of who has one. The same person has the same pseudonym in all rounds of a study.
    """

    name: str
    variable: Variable
    ends: tuple[float, float] | None
    by_person: Mapping[str, float]


def of_round(round_id: UUID, voice: str) -> dict[str, ScaleScores]:
    """What one voice handed in, by the name of the scale, in the order of the newest form."""
    rows = Response.objects.filter(round=round_id, voice=voice).exclude(submitted_at=None)
    columns = scales.columns(_forms(round_id, voice, rows), ())
    found: dict[str, dict[str, float]] = {one.name: {} for one in columns}
    for chunk in _chunks(_documents(rows)):
        for column in columns:
            known = zip(chunk, column.scores(chunk), strict=True)
            found[column.name] |= {one.person: value for one, value in known if value is not None}
    return {
        one.name: ScaleScores(one.name, plain(one.variables[0]), _ends(one), found[one.name])
        for one in columns
    }


def _forms(round_id: UUID, voice: str, rows: QuerySet[Response]) -> list[tuple[UUID, Questionnaire]]:
    """The version that is asked and those that were answered, the newest first."""
    asked = RoundVoice.objects.filter(round=round_id, voice=voice).values("version")
    used = Q(pk__in=asked) | Q(pk__in=rows.order_by().values("version"))
    found = InstrumentVersion.objects.filter(used).order_by("-created_at", "pk")
    return [(pk, versions.load(pk)) for pk in found.values_list("pk", flat=True)]


def _documents(rows: QuerySet[Response]) -> Iterator[Document]:
    found = rows.order_by("pk").values_list("version", "pseudonym", "submitted_at", "document")
    for version, pseudonym, at, document in found.iterator(chunk_size=CHUNK):
        content = json.loads(document)
        kept = content.get("calculated", {})
        answers = content["answers"] | {
            path: {"status": "given", "value": value} for path, value in kept.items()
        }
        yield Document(version, answers, tuple(content["asked"]), pseudonym, timezone.localdate(at))


def _chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    source = iter(documents)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def _ends(column: ScoreColumn) -> tuple[float, float] | None:
    """Those of the newest version; a score on another version's ends is not drawn beside it."""
    all_ends = {ends(scale) for _form, scale in column.forms.values()}
    return next(iter(all_ends)) if len(all_ends) == 1 else None


def ends(scale: Scale) -> tuple[float, float] | None:
    """The lowest and highest score that a scale can give; None where an item has no ends."""
    lows = [one.low for one in scale.items if one.low is not None]
    highs = [one.high for one in scale.items if one.high is not None]
    if not len(lows) == len(highs) == len(scale.items) or not lows:
        return None
    if scale.empty is not None:
        lows = [min(one, scale.empty) for one in lows]
        highs = [max(one, scale.empty) for one in highs]
    return (sum(lows), sum(highs)) if scale.method is Method.SUM else (min(lows), max(highs))
