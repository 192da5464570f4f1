"""A survey round from behind a door: what is told first, consent, begin, answer, hand in, stop.

The door may be an adult's, a pupil's, of a member of staff who logged in, or of a code of which nobody knows whose it
is. Answers stand under a pseudonym of the study; of an anonymous round no moment is kept finer than the day.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone

from driegesprek import content
from driegesprek.web.access.actor import Actor
from driegesprek.web.access.enums import DoorKind, Grant
from driegesprek.web.access.models import Door
from driegesprek.web.common import audit
from driegesprek.web.common.turns import writing
from driegesprek.web.conduct.domain import school_facts
from driegesprek.web.conduct.domain.assignments import NotYoursError, Sitting
from driegesprek.web.people.models import Bond, Enrolment
from driegesprek.web.surveys.domain import (
    answers,
    consents,
    durations,
    pseudonyms,
    quotas,
    rounds,
    sheets,
    versions,
)
from driegesprek.web.surveys.domain.answers import FollowUp, Saved
from driegesprek.web.surveys.domain.rounds import Seat, SurveyInfo
from driegesprek.web.surveys.domain.sheets import RoundClosedError, Sheet
from driegesprek.web.surveys.enums import Design, Purpose, ResponseChannel, Voice
from driegesprek.web.surveys.models import (
    Answer,
    CodeBatch,
    Draw,
    Invitation,
    OverwrittenAnswer,
    Response,
    Study,
)
from driegesprek.web.surveys.rules import consenting, designs

DRAW = "draw"
"""A hidden question by this name is told whether there is a draw."""
CODE = "code"
"""In the place of a voice in a pseudonym: who came by a code is nobody we know."""
NOON = dt.time(12)


class NoConsentError(Exception):
    """Consent is needed first; `by_parent` tells whose."""

    def __init__(self, *, by_parent: bool) -> None:
        self.by_parent = by_parent
        super().__init__()


class FinalError(Exception):
    """Without names, what was handed in stays as it is."""


@dataclass(frozen=True, kw_only=True)
class SurveySitting(Sitting):
    """Somebody at a survey round."""

    info: SurveyInfo
    invitation: Invitation | None = None
    batch: CodeBatch | None = None

    @property
    def bond(self) -> Bond | None:
        """The adult's bond."""
        return self.actor.door.bond if self.actor.door else None

    @property
    def together(self) -> bool:
        """A survey is never done on another's phone as that other."""
        return False

    @property
    def anonymous(self) -> bool:
        """Whether nobody knows who this is."""
        return self.info.design == Design.ANONYMOUS

    @property
    def named(self) -> bool:
        """Whether the mentor sees these answers."""
        return self.info.design == Design.NAMED

    @cached_property
    def consents(self) -> frozenset[str]:
        """The purposes for which consent stands."""
        return consents.standing(self.info.study_id, self.seat.pseudonym)

    @property
    def own_word(self) -> bool:
        """Whether this person gives consent by oneself: all but pupils under sixteen."""
        if self.seat.voice != Voice.PUPIL or self.pupil is None:
            return True
        return consenting.own_word(self.pupil.birth_date, timezone.localdate())

    @property
    def asks_origin(self) -> bool:
        """Whether consent for questions about origin is a matter of this round and this form."""
        form = versions.load(self.seat.version_id)
        return designs.ORIGIN in self.info.options and designs.takes(form, designs.ORIGIN)

    @cached_property
    def context(self) -> dict[str, str]:
        """What the form takes from outside; only what it asks for is looked up."""
        wanted = school_facts.wanted(versions.load(self.seat.version_id))
        facts = designs.context(
            self.info.design, self.info.options, self.consents if self.asks_origin else ()
        )
        facts["pupil_name"] = self._pupil_name()
        if DRAW in wanted:
            facts[DRAW] = "yes" if Draw.objects.filter(round=self.info.id, drawn_at=None).exists() else ""
        if wanted & school_facts.OF_THE_SCHOOL and self.actor.door:
            facts |= school_facts.of_survey(self.actor.door.school, self.pupil, self.language)
        return facts

    @property
    def routing(self) -> dict[str, str]:
        """The same: a survey has few facts."""
        return self.context

    @property
    def minutes(self) -> int:
        """About how long it takes this person."""
        today = timezone.localdate()
        return durations.about(self.seat.version_id, self.context, language=self.language, today=today)

    def _pupil_name(self) -> str:
        if self.pupil is not None:
            return self.pupil.given_name
        code = self.language if self.language in {one.code for one in content.LANGUAGES} else content.DUTCH
        return str(content.text("round.your_child", code))

    def moment(self, now: dt.datetime) -> dt.datetime:
        """Of an anonymous round noon of the day: the order in which people answered is kept nowhere."""
        return noon(now) if self.anonymous else now

    def after_save(self, saved: Saved, now: dt.datetime) -> FollowUp | None:
        """Only a named round may lead to a call."""
        return super().after_save(saved, now) if self.named else None

    def check_part(self) -> None:
        """Known since this person sat down."""


