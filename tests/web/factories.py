"""People for tests: plain functions, each making one thing with sensible defaults."""

import datetime as dt
from itertools import count

from django.utils import timezone

from driegesprek.web.access.domain import analysts, doors
from driegesprek.web.access.models import Analyst, Membership, User
from driegesprek.web.line.models import Activity, ActivityClass, Line
from driegesprek.web.people.models import (
    Adult,
    Bond,
    Enrolment,
    Location,
    Pupil,
    School,
    SchoolClass,
    SchoolYear,
    Staff,
)

_number = count(1)
PASSWORD = "een heel lang wachtwoord"
TODAY = dt.date(2026, 11, 21)


def make_school(name="De Brug"):
    school = School.objects.create(name=name, phone="010 123 45 67")
    Location.objects.create(school=school, name=f"{name} Noord", city="Rotterdam")
    SchoolYear.objects.create(
        school=school, name="2026-2027", starts_on=dt.date(2026, 8, 1), ends_on=dt.date(2027, 7, 31)
    )
    return school


def year_of(school):
    return SchoolYear.objects.get(school=school)


def make_staff(school, *roles, name="Yilmaz", email=None):
    """A member of staff with a login; roles: counsellor, leader; none for a mentor."""
    email = email or f"staff{next(_number)}@school.example"
    staff = Staff.objects.create(
        school=school, given_name="Elif", family_name=name, email=email, roles=list(roles)
    )
    user = User.objects.create_user(email, PASSWORD)
    Membership.objects.create(school=school, user=user, staff=staff)
    return staff


def make_analyst(office="Gemeente Rotterdam", area="Rotterdam"):
    """Somebody of a municipality, with a login."""
    email = f"analyst{next(_number)}@gemeente.example"
    analyst = analysts.add(name="Sanne Visser", email=email, office=office, area=area)
    analysts.invite(analyst)
    analyst.refresh_from_db()
    analysts.accept(analyst, password=PASSWORD)
    analyst.refresh_from_db()
    return analyst


def make_class(school, name="2A", *, mentor=None, year_group=2, track="BB"):
    return SchoolClass.objects.create(
        school=school,
        year=year_of(school),
        location=Location.objects.get(school=school),
        name=name,
        year_group=year_group,
        track=track,
        mentor=mentor,
    )


def make_pupil(school_class, given_name="Samira", family_name="Amrani", prefix="el"):
    pupil = Pupil.objects.create(
        school=school_class.school, given_name=given_name, prefix=prefix, family_name=family_name
    )
    Enrolment.objects.create(
        school=school_class.school, pupil=pupil, school_class=school_class, since=dt.date(2026, 8, 1)
    )
    return pupil


def make_adult_for(pupil, given_name="Fatima", *, language="nl", household="1", relation="mother", **bond):
    """An adult with a bond to the pupil; returns the bond."""
    adult = Adult.objects.create(
        school=pupil.school,
        given_name=given_name,
        family_name="Amrani",
        language=language,
        phone=f"+316{next(_number):08d}",
    )
    return Bond.objects.create(
        school=pupil.school, pupil=pupil, adult=adult, household=household, relation=relation, **bond
    )


def make_activity(school, classes, kind="home_assignment", *, opens_on=None, closes_on=None):
    """An activity for these classes; not opened yet (conduct does that)."""
    line, _ = Line.objects.get_or_create(school=school, year=year_of(school), year_group=2)
    today = timezone.localdate()
    activity = Activity.objects.create(
        school=school,
        line=line,
        kind=kind,
        title={"nl": "Kwaliteiten", "en": "Qualities"},
        opens_on=opens_on or today - dt.timedelta(days=7),
        closes_on=closes_on or today + dt.timedelta(days=21),
    )
    for school_class in classes:
        ActivityClass.objects.create(school=school, activity=activity, school_class=school_class)
    return activity


def make_door(owner):
    """The door of a bond or of a pupil, open for a month."""
    until = {
        "expires_at": timezone.now() + dt.timedelta(days=30),
        "code_expires_at": timezone.now() + dt.timedelta(days=30),
    }
    make = doors.ensure_adult_doors if isinstance(owner, Bond) else doors.ensure_pupil_doors
    return make([owner], **until)[owner]


def open_door(client, door):
    """Go in by the link, as a person does; returns the response after the swap."""
    return client.post(doors.link_path(door))


def login(client, staff):
    """Log this member of staff or analyst in."""
    user = staff.user if isinstance(staff, Analyst) else staff.membership.user
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
