"""Recorded sound of texts: brought in, listened to, kept; a new one takes the older one's place."""

import datetime as dt

from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet

from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit
from driegesprek.web.outreach.models import Recording, RecordingDraft
from driegesprek.web.outreach.sounds import EXTENSIONS, HEAD, LARGEST, kind_of

DRAFTS_KEPT = dt.timedelta(days=1)


class NoSoundError(Exception):
    """The file is not a sound that every browser can play."""


class TooLargeError(Exception):
    """The file is larger than LARGEST bytes."""


def visible(actor: Actor) -> QuerySet[Recording]:
    """The school's recordings, for its staff."""
    rows = Recording.objects.filter(school_id=actor.school_id)
    return rows if actor.kind == "staff" else rows.none()


def drafts(actor: Actor) -> QuerySet[RecordingDraft]:
    """What the actor brought in and did not keep yet."""
    rows = RecordingDraft.objects.filter(school_id=actor.school_id)
    return rows.filter(added_by=actor.staff) if actor.kind == "staff" else rows.none()


def bring_in(file: File, *, key: str, language: str, actor: Actor) -> RecordingDraft:
    """Store a sound to listen to first.

    Raises:
        TooLargeError: if it is larger than LARGEST bytes.
        NoSoundError: if its content is not mp3, ogg, m4a, wav or webm.
    """
    if file.size > LARGEST:
        raise TooLargeError
    kind = kind_of(file.read(HEAD))
    if not kind:
        raise NoSoundError
    file.seek(0)
    draft = RecordingDraft(
        school_id=actor.school_id, key=key, language=language, kind=kind, added_by=actor.staff
    )
    draft.file.save(f"{draft.pk}.{EXTENSIONS[kind]}", file, save=True)
    return draft


def keep(draft: RecordingDraft, *, actor: Actor) -> Recording:
    """Use a sound that was listened to; the older recording of this text and language is deleted."""
    with transaction.atomic():
        where = {"school_id": draft.school_id, "key": draft.key, "language": draft.language}
        for older in Recording.objects.select_for_update().filter(**where):
            _delete(older)
        recording = Recording(**where, kind=draft.kind, added_by=actor.staff)
        with draft.file.open("rb") as sound:
            recording.file.save(f"{recording.pk}.{EXTENSIONS[draft.kind]}", sound, save=True)
        _delete(draft)
        audit.record(actor, "recording kept", recording, language=draft.language)
    return recording


def discard(draft: RecordingDraft) -> None:
    """Throw away what was not good enough."""
    _delete(draft)


def remove(recording: Recording, *, actor: Actor) -> None:
    """Use a recording no longer."""
    with transaction.atomic():
        audit.record(actor, "recording removed", recording, language=recording.language)
        _delete(recording)


def delete_old_drafts(now: dt.datetime) -> int:
    """Throw away what nobody kept within a day."""
    old = list(RecordingDraft.objects.filter(added_at__lt=now - DRAFTS_KEPT))
    for draft in old:
        _delete(draft)
    return len(old)


def _delete(row: Recording | RecordingDraft) -> None:
    storage, name = row.file.storage, row.file.name
    row.delete()
    # The file goes once the row is gone for certain; a file that stays behind is less bad than a row without one.
    transaction.on_commit(lambda: storage.delete(name))
