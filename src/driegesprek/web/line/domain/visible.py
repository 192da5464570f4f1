"""Which activities and steps an actor may see; what is not in them is a 404."""

from django.db.models import QuerySet

from driegesprek.web.access import scope
from driegesprek.web.access.actor import Actor
from driegesprek.web.line.models import Activity, Line, Step
from driegesprek.web.people.models import SchoolClass, SchoolYear


def years(actor: Actor) -> QuerySet[SchoolYear]:
    """The school's years, for staff."""
    rows = SchoolYear.objects.filter(school_id=actor.school_id)
    return rows if actor.kind == "staff" else rows.none()


def lines(actor: Actor) -> QuerySet[Line]:
    """All lines for counsellor and leader; for a mentor those in which an own class takes part."""
    rows = Line.objects.filter(school_id=actor.school_id)
    return rows if actor.sees_all else rows.filter(activities__in=activities(actor)).distinct()


def activities(actor: Actor) -> QuerySet[Activity]:
    """All activities for counsellor and leader; for a mentor those of an own class."""
    rows = Activity.objects.filter(school_id=actor.school_id)
    if actor.sees_all:
        return rows
    return rows.filter(activity_classes__school_class__in=scope.classes(actor)).distinct()


def classes(actor: Actor, activity: Activity) -> QuerySet[SchoolClass]:
    """The classes of an activity that the actor sees, in the order of their names."""
    taking_part = activity.activity_classes.values("school_class")
    return scope.classes(actor).filter(pk__in=taking_part).select_related("mentor").order_by("name")


def steps(actor: Actor) -> QuerySet[Step]:
    """Steps of pupils that a member of staff sees."""
    rows = Step.objects.filter(school_id=actor.school_id, pupil__in=scope.pupils(actor))
    return rows if actor.kind == "staff" else rows.none()
