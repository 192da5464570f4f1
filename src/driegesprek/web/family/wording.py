"""A school's own words, which go before ours; kept in memory for a minute."""

from uuid import UUID

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from driegesprek.content import Override, Overrides
from driegesprek.web.common.models import SchoolTranslation

SECONDS = 60


def overrides(school_id: UUID | None) -> Overrides:
    """The school's own texts by (key, language); none for nobody's school."""
    if school_id is None:
        return {}
    key = _key(school_id)
    found: Overrides | None = cache.get(key)
    if found is None:
        rows = SchoolTranslation.objects.filter(school_id=school_id)
        found = {(row.key, row.language): _override(row) for row in rows}
        cache.set(key, found, SECONDS)
    return found


def _override(row: SchoolTranslation) -> Override:
    return Override(
        text=row.text,
        status="reviewed" if row.reviewed_by else "draft",
        translated_by=str(row.translated_by or ""),
        reviewed_by=str(row.reviewed_by or ""),
        dutch_hash=row.dutch_hash,
    )


def _key(school_id: UUID) -> str:
    return f"wording-{school_id}"


@receiver([post_save, post_delete], sender=SchoolTranslation)
def forget(instance: SchoolTranslation, **_signal: object) -> None:
    """What the school just wrote is shown at once, by this process; by others within a minute."""
    cache.delete(_key(instance.school_id))
