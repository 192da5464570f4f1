"""Rows that know no school's people: audit, outbox, reviews of translations."""

import uuid
from typing import Any

from django.db import models
from django.utils import timezone


class Row(models.Model):
    """A row with a random key, so that a key says nothing about order or number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class AppendOnlyError(Exception):
    """The audit log is only added to."""


class AppendOnly(models.QuerySet["AuditEntry"]):
    """Refuses what would change or remove entries."""

    def update(self, **_values: Any) -> int:
        """Refused."""
        raise AppendOnlyError("The audit log is not changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise AppendOnlyError("The audit log is not deleted.")


class AuditEntry(Row):
    """Who did what, or read which special data, when. Keys only: never a name, an answer or a secret."""

    retention = "7 years"

    at = models.DateTimeField(default=timezone.now, db_index=True)
    school_id = models.UUIDField(null=True, db_index=True)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["school_id", "object_kind", "object_id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry.

        Raises:
            AppendOnlyError: if it was stored before.
        """
        if not self._state.adding:
            raise AppendOnlyError("The audit log is not changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise AppendOnlyError("The audit log is not deleted.")


class OutboxItem(Row):
    """What is to happen after a deed, written in the deed's own transaction; a task empties the box."""

    retention = "90 days after it was done"

    school_id = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["due_at"]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="outbox_open")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class SchoolTranslation(Row):
    """A school's own wording of a text in one language, and who reviewed it: never its translator."""

    retention = "as long as the school"

    school_id = models.UUIDField(db_index=True)
    key = models.CharField(max_length=160)
    language = models.CharField(max_length=8)
    text = models.TextField()
    dutch_hash = models.CharField(max_length=64)
    translated_by = models.UUIDField(null=True)
    translated_at = models.DateTimeField(default=timezone.now)
    reviewed_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school_id", "key", "language"], name="one_wording_per_school"),
            models.CheckConstraint(
                condition=models.Q(reviewed_by=None) | ~models.Q(reviewed_by=models.F("translated_by")),
                name="nobody_reviews_own_wording",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"
