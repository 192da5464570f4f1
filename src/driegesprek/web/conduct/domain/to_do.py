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
from driegesprek.web.talks.domain import households
from driegesprek.web.talks.models import Agreement, Slot, Talk


@dataclass(frozen=True)
class Item:
    """One activity as a person sees it."""

    activity_id: UUID
    kind: str
    state: str
    """todo, started, planned, done or talked."""
    closes_on: dt.date
    open: bool
    times: tuple[dt.datetime, ...] = ()
    """When the talk will be; of a pupil with two homes one for each that picked a time."""

    @property
    def is_talk(self) -> bool:
        """Whether it is a talk, for which a time is picked."""
        return self.kind == ActivityKind.CAREER_TALK


def of(actor: Actor, *, today: dt.date) -> list[Item]:
    """Activities that are open or were, in the order of their dates; of what is to come only talks with times to pick."""
    times = Slot.objects.filter(withdrawn_at=None, starts_at__date__gte=today)
    shown = Q(activity__opens_on__lte=today) | Q(activity__in=times.values("activity"))
    steps = list(_steps(actor).filter(shown).order_by("activity__opens_on"))
    begun, planned = _begun(actor, steps), _planned(actor, steps, today)
    return [_item(step, step.activity_id in begun, planned.get(step.activity_id), today) for step in steps]


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


@dataclass(frozen=True)
class _Planned:
    """The talks of one activity that have a time."""

    times: tuple[dt.datetime, ...]
    whole: bool
    """Whether every home has one."""


def _planned(actor: Actor, steps: Iterable[Step], today: dt.date) -> dict[UUID, _Planned]:
    """The talks to come of this person: with the own household, of a pupil with each."""
    door = actor.door
    talks = [step for step in steps if step.activity.kind == ActivityKind.CAREER_TALK]
    if door is None or not talks:
        return {}
    homes = {one.key for one in households.of_pupil(talks[0].pupil_id, today=today)}
    mine = {door.bond.household} if door.bond else homes
    rows = Talk.objects.filter(activity__in=[step.activity_id for step in talks], pupil=talks[0].pupil_id)
    rows = rows.filter(household__in=mine, held_at=None).exclude(slot=None).order_by("slot__starts_at")
    times: dict[UUID, list[dt.datetime]] = {}
    for activity, at in rows.values_list("activity", "slot__starts_at"):
        times.setdefault(activity, []).append(at)
    return {activity: _Planned(tuple(found), len(found) == len(mine)) for activity, found in times.items()}


def _item(step: Step, begun: bool, planned: _Planned | None, today: dt.date) -> Item:
    activity = step.activity
    last = activity.closes_on + (rounds.GRACE if begun else dt.timedelta())
    times = planned.times if planned and not step.talked_at else ()
    state = _state(step, begun, planned)
    return Item(activity.pk, activity.kind, state, activity.closes_on, today <= last, times)


def _state(step: Step, begun: bool, planned: _Planned | None) -> str:
    known = {
        "talked": step.talked_at,
        "done": step.done_at,
        "planned": planned and planned.whole,
        "started": begun,
    }
    return next((state for state, holds in known.items() if holds), "todo")


def has_agreements(actor: Actor) -> bool:
    """Whether anything was agreed in a talk of this pupil, with this adult's household."""
    door = actor.door
    if door is None:
        return False
    rows = Agreement.objects.filter(school_id=door.school_id)
    if door.bond:
        return rows.filter(talk__pupil=door.bond.pupil_id, talk__household=door.bond.household).exists()
    return rows.filter(talk__pupil=door.pupil_id).exists()
