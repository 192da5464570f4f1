"""Which times, talks and agreements an actor may see; what is not in them is a 404."""

from django.db.models import Q, QuerySet

from driegesprek.web.access import scope
from driegesprek.web.access.actor import Actor
from driegesprek.web.line.domain import visible as line
from driegesprek.web.line.enums import ActivityKind
from driegesprek.web.line.models import Activity
from driegesprek.web.people.enums import StaffRole
from driegesprek.web.people.models import SchoolClass, Staff
from driegesprek.web.talks.models import Agreement, Slot, Talk


def activities(actor: Actor) -> QuerySet[Activity]:
    """Career talks of the line: all for counsellor and leader, those of an own class for a mentor."""
    rows = line.activities(actor).filter(kind=ActivityKind.CAREER_TALK)
    return rows.select_related("line__year").order_by("-opens_on")


def classes(actor: Actor) -> QuerySet[SchoolClass]:
    """The classes whose talks this actor holds or plans: all for the counsellor, the own ones for a mentor."""
    rows = scope.classes(actor)
    if actor.staff and StaffRole.COUNSELLOR in actor.staff.roles:
        return rows
    return rows.filter(mentor=actor.staff)


def mentors(actor: Actor) -> QuerySet[Staff]:
    """For whom this actor may give times."""
    return scope.staff(actor).filter(active=True, classes__in=classes(actor)).distinct()


def slots(actor: Actor) -> QuerySet[Slot]:
    """Times that were given and stand, of those mentors."""
    rows = Slot.objects.filter(school_id=actor.school_id, withdrawn_at=None)
    return rows.filter(mentor__in=mentors(actor)) if actor.kind == "staff" else rows.none()


def talks(actor: Actor) -> QuerySet[Talk]:
    """Talks of pupils that a member of staff sees; of the pupil's own; of an adult's own household with the pupil."""
    rows = Talk.objects.filter(school_id=actor.school_id)
    if actor.kind == "staff":
        return rows.filter(pupil__in=scope.pupils(actor))
    door = actor.door
    if door is None:
        return rows.none()
    if door.bond_id:
        return rows.filter(pupil=door.bond.pupil_id, household=door.bond.household)
    return rows.filter(pupil=door.pupil_id)


def to_hold(actor: Actor) -> QuerySet[Talk]:
    """Talks whose screen this member of staff may open: it shows what was answered at home.

    A school leader sees who has a time, not what families share with the mentor.
    """
    here = Q(pupil__enrolments__until=None, pupil__enrolments__school_class__in=classes(actor))
    return talks(actor).filter(here) if actor.kind == "staff" else Talk.objects.none()


def agreements(actor: Actor) -> QuerySet[Agreement]:
    """Agreements of the talks this actor takes part in."""
    rows = to_hold(actor) if actor.kind == "staff" else talks(actor)
    return Agreement.objects.filter(school_id=actor.school_id, talk__in=rows)
