"""The answers of a survey round so far: from ten people on, and without names never of one more person."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from tests.web import factories
from tests.web.desk.test_survey_results import make_round
from tests.web.surveys import rounding

from driegesprek.web.common.models import AuditEntry
from driegesprek.web.findings.models import Release
from driegesprek.web.surveys.models import Response
from driegesprek.web.surveys.rules import showing

pytestmark = pytest.mark.django_db
QUERIES = 20
TAKEN = 3
DAYS_AGO = [dt.date(2026, 11, 20) - dt.timedelta(days=n) for n in range(5)]


@pytest.fixture
def of():
    return rounding.make_school({"2A": 1})


@pytest.fixture
def counsellor(client, of):
    return factories.login(client, of.counsellor)


def hand_in(row, names, answer="yes", *, ago=0):
    version = row.voices.get(voice="pupil").version
    document = '{"answers": {"/informed": {"status": "given", "value": "%s"}}, "asked": ["/informed"]}'
    Response.objects.bulk_create(
        Response(
            school_id=row.school_id,
            round=row,
            voice="pupil",
            pseudonym=name,
            version=version,
            language="nl",
            channel="link",
            submitted_at=timezone.now() - dt.timedelta(days=ago),
            document=document % answer,
        )
        for name in names
    )


def people(n, start=0):
    return [f"p{start + i}" for i in range(n)]


def counted(client, row):
    response = client.get(f"/desk/vragenlijsten/{row.pk}/tellingen/")
    assert response.status_code == 200
    return response.context["so_far"], response.content.decode()


def numbers(shown):
    return {label: cells for chart in shown.charts for label, cells in chart.numbers.rows}


def test_with_names_each_question_is_counted_from_ten_people_on(of, counsellor):
    row = rounding.make_round(of)
    hand_in(row, people(9))
    assert counted(counsellor, row)[0].charts == ()
    hand_in(row, people(3, 9), "no")
    shown, html = counted(counsellor, row)
    assert numbers(shown)["Ja"] == ("9 (75%)",)
    assert numbers(shown)["Nee"] == ("3 (25%)",)
    assert "<svg" in html
    assert (
        f"/desk/vragenlijsten/{row.pk}/tellingen/"
        in counsellor.get(f"/desk/vragenlijsten/{row.pk}/").content.decode()
    )


@pytest.mark.parametrize("design", ["pseudonymous", "anonymous"])
def test_without_names_one_more_answer_changes_nothing(of, counsellor, design):
    row = rounding.make_round(of, design)
    hand_in(row, people(10))
    assert counted(counsellor, row)[0].n == 0, "today is not over"
    Response.objects.update(submitted_at=timezone.now() - dt.timedelta(days=3))
    before = counted(counsellor, row)
    hand_in(row, ["x"], "no", ago=1)
    assert counted(counsellor, row)[0] == before[0]
    hand_in(row, people(9, 20), "no", ago=1)
    assert numbers(counted(counsellor, row)[0])["Nee"] == ("10 (50%)",)


def test_who_answered_only_the_second_time_is_left_out_where_these_are_few(of, counsellor):
    before = rounding.make_round(of, "pseudonymous")
    after = rounding.make_again(of, before)
    hand_in(before, people(12), ago=9)
    hand_in(after, people(12), ago=2)
    hand_in(after, ["new"], "no", ago=2)
    assert counted(counsellor, after)[0].n == 12


def test_more_people_and_more_questions_take_no_more_queries(of, counsellor, django_assert_num_queries):
    row = rounding.make_round(of)
    page = f"/desk/vragenlijsten/{row.pk}/tellingen/"
    hand_in(row, people(10))
    counsellor.get(page)  # the form is read once per process
    with CaptureQueriesContext(connection) as few:
        counsellor.get(page)
    hand_in(row, people(40, 10), "no")
    with django_assert_num_queries(len(few)):
        counsellor.get(page)
    assert len(few) <= QUERIES


def test_items_of_scales_without_names_stand_with_the_findings_only(of, counsellor):
    from tests.web.desk import test_survey_results as scans  # noqa: PLC0415 - its makers only

    row = make_round(of, "pseudonymous")
    scans.hand_in(row, scans.some(12, 2, 3, 4))
    Response.objects.update(submitted_at=timezone.now() - dt.timedelta(days=3))
    shown, _html = counted(counsellor, row)
    assert (shown.n, shown.elsewhere) == (12, True)
    assert not {"vision_1", "vision_2", "vision_3"} & {one.variable.name for one in shown.charts}


def take(client, row, kind="csv", **more):
    sent = {"voice": "pupil", "kind": kind} | more
    return client.post(f"/desk/vragenlijsten/{row.pk}/tellingen/meenemen/", sent)


def lines(response):
    assert response.status_code == 200
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    return {row[8]: row for row in rows if row[7] == "informed"}, [row[6] for row in rows]


def test_in_a_file_every_count_is_of_ten_and_what_left_is_kept(of, counsellor):
    row = rounding.make_round(of)
    hand_in(row, people(12))
    hand_in(row, people(3, 12), "no")
    answers, notes = lines(take(counsellor, row))
    assert {code: (one[2], one[4]) for code, one in answers.items()} == {"yes": ("15", ""), "no": ("15", "")}
    assert any("minder dan 10" in one for one in notes)
    assert take(counsellor, row).content == take(counsellor, row).content
    assert Release.objects.get().left == "counts", "the same counts again are no new release"
    assert (
        AuditEntry.objects.filter(verb="counts of a survey released", detail__voice="pupil").count() == TAKEN
    )


def test_a_later_file_tells_nothing_of_who_came_in_between(of, counsellor):
    row = rounding.make_round(of)
    hand_in(row, [*people(15)])
    hand_in(row, people(15, 20), "no")
    first = lines(take(counsellor, row))[0]
    assert (first["yes"][4], first["no"][4]) == ("15", "15")
    hand_in(row, ["late"], "no")
    second = lines(take(counsellor, row))[0]
    assert {one[4] for one in second.values()} == {""}
    hand_in(row, people(12, 40), "no")
    third = lines(take(counsellor, row))[0]
    assert third["no"][4] in {"", "28"}
    assert third["yes"][4] in {"", "15"}


def test_who_takes_answers_back_is_not_told_of_by_a_later_file(of, counsellor):
    row = rounding.make_round(of)
    hand_in(row, people(14))
    hand_in(row, people(14, 20), "no")
    take(counsellor, row)
    Response.objects.filter(pseudonym="p3").delete()
    answers, notes = lines(take(counsellor, row))
    assert set(answers) == {""}
    assert any("trok antwoorden in" in one for one in notes)


def test_items_of_scales_leave_in_the_report_only(of, counsellor):
    from tests.web.desk import test_survey_results as scans  # noqa: PLC0415 - its makers only

    row = make_round(of)
    scans.hand_in(row, scans.some(12, 2, 3, 4))
    text = take(counsellor, row, voice="staff").content.decode()
    withheld = [one for one in text.splitlines() if ";vision_1;" in one]
    assert len(withheld) == 1
    assert "deel van een schaal" in withheld[0]


def test_a_workbook_without_formulas_and_nothing_where_few_answered(of, counsellor):
    row = rounding.make_round(of, "anonymous")
    hand_in(row, people(12))
    assert take(counsellor, row, "xlsx").status_code == 302, "today is not over"
    Response.objects.update(submitted_at=timezone.now() - dt.timedelta(days=3))
    book = load_workbook(io.BytesIO(take(counsellor, row, "xlsx").content))
    assert "12" in {str(cell.value) for cells in book.worksheets[0].iter_rows() for cell in cells}
    assert not any(cell.data_type == "f" for sheet in book for cells in sheet.iter_rows() for cell in cells)
    assert take(counsellor, row, "pdf").status_code == 404
    assert take(counsellor, row, voice="staff").status_code == 404


@pytest.mark.parametrize(("design", "shown"), [("named", "3"), ("pseudonymous", "")])
def test_how_a_round_goes_is_a_file_with_the_numbers_of_the_page(of, counsellor, design, shown):
    row = rounding.make_round(of, design)
    hand_in(row, people(3))
    response = counsellor.get(f"/desk/vragenlijsten/{row.pk}/?as=csv")
    assert "attachment" in response["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    by = {(one[0], one[1], one[2]): one[3:] for one in rows}
    assert by["Leerling", "Klas", "2A"][0] == "1"
    assert by["Leerling", "Per taal", "Nederlands"] == ["", shown, "" if shown else "niet getoond: te weinig"]
    row.study.invented = True
    row.study.save()
    assert "verzonnen antwoorden" in counsellor.get(f"/desk/vragenlijsten/{row.pk}/?as=csv").content.decode()
    book = counsellor.get(f"/desk/vragenlijsten/{row.pk}/?as=xlsx").content
    assert load_workbook(io.BytesIO(book)).worksheets[0].max_row == len(rows)


def test_a_mentor_takes_no_counts_along(of, client):
    row = rounding.make_round(of)
    hand_in(row, people(12))
    factories.login(client, of.mentors["2A"])
    assert take(client, row).status_code == 404
    assert not Release.objects.exists()


def test_days_are_counted_together_until_ten_people_came_in():
    handed_in = dict(zip(reversed(DAYS_AGO), [6, 3, 1, 9, 10], strict=True))
    today = DAYS_AGO[0] + dt.timedelta(days=1)
    assert showing.settled(handed_in, today) == DAYS_AGO[0]
    assert showing.settled(handed_in, DAYS_AGO[0]) == DAYS_AGO[2]
    assert showing.settled({DAYS_AGO[1]: 9}, today) is None
