"""What there is to do for who came in by a door."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from driegesprek.web.access.actor import Actor
from driegesprek.web.line.enums import ActivityKind
from driegesprek.web.line.models import Step
from driegesprek.web.surveys.domain import pseudonyms, rounds
from driegesprek.web.surveys.enums import Voice
from driegesprek.web.surveys.models import Response
from driegesprek.web.talks.models import Agreement, Slot


@dataclass(frozen=True)
class Item:
    """One activity as a person sees it."""

    activity_id: UUID
    kind: str
    state: str
    """todo, started, done or talked."""
    closes_on: dt.date
    open: bool

    @property
    def is_talk(self) -> bool:
        """Whether it is a talk, for which a time is picked."""
        return self.kind == ActivityKind.CAREER_TALK


def of(actor: Actor, *, today: dt.date) -> list[Item]:
    """Activities that are open or were, in the order of their dates; of what is to come only talks with times to pick."""
    times = Slot.objects.filter(withdrawn_at=None, starts_at__date__gte=today)
    shown = Q(activity__opens_on__lte=today) | Q(activity__in=times.values("activity"))
    steps = list(_steps(actor).filter(shown).order_by("activity__opens_on"))
    begun = _begun(actor, steps)
    return [_item(step, step.activity_id in begun, today) for step in steps]


def _steps(actor: Actor):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a queryset
    door = actor.door
    if door is None:
        return Step.objects.none()
    pupil_id = door.bond.pupil_id if door.bond else door.pupil_id
    rows = Step.objects.filter(school_id=door.school_id, pupil=pupil_id, bond=door.bond_id)
    return rows.exclude(activity__opened_at=None).select_related("activity")


def _begun(actor: Actor, steps: Iterable[Step]) -> set[UUID]:
    """Activities in which this person answered something."""
    names = {}
    for step in steps:
        info = (
            rounds.of_activity(step.activity_id)
            if step.activity.kind == ActivityKind.HOME_ASSIGNMENT
            else None
        )
        if info:
            voice = Voice.ADULT if step.bond_id else Voice.PUPIL
            names[pseudonyms.of(info.id, voice, step.bond_id or step.pupil_id)] = step.activity_id
    found = Response.objects.filter(school_id=actor.school_id, pseudonym__in=names)
    return {names[pseudonym] for pseudonym in found.values_list("pseudonym", flat=True)} if names else set()


def _item(step: Step, begun: bool, today: dt.date) -> Item:
    state = "talked" if step.talked_at else "done" if step.done_at else "started" if begun else "todo"
    activity = step.activity
    last = activity.closes_on + (rounds.GRACE if begun else dt.timedelta())
    return Item(activity.pk, activity.kind, state, activity.closes_on, today <= last)


def has_agreements(actor: Actor) -> bool:
    """Whether anything was agreed in a talk of this pupil, with this adult's household."""
    door = actor.door
    if door is None:
        return False
    rows = Agreement.objects.filter(school_id=door.school_id)
    if door.bond:
        return rows.filter(talk__pupil=door.bond.pupil_id, talk__household=door.bond.household).exists()
    return rows.filter(talk__pupil=door.pupil_id).exists()
