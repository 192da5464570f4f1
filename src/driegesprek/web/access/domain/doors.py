"""Make, find, renew and close doors."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from driegesprek.web.access import secrets
from driegesprek.web.access.actor import Actor
from driegesprek.web.access.enums import DoorKind, Grant
from driegesprek.web.access.models import Door
from driegesprek.web.common import audit
from driegesprek.web.common.prepared import Prepared
from driegesprek.web.people.models import Bond, Pupil, Staff


def ensure_adult_doors(
    bonds: Iterable[Bond], *, expires_at: dt.datetime, code_expires_at: dt.datetime
) -> dict[Bond, Door]:
    """The doors of adults who may be contacted; missing ones are made, and codes stay open at least until then."""
    allowed = [bond for bond in bonds if bond.contact_allowed]
    return _ensure(allowed, DoorKind.ADULT, "bond", expires_at, code_expires_at)


def ensure_pupil_doors(
    pupils: Iterable[Pupil], *, expires_at: dt.datetime, code_expires_at: dt.datetime
) -> dict[Pupil, Door]:
    """The doors of pupils, made where they are missing."""
    return _ensure(list(pupils), DoorKind.PUPIL, "pupil", expires_at, code_expires_at)


def ensure_staff_doors(
    staff: Iterable[Staff], *, expires_at: dt.datetime, code_expires_at: dt.datetime
) -> dict[Staff, Door]:
    """The doors behind which staff answer questions; their links and codes are given to nobody: they log in."""
    return _ensure(list(staff), DoorKind.STAFF, "staff", expires_at, code_expires_at)


def make_anonymous(school_id: UUID, number: int, *, until: dt.datetime) -> list[Door]:
    """Doors of nobody we know, stored in no order."""
    made = [_new(DoorKind.ANONYMOUS, school_id, until, until) for _one in range(number)]
    return Door.objects.bulk_create(made)


def _ensure(owners, kind, field, expires_at, code_expires_at):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - one body for two owners
    with transaction.atomic():
        found = {
            getattr(door, f"{field}_id"): door
            for door in Door.objects.select_for_update().filter(**{f"{field}__in": owners})
        }
        new = [
            _new(kind, owner.school_id, expires_at, code_expires_at, **{field: owner})
            for owner in owners
            if owner.pk not in found
        ]
        Door.objects.bulk_create(new)
        stale = [
            door
            for door in found.values()
            if door.code_expires_at < code_expires_at or door.expires_at < expires_at
        ]
        for door in stale:
            door.code_expires_at = max(door.code_expires_at, code_expires_at)
            door.expires_at = max(door.expires_at, expires_at)
        # Two statements rather than bulk_update, which writes a case for every row.
        rows = Door.objects.filter(pk__in=[door.pk for door in stale])
        rows.filter(code_expires_at__lt=code_expires_at).update(code_expires_at=code_expires_at)
        rows.filter(expires_at__lt=expires_at).update(expires_at=expires_at)
    by_owner = found | {getattr(door, f"{field}_id"): door for door in new}
    return {owner: by_owner[owner.pk] for owner in owners}


def _new(kind: DoorKind, school_id, expires_at, code_expires_at, **owner) -> Door:  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN003 - as above
    door = Door(
        id=uuid4(),
        kind=kind,
        school_id=school_id,
        expires_at=expires_at,
        code_expires_at=code_expires_at,
        **owner,
    )
    _index(door)
    return door


def _index(door: Door) -> None:
    door.link_index = secrets.index("link", secrets.link_secret(door.pk, door.generation))
    door.code_index = secrets.index("code", secrets.code(door.pk, door.generation))


def renew(door: Door, *, actor: Actor) -> Door:
    """Another generation: the lost letter's link and code open nothing any more."""
    with transaction.atomic():
        door = Door.objects.select_for_update().get(pk=door.pk)
        door.generation += 1
        door.closed_at = None
        _index(door)
        door.save()
        audit.record(actor, "door renewed", door)
    return door


def close(door: Door, *, actor: Actor) -> None:
    """Shut a door, for instance when contact is no longer allowed."""
    with transaction.atomic():
        Door.objects.filter(pk=door.pk, closed_at=None).update(closed_at=timezone.now())
        audit.record(actor, "door closed", door)


def by_link(secret: str) -> Door | None:
    """The open door of a link; None alike for unknown, expired and closed."""
    return _open().filter(link_index=secrets.index("link", secret), expires_at__gt=timezone.now()).first()


def by_code(typed: str) -> Door | None:
    """The open door of a typed code; None alike for unknown, expired and closed."""
    normal = secrets.normal_code(typed)
    # The look-up is made for an impossible code too, so that it takes as long.
    return (
        _open().filter(code_index=secrets.index("code", normal), code_expires_at__gt=timezone.now()).first()
    )


def _open():  # type: ignore[no-untyped-def]  # noqa: ANN202 - a queryset of doors
    return Door.objects.select_related("bond__pupil", "bond__adult", "pupil", "school").filter(
        Q(bond=None) | Q(bond__contact_allowed=True), closed_at=None
    )


# Behind the door nobody's telephone number is shown: it is not even decrypted, unless somebody asks for it.
_CONTACT = ("bond__adult__phone", "bond__adult__other_phone", "bond__adult__email")
_OF_WHO_ANSWERS = (
    *("kind", "school", "bond", "pupil", "staff", "generation", "code_expires_at"),
    *("bond__school", "bond__pupil", "bond__adult", "bond__language", "bond__contact_allowed"),
    *("bond__adult__language", "bond__pupil__school", "bond__pupil__given_name"),
    *("pupil__school", "pupil__given_name"),
)
"""What is looked at of a door and its people when something is sent in; the rest is read when somebody asks for it."""
_KINDS: dict[str, type] = {"pk": UUID, "generation": int, "now": dt.datetime}


def _valid(pk: UUID, generation: int, now: dt.datetime):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a queryset of doors
    return _open().filter(pk=pk, generation=generation, expires_at__gt=now)


_OPENED = Prepared(lambda **values: _valid(**values).defer(*_CONTACT), **_KINDS)
_OPENED_TO_SEND = Prepared(
    lambda **values: (
        _valid(**values)
        .select_related(None)
        .select_related("bond__pupil", "bond__adult", "pupil")
        .only(*_OF_WHO_ANSWERS)
    ),
    remember=1000,
    **_KINDS,
)


def opened(door_id: UUID, generation: int, grant: Grant, *, to_send: bool = False) -> Door | None:
    """The door that a pass of this browser names, if it is still open in that generation.

    Args:
        door_id: which.
        generation: of the pass.
        grant: by what it was opened.
        to_send: something is sent in: of school and people only little is read at once.
    """
    now = timezone.now()
    doors = _OPENED_TO_SEND if to_send else _OPENED
    found: Door | None = next(iter(doors.rows(pk=door_id, generation=generation, now=now)), None)
    if found and grant == Grant.CODE and found.code_expires_at <= now:
        return None
    return found


def link_path(door: Door) -> str:
    """The path of the door's link, secret included: for paper and messages only."""
    return f"/d/{secrets.link_secret(door.pk, door.generation)}/"


def printed_code(door: Door) -> str:
    """The door's code as it is printed: two groups of five."""
    return secrets.in_groups(secrets.code(door.pk, door.generation))
