"""One answer to 'may I?' and 'which rows?': querysets of what an actor may see. What is not in them is a 404."""

from django.db.models import Q, QuerySet

from driegesprek.web.access.actor import Actor
from driegesprek.web.people.models import Adult, Bond, Pupil, SchoolClass, Staff


def classes(actor: Actor) -> QuerySet[SchoolClass]:
    """All classes of the school for counsellor and leader; the own ones for a mentor."""
    if actor.kind != "staff":
        return SchoolClass.objects.none()
    rows = SchoolClass.objects.filter(school_id=actor.school_id)
    return rows if actor.sees_all else rows.filter(mentor=actor.staff)


def pupils(actor: Actor) -> QuerySet[Pupil]:
    """Pupils with an open enrolment in a class the actor sees; behind a door the one pupil it is about."""
    rows = Pupil.objects.filter(school_id=actor.school_id)
    if actor.kind == "staff":
        return (
            rows
            if actor.sees_all
            else rows.filter(enrolments__until=None, enrolments__school_class__mentor=actor.staff)
        )
    if actor.door is None:
        return rows.none()
    return rows.filter(
        Q(pk=actor.door.pupil_id) | Q(bonds=actor.door.bond_id)
        if actor.door.bond_id
        else Q(pk=actor.door.pupil_id)
    )


def bonds(actor: Actor) -> QuerySet[Bond]:
    """Bonds of the pupils a member of staff sees; behind an adult's door the own one, behind a pupil's door the pupil's."""
    rows = Bond.objects.filter(school_id=actor.school_id)
    if actor.kind == "staff":
        return rows.filter(pupil__in=pupils(actor))
    if actor.door is None:
        return rows.none()
    return (
        rows.filter(pk=actor.door.bond_id) if actor.door.bond_id else rows.filter(pupil=actor.door.pupil_id)
    )


def adults(actor: Actor) -> QuerySet[Adult]:
    """Adults of those bonds."""
    return Adult.objects.filter(school_id=actor.school_id, bonds__in=bonds(actor)).distinct()


def staff(actor: Actor) -> QuerySet[Staff]:
    """Colleagues, for staff only."""
    return Staff.objects.filter(school_id=actor.school_id) if actor.kind == "staff" else Staff.objects.none()
