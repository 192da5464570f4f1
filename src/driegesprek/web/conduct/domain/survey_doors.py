"""What stands behind a door of surveys: the rounds to answer, and the consent that a parent is asked for."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from driegesprek.web.access.actor import Actor
from driegesprek.web.access.enums import Grant
from driegesprek.web.access.models import Door
from driegesprek.web.common import audit
from driegesprek.web.conduct.domain.assignments import NotYoursError
from driegesprek.web.people.models import Bond
from driegesprek.web.surveys.domain import consents, pseudonyms, rounds, versions
from driegesprek.web.surveys.enums import Purpose, Voice
from driegesprek.web.surveys.models import Invitation, Response, Round, Study
from driegesprek.web.surveys.rules import consenting, designs


@dataclass(frozen=True)
class Item:
    """A round as the person who is asked sees it."""

    round_id: UUID
    title: Mapping[str, str]
    state: str
    """todo, started or done."""
    closes_on: dt.date
    open: bool


def rounds_of(actor: Actor, *, today: dt.date) -> list[Item]:
    """The survey rounds in which this person is asked, in the order of their dates: two queries."""
    door = actor.door
    if door is None:
        return []
    rows = _invitations(door).filter(round__opens_on__lte=today).exclude(round__opened_at=None)
    found = list(rows.select_related("round").order_by("round__opens_on", "round"))
    names = {one.pk: _pseudonym(one) for one in found}
    begun = set(
        Response.objects.filter(
            round__in=[one.round_id for one in found], pseudonym__in=set(names.values())
        ).values_list("round", "pseudonym")
        if found
        else ()
    )
    return [_item(one, (one.round_id, names[one.pk]) in begun, today) for one in found]


def _invitations(door: Door):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a queryset
    rows = Invitation.objects.filter(school_id=door.school_id)
    if door.bond_id:
        return rows.filter(bond=door.bond_id)
    if door.staff_id:
        return rows.filter(staff=door.staff_id)
    return rows.filter(pupil=door.pupil_id, voice=Voice.PUPIL) if door.pupil_id else rows.none()


def _pseudonym(one: Invitation) -> str:
    person = {Voice.PUPIL: one.pupil_id, Voice.ADULT: one.bond_id, Voice.STAFF: one.staff_id}[
        Voice(one.voice)
    ]
    return pseudonyms.of_study(one.round.study_id, one.voice, person)


def _item(one: Invitation, begun: bool, today: dt.date) -> Item:
    last = one.round.closes_on + (rounds.GRACE if begun else dt.timedelta())
    state = "done" if one.done_on else "started" if begun else "todo"
    return Item(one.round_id, one.round.title, state, one.round.closes_on, today <= last)


@dataclass(frozen=True)
class Asked:
    """The consent that a parent is asked for, for one pupil and one study.

    Attributes:
        round: the round for which it is asked first.
        study_word: what this parent said about taking part; None: nothing yet, or not asked.
        origin_word: the same about questions of origin.
        asks_study: whether taking part needs consent.
        asks_origin: whether origin is asked about.
    """

    round: Round
    study_word: bool | None
    origin_word: bool | None
    asks_study: bool
    asks_origin: bool

    @property
    def answered(self) -> bool:
        """Whether this parent said what is asked."""
        return (self.study_word is not None or not self.asks_study) and (
            self.origin_word is not None or not self.asks_origin
        )


def consents_asked(actor: Actor, *, today: dt.date) -> list[Asked]:
    """For which studies this parent is asked consent now; of a pupil of sixteen or with no authority none."""
    bond = actor.door.bond if actor.door else None
    if bond is None or not bond.authority or consenting.own_word(bond.pupil.birth_date, today):
        return []
    rows = Round.objects.filter(
        school_id=bond.school_id,
        invitations__pupil=bond.pupil_id,
        invitations__voice=Voice.PUPIL,
        closes_on__gte=today,
    ).exclude(opened_at=None)
    found: dict[UUID, Asked] = {}
    for row in rows.select_related("study").prefetch_related("voices").order_by("opens_on"):
        if row.study_id not in found and (one := _asked(row, bond)):
            found[row.study_id] = one
    return list(found.values())


def _asked(row: Round, bond: Bond) -> Asked | None:
    origin = designs.ORIGIN in row.study.options and any(
        voice.voice == Voice.PUPIL and designs.takes(versions.load(voice.version_id), designs.ORIGIN)
        for voice in row.voices.all()
    )
    if not row.study.consent and not origin:
        return None
    of = {"subject": subject_of(row.study_id, bond), "giver": giver_of(row.study_id, bond)}
    return Asked(
        row,
        consents.word_of(row.study_id, Purpose.STUDY, **of),
        consents.word_of(row.study_id, Purpose.ORIGIN, **of) if origin else None,
        row.study.consent,
        origin,
    )


def subject_of(study_id: UUID, bond: Bond) -> str:
    """The pupil's pseudonym."""
    return pseudonyms.of_study(study_id, Voice.PUPIL, bond.pupil_id)


def giver_of(study_id: UUID, bond: Bond) -> str:
    """The parent's pseudonym."""
    return pseudonyms.of_study(study_id, Voice.ADULT, bond.pk)


def give_word(actor: Actor, asked: Asked, *, study: bool | None, origin: bool | None, today: dt.date) -> None:
    """Keep what a parent says; a no removes what the pupil answered for that purpose.

    Raises:
        NotYoursError: this came by a typed code, which the pupil who carries the sheet has too.
    """
    bond = actor.door.bond if actor.door else None
    if bond is None or actor.grant == Grant.CODE:
        raise NotYoursError
    keep_words(asked.round.study, bond, study=study, origin=origin, today=today, actor=actor)


def keep_words(
    study_row: Study,
    bond: Bond,
    *,
    study: bool | None,
    origin: bool | None,
    today: dt.date,
    actor: audit.Acting,
    on_paper: bool = False,
) -> None:
    """Keep the words of a parent for a pupil; None leaves a purpose as it was. Without the study no questions of origin."""
    of = {"subject": subject_of(study_row.pk, bond), "giver": giver_of(study_row.pk, bond)}
    said = {Purpose.STUDY: study, Purpose.ORIGIN: False if study is False and origin else origin}
    for purpose, given in said.items():
        if given is not None:
            consents.say(study_row, purpose, **of, given=given, on=today, actor=actor, on_paper=on_paper)
    if study is False:
        Invitation.objects.filter(round__study=study_row, pupil=bond.pupil_id, voice=Voice.PUPIL).update(
            done_on=None
        )
