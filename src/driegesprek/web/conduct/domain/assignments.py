"""The home assignment from behind a door: sit down at it, answer, share, hand in, stop."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import cached_property

from driegesprek.web.access.actor import Actor
from driegesprek.web.access.enums import Grant
from driegesprek.web.common import audit
from driegesprek.web.common.turns import writing
from driegesprek.web.conduct.domain import call_backs, school_facts, taking_part
from driegesprek.web.line.enums import DoneBy
from driegesprek.web.line.models import Step
from driegesprek.web.outreach.enums import ContactKind, Outcome
from driegesprek.web.outreach.models import Contact
from driegesprek.web.people.models import Bond, Pupil
from driegesprek.web.surveys.domain import answers, pseudonyms, reading, rounds, sheets, versions
from driegesprek.web.surveys.domain.answers import FollowUp, Saved
from driegesprek.web.surveys.domain.rounds import Seat
from driegesprek.web.surveys.domain.sheets import Sheet
from driegesprek.web.surveys.enums import ResponseChannel, Voice
from driegesprek.web.surveys.models import Answer

# Names in our own instruments on which the house acts; in another form they simply do not occur.
QUALITIES = "/qualities"
TOGETHER = "/together_qualities"
CALL_WANTED = "/call_wanted"
CALL_WHEN = "/call_when"
FROM_THE_PUPIL = "pupil_qualities"


class NotYoursError(Exception):
    """There is no such assignment for this person: a 404."""


class SealedError(Exception):
    """Behind a typed code: what was decided about earlier answers stays as it is."""


@dataclass(frozen=True)
class Sitting:
    """Somebody at an assignment: whose door, which voice, on which terms."""

    actor: Actor
    activity_id: UUID
    seat: Seat
    pupil: Pupil
    language: str
    sealed_until: dt.datetime | None = None
    """Came in by a typed code then: what was answered before stays shut."""

    @property
    def bond(self) -> Bond | None:
        """The adult's bond; None for a pupil, and for whoever does the adult's part on the pupil's phone."""
        return (
            self.actor.door.bond
            if self.actor.door and self.seat.channel != ResponseChannel.TOGETHER
            else None
        )

    @property
    def together(self) -> bool:
        """Whether the adult's part is done on the pupil's phone."""
        return self.seat.channel == ResponseChannel.TOGETHER

    @cached_property
    def context(self) -> dict[str, str]:
        """What the instrument takes from outside; only what it asks for is looked up."""
        return self._context(school_facts.of_pupil)

    @cached_property
    def routing(self) -> dict[str, str]:
        """The same for saving, where only the way through the questions hangs on it: remembered for a moment."""
        return self._context(school_facts.remembered)

    def _context(self, of_pupil: Callable[[UUID, Pupil, str], dict[str, str]]) -> dict[str, str]:
        wanted = school_facts.wanted(versions.load(self.seat.version_id))
        facts = {"pupil_name": self.pupil.given_name}
        if wanted & school_facts.OF_THE_SCHOOL:
            facts |= of_pupil(self.activity_id, self.pupil, self.language)
        if FROM_THE_PUPIL in wanted:
            facts[FROM_THE_PUPIL] = self._shown_qualities()
        return facts

    def moment(self, now: dt.datetime) -> dt.datetime:
        """The moment as it is kept with the answers."""
        return now

    def after_save(self, saved: Saved, now: dt.datetime) -> FollowUp | None:
        """What follows from answers, in the same transaction: a wish to be called goes to school at once."""
        if saved.changed & {CALL_WANTED, CALL_WHEN} and self.bond:
            return lambda: _pass_on_call(self, saved, now)
        return None

    def check_part(self) -> None:
        """Whether this person takes part.

        Raises:
            NotYoursError: not in this.
        """
        my_step(self)

    def _shown_qualities(self) -> str:
        """What the pupil chose and shows to this adult; nothing once they chose together on the adult's phone."""
        mine, theirs = self.seat.pseudonym, self._pupil_pseudonym
        rows = Answer.objects.filter(
            response__round=self.seat.round.id,
            response__pseudonym__in=[mine, theirs],
            question__in=[QUALITIES, TOGETHER],
        ).values_list("response__pseudonym", "value", "response__shared")
        found = {pseudonym: (value, shared) for pseudonym, value, shared in rows}
        value, shared = found.get(theirs, (None, {}))
        if found.get(mine, (None,))[0] or not value or mine not in shared.get("adults", ()):
            return ""
        return " ".join(value)

    @property
    def _pupil_pseudonym(self) -> str:
        return pseudonyms.of(self.seat.round.id, Voice.PUPIL, self.pupil.pk)


