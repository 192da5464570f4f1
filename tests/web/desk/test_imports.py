"""The import as a counsellor goes through it, page by page."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web import factories

from driegesprek.web.common.models import AuditEntry
from driegesprek.web.people.domain import uploads
from driegesprek.web.people.models import HeadingMapping, LikelyDouble, Pupil, RosterUpload, SchoolClass

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
HEAD = "Stamnummer;Roepnaam;Tussenvoegsel;Achternaam;Klas;Leerjaar;Mentor;Verzorger 1 naam;Verzorger 1 mobiel"
SAMIRA = "1001;Samira;el;Amrani;2A;2;E. Yilmaz;Fatima el Amrani;06-12345678"
ZOE = "1002;Zoë;;Kaya;2B;2;J. de Wit;Ayşe Kaya;06-11111111"
SISTER = "1003;Noor;el;Amrani;2B;2;J. de Wit;Fatima el Amrani;06-12345678"


@pytest.fixture
def school():
    return factories.make_school()


@pytest.fixture
def counsellor(school, client):
    return factories.login(client, factories.make_staff(school, "counsellor"))


def csv_file(*rows, head=HEAD, name="klassenlijst.csv", encoding="utf-8"):
    return SimpleUploadedFile(name, "\n".join([head, *rows]).encode(encoding, "replace"))


def send(client, *files):
    return client.post(reverse("desk:import"), {"files": list(files)})


def columns_of(page):
    """What the mapping page would send as it stands."""
    return {name: page.context["form"][name].value() for name in page.context["form"].fields}


def to_preview(client, *files):
    """Upload, accept the columns as proposed, and give the preview."""
    page = client.get(send(client, *files).url, follow=True)
    if "form" in page.context and page.context.get("table"):
        page = client.post(page.request["PATH_INFO"], columns_of(page), follow=True)
    return page


def bring_in(client, *rows):
    page = to_preview(client, csv_file(*rows))
    upload = page.context["upload"]
    return client.post(
        reverse("desk:import_apply", args=[upload.pk]),
        {"seen": page.context["plan"].fingerprint},
        follow=True,
    )


def test_a_list_is_brought_in_step_by_step(counsellor):
    page = counsellor.get(send(counsellor, csv_file(SAMIRA, ZOE, encoding="cp1252")).url, follow=True)
    assert page.redirect_chain[-1][0].endswith("/kolommen/")
    assert page.context["form"].rows()[1][1] == ["Samira", "Zoë"]
    preview = counsellor.post(page.request["PATH_INFO"], columns_of(page), follow=True)
    assert preview.context["plan"].counts["pupils"]["new"] == 2
    assert not Pupil.objects.exists()
    upload = RosterUpload.objects.get()
    done = counsellor.post(
        reverse("desk:import_apply", args=[upload.pk]),
        {"seen": preview.context["plan"].fingerprint},
        follow=True,
    )
    assert done.redirect_chain[-1][0].endswith("/klaar/")
    assert {pupil.full_name for pupil in Pupil.objects.all()} == {"Samira el Amrani", "Zoë Kaya"}
    upload.refresh_from_db()
    assert upload.content == ""
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"class list uploaded", "roster brought in"} <= verbs


def test_looking_changes_nothing(counsellor):
    page = to_preview(counsellor, csv_file(SAMIRA))
    before = AuditEntry.objects.count(), RosterUpload.objects.get().mapping
    for name in ("import_preview", "import_columns"):
        counsellor.get(reverse(f"desk:{name}", args=[page.context["upload"].pk]))
    counsellor.get(reverse("desk:import"))
    assert (AuditEntry.objects.count(), RosterUpload.objects.get().mapping) == before
    assert not SchoolClass.objects.exists()


def test_the_second_list_with_these_headings_goes_straight_to_the_preview(counsellor):
    bring_in(counsellor, SAMIRA)
    page = counsellor.get(send(counsellor, csv_file(SAMIRA, ZOE)).url, follow=True)
    assert page.redirect_chain == []
    assert page.context["plan"].counts["pupils"] == {"new": 1, "changed": 0, "gone": 0, "unchanged": 1}
    assert reverse("desk:import_columns", args=[page.context["upload"].pk]) in page.content.decode()


def test_columns_nobody_knows_are_asked_and_what_is_missing_is_said(counsellor):
    file = csv_file("7;Samira;Amrani;2A", head="Code;Voor;Na;Waar")
    page = counsellor.get(send(counsellor, file).url, follow=True)
    nothing = counsellor.post(page.request["PATH_INFO"], dict.fromkeys(columns_of(page), ""))
    said = nothing.content.decode()
    assert "Leerlingnummer" in said
    assert "Klas" in said
    twice = counsellor.post(
        page.request["PATH_INFO"],
        {"column-0": "pupil.id", "column-1": "pupil.id", "column-2": "pupil.name", "column-3": "class.name"},
    )
    assert twice.context["form"].errors["column-1"]
    right = {
        "column-0": "pupil.id",
        "column-1": "pupil.given_name",
        "column-2": "pupil.family_name",
        "column-3": "class.name",
    }
    preview = counsellor.post(page.request["PATH_INFO"], right, follow=True)
    assert preview.context["plan"].counts["pupils"]["new"] == 1
    assert HeadingMapping.objects.count() == 1


def test_what_is_wrong_is_told_all_at_once_with_its_place(counsellor):
    head = "Stamnummer;Roepnaam;Achternaam;Klas;Geboortedatum"
    rows = ["1;Samira;Amrani;2A;31-02-2012", "1;Bilal;Kaya;2A;01-02-2012", "3;Noor;Bakker;;01-02-2012"]
    page = to_preview(counsellor, csv_file(*rows, head=head, name="vuil.csv"))
    found = {(one["row"], one["column"]) for one in page.context["problems"]}
    assert found == {(2, "Geboortedatum"), (3, "Stamnummer"), (4, "Klas")}
    assert all(one["remedy"] for one in page.context["problems"])
    assert not Pupil.objects.exists()


def test_a_file_that_is_no_list_is_refused_on_the_first_page(counsellor):
    page = send(counsellor, SimpleUploadedFile("brief.pdf", b"%PDF-1.7 ..."))
    assert page.status_code == 200
    assert page.context["problems"][0]["code"] == "unknown_kind"
    assert not RosterUpload.objects.exists()


def test_too_large_a_file_is_refused_unread(counsellor, monkeypatch):
    def read(*_arguments):
        raise AssertionError("the file was read")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.read", read)
    page = send(counsellor, SimpleUploadedFile("groot.csv", b"x" * 20_000_001))
    assert page.context["problems"][0]["code"] == "too_large"
    assert "20" in page.content.decode()


def test_a_workbook_that_unpacks_to_far_more_is_refused(counsellor):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b" " * 150_000_000)
    page = send(counsellor, SimpleUploadedFile("bom.xlsx", bomb.getvalue()))
    assert page.context["problems"][0]["code"] == "unpacks_too_large"


def test_no_file_is_said_beside_the_field(counsellor):
    page = counsellor.post(reverse("desk:import"), {})
    assert page.context["form"].errors["files"]


def test_several_oneroster_files_at_once_are_one_export(counsellor):
    names = {
        "manifest.csv": "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,bulk\n"
        "file.users,bulk\nfile.classes,bulk\nfile.enrollments,bulk\nfile.academicSessions,bulk\nfile.courses,bulk\n",
        "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
        "o1,,,De Brug,school,,\n",
        "academicSessions.csv": "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
        "y,,,2026,schoolYear,2026-08-01,2027-07-31,,2027\n",
        "courses.csv": "sourcedId,status,dateLastModified,schoolYearSourcedId,title,"
        "courseCode,grades,orgSourcedId,subjects,subjectCodes\n"
        "c,,,y,Mentoruur,,,o1,,\n",
        "classes.csv": "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
        "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\nk,,,2A,,c,,homeroom,,o1,y,,,\n",
        "users.csv": "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,"
        "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
        "p,,,true,o1,student,p,,Samira,Amrani,,,,,,a,,\na,,,true,o1,parent,a,,Fatima,Amrani,,,,0612345678,,p,,\n",
        "enrollments.csv": "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,"
        "beginDate,endDate\ne,,,k,o1,p,student,,,\n",
    }
    files = [SimpleUploadedFile(name, text.encode()) for name, text in names.items()]
    page = to_preview(counsellor, *files)
    counts = page.context["plan"].counts
    assert (counts["pupils"]["new"], counts["adults"]["new"], counts["classes"]["new"]) == (1, 1, 1)


def test_who_is_missing_is_gone_only_when_the_list_holds_the_whole_school(counsellor):
    bring_in(counsellor, SAMIRA, ZOE)
    page = to_preview(counsellor, csv_file(SAMIRA))
    upload = page.context["upload"]
    assert page.context["gone"] == 0
    page = counsellor.post(reverse("desk:import_choose", args=[upload.pk]), {"scope": "school"}, follow=True)
    assert page.context["gone"] == 1
    assert "Zoë Kaya" in page.content.decode()


def test_when_people_changed_since_the_look_the_preview_is_shown_again(counsellor):
    bring_in(counsellor, SAMIRA)
    page = to_preview(counsellor, csv_file(SAMIRA.replace("Samira", "Samia")))
    Pupil.objects.update(given_name="Samar")
    upload = page.context["upload"]
    again = counsellor.post(
        reverse("desk:import_apply", args=[upload.pk]),
        {"seen": page.context["plan"].fingerprint},
        follow=True,
    )
    assert again.redirect_chain[-1][0] == reverse("desk:import_preview", args=[upload.pk])
    assert Pupil.objects.get().given_name == "Samar"
    counsellor.post(
        reverse("desk:import_apply", args=[upload.pk]), {"seen": again.context["plan"].fingerprint}
    )
    assert Pupil.objects.get().given_name == "Samia"


def test_a_second_click_changes_nothing(counsellor):
    page = to_preview(counsellor, csv_file(SAMIRA))
    address = reverse("desk:import_apply", args=[page.context["upload"].pk])
    sent = {"seen": page.context["plan"].fingerprint}
    assert counsellor.post(address, sent).url == counsellor.post(address, sent).url
    assert AuditEntry.objects.filter(verb="roster brought in").count() == 1


def test_the_second_of_two_colleagues_looks_again(school, client, django_user_model):
    one = factories.login(client, factories.make_staff(school, "counsellor"))
    other = factories.login(type(client)(), factories.make_staff(school, "leader"))
    first, second = to_preview(one, csv_file(SAMIRA)), to_preview(other, csv_file(SAMIRA, ZOE))
    for browser, page in ((one, first), (other, second)):
        address = reverse("desk:import_apply", args=[page.context["upload"].pk])
        browser.post(address, {"seen": page.context["plan"].fingerprint})
    assert Pupil.objects.count() == 1
    assert RosterUpload.objects.filter(applied_at=None).count() == 1


def test_the_file_waits_encrypted(counsellor):
    send(counsellor, csv_file(SAMIRA))
    from django.db import connection  # noqa: PLC0415 - what the database itself holds

    with connection.cursor() as cursor:
        cursor.execute("select content from people_rosterupload")
        (stored,) = cursor.fetchone()
    assert "Samira" not in stored
    assert stored.startswith("gAAAA")


def test_the_same_list_brought_again_takes_the_place_of_the_first(counsellor):
    send(counsellor, csv_file("1;X"))
    to_preview(counsellor, csv_file(SAMIRA))
    assert RosterUpload.objects.count() == 1


def test_a_list_can_be_taken_away(counsellor):
    page = to_preview(counsellor, csv_file(SAMIRA))
    counsellor.post(reverse("desk:import_discard", args=[page.context["upload"].pk]))
    assert not RosterUpload.objects.exists()


def test_likely_doubles_are_announced_and_asked_afterwards(counsellor):
    page = to_preview(counsellor, csv_file(SAMIRA, SISTER))
    assert page.context["doubles"] == 1
    done = bring_in(counsellor, SAMIRA, SISTER)
    assert LikelyDouble.objects.count() == 1
    assert reverse("desk:doubles") in done.content.decode()


@pytest.mark.parametrize("name", ["import_preview", "import_columns", "import_done"])
def test_another_schools_upload_is_not_there(counsellor, client, name):
    page = to_preview(counsellor, csv_file(SAMIRA))
    stranger = factories.login(
        type(client)(), factories.make_staff(factories.make_school("Elders"), "leader")
    )
    assert stranger.get(reverse(f"desk:{name}", args=[page.context["upload"].pk])).status_code == 404


def test_a_mentor_does_not_bring_lists_in(school, client):
    mentor = factories.make_staff(school)
    factories.make_class(school, mentor=mentor)
    assert factories.login(client, mentor).get(reverse("desk:import")).status_code == 404


def test_the_preview_takes_the_same_number_of_queries_for_one_and_600_pupils(
    counsellor, django_assert_max_num_queries
):
    rows = [f"{n};Naam{n};;Achter{n};2{'ABC'[n % 3]};2;Mentor;Ouder {n};06-1{n:07d}" for n in range(600)]
    page = to_preview(counsellor, csv_file(*rows))
    address = reverse("desk:import_preview", args=[page.context["upload"].pk])
    with django_assert_max_num_queries(24):
        shown = counsellor.get(address)
    assert len(shown.content) < 500_000


def test_headings_in_another_order_and_case_are_the_same_headings():
    assert uploads.headings_hash(["Klas", "Roepnaam"]) == uploads.headings_hash(["roepnaam", "KLAS"])
