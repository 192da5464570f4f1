"""Deeds leave a note in the outbox, in their own transaction; the worker acts on it afterwards."""

import datetime as dt
from collections.abc import Callable
from importlib import import_module
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from driegesprek.web.common.models import OutboxItem

Handler = Callable[[OutboxItem], None]
MAX_ATTEMPTS = 8
_handlers: dict[str, Handler] = {}
_where: set[str] = set()


def handled_in(*modules: str) -> None:
    """Modules that register handlers; they are heavy, and loaded by who empties the outbox only."""
    _where.update(modules)


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register what is done with notes of a kind. Must be safe to run twice."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def put(
    kind: str, *, school_id: UUID | None, due_at: dt.datetime | None = None, **payload: Any
) -> OutboxItem:
    """Leave a note; keys and numbers only, since it is stored as it is."""
    return OutboxItem.objects.create(
        kind=kind, school_id=school_id, payload=payload, due_at=due_at or timezone.now()
    )


def empty(*, most: int = 200) -> int:
    """Do what is due; returns how many notes were done. A failing note waits longer after each attempt."""
    while _where:
        import_module(_where.pop())
    due = OutboxItem.objects.filter(done_at=None, due_at__lte=timezone.now(), attempts__lt=MAX_ATTEMPTS)
    return sum(_attempt(pk) for pk in due.values_list("pk", flat=True)[:most])


def _attempt(pk: UUID) -> int:
    with transaction.atomic():
        item = OutboxItem.objects.select_for_update().filter(pk=pk, done_at=None).first()
        if item is None:
            return 0
        return _act(item)


def _act(item: OutboxItem) -> int:
    item.attempts += 1
    try:
        with transaction.atomic():
            _handlers[item.kind](item)
    except Exception as error:  # noqa: BLE001 - one bad note must not stop the others; it is kept with its problem
        # Only its kind: a refusal of a mail server names the address, which is stored encrypted and nowhere else.
        item.problem = type(error).__qualname__
        item.due_at = timezone.now() + dt.timedelta(minutes=2**item.attempts)
        done = 0
    else:
        item.done_at, item.problem, done = timezone.now(), "", 1
    item.save()
    return done
