"""The demonstration's past year is stored as if everybody had answered question by question, and says that it is made up."""

import copy
import datetime as dt
import hashlib
import json
import os
from random import Random

import numpy as np
import pytest
from django.core.cache import caches
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from tests.web import factories

from driegesprek import content
from driegesprek.content.simulation import People
from driegesprek.web.access.actor import of_door, of_staff
from driegesprek.web.access.enums import Grant
from driegesprek.web.access.models import Door
from driegesprek.web.conduct.domain import demonstration, survey_sittings
from driegesprek.web.conduct.domain.demonstration import past_answers
from driegesprek.web.conduct.domain.demonstration.past_answers import Asked, Part
from driegesprek.web.conduct.domain.demonstration.past_year import FORMS
from driegesprek.web.surveys.domain import (
    answers,
    consents,
    exporting,
    inviting,
    past,
    rounds,
    studies,
    versions,
)
from driegesprek.web.surveys.domain import wide as wide_files
from driegesprek.web.surveys.domain.inviting import Whom
from driegesprek.web.surveys.domain.studies import Plan
from driegesprek.web.surveys.enums import Purpose
from driegesprek.web.surveys.models import Answer, Consent, Invitation, Response, Round, Study
from driegesprek.web.surveys.rules import designs

PUPILS = 12
OPENS = dt.date(2025, 9, 29)


@pytest.fixture(scope="module")
def made(for_all):
    """A closed round of one class with its adults and its mentor, in which nobody answered yet."""
    school = factories.make_school()
    counsellor = factories.make_staff(school, "counsellor", name="Bos")
    mentor = factories.make_staff(school, name="Smit")
    one = factories.make_class(school, "2A", mentor=mentor)
    for number in range(PUPILS):
        pupil = factories.make_pupil(one, f"Kind{number}")
        factories.make_adult_for(pupil, language="tr" if number % 2 else "nl")
    one.enrolments.update(since=OPENS - dt.timedelta(days=30))
    plan = Plan(
        title={"nl": "Vorig jaar (verzonnen)"},
        design="pseudonymous",
        voices={
            voice: versions.store(school, f"{key}_pre", content.instrument(f"{key}_pre"))
            for voice, key in FORMS.items()
        },
        opens_on=OPENS,
        closes_on=OPENS + dt.timedelta(days=14),
        sampling=Whom(classes=(str(one.pk),)).stored(),
        options=designs.OPTIONS,
        consent=True,
    )
    row = studies.create(school, plan, actor=of_staff(counsellor))
    inviting.open_round(row, actor=of_staff(counsellor), today=OPENS)
    row.refresh_from_db()
    row.counsellor = counsellor
    return row


@pytest.fixture
def before(made, db):
    return copy.deepcopy(made)


def asked_of(row):
    by = {voice: list(Invitation.objects.filter(round=row, voice=voice).order_by("pk")) for voice in FORMS}
    parents = {one.pupil_id: one.bond for one in by["adult"]}
    return Asked(by["pupil"], by["adult"], by["staff"], parents)


def year_of(asked):
    places = {one.pupil_id: place for place, one in enumerate(asked.pupils)}
    people = People(
        school_of_class=np.zeros(1, dtype=int),
        year_group=np.array([2]),
        track=np.array(["BB"]),
        class_of_pupil=np.zeros(len(asked.pupils), dtype=int),
        origin=np.array(["both_here"] * len(asked.pupils)),
        pupil_of_adult=np.array([places[one.pupil_id] for one in asked.adults]),
        bond=np.array(["mother"] * len(asked.adults)),
        class_of_teacher=np.zeros(len(asked.teachers), dtype=int),
    )
    return past_answers.simulated(people, asked, seed=3)


@pytest.fixture
def stored(before):
    asked, info = asked_of(before), rounds.of_survey(before.pk)
    year = year_of(asked)
    past_answers.store(Part("pre", before, info), asked, year, chance=Random(1))  # noqa: S311 - invented, no secret
    past.call_invented(before)
    before.refresh_from_db()
    before.asked, before.year = asked, year
    return before


def as_kept(row):
    """All rows of a response, but for its own key."""
    document = json.loads(row.document)
    assert hashlib.sha256(row.document.encode()).hexdigest() == row.document_hash
    assert document.pop("response") == str(row.pk)
    fields = {
        name: getattr(row, name)
        for name in (
            "round_id",
            "voice",
            "pseudonym",
            "version_id",
            "language",
            "channel",
            "group",
            "revision",
        )
    }
    fields |= {
        "shared": row.shared,
        "started": row.started_at,
        "submitted": row.submitted_at,
        "school": row.school_id,
    }
    rows = Answer.objects.filter(response=row).order_by("revision")
    listed = list(rows.values_list("school", "question", "path", "value", "status", "revision", "saved_at"))
    return fields, document, listed


def play_it(row, info, response, owner):
    """The same person answers the same on the desk or the phone, at the same day."""
    kinds = {"adult": "bond", "pupil": "pupil", "staff": "staff"}
    door = Door.objects.select_related("bond__pupil", "bond__adult", "pupil", "school").get(
        **{kinds[response.voice]: owner}
    )
    grant = Grant.CODE if response.channel == "code" else Grant.LINK
    at = response.submitted_at + dt.timedelta(hours=3, minutes=7)
    sitting = survey_sittings.sit(
        of_door(door, grant), row.pk, language=response.language, opened_at=at - dt.timedelta(days=1)
    )
    words = consents.words(info.study_id, [response.pseudonym])
    origin = words[Purpose.ORIGIN, response.pseudonym][0]
    given = [
        (one.question, one.value) for one in Answer.objects.filter(response=response).order_by("revision")
    ]
    response.delete()
    survey_sittings.begin(sitting, origin=origin, now=at)
    for number, (path, value) in enumerate(given):
        saved = answers.save(sitting.seat, {path: value}, revision=number, now=at, context=sitting.context)
        assert not saved.problems
    survey_sittings.hand_in(sitting, now=at)


