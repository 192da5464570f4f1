"""Tell what the school delivered to a class, and take it back."""

import datetime as dt

from django.db import transaction

from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit
from driegesprek.web.line.models import Activity, Delivery
from driegesprek.web.people.models import SchoolClass


def tell(activity: Activity, school_class: SchoolClass, stage: str, *, on: dt.date, actor: Actor) -> Delivery:
    """Mark a stage of an activity as delivered to a class on a day; told again, the day is corrected."""
    with transaction.atomic():
        delivery, _made = Delivery.objects.update_or_create(
            school_id=activity.school_id,
            activity=activity,
            school_class=school_class,
            stage=stage,
            defaults={"on": on, "told_by": actor.staff},
        )
        audit.record(actor, "delivery told", delivery, stage=str(stage))
    return delivery


def tell_if_new(
    activity: Activity, school_class: SchoolClass, stage: str, *, on: dt.date, actor: Actor
) -> None:
    """The same, leaving alone what was told before."""
    there = Delivery.objects.filter(activity=activity, school_class=school_class, stage=stage)
    if not there.exists():
        tell(activity, school_class, stage, on=on, actor=actor)


def take_back(activity: Activity, school_class: SchoolClass, stage: str, *, actor: Actor) -> None:
    """Undo it: the stage was not delivered after all."""
    with transaction.atomic():
        row = Delivery.objects.filter(activity=activity, school_class=school_class, stage=stage).first()
        if row is None:
            return
        audit.record(actor, "delivery taken back", row, stage=str(stage), on=row.on.isoformat())
        row.delete()
