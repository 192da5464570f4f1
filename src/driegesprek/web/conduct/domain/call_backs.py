"""'Please call me': a family asks, the log of contact keeps it until somebody called."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Exists

from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit
from driegesprek.web.outreach.domain import contacts
from driegesprek.web.outreach.enums import ContactKind, Outcome
from driegesprek.web.outreach.models import Contact

WHEN = ("morning", "afternoon", "evening")


def pending(actor: Actor) -> Contact | None:
    """The request of this person that still stands: nobody at home was spoken since, as on the desk's list."""
    asked = _mine(actor).filter(~Exists(contacts.spoken_since()), outcome=Outcome.CALL_BACK)
    return asked.order_by("-at").first()


def ask(actor: Actor, *, now: dt.datetime, when: str = "", activity_id: UUID | None = None) -> Contact:
    """Ask to be called; asking again changes when."""
    door = actor.door
    if door is None:
        raise ValueError("Only who came in by a door asks to be called.")
    with transaction.atomic():
        contact = pending(actor)
        if contact is None:
            contact = Contact(
                school_id=door.school_id,
                pupil_id=door.pupil_id or door.bond.pupil_id,
                bond_id=door.bond_id,
                activity_id=activity_id,
                kind=ContactKind.PHONE,
                outcome=Outcome.CALL_BACK,
                at=now,
            )
            audit.record(actor, "call asked for", contact)
        contact.call_from = when or contact.call_from
        contact.save()
    return contact


def withdraw(actor: Actor) -> None:
    """No call is needed any more: the request goes, unless somebody acted on it."""
    with transaction.atomic():
        contact = pending(actor)
        if contact:
            audit.record(actor, "call withdrawn", contact)
            contact.delete()


def _mine(actor: Actor):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a queryset
    door = actor.door
    if door is None:
        return Contact.objects.none()
    if door.bond_id:
        return Contact.objects.filter(school_id=door.school_id, bond=door.bond_id)
    return Contact.objects.filter(school_id=door.school_id, pupil=door.pupil_id, bond=None)
