"""Consent per purpose of a study: a yes or a no of who may give it, and what follows when it is taken back."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from driegesprek.instruments import Play, play
from driegesprek.web.common import audit
from driegesprek.web.surveys.domain import versions
from driegesprek.web.surveys.enums import Purpose
from driegesprek.web.surveys.models import Answer, Consent, Invitation, OverwrittenAnswer, Response, Study
from driegesprek.web.surveys.rules import consenting, designs


def say(
    study: Study,
    purpose: str,
    *,
    subject: str,
    giver: str,
    given: bool,
    on: dt.date,
    actor: audit.Acting,
    on_paper: bool = False,
) -> Consent:
    """Keep somebody's word; a later word of the same giver takes the place of the earlier one.

    A no removes at once what was answered for that purpose, so that it is in no export from now on.

    Args:
        study: of which study.
        purpose: for what.
        subject: pseudonym in the study of whom it is about.
        giver: pseudonym in the study of who gives it: the same for who speaks for oneself.
        given: yes or no.
        on: the day.
        actor: for the audit log, which names neither of them.
        on_paper: whether a form was signed, and staff typed it in.
    """
    with transaction.atomic():
        row, _ = Consent.objects.update_or_create(
            study=study,
            purpose=purpose,
            subject=subject,
            giver=giver,
            defaults={"school_id": study.school_id, "given": given, "on": on, "on_paper": on_paper},
        )
        removed = 0 if given else _remove(study, purpose, subject)
        system = audit.System(study.school_id)
        audit.record(actor if on_paper else system, _verb(given), study, purpose=purpose, removed=removed)
    return row


def _verb(given: bool) -> str:
    return "consent given" if given else "consent refused or withdrawn"


def words(study_id: UUID, subjects: Iterable[str]) -> dict[tuple[str, str], list[bool]]:
    """{(purpose, subject): every word that was given}."""
    found: dict[tuple[str, str], list[bool]] = {}
    wanted = set(subjects)
    rows = Consent.objects.filter(study=study_id)
    rows = rows.filter(subject__in=wanted) if len(wanted) < 500 else rows  # noqa: PLR2004 - more would be too many parameters
    for purpose, subject, given in rows.values_list("purpose", "subject", "given"):
        if subject in wanted:
            found.setdefault((purpose, subject), []).append(given)
    return found


def standing(study_id: UUID, subject: str) -> frozenset[str]:
    """The purposes for which consent stands for a person."""
    found = words(study_id, [subject])
    return frozenset(purpose for (purpose, _subject), said in found.items() if consenting.holds(said))


def word_of(study_id: UUID, purpose: str, *, subject: str, giver: str) -> bool | None:
    """What this giver said; None where nothing yet."""
    rows = Consent.objects.filter(study=study_id, purpose=purpose, subject=subject, giver=giver)
    return rows.values_list("given", flat=True).first()


def _remove(study: Study, purpose: str, subject: str) -> int:
    """Erase what was answered for a purpose: the whole response, or the questions that hang on that consent."""
    rows = Response.objects.select_for_update(of=("self",)).filter(round__study=study, pseudonym=subject)
    if purpose == Purpose.STUDY:
        found = list(rows)
        Response.objects.filter(pk__in=[row.pk for row in found]).delete()
        return len(found)
    return sum(_remove_special(row) for row in rows)


def _remove_special(row: Response) -> int:
    form = versions.load(row.version_id)
    if not designs.takes(form, designs.ORIGIN):
        return 0
    stored = {
        one.question: one.value for one in Answer.objects.filter(response=row, path="").exclude(value=None)
    }
    special = _asked(row, stored, "yes") - _asked(row, stored, "")
    gone, _ = Answer.objects.filter(response=row, question__in=special).delete()
    OverwrittenAnswer.objects.filter(response=row, question__in=special).delete()
    if gone:  # who remembers the sheet as it was may not add to it
        Response.objects.filter(pk=row.pk).update(revision=F("revision") + 1)
    if row.submitted_at:
        _refreeze(row, special)
    return gone


def _asked(row: Response, stored: Mapping[str, Any], consent: str) -> frozenset[str]:
    context = dict.fromkeys(designs.OPTIONS, "yes") | {designs.ORIGIN: consent}
    played: Play = play(versions.load(row.version_id), stored, today=row.started_at.date(), context=context)
    return frozenset(played.asked)


def _refreeze(row: Response, without: frozenset[str]) -> None:
    """The document of what was handed in, without these questions, and its new hash."""
    content = json.loads(row.document)
    content["asked"] = [path for path in content["asked"] if path not in without]
    content["answers"] = {path: one for path, one in content["answers"].items() if path not in without}
    document = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(document.encode()).hexdigest()
    Response.objects.filter(pk=row.pk).update(document=document, document_hash=digest)


def forget(study_ids: Iterable[UUID], subjects: Iterable[str]) -> None:
    """Erase every word about or of these pseudonyms: the person is erased."""
    wanted = set(subjects)
    rows = Consent.objects.filter(study__in=list(study_ids))
    found = [
        pk for pk, subject, giver in rows.values_list("pk", "subject", "giver") if {subject, giver} & wanted
    ]
    Consent.objects.filter(pk__in=found).delete()


def stop_asking(invitation: Invitation, on: dt.date) -> None:
    """Nobody reminds this person any more."""
    Invitation.objects.filter(pk=invitation.pk, stopped_on=None).update(stopped_on=on, done_on=None)
