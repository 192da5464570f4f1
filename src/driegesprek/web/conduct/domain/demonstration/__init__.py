"""The demonstration school: invented people, the same for the same seed."""

import datetime as dt
from random import Random
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from driegesprek.web.access.domain import doors, staff
from driegesprek.web.access.models import Door
from driegesprek.web.conduct.domain.demonstration import past_year
from driegesprek.web.conduct.domain.demonstration.people import Invented, invent
from driegesprek.web.conduct.domain.demonstration.scene import Scene
from driegesprek.web.people.domain.schools import ensure_year
from driegesprek.web.people.enums import StaffRole
from driegesprek.web.people.models import Location, School, SchoolClass, SchoolYear, Staff

SEED = 2014
KEY = UUID("d61e6e5b-0c1d-5e2e-9f1a-4a6f2c7b9e10")
DOMAIN = "debrug.example"
NAMES = ("decaan", "directie", "mentor2a", "mentor2b")


def is_filled() -> bool:
    """Whether the demonstration school is there."""
    return School.objects.filter(pk=KEY).exists()


def fill(*, now: dt.datetime) -> None:
    """Make the school and what happened there in the weeks before `now`."""
    today = timezone.localdate(now)
    with transaction.atomic():
        school = School.objects.create(pk=KEY, name="Vmbo De Brug", phone="010 000 00 00")
        location = Location.objects.create(school=school, name="De Brug Zuid", city="Rotterdam")
        year = ensure_year(school, today)
        made = invent(school, location, year, seed=SEED)
        _give_addresses(made)
        made.store()
        for person in made.staff:
            if person.email:
                staff.give_login(person, password=password())
        second = [one for one in made.classes if one.name in {"2A", "2B"}]
        Scene(year, made.staff[0], second, today, now, Random(SEED)).play()  # noqa: S311 - invented, not secret


def fill_past_year() -> None:
    """Make the school year before, with rounds of made-up answers, to what `fill` made."""
    school = School.objects.get(pk=KEY)
    year = SchoolYear.objects.filter(school=school).latest("starts_on")
    counsellor = Staff.objects.get(school=school, roles=[StaffRole.COUNSELLOR])
    past_year.fill(school, year, counsellor, seed=SEED)


def _give_addresses(made: Invented) -> None:
    mentors = {one.name: one.mentor for one in made.classes}
    for name, person in zip(NAMES, (*made.staff[:2], mentors["2A"], mentors["2B"]), strict=True):
        if person is not None:
            person.email = f"{name}@{DOMAIN}"
            person.set_indexes()


def password() -> str:
    """The demonstration's password: another on every machine, the same each time."""
    return "brug-" + settings.KEYS.derive("demonstration password").hex()[:10]


def links(root: str) -> dict[str, object]:
    """Who can come in where: the desk's login, one family's link with its code, one pupil's link.

    Args:
        root: the address the demonstration is served on.
    """
    family, pupil = _adult_door(), _pupil_door()
    return {
        "desk": {
            "url": f"{root}/desk/",
            "password": password(),
            "email": f"decaan@{DOMAIN}",
            "mentor_2a": f"mentor2a@{DOMAIN}",
            "mentor_2b": f"mentor2b@{DOMAIN}",
            "leader": f"directie@{DOMAIN}",
        },
        "family": f"{root}{doors.link_path(family)}",
        "family_code": doors.printed_code(family),
        "pupil": f"{root}{doors.link_path(pupil)}",
    }


def _adult_door() -> Door:
    """An adult of 2A whose child did the assignment, and who did not yet; in Arabic if there is one."""
    rows = Door.objects.filter(
        bond__steps__done_at=None,
        bond__steps__activity__kind="home_assignment",
        bond__pupil__steps__bond=None,
        bond__pupil__steps__done_at__isnull=False,
        bond__pupil__enrolments__school_class__in=SchoolClass.objects.filter(school=KEY, name="2A"),
    ).order_by("pk")
    return (
        rows.filter(bond__adult__language="ar").first()
        or rows.first()
        or Door.objects.filter(kind="adult")[0]
    )


def _pupil_door() -> Door:
    """A pupil of 2B who did not begin."""
    rows = Door.objects.filter(
        pupil__steps__bond=None,
        pupil__steps__done_at=None,
        pupil__steps__activity__kind="home_assignment",
        pupil__enrolments__school_class__in=SchoolClass.objects.filter(school=KEY, name="2B"),
    )
    return rows.order_by("pk").first() or Door.objects.filter(kind="pupil")[0]
