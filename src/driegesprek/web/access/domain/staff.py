"""Logins of staff: by invitation only."""

import datetime as dt
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils import timezone

from driegesprek.web.access.actor import Actor
from driegesprek.web.access.models import Membership, StaffInvitation, User
from driegesprek.web.common import audit
from driegesprek.web.people.models import Staff

SALT = "driegesprek.invitation"
VALID = dt.timedelta(days=14)


class AddressTakenError(Exception):
    """The address logs in as somebody else of this school."""


def give_login(staff: Staff, *, password: str) -> User:
    """A user for this staff record; a user with that address who works at another school keeps the own password.

    Raises:
        AddressTakenError: if the address belongs to another staff record of the same school.
    """
    with transaction.atomic():
        user = User.objects.filter(email__iexact=staff.email).first()
        if user is None:
            user = User.objects.create_user(staff.email, password)
        elif Membership.objects.filter(user=user, school=staff.school).exclude(staff=staff).exists():
            raise AddressTakenError(staff.email)
        Membership.objects.get_or_create(staff=staff, defaults={"user": user, "school": staff.school})
    return user


def invite(staff: Staff, *, actor: Actor | audit.System) -> str:
    """A new invitation, which ends earlier ones; returns the secret for the path, which is not stored."""
    with transaction.atomic():
        StaffInvitation.objects.filter(staff=staff, used_at=None).update(used_at=timezone.now())
        invitation = StaffInvitation.objects.create(
            school=staff.school, staff=staff, expires_at=timezone.now() + VALID
        )
        audit.record(actor, "staff invited", staff)
    return secret_of(invitation)


def secret_of(invitation: StaffInvitation) -> str:
    """The signed key of an invitation: its path."""
    return signing.dumps([str(invitation.pk), invitation.generation], salt=SALT)


def find_invitation(secret: str) -> StaffInvitation | None:
    """The invitation that is still open; None alike for forged, used and expired."""
    try:
        key, generation = signing.loads(secret, salt=SALT)
    except signing.BadSignature:
        return None
    return (
        StaffInvitation.objects.select_related("staff__school")
        .filter(
            pk=UUID(key),
            generation=generation,
            used_at=None,
            expires_at__gt=timezone.now(),
            staff__active=True,
        )
        .first()
    )


def accept(invitation: StaffInvitation, *, password: str) -> User:
    """Set the password that was chosen; the invitation is used up."""
    with transaction.atomic():
        invitation = StaffInvitation.objects.select_for_update().get(pk=invitation.pk, used_at=None)
        user = give_login(invitation.staff, password=password)
        user.set_password(password)
        user.save()
        invitation.used_at = timezone.now()
        invitation.save()
        audit.record(audit.System(invitation.school_id), "invitation accepted", invitation.staff)
    return user
