"""Erase a person: in every room, for good (GDPR, article 17). The audit log keeps keys and numbers only."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit
from driegesprek.web.line.models import Step
from driegesprek.web.outreach.models import Contact, PrintJob
from driegesprek.web.people.models import Adult, Bond, Enrolment, ExternalId, Pupil, RosterUpload
from driegesprek.web.surveys.domain import consents, pseudonyms
from driegesprek.web.surveys.enums import Voice
from driegesprek.web.surveys.models import Invitation, Mailing, Response, Round, Study
from driegesprek.web.talks.models import Talk


@dataclass(frozen=True, slots=True)
class WhatGoes:
    """What erasing a pupil takes away."""

    adults: tuple[Adult, ...]
    """Adults who stand with no other pupil: their records go too."""
    staying: tuple[Adult, ...]
    """Adults of other pupils as well: they stay, without the tie to this one."""
    responses: int
    talks: int
    contacts: int


def what_goes(pupil: Pupil) -> WhatGoes:
    """Look before erasing. Changes nothing."""
    adults = Adult.objects.filter(bonds__pupil=pupil).distinct()
    elsewhere = Bond.objects.exclude(pupil=pupil).filter(adult__in=adults).values("adult")
    return WhatGoes(
        adults=tuple(adults.exclude(pk__in=elsewhere)),
        staying=tuple(adults.filter(pk__in=elsewhere)),
        responses=Response.objects.filter(pk__in=_responses(pupil)).count(),
        talks=Talk.objects.filter(pupil=pupil).count(),
        contacts=Contact.objects.filter(pupil=pupil).count(),
    )


def erase_pupil(pupil: Pupil, *, actor: Actor) -> WhatGoes:
    """Erase a pupil, the adults who stand with no other pupil, and everything that was kept about them.

    Answers are found by the pseudonyms of every round. Prints and lists that wait hold names, so their files go too.
    Backups that were made before still hold the pupil, until they are thrown away.
    """
    with transaction.atomic():
        pupil = Pupil.objects.select_for_update().get(pk=pupil.pk)
        goes = what_goes(pupil)
        Response.objects.filter(pk__in=_responses(pupil)).delete()
        _forget_surveys(pupil)
        _forget_prints(pupil)
        RosterUpload.objects.filter(school=pupil.school_id, applied_at=None).delete()
        keys = [pupil.pk, *(adult.pk for adult in goes.adults)]
        ExternalId.objects.filter(school=pupil.school_id, object_id__in=keys).delete()
        audit.record(
            actor, "pupil erased", pupil, adults=len(goes.adults), responses=goes.responses, talks=goes.talks
        )
        pupil.delete()
        Adult.objects.filter(pk__in=keys).delete()
    return goes


def _responses(pupil: Pupil) -> list[UUID]:
    """All that was answered by or for this pupil: own answers, from paper, and those of every adult."""
    rounds = Round.objects.filter(school=pupil.school_id).values_list("pk", flat=True)
    bonds = list(pupil.bonds.values_list("pk", flat=True))
    known = {name for key in rounds for name in _pseudonyms(key, pupil.pk, bonds)}
    known |= {name for key in _studies(pupil) for name in _study_names(key, pupil.pk, bonds)}
    rows = Response.objects.filter(school=pupil.school_id)
    # Compared here: a school's pseudonyms of ten years would be too many parameters for one query.
    return [pk for pk, name in rows.values_list("pk", "pseudonym").iterator() if name in known]


def _pseudonyms(round_id: UUID, pupil_id: UUID, bonds: Iterable[UUID]) -> Iterable[str]:
    yield pseudonyms.of(round_id, Voice.PUPIL, pupil_id)
    yield pseudonyms.of(round_id, Voice.PAPER, pupil_id)
    yield pseudonyms.of_stand_in(round_id, pupil_id)
    for bond in bonds:
        yield pseudonyms.of(round_id, Voice.ADULT, bond)


def _studies(pupil: Pupil) -> list[UUID]:
    return list(Study.objects.filter(school=pupil.school_id).values_list("pk", flat=True))


def _study_names(study_id: UUID, pupil_id: UUID, bonds: Iterable[UUID]) -> Iterable[str]:
    yield pseudonyms.of_study(study_id, Voice.PUPIL, pupil_id)
    for bond in bonds:
        yield pseudonyms.of_study(study_id, Voice.ADULT, bond)


def _forget_surveys(pupil: Pupil) -> None:
    """Words of consent, and that something was sent; invitations go with the pupil. An anonymous code names nobody."""
    bonds = list(pupil.bonds.values_list("pk", flat=True))
    studies = _studies(pupil)
    consents.forget(studies, (name for key in studies for name in _study_names(key, pupil.pk, bonds)))
    asked = {str(pk) for pk in Invitation.objects.filter(pupil=pupil).values_list("pk", flat=True)}
    for mailing in Mailing.objects.filter(round__study__in=studies) if asked else ():
        left = [pk for pk in mailing.invitations if pk not in asked]
        if len(left) < len(mailing.invitations):
            Mailing.objects.filter(pk=mailing.pk).update(invitations=left)


def _forget_prints(pupil: Pupil) -> None:
    """Prints with this pupil on them, and what they say about steps."""
    classes = Enrolment.objects.filter(pupil=pupil).values("school_class")
    steps = {str(pk) for pk in Step.objects.filter(pupil=pupil).values_list("pk", flat=True)}
    rows = PrintJob.objects.filter(school=pupil.school_id)
    for job in rows.filter(Q(pupil=pupil) | Q(bond__pupil=pupil) | Q(school_class__in=classes) | _WHOLE):
        _unlink_later(job)
        job.file = ""
        job.steps = [key for key in job.steps if str(key) not in steps]
        job.save(update_fields=["file", "steps"])


_WHOLE = Q(school_class=None, pupil=None, bond=None)


def _unlink_later(job: PrintJob) -> None:
    """The file goes when the rest is gone for certain."""
    if not job.file:
        return
    storage, name = job.file.storage, job.file.name
    transaction.on_commit(lambda: storage.delete(name))
