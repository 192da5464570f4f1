"""The past year of the demonstration school: who was there, and two rounds of questions, before and after.

The answers are made up by `driegesprek.content.simulation`, and everything that shows them says so. The rounds are made
by the deeds that a school does; what everybody answered is stored at once.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.db import transaction

from driegesprek import content
from driegesprek.web.access.actor import Actor, of_staff
from driegesprek.web.common import audit
from driegesprek.web.conduct.domain.demonstration import past_answers
from driegesprek.web.conduct.domain.demonstration.past_answers import Asked, Part
from driegesprek.web.conduct.domain.demonstration.people import invent_leavers
from driegesprek.web.people.domain.schools import ensure_year
from driegesprek.web.people.models import Bond, Enrolment, Pupil, School, SchoolClass, SchoolYear, Staff
from driegesprek.web.surveys.domain import inviting, past, rounds, studies, versions
from driegesprek.web.surveys.domain.inviting import ALL_STAFF, Whom
from driegesprek.web.surveys.domain.studies import Plan
from driegesprek.web.surveys.enums import Design, Voice
from driegesprek.web.surveys.models import Invitation, Round
from driegesprek.web.surveys.rules import designs

if TYPE_CHECKING:
    from driegesprek.content.simulation import People

PUPILS, ADULTS, TEACHERS = 600, 700, 40
"""How many answer before."""
ASKED = 640
"""Pupils who are asked; some do not answer."""
NEW_TEACHERS = 16
TWO_WEEKS = dt.timedelta(days=14)
MONDAY = 7
STARTS = {"pre": dt.timedelta(days=56), "post": dt.timedelta(days=294)}
"""After the first day of the school year: September and May."""
FORMS = {Voice.PUPIL: "citydeal_pupil", Voice.ADULT: "citydeal_parent", Voice.STAFF: "citydeal_teacher"}
TITLES = {
    "pre": {
        "nl": "Thuis en school over kiezen: vooraf (verzonnen)",
        "en": "Home and school about choosing: before (invented)",
    },
    "post": {
        "nl": "Thuis en school over kiezen: achteraf (verzonnen)",
        "en": "Home and school about choosing: after (invented)",
    },
}
BONDS = {"mother": "mother", "father": "father"}
BORN = {True: ("both_here", "one_abroad", "both_abroad"), False: ("both_abroad", "one_abroad", "rather_not")}
"""Where parents were born, by whether Dutch is the language at home; the first is the usual one."""
USUAL = (80, 16, 4)


def fill(school: School, year: SchoolYear, counsellor: Staff, *, seed: int) -> None:
    """Make the school year before this one, with its people and its two rounds."""
    with transaction.atomic():
        _PastYear(school, year, of_staff(counsellor), seed).fill()


@dataclass
class _PastYear:
    school: School
    year: SchoolYear
    actor: Actor
    seed: int

    def fill(self) -> None:
        """People, rounds, answers."""
        self._classes_of_then()
        self._people_who_left()
        before = self._round("pre", None)
        after = self._round("post", before)
        past.call_invented(before)
        asked = self._asked(before)
        answered = past_answers.simulated(self._people(asked), asked, seed=self.seed)
        for part, row in (("pre", before), ("post", after)):
            info = rounds.of_survey(row.pk)
            if info is None:  # was opened above
                raise LookupError(row.pk)
            done = past_answers.store(Part(part, row, info), asked, answered, chance=self.chance)
            audit.record(self.actor, "invented answers stored", row, rows=done)

    @cached_property
    def chance(self) -> Random:
        return Random(self.seed)  # noqa: S311 - invented, not secret

    @cached_property
    def then(self) -> SchoolYear:
        return ensure_year(self.school, self.year.starts_on - dt.timedelta(days=1))

    @cached_property
    def classes(self) -> dict[str, SchoolClass]:
        """The classes of then by name, with the mentors of now."""
        now = SchoolClass.objects.filter(year=self.year).order_by("name")
        return {one.name: self._class(one) for one in now}

    def _class(self, now: SchoolClass) -> SchoolClass:
        return SchoolClass(
            id=uuid5(self.school.pk, f"former class {now.name}"),
            school=self.school,
            year=self.then,
            location_id=now.location_id,
            name=now.name,
            year_group=now.year_group,
            track=now.track,
            mentor_id=now.mentor_id,
        )

    def _classes_of_then(self) -> None:
        """Everybody who is in 2A now was in 1A; who is in year 1 now was not there."""
        SchoolClass.objects.bulk_create(self.classes.values())
        now = Enrolment.objects.filter(school_class__year=self.year).select_related("school_class")
        promoted = [one for one in now if one.school_class.year_group != 1]
        Enrolment.objects.bulk_create(
            self._enrolment(one.pupil_id, self._class_below(one.school_class)) for one in promoted
        )

    def _class_below(self, now: SchoolClass) -> SchoolClass:
        return self.classes[f"{(now.year_group or 2) - 1}{now.name[1:]}"]

    def _enrolment(self, pupil_id: UUID, school_class: SchoolClass) -> Enrolment:
        return Enrolment(
            school=self.school,
            pupil_id=pupil_id,
            school_class=school_class,
            since=self.then.starts_on,
            until=self.year.starts_on,
        )

    def _people_who_left(self) -> None:
        known = Enrolment.objects.filter(school_class__year=self.then).count()
        last = [one for one in self.classes.values() if one.year_group == 4]  # noqa: PLR2004 - the highest
        each, more = divmod(ASKED - known, len(last))
        sizes = {one: each + (place < more) for place, one in enumerate(last)}
        names = set(Pupil.objects.filter(school=self.school).values_list("given_name", "family_name"))
        made = invent_leavers(self.then, sizes, staff=NEW_TEACHERS, taken=names, seed=self.seed)
        for pupil in made.pupils:
            pupil.left_on = self.year.starts_on
        for enrolment in made.enrolments:
            enrolment.until = self.year.starts_on
        made.store()

    def _round(self, part: str, before: Round | None) -> Round:
        opens_on = self._monday(self.then.starts_on + STARTS[part])
        plan = Plan(
            title=TITLES[part],
            design=Design.PSEUDONYMOUS,
            voices={voice: self._version(f"{name}_{part}") for voice, name in FORMS.items()},
            opens_on=opens_on,
            closes_on=opens_on + TWO_WEEKS,
            sampling=Whom(
                classes=tuple(str(one.pk) for one in self.classes.values()), staff=ALL_STAFF
            ).stored(),
            options=designs.OPTIONS,
            consent=True,
        )
        if before is None:
            row = studies.create(self.school, plan, actor=self.actor)
        else:
            row = studies.measure_again(before, plan, actor=self.actor)
        inviting.open_round(row, actor=self.actor, today=opens_on, doors=False)
        at = past_answers.noon_of(opens_on)
        Round.objects.filter(pk=row.pk).update(opened_at=at)
        Invitation.objects.filter(round=row).update(sent_on=opens_on)
        row.refresh_from_db()
        return row

    def _monday(self, day: dt.date) -> dt.date:
        return day + dt.timedelta(days=-day.weekday() % MONDAY)

    def _version(self, key: str) -> Any:
        return versions.store(self.school, key, content.instrument(key))

    def _asked(self, row: Round) -> Asked:
        """Who answers: pupils with a parent who may consent, one adult at a time, and teachers."""
        invited = Invitation.objects.filter(round=row)
        bonds = list(Bond.objects.filter(pupil__in=invited.values("pupil")).select_related("adult"))
        parents = {one.pupil_id: one for one in sorted(bonds, key=_authority)}
        of_pupils = invited.filter(voice=Voice.PUPIL, pupil__in=parents).order_by("pupil_id")
        pupils = list(of_pupils.select_related("pupil"))
        pupils = sorted(self.chance.sample(pupils, PUPILS), key=lambda one: str(one.pupil_id))
        there = {one.pupil_id for one in pupils}
        of_bonds = invited.filter(voice=Voice.ADULT, pupil__in=there).select_related("bond__adult")
        by_adult = {one.bond.adult_id: one for one in of_bonds.order_by("bond_id") if one.bond}
        adults = self.chance.sample([by_adult[key] for key in sorted(by_adult, key=str)], ADULTS)
        teachers = list(invited.filter(voice=Voice.STAFF).order_by("staff_id"))
        return Asked(pupils, adults, self.chance.sample(teachers, TEACHERS), parents)

    def _people(self, asked: Asked) -> "People":
        import numpy as np  # noqa: PLC0415 - heavy

        from driegesprek.content.simulation import People  # noqa: PLC0415 - as above

        classes = list(self.classes.values())
        places = {one.pk: place for place, one in enumerate(classes)}
        of_mentor = {one.mentor_id: place for place, one in enumerate(classes)}
        of_pupil = {one.pupil_id: place for place, one in enumerate(asked.pupils)}
        return People(
            school_of_class=np.zeros(len(classes), dtype=np.int64),
            year_group=np.array([one.year_group for one in classes]),
            track=np.array([one.track for one in classes]),
            class_of_pupil=np.array([places[one.school_class_id] for one in asked.pupils]),
            origin=np.array(list(self._origins(asked))),
            pupil_of_adult=np.array([of_pupil[one.pupil_id] for one in asked.adults]),
            bond=np.array([BONDS.get(one.bond.relation, "other") for one in asked.adults if one.bond]),
            class_of_teacher=np.array([of_mentor.get(one.staff_id, -1) for one in asked.teachers]),
        )

    def _origins(self, asked: Asked) -> Iterator[str]:
        for one in asked.pupils:
            dutch = asked.parents[one.pupil_id].spoken_language == "nl"
            yield self.chance.choices(BORN[dutch], USUAL)[0]


def _authority(bond: Bond) -> tuple[bool, str]:
    """Those with authority last, so that they take the place of others."""
    return bond.authority, str(bond.pk)