@pytest.mark.parametrize("voice", FORMS)
def test_the_rows_are_those_of_somebody_who_answered_question_by_question(stored, voice):
    info = rounds.of_survey(stored.pk)
    invited = stored.asked.of(voice)[:2]
    owners = {
        "pupil": [one.pupil_id for one in invited],
        "adult": [one.bond_id for one in invited],
        "staff": [one.staff_id for one in invited],
    }
    for owner in owners[voice]:
        pseudonym = survey_sittings.pseudonyms.of_study(info.study_id, voice, owner)
        at_once = Response.objects.get(round=stored, voice=voice, pseudonym=pseudonym)
        wanted = as_kept(at_once)
        Round.objects.filter(pk=stored.pk).update(closes_on=timezone.localdate())
        rows = Consent.objects.count()
        play_it(stored, info, at_once, owner)
        assert as_kept(Response.objects.get(round=stored, voice=voice, pseudonym=pseudonym)) == wanted
        assert Consent.objects.count() == rows


def test_who_answered_is_done_on_the_day_of_handing_in_and_has_consent(stored):
    days = {
        one.pseudonym: timezone.localdate(one.submitted_at) for one in Response.objects.filter(round=stored)
    }
    assert len(days) == 2 * PUPILS + 1
    done = Invitation.objects.filter(round=stored).exclude(done_on=None)
    assert sorted(done.values_list("done_on", flat=True)) == sorted(days.values())
    for pseudonym in days:
        assert Purpose.STUDY in consents.standing(stored.study_id, pseudonym)


def test_every_file_says_that_its_answers_are_invented(stored, tmp_path):
    row = Round.objects.select_related("study").get(pk=stored.pk)
    with_names = {"kind": "csv", "language": "en", "made_on": OPENS, "actor": of_staff(stored.counsellor)}
    done = exporting.export([row], tmp_path, "past", **with_names)
    pages = [one for one in done.files if one.suffix == ".html"]
    assert len(pages) == 3
    assert all("INVENTED ANSWERS: nobody gave these answers" in one.read_text() for one in pages)
    assert done.rows == {"pupil": PUPILS, "adult": PUPILS, "staff": 1}
    with translation.override("en"):
        assert "invented" in wide_files.of_round(row.pk, "pupil").notes[0]


def test_other_rounds_say_nothing_of_the_kind(before, stored):
    Study.objects.filter(pk=stored.study_id).update(invented=False)
    assert wide_files.of_round(stored.pk, "pupil").notes == ()


def test_the_desk_says_so_on_the_list_and_on_the_page_of_the_round(
    stored, client, django_assert_max_num_queries
):
    factories.login(client, stored.counsellor)
    for address in (
        reverse("desk:surveys"),
        reverse("desk:survey", args=[stored.pk]),
        reverse("desk:survey_dates", args=[stored.pk]),
    ):
        with django_assert_max_num_queries(40):
            page = client.get(address, headers={"accept-language": "en"})
        assert page.status_code == 200
        assert "invented answers" in page.content.decode()


def test_a_second_measurement_asks_in_the_class_of_its_own_day(before):
    """A pupil who went up meanwhile is asked in the class of then."""
    later = factories.make_class(before.school, "3A")
    pupil = Invitation.objects.filter(round=before, voice="pupil").first().pupil
    pupil.enrolments.update(until=OPENS + dt.timedelta(days=300))
    factories.Enrolment.objects.create(
        school=before.school, pupil=pupil, school_class=later, since=OPENS + dt.timedelta(days=300)
    )
    plan = Plan(
        title=before.title,
        design=before.design,
        voices={one.voice: one.version for one in before.voices.all()},
        opens_on=OPENS + dt.timedelta(days=200),
        closes_on=OPENS + dt.timedelta(days=214),
        options=before.study.options,
        consent=True,
    )
    actor = of_staff(before.counsellor)
    after = studies.measure_again(before, plan, actor=actor)
    inviting.open_round(after, actor=actor, today=plan.opens_on)
    assert Invitation.objects.get(round=after, voice="pupil", pupil=pupil).school_class.name == "2A"


def told(part):
    """What everybody answered in one part, without the keys that differ from one installation to the other."""
    rows = Response.objects.filter(round__part=part).values_list(
        "voice", "language", "channel", "group__class", "submitted_at", "document"
    )
    return sorted((*row[:-1], json.dumps(json.loads(row[-1])["answers"], sort_keys=True)) for row in rows)


@pytest.mark.long
@pytest.mark.skipif("DRIEGESPREK_LONG" not in os.environ, reason="two whole schools: `make long`")
def test_two_fills_with_the_same_seed_are_the_same_school_with_the_same_answers(db):
    found = []
    for _ in range(2):
        with transaction.atomic():
            demonstration.fill(now=dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC))
            demonstration.fill_past_year()
            found.append((told("pre"), told("post")))
            transaction.set_rollback(True)
        caches["memory"].clear()
        versions.load.cache_clear()
    assert len(found[0][0]) > 1000
    assert found[0] == found[1]
