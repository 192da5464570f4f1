"""After erasing, nothing of the person is left in any table but the audit log, which keeps keys only."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.utils import timezone
from tests.web import factories

from driegesprek.web.access import actor
from driegesprek.web.common.models import AuditEntry
from driegesprek.web.conduct.domain import activities, erasure, paper_done
from driegesprek.web.line.models import Step
from driegesprek.web.outreach.models import Contact, PrintJob
from driegesprek.web.people.models import Adult, ExternalId, LikelyDouble, Pupil, RosterUpload
from driegesprek.web.surveys.domain import pseudonyms
from driegesprek.web.surveys.models import Answer, OverwrittenAnswer, Response, Round
from driegesprek.web.talks.models import Agreement, Talk

pytestmark = pytest.mark.django_db
MARKS = ("Xantippe", "Zebedeus", "Quastenberg")


@pytest.fixture
def family():
    """A pupil with an adult, and an open home assignment."""
    school = factories.make_school()
    who = actor.of_staff(factories.make_staff(school, "counsellor"))
    own = factories.make_class(school)
    pupil = factories.make_pupil(own, MARKS[0], MARKS[2], "")
    bond = factories.make_adult_for(pupil, MARKS[1])
    bond.adult.family_name, bond.adult.email = MARKS[2], "zebedeus.quastenberg@example.com"
    bond.adult.save()
    activity = factories.make_activity(school, [own])
    activities.open_activity(activity, actor=who, today=timezone.localdate())
    round_ = Round.objects.get(activity=activity)
    return SimpleNamespace(
        school=school, who=who, own=own, pupil=pupil, bond=bond, activity=activity, round=round_
    )


def respond(round_, voice, pseudonym):
    version = round_.voices.get(voice=voice).version
    made = Response.objects.create(
        school=round_.school,
        round=round_,
        voice=voice,
        pseudonym=pseudonym,
        version=version,
        language="nl",
        channel="link",
        document=f"{MARKS[0]} zei dit",
    )
    row = {"school": round_.school, "response": made, "question": "/q", "revision": 1}
    Answer.objects.create(value=f"ik heet {MARKS[0]}", **row)
    OverwrittenAnswer.objects.create(value=MARKS[1], status="given", saved_at=timezone.now(), **row)
    return made


@pytest.fixture
def all_of_it(family):
    """Pupil, adult, stand-in and paper all said something; there were calls, a talk, a print and a waiting list."""
    school, pupil, bond, key = family.school, family.pupil, family.bond, family.round.pk
    respond(family.round, "pupil", pseudonyms.of(key, "pupil", pupil.pk))
    respond(family.round, "adult", pseudonyms.of(key, "adult", bond.pk))
    respond(family.round, "adult", pseudonyms.of_stand_in(key, pupil.pk))
    respond(family.round, "paper", pseudonyms.of(key, "paper", pupil.pk))
    step = Step.objects.get(pupil=pupil, bond=bond)
    paper_done.done_on_paper(step, at=timezone.now(), actor=family.who)
    Contact.objects.create(
        school=school, pupil=pupil, bond=bond, kind="phone", note=f"{MARKS[1]} sprak Turks"
    )
    talk = Talk.objects.create(school=school, activity=family.activity, pupil=pupil, going_well=MARKS[0])
    Agreement.objects.create(school=school, talk=talk, who="pupil", what=f"{MARKS[0]} belt")
    for kind, row in (("pupils", pupil), ("adults", bond.adult)):
        ExternalId.objects.create(
            school=school, source="class_list", kind=kind, value=f"{MARKS[2]}-1", object_id=row.pk
        )
    RosterUpload.objects.create(school=school, file_name="a.csv", content=MARKS[0])
    family.job = PrintJob(
        school=school, activity=family.activity, school_class=family.own, kind="sheets", steps=[str(step.pk)]
    )
    family.job.file.save("bladen.pdf", ContentFile(MARKS[0].encode()))
    return family


def everything():
    """All rows of all tables as text, decrypted, but the audit log."""
    models = [model for model in apps.get_models() if model is not AuditEntry]
    return "\n".join(
        json.dumps(row, default=str, ensure_ascii=False)
        for model in models
        for row in model._base_manager.values()
    )


def test_nothing_of_the_person_remains(all_of_it, django_capture_on_commit_callbacks):
    pupil, bond = all_of_it.pupil, all_of_it.bond
    keys = [str(pupil.pk), str(bond.pk), str(bond.adult_id)]
    keys += [str(pk) for pk in Step.objects.filter(pupil=pupil).values_list("pk", flat=True)]
    keys += list(Response.objects.values_list("pseudonym", flat=True))
    before, path = everything(), Path(all_of_it.job.file.path)
    assert [mark for mark in (*MARKS, *keys) if mark not in before] == []
    with django_capture_on_commit_callbacks(execute=True):
        gone = erasure.erase_pupil(pupil, actor=all_of_it.who)
    after = everything()
    assert [mark for mark in (*MARKS, *keys) if mark in after] == []
    assert not path.exists()
    assert (gone.responses, gone.talks, gone.contacts) == (4, 1, 1)


def test_the_log_keeps_keys_and_numbers_only(all_of_it):
    key = all_of_it.pupil.pk
    erasure.erase_pupil(all_of_it.pupil, actor=all_of_it.who)
    assert AuditEntry.objects.get(verb="pupil erased").object_id == key
    log = json.dumps(list(AuditEntry.objects.values("verb", "detail")), default=str)
    assert [mark for mark in MARKS if mark in log] == []


def test_others_keep_what_is_theirs(all_of_it):
    bond = all_of_it.bond
    sister = factories.make_pupil(all_of_it.own, "Noor")
    theirs = type(bond).objects.create(school=all_of_it.school, pupil=sister, adult=bond.adult)
    kept = respond(all_of_it.round, "adult", pseudonyms.of(all_of_it.round.pk, "adult", theirs.pk))
    question = LikelyDouble.objects.create(
        school=all_of_it.school,
        first=bond.adult,
        second=factories.make_adult_for(sister).adult,
        reason="mobile",
    )
    gone = erasure.erase_pupil(all_of_it.pupil, actor=all_of_it.who)
    assert gone.adults == ()
    assert gone.staying == (bond.adult,)
    assert Pupil.objects.get() == sister
    assert Adult.objects.filter(pk=bond.adult_id).exists()
    assert list(Response.objects.all()) == [kept]
    assert LikelyDouble.objects.get() == question
    assert ExternalId.objects.get().kind == "adults"


def test_another_school_is_not_touched(all_of_it):
    other = factories.make_school("Elders")
    upload = RosterUpload.objects.create(school=other, file_name="b.csv", content="x")
    erasure.erase_pupil(all_of_it.pupil, actor=all_of_it.who)
    assert RosterUpload.objects.get() == upload
