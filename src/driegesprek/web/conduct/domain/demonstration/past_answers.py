"""What everybody answered in the past year of the demonstration school, from made-up answers to rows."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from driegesprek import content
from driegesprek.instruments import Play, play
from driegesprek.web.conduct.domain.survey_sittings import noon
from driegesprek.web.people.models import Bond, SchoolClass
from driegesprek.web.surveys.domain import past, pseudonyms, versions
from driegesprek.web.surveys.domain.past import Past
from driegesprek.web.surveys.domain.rounds import Seat, SurveyInfo
from driegesprek.web.surveys.enums import Purpose, ResponseChannel, Voice
from driegesprek.web.surveys.models import Consent, Invitation, Round
from driegesprek.web.surveys.rules import consenting, designs

if TYPE_CHECKING:
    from driegesprek.content.simulation import People, Sheets, Year

BY_CODE = 0.3
"""The share that types the code instead of opening the link."""


@dataclass(frozen=True)
class Asked:
    """Who answers, by voice, and of each pupil the parent who consents."""

    pupils: Sequence[Invitation]
    adults: Sequence[Invitation]
    teachers: Sequence[Invitation]
    parents: Mapping[UUID, Bond]

    def of(self, voice: str) -> Sequence[Invitation]:
        """Those of a voice, in the order of the simulated people."""
        return {Voice.PUPIL.value: self.pupils, Voice.ADULT.value: self.adults}.get(voice, self.teachers)


@dataclass(frozen=True)
class Part:
    """One of the two rounds."""

    name: str
    row: Round
    info: SurveyInfo


def noon_of(day: dt.date) -> dt.datetime:
    """Noon of a day: of a round without names no finer moment is kept."""
    return noon(dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC))


def simulated(people: "People", asked: Asked, *, seed: int) -> "Year":
    """The answers of these people."""
    from driegesprek.content.simulation import simulate  # noqa: PLC0415 - heavy

    if people.count("pupil") != len(asked.pupils):
        raise ValueError("somebody is counted who is not asked")
    return simulate(people, seed=seed)


def store(part: Part, asked: Asked, year: "Year", *, chance: Random) -> int:
    """Store what all voices answered in one part, with consents and who is done. Returns how many responses."""
    done = 0
    for voice in part.info.versions:
        storing = _Storing(part, asked, year.sheets[voice, part.name], chance)
        done += past.keep(storing.responses())
        storing.consents()
        storing.mark_done()
    return done


class _Storing:
    """One voice in one part."""

    def __init__(self, part: Part, asked: Asked, sheets: "Sheets", chance: Random) -> None:
        self.part, self.asked, self.sheets, self.voice = part, asked, sheets, sheets.voice
        self.study = part.info.study_id
        there = enumerate(asked.of(self.voice))
        self.people = [(place, one) for place, one in there if sheets.there[place]]
        days = (part.row.closes_on - part.row.opens_on).days
        draws = [(chance.randrange(days), chance.random() < BY_CODE) for _ in self.people]
        self.days = [part.row.opens_on + dt.timedelta(days=day) for day, _ in draws]
        self.by_code = [code for _, code in draws]
        self.classes = {
            one.pk: one
            for one in SchoolClass.objects.filter(
                pk__in={one.school_class_id for _, one in self.people} - {None}
            )
        }
        self.plays = {consent: self._play(consent=consent) for consent in (False, True)}
        self.codes = {path: answers.codes.tolist() for path, answers in sheets.answers.items()}
        self.states = {path: answers.states.tolist() for path, answers in sheets.answers.items()}

    def _play(self, *, consent: bool) -> Play:
        """What is asked: these forms have no routes but for consent, so one play holds for all who gave it or not."""
        info, form = self.part.info, versions.load(self.part.info.versions[self.voice])
        context = designs.context(info.design, info.options, {Purpose.ORIGIN} if consent else ())
        return play(form, {}, today=self.part.row.opens_on, context=context)

    def responses(self) -> Iterator[Past]:
        """Everybody who took part."""
        for number, (place, one) in enumerate(self.people):
            consent = bool(self.sheets.consents[place])
            yield Past(
                seat=self._seat(one, by_code=self.by_code[number]),
                at=noon_of(self.days[number]),
                answers=self._answers(place, self.sheets.asked[consent]),
                play=self.plays[consent],
                group=self._group(one),
            )

    def _answers(self, place: int, asked: Sequence[str]) -> dict[str, Any]:
        """In the order of the form; nothing after the place where this person stopped."""
        from driegesprek.content.simulation import State  # noqa: PLC0415 - heavy

        given = {path: (self.states[path][place], self.codes[path][place]) for path in asked}
        return {
            path: None if state == State.SKIPPED else code
            for path, (state, code) in given.items()
            if state != State.UNTOUCHED
        }

    def _seat(self, one: Invitation, *, by_code: bool) -> Seat:
        channel = ResponseChannel.CODE if by_code else ResponseChannel.LINK
        spoken = one.bond.spoken_language if one.bond else content.DUTCH
        return Seat(
            round=self.part.info,
            voice=self.voice,
            pseudonym=self._pseudonym(one),
            channel=ResponseChannel.DESK if self.voice == Voice.STAFF else channel,
            language=spoken if spoken in {known.code for known in content.LANGUAGES} else content.DUTCH,
        )

    def _pseudonym(self, one: Invitation) -> str:
        owner = {Voice.PUPIL.value: one.pupil_id, Voice.ADULT.value: one.bond_id}
        return pseudonyms.of_study(self.study, self.voice, owner.get(self.voice, one.staff_id))

    def _group(self, one: Invitation) -> dict[str, Any]:
        """As `survey_sittings` has it, in the class of then."""
        group: dict[str, Any] = {"stratum": one.stratum, "weight": one.weight}
        if self.voice == Voice.STAFF:
            return group | {"teacher": self._pseudonym(one)}
        found = self.classes[one.school_class_id]
        mentor = found.mentor_id
        return group | {
            "class_id": str(found.pk),
            "class": found.name,
            "year_group": found.year_group,
            "track": found.track,
            "teacher": pseudonyms.of_study(self.study, Voice.STAFF, mentor) if mentor else "",
            "pupil": pseudonyms.of_study(self.study, Voice.PUPIL, one.pupil_id),
        }

    def consents(self) -> None:
        """Who took part consented, or a parent did; to the question about origin not everybody."""
        rows = [row for number, _ in enumerate(self.people) for row in self._words(number)]
        Consent.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["study", "purpose", "subject", "giver"],
            update_fields=["given", "on"],
        )

    def _words(self, number: int) -> Iterator[Consent]:
        place, one = self.people[number]
        subject = self._pseudonym(one)
        given = {Purpose.STUDY: True, Purpose.ORIGIN: bool(self.sheets.consents[place])}
        of = {"school_id": one.school_id, "study_id": self.study, "subject": subject}
        own = self.voice != Voice.PUPIL or consenting.own_word(one.pupil.birth_date, self.days[number])
        parent = "" if own else self.asked.parents[one.pupil_id].pk
        giver = subject if own else pseudonyms.of_study(self.study, Voice.ADULT, parent)
        for purpose, word in given.items():
            yield Consent(**of, purpose=purpose, giver=giver, given=word, on=self.days[number])

    def mark_done(self) -> None:
        """On the invitations of this part, which are others than those of the part before."""
        owner = {Voice.PUPIL.value: "pupil", Voice.ADULT.value: "bond"}.get(self.voice, "staff")
        invited = Invitation.objects.filter(round=self.part.row, voice=self.voice)
        keys = dict(invited.values_list(owner, "pk"))
        there = zip(self.people, self.days, strict=True)
        past.mark_done(
            (day, keys[person]) for (_, one), day in there if (person := getattr(one, f"{owner}_id")) in keys
        )
