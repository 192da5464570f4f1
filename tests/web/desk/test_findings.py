"""What came of a round on the desk: told where it rests on enough, and never more than the design says."""

import datetime as dt
import json
import random

import pytest
from django.utils import timezone
from tests.web import factories
from tests.web.desk import test_survey_results as small
from tests.web.surveys import rounding

from driegesprek.web.findings.domain import comparing
from driegesprek.web.findings.models import Comparison
from driegesprek.web.surveys.models import Response, Study

pytestmark = pytest.mark.django_db
SCALE = "Beeld en steun"


@pytest.fixture
def of():
    return rounding.make_school({"2A": 1, "2B": 1})


@pytest.fixture
def counsellor(client, of):
    return factories.login(client, of.counsellor)


def pair(of, design="pseudonymous"):
    before = small.make_round(of, design)
    before.opened_at = timezone.now()
    before.save()
    return before, small.make_again(of, before)


def answer(row, people, mean, *, seed=1, classes=12):
    """So many people answer the three statements around a mean, in classes."""
    chance = random.Random(seed)  # noqa: S311 - invented answers
    small.hand_in(
        row,
        {
            f"p{n:03}": [min(5, max(1, round(chance.gauss(mean, 0.8)))) for _ in range(3)]
            for n in range(people)
        },
    )
    for one in Response.objects.filter(round=row):
        one.group = {"class_id": f"c{int(one.pseudonym[1:]) % classes}"}
        one.save()


def page(client, row, **asked):
    response = client.get(f"/desk/vragenlijsten/{row.pk}/uitkomsten/", asked)
    assert response.status_code == 200
    return response.content.decode(), response.context["page"]


def test_a_change_is_told_in_words_with_its_picture_and_table(of, counsellor):
    before, after = pair(of)
    answer(before, 120, 2.6)
    answer(after, 120, 3.6)
    found, shown = page(counsellor, after)
    one = next(one for one in shown.voice.scales if one.label == SCALE)
    assert (one.way, one.n) == ("up", 120)
    assert one.ci[0] < one.change < one.ci[1]
    assert "Ging omhoog" in found
    assert "<svg" in found
    assert "Er zijn geen klassen om mee te vergelijken" in found
    assert page(counsellor, before)[1].voice == shown.voice


def test_too_few_people_see_what_was_said_and_no_change(of, counsellor):
    before, after = pair(of)
    answer(before, 14, 2.6)
    answer(after, 14, 3.6, seed=2)
    found, shown = page(counsellor, after)
    assert shown.voice.scales == ()
    assert SCALE in shown.voice.vague
    assert "Te weinig mensen voor een verandering" in found
    assert shown.voice.said[0].figure.table.rows
    assert "Ging omhoog" not in found


def test_nine_people_are_not_shown_at_all(of, counsellor):
    before, after = pair(of)
    answer(before, 9, 2.6)
    answer(after, 9, 3.6, seed=2)
    shown = page(counsellor, after)[1]
    assert (shown.voice.n, shown.voice.said, shown.voice.scales) == (None, (), ())


def test_invented_answers_say_so(of, counsellor):
    before, after = pair(of)
    answer(after, 12, 3)
    assert "Deze antwoorden zijn verzonnen" not in page(counsellor, after)[0]
    Study.objects.filter(pk=before.study_id).update(invented=True)
    assert "Deze antwoorden zijn verzonnen" in page(counsellor, after)[0]


def test_a_round_without_answers_says_so(of, counsellor):
    before, _after = pair(of)
    assert "nog niemand ingeleverd" in page(counsellor, before)[0]


def test_new_answers_are_in_the_next_page(of, counsellor):
    _before, after = pair(of)
    answer(after, 12, 3)
    assert page(counsellor, after)[1].voice.said[0].figure.table.rows[0][1] == "12"
    small.hand_in(after, small.some(3, 3, 3, 3, start=900))
    assert page(counsellor, after)[1].voice.said[0].figure.table.rows[0][1] == "15"


def test_the_page_is_for_counsellor_and_leader_of_the_school(of, client):
    before, _after = pair(of)
    for staff, status in (
        (factories.make_staff(of.school, "leader", name="Smit"), 200),
        (of.mentors["2A"], 404),
        (factories.make_staff(factories.make_school("Elders"), "counsellor", name="Vreemd"), 404),
    ):
        factories.login(client, staff)
        assert client.get(f"/desk/vragenlijsten/{before.pk}/uitkomsten/").status_code == status


def test_an_anonymous_round_and_one_that_is_not_open_have_no_findings(of, counsellor):
    anonymous = rounding.make_round(of, "anonymous", voices=("adult",))
    shut = small.make_round(of)
    for row in (anonymous, shut):
        assert counsellor.get(f"/desk/vragenlijsten/{row.pk}/uitkomsten/").status_code == 404


@pytest.fixture
def asked(of):
    row = rounding.make_round(of)
    return row, {one.name: one for one in comparing.classes(row)}


def test_classes_to_compare_with_are_named_and_taken_away_again(of, asked, counsellor):
    row, classes = asked
    address = f"/desk/vragenlijsten/{row.pk}/uitkomsten/"
    done = counsellor.post(f"{address}vergelijking/", {"classes": [classes["2B"].pk], "by_lot": "on"})
    assert done.status_code == 302
    named = Comparison.objects.get(study=row.study)
    assert (named.classes, named.by_lot, named.named_on) == (
        [str(classes["2B"].pk)],
        True,
        timezone.localdate(),
    )
    counsellor.post(f"{address}vergelijking/")
    assert not Comparison.objects.exists()


def test_all_classes_cannot_be_compared_with_nobody(of, asked, counsellor):
    row, classes = asked
    address = f"/desk/vragenlijsten/{row.pk}/uitkomsten/vergelijking/"
    done = counsellor.post(address, {"classes": [one.pk for one in classes.values()]}, follow=True)
    assert "niet alle" in done.content.decode()
    counsellor.post(address, {"classes": ["nonsense", "00000000-0000-0000-0000-000000000000"]})
    assert not Comparison.objects.exists()


def test_what_the_page_says_of_a_comparison_depends_on_how_it_was_chosen(of, counsellor):
    before, after = pair(of)
    answer(after, 12, 3)
    fields = {"school": of.school, "study": before.study, "classes": ["x"]}
    one = Comparison.objects.create(**fields, named_on=before.opens_on)
    assert "niet om geloot" in page(counsellor, after)[0]
    one.by_lot, one.named_on = True, after.opens_on + dt.timedelta(days=1)
    one.save()
    found, _shown = page(counsellor, after)
    assert "er is om geloot welke" in found
    assert "nadat de tweede ronde begon" in found


def test_the_page_holds_no_row(of, counsellor):
    _before, after = pair(of)
    answer(after, 12, 3)
    found, _shown = page(counsellor, after)
    for one in Response.objects.filter(round=after):
        assert one.pseudonym not in json.dumps(found)
