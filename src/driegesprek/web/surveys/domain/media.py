"""Pictures, sounds and films of a version of a form: brought in until a round begins with it, then what they are."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q, QuerySet

from driegesprek.content import catalogue
from driegesprek.instruments import media as workshop
from driegesprek.instruments.bundles import plain_name
from driegesprek.instruments.media import Medium, Use
from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit
from driegesprek.web.surveys.domain import versions
from driegesprek.web.surveys.models import FormMedium, InstrumentVersion, Response, RoundVoice


class FrozenError(Exception):
    """A round began with this version: what people saw stays what it was."""


@lru_cache(maxsize=256)
def wanted(version_id: UUID) -> tuple[Use, ...]:
    """Every file that a version names; drawings of our own are no files."""
    return workshop.uses(versions.load(version_id), drawn=catalogue.icon_names())


def visible(actor: Actor) -> QuerySet[FormMedium]:
    """The media of the school's forms, for who makes rounds."""
    rows = FormMedium.objects.filter(school_id=actor.school_id)
    return rows if actor.kind == "staff" and actor.sees_all else rows.none()


def of_version(version_id: UUID) -> Mapping[str, FormMedium]:
    """What is there of a version, by plain name; a form that names no file costs no query."""
    if not wanted(version_id):
        return {}
    return {plain_name(row.name): row for row in FormMedium.objects.filter(version=version_id)}


def in_round(round_id: UUID) -> QuerySet[FormMedium]:
    """The media that somebody may see in a round: of the versions it asks, or that were answered in it."""
    asked = RoundVoice.objects.filter(round=round_id).values("version")
    answered = Response.objects.filter(round=round_id).values("version")
    return FormMedium.objects.filter(Q(version__in=asked) | Q(version__in=answered))


def missing(version_id: UUID) -> tuple[Use, ...]:
    """The files that a version names and that are not there."""
    needed = wanted(version_id)
    return workshop.missing(needed, of_version(version_id).keys()) if needed else ()


def is_frozen(version: InstrumentVersion) -> bool:
    """Whether a round began with it."""
    began = Q(round__opened_at__isnull=False) | Q(round__activity__isnull=False)
    return (
        RoundVoice.objects.filter(began, version=version).exists()
        or Response.objects.filter(version=version).exists()
    )


def put(version: InstrumentVersion, found: Collection[Medium], *, actor: Actor) -> int:
    """Keep these with a version; a file of the same name takes the older one's place.

    Returns:
        How many were new or other than before.

    Raises:
        FrozenError: something would become other than it was, and a round began with this version.
    """
    with transaction.atomic():
        version = InstrumentVersion.objects.select_for_update().defer("definition").get(pk=version.pk)
        older = {plain_name(row.name): row for row in version.media.all()}
        new = [one for one in found if not _is_same(older.get(plain_name(one.name)), one)]
        if new and is_frozen(version):
            raise FrozenError
        for one in new:
            if row := older.get(plain_name(one.name)):
                _delete(row)
            _keep(version, one)
        if new:
            audit.record(actor, "media of a questionnaire kept", version, count=len(new))
    return len(new)


def _is_same(row: FormMedium | None, one: Medium) -> bool:
    return row is not None and row.source_hash == one.source_hash


def _keep(version: InstrumentVersion, one: Medium) -> None:
    row = FormMedium(
        school_id=version.school_id,
        version=version,
        name=one.name[:200],
        kind=one.kind,
        source_hash=one.source_hash,
        width=one.width,
        height=one.height,
    )
    # Under the key alone: a name that somebody thought of never becomes a path.
    row.file.save(f"{row.pk}.{workshop.SUFFIXES[one.kind]}", ContentFile(one.data), save=True)


def _delete(row: FormMedium) -> None:
    storage, name = row.file.storage, row.file.name
    row.delete()
    # The file goes once the row is gone for certain; a file that stays behind is less bad than a row without one.
    transaction.on_commit(lambda: storage.delete(name))
