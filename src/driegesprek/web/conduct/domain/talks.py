"""The talk across the rooms: what was answered at home, that it was held, that no time suits."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit
from driegesprek.web.conduct.domain import call_backs, paper_done, school_facts
from driegesprek.web.conduct.domain.assignments import FROM_THE_PUPIL, QUALITIES, TOGETHER
from driegesprek.web.line.enums import ActivityKind, DoneBy
from driegesprek.web.line.models import Step
from driegesprek.web.outreach.domain import contacts
from driegesprek.web.outreach.enums import ContactKind, Outcome
from driegesprek.web.outreach.models import Contact
from driegesprek.web.people.models import Bond, Pupil
from driegesprek.web.surveys.domain import pseudonyms, reading
from driegesprek.web.surveys.domain.reading import Line, Shared
from driegesprek.web.surveys.enums import Voice
from driegesprek.web.surveys.models import Answer, Response, Round
from driegesprek.web.talks.domain import households
from driegesprek.web.talks.domain.households import Household
from driegesprek.web.talks.models import Talk


@dataclass(frozen=True)
class Said:
    """What one person answered at home and lets the mentor read.

    Attributes:
        who: pupil, adult or stand_in (an adult who did it on the pupil's phone).
        name: of this person; empty for a stand-in.
        language: in which it was answered.
        lines: what everyone at the table may see.
        mentor_only: what is shared with the mentor, but not with the others at the table.
    """

    who: str
    name: str
    language: str
    lines: tuple[Line, ...]
    mentor_only: tuple[Line, ...]


@dataclass(frozen=True)
class FromHome:
    """What comes from home into the talk: of the pupil and of the adults of this one household."""

    said: tuple[Said, ...] = ()
    paper_words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.said or self.paper_words)


def from_home(talk: Talk, household: Household, *, several: bool) -> FromHome:
    """What pupil and adults of this household answered and share; the caller audits the reading (`audit_reading`).

    Args:
        talk: the talk.
        household: the adults at the table; nobody else's answers are looked up.
        several: whether the pupil has more than one household. Then it cannot be told in which of them a stand-in or
            a sheet of paper belongs, and both stay out unless they can only be of this one.
    """
    said: list[Said] = []
    for row in _rounds(talk):
        said.extend(_said(row, talk.pupil, household, several=several))
    return FromHome(tuple(said), _paper_words(talk, household, several=several))


def audit_reading(talk: Talk, *, actor: Actor) -> None:
    """Write down that the answers from home were read for this talk."""
    audit.record(actor, "home answers read", talk)


def _rounds(talk: Talk) -> QuerySet[Round]:
    """The home assignments of the same line."""
    rows = Round.objects.filter(
        activity__line=talk.activity.line_id, activity__kind=ActivityKind.HOME_ASSIGNMENT
    )
    return rows.select_related("activity").order_by("opens_on")


def _said(row: Round, pupil: Pupil, household: Household, *, several: bool) -> Iterator[Said]:
    asked = _Asked(row, pupil)
    if asked.own:
        yield asked.pupil_said(asked.own, household)
    open_lines = asked.open_to_pupil(household.bonds)
    for bond in household.bonds:
        found = asked.of_adult(bond)
        if found:
            yield _split(found, bond.adult.full_name, open_lines.get(bond.pk, frozenset()))
    if asked.stand_in and not several:
        yield _split(asked.stand_in, "", frozenset())


def _split(found: Shared, name: str, open_paths: frozenset[str]) -> Said:
    shown = tuple(line for line in found.lines if line.path in open_paths)
    rest = tuple(line for line in found.lines if line.path not in open_paths)
    return Said(found.who, name, found.language, shown, rest)


class _Asked:
    """One home assignment of one pupil, as it is read."""

    def __init__(self, row: Round, pupil: Pupil) -> None:
        self.round, self.pupil = row, pupil
        self.pseudonym = pseudonyms.of(row.pk, Voice.PUPIL, pupil.pk)
        self.facts: Mapping[str, str] = {
            "pupil_name": pupil.given_name,
            **school_facts.of_pupil(row.activity_id, pupil, reading.DUTCH),
        }
        stand_in = pseudonyms.of_stand_in(row.pk, pupil.pk)
        found = {one.who: one for one in self._shared([], stand_in)}
        self.own, self.stand_in = found.get("pupil"), found.get("stand_in")

    def _shared(self, bonds: list[Bond], adult: str) -> list[Shared]:
        return reading.shared(self.round, self.pupil, bonds, context=self._context(adult))

    def _context(self, adult: str) -> dict[str, Any]:
        """What the adult's form took from outside, the qualities that the pupil showed to this adult among it."""
        answers = Answer.objects.filter(
            response__round=self.round,
            response__pseudonym__in=[adult, self.pseudonym],
            question__in=[QUALITIES, TOGETHER],
        )
        found = dict(answers.values_list("response__pseudonym", "value"))
        shown = adult in self._shown_to() and not found.get(adult)
        mine = found.get(self.pseudonym) or []
        return {**self.facts, FROM_THE_PUPIL: " ".join(mine) if shown else ""}

    def _shown_to(self) -> list[str]:
        """The adults to whom the pupil showed the own qualities."""
        rows = Response.objects.filter(round=self.round, pseudonym=self.pseudonym)
        return list(rows.values_list("shared__adults", flat=True).first() or [])

    def pupil_said(self, found: Shared, household: Household) -> Said:
        """The pupil's part; the qualities lie open where the pupil showed them to an adult at this table."""
        here = {pseudonyms.of(self.round.pk, Voice.ADULT, bond.pk) for bond in household.bonds}
        here.add(pseudonyms.of_stand_in(self.round.pk, self.pupil.pk))
        shown = frozenset({QUALITIES}) if here & set(self._shown_to()) else frozenset()
        return _split(found, self.pupil.given_name, shown)

    def of_adult(self, bond: Bond) -> Shared | None:
        """One adult's part."""
        adult = pseudonyms.of(self.round.pk, Voice.ADULT, bond.pk)
        return next((one for one in self._shared([bond], adult) if one.bond_id == bond.pk), None)

    def open_to_pupil(self, bonds: Iterable[Bond]) -> dict[UUID, frozenset[str]]:
        """The questions whose answers adults let the pupil read."""
        found = reading.shared_with_pupil(self.round.pk, bonds, context=self.facts, language=reading.DUTCH)
        return {bond.pk: frozenset(line.path for line in lines) for bond, lines in found}


def _paper_words(talk: Talk, household: Household, *, several: bool) -> tuple[str, ...]:
    """Words typed in from the pupil's sheet, unless that may be the sheet of another household."""
    steps = Step.objects.filter(
        activity__line=talk.activity.line_id,
        activity__kind=ActivityKind.HOME_ASSIGNMENT,
        pupil=talk.pupil_id,
    )
    if several and not _only_here(steps, household):
        return ()
    own = steps.filter(bond=None).first()
    return tuple(word for word in paper_done.words_of(own) if word) if own else ()


def _only_here(steps: QuerySet[Step], household: Household) -> bool:
    sheets = set(steps.filter(done_by=DoneBy.PAPER, bond__isnull=False).values_list("bond", flat=True))
    return bool(sheets) and sheets <= {bond.pk for bond in household.bonds}


def hold(
    talk: Talk, *, present: Iterable[UUID], about_home: bool, today: dt.date, now: dt.datetime, actor: Actor
) -> Talk:
    """The talk was held: it is talked about with the pupil and with those adults of this household who were there.

    Args:
        talk: the talk.
        present: the bonds of the adults who were there; others than of this household are left out.
        about_home: whether the home assignment was talked about.
        today: the day; whose adults count is of this day.
        now: the moment.
        actor: who says so.
    """
    with transaction.atomic():
        talk = Talk.objects.select_for_update().get(pk=talk.pk)
        if talk.held_at:
            return talk
        there = _at_the_table(talk, present, today)
        talk.held_at = now
        talk.save(update_fields=["held_at"])
        _steps(talk, there, about_home=about_home).filter(talked_at=None).update(talked_at=now)
        for bond in there:
            _reached(talk, bond, now, actor)
        audit.record(actor, "talk held", talk, adults=len(there))
    return talk


def _at_the_table(talk: Talk, present: Iterable[UUID], today: dt.date) -> list[Bond]:
    household = households.of_talk(talk.pupil_id, talk.household, today=today)
    named = set(present)
    return [bond for bond in household.bonds if bond.pk in named]


def _steps(talk: Talk, there: list[Bond], *, about_home: bool) -> QuerySet[Step]:
    of_this = Q(activity=talk.activity_id)
    if about_home:
        of_this |= Q(activity__line=talk.activity.line_id, activity__kind=ActivityKind.HOME_ASSIGNMENT)
    return Step.objects.filter(of_this, Q(bond=None) | Q(bond__in=there), pupil=talk.pupil_id)


def _reached(talk: Talk, bond: Bond, now: dt.datetime, actor: Actor) -> None:
    contacts.add(
        talk.pupil,
        bond=bond,
        kind=ContactKind.IN_PERSON,
        outcome=Outcome.REACHED,
        at=now,
        actor=actor,
        activity_id=talk.activity_id,
    )


def not_held(talk: Talk, *, actor: Actor) -> Talk:
    """It was marked by mistake: everything that marking did is taken back; what was written stays."""
    with transaction.atomic():
        talk = Talk.objects.select_for_update().select_related("activity").get(pk=talk.pk)
        if talk.held_at is None:
            return talk
        of_talk = {"pupil": talk.pupil_id, "activity__line": talk.activity.line_id}
        Step.objects.filter(talked_at=talk.held_at, **of_talk).update(talked_at=None)
        Contact.objects.filter(
            kind=ContactKind.IN_PERSON, at=talk.held_at, pupil=talk.pupil_id, activity=talk.activity_id
        ).delete()
        talk.held_at = None
        talk.save(update_fields=["held_at"])
        audit.record(actor, "talk not held", talk)
    return talk


def none_suits(actor: Actor, activity_id: UUID, *, now: dt.datetime) -> None:
    """No time suits this family: the mentor calls to find one together."""
    call_backs.ask(actor, now=now, activity_id=activity_id)
