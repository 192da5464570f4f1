"""Who may be contacted, and the doors that follow from it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from driegesprek.web.access.actor import Actor
from driegesprek.web.access.domain import doors
from driegesprek.web.access.models import Door
from driegesprek.web.people.domain import edits
from driegesprek.web.people.models import Bond


def change(bond: Bond, values: Mapping[str, Any], *, actor: Actor) -> edits.Tied:
    """Change an adult and the tie; without permission for contact the door shuts, with it again the code is new."""
    with transaction.atomic():
        done = edits.change_tie(bond, values, actor=actor)
        if "contact_allowed" in done.changed:
            (_open_again if done.bond.contact_allowed else _shut)(bond, actor)
    return done


def end(bond: Bond, *, actor: Actor, today: dt.date) -> None:
    """End a tie; its door shuts."""
    with transaction.atomic():
        edits.end_tie(bond, actor=actor, today=today)
        _shut(bond, actor)


def resume(bond: Bond, *, actor: Actor) -> None:
    """Take the end back; the door gets a new code, for the old letter may lie anywhere."""
    with transaction.atomic():
        edits.resume_tie(bond, actor=actor)
        _open_again(bond, actor)


def _shut(bond: Bond, actor: Actor) -> None:
    for door in Door.objects.filter(bond=bond, closed_at=None):
        doors.close(door, actor=actor)


def _open_again(bond: Bond, actor: Actor) -> None:
    for door in Door.objects.filter(bond=bond).exclude(closed_at=None):
        doors.renew(door, actor=actor)
