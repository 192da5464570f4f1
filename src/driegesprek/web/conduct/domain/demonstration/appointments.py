"""The talks of the demonstration: times given, some booked, one held today."""

import datetime as dt
from random import Random

from django.utils import timezone

from driegesprek.web.access.actor import of_staff
from driegesprek.web.line.models import Activity
from driegesprek.web.people.models import Pupil, SchoolClass
from driegesprek.web.talks.domain import booking, households, times
from driegesprek.web.talks.enums import BookedBy
from driegesprek.web.talks.models import Slot
from driegesprek.web.talks.rules import Time

DAYS = 4
MINUTES = 20
BOOKED = {"2A": 0.55, "2B": 0.15}


def make(activity: Activity, classes: list[SchoolClass], *, now: dt.datetime, chance: Random) -> None:
    """Give times on four afternoons and evenings in the period of the talks, and book some."""
    for one in classes:
        if one.mentor is None:
            continue
        actor = of_staff(one.mentor)
        slots = times.give(
            activity, one.mentor, _times(activity), place=f"lokaal {chance.randrange(1, 30)}", actor=actor
        )
        _book(activity, one, slots, now=now, chance=chance)


def _times(activity: Activity) -> list[Time]:
    days = [activity.opens_on + dt.timedelta(days=number) for number in range(14)]
    school_days = [day for day in days if day.weekday() in {1, 3}][:DAYS]
    starts = [dt.time(hour, minute) for hour in (15, 16, 19) for minute in (0, 20, 40)]
    moments = [dt.datetime.combine(day, start) for day in school_days for start in starts]
    return [Time(timezone.make_aware(moment).astimezone(dt.UTC), MINUTES) for moment in moments]


def _book(
    activity: Activity, one: SchoolClass, slots: list[Slot], *, now: dt.datetime, chance: Random
) -> None:
    free = iter(chance.sample(slots, len(slots)))
    for pupil in Pupil.objects.filter(enrolments__school_class=one, enrolments__until=None).order_by("pk"):
        found = households.of_pupil(pupil.pk, today=timezone.localdate(now))
        slot = next(free, None)
        if slot is None or not found or chance.random() > BOOKED.get(one.name, 0):
            continue
        booking.book(
            slot.pk,
            activity=activity,
            pupil=pupil,
            household=found[0].key,
            by=BookedBy.ADULT,
            actor=of_staff(one.mentor),  # type: ignore[arg-type] # make() passed classes without a mentor over
            now=now,
        )
