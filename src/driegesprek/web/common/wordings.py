"""A school's own wording of the content's texts: proposed by one person, reviewed by another, and only then trusted."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.core.cache import caches
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from driegesprek.content import DUTCH, Override, Overrides, dutch_hash
from driegesprek.content.placeholders import placeholders, references
from driegesprek.content.texts import Source, Translation, status_of, translations
from driegesprek.content.translating import all_sources, translation_problems
from driegesprek.web.common import audit
from driegesprek.web.common.models import SchoolTranslation

SECONDS = 60
LONGEST = 2000


class WordingRefusedError(Exception):
    """A wording that cannot be used.

    Attributes:
        missing: what is filled in in the Dutch, and not in this wording.
        unknown: what would be filled in here, and is not in the Dutch.
        empty: whether there are no words at all.
    """

    def __init__(self, missing: frozenset[str], unknown: frozenset[str], *, empty: bool) -> None:
        super().__init__("This wording cannot be used.")
        self.missing, self.unknown, self.empty = missing, unknown, empty


class OwnWordingError(Exception):
    """Nobody reviews the own wording."""


class OtherWordingError(Exception):
    """The wording changed since the reviewer read it."""


@dataclass(frozen=True)
class Wording:
    """How one text stands in one language at one school.

    Attributes:
        state: original (our Dutch), reviewed, draft, missing, own (the school's, reviewed), waiting (for a review).
        shown: the words families get now: ours, unless the school's own are reviewed.
    """

    source: Source
    language: str
    state: str
    ours: str
    own: SchoolTranslation | None = None

    @property
    def shown(self) -> str:
        """The words that count now."""
        return self.own.text if self.own and self.state == "own" else self.ours


@cache
def texts() -> dict[str, Source]:
    """Every Dutch text of the content, also those of its forms."""
    return all_sources()


def overrides(school_id: UUID | None) -> Overrides:
    """The school's own, reviewed texts by (key, language), to give to `content`; none for nobody's school.

    A wording that waits for its review is shown to no family. Kept in memory for a minute.
    """
    if school_id is None:
        return {}
    found: Overrides | None = caches["memory"].get(_memory_key(school_id))
    if found is None:
        found = {key: _override(row) for key, row in own(school_id).items() if row.reviewed_by}
        caches["memory"].set(_memory_key(school_id), found, SECONDS)
    return found


def own(school_id: UUID | None) -> dict[tuple[str, str], SchoolTranslation]:
    """What a school wrote itself, by (key, language)."""
    rows = SchoolTranslation.objects.filter(school_id=school_id)
    return {(row.key, row.language): row for row in rows}


def _override(row: SchoolTranslation) -> Override:
    return Override(
        text=row.text,
        status="reviewed",
        translated_by=str(row.translated_by or ""),
        reviewed_by=str(row.reviewed_by or ""),
        reviewed_on=row.reviewed_at.date().isoformat() if row.reviewed_at else "",
        dutch_hash=row.dutch_hash,
    )


def _our_state(key: str, language: str) -> str:
    if language == DUTCH:
        return "original"
    ours = _ours(key, language)
    return status_of(ours, texts()[key].dutch) if ours and ours.text else "missing"


def _ours(key: str, language: str) -> Translation | None:
    return translations(language).get(key)


def wordings(school_id: UUID | None, language: str) -> Iterator[Wording]:
    """How every text stands in a language at this school; one query."""
    rows = own(school_id)
    for source in texts().values():
        yield _wording(source, language, rows.get((source.key, language)))


def wording(school_id: UUID | None, key: str, language: str) -> Wording:
    """How one text stands.

    Raises:
        KeyError: if there is no such text.
    """
    row = SchoolTranslation.objects.filter(school_id=school_id, key=key, language=language).first()
    return _wording(texts()[key], language, row)


def _wording(source: Source, language: str, row: SchoolTranslation | None) -> Wording:
    state = _our_state(source.key, language)
    if row:
        state = "own" if row.reviewed_by else "waiting"
    translated = _ours(source.key, language)
    ours = source.dutch if language == DUTCH else (translated.text if translated else "")
    return Wording(source, language, state, ours, row)


def dutch_of(school_id: UUID | None, key: str) -> str:
    """The Dutch that counts at this school: its own where that is reviewed."""
    found = wording(school_id, key, DUTCH)
    return found.shown


def propose(actor: audit.Acting, key: str, language: str, text: str) -> SchoolTranslation:
    """Write down the school's own wording; until another has reviewed it, it waits.

    Raises:
        KeyError: if there is no such text.
        WordingRefusedError: if something that is filled in is missing, or is not known.
    """
    source, text = texts()[key], text.strip()
    _check(source.dutch, text)
    with transaction.atomic():
        row = _locked(actor.school_id, key, language)
        if row and row.text == text:
            return row
        row = row or SchoolTranslation(school_id=actor.school_id, key=key, language=language)
        row.text, row.translated_by, row.translated_at = text, actor.actor_id, timezone.now()
        base = source.dutch if language == DUTCH else dutch_of(actor.school_id, key)
        row.dutch_hash, row.reviewed_by, row.reviewed_at = dutch_hash(base), None, None
        row.save()
        audit.record(actor, "wording proposed", row, key=key, language=language)
    return row


def _check(dutch: str, text: str) -> None:
    if not translation_problems(dutch, text):
        return
    wanted, given = _filled_in(dutch), _filled_in(text)
    raise WordingRefusedError(wanted - given, given - wanted, empty=not text)


def _filled_in(text: str) -> frozenset[str]:
    plain = frozenset(f"{{{name}}}" for name in placeholders(text))
    return plain | frozenset(f"${{{name}}}" for name in references(text))


def _locked(school_id: UUID | None, key: str, language: str) -> SchoolTranslation | None:
    rows = SchoolTranslation.objects.select_for_update()
    return rows.filter(school_id=school_id, key=key, language=language).first()


def seen(row: SchoolTranslation) -> str:
    """What a reviewer read, to send along with the review."""
    return hashlib.sha256(row.text.encode()).hexdigest()[:16]


def review(actor: audit.Acting, key: str, language: str, *, read: str) -> SchoolTranslation:
    """Say that a wording is right; it is then shown to families.

    Raises:
        OwnWordingError: if the reviewer wrote it.
        OtherWordingError: if it is another wording than was read, or none any more.
    """
    with transaction.atomic():
        row = _locked(actor.school_id, key, language)
        if row is None or seen(row) != read:
            raise OtherWordingError
        if row.translated_by is None or row.translated_by == actor.actor_id:
            raise OwnWordingError
        row.reviewed_by, row.reviewed_at = actor.actor_id, timezone.now()
        row.save(update_fields=["reviewed_by", "reviewed_at"])
        audit.record(actor, "wording reviewed", row, key=key, language=language)
    return row


def take_back(actor: audit.Acting, key: str, language: str) -> None:
    """Back to our words; what the school wrote goes."""
    with transaction.atomic():
        row = _locked(actor.school_id, key, language)
        if row is not None:
            audit.record(actor, "wording taken back", row, key=key, language=language)
            row.delete()


def _memory_key(school_id: UUID) -> str:
    return f"own-wordings-{school_id}"


@receiver([post_save, post_delete], sender=SchoolTranslation)
def forget(instance: SchoolTranslation, **_signal: Any) -> None:
    """What the school just wrote counts at once in this process; in others within a minute."""
    caches["memory"].delete(_memory_key(instance.school_id))
