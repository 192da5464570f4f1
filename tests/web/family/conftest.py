"""One family with an open home assignment, and hands to press the buttons of its pages."""

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from tests.web import factories

from driegesprek.web.access.domain import doors
from driegesprek.web.access.models import Door
from driegesprek.web.common.audit import System
from driegesprek.web.conduct.domain.activities import open_activity
from driegesprek.web.line.models import Activity, Choice
from driegesprek.web.people.models import Bond, Pupil, School


@dataclass
class Family:
    """A pupil with two adults in two households."""

    school: School
    pupil: Pupil
    mother: Bond
    father: Bond
    activity: Activity
    doors: dict

    def door(self, owner) -> Door:
        return self.doors[owner.pk]

    def at(self, owner, page="opdracht", *rest) -> str:
        tail = "".join(f"{part}/" for part in rest)
        return f"/thuis/{self.door(owner).pk}/{page}/{self.activity.pk}/{tail}"

    def home(self, owner) -> str:
        return f"/thuis/{self.door(owner).pk}/"


@pytest.fixture
def family(db) -> Family:
    return make_family()


def make_family(name="De Brug", language="nl", **activity) -> Family:
    school = factories.make_school(name)
    mentor = factories.make_staff(school)
    school_class = factories.make_class(school, mentor=mentor)
    pupil = factories.make_pupil(school_class)
    mother = factories.make_adult_for(pupil, language=language)
    father = factories.make_adult_for(pupil, "Karim", household="2", relation="father")
    year = factories.year_of(school)
    Choice.objects.create(
        school=school,
        year=year,
        year_group=2,
        choose_by=dt.date(2027, 2, 12),
        profiles=["zw", "eo"],
        contact_name="Elif Yilmaz",
        contact_phone="010 765 43 21",
    )
    opened = factories.make_activity(school, [school_class], **activity)
    open_activity(opened, actor=System(school.pk), today=timezone.localdate())
    found = Door.objects.select_related("bond__pupil", "bond__adult", "pupil", "school")
    by_owner = {door.bond_id or door.pupil_id: door for door in found.filter(school=school)}
    return Family(school, pupil, mother, father, opened, by_owner)


class Phone(Client):
    """A browser without JavaScript: opens doors, reads a page's form, presses a button."""

    def open(self, door) -> None:
        response = self.post(doors.link_path(door))
        assert response.status_code == 303, response.status_code

    def type_code(self, door, **more):
        return self.post("/code/", {"code_1": doors.printed_code(door), **more})

    def answer(self, path, answer="", go="next", **more):
        """Load the question, then send its form."""
        page = self.get(path)
        assert page.status_code == 200, (page.status_code, page.headers.get("Location"))
        return self.send(path, answer, go=go, revision=hidden(page, "revision"), **more)

    def send(self, path, answer="", go="next", **more):
        form = urlencode({"answer": answer, "go": go, **more}, doseq=True)
        return self.post(path, form, content_type="application/x-www-form-urlencoded")


def hidden(page, name) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    return found[1] if found else ""


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def other_phone() -> Phone:
    return Phone()
