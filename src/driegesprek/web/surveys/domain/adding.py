"""The statements that add answers to a response on which they were weighed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db.models.constants import OnConflict

from driegesprek.instruments import ids_of, template_of
from driegesprek.web.common.prepared import Bound, PreparedInsert, PreparedUpdate
from driegesprek.web.surveys.domain import rounds, sheets
from driegesprek.web.surveys.domain.sheets import Sheet, Stored
from driegesprek.web.surveys.models import Answer, Response, Round

_ANSWERS = PreparedInsert(
    Answer,
    on_conflict=OnConflict.UPDATE,
    unique=("response", "question", "path"),
    update=("value", "status", "revision", "saved_at"),
)
_REVISION = PreparedUpdate(
    lambda pk, revision, round_id, today, closed_since: Response.objects.filter(
        pk=pk,
        revision=revision,
        submitted_at=None,
        round__in=Round.objects.filter(pk=round_id, opens_on__lte=today, closes_on__gte=closed_since),
    ),
    "revision",
    pk=UUID,
    revision=int,
    round_id=UUID,
    today=dt.date,
    closed_since=dt.date,
)


def answers(sheet: Sheet, new: Mapping[str, Stored], here: dt.datetime) -> tuple[Bound, list[Bound]]:
    """What raises the revision, and what writes the answers.

    The first writes nothing where the sheet is not as it was weighed, was handed in, or its round is closed.

    Args:
        sheet: on which they were weighed; it gets the next revision.
        new: {path with the ids of instances: the answer}
        here: the moment, where the person is.
    """
    earlier, sheet.revision = sheet.revision, sheet.revision + 1
    if sheet.id is None:
        sheet.id, sheet.started_at = uuid4(), here
        first = sheets.beginning(sheet.seat, sheet.id, here, revision=sheet.revision)
    else:
        first = _next_revision(sheet, earlier, here.date())
    return first, [_ANSWERS.bound(columns(sheet, path, one)) for path, one in new.items()]


def _next_revision(sheet: Sheet, earlier: int, today: dt.date) -> Bound:
    return _REVISION.bound(
        sheet.revision,
        pk=sheet.id,
        revision=earlier,
        round_id=sheet.seat.round.id,
        today=today,
        closed_since=today - rounds.GRACE,
    )


def columns(sheet: Sheet, path: str, one: Stored) -> dict[str, Any]:
    """The columns of an answer, or of one that was overwritten."""
    return {
        "school_id": sheet.seat.round.school_id,
        "response_id": sheet.id,
        "question": template_of(path),
        "path": ids_of(path),
        "value": one.value,
        "status": one.status,
        "revision": one.revision,
        "saved_at": one.saved_at,
    }