def sit(
    actor: Actor,
    activity_id: UUID,
    *,
    language: str,
    together: bool = False,
    opened_at: dt.datetime | None = None,
) -> Sitting:
    """Sit down at an assignment; nothing is read yet but what never changes.

    Args:
        actor: who stands behind a door.
        activity_id: the assignment.
        language: in which questions are put.
        together: the adult's part, on the pupil's phone.
        opened_at: when the door was opened here; counts for a typed code.

    Raises:
        NotYoursError: there is no such assignment here.
    """
    info, door = rounds.of_activity(activity_id), actor.door
    if info is None or door is None or info.school_id != door.school_id or (together and door.bond_id):
        raise NotYoursError
    voice = Voice.ADULT if door.bond_id or together else Voice.PUPIL
    if voice not in info.versions:
        raise NotYoursError
    pupil = door.bond.pupil if door.bond else door.pupil
    door.know_school_of(pupil)
    seat = Seat(
        round=info,
        voice=voice,
        pseudonym=_pseudonym(info.id, door, together=together),
        channel=ResponseChannel.TOGETHER if together else ResponseChannel(actor.grant),
        language=language,
        group=lambda: _group(activity_id, pupil, door.bond_id),
    )
    sealed = opened_at if actor.grant == Grant.CODE else None
    return Sitting(actor, activity_id, seat, pupil, language, sealed)


def _pseudonym(round_id: UUID, door: Any, *, together: bool) -> str:
    if together:
        return pseudonyms.of_stand_in(round_id, door.pupil_id)
    if door.bond_id:
        return pseudonyms.of(round_id, Voice.ADULT, door.bond_id)
    return pseudonyms.of(round_id, Voice.PUPIL, door.pupil_id)


def _group(activity_id: UUID, pupil: Pupil, bond_id: UUID | None) -> dict[str, Any]:
    """The class in which a person answers.

    Raises:
        NotYoursError: this person has no part in the activity.
    """
    if not taking_part.has_part(activity_id, pupil.pk, bond_id):
        raise NotYoursError
    return taking_part.class_of(pupil.pk)


def my_step(sitting: Sitting) -> Step:
    """The step of who sits here; whoever stands in for an adult sits at the pupil's.

    Raises:
        NotYoursError: this person has no part in the activity.
    """
    bond = sitting.bond
    steps = taking_part.steps(sitting.activity_id, sitting.pupil.pk, bond.pk if bond else None)
    step = steps.select_related("activity").first()
    if step is None:
        raise NotYoursError
    return step


def read(sitting: Sitting) -> Sheet:
    """What was answered so far."""
    return sheets.read(sitting.seat)


def save(sitting: Sitting, given: Mapping[str, Any], *, revision: int, now: dt.datetime) -> Saved:
    """Save answers (see surveys.domain.answers.save), with what follows from them.

    Raises:
        RoundClosedError: answers are not accepted now.
        NotYoursError: this person has no part in the activity.
        KeyError: there is no such question.
    """
    return answers.save(
        sitting.seat,
        given,
        revision=revision,
        now=sitting.moment(now),
        context=sitting.routing,
        language=sitting.language,
        sealed_until=sitting.sealed_until,
        then=lambda saved: sitting.after_save(saved, now),
    )


def _pass_on_call(sitting: Sitting, saved: Saved, now: dt.datetime) -> None:
    wanted = saved.play.answers.get(CALL_WANTED)
    if wanted == "yes":
        when = saved.play.answers.get(CALL_WHEN, "")
        call_backs.ask(
            sitting.actor, now=now, when="" if when == "any" else when, activity_id=sitting.activity_id
        )
    else:
        call_backs.withdraw(sitting.actor)


def is_sealed(sitting: Sitting, sheet: Sheet, path: str = "") -> bool:
    """Whether this question (or, where none is named, any) was answered before somebody came in by a typed code."""
    sealed = sitting.sealed_until
    found = [one for key, one in sheet.answers.items() if path in {"", key}]
    return sealed is not None and any(one.saved_at < sealed for one in found)


def is_handed_in_before(sitting: Sitting, sheet: Sheet) -> bool:
    """Whether it was handed in before somebody came in by a typed code."""
    sealed, at = sitting.sealed_until, sheet.submitted_at
    return sealed is not None and at is not None and at < sealed


