"""Rounds: start one, know which instrument a voice answers, and whose answers are meant."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone

from driegesprek.web.line.models import Activity
from driegesprek.web.surveys.domain import pseudonyms
from driegesprek.web.surveys.enums import Voice
from driegesprek.web.surveys.models import InstrumentVersion, Response, Round, RoundVoice

GRACE = dt.timedelta(days=1)
"""Who began in time may go on until the end of the day after the last one."""
SECONDS = 30
"""How long a process may know a survey round by heart: a new version of its form reaches everybody after that."""


@dataclass(frozen=True)
class RoundInfo:
    """What never changes about a round, kept in memory: its dates are always read afresh."""

    id: UUID
    school_id: UUID
    versions: Mapping[str, UUID]
    """The version that each voice answers."""


@dataclass(frozen=True)
class SurveyInfo(RoundInfo):
    """The same of a round that belongs to no activity, with what its study says."""

    study_id: UUID
    design: str
    part: str
    title: Mapping[str, str] = field(default_factory=dict)
    organisation: str = ""
    consent: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seat:
    """Whose answers are meant, whether or not there are any yet: one voice of one pseudonym in a round."""

    round: RoundInfo
    voice: str
    pseudonym: str
    channel: str = ""
    language: str = "nl"
    group: Callable[[], Mapping[str, Any]] = dict
    """The groups answers are counted by (class_id, class, year_group, track): asked for once, before the first answer
    is saved; raises where this person has no part in the round."""

    @property
    def version_id(self) -> UUID:
        """The version of the instrument that is answered."""
        return self.round.versions[self.voice]


_known: dict[UUID, RoundInfo] = {}


def start(
    activity: Activity,
    *,
    voices: Mapping[str, InstrumentVersion],
    opens_on: dt.date,
    closes_on: dt.date,
    title: Mapping[str, str],
) -> Round:
    """Start the round of an activity; doing so again moves its dates, the instruments stay what they are.

    Args:
        activity: what the round belongs to.
        voices: which version each voice answers: pupil, adult, paper.
        opens_on: first day, Europe/Amsterdam.
        closes_on: last day.
        title: {language: text}.
    """
    with transaction.atomic():
        row, _ = Round.objects.update_or_create(
            activity=activity,
            defaults={
                "school_id": activity.school_id,
                "opens_on": opens_on,
                "closes_on": closes_on,
                "title": dict(title),
            },
        )
        for voice, version in voices.items():
            RoundVoice.objects.get_or_create(
                round=row, voice=Voice(voice), defaults={"school_id": row.school_id, "version": version}
            )
    _known.pop(activity.pk, None)
    return row


def of_activity(activity_id: UUID) -> RoundInfo | None:
    """The round of an activity, from memory after the first time; None where it has none."""
    if activity_id not in _known:
        row = Round.objects.filter(activity=activity_id).prefetch_related("voices").first()
        if row is None:
            return None
        if len(_known) > 1000:  # noqa: PLR2004 - a thousand rounds are some hundred kilobytes
            _known.clear()
        versions = {voice.voice: voice.version_id for voice in row.voices.all()}
        _known[activity_id] = RoundInfo(row.pk, row.school_id, versions)
    return _known[activity_id]


def of_survey(round_id: UUID) -> SurveyInfo | None:
    """A survey round that was opened, from memory for half a minute; None where there is none."""
    key = f"survey-{round_id}"
    found: SurveyInfo | None = caches["memory"].get(key)
    if found is None:
        rows = Round.objects.filter(activity=None).exclude(opened_at=None).exclude(study=None)
        row = rows.select_related("study").prefetch_related("voices").filter(pk=round_id).first()
        found = _survey(row) if row else None
        if found:
            caches["memory"].set(key, found, SECONDS)
    return found


def is_survey(key: UUID) -> bool:
    """Whether this is a survey round rather than an activity; from memory where it was asked before."""
    if key in _known:
        return False
    if caches["memory"].get(f"survey-{key}"):
        return True
    return of_activity(key) is None and of_survey(key) is not None


def forget_survey(round_id: UUID) -> None:
    """Read it afresh the next time: it was changed here."""
    caches["memory"].delete(f"survey-{round_id}")


def _survey(row: Round) -> SurveyInfo:
    return SurveyInfo(
        id=row.pk,
        school_id=row.school_id,
        versions={voice.voice: voice.version_id for voice in row.voices.all()},
        study_id=row.study_id,
        design=row.design,
        part=row.part,
        title=row.title,
        organisation=row.study.organisation,
        consent=row.study.consent,
        options=tuple(row.study.options),
    )


def response_for(info: RoundInfo, voice: str, person_id: UUID | str) -> Response | None:
    """A person's response in a round, if it was begun."""
    return Response.objects.filter(
        round=info.id, voice=voice, pseudonym=pseudonyms.of(info.id, voice, person_id)
    ).first()


def is_open(opens_on: dt.date, closes_on: dt.date, now: dt.datetime, *, begun: bool) -> bool:
    """Whether answers are accepted now; who began in time has a day of grace."""
    today = timezone.localdate(now)
    return opens_on <= today <= (closes_on + GRACE if begun else closes_on)
