"""Pupils of whom no adult is reached yet: the last attempt, and the next thing to do."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from driegesprek.content import Advice
from driegesprek.web.access import scope
from driegesprek.web.access.actor import Actor
from driegesprek.web.line.models import Activity, Step
from driegesprek.web.outreach.enums import Outcome
from driegesprek.web.outreach.models import Contact
from driegesprek.web.outreach.rules import SPOKEN, Attempt, Reachable, is_open_call, next_step, reached
from driegesprek.web.people.models import Bond, Enrolment, Pupil, SchoolClass, SchoolYear
from driegesprek.web.talks.enums import BookedBy
from driegesprek.web.talks.models import Talk

NEVER, TRIED, ASKED, NO_ADULT = "never", "tried", "asked", "no_adult"
NOBODY = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Unreached:
    """One pupil of whom no adult is reached yet."""

    pupil: Pupil
    school_class: SchoolClass
    bonds: tuple[Bond, ...]
    contacts: tuple[Contact, ...]
    next: Advice
    asked: Contact | None

    @property
    def last(self) -> Contact | None:
        """The latest attempt."""
        return self.contacts[0] if self.contacts else None

    @property
    def advice(self) -> str:
        """The next thing to do, in the language of the desk."""
        return self.next.text((get_language() or "nl")[:2])

    @property
    def languages(self) -> tuple[str, ...]:
        """What the adults speak, each once."""
        return tuple(dict.fromkeys(bond.spoken_language for bond in self.bonds))

    @property
    def state(self) -> str:
        """Which filter it falls under."""
        if self.asked:
            return ASKED
        if not self.bonds:
            return NO_ADULT
        return TRIED if self.contacts else NEVER


def rows(
    actor: Actor, year: SchoolYear, activities: QuerySet[Activity], *, today: dt.date, **only: object
) -> list[Unreached]:
    """The pupils in open activities of whom no adult is reached this school year; four queries, whatever their number.

    Reached is an adult who did a step, was spoken or answered, or for whom a talk is booked by an adult or, after a
    call, by the mentor (outreach.rules.reached).

    Args:
        actor: who looks; a mentor sees the own classes.
        year: the school year.
        activities: whose pupils; only open ones count.
        today: the day.
        **only: further conditions on classes, as `name="2A"`.
    """
    classes = scope.classes(actor).filter(year=year, **only)
    open_ones = list(activities.exclude(opened_at=None).values_list("pk", flat=True))
    found = [row for row in _enrolments(classes, open_ones, year, today) if not _is_reached(row)]
    pupils = [row.pupil_id for row in found]
    bonds, tried = _bonds(pupils), _contacts(pupils, year)
    return [_row(one, bonds[one.pupil_id], tried[one.pupil_id], today) for one in found]


def _is_reached(row: Any) -> bool:
    return reached(step_done=row.step_done, spoken=row.spoken, talk_booked=row.talk_booked)


def _enrolments(
    classes: QuerySet[SchoolClass], activities: list[UUID], year: SchoolYear, today: dt.date
) -> QuerySet[Enrolment]:
    of_pupil = {"pupil": OuterRef("pupil")}
    still = Q(until=None) | Q(until__gt=today)
    current = Enrolment.objects.filter(still, school_class__in=classes, since__lte=today)
    return (
        current.filter(Exists(Step.objects.filter(**of_pupil, activity__in=activities)))
        .annotate(
            step_done=Exists(_steps_done(year, **of_pupil)),
            spoken=Exists(_spoken(year, **of_pupil)),
            talk_booked=Exists(_booked(year, **of_pupil)),
        )
        .select_related("pupil", "school_class")
        .order_by("school_class__name", "pupil__family_name", "pupil__given_name", "pupil")
    )


def _steps_done(year: SchoolYear, **of: object) -> QuerySet[Step]:
    done = Q(done_at__isnull=False) | Q(talked_at__isnull=False)
    return Step.objects.filter(done, bond__isnull=False, activity__line__year=year, **of)


def _spoken(year: SchoolYear, **of: object) -> QuerySet[Contact]:
    return Contact.objects.filter(outcome=Outcome.REACHED, at__gte=_start(year), **of)


def _booked(year: SchoolYear, **of: object) -> QuerySet[Talk]:
    booked = Q(slot__isnull=False, booked_by__in=(BookedBy.ADULT, BookedBy.STAFF)) | Q(held_at__isnull=False)
    return Talk.objects.filter(booked, activity__line__year=year, **of)


def _start(year: SchoolYear) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(year.starts_on, dt.time.min))


def _bonds(pupils: list[UUID]) -> Mapping[UUID, list[Bond]]:
    found = defaultdict(list)
    for bond in Bond.objects.filter(pupil__in=pupils, contact_allowed=True).select_related("adult"):
        found[bond.pupil_id].append(bond)
    return found


def _contacts(pupils: list[UUID], year: SchoolYear) -> Mapping[UUID, list[Contact]]:
    found = defaultdict(list)
    tried = Contact.objects.filter(pupil__in=pupils, at__gte=_start(year)).select_related("bond__adult", "by")
    for contact in tried.order_by("-at"):
        found[contact.pupil_id].append(contact)
    return found


def _row(enrolment: Enrolment, bonds: list[Bond], tried: list[Contact], today: dt.date) -> Unreached:
    asked = _asked(tried)
    attempts = tuple(one for one in tried if one.outcome != Outcome.CALL_BACK)
    adult = _whom(bonds, asked or (attempts[0] if attempts else None))
    advice = next_step(
        [Attempt(one.kind, one.outcome, _days(one, today)) for one in attempts],
        _reachable(adult),
        others=len(bonds) - 1,
        asked_to_call=asked is not None,
    )
    return Unreached(enrolment.pupil, enrolment.school_class, tuple(bonds), attempts, advice, asked)


def _whom(bonds: list[Bond], contact: Contact | None) -> Bond | None:
    """The adult it was about last; else the first with a number; else the first."""
    by_id = {bond.pk: bond for bond in bonds}
    if contact and contact.bond_id in by_id:
        return by_id[contact.bond_id]
    return next((bond for bond in bonds if bond.adult.phone), bonds[0] if bonds else None)


def _reachable(bond: Bond | None) -> Reachable | None:
    if bond is None:
        return None
    return Reachable(bool(bond.adult.phone), bool(bond.adult.email), bond.spoken_language)


def _asked(tried: list[Contact]) -> Contact | None:
    spoken = max(
        (one.at for one in tried if one.kind in SPOKEN and one.outcome == Outcome.REACHED), default=None
    )
    asked = (one for one in tried if one.outcome == Outcome.CALL_BACK and is_open_call(one.at, spoken))
    return next(asked, None)


def _days(contact: Contact, today: dt.date) -> int:
    return (today - timezone.localdate(contact.at)).days


def filtered(
    found: Iterable[Unreached], *, language: str = "", state: str = "", q: str = ""
) -> list[Unreached]:
    """Only who speaks this language, is in this state, has this in the name."""
    return [
        row
        for row in found
        if (not language or language in row.languages)
        and (not state or row.state == state)
        and q.casefold() in row.pupil.full_name.casefold()
    ]


SORTS = {
    "name": lambda row: (row.pupil.sorted_name.casefold(), row.school_class.name),
    "class": lambda row: (row.school_class.name, row.pupil.sorted_name.casefold()),
    "last": lambda row: (row.last.at if row.last else NOBODY, row.pupil.sorted_name.casefold()),
    "next": lambda row: (row.next.action, row.pupil.sorted_name.casefold()),
}


def in_order(found: Iterable[Unreached], sort: str) -> list[Unreached]:
    """In the order that was asked for, `-name` the other way round; by class and name where nothing is asked."""
    key = SORTS.get(sort.removeprefix("-"), SORTS["class"])
    return sorted(found, key=key, reverse=sort.startswith("-"))
