"""Sheets, contact and recordings on the desk: who may, what is noted, what is refused."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests.web.desk.line_school import make_small
from tests.web.factories import login, make_school, make_staff

from driegesprek.web.common.models import AuditEntry
from driegesprek.web.conduct.domain import sheets
from driegesprek.web.conduct.tasks import make_print
from driegesprek.web.line.models import Step
from driegesprek.web.outreach.domain import contacts, printing
from driegesprek.web.outreach.models import Contact, PrintJob, Recording, RecordingDraft

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
OGG = b"OggS" + bytes(300)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def small():
    return make_small()


def ask(client, small, kind="sheets", school_class=None):
    data = {"activity": small.home.pk, "kind": kind, "school_class": school_class.pk if school_class else ""}
    return client.post(reverse("desk:sheets"), data)


def made(small, school_class=None, **of):
    job = printing.ask(small.home, kind="sheets", school_class=school_class, actor=small.actor, **of)
    sheets.make(job.pk)
    job.refresh_from_db()
    return job


def test_asking_for_sheets_leads_to_a_page_that_waits_for_the_worker(client, small):
    login(client, small.mentor)
    response = ask(client, small, school_class=small.a)
    job = PrintJob.objects.get()
    assert response.url == reverse("desk:print_job", args=[job.pk])
    assert "hx-trigger" in client.get(response.url).text
    make_print.call(str(job.pk))
    page = client.get(response.url)
    assert "hx-trigger" not in page.text
    assert reverse("desk:print_file", args=[job.pk]) in page.text
    part = client.get(response.url, headers={"HX-Request": "true"})
    assert "<html" not in part.text


def test_a_mentor_asks_for_the_own_class_and_never_for_all(client, small):
    login(client, small.mentor)
    for school_class in (None, small.b):
        assert ask(client, small, school_class=school_class).status_code == 200
    assert not PrintJob.objects.exists()
    login(client, small.counsellor)
    assert ask(client, small).status_code == 302


def test_no_sheets_are_asked_for_while_the_public_address_is_this_computer(client, small, settings):
    settings.PUBLIC_URL = "http://localhost:8000"
    login(client, small.counsellor)
    assert ask(client, small).status_code == 302
    assert not PrintJob.objects.exists()
    page = client.get(reverse("desk:sheets"), headers={"accept-language": "en"})
    assert "DRIEGESPREK_PUBLIC_URL" in page.text


def test_the_file_goes_to_who_may_see_the_class_in_no_cache_and_it_is_noted(client, small):
    job = made(small, small.a)
    url = reverse("desk:print_file", args=[job.pk])
    login(client, small.mentor)
    response = client.get(url)
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith("attachment")
    assert small.pupils[0].family_name not in response["Content-Disposition"]
    entry = AuditEntry.objects.get(verb="print fetched")
    assert (entry.actor_id, entry.detail) == (small.mentor.pk, {"count": 2})


def test_the_file_is_not_there_for_anybody_else(client, small):
    job = made(small, small.a)
    for staff in (small.other_mentor, make_staff(make_school("Elders"), "counsellor", "leader")):
        login(client, staff)
        for name in ("print_job", "print_file"):
            assert client.get(reverse(f"desk:{name}", args=[job.pk])).status_code == 404
        assert client.post(reverse("desk:print_handed_out", args=[job.pk])).status_code == 404
    assert not Step.objects.exclude(sent_at=None).exists()


def test_a_job_for_all_classes_is_not_for_a_mentor(client, small):
    job = made(small)
    login(client, small.mentor)
    assert client.get(reverse("desk:print_file", args=[job.pk])).status_code == 404


def test_a_deleted_file_is_gone_and_the_page_says_so(client, small):
    job = made(small, small.a)
    printing.delete_old_prints(timezone.now() + dt.timedelta(days=8))
    login(client, small.mentor)
    assert client.get(reverse("desk:print_file", args=[job.pk])).status_code == 404
    assert client.get(reverse("desk:print_job", args=[job.pk])).status_code == 200


def test_saying_that_sheets_were_handed_out_marks_them_once(client, small):
    job = made(small, small.a)
    login(client, small.mentor)
    url = reverse("desk:print_handed_out", args=[job.pk])
    assert client.get(url).status_code == 405
    for _time in range(2):
        assert client.post(url).status_code == 302
    assert Contact.objects.filter(by=small.mentor).count() == 2


def test_one_sheet_and_one_card_are_printed_again_with_the_same_code(client, small):
    login(client, small.mentor)
    client.post(reverse("desk:sheet_again", args=[small.home.pk, small.bonds[0].pk]))
    client.post(reverse("desk:card_again", args=[small.home.pk, small.pupils[0].pk]))
    assert list(PrintJob.objects.order_by("kind").values_list("kind", "bond", "pupil")) == [
        ("cards", None, small.pupils[0].pk),
        ("sheets", small.bonds[0].pk, None),
    ]
    login(client, small.other_mentor)
    assert (
        client.post(reverse("desk:sheet_again", args=[small.home.pk, small.bonds[0].pk])).status_code == 404
    )
    assert (
        client.post(reverse("desk:card_again", args=[small.home.pk, small.pupils[0].pk])).status_code == 404
    )


def test_the_page_of_contact_offers_a_lost_sheet_again_while_the_assignment_runs(client, small):
    login(client, small.mentor)
    url = reverse("desk:contact", args=[small.pupils[0].pk])
    again = reverse("desk:sheet_again", args=[small.home.pk, small.bonds[0].pk])
    assert again in client.get(url).text
    earlier = timezone.localdate() - dt.timedelta(days=1)
    type(small.home).objects.filter(pk=small.home.pk).update(closes_on=earlier)
    assert again not in client.get(url).text


def contact(client, small, pupil=0, **changes):
    now = timezone.localtime()
    given = {
        "bond": small.bonds[pupil].pk,
        "kind": "phone",
        "outcome": "not_reached",
        "day": now.date().isoformat(),
        "time": "00:00",
        "note": "بعد السادسة",
    }
    url = reverse("desk:contact", args=[small.pupils[pupil].pk])
    return client.post(url, given | changes)


def test_a_call_is_written_down_and_shown_with_its_note_in_its_own_direction(client, small):
    login(client, small.mentor)
    assert contact(client, small).url == reverse("desk:contact", args=[small.pupils[0].pk])
    row = Contact.objects.get()
    assert (row.bond, row.by, row.outcome) == (small.bonds[0], small.mentor, "not_reached")
    page = client.get(reverse("desk:contact", args=[small.pupils[0].pk])).text
    assert '<p dir="auto">بعد السادسة</p>' in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"day": "2999-01-01"}, "day"),
        ({"kind": "duif"}, "kind"),
        ({"day": ""}, "day"),
    ],
)
def test_contact_that_is_not_clear_is_refused_at_its_field_and_the_note_stays(client, small, changes, field):
    login(client, small.mentor)
    page = contact(client, small, **changes)
    assert field in page.context["form"].errors
    assert "بعد السادسة" in page.text
    assert not Contact.objects.exists()


def test_an_adult_of_another_family_cannot_be_chosen(client, small):
    login(client, small.mentor)
    page = contact(client, small, bond=small.bonds[1].pk)
    assert "bond" in page.context["form"].errors


def test_after_writing_down_one_goes_back_to_the_list_and_nowhere_else(client, small):
    login(client, small.mentor)
    back = reverse("desk:progress") + "?state=never"
    assert contact(client, small, next=back).url == back
    assert contact(client, small, next="//elders.example").url == reverse(
        "desk:contact", args=[small.pupils[0].pk]
    )


def test_markup_in_a_note_is_shown_as_it_was_typed(client, small):
    login(client, small.mentor)
    contact(client, small, note="<script>alert(1)</script>")
    page = client.get(reverse("desk:contact", args=[small.pupils[0].pk])).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_who_asks_to_be_called_stands_on_the_page_with_language_and_moment(client, small):
    Contact.objects.create(
        school=small.school,
        pupil=small.pupils[1],
        bond=small.bonds[1],
        kind="phone",
        outcome="call_back",
        call_from="evening",
    )
    login(client, small.mentor)
    page = client.get(reverse("desk:call_backs"), headers={"accept-language": "en"}).text
    assert small.bonds[1].adult.full_name in page
    assert "evening" in page
    assert "Arabic" in page
    login(client, small.other_mentor)
    assert small.bonds[1].adult.full_name not in client.get(reverse("desk:call_backs")).text


def bring_in(client, content=OGG, **changes):
    file = SimpleUploadedFile("opname.ogg", content, content_type="audio/ogg")
    return client.post(
        reverse("desk:recordings"), {"key": "welcome.intro", "language": "rif", "file": file} | changes
    )


def test_what_a_family_reads_can_be_recorded_and_names_of_scales_cannot(client, small):
    login(client, small.counsellor)
    page = client.get(reverse("desk:recordings")).text
    assert 'value="citydeal_pupil.survey.reflection_1.label"' in page
    assert 'value="citydeal_answers.choices.true5.1.label"' in page
    assert ".scales." not in page
    assert ".levels." not in page


def test_a_recording_is_heard_before_it_is_used(client, small):
    login(client, small.counsellor)
    response = bring_in(client)
    draft = RecordingDraft.objects.get()
    assert response.url == reverse("desk:recording_draft", args=[draft.pk])
    assert "<audio" in client.get(response.url).text
    sound = client.get(reverse("desk:recording_draft_sound", args=[draft.pk]))
    assert (sound["Content-Type"], b"".join(sound.streaming_content)) == ("audio/ogg", OGG)
    assert not Recording.objects.exists()
    client.post(reverse("desk:recording_keep", args=[draft.pk]))
    kept = Recording.objects.get()
    assert "Tarifit" in client.get(reverse("desk:recordings")).text
    client.post(reverse("desk:recording_remove", args=[kept.pk]))
    assert not Recording.objects.exists()


def test_a_recording_can_be_thrown_away(client, small):
    login(client, small.counsellor)
    bring_in(client)
    client.post(reverse("desk:recording_discard", args=[RecordingDraft.objects.get().pk]))
    assert not RecordingDraft.objects.exists()
    assert not Recording.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"language": "xx"}, "language"),
        ({"key": "bestaat.niet"}, "key"),
        ({"file": SimpleUploadedFile("x.mp3", b"<html>")}, "file"),
        ({"file": ""}, "file"),
    ],
)
def test_what_cannot_be_a_recording_is_refused_at_its_field(client, small, changes, field):
    login(client, small.counsellor)
    assert field in bring_in(client, **changes).context["form"].errors
    assert not RecordingDraft.objects.exists()


def test_a_draft_is_only_for_who_brought_it_in(client, small):
    login(client, small.counsellor)
    bring_in(client)
    draft = RecordingDraft.objects.get()
    for staff in (make_staff(small.school, "leader"), make_staff(make_school("Elders"), "counsellor")):
        login(client, staff)
        assert client.get(reverse("desk:recording_draft", args=[draft.pk])).status_code == 404
        assert client.post(reverse("desk:recording_keep", args=[draft.pk])).status_code == 404


def test_a_pupils_contacts_take_one_query_however_many_there_are(small, django_assert_num_queries):
    for _time in range(5):
        contacts.add(
            small.pupils[0],
            bond=small.bonds[0],
            kind="phone",
            outcome="sent",
            at=timezone.now(),
            actor=small.actor,
        )
    with django_assert_num_queries(1):
        rows = contacts.of_pupil(small.actor, small.pupils[0])
        assert len([row.bond.adult.full_name for row in rows]) == 5
