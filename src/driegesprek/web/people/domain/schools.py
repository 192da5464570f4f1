"""Found a school and keep its own data."""

import datetime as dt

from django.db import transaction

from driegesprek.web.common import audit
from driegesprek.web.people.models import Location, School, SchoolYear, Staff
from driegesprek.web.people.rules import school_year_of


class SchoolExistsError(Exception):
    """The first school is there already; others are made by those who run the installation."""


def found_school(
    *, name: str, phone: str, location: str, city: str, today: dt.date
) -> tuple[School, SchoolYear]:
    """A new school with its first location and the school year that `today` lies in."""
    with transaction.atomic():
        school = School.objects.create(name=name, phone=phone)
        Location.objects.create(school=school, name=location or name, city=city)
        year = ensure_year(school, today)
        audit.record(audit.System(school.pk), "school founded", school)
    return school, year


def ensure_year(school: School, day: dt.date) -> SchoolYear:
    """The school year a day lies in, made where it is missing."""
    name, starts_on, ends_on = school_year_of(day)
    known = SchoolYear.objects.filter(school=school, starts_on__lte=day, ends_on__gte=day).first()
    return known or SchoolYear.objects.create(school=school, name=name, starts_on=starts_on, ends_on=ends_on)


def add_staff(
    school: School, *, given_name: str, prefix: str, family_name: str, email: str, roles: list[str]
) -> Staff:
    """A member of staff, without a login as yet."""
    return Staff.objects.create(
        school=school, given_name=given_name, prefix=prefix, family_name=family_name, email=email, roles=roles
    )
