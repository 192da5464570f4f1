"""Two records of one adult: a person says so, and the bonds come under one record; never by itself.

Doors and answers hang on the bond, which keeps its key: letters stay good, and nobody's answers move.
"""

from collections import Counter
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from driegesprek.web.common import audit
from driegesprek.web.people.models import Adult, Bond, ExternalId, LikelyDouble, Pupil, Staff


class ClashError(Exception):
    """Both have an open tie with the same pupils, so that each has a door and answers of its own."""

    def __init__(self, pupils: list[Pupil]) -> None:
        super().__init__(", ".join(str(pupil.pk) for pupil in pupils))
        self.pupils = pupils


class DecidedError(Exception):
    """Somebody decided already."""


def open_questions(school_id: UUID | None) -> QuerySet[LikelyDouble]:
    """Pairs about which nobody decided, by name."""
    rows = LikelyDouble.objects.filter(school_id=school_id, decided_at=None)
    return rows.select_related("first", "second").order_by("first__family_name", "first__given_name", "id")


def keep_apart(question: LikelyDouble, *, by: Staff, actor: audit.Acting) -> None:
    """They are two people; the question is not asked again.

    Raises:
        DecidedError: if somebody decided already.
    """
    with transaction.atomic():
        row = _locked(question.pk)
        row.same, row.decided_at, row.decided_by = False, timezone.now(), by
        row.save(update_fields=["same", "decided_at", "decided_by"])
        audit.record(actor, "adults kept apart", row)


def merge(question: LikelyDouble, *, actor: audit.Acting) -> Adult:
    """They are one: the second's bonds, numbers and external names go to the first, and the second record goes.

    What the first does not know, the second fills in. A bond keeps the language it was written in until now.

    Raises:
        DecidedError: if somebody decided already.
        ClashError: if both have an open tie with the same pupil.
    """
    with transaction.atomic():
        row = _locked(question.pk)
        adults = Adult.objects.select_for_update().in_bulk([row.first_id, row.second_id])
        kept, gone = adults[row.first_id], adults[row.second_id]
        _part_shared(kept, gone)
        _move_bonds(kept, gone)
        _fill(kept, gone)
        names = ExternalId.objects.filter(school=kept.school_id, kind="adults", object_id=gone.pk)
        names.update(object_id=kept.pk)
        _move_questions(row, kept, gone)
        audit.record(actor, "adults merged", kept, gone=str(gone.pk))
        gone.delete()
    return kept


def _locked(key: UUID) -> LikelyDouble:
    row = LikelyDouble.objects.select_for_update().filter(pk=key, decided_at=None).first()
    if row is None:
        raise DecidedError
    return row


def _part_shared(kept: Adult, gone: Adult) -> None:
    """Where both stand with one pupil, a tie that ended keeps its answers under a record of its own.

    Raises:
        ClashError: if both ties with a pupil are open.
    """
    shared = Pupil.objects.filter(bonds__adult=kept).filter(bonds__adult=gone).distinct()
    ties = Bond.objects.filter(pupil__in=list(shared), adult__in=[kept, gone]).order_by("-adult_id")
    open_ties = Counter(tie.pupil_id for tie in ties if tie.until is None)
    if clashing := [pupil for pupil in shared if open_ties[pupil.pk] > 1]:
        raise ClashError(clashing)
    ended = {tie.pupil_id: tie.pk for tie in ties if tie.until is not None}
    if ended:
        name = {field: getattr(gone, field) for field in ("given_name", "prefix", "family_name", "language")}
        former = Adult.objects.create(school=kept.school, **name)
        Bond.objects.filter(pk__in=ended.values()).update(adult=former)


def _move_bonds(kept: Adult, gone: Adult) -> None:
    if gone.language != kept.language:
        Bond.objects.filter(adult=gone, language="").update(language=gone.language)
    Bond.objects.filter(adult=gone).update(adult=kept)


def _fill(kept: Adult, gone: Adult) -> None:
    numbers = [kept.phone, kept.other_phone, gone.phone, gone.other_phone]
    known = [*dict.fromkeys(number for number in numbers if number), "", ""]
    kept.phone = kept.phone or gone.phone
    kept.other_phone = next((number for number in known if number != kept.phone), "")
    kept.email = kept.email or gone.email
    kept.save()


def _move_questions(decided: LikelyDouble, kept: Adult, gone: Adult) -> None:
    """What was asked of the record that goes, is asked of the one that stays, unless it was asked already."""
    asked = LikelyDouble.objects.filter(Q(first=kept) | Q(second=kept)).exclude(pk=decided.pk)
    others = {one.second_id if one.first_id == kept.pk else one.first_id for one in asked}
    for one in LikelyDouble.objects.filter(Q(first=gone) | Q(second=gone)).exclude(pk=decided.pk):
        other = one.second_id if one.first_id == gone.pk else one.first_id
        if other not in others:
            one.first_id, one.second_id = kept.pk, other
            one.save(update_fields=["first", "second"])
            others.add(other)
