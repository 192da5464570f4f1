"""The log of contact: what was tried to reach the adults of a pupil, and what came of it."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from driegesprek.web.access import scope
from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit
from driegesprek.web.outreach.enums import ContactKind, Outcome
from driegesprek.web.outreach.models import Contact
from driegesprek.web.outreach.rules import SPOKEN
from driegesprek.web.people.models import Bond, Pupil


class OtherFamilyError(Exception):
    """The adult is not one of this pupil's."""


def visible(actor: Actor) -> QuerySet[Contact]:
    """Contacts about pupils that a member of staff sees."""
    rows = Contact.objects.filter(school_id=actor.school_id, pupil__in=scope.pupils(actor))
    return rows if actor.kind == "staff" else rows.none()


def of_pupil(actor: Actor, pupil: Pupil) -> QuerySet[Contact]:
    """All contact about a pupil, latest first, with the adult and who did it."""
    return visible(actor).filter(pupil=pupil).select_related("bond__adult", "by")


def add(
    pupil: Pupil,
    *,
    bond: Bond | None,
    kind: str,
    outcome: str,
    at: dt.datetime,
    actor: Actor,
    note: str = "",
    activity_id: UUID | None = None,
) -> Contact:
    """Write down one moment of contact.

    Raises:
        OtherFamilyError: if the bond is not of this pupil.
    """
    if bond is not None and bond.pupil_id != pupil.pk:
        raise OtherFamilyError
    with transaction.atomic():
        contact = Contact.objects.create(
            school_id=pupil.school_id,
            pupil=pupil,
            bond=bond,
            kind=kind,
            outcome=outcome,
            at=at,
            by=actor.staff,
            note=note,
            activity_id=activity_id,
        )
        audit.record(actor, "contact added", contact, contact_kind=str(kind), outcome=str(outcome))
    return contact


def add_sent(
    bonds: Iterable[Bond], *, kind: ContactKind, at: dt.datetime, activity_id: UUID, actor: Actor
) -> int:
    """Write down that something went out to these adults; the deed that sends it is audited as a whole."""
    rows = [
        Contact(
            school_id=bond.school_id,
            pupil_id=bond.pupil_id,
            bond=bond,
            kind=kind,
            outcome=Outcome.SENT,
            at=at,
            by=actor.staff,
            activity_id=activity_id,
        )
        for bond in bonds
    ]
    return len(Contact.objects.bulk_create(rows))


def spoken_since(outer: str = "at") -> QuerySet[Contact]:
    """Contacts in which an adult of the same pupil was spoken after the outer contact."""
    return Contact.objects.filter(
        pupil=OuterRef("pupil"), outcome=Outcome.REACHED, kind__in=SPOKEN, at__gte=OuterRef(outer)
    )


def call_backs(actor: Actor) -> QuerySet[Contact]:
    """Requests of families to be called that still stand, longest waiting first."""
    return (
        visible(actor)
        .filter(~Exists(spoken_since()), outcome=Outcome.CALL_BACK)
        .select_related("pupil", "bond__adult", "bond__pupil")
        .order_by("at")
    )
