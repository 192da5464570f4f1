"""A school with a career talk, for the tests of talks: plain functions."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone
from tests.web import factories as make

from driegesprek.web.access.actor import of_door, of_staff
from driegesprek.web.access.enums import Grant
from driegesprek.web.common.audit import System
from driegesprek.web.conduct.domain import activities
from driegesprek.web.talks.domain import booking
from driegesprek.web.talks.enums import BookedBy
from driegesprek.web.talks.models import Agreement, Slot

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Setting:
    """One school, mentor Yilmaz of 2A, pupil Samira with mother in household 1 and father in household 2."""

    def __init__(self):
        self.school = make.make_school()
        self.mentor = make.make_staff(self.school)
        self.counsellor = make.make_staff(self.school, "counsellor", name="De Wit")
        self.leader = make.make_staff(self.school, "leader", name="Bakker")
        self.school_class = make.make_class(self.school, mentor=self.mentor)
        self.pupil = make.make_pupil(self.school_class)
        self.mother = make.make_adult_for(self.pupil)
        self.father = make.make_adult_for(self.pupil, "Karim", household="2", relation="father")
        self.home = make.make_activity(self.school, [self.school_class])
        self.activity = make.make_activity(self.school, [self.school_class], "career_talk")
        self.today = timezone.localdate()

    def open(self):
        for one in (self.home, self.activity):
            activities.open_activity(one, actor=System(self.school.pk), today=self.today)
        return self

    def slot(self, days=7, at="18:00", *, mentor=None, minutes=20, place="lokaal 12"):
        hour, minute = map(int, at.split(":"))
        day = self.today + dt.timedelta(days=days)
        return Slot.objects.create(
            school=self.school,
            activity=self.activity,
            mentor=mentor or self.mentor,
            starts_at=dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM),
            minutes=minutes,
            place=place,
        )

    def book(self, slot, household="1", *, pupil=None, by=BookedBy.ADULT, actor=None, **more):
        return booking.book(
            slot.pk,
            activity=self.activity,
            pupil=pupil or self.pupil,
            household=household,
            by=by,
            actor=actor or of_staff(self.mentor),
            now=timezone.now(),
            **more,
        )

    def agree(self, talk, who="pupil", what="Belt oma", by=None):
        return Agreement.objects.create(school=self.school, talk=talk, who=who, what=what, by=by)

    def behind(self, owner, grant=Grant.LINK):
        """The actor behind the door of a bond or pupil."""
        return of_door(make.make_door(owner), grant)
