"""Sheets, cards and lists: what stands on them, who gets one, and that printing is not giving."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.desk.line_school import make_small
from tests.web.factories import make_adult_for, make_pupil

from driegesprek import content
from driegesprek.web.access.domain import doors
from driegesprek.web.access.models import Door
from driegesprek.web.common.models import SchoolTranslation
from driegesprek.web.conduct.domain import activities, sheets
from driegesprek.web.conduct.domain.sheet_words import days_in, readable
from driegesprek.web.line.enums import Stage
from driegesprek.web.line.models import Activity, Choice, Delivery, Step
from driegesprek.web.outreach.domain import printing
from driegesprek.web.outreach.enums import PrintKind
from driegesprek.web.outreach.models import Contact
from driegesprek.web.people.models import Adult, Bond

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def small():
    return make_small(pupils=3)


def press(small, kind=PrintKind.SHEETS, **of):
    job = printing.ask(small.home, kind=kind, actor=small.actor, **of)
    return sheets.Press(job)


def made(small, kind=PrintKind.SHEETS, **of):
    job = printing.ask(small.home, kind=kind, actor=small.actor, **of)
    sheets.make(job.pk)
    job.refresh_from_db()
    return job


def content_of(job):
    with job.file.open("rb") as file:
        return file.read()


def lines_of(job):
    return list(csv.reader(io.StringIO(content_of(job).decode("utf-8-sig")), delimiter=";"))


def test_a_sheet_carries_the_adults_own_code_and_link(small):
    found = {sheet.pupil: sheet for sheet in press(small, school_class=small.a)._sheets()}
    door = Door.objects.get(bond=small.bonds[0])
    sheet = found[small.pupils[0].full_name]
    assert sheet.door.url == f"https://school.example{doors.link_path(door)}"
    assert sheet.door.code == doors.printed_code(door).replace(" ", "")
    assert sheet.reference == "2A · 1"


def test_a_sheet_is_in_the_adults_language_with_dutch_beneath(small):
    dutch, arabic, tarifit = press(small, school_class=small.a)._sheets()
    assert (dutch.language, dutch.direction, dutch.front.title.dutch) == ("nl", "ltr", None)
    assert (arabic.language, arabic.direction) == ("ar", "rtl")
    assert arabic.front.title.dutch == "Samira1 kiest dit jaar een profiel"
    assert "Samenwerken" in {one.word.dutch for one in arabic.back.steps[0].qualities}
    assert {one.word.dutch for one in dutch.back.steps[0].qualities} == {None}
    assert tarifit.language == "nl"


def test_a_language_outside_the_six_is_written_in_dutch():
    assert [readable(code) for code in ("ti", "rif", "", "uk")] == ["nl", "nl", "nl", "uk"]


def test_the_front_says_what_by_when_where_and_whom_to_call(small):
    front = next(press(small, school_class=small.a)._sheets()).front
    assert front.choose_by.text == "Uiterlijk 12 februari 2027"
    assert [line.text for line in front.profiles] == [
        "Zorg en Welzijn",
        "Economie en Ondernemen",
        "Dienstverlening en Producten",
    ]
    assert front.not_offered.profiles[0].text == "Bouwen, Wonen en Interieur"
    assert "010 123 45 67" in front.call.heading.text
    assert "Elif Yilmaz" in front.call.role.text
    assert len(front.moments) == 3


def test_who_was_named_for_the_choice_is_called_and_the_mentor_stays_on_the_sheet(small):
    Choice.objects.update(contact_name="Mw. Jansen", contact_phone="06 11 22 33 44")
    call = next(press(small, school_class=small.a)._sheets()).front.call
    assert "Mw. Jansen: 06 11 22 33 44" in call.heading.text
    assert "Elif Yilmaz" in call.role.text


def test_a_school_that_offers_all_says_nothing_of_what_it_lacks(small):
    Choice.objects.update(absent_profiles=[])
    assert next(press(small, school_class=small.a)._sheets()).front.not_offered is None


def test_the_schools_own_wording_takes_the_place_of_ours_once_a_colleague_reviewed_it(small):
    SchoolTranslation.objects.create(
        school_id=small.school.pk,
        key="sheet.turn",
        language="nl",
        text="Draai om!",
        dutch_hash=content.dutch_hash("Draai om!"),
        translated_by=small.counsellor.pk,
    )
    assert next(press(small, school_class=small.a)._sheets()).front.turn.text != "Draai om!"
    row = SchoolTranslation.objects.get()
    row.reviewed_by = small.mentor.pk
    row.save()
    assert next(press(small, school_class=small.a)._sheets()).front.turn.text == "Draai om!"


def test_a_period_names_the_year_once_unless_it_spans_two():
    assert days_in(dt.date(2027, 1, 25), dt.date(2027, 1, 29), "nl") == "25 januari – 29 januari 2027"
    assert days_in(dt.date(2026, 12, 28), dt.date(2027, 1, 8), "nl") == "28 december 2026 – 8 januari 2027"
    assert days_in(dt.date(2027, 1, 25), dt.date(2027, 1, 25), "en") == "25 January 2027"


def test_no_sheet_for_an_adult_whose_contact_is_not_allowed_or_whose_door_is_shut(small):
    Bond.objects.filter(pk=small.bonds[0].pk).update(contact_allowed=False)
    Door.objects.filter(bond=small.bonds[1]).update(closed_at=timezone.now())
    assert [step.bond for step in press(small, school_class=small.a).steps] == [small.bonds[2]]


def test_a_class_a_school_and_one_adult_each_get_their_own_number(small):
    assert made(small, school_class=small.a).count == 3
    assert made(small).count == 4
    one = made(small, bond=small.bonds[1])
    assert one.count == 1
    assert content_of(one).startswith(b"%PDF")
    assert made(small, PrintKind.CARDS, school_class=small.a).count == 3
    assert made(small, PrintKind.CARDS, pupil=small.pupils[0]).count == 1


def test_a_pupil_who_changed_class_is_printed_with_the_new_class(small):
    pupil = small.pupils[0]
    pupil.enrolments.update(until=timezone.localdate())
    pupil.enrolments.create(school=small.school, school_class=small.b, since=timezone.localdate())
    assert pupil not in [step.pupil for step in press(small, school_class=small.a).steps]
    moved = next(
        sheet for sheet in press(small, school_class=small.b)._sheets() if sheet.pupil == pupil.full_name
    )
    assert moved.class_name == "2B"


def test_a_job_is_made_once_however_often_the_worker_comes_by(small):
    job = made(small, school_class=small.a)
    name, at = job.file.name, job.made_at
    sheets.make(job.pk)
    job.refresh_from_db()
    assert (job.file.name, job.made_at) == (name, at)


@pytest.mark.either_database
@pytest.mark.parametrize("url", ["", "http://localhost:8000", "http://127.0.0.1:8000"])
def test_no_sheets_without_a_public_address_but_marked_ones_in_the_demonstration(small, settings, url):
    settings.PUBLIC_URL = url
    job = made(small, school_class=small.a)
    assert not job.file
    assert job.problem
    settings.DEMONSTRATION = True
    sheet = next(press(small, school_class=small.a)._sheets())
    assert sheet.demonstration
    assert sheet.door.url.startswith(url or "http://127.0.0.1:8000")
    assert made(small, school_class=small.a).file


def test_sheets_wait_for_the_choice_and_for_the_activity_to_be_open(small):
    Choice.objects.all().delete()
    assert "chosen" in str(sheets.problem(small.home)) or "gekozen" in str(sheets.problem(small.home))
    Activity.objects.update(opened_at=None)
    small.home.refresh_from_db()
    assert sheets.problem(small.home)
    assert made(small).problem


def test_printing_is_not_giving_and_giving_is_noted_once(small):
    job = made(small, school_class=small.a)
    assert not Step.objects.exclude(sent_at=None).exists()
    at = timezone.now()
    assert sheets.hand_out(job, at=at, actor=small.mentor_actor) == 3
    assert sheets.hand_out(job, at=timezone.now(), actor=small.mentor_actor) == 0
    given = Step.objects.exclude(sent_at=None)
    assert {step.bond for step in given} == set(small.bonds[:3])
    assert {(row.kind, row.outcome, row.by) for row in Contact.objects.all()} == {
        ("sheet", "sent", small.mentor)
    }
    assert Contact.objects.count() == 3


def test_giving_out_a_class_is_what_the_school_delivered_and_one_sheet_is_not(small):
    sheets.hand_out(made(small, bond=small.bonds[0]), at=timezone.now(), actor=small.actor)
    assert not Delivery.objects.exists()
    sheets.hand_out(made(small), at=timezone.now(), actor=small.actor)
    assert {(row.school_class, row.stage) for row in Delivery.objects.all()} == {
        (small.a, Stage.HELD),
        (small.b, Stage.HELD),
    }


def test_who_came_after_printing_was_not_given_anything(small):
    job = made(small, school_class=small.a)
    late = make_adult_for(small.pupils[0], "Later")
    activities.catch_up(small.home, today=timezone.localdate())
    sheets.hand_out(job, at=timezone.now(), actor=small.actor)
    assert Step.objects.get(activity=small.home, bond=late).sent_at is None


def test_giving_cards_marks_pupils_and_logs_no_contact_with_adults(small):
    sheets.hand_out(made(small, PrintKind.CARDS), at=timezone.now(), actor=small.actor)
    assert set(Step.objects.exclude(sent_at=None).values_list("bond", flat=True)) == {None}
    assert not Contact.objects.exists()


def test_the_list_of_messages_keeps_plus_31_and_defuses_formulas(small):
    phones = ["+31612345678", "=HYPERLINK(1)", "0101234567"]
    for bond, phone in zip(small.bonds[:3], phones, strict=True):
        Adult.objects.filter(pk=bond.adult_id).update(phone=phone)
    job = made(small, PrintKind.MESSAGES, school_class=small.a)
    rows = lines_of(job)
    assert len(rows) == 2
    phone, language, text = rows[1]
    assert (phone, language) == ("+31612345678", "nl")
    assert f"https://school.example{doors.link_path(Door.objects.get(bond=small.bonds[0]))}" in text


def test_a_formula_in_a_school_name_does_not_run_in_the_list(small):
    small.school.name = "=cmd|' /C calc'!A0"
    small.school.save()
    Adult.objects.filter(pk=small.bonds[0].adult_id).update(phone="+31612345678")
    job = made(small, PrintKind.MESSAGES, bond=small.bonds[0])
    rows = lines_of(job)
    assert rows[1][2].startswith("'=cmd")


def test_prints_are_deleted_after_a_week_and_what_was_given_stays_known(small):
    job = made(small, school_class=small.a)
    storage, name = job.file.storage, job.file.name
    sheets.hand_out(job, at=timezone.now(), actor=small.actor)
    assert printing.delete_old_prints(timezone.now() + dt.timedelta(days=6)) == 0
    assert printing.delete_old_prints(timezone.now() + dt.timedelta(days=8)) == 1
    assert not storage.exists(name)
    job.refresh_from_db()
    assert not job.file
    assert job.handed_out_at


def test_an_unexpected_failure_is_told_to_who_asked(small, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("typst")

    monkeypatch.setattr("driegesprek.web.conduct.domain.sheets.paper.sheets", broken)
    job = made(small, school_class=small.a)
    assert job.problem
    assert "typst" not in job.problem


def test_twenty_times_as_many_sheets_take_no_more_queries(small, monkeypatch):
    def counted(made, **_title):
        return b"%d" % len(list(made))

    monkeypatch.setattr("driegesprek.web.conduct.domain.sheets.paper.sheets", counted)

    def queries():
        job = printing.ask(small.home, kind=PrintKind.SHEETS, actor=small.actor)
        with CaptureQueriesContext(connection) as found:
            sheets.make(job.pk)
        job.refresh_from_db()
        return job.count, len(found)

    few, before = queries()
    for number in range(76):
        make_adult_for(make_pupil((small.a, small.b)[number % 2], f"Kind{number}"), language="tr")
    activities.catch_up(small.home, today=timezone.localdate())
    many, after = queries()
    assert (few, many) == (4, 80)
    assert after <= before