def show_to(sitting: Sitting, bond: Bond | None, *, now: dt.datetime) -> None:
    """The pupil chose with whom to do it: this adult sees the pupil's qualities. None: somebody else, on this phone.

    Raises:
        SealedError: it was chosen before somebody came in by a typed code, who would show earlier answers to another.
        RoundClosedError: answers are not accepted now.
    """
    sheet = read(sitting)
    if "with" in sheet.shared and is_sealed(sitting, sheet, QUALITIES):
        raise SealedError
    round_id, pupil = sitting.seat.round.id, sitting.pupil
    adult = (
        pseudonyms.of(round_id, Voice.ADULT, bond.pk) if bond else pseudonyms.of_stand_in(round_id, pupil.pk)
    )
    answers.share(sitting.seat, {"adults": [adult], "with": adult}, now=now)


def share(sitting: Sitting, *, mentor: bool, other: bool | None = None, now: dt.datetime) -> None:
    """Keep whether the mentor may read it, and for an adult whether the pupil may.

    The pupil carries the adult's sheet, and so may type its code: by a code nothing that was answered earlier is
    opened to the pupil.

    Raises:
        SealedError: it was handed in before somebody came in by a typed code.
        RoundClosedError: answers are not accepted now.
    """
    sheet = read(sitting)
    if is_handed_in_before(sitting, sheet):
        raise SealedError
    choices: dict[str, bool] = {"mentor": mentor}
    if other is not None and sitting.seat.voice == Voice.ADULT and not is_sealed(sitting, sheet):
        choices["pupil"] = other
    answers.share(sitting.seat, choices, now=now)


@dataclass(frozen=True)
class HandedIn:
    """The receipt."""

    at: dt.datetime
    number: str = field(default="")


def shown_to_pupil(sitting: Sitting) -> list[tuple[Bond, tuple[reading.Line, ...]]]:
    """What the pupil's adults wrote and let the pupil read; nothing behind an adult's door or a typed code."""
    if sitting.seat.voice != Voice.PUPIL or sitting.sealed_until:
        return []
    bonds = list(Bond.objects.filter(pupil=sitting.pupil, contact_allowed=True).select_related("adult"))
    return reading.shared_with_pupil(
        sitting.seat.round.id,
        bonds,
        context={"pupil_name": sitting.pupil.given_name},
        language=sitting.language,
    )


def hand_in(sitting: Sitting, *, now: dt.datetime) -> HandedIn:
    """Hand in: the document is frozen, the step is done, and an adult who did this is reached.

    The log names nobody here, so that whoever stops later leaves no trace.

    Raises:
        RoundClosedError: answers are not accepted now.
        IncompleteError: something must be answered first.
    """
    with writing():
        sheet = answers.submit(sitting.seat, now=now, context=sitting.context)
        if _mark_done(sitting, now):
            system = audit.System(sitting.seat.round.school_id)
            audit.record(system, "assignment handed in", voice=sitting.seat.voice)
    return receipt(sheet)


def receipt(sheet: Sheet) -> HandedIn:
    """When it was handed in, with a short number that says nothing to anyone else."""
    if sheet.submitted_at is None or sheet.id is None:
        raise NotYoursError
    return HandedIn(sheet.submitted_at, sheet.id.hex[:8].upper())


def _mark_done(sitting: Sitting, now: dt.datetime) -> bool:
    bond = sitting.bond
    step = Step.objects.select_for_update().filter(
        activity=sitting.activity_id, pupil=sitting.pupil, bond=bond, done_at=None
    )
    if not step.update(done_at=now, done_by=DoneBy.PHONE):
        return False
    if bond:
        Contact.objects.create(**_reached(sitting), at=now)
    return True


def _reached(sitting: Sitting) -> dict[str, Any]:
    return {
        "school_id": sitting.pupil.school_id,
        "pupil": sitting.pupil,
        "bond": sitting.bond,
        "activity_id": sitting.activity_id,
        "kind": ContactKind.SHEET,
        "outcome": Outcome.REACHED,
        "by": None,
    }


def stop(sitting: Sitting) -> None:
    """Stop and erase, without trace: answers, what was overwritten, that it was done, and the wish to be called."""
    with writing():
        answers.withdraw(sitting.seat)
        bond = sitting.bond
        steps = Step.objects.filter(activity=sitting.activity_id, pupil=sitting.pupil, bond=bond)
        steps.filter(done_by=DoneBy.PHONE, talked_at=None).update(done_at=None, done_by="")
        if bond:
            Contact.objects.filter(**_reached(sitting)).delete()
            Contact.objects.filter(
                bond=bond, activity=sitting.activity_id, outcome=Outcome.CALL_BACK, by=None
            ).delete()
        elif not sitting.together:
            together = sit(sitting.actor, sitting.activity_id, language=sitting.language, together=True)
            answers.withdraw(together.seat)
