"""The lists of talks: per pupil and household who has a time, who not yet, and what was held."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from driegesprek.web.access import scope
from driegesprek.web.access.actor import Actor
from driegesprek.web.line.domain import steps
from driegesprek.web.line.models import Activity
from driegesprek.web.people.models import Pupil, SchoolClass
from driegesprek.web.talks.domain import households, visible
from driegesprek.web.talks.domain.households import Household
from driegesprek.web.talks.enums import TalkState
from driegesprek.web.talks.models import Slot, Talk


@dataclass(frozen=True)
class Row:
    """One talk that is to be, or was."""

    pupil: Pupil
    school_class: SchoolClass
    household: Household
    talk: Talk | None
    own: bool
    """Whether the one who looks plans and holds this talk."""

    @property
    def state(self) -> TalkState:
        """How far it is."""
        if self.talk and self.talk.held_at:
            return TalkState.HELD
        return TalkState.BOOKED if self.slot else TalkState.NONE

    @property
    def slot(self) -> Slot | None:
        """The time they have."""
        return self.talk.slot if self.talk else None


@dataclass(frozen=True)
class ClassCount:
    """How many pupils of a class have a time or had the talk, and how many had it."""

    school_class: SchoolClass
    pupils: int
    planned: int
    held: int


def rows(actor: Actor, activity: Activity, *, today: dt.date) -> list[Row]:
    """Every pupil who takes part, with each household, by class and name; in a number of queries that stays the same."""
    enrolments = list(
        steps.enrolments(activity, steps.day_of(activity, today))
        .filter(school_class__in=scope.classes(actor))
        .select_related("pupil", "school_class__mentor")
        .order_by("school_class__name", "pupil__family_name", "pupil__given_name", "pupil")
    )
    own = set(visible.classes(actor).values_list("pk", flat=True))
    at_home = households.of_pupils([one.pupil_id for one in enrolments], today=today)
    talks = {
        (talk.pupil_id, talk.household): talk
        for talk in Talk.objects.filter(activity=activity, pupil__in=at_home).select_related("slot__mentor")
    }
    return [
        Row(
            one.pupil,
            one.school_class,
            household,
            talks.get((one.pupil_id, household.key)),
            one.school_class_id in own,
        )
        for one in enrolments
        for household in at_home[one.pupil_id]
    ]


def counts(found: Iterable[Row]) -> list[ClassCount]:
    """Per class, of rows in the order of their classes; a pupil counts once, however many households."""
    by_class = [list(of) for _pk, of in groupby(found, key=lambda row: row.school_class.pk)]
    return [
        ClassCount(
            of[0].school_class, _pupils(of), _pupils(of, TalkState.BOOKED), _pupils(of, TalkState.HELD)
        )
        for of in by_class
    ]


def _pupils(found: Iterable[Row], at_least: TalkState = TalkState.NONE) -> int:
    order = TalkState.values
    return len({row.pupil.pk for row in found if order.index(row.state) >= order.index(at_least)})


def filtered(found: Iterable[Row], *, school_class: str = "", state: str = "", name: str = "") -> list[Row]:
    """Only of this class, in this state, with this in the pupil's name."""
    return [
        row
        for row in found
        if (not school_class or str(row.school_class.pk) == school_class)
        and (not state or row.state == state)
        and name.strip().casefold() in row.pupil.full_name.casefold()
    ]


def slots(actor: Actor, activity: Activity) -> QuerySet[Slot]:
    """All times of this activity that stand, of the mentors for whom the actor plans, by mentor and time."""
    found = visible.slots(actor).filter(activity=activity).select_related("mentor")
    return found.order_by("mentor__family_name", "mentor__given_name", "mentor", "starts_at")


def with_talks(actor: Actor, found: Iterable[Slot]) -> list[tuple[Slot, Talk | None, bool]]:
    """Each time with its talk, and whether it is free; the talk of a pupil one does not see is only 'not free'."""
    given = list(found)
    booked = set(Talk.objects.filter(slot__in=given).values_list("slot", flat=True))
    seen = visible.to_hold(actor).filter(slot__in=given).select_related("pupil")
    talks = {talk.slot_id: talk for talk in seen}
    return [(slot, talks.get(slot.pk), slot.pk not in booked) for slot in given]
