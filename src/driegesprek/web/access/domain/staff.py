"""Logins of staff: by invitation only."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils import timezone

from driegesprek.web.access.actor import Actor
from driegesprek.web.access.models import Analyst, Membership, StaffInvitation, User
from driegesprek.web.common import audit
from driegesprek.web.people.models import Staff

SALT = "driegesprek.invitation"
VALID = dt.timedelta(days=14)


class AddressTakenError(Exception):
    """The address logs in as somebody else of this school, or of a municipality."""


class InvitationUsedError(Exception):
    """The invitation was used already."""


def give_login(staff: Staff, *, password: str) -> User:
    """A user for this staff record; a user with that address who works at another school keeps the own password.

    Raises:
        AddressTakenError: if the address belongs to another staff record of the same school, or to an analyst.
    """
    with transaction.atomic():
        user = _user_of(staff)
        if user is None:
            user = User.objects.create_user(staff.email, password)
        elif _is_of_another(user, staff):
            raise AddressTakenError(staff.email)
        Membership.objects.get_or_create(staff=staff, defaults={"user": user, "school": staff.school})
    return user


def _is_of_another(user: User, staff: Staff) -> bool:
    """Whether a login is of a colleague, or of somebody of a municipality: a school never gets hold of that one."""
    colleague = Membership.objects.filter(user=user, school=staff.school).exclude(staff=staff)
    return colleague.exists() or Analyst.objects.filter(user=user).exists()


def invite(staff: Staff, *, actor: Actor | audit.System) -> str:
    """A new invitation, which ends earlier ones; returns the secret for the path, which is not stored.

    One of whoever runs the installation sets the password of any login; one of a school never that of somebody who
    works at another school too.
    """
    with transaction.atomic():
        StaffInvitation.objects.filter(staff=staff, used_at=None).update(used_at=timezone.now())
        invitation = StaffInvitation.objects.create(
            school=staff.school, staff=staff, expires_at=timezone.now() + VALID
        )
        audit.record(actor, "staff invited", staff)
    return secret_of(invitation, from_school=actor.kind != audit.System.kind)


def secret_of(invitation: StaffInvitation, *, from_school: bool = True) -> str:
    """The signed key of an invitation: its path."""
    return signing.dumps([str(invitation.pk), invitation.generation, from_school], salt=SALT)


@dataclass(frozen=True)
class Opened:
    """An invitation whose address was opened."""

    invitation: StaffInvitation
    from_school: bool

    @property
    def staff(self) -> Staff:
        """Who is invited."""
        return self.invitation.staff

    @property
    def login_elsewhere(self) -> User | None:
        """The login at another school that goes with this: its own password, not this invitation, opens it."""
        if not self.from_school:
            return None
        user = _user_of(self.staff)
        if user and user.memberships.exclude(school=self.invitation.school_id).exists():
            return user
        return None


def _user_of(staff: Staff) -> User | None:
    """The user of this staff record; before there is one, the user with its address."""
    known = Membership.objects.select_related("user").filter(staff=staff).first()
    return known.user if known else User.objects.filter(email__iexact=staff.email).first()


def find_invitation(secret: str) -> Opened | None:
    """The invitation that is still open; None alike for forged, used and expired."""
    try:
        key, generation, from_school = signing.loads(secret, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    found = (
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
    return Opened(found, from_school) if found else None


def accept(opened: Opened, *, password: str, proven: User | None = None) -> User:
    """Set the password that was chosen; the invitation is used up.

    Args:
        opened: the invitation.
        password: the new one.
        proven: who just gave the own password of a login at another school; that one stays as it is.

    Raises:
        InvitationUsedError: somebody was first, with the same address.
        AddressTakenError: the address belongs to another staff record of the same school.
        PermissionError: there is a login at another school, and its password was not given.
    """
    with transaction.atomic():
        rows = StaffInvitation.objects.select_for_update().filter(pk=opened.invitation.pk, used_at=None)
        invitation = rows.first()
        if invitation is None:
            raise InvitationUsedError
        elsewhere = opened.login_elsewhere
        if elsewhere is not None and elsewhere != proven:
            raise PermissionError
        user = give_login(invitation.staff, password=password)
        if elsewhere is None:
            user.set_password(password)
            user.save()
        invitation.used_at = timezone.now()
        invitation.save()
        audit.record(audit.System(invitation.school_id), "invitation accepted", invitation.staff)
    return user
