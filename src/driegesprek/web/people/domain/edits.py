"""Change people by hand: an adult and the tie with a pupil, a pupil and the class, a class. Every deed is audited."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from driegesprek.web.common import audit
from driegesprek.web.people.domain import ended_ties
from driegesprek.web.people.domain.importing import channels_of
from driegesprek.web.people.models import (
    Adult,
    Bond,
    Enrolment,
    ExternalId,
    Pupil,
    School,
    SchoolClass,
    SchoolYear,
)

ADULT = ("given_name", "prefix", "family_name", "phone", "other_phone", "email")
BOND = ("relation", "household", "authority", "contact_allowed", "channels")
PUPIL = ("given_name", "prefix", "family_name", "birth_date")
CLASS = ("name", "year_group", "track", "mentor", "location")
LIST = "class_list"
"""The source of plain class lists: a pupil's number from the administration is known by it."""


class TakenError(Exception):
    """Another pupil has this number, or another class this name."""


class TooEarlyError(Exception):
    """The day lies before the day on which the pupil came into the present class."""

    def __init__(self, since: dt.date) -> None:
        super().__init__(since.isoformat())
        self.since = since


@dataclass(frozen=True, slots=True)
class Tied:
    """What became of a bond."""

    bond: Bond
    changed: tuple[str, ...]
    """Names of the fields that changed; empty when nothing did."""


def add_adult(pupil: Pupil, values: Mapping[str, Any], *, actor: audit.Acting, today: dt.date) -> Bond:
    """An adult who was not known yet, with the tie to this pupil."""
    with transaction.atomic():
        adult = Adult(school_id=pupil.school_id, language=values.get("language") or "nl")
        _set(adult, ADULT, values)
        adult.save()
        bond = Bond(school_id=pupil.school_id, pupil=pupil, adult=adult, since=today)
        _set(bond, BOND, values)
        bond.channels = values.get("channels") or channels_of(adult)
        bond.save()
        audit.record(actor, "adult added", bond)
    return bond


def change_tie(bond: Bond, values: Mapping[str, Any], *, actor: audit.Acting) -> Tied:
    """Change an adult and the tie with one pupil; the adult's own data change for other pupils too.

    The language holds for the adult; where the adult has other pupils, for letters about this pupil only.
    """
    with transaction.atomic():
        bond = Bond.objects.select_for_update(of=("self",)).select_related("adult").get(pk=bond.pk)
        adult = bond.adult
        changed = _set(adult, ADULT, values) + _set_language(bond, values.get("language"))
        changed += _set(bond, BOND, values)
        if changed:
            adult.save()
            bond.save()
            audit.record(actor, "adult changed", bond, fields=list(changed))
    return Tied(bond, changed)


def _set_language(bond: Bond, language: str | None) -> tuple[str, ...]:
    if not language or language == bond.spoken_language:
        return ()
    if bond.adult.bonds.exclude(pk=bond.pk).exists():
        bond.language = language if language != bond.adult.language else ""
    else:
        bond.adult.language, bond.language = language, ""
    return ("language",)


def _set(row: Any, names: Iterable[str], values: Mapping[str, Any]) -> tuple[str, ...]:
    """Set the fields that `values` names; tells which differ from before."""
    changed = tuple(name for name in names if name in values and getattr(row, name) != values[name])
    for name in changed:
        setattr(row, name, values[name])
    return changed


def end_tie(bond: Bond, *, actor: audit.Acting, today: dt.date) -> Bond:
    """The adult has nothing to do with this pupil any more: kept, and not contacted."""
    with transaction.atomic():
        bond = Bond.objects.select_for_update().get(pk=bond.pk)
        if bond.until is None:
            bond.until, bond.contact_allowed = today, False
            bond.save(update_fields=["until", "contact_allowed"])
            audit.record(actor, ended_ties.ENDED, bond)
    return bond


def resume_tie(bond: Bond, *, actor: audit.Acting) -> Bond:
    """It was ended by mistake, or the adult is back."""
    with transaction.atomic():
        bond = Bond.objects.select_for_update().get(pk=bond.pk)
        if bond.until is not None:
            bond.until, bond.contact_allowed = None, True
            bond.save(update_fields=["until", "contact_allowed"])
            audit.record(actor, ended_ties.RESUMED, bond)
    return bond