def noon(now: dt.datetime) -> dt.datetime:
    """Noon in Amsterdam of the day of a moment."""
    return timezone.make_aware(dt.datetime.combine(timezone.localdate(now), NOON))


def sit(actor: Actor, round_id: UUID, *, language: str, opened_at: dt.datetime) -> SurveySitting:
    """Sit down at a survey round.

    Args:
        actor: who stands behind a door.
        round_id: which round.
        language: in which questions are put.
        opened_at: when the door was opened here; counts for a typed code.

    Raises:
        NotYoursError: there is no such round for this person.
    """
    info, door = rounds.of_survey(round_id), actor.door
    if info is None or door is None or info.school_id != door.school_id:
        raise NotYoursError
    made = _by_code(info, door) if door.kind == DoorKind.ANONYMOUS else _by_name(info, door)
    pupil = door.bond.pupil if door.bond else door.pupil
    if pupil is not None:
        door.know_school_of(pupil)
    seat = Seat(
        round=info,
        voice=made["voice"],
        pseudonym=made["pseudonym"],
        channel=_channel(actor, door),
        language=language,
        group=_not_begun,
    )
    return SurveySitting(
        actor=actor,
        activity_id=round_id,
        seat=seat,
        pupil=pupil,
        language=language,
        sealed_until=_sealed(actor, door, opened_at),
        info=info,
        invitation=made.get("invitation"),
        batch=made.get("batch"),
    )


def _channel(actor: Actor, door: Door) -> str:
    return ResponseChannel.DESK if door.kind == DoorKind.STAFF else ResponseChannel(actor.grant)


def _sealed(actor: Actor, door: Door, opened_at: dt.datetime) -> dt.datetime | None:
    """Behind a code what was answered before stays shut; of an anonymous round what was answered on earlier days."""
    if door.kind == DoorKind.ANONYMOUS:
        day = timezone.localdate(opened_at)
        return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
    return opened_at if actor.grant == Grant.CODE else None


def _not_begun() -> Mapping[str, Any]:
    """Nobody begins by answering: what is told on the first screen comes before.

    Raises:
        RoundClosedError: always; what was typed is shown again.
    """
    raise RoundClosedError


def _by_name(info: SurveyInfo, door: Door) -> dict[str, Any]:
    rows = Invitation.objects.filter(round=info.id)
    if door.bond_id:
        voice, person, rows = Voice.ADULT, door.bond_id, rows.filter(bond=door.bond_id)
    elif door.staff_id:
        voice, person, rows = Voice.STAFF, door.staff_id, rows.filter(staff=door.staff_id)
    else:
        voice, person = Voice.PUPIL, door.pupil_id
        rows = rows.filter(pupil=door.pupil_id, voice=Voice.PUPIL)
    invitation = rows.first()
    if invitation is None or voice not in info.versions:
        raise NotYoursError
    pseudonym = pseudonyms.of_study(info.study_id, voice, person)
    return {"voice": voice, "pseudonym": pseudonym, "invitation": invitation}


def _by_code(info: SurveyInfo, door: Door) -> dict[str, Any]:
    batch = CodeBatch.objects.filter(seats__door=door, round=info.id).first()
    if batch is None or batch.voice not in info.versions:
        raise NotYoursError
    pseudonym = pseudonyms.of_study(info.study_id, CODE, door.pk)
    return {"voice": batch.voice, "pseudonym": pseudonym, "batch": batch}


def round_of_code(door: Door) -> UUID | None:
    """The round that the door of a code leads to."""
    return CodeBatch.objects.filter(seats__door=door).values_list("round", flat=True).first()


def begin(sitting: SurveySitting, *, origin: bool | None, now: dt.datetime) -> Sheet:
    """Take part, after what the first screen told: own consent is kept, and a response is begun.

    Args:
        sitting: who.
        origin: whether this person, who speaks for oneself, consents to questions about origin; None: not asked.
        now: the moment.

    Raises:
        RoundClosedError: the round is not open.
        NoConsentError: consent of a parent is needed first.
        QuotaFullError: enough people of this group answered.
    """
    with writing():
        sheet = sheets.read(sitting.seat)
        if sheet.begun:
            return sheet
        if not sheet.is_open(sitting.moment(now)):
            raise RoundClosedError
        if not sitting.anonymous:
            _consent_to_take_part(sitting, now)
        if sitting.own_word and sitting.asks_origin and origin is not None:
            _say(sitting, Purpose.ORIGIN, given=origin, now=now)
        quotas.check(sitting.info.id, sitting.seat.voice, _stratum(sitting))
        seat = replace(sitting.seat, group=lambda: _group(sitting))
        sheet = sheets.lock(seat, sitting.moment(now))
        if sitting.invitation:
            Invitation.objects.filter(pk=sitting.invitation.pk).update(stopped_on=None)
    return sheet


