"""What happened so far at the demonstration school: a line for 2A and 2B, half-way."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from driegesprek.instruments import Question, Questionnaire, play
from driegesprek.web.access.actor import Actor, of_door, of_staff
from driegesprek.web.access.enums import Grant
from driegesprek.web.access.models import Door
from driegesprek.web.conduct.domain import activities, assignments, call_backs, paper_done
from driegesprek.web.conduct.domain.demonstration import appointments
from driegesprek.web.line.domain import delivery, lines
from driegesprek.web.line.domain import steps as line_steps
from driegesprek.web.line.enums import ActivityKind, Stage
from driegesprek.web.line.models import Activity, Step
from driegesprek.web.line.rules import Dates
from driegesprek.web.outreach.domain import contacts
from driegesprek.web.outreach.enums import ContactKind, Outcome
from driegesprek.web.people.models import SchoolClass, SchoolYear, Staff
from driegesprek.web.surveys.domain import versions

DAY = dt.timedelta(days=1)
UNTIL_MONDAY = {5: 2, 6: 1}
"""Days to go, by weekday; 0 is Monday."""
PROFILES = ["zw", "eo", "dp"]
ABSENT = ["bwi", "pie", "mt", "mvi", "hbr", "groen", "mat"]
EXAMPLES = {
    "nl": (
        "Ik pas op mijn broertje.",
        "Bij het koken thuis.",
        "Ik maakte de kast van oma.",
        "Op het veld, elke zaterdag.",
    ),
    "tr": ("Kardeşine bakıyor.", "Evde yemek yaparken.", "Büyükannenin dolabını tamir etti."),
    "ar": ("يساعد أخاه الصغير كل يوم.", "عند الطبخ في البيت.", "أصلح خزانة الجدة."),
    "pl": ("Opiekuje się młodszym bratem.", "Pomaga w kuchni.", "Naprawiła szafę babci."),
    "uk": ("Доглядає молодшого брата.", "Допомагає на кухні.", "Полагодила бабусину шафу."),
}
# How far the two classes are: 2B began a week later. Shares of pupils and of adults who did it.
DONE = {"2A": (0.84, 0.68), "2B": (0.45, 0.3)}
ON_PAPER = 0.2
SHARES_WITH_MENTOR = 0.85


@dataclass
class Scene:
    """Plays the weeks before today, by the same deeds as people do."""

    year: SchoolYear
    counsellor: Staff
    classes: list[SchoolClass]
    today: dt.date
    now: dt.datetime
    chance: Random

    def play(self) -> None:
        """The choice, the line, what was delivered, what was done at home, who was called."""
        actor = of_staff(self.counsellor)
        lines.set_choice(
            self.year,
            2,
            choose_by=min(self.today + 82 * DAY, self.year.ends_on),
            profiles=PROFILES,
            absent_profiles=ABSENT,
            contact_name=self.counsellor.full_name,
            contact_phone=self.counsellor.school.phone,
            actor=actor,
        )
        line = lines.start_line(self.year, 2, classes=self.classes, dates=self._dates(), actor=actor)
        for activity in line.activities.all():
            activities.open_activity(activity, actor=actor, today=self.today)
        home = line.activities.get(kind=ActivityKind.HOME_ASSIGNMENT)
        for number, one in enumerate(self.classes):
            self._deliver(home, one, late=number > 0)
            self._at_home(home, one)
        self._calls(home)
        talk = line.activities.get(kind=ActivityKind.CAREER_TALK)
        appointments.make(talk, self.classes, now=self.now, chance=self.chance)

    def _dates(self) -> dict[ActivityKind, Dates]:
        start = max(self.today - 14 * DAY, self.year.starts_on)
        home = _on_school_days(start - 7 * DAY, start, start, self.today + 10 * DAY, self.today + 17 * DAY)
        talk = _on_school_days(
            start, self.today + 3 * DAY, self.today + 5 * DAY, self.today + 26 * DAY, self.today + 33 * DAY
        )
        return {ActivityKind.HOME_ASSIGNMENT: home, ActivityKind.CAREER_TALK: talk}

    def _deliver(self, activity: Activity, one: SchoolClass, *, late: bool) -> None:
        actor = of_staff(one.mentor)  # type: ignore[arg-type] # every class of the demonstration has a mentor
        delivery.tell(
            activity, one, Stage.ANNOUNCED, on=activity.opens_on - (3 if late else 8) * DAY, actor=actor
        )
        if not late:
            for stage in (Stage.PREPARED, Stage.HELD):
                delivery.tell(activity, one, stage, on=activity.opens_on, actor=actor)
        steps = Step.objects.filter(activity=activity, pupil__enrolments__school_class=one)
        line_steps.mark_sent(steps, at=self.now - 13 * DAY)

    def _at_home(self, activity: Activity, one: SchoolClass) -> None:
        pupils_done, adults_done = DONE.get(one.name, (0.5, 0.4))
        steps = Step.objects.filter(activity=activity, pupil__enrolments__school_class=one).select_related(
            "pupil", "bond__adult", "bond__pupil", "activity"
        )
        did = {step.pupil_id for step in steps if step.bond is None and self.chance.random() < pupils_done}
        for step in sorted(steps, key=lambda step: (step.bond_id is not None, str(step.pk))):
            if step.pupil_id in did and (step.bond is None or self.chance.random() < adults_done):
                self._do(step, one)

    def _do(self, step: Step, one: SchoolClass) -> None:
        if step.bond is None and self.chance.random() < ON_PAPER:
            at = self.now - self.chance.randrange(1, 12) * DAY
            paper_done.done_on_paper(step, at=at, actor=of_staff(one.mentor))  # type: ignore[arg-type] # as above
            return
        actor = _behind_the_door(step)
        if actor is None:
            return
        language = step.bond.spoken_language if step.bond else "nl"
        sitting = assignments.sit(
            actor, step.activity_id, language=language if language in EXAMPLES else "nl"
        )
        at = self.now - self.chance.randrange(60, 12 * 24 * 60) * dt.timedelta(minutes=1)
        assignments.save(sitting, self._answers(sitting), revision=0, now=at)
        if step.bond is None:
            for bond in step.pupil.bonds.filter(contact_allowed=True)[:1]:
                assignments.show_to(sitting, bond, now=at)
        assignments.share(sitting, mentor=self.chance.random() < SHARES_WITH_MENTOR, other=True, now=at)
        assignments.hand_in(sitting, now=at)

    def _answers(self, sitting: assignments.Sitting) -> dict[str, Any]:
        """Answers to all that is asked, found by going through the form as a person does."""
        given: dict[str, Any] = {}
        questionnaire = versions.load(sitting.seat.version_id)
        todo = _asked(questionnaire, given, sitting, self.today)
        while todo:
            given[todo[0]] = self._answer(questionnaire.questions[todo[0]], sitting.language)
            todo = _asked(questionnaire, given, sitting, self.today)
        return {path: value for path, value in given.items() if value}

    def _answer(self, question: Question, language: str) -> Any:
        names = [choice.name for choice in question.choices]
        if question.kind == "select_multiple":
            return sorted(self.chance.sample(names, min(3, len(names))))
        if question.kind == "select_one":
            # Few want to be called; otherwise the first answers, which know most, are given a little less.
            weights = (
                [1, 12] if question.name == "call_wanted" else [2 + place for place in range(len(names))]
            )
            return self.chance.choices(names, weights)[0]
        return self.chance.choice(EXAMPLES[language]) if self.chance.random() < 0.7 else None  # noqa: PLR2004 - skipped else

    def _calls(self, activity: Activity) -> None:
        waiting = Step.objects.filter(activity=activity, bond__isnull=False, done_at=None).select_related(
            "bond", "pupil"
        )
        actor = of_staff(self.counsellor)
        for step in _every(waiting, 9):
            at = self.now - self.chance.randrange(2, 9) * DAY
            outcome = self.chance.choice((Outcome.NOT_REACHED, Outcome.NOT_REACHED, Outcome.REACHED))
            contacts.add(
                step.pupil,
                bond=step.bond,
                kind=ContactKind.PHONE,
                outcome=outcome,
                at=at,
                actor=actor,
                activity_id=activity.pk,
            )
        for step in _every(waiting, 23):
            if door := _behind_the_door(step):
                call_backs.ask(door, now=self.now - DAY, when="evening", activity_id=activity.pk)


def _every(rows: Iterable[Step], number: int) -> list[Step]:
    return [row for place, row in enumerate(sorted(rows, key=lambda row: str(row.pk))) if place % number == 0]


def _on_school_days(*days: dt.date) -> Dates:
    """These days, those in a weekend moved to the Monday after it."""
    return Dates(*(day + UNTIL_MONDAY.get(day.weekday(), 0) * DAY for day in days))


def _asked(
    questionnaire: Questionnaire, given: dict[str, Any], sitting: assignments.Sitting, today: dt.date
) -> list[str]:
    played = play(questionnaire, given, today=today, context=sitting.context)
    kinds = {path: questionnaire.questions[path].kind for path in played.asked}
    return [
        path
        for path, kind in kinds.items()
        if path not in given and kind not in {"note", "calculate", "hidden"}
    ]


def _behind_the_door(step: Step) -> Actor | None:
    rows = Door.objects.select_related("bond__pupil", "bond__adult", "pupil", "school")
    owner = {"bond": step.bond_id} if step.bond_id else {"pupil": step.pupil_id}
    door = rows.filter(**owner).first()
    return of_door(door, Grant.LINK) if door else None
