"""Agreements stand in everyone's list until they are done."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit
from driegesprek.web.talks.domain import visible
from driegesprek.web.talks.enums import Who
from driegesprek.web.talks.models import Agreement
from driegesprek.web.talks.rules import marked_by, may_mark

BY_DAY = (F("by").asc(nulls_last=True), "made_at")


class NotYoursError(Exception):
    """Who asks does not see this agreement, or somebody else is to say that it is done: a 404."""


def of(actor: Actor) -> QuerySet[Agreement]:
    """All agreements in this person's list, open ones first and by day, with talk and pupil."""
    rows = visible.agreements(actor).select_related("talk__pupil", "talk__slot")
    return rows.order_by(F("done_at").asc(nulls_first=True), *BY_DAY)


def open_of_school(actor: Actor) -> QuerySet[Agreement]:
    """What school agreed to do itself and did not do yet, with pupil and class: for the mentor's own list."""
    rows = visible.agreements(actor).filter(who=Who.SCHOOL, done_at=None)
    return rows.select_related("talk__pupil").order_by(*BY_DAY)


def mark(agreement_id: UUID, *, done: bool, now: dt.datetime, actor: Actor) -> Agreement:
    """Say that an agreement is done, or after all is not; saying so again changes nothing.

    Raises:
        NotYoursError: it is not for this person to say.
    """
    with transaction.atomic():
        rows = visible.agreements(actor).values("pk")
        row = Agreement.objects.select_for_update().filter(pk=agreement_id, pk__in=rows).first()
        if row is None or not may_mark(actor.kind, row.who):
            raise NotYoursError
        if (row.done_at is not None) != done:
            row.done_at = now if done else None
            row.done_by = marked_by(actor.kind) if done else ""
            row.save(update_fields=["done_at", "done_by"])
            audit.record(actor, "agreement done" if done else "agreement undone", row)
    return row


def markable(rows: Iterable[Agreement], actor: Actor) -> list[tuple[Agreement, bool]]:
    """Each agreement, with whether this person may say that it is done."""
    return [(row, may_mark(actor.kind, row.who)) for row in rows]
