"""How a round goes while it runs: who was asked, who began, who is done; by class, language and channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from driegesprek.web.surveys.domain import quotas
from driegesprek.web.surveys.enums import Design
from driegesprek.web.surveys.models import CodeBatch, Invitation, Quota, Response, Round
from driegesprek.web.surveys.rules import showing


@dataclass(frozen=True, slots=True)
class Group:
    """One line of the response; a number that would point to people is None."""

    voice: str
    name: str
    asked: int
    done: int | None
    wanted: int | None = None


@dataclass(frozen=True)
class Running:
    """The response of a round.

    Attributes:
        groups: by voice and class; of an anonymous round by voice and group of codes.
        begun: {voice: who began}, done included.
        languages: {voice: {language: who handed in}}.
        channels: {voice: {channel: who handed in}}.
    """

    groups: tuple[Group, ...]
    begun: Mapping[str, int | None]
    languages: Mapping[str, Mapping[str, int | None]]
    channels: Mapping[str, Mapping[str, int | None]]


def of(row: Round) -> Running:
    """How a round goes now: four queries, whatever its size. Of a round without names small numbers are left out."""
    named = row.design == Design.NAMED
    return Running(
        tuple(_of_codes(row) if row.design == Design.ANONYMOUS else _of_classes(row, named=named)),
        _begun(row, named=named),
        _by(row, "language", named=named),
        _by(row, "channel", named=named),
    )


def _of_classes(row: Round, *, named: bool) -> list[Group]:
    rows = Invitation.objects.filter(round=row).order_by("voice", "school_class__name")
    found = rows.values_list("voice", "school_class__name").annotate(
        asked=Count("pk"), done=Count("pk", filter=Q(done_on__isnull=False))
    )
    numbers = {(voice, name or ""): (asked, done) for voice, name, asked, done in found}
    shown = _shown({key: done for key, (_asked, done) in numbers.items()}, named=named)
    return [
        Group(voice, name, asked, shown[voice, name]) for (voice, name), (asked, _done) in numbers.items()
    ]


def _of_codes(row: Round) -> list[Group]:
    counted = quotas.counts(row.pk)
    batches = list(CodeBatch.objects.filter(round=row))
    wanted = {(one.voice, one.stratum): one.wanted for one in Quota.objects.filter(round=row)}
    shown = _shown(
        {(one.voice, one.stratum): counted.get((one.voice, one.stratum), 0) for one in batches}, named=False
    )
    return [
        Group(
            one.voice,
            one.stratum,
            one.count,
            shown[one.voice, one.stratum],
            wanted.get((one.voice, one.stratum)),
        )
        for one in batches
    ]


def _begun(row: Round, *, named: bool) -> dict[str, int | None]:
    rows = Response.objects.filter(round=row).order_by().values_list("voice").annotate(n=Count("pk"))
    return {voice: n if named or n >= showing.MINIMUM else None for voice, n in rows}


def _by(row: Round, column: str, *, named: bool) -> dict[str, dict[str, int | None]]:
    rows = Response.objects.filter(round=row).exclude(submitted_at=None).order_by()
    numbers = {
        (voice, value): n for voice, value, n in rows.values_list("voice", column).annotate(n=Count("pk"))
    }
    found: dict[str, dict[str, int | None]] = {}
    for (voice, value), n in _shown(numbers, named=named).items():
        found.setdefault(voice, {})[value] = n
    return found


def _shown(numbers: Mapping[tuple[str, str], int], *, named: bool) -> dict[Any, int | None]:
    """Of a round without names each voice is a table by itself."""
    if named:
        return dict(numbers)
    found: dict[Any, int | None] = {}
    for voice in {key[0] for key in numbers}:
        found |= showing.shown({key: n for key, n in numbers.items() if key[0] == voice})
    return {key: found[key] for key in numbers}
