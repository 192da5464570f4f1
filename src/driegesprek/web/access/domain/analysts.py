"""Accounts of a municipality or region: made by whoever runs the installation, opened by an invitation."""

import datetime as dt
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from driegesprek.web.access.models import Analyst, Office, User
from driegesprek.web.common import audit
from driegesprek.web.common.fields import blind_index

SALT = "driegesprek.invitation.analyst"
VALID = dt.timedelta(days=14)


class AddressTakenError(Exception):
    """The address logs in as a member of staff, or is of somebody of another office."""


class InvitationUsedError(Exception):
    """The invitation was used already, or a newer one was made."""


def add(*, name: str, email: str, office: str, area: str) -> Analyst:
    """Somebody of an office; the office is made where there is none of that name. Whoever was ended comes back.

    Raises:
        AddressTakenError: one address is one login, of a school or of an office.
    """
    with transaction.atomic():
        place, made = Office.objects.get_or_create(name=office, defaults={"area": area})
        if not made and area and place.area != area:
            place.area = area
            place.save(update_fields=["area"])
        known = Analyst.objects.filter(email_index=blind_index(email)).first()
        if (known and known.office_id != place.pk) or _logs_in_as_staff(email):
            raise AddressTakenError(email)
        analyst = known or Analyst(office=place, email=email)
        analyst.name, analyst.active = name, True
        analyst.save()
        audit.record(audit.System(place.pk), "analyst added", analyst)
    return analyst


def _logs_in_as_staff(email: str) -> bool:
    return User.objects.filter(email__iexact=email, analyst=None).exists()


def find(email: str) -> Analyst | None:
    """Who has an account with this address and may use it."""
    return (
        Analyst.objects.select_related("office").filter(email_index=blind_index(email), active=True).first()
    )


def end(analyst: Analyst) -> None:
    """Log in no longer; what the office made stays with the office."""
    with transaction.atomic():
        Analyst.objects.filter(pk=analyst.pk).update(active=False, invited_until=None)
        if analyst.user:
            analyst.user.set_unusable_password()
            analyst.user.save()
        audit.record(audit.System(analyst.office_id), "analyst ended", analyst)


def invite(analyst: Analyst) -> str:
    """A new invitation, which ends earlier ones; returns the secret for the path, which is not stored."""
    with transaction.atomic():
        Analyst.objects.filter(pk=analyst.pk).update(
            generation=F("generation") + 1, invited_until=timezone.now() + VALID
        )
        analyst.refresh_from_db()
        audit.record(audit.System(analyst.office_id), "analyst invited", analyst)
    return signing.dumps([str(analyst.pk), analyst.generation], salt=SALT)


def find_invitation(secret: str) -> Analyst | None:
    """Whose invitation is still open; None alike for forged, used and expired."""
    try:
        key, generation = signing.loads(secret, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return (
        Analyst.objects.select_related("office")
        .filter(pk=UUID(key), generation=generation, invited_until__gt=timezone.now(), active=True)
        .first()
    )


def accept(analyst: Analyst, *, password: str) -> User:
    """Set the password that was chosen; the invitation is used up.

    Raises:
        InvitationUsedError: somebody was first, with the same address.
        AddressTakenError: a member of staff began to log in with this address since.
    """
    with transaction.atomic():
        row = (
            Analyst.objects.select_for_update()
            .filter(pk=analyst.pk, generation=analyst.generation, invited_until__isnull=False, active=True)
            .first()
        )
        if row is None:
            raise InvitationUsedError
        row.user = row.user or _new_user(row)
        row.user.set_password(password)
        row.user.save()
        row.invited_until = None
        row.save()
        audit.record(audit.System(row.office_id), "invitation accepted", row)
    return row.user


def _new_user(row: Analyst) -> User:
    if User.objects.filter(email__iexact=row.email).exists():
        raise AddressTakenError(row.email)
    return User.objects.create_user(row.email)
