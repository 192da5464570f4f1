"""What a person who plans a talk sees: the talk as it stands, and the times that are free."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from driegesprek.web.access.actor import Actor
from driegesprek.web.line.enums import ActivityKind
from driegesprek.web.line.models import Activity, Step
from driegesprek.web.people.models import Bond, Enrolment, Pupil, Staff
from driegesprek.web.talks.domain import households, times
from driegesprek.web.talks.domain.households import Household
from driegesprek.web.talks.models import Slot, Talk


@dataclass(frozen=True)
class Plan:
    """One talk to plan: of a pupil with one household; `talk` is None until something was planned."""

    activity: Activity
    pupil: Pupil
    mentor: Staff | None
    household: Household
    talk: Talk | None

    @property
    def slot(self) -> Slot | None:
        """The time they have."""
        return self.talk.slot if self.talk else None

    @property
    def held(self) -> bool:
        """Whether it is over."""
        return self.talk is not None and self.talk.held_at is not None

    def free(self, *, now: dt.datetime) -> QuerySet[Slot]:
        """Times they can choose."""
        return times.free(self.activity, self.mentor, now=now)


def behind_door(actor: Actor, *, today: dt.date) -> list[Plan]:
    """The talk of who stands behind a door: with the own household for an adult, with each household for a pupil.

    Of several activities the one that is open, else the latest; nothing where there is no talk this year.
    """
    door = actor.door
    if door is None:
        return []
    pupil = door.bond.pupil if door.bond else door.pupil
    activity = _activity(pupil, door.bond_id, today)
    if activity is None:
        return []
    found = households.of_pupil(pupil.pk, today=today)
    return plans(activity, pupil, [one for one in found if not door.bond or one.key == door.bond.household])


def _activity(pupil: Pupil, bond_id: object, today: dt.date) -> Activity | None:
    rows = Step.objects.filter(pupil=pupil, bond=bond_id, activity__kind=ActivityKind.CAREER_TALK)
    rows = rows.exclude(activity__opened_at=None).select_related("activity")
    found = [step.activity for step in rows.order_by("activity__closes_on")]
    return next((one for one in found if one.closes_on >= today), found[-1] if found else None)


def plans(activity: Activity, pupil: Pupil, found: Iterable[Household]) -> list[Plan]:
    """The talk of a pupil with each of these households."""
    rows = Talk.objects.filter(activity=activity, pupil=pupil).select_related("slot__mentor")
    there = {row.household: row for row in rows}
    mentor = mentor_of(pupil)
    return [Plan(activity, pupil, mentor, one, there.get(one.key)) for one in found]


def mentor_of(pupil: Pupil) -> Staff | None:
    """The mentor of the class in which a pupil is now."""
    row = Enrolment.objects.filter(pupil=pupil, until=None).select_related("school_class__mentor").first()
    return row.school_class.mentor if row else None


def of_siblings(bonds: Iterable[Bond], *, now: dt.datetime) -> list[Talk]:
    """Talks to come that the same adults have about other children."""
    mine = list(bonds)
    others = Bond.objects.filter(adult__in=[bond.adult_id for bond in mine], contact_allowed=True)
    pairs = {
        (bond.pupil_id, bond.household) for bond in others.exclude(pupil__in=[bond.pupil_id for bond in mine])
    }
    rows = Talk.objects.filter(pupil__in=[pupil for pupil, _household in pairs], slot__starts_at__gt=now)
    found = rows.filter(held_at=None).select_related("slot", "pupil").order_by("slot__starts_at")
    return [talk for talk in found if (talk.pupil_id, talk.household) in pairs]
