"""A class in an activity, person by person: to do, given, done, talked about."""

import datetime as dt
from dataclasses import dataclass

from driegesprek.web.line.domain import steps
from driegesprek.web.line.enums import DoneBy, StepState
from driegesprek.web.line.models import Activity, Step
from driegesprek.web.line.rules import done_for_pupil, step_state
from driegesprek.web.people.models import Pupil, SchoolClass


@dataclass(frozen=True, slots=True)
class Person:
    """A pupil's own step, or that of one adult."""

    step: Step
    state: StepState

    @property
    def on_paper(self) -> bool:
        """Whether it was marked as done on paper, and so can be taken back."""
        return self.step.done_by == DoneBy.PAPER and self.step.talked_at is None

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in {StepState.DONE, StepState.TALKED}


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One pupil with the adults around them."""

    pupil: Pupil
    own: Person | None
    adults: tuple[Person, ...]

    @property
    def is_done(self) -> bool:
        """Whether the assignment was done together, by whichever adult."""
        own = (self.own,) if self.own else ()
        return done_for_pupil(person.state for person in (*own, *self.adults))


def rows(activity: Activity, school_class: SchoolClass, *, today: dt.date) -> list[PupilRow]:
    """The pupils of a class by name, each with the own step and those of the adults; one query."""
    here = steps.enrolments(activity, steps.day_of(activity, today)).filter(school_class=school_class)
    found = Step.objects.filter(activity=activity, pupil__in=here.values("pupil"))
    return grouped(found)


def of_pupil(activity_id: object, pupil: Pupil) -> PupilRow:
    """One pupil's row."""
    return grouped(Step.objects.filter(activity=activity_id, pupil=pupil))[0]


def grouped(found) -> list[PupilRow]:  # type: ignore[no-untyped-def]  # noqa: ANN001 - a queryset of steps
    """Steps put together by pupil, in the order of names."""
    pupils: dict[Pupil, list[Person]] = {}
    ordered = found.select_related("pupil", "bond__adult").order_by(
        "pupil__family_name", "pupil__given_name", "pupil", "bond__household", "bond__relation"
    )
    for step in ordered:
        pupils.setdefault(step.pupil, []).append(Person(step, step_state(step)))
    return [_row(pupil, people) for pupil, people in pupils.items()]


def _row(pupil: Pupil, people: list[Person]) -> PupilRow:
    own = next((person for person in people if person.step.bond_id is None), None)
    return PupilRow(pupil, own, tuple(person for person in people if person.step.bond_id))
