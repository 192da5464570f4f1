"""What stands on one response: read without a lock to show it, with a lock to write on it."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models.constants import OnConflict
from django.utils import timezone
from django.utils.functional import cached_property

from driegesprek.instruments import Play, Questionnaire, placed, play, template_of
from driegesprek.web.common.prepared import Bound, Prepared, PreparedInsert
from driegesprek.web.common.recent import Recent
from driegesprek.web.surveys.domain import rounds, versions
from driegesprek.web.surveys.domain.rounds import Seat
from driegesprek.web.surveys.enums import AnswerStatus
from driegesprek.web.surveys.models import Response, Round

GIVEN, SKIPPED, IRRELEVANT = AnswerStatus.GIVEN, AnswerStatus.SKIPPED, AnswerStatus.IRRELEVANT


class RoundClosedError(Exception):
    """Answers are not accepted any more, or not yet."""


@dataclass(frozen=True)
class Stored:
    """One answer as it stands in the database."""

    value: Any
    status: str
    revision: int
    saved_at: dt.datetime


@dataclass
class Sheet:
    """A response with its answers by the path of their question, with the ids of repeats.

    `id` is None while nothing was saved yet. Of a repeat (/child) the answer is the list of ids of its instances.
    """

    seat: Seat
    opens_on: dt.date
    closes_on: dt.date
    id: UUID | None = None
    revision: int = 0
    submitted_at: dt.datetime | None = None
    started_at: dt.datetime | None = None
    shared: Mapping[str, Any] = field(default_factory=dict)
    answers: dict[str, Stored] = field(default_factory=dict)

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """What is asked."""
        return versions.load(self.seat.version_id)

    @property
    def seed(self) -> str:
        """What chance hangs on: whose answers these are, so that an order stays the same on every screen."""
        return f"{self.seat.round.id}:{self.seat.voice}:{self.seat.pseudonym}"

    @property
    def begun(self) -> bool:
        """Whether anything was saved."""
        return self.id is not None

    def is_open(self, now: dt.datetime) -> bool:
        """Whether answers are accepted now."""
        return rounds.is_open(self.opens_on, self.closes_on, now, begun=self.begun)

    @property
    def values(self) -> dict[str, Any]:
        """Values to be worked out: irrelevant ones too, for they may apply again; None for what was skipped."""
        return {path: None if one.status == SKIPPED else one.value for path, one in self.answers.items()}

    def since(self, moment: dt.datetime) -> dict[str, Any]:
        """The values that were saved from then on; of repeats the instances in which nothing was answered before."""
        repeats = self.questionnaire.repeats
        found = {}
        for path, value in self.values.items():
            if template_of(path) in repeats:
                found[path] = [one for one in value or () if not self.is_older(f"{path}[{one}]", moment)]
            elif self.answers[path].saved_at >= moment:
                found[path] = value
        return found

    def is_older(self, instance: str, moment: dt.datetime) -> bool:
        """Whether something in an instance of a repeat was answered before then."""
        return any(
            path.startswith(f"{instance}/") and one.saved_at < moment for path, one in self.answers.items()
        )

    def play(
        self,
        context: Mapping[str, Any],
        *,
        now: dt.datetime,
        language: str | None = None,
        values: Mapping[str, Any] | None = None,
        changed: Collection[str] = (),
    ) -> Play:
        """What these answers mean now; `changed` are questions that were just answered otherwise."""
        return play(
            self.questionnaire,
            self.values if values is None else values,
            today=timezone.localdate(now),
            now=timezone.localtime(now),
            context=context,
            language=language,
            seed=self.seed,
            changed=changed,
        )


_COLUMNS = ("id", "revision", "submitted_at", "started_at", "shared", "round__opens_on", "round__closes_on")
_OF_ANSWERS = ("question", "path", "value", "status", "revision", "saved_at")
# A response with its answers is one query: most of the time of a save goes into making queries.
_WITH_ANSWERS = (*_COLUMNS, *(f"answers__{name}" for name in _OF_ANSWERS))


def read(seat: Seat) -> Sheet:
    """What stands there now; an empty sheet where nothing was saved.

    Raises:
        RoundClosedError: the round is gone.
    """
    return _found(seat) or _blank(seat)


_RECENT: Recent[tuple[UUID, str, str], Sheet] = Recent(most=500, seconds=600)


def keep(sheet: Sheet) -> None:
    """Remember what stands there for some minutes: who answered one question is about to answer the next.

    Inside a transaction nothing is kept, for it may be undone. Nobody writes on this sheet any more.
    """
    if not connection.in_atomic_block:
        _RECENT.keep(_place(sheet.seat), sheet)


def to_add_to(seat: Seat) -> Sheet:
    """What stood there the last time in this process, or else what stands there now.

    Another process, or another phone, may have written since: only for what is written on the condition that nobody did.

    Raises:
        RoundClosedError: the round is gone.
    """
    found = _RECENT.get(_place(seat))
    return _copy(found, seat) if found else read(seat)


def forget(seat: Seat) -> None:
    """Remember nothing of it."""
    _RECENT.forget(_place(seat))


def _place(seat: Seat) -> tuple[UUID, str, str]:
    return seat.round.id, str(seat.voice), seat.pseudonym


def _copy(found: Sheet, seat: Seat) -> Sheet:
    """Whoever saves writes on the sheet, also when nothing comes of it."""
    dates = (found.opens_on, found.closes_on)
    of_response = (found.id, found.revision, found.submitted_at, found.started_at, found.shared)
    return Sheet(seat, *dates, *of_response, dict(found.answers))


def lock(seat: Seat, now: dt.datetime) -> Sheet:
    """The sheet, locked until the transaction ends and begun where it was not.

    Raises:
        RoundClosedError: answers are not accepted now.
    """
    sheet = lock_begun(seat) or _blank(seat)
    if not sheet.is_open(now):
        raise RoundClosedError
    if not sheet.begun:
        beginning(seat, uuid4(), now).run(connection)
    return sheet if sheet.begun else lock_begun(seat) or _blank(seat)


def lock_begun(seat: Seat) -> Sheet | None:
    """The sheet, locked, whatever the date; None where nothing was saved.

    The lock comes first: PostgreSQL reads what is joined to a locked row as it was before the wait. SQLite needs none,
    its transactions begin IMMEDIATE.
    """
    if connection.features.has_select_for_update:
        locked = list(_responses(seat).select_for_update().values_list("pk"))
        if not locked:  # what somebody else begins from here on would be read without a lock
            return None
    return _found(seat)


def _responses(seat: Seat):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a queryset
    return Response.objects.filter(round=seat.round.id, voice=seat.voice, pseudonym=seat.pseudonym)


_RESPONSE = Prepared(
    lambda round_id, voice, pseudonym: Response.objects.filter(
        round=round_id, voice=voice, pseudonym=pseudonym
    ).values_list(*_WITH_ANSWERS),
    round_id=UUID,
    voice=str,
    pseudonym=str,
)


_DATES = Prepared(lambda pk: Round.objects.filter(pk=pk).values_list("opens_on", "closes_on"), pk=UUID)
_BEGIN = PreparedInsert(Response, on_conflict=OnConflict.IGNORE)


def _found(seat: Seat) -> Sheet | None:
    rows = _RESPONSE.rows(round_id=seat.round.id, voice=str(seat.voice), pseudonym=seat.pseudonym)
    if not rows:
        return None
    key, revision, submitted_at, started_at, shared, opens_on, closes_on = rows[0][: len(_COLUMNS)]
    stored = [row[len(_COLUMNS) :] for row in rows]
    repeats = versions.load(seat.version_id).repeats if any(row[1] for row in stored) else ()
    answers = {placed(row[0], row[1], repeats): Stored(*row[2:]) for row in stored if row[1] is not None}
    return Sheet(seat, opens_on, closes_on, key, revision, submitted_at, started_at, shared, answers)


def _blank(seat: Seat) -> Sheet:
    dates = _DATES.rows(pk=seat.round.id)
    if not dates:
        raise RoundClosedError
    return Sheet(seat, *dates[0])


def beginning(seat: Seat, key: UUID, now: dt.datetime, *, revision: int = 0) -> Bound:
    """What begins a response under this key; whoever loses the race of two first answers writes nothing."""
    new = {
        "id": key,
        "school_id": seat.round.school_id,
        "round_id": seat.round.id,
        "version_id": seat.version_id,
        "voice": seat.voice,
        "pseudonym": seat.pseudonym,
        "language": seat.language,
        "channel": seat.channel,
        "group": dict(seat.group()),
        "revision": revision,
        "started_at": now,
    }
    return _BEGIN.bound(new)