def _consent_to_take_part(sitting: SurveySitting, now: dt.datetime) -> None:
    if not sitting.info.consent:
        return
    if sitting.own_word:
        _say(sitting, Purpose.STUDY, given=True, now=now)
    elif Purpose.STUDY not in sitting.consents:
        raise NoConsentError(by_parent=True)


def _say(sitting: SurveySitting, purpose: str, *, given: bool, now: dt.datetime) -> None:
    study, me = Study.objects.get(pk=sitting.info.study_id), sitting.seat.pseudonym
    day = timezone.localdate(now)
    consents.say(
        study, purpose, subject=me, giver=me, given=given, on=day, actor=audit.System(study.school_id)
    )
    sitting.__dict__.pop("consents", None)
    sitting.__dict__.pop("context", None)


def _stratum(sitting: SurveySitting) -> str:
    of = sitting.invitation or sitting.batch
    return of.stratum if of else ""


def _group(sitting: SurveySitting) -> dict[str, Any]:
    """What answers are counted and joined by: of a code its group and weight only."""
    of = sitting.invitation or sitting.batch
    group: dict[str, Any] = {"stratum": _stratum(sitting), "weight": of.weight if of else 1.0}
    if sitting.batch:
        return group
    study = sitting.info.study_id
    if sitting.seat.voice == Voice.STAFF:
        return group | {"teacher": sitting.seat.pseudonym}
    row = _enrolment(sitting)
    if row:
        group |= {"class_id": str(row[0]), "class": row[1], "year_group": row[2], "track": row[3]}
        group["teacher"] = pseudonyms.of_study(study, Voice.STAFF, row[4]) if row[4] else ""
    return group | {"pupil": pseudonyms.of_study(study, Voice.PUPIL, sitting.pupil.pk)}


def _enrolment(sitting: SurveySitting) -> tuple[Any, ...] | None:
    """The class in which a person answers: the one of now, whatever it was when the round was opened."""
    of = ("school_class", "school_class__name", "school_class__year_group", "school_class__track")
    rows = Enrolment.objects.filter(pupil=sitting.pupil).order_by("-since")
    return rows.values_list(*of, "school_class__mentor").first()


def hand_in(sitting: SurveySitting, *, now: dt.datetime) -> Sheet:
    """Hand in. Without names it is final, and of the moments only the days are left; the log says nothing of it.

    Raises:
        RoundClosedError: answers are not accepted now, or were never begun.
        IncompleteError: something must be answered first.
    """
    at = now if sitting.named else noon(now)
    with writing():
        sheet = answers.submit(sitting.seat, now=at, context=sitting.context)
        shared = {**sheet.shared, "mentor": True} if sitting.named else {}
        Response.objects.filter(pk=sheet.id).update(language=sitting.language, shared=shared)
        if not sitting.named:
            _to_days([sheet.id])
        if sitting.invitation:
            rows = Invitation.objects.filter(pk=sitting.invitation.pk, done_on=None)
            rows.update(done_on=timezone.localdate(now), stopped_on=None)
    return sheet


def _to_days(responses: list[Any]) -> None:
    """Keep of the moments of these responses their days only."""
    for row in Response.objects.filter(pk__in=responses):
        Response.objects.filter(pk=row.pk).update(started_at=noon(row.started_at))
        for model in (Answer, OverwrittenAnswer):
            moments = model.objects.filter(response=row).values_list("saved_at", flat=True).distinct()
            for moment in list(moments):
                model.objects.filter(response=row, saved_at=moment).update(saved_at=noon(moment))


def forget_moments(*, today: dt.date) -> int:
    """Of rounds without names that are closed, keep the days of what was never handed in too."""
    rows = Response.objects.filter(
        round__design=Design.PSEUDONYMOUS, round__closes_on__lt=today - rounds.GRACE, submitted_at=None
    )
    found = [pk for pk, at in rows.values_list("pk", "started_at") if at != noon(at)]
    _to_days(found)
    return len(found)


def check_not_final(sitting: Sitting, sheet: Sheet) -> None:
    """What was handed in without a name is not looked at again, nor changed.

    Raises:
        FinalError: it was.
    """
    if isinstance(sitting, SurveySitting) and not sitting.named and sheet.submitted_at:
        raise FinalError


def stop(sitting: SurveySitting, *, now: dt.datetime) -> None:
    """Stop: all that was answered is erased, and nobody reminds this person any more."""
    with writing():
        answers.withdraw(sitting.seat)
        if sitting.invitation:
            consents.stop_asking(sitting.invitation, timezone.localdate(now))