def add_pupil(
    school_class: SchoolClass,
    values: Mapping[str, Any],
    *,
    number: str,
    since: dt.date,
    actor: audit.Acting,
) -> Pupil:
    """A pupil who came in between two lists. With the administration's number the next list knows the pupil.

    Raises:
        TakenError: if another pupil has that number.
    """
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school_class.school_id)
        pupil = Pupil(school_id=school_class.school_id)
        _set(pupil, PUPIL, values)
        pupil.save()
        _number(pupil, number)
        Enrolment.objects.create(
            school_id=pupil.school_id, pupil=pupil, school_class=school_class, since=since
        )
        audit.record(actor, "pupil added", pupil)
    return pupil


def _number(pupil: Pupil, number: str) -> None:
    if not number:
        return
    key = {"school_id": pupil.school_id, "source": LIST, "kind": "pupils", "value": number}
    if ExternalId.objects.filter(**key).exists():
        raise TakenError
    ExternalId.objects.create(**key, object_id=pupil.pk)


def change_pupil(pupil: Pupil, values: Mapping[str, Any], *, actor: audit.Acting) -> Pupil:
    """Change a pupil's name or birth date."""
    with transaction.atomic():
        pupil = Pupil.objects.select_for_update().get(pk=pupil.pk)
        if changed := _set(pupil, PUPIL, values):
            pupil.save()
            audit.record(actor, "pupil changed", pupil, fields=list(changed))
    return pupil


def move_pupil(pupil: Pupil, to: SchoolClass, *, on: dt.date, actor: audit.Acting) -> bool:
    """Put a pupil in another class from a day on; the class until then stays in the history.

    A move on the very day the pupil came corrects that day's class. Who had left comes back.

    Returns:
        Whether anything changed.

    Raises:
        TooEarlyError: if the pupil came into the present class after that day.
    """
    with transaction.atomic():
        pupil = Pupil.objects.select_for_update().get(pk=pupil.pk)
        present = Enrolment.objects.filter(pupil=pupil, until=None).first()
        if present and present.school_class_id == to.pk:
            return False
        if present and on < present.since:
            raise TooEarlyError(present.since)
        _enrol(pupil, present, to, on)
        if pupil.left_on:
            pupil.left_on = None
            pupil.save(update_fields=["left_on"])
        audit.record(actor, "pupil moved", pupil, to=str(to.pk))
    return True


def _enrol(pupil: Pupil, present: Enrolment | None, to: SchoolClass, on: dt.date) -> None:
    if present and present.since == on:
        present.school_class = to
        present.save(update_fields=["school_class"])
        return
    if present:
        present.until = on
        present.save(update_fields=["until"])
    Enrolment.objects.create(school_id=pupil.school_id, pupil=pupil, school_class=to, since=on)


def pupil_left(pupil: Pupil, *, on: dt.date, actor: audit.Acting) -> None:
    """The pupil left the school on that day; kept, and in no class any more.

    Raises:
        TooEarlyError: if the pupil came into the present class after that day.
    """
    with transaction.atomic():
        pupil = Pupil.objects.select_for_update().get(pk=pupil.pk)
        present = Enrolment.objects.filter(pupil=pupil, until=None).first()
        if present and on < present.since:
            raise TooEarlyError(present.since)
        Enrolment.objects.filter(pupil=pupil, until=None).update(until=on)
        pupil.left_on = on
        pupil.save(update_fields=["left_on"])
        audit.record(actor, "pupil left", pupil)


def save_class(
    year: SchoolYear, values: Mapping[str, Any], *, actor: audit.Acting, known: SchoolClass | None = None
) -> SchoolClass:
    """Make a class in a school year, or change one.

    Raises:
        TakenError: if another class of that year has the name.
    """
    with transaction.atomic():
        School.objects.select_for_update().get(pk=year.school_id)
        row = _class_to_change(known.pk) if known else SchoolClass(school_id=year.school_id, year=year)
        others = SchoolClass.objects.filter(year=row.year_id, name__iexact=values["name"]).exclude(pk=row.pk)
        if others.exists():
            raise TakenError
        changed = _set(row, CLASS, values)
        if changed or not known:
            row.save()
            audit.record(actor, "class changed" if known else "class added", row, fields=list(changed))
    return row


def _class_to_change(key: UUID) -> SchoolClass:
    return SchoolClass.objects.select_for_update(of=("self",)).get(pk=key)
