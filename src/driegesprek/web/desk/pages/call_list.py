"""Whom to call first: who asks for it or did not answer, then who is least informed (the content's scores say how)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists
from django.utils.translation import get_language

from driegesprek.content import QuickCheckScore, quick_check_score
from driegesprek.web.access import scope
from driegesprek.web.access.actor import Actor
from driegesprek.web.conduct.domain import school_facts
from driegesprek.web.line.enums import ActivityKind
from driegesprek.web.line.models import Activity, Step
from driegesprek.web.outreach.domain import contacts
from driegesprek.web.people.models import Bond, Enrolment, Pupil
from driegesprek.web.surveys.domain import reading, rounds
from driegesprek.web.surveys.enums import Voice

QUESTIONS = ("/informed", "/profiles_known", "/profiles_named", "/when_known", "/call_wanted")
LAST_TO_CALL = 3
"""Up to this place in the order the advice is to call."""


@dataclass(frozen=True, slots=True)
class Call:
    """A pupil whose adults are called, and the advice; never a label."""

    pupil: Pupil
    class_name: str
    bonds: tuple[Bond, ...]
    score: QuickCheckScore

    @property
    def advice(self) -> str:
        """What to do, in the language of the desk."""
        return self.score.advice((get_language() or "nl")[:2])


def calls(actor: Actor, *, today: dt.date) -> list[Call]:
    """The pupils in open home assignments none of whose adults was spoken yet, first to call first."""
    found: dict[UUID, Call] = {}
    for activity in _activities(actor, today):
        found |= {call.pupil.pk: call for call in _of_activity(actor, activity)}
    wanted = [call for call in found.values() if call.score.call_order <= LAST_TO_CALL]
    return sorted(wanted, key=lambda call: (call.score.call_order, call.class_name, call.pupil.sorted_name))


def _activities(actor: Actor, today: dt.date) -> Iterable[Activity]:
    return Activity.objects.filter(
        school_id=actor.school_id,
        kind=ActivityKind.HOME_ASSIGNMENT,
        opened_at__isnull=False,
        opens_on__lte=today,
        line__year__ends_on__gte=today,
    )


def _of_activity(actor: Actor, activity: Activity) -> Iterable[Call]:
    by_pupil = _bonds(actor, activity)
    people = [bond.pk for bonds in by_pupil.values() for bond in bonds]
    info = rounds.of_activity(activity.pk)
    answers = reading.named(info.id, Voice.ADULT, people, QUESTIONS) if info else {}
    names, offered = _class_names(by_pupil), school_facts.offered(activity.pk, by_pupil)
    for pupil, bonds in by_pupil.items():
        score = _score(bonds, answers, offered.get(pupil, frozenset()))
        yield Call(bonds[0].pupil, names.get(pupil, ""), tuple(bonds), score)


def _bonds(actor: Actor, activity: Activity) -> dict[UUID, list[Bond]]:
    """The adults who may be called, by pupil; none of a pupil of whom an adult was spoken since it began."""
    steps = Step.objects.filter(activity=activity, bond__contact_allowed=True, pupil__in=scope.pupils(actor))
    rows = steps.filter(~Exists(contacts.spoken_since("activity__opened_at")))
    return _grouped(rows.values_list("bond", flat=True), actor)


def _grouped(keys: Iterable[UUID], actor: Actor) -> dict[UUID, list[Bond]]:
    found = defaultdict(list)
    rows = Bond.objects.filter(pk__in=keys, school_id=actor.school_id)
    for bond in rows.select_related("pupil", "adult"):
        found[bond.pupil_id].append(bond)
    return found


def _class_names(pupils: Iterable[UUID]) -> dict[UUID, str]:
    rows = Enrolment.objects.filter(pupil__in=list(pupils), until=None)
    return dict(rows.values_list("pupil", "school_class__name"))


def _score(
    bonds: list[Bond], answers: dict[UUID | str, dict[str, object]], offered: Collection[str]
) -> QuickCheckScore:
    """The best informed of the adults who answered; who does not answer counts as least informed."""
    scores = [quick_check_score(answers[bond.pk], offered=offered) for bond in bonds if bond.pk in answers]
    return max(scores, key=lambda score: score.points, default=quick_check_score({}))
