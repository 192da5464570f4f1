"""The one way into the audit log."""

from typing import Any, Protocol
from uuid import UUID

from driegesprek.web.common.models import AuditEntry, Row


class Acting(Protocol):
    """Who acts, as the log keeps it."""

    @property
    def kind(self) -> str:
        """staff, adult, pupil or system."""

    @property
    def actor_id(self) -> UUID | None:
        """The staff record or door."""

    @property
    def school_id(self) -> UUID | None:
        """The school it is about."""


class System:
    """What the program does by itself."""

    kind = "system"
    actor_id = None

    def __init__(self, school_id: UUID | None = None) -> None:
        self.school_id = school_id


def record(actor: Acting, verb: str, about: Row | None = None, **detail: Any) -> AuditEntry:
    """Write down that `actor` did `verb` about a row. `detail` holds keys and numbers, never names or answers."""
    return AuditEntry.objects.create(
        school_id=actor.school_id,
        actor_kind=actor.kind,
        actor_id=actor.actor_id,
        verb=verb,
        object_kind=about._meta.model_name if about else "",  # noqa: SLF001 - Django's documented way to a model's name
        object_id=about.pk if about else None,
        detail=detail,
    )
