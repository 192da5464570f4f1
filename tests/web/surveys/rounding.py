"""Survey rounds for tests: a school, forms, a round that is open, and people who answer on phones."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone
from tests.web import factories

from driegesprek.instruments import read_tables
from driegesprek.web.access.actor import of_door, of_staff
from driegesprek.web.access.domain import doors
from driegesprek.web.access.enums import Grant
from driegesprek.web.access.models import Door
from driegesprek.web.surveys.domain import codes, inviting, studies, versions
from driegesprek.web.surveys.domain.inviting import Whom
from driegesprek.web.surveys.domain.studies import Plan

FORM = {
    "survey": [
        {"type": "hidden", "name": "pupil_name"},
        {"type": "hidden", "name": "design"},
        {"type": "hidden", "name": "relation_scales"},
        {"type": "hidden", "name": "consent_origin"},
        {"type": "select_one yes_no", "name": "informed", "label::nl": "Weet u genoeg over ${pupil_name}?"},
        {"type": "text", "name": "why", "label::nl": "Waarom?"},
        {
            "type": "select_one yes_no",
            "name": "quarrel",
            "label::nl": "Ruzie?",
            "relevant": "${relation_scales} = 'yes'",
        },
        {
            "type": "select_one yes_no",
            "name": "abroad",
            "label::nl": "Van elders?",
            "relevant": "${consent_origin} = 'yes'",
        },
    ],
    "choices": [
        {"list_name": "yes_no", "name": "yes", "label::nl": "Ja"},
        {"list_name": "yes_no", "name": "no", "label::nl": "Nee"},
    ],
    "settings": [{"form_title": "Kiezen", "default_language": "nl"}],
}
YOUNG, OLD = dt.date(2013, 5, 1), dt.date(2009, 1, 1)


def form(**settings):
    return read_tables({**FORM, "settings": [{**FORM["settings"][0], **settings}]}, name="choosing")


@dataclass
class School:
    """Two classes of some pupils, an adult each, a mentor each, and a counsellor."""

    school: object
    counsellor: object
    mentors: dict
    classes: dict
    pupils: dict
    version: object
    bonds: dict = field(default_factory=dict)

    @property
    def actor(self):
        return of_staff(self.counsellor)


def make_school(sizes=None, name="De Brug", born=YOUNG):
    school = factories.make_school(name)
    counsellor = factories.make_staff(school, "counsellor", name="Bos")
    mentors, classes, pupils, bonds = {}, {}, {}, {}
    for of, size in (sizes or {"2A": 2, "2B": 2}).items():
        mentors[of] = factories.make_staff(school, name=f"Mentor{of}")
        classes[of] = factories.make_class(school, of, mentor=mentors[of])
        pupils[of] = [factories.make_pupil(classes[of], f"Kind{of}{i}") for i in range(size)]
        for pupil in pupils[of]:
            pupil.birth_date = born
            pupil.save()
            bonds[pupil.pk] = factories.make_adult_for(pupil)
    version = versions.store(school, "own-choosing", form())
    return School(school, counsellor, mentors, classes, pupils, version, bonds)


def plan(of, design="named", voices=("pupil", "adult"), **more):
    today = timezone.localdate()
    whom = Whom(classes=tuple(str(one.pk) for one in of.classes.values()), **more.pop("whom", {}))
    fields = {
        "title": {"nl": "Wat vind je van de keuze?"},
        "opens_on": today - dt.timedelta(days=3),
        "closes_on": today + dt.timedelta(days=14),
        "organisation": "Het Bureau" if design == "anonymous" else "",
        "consent": False,
    }
    return Plan(
        design=design, voices=dict.fromkeys(voices, of.version), sampling=whom.stored(), **(fields | more)
    )


def make_round(of, design="named", *, opened=True, **more):
    row = studies.create(of.school, plan(of, design, **more), actor=of.actor)
    if opened:
        inviting.open_round(row, actor=of.actor, today=timezone.localdate())
        row.refresh_from_db()
    return row


def make_codes(of, row, *, voice="adult", stratum="", population=30, count=12):
    batch = codes.make(
        row,
        voice=voice,
        stratum=stratum,
        population=population,
        count=count,
        actor=of.actor,
        today=timezone.localdate(),
    )
    return batch, list(codes.listed(batch))


def door_of(owner):
    rows = Door.objects.select_related("bond__pupil", "bond__adult", "pupil", "school")
    kinds = {"bond": "bond", "pupil": "pupil", "staff": "staff"}
    return rows.get(**{kinds[owner._meta.model_name]: owner})


def at(door, row, page="opdracht", *rest):
    tail = "".join(f"{part}/" for part in rest)
    return f"/thuis/{door.pk}/{page}/{row.pk}/{tail}"


def begin(phone, door, row, **fields):
    """Open the door, read the first screen, press its button."""
    phone.open(door)
    return phone.post(at(door, row), fields)


def answer_all(phone, door, row, informed="yes", why="Daarom"):
    """From the first screen to the receipt."""
    begin(phone, door, row)
    phone.answer(at(door, row, "opdracht", "informed"), informed)
    phone.answer(at(door, row, "opdracht", "why"), why)
    return phone.post(at(door, row, "delen"))


def midnight_after(day):
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time(0, 5)))


def codes_of(door):
    return doors.printed_code(door).split()


def actor_of(door, grant=Grant.LINK):
    return of_door(door, grant)


def make_again(of, before):
    """The second round of a study, open from today."""
    later = before.closes_on + dt.timedelta(days=30)
    second = plan(of, before.design, opens_on=timezone.localdate(), closes_on=later)
    row = studies.measure_again(before, second, actor=of.actor)
    inviting.open_round(row, actor=of.actor, today=timezone.localdate())
    return row


def door_of_new(bond):
    """A door before any round made one."""
    until = timezone.now() + dt.timedelta(days=30)
    return doors.ensure_adult_doors([bond], expires_at=until, code_expires_at=until)[bond]
