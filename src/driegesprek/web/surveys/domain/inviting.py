"""Whom a survey round asks: classes, roles and a sample become invitations, each with its door and its weight."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from driegesprek.web.access.actor import Actor
from driegesprek.web.access.domain import doors
from driegesprek.web.access.models import Door
from driegesprek.web.common import audit
from driegesprek.web.people.models import Bond, Enrolment, Pupil, SchoolClass, Staff
from driegesprek.web.surveys.domain import rounds
from driegesprek.web.surveys.enums import Design, Strata, Voice
from driegesprek.web.surveys.models import Invitation, Round
from driegesprek.web.surveys.rules import sampling
from driegesprek.web.surveys.rules.sampling import Drawn

MENTORS, ALL_STAFF = "mentors", "all"
DOOR_OPEN = dt.timedelta(days=60)
"""How long after the last day a link still opens its page, which then says that the round is closed."""


class NobodyError(Exception):
    """There is nobody to ask in these classes."""


@dataclass(frozen=True, kw_only=True)
class Whom:
    """Whom a round is about, as it is kept with the round.

    Attributes:
        classes: ids of the classes whose pupils, their adults and teachers are asked.
        relations: which adults, by what they are to the pupil; empty for all.
        staff: the mentors of those classes, or all staff.
        by: by what a sample is drawn apart.
        shares: {stratum: share}; empty asks everybody.
        seed: of the sample.
    """

    classes: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    staff: str = MENTORS
    by: str = Strata.NONE
    shares: Mapping[str, float] = field(default_factory=dict)
    seed: int = 0

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """What stands with the round."""
        known = {name: stored[name] for name in cls.__dataclass_fields__ if name in stored}
        lists = {name: tuple(known[name]) for name in ("classes", "relations") if name in known}
        return cls(**(known | lists))

    def stored(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in ((one, getattr(self, one)) for one in self.__dataclass_fields__)
        }

    @property
    def is_sample(self) -> bool:
        """Whether only a part is asked: then nobody is added later."""
        return any(share < 1 for share in self.shares.values())


@dataclass(frozen=True, slots=True)
class Opened:
    """How many are asked, by voice."""

    pupils: int = 0
    adults: int = 0
    staff: int = 0


def population(school_id: UUID, whom: Whom, on: dt.date) -> dict[str, list[str]]:
    """The pupils of the classes on a day, by stratum: {stratum: ids}."""
    found: dict[str, list[str]] = {}
    for pupil, school_class in _pupils(school_id, whom, on).items():
        found.setdefault(stratum_of(school_class, whom.by), []).append(str(pupil))
    return found


def stratum_of(school_class: SchoolClass, by: str) -> str:
    """The stratum a class belongs to."""
    if by == Strata.CLASS:
        return school_class.name
    if by == Strata.YEAR_GROUP:
        return str(school_class.year_group or "")
    return school_class.track if by == Strata.TRACK else ""


def _pupils(school_id: UUID, whom: Whom, on: dt.date) -> dict[UUID, SchoolClass]:
    rows = Enrolment.objects.filter(
        Q(until=None) | Q(until__gt=on),
        Q(pupil__left_on=None) | Q(pupil__left_on__gt=on),
        school_id=school_id,
        since__lte=on,
        school_class__in=[UUID(one) for one in whom.classes],
    )
    return {row.pupil_id: row.school_class for row in rows.select_related("school_class")}


def sample(school_id: UUID, whom: Whom, on: dt.date) -> dict[UUID, Drawn]:
    """The pupils who are asked about, each with stratum and weight; the same every time for the same people and seed."""
    found = sampling.draw(population(school_id, whom, on), whom.shares, seed=whom.seed)
    return {UUID(one.member): one for one in found}


def open_round(row: Round, *, actor: Actor, today: dt.date, doors: bool = True) -> Opened:
    """Ask everybody who is to be asked: invitations, doors. Doing so again adds who came later, where all are asked.

    Of an anonymous round nobody is invited here: its codes are made apart (`codes`).

    Args:
        row: the round.
        actor: who opens it.
        today: the day; who is here on that day is asked.
        doors: whether ways in are made; a round of the past needs none.

    Raises:
        NobodyError: there is nobody in these classes.
    """
    with transaction.atomic():
        row = Round.objects.select_for_update(of=("self",)).select_related("study").get(pk=row.pk)
        if row.opened_at is None:
            Round.objects.filter(pk=row.pk).update(opened_at=timezone.now())
            audit.record(actor, "survey opened", row)
        opened = (
            Opened()
            if row.design == Design.ANONYMOUS
            else _invite(row, max(today, row.opens_on), doors=doors)
        )
        rounds.forget_survey(row.pk)
    return opened


def _invite(row: Round, on: dt.date, *, doors: bool = True) -> Opened:
    voices = set(row.voices.values_list("voice", flat=True))
    known = Invitation.objects.filter(round=row).exists()
    new = () if known and _is_fixed(row) else tuple(_wanted(row, voices, on))
    Invitation.objects.bulk_create(new, ignore_conflicts=True)
    rows = Invitation.objects.filter(round=row)
    if not rows.exists():
        raise NobodyError
    if doors:
        _doors(row, rows.select_related("pupil", "bond__adult", "staff"))
    counts = dict.fromkeys(voices, 0)
    for voice in rows.values_list("voice", flat=True):
        counts[voice] += 1
    return Opened(counts.get(Voice.PUPIL, 0), counts.get(Voice.ADULT, 0), counts.get(Voice.STAFF, 0))


def _is_fixed(row: Round) -> bool:
    return row.before_id is not None or Whom.of(row.sampling).is_sample


def _wanted(row: Round, voices: set[str], on: dt.date) -> Iterator[Invitation]:
    if row.before_id:
        yield from _the_same(row, on)
        return
    whom = Whom.of(row.sampling)
    drawn, classes = sample(row.school_id, whom, on), _pupils(row.school_id, whom, on)
    for pupil_id, one in drawn.items():
        of = _of(row, one.stratum, one.weight, classes[pupil_id].pk)
        if Voice.PUPIL in voices:
            yield Invitation(**of, voice=Voice.PUPIL, pupil_id=pupil_id)
    if Voice.ADULT in voices:
        for bond in _bonds(whom, drawn, on):
            one = drawn[bond.pupil_id]
            of = _of(row, one.stratum, one.weight, classes[bond.pupil_id].pk)
            yield Invitation(**of, voice=Voice.ADULT, pupil_id=bond.pupil_id, bond=bond)
    if Voice.STAFF in voices:
        yield from (
            Invitation(**_of(row), voice=Voice.STAFF, staff=one) for one in _staff(row, whom, classes)
        )


def _of(row: Round, stratum: str = "", weight: float = 1.0, class_id: UUID | None = None) -> dict[str, Any]:
    of = {"school_id": row.school_id, "round": row, "stratum": stratum, "weight": weight}
    return of | {"school_class_id": class_id}


def _bonds(whom: Whom, drawn: Iterable[UUID], on: dt.date) -> Sequence[Bond]:
    rows = Bond.objects.filter(
        Q(since=None) | Q(since__lte=on),
        Q(until=None) | Q(until__gt=on),
        pupil__in=list(drawn),
        contact_allowed=True,
    )
    return list(rows.filter(relation__in=whom.relations) if whom.relations else rows)


def _staff(row: Round, whom: Whom, classes: Mapping[UUID, SchoolClass]) -> Sequence[Staff]:
    rows = Staff.objects.filter(school_id=row.school_id, active=True)
    if whom.staff == ALL_STAFF:
        return list(rows)
    return list(rows.filter(classes__in={one.pk for one in classes.values()}).distinct())


def _the_same(row: Round, on: dt.date) -> Iterator[Invitation]:
    """Who was asked before, with the same stratum and weight, and is still here; in the class of that day."""
    before = Invitation.objects.filter(round=row.before_id, stopped_on=None)
    gone = (
        Q(pupil__left_on__lte=on)
        | Q(bond__contact_allowed=False)
        | Q(bond__until__lte=on)
        | Q(staff__active=False)
    )
    voices = set(row.voices.values_list("voice", flat=True))
    found = [one for one in before.exclude(pk__in=before.filter(gone)) if one.voice in voices]
    now = dict(
        Enrolment.objects.filter(
            Q(until=None) | Q(until__gt=on), since__lte=on, pupil__in={one.pupil_id for one in found}
        ).values_list("pupil", "school_class")
    )
    for one in found:
        of = _of(row, one.stratum, one.weight, now.get(one.pupil_id, one.school_class_id))
        yield Invitation(
            **of, voice=one.voice, pupil_id=one.pupil_id, bond_id=one.bond_id, staff_id=one.staff_id
        )


def _doors(row: Round, rows: Iterable[Invitation]) -> None:
    found = list(rows)
    until = end_of_day(row.closes_on + rounds.GRACE)
    dates = {"expires_at": until + DOOR_OPEN, "code_expires_at": until}
    pupils: list[Pupil] = [one.pupil for one in found if one.voice == Voice.PUPIL]
    doors.ensure_pupil_doors(pupils, **dates)
    doors.ensure_adult_doors([one.bond for one in found if one.bond], **dates)
    doors.ensure_staff_doors([one.staff for one in found if one.staff], **dates)


def extend_doors(row: Round) -> None:
    """Links and codes open at least as long as a round that is open: its last day may have been moved."""
    if row.opened_at is None:
        return
    if row.design != Design.ANONYMOUS:
        _doors(row, Invitation.objects.filter(round=row).select_related("pupil", "bond__adult", "staff"))
        return
    until = end_of_day(row.closes_on + rounds.GRACE) + DOOR_OPEN
    # All codes alike: none may be told from another.
    Door.objects.filter(code_seat__batch__round=row).update(expires_at=until, code_expires_at=until)


def end_of_day(day: dt.date) -> dt.datetime:
    """The moment a day ends in Amsterdam."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))


def catch_up(*, today: dt.date) -> int:
    """Ask who came later in every round that is open and asks everybody. Returns how many were added."""
    rows = Round.objects.filter(activity=None, opens_on__lte=today, closes_on__gte=today).exclude(
        opened_at=None
    )
    added = 0
    for row in rows.exclude(design=Design.ANONYMOUS).exclude(study=None):
        if _is_fixed(row):
            continue
        before = Invitation.objects.filter(round=row).count()
        with suppress(NobodyError), transaction.atomic():
            _invite(row, today)
        added += Invitation.objects.filter(round=row).count() - before
    return added
