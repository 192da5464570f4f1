"""The answers of a survey round so far: from ten people on, and without names never of one more person."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web import factories
from tests.web.desk.test_survey_results import make_round
from tests.web.surveys import rounding

from driegesprek.web.surveys.models import Response
from driegesprek.web.surveys.rules import showing

pytestmark = pytest.mark.django_db
QUERIES = 20
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


def test_days_are_counted_together_until_ten_people_came_in():
    handed_in = dict(zip(reversed(DAYS_AGO), [6, 3, 1, 9, 10], strict=True))
    today = DAYS_AGO[0] + dt.timedelta(days=1)
    assert showing.settled(handed_in, today) == DAYS_AGO[0]
    assert showing.settled(handed_in, DAYS_AGO[0]) == DAYS_AGO[2]
    assert showing.settled({DAYS_AGO[1]: 9}, today) is None
