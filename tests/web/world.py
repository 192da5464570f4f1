"""A small world in which every address has something to show: two classes, two households, another school."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from tests.web import factories
from tests.web.surveys import rounding

from driegesprek.web.access.actor import of_staff
from driegesprek.web.access.domain import staff as logins
from driegesprek.web.access.secrets import link_secret
from driegesprek.web.conduct.domain import activities
from driegesprek.web.findings.models import GivenSums
from driegesprek.web.line.domain import lines
from driegesprek.web.line.models import Step
from driegesprek.web.outreach.models import PrintJob, Recording, RecordingDraft
from driegesprek.web.people.domain import uploads
from driegesprek.web.people.models import LikelyDouble
from driegesprek.web.supply.domain import records, scenarios
from driegesprek.web.surveys.domain import codes, draws, inviting, mailings, studies, versions
from driegesprek.web.surveys.domain.inviting import Whom
from driegesprek.web.surveys.domain.studies import Plan
from driegesprek.web.surveys.models import FormMedium
from driegesprek.web.talks.models import Agreement, Slot, Talk

ROLES = (
    "anonymous",
    "parent",
    "other_parent",
    "pupil",
    "mentor",
    "other_mentor",
    "counsellor",
    "leader",
    "other_staff",
    "analyst",
)


@dataclass
class World:
    clients: dict[str, Client] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)


def build():
    """Everything is about pupil Samira of 2A and the adult of her first household, unless a name says otherwise."""
    world, school = World(), factories.make_school()
    people = _people(school)
    _clients(world, people)
    _deeds(world, people)
    return world


def _people(school):
    mentor, other = factories.make_staff(school), factories.make_staff(school, name="De Wit")
    first = factories.make_class(school, "2A", mentor=mentor)
    second = factories.make_class(school, "2B", mentor=other)
    pupil = factories.make_pupil(first)
    factories.make_adult_for(factories.make_pupil(second, "Bilal", "Kaya", ""), "Ayşe")
    elsewhere = factories.make_school("Elders")
    stranger = factories.make_staff(elsewhere, "counsellor", name="Vreemd")
    factories.make_pupil(factories.make_class(elsewhere, "2A", mentor=stranger), "Elders")
    return {
        "school": school,
        "mentor": mentor,
        "other_mentor": other,
        "class": first,
        "pupil": pupil,
        "bond": factories.make_adult_for(pupil),
        "other_bond": factories.make_adult_for(pupil, "Karim", household="2", relation="father"),
        "counsellor": factories.make_staff(school, "counsellor", name="Bos"),
        "leader": factories.make_staff(school, "leader", name="Smit"),
        "other_staff": stranger,
        "analyst": factories.make_analyst(),
        "classes": [first, second],
    }


def _clients(world, people):
    doors = {
        "parent": factories.make_door(people["bond"]),
        "other_parent": factories.make_door(people["other_bond"]),
        "pupil": factories.make_door(people["pupil"]),
    }
    for role in ROLES:
        client = world.clients[role] = Client()
        if role in doors:
            factories.open_door(client, doors[role])
        elif role in people:
            factories.login(client, people[role])
    world.values["door_id"] = doors["parent"].pk
    world.values["pupil_door_id"] = doors["pupil"].pk
    world.values["door_secret"] = link_secret(doors["parent"].pk, 1)


def _deeds(world, people):
    school, actor, today = people["school"], of_staff(people["counsellor"]), timezone.localdate()
    home = factories.make_activity(school, people["classes"])
    talks = factories.make_activity(school, people["classes"], "career_talk")
    lines.set_choice(
        home.line.year,
        2,
        choose_by=today + dt.timedelta(days=60),
        profiles=["zw", "eo"],
        absent_profiles=["bwi"],
        contact_name="Bos",
        contact_phone="010 123 45 67",
        actor=actor,
    )
    for activity in (home, talks):
        activities.open_activity(activity, actor=actor, today=today)
    about = {"school": school, "activity": talks, "pupil": people["pupil"]}
    start = timezone.now().replace(hour=14, minute=0) + dt.timedelta(days=3)
    slots = [
        Slot.objects.create(
            school=school,
            activity=talks,
            mentor=people["mentor"],
            starts_at=start + dt.timedelta(minutes=20 * n),
        )
        for n in range(2)
    ]
    talk = Talk.objects.create(
        **about, household="1", slot=slots[0], booked_by="adult", booked_at=timezone.now()
    )
    world.values |= {
        "activity_id": home.pk,
        "talks_id": talks.pk,
        "year_id": home.line.year_id,
        "line_id": home.line_id,
        "year_group": 2,
        "class_id": people["class"].pk,
        "pupil_id": people["pupil"].pk,
        "bond_id": people["bond"].pk,
        "adult_id": people["bond"].adult_id,
        "staff_id": people["mentor"].pk,
        "step_id": Step.objects.get(activity=home, pupil=people["pupil"], bond=None).pk,
        "slot_id": slots[1].pk,
        "talk_id": talk.pk,
        "agreement_id": Agreement.objects.create(school=school, talk=talk, who="adult", what="Kijken").pk,
        "stage": "announced",
        "question": "begin",
        "kind": "csv",
        "name": "supply",
        "job_id": _print_job(school, home, people).pk,
        "recording_id": _recording(school).pk,
        "draft_id": _draft(school, people["counsellor"]).pk,
        "upload_id": _upload(school, people["counsellor"]).pk,
        "double_id": LikelyDouble.objects.create(
            school=school, first=people["bond"].adult, second=people["other_bond"].adult, reason="mobile"
        ).pk,
        "invitation": logins.invite(people["mentor"], actor=actor),
        "language": "ar",
        "voice": "adult",
        **_surveys(school, people, actor, today),
        **_region(actor),
        "key": "door.open",
        "level": "vmbo",
        "page_key": "role",
    }


def _region(actor):
    """A scenario that is not shared, a target, a note."""
    return {
        "scenario_id": scenarios.begin(actor, name="Techniek", year=2019).pk,
        "target_id": records.aim(actor, indicator="supply", row_key="pie", area="NL", wanted=50).pk,
        "note_id": records.note(actor, location="00AA00", kind="elective", profile="pie", text="Lassen").pk,
    }


def _surveys(school, people, actor, today):
    """A named round with a draw, of which a list waits; and an anonymous one with codes."""
    version = versions.store(school, "own-choosing", rounding.form())
    classes = tuple(str(one.pk) for one in people["classes"])
    medium = FormMedium(school=school, version=version, name="beeld.png", kind="image/png")
    medium.file.save("beeld.png", ContentFile(b"\x89PNG"), save=True)
    plan = {
        "title": {"nl": "Wat vind je?"},
        "opens_on": today - dt.timedelta(days=1),
        "closes_on": today + dt.timedelta(days=20),
        "organisation": "Het Bureau",
        "sampling": Whom(classes=classes).stored(),
    }
    voices = {"pupil": version, "adult": version, "staff": version}
    named = studies.create(school, Plan(design="named", voices=voices, consent=True, **plan), actor=actor)
    inviting.open_round(named, actor=actor, today=today)
    mailings.prepare(named, wave=0, actor=actor, now=timezone.now(), today=today)
    draws.announce(named, prize={"nl": "Een bon"}, prizes=1, actor=actor)
    anonymous = studies.create(
        school, Plan(design="anonymous", voices={"adult": version}, **plan), actor=actor
    )
    inviting.open_round(anonymous, actor=actor, today=today)
    group = {"voice": "adult", "stratum": "BB", "population": 30, "count": 10}
    batch = codes.make(anonymous, **group, actor=actor, today=today)
    return {
        "round_id": named.pk,
        "version_id": version.pk,
        "medium_id": medium.pk,
        "given_id": GivenSums.objects.create(
            school=school, round=named, voice="staff", plan="0" * 64, document="{}"
        ).pk,
        "anonymous_round_id": anonymous.pk,
        "batch_id": batch.pk,
        "mailing_id": named.mailings.exclude(channel="email").first().pk,
    }


def _print_job(school, activity, people):
    return PrintJob.objects.create(
        school=school,
        activity=activity,
        school_class=people["class"],
        kind="sheets",
        asked_by=people["mentor"],
        made_at=timezone.now(),
        file=ContentFile(b"%PDF-1.7", "sheets.pdf"),
    )


def _recording(school):
    return Recording.objects.create(
        school=school, key="door.title", language="zgh", file=ContentFile(b"OggS", "a.ogg"), kind="audio/ogg"
    )


def _draft(school, staff):
    return RecordingDraft.objects.create(
        school=school,
        key="door.title",
        language="ti",
        file=ContentFile(b"OggS", "b.ogg"),
        kind="audio/ogg",
        added_by=staff,
    )


def _upload(school, staff):
    rows = b"Stamnummer;Roepnaam;Achternaam;Klas\n1;Ilse;Vos;2A\n"
    return uploads.keep(
        school,
        {"klas.csv": rows},
        name="klas.csv",
        by=staff,
        actor=of_staff(staff),
        today=timezone.localdate(),
    )
