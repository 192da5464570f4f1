"""A small school with a line, for the tests of this area."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from tests.web.factories import (
    make_activity,
    make_adult_for,
    make_class,
    make_pupil,
    make_school,
    make_staff,
    year_of,
)

from driegesprek.web.access.actor import of_staff
from driegesprek.web.conduct.domain import activities
from driegesprek.web.line.models import Activity, Choice


@dataclass
class Small:
    """Two classes, a counsellor, two mentors, a home assignment and talks."""

    school: Any
    counsellor: Any
    mentor: Any
    other_mentor: Any
    a: Any
    b: Any
    pupils: list[Any]
    bonds: list[Any]
    home: Activity
    talk: Activity

    @property
    def actor(self):
        return of_staff(self.counsellor)

    @property
    def mentor_actor(self):
        return of_staff(self.mentor)


def make_choice(school, **changes):
    given = {
        "choose_by": dt.date(2027, 2, 12),
        "profiles": ["zw", "eo", "dp"],
        "absent_profiles": ["bwi", "pie"],
    }
    return Choice.objects.create(school=school, year=year_of(school), year_group=2, **(given | changes))


def make_small(name="De Brug", *, opened=True, pupils=2):
    """Class 2A with `pupils` pupils (Dutch and Arabic adults), class 2B with one whose adult speaks Tarifit."""
    school = make_school(name)
    mentor, other = make_staff(school, name="Yilmaz"), make_staff(school, name="Wit")
    a, b = make_class(school, "2A", mentor=mentor), make_class(school, "2B", mentor=other)
    rows = [make_pupil(a, given_name=f"Samira{n}", family_name=f"Amrani{n:03d}") for n in range(pupils)]
    rows.append(make_pupil(b, given_name="Bilal", family_name="Idrissi"))
    bonds = [
        make_adult_for(pupil, f"Fatima{n}", language=("nl", "ar", "rif")[n % 3 if n < pupils else 2])
        for n, pupil in enumerate(rows)
    ]
    home = make_activity(school, [a, b])
    today = timezone.localdate()
    talk = make_activity(
        school,
        [a, b],
        "career_talk",
        opens_on=today + dt.timedelta(days=30),
        closes_on=today + dt.timedelta(days=35),
    )
    make_choice(school)
    counsellor = make_staff(school, "counsellor", name="Jansen")
    small = Small(school, counsellor, mentor, other, a, b, rows, bonds, home, talk)
    if opened:
        for activity in (home, talk):
            activities.open_activity(activity, actor=small.actor, today=today)
            activity.refresh_from_db()
    return small
