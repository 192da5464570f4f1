"""A school gives sums out for an evaluation of several: looked at first, once, noted, and nothing of a few."""

import datetime as dt
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.web import factories
from tests.web.desk import test_findings as findings
from tests.web.surveys import rounding

from driegesprek.evidence.sums import Sums
from driegesprek.web.common.models import AuditEntry
from driegesprek.web.findings.models import GivenSums, Release
from driegesprek.web.surveys.models import Response, Round

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
PEOPLE = 140
"""Enough to have ten who went down."""
CHANGE = {
    "kind": "change",
    "name": "vision",
    "pre": "before.vision_1",
    "post": "after.vision_1",
    "cluster": "school",
}
SCALE = {"kind": "scale", "name": "items", "items": ["after.vision_1", "after.vision_2", "after.vision_3"]}
TABLE = {
    "kind": "crosstab",
    "name": "table",
    "rows": "after.vision_1",
    "cols": "after.vision_2",
    "levels": {"after.vision_1": list("12345"), "after.vision_2": list("12345")},
}
PER_CLASS = {**CHANGE, "name": "per class", "cluster": "class"}


def plan(*statistics, **changed):
    made = {"format": "driegesprek.plan", "version": 1, "title": "Regio 2026", "school": "school"}
    return json.dumps(made | {"statistics": list(statistics) or [CHANGE]} | changed)


@pytest.fixture(scope="module")
def of(for_all):
    return rounding.make_school({"2A": 1, "2B": 1})


@pytest.fixture(scope="module")
def measured(of):
    return closed(of).pk


@pytest.fixture
def row(measured, db):
    """Closed, of so many people."""
    return Round.objects.get(pk=measured)


@pytest.fixture
def counsellor(client, of):
    return factories.login(client, of.counsellor)


def closed(of, people=PEOPLE):
    before, after = findings.pair(of)
    findings.answer(before, people, 2.6)
    findings.answer(after, people, 3.2, seed=2)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Round.objects.filter(pk=after.pk).update(opens_on=yesterday, closes_on=yesterday)
    Round.objects.filter(pk=before.pk).update(opens_on=yesterday - dt.timedelta(days=30))
    return Round.objects.get(pk=after.pk)


def at(row, more=""):
    return f"/desk/vragenlijsten/{row.pk}/samen/{more}"


def look(client, row, text, voice="staff"):
    given = {"voice": voice, "plan_file": SimpleUploadedFile("plan.json", text.encode())}
    response = client.post(at(row), given)
    assert response.status_code == 200
    return response


def give(client, row, text, voice="staff"):
    return client.post(at(row, "geven/"), {"voice": voice, "plan": text}, follow=True)


def test_a_school_sees_what_would_leave_and_nothing_is_kept(row, counsellor):
    response = look(counsellor, row, plan(CHANGE, SCALE, PER_CLASS, TABLE))
    found = {one.name: one for one in response.context["preview"].statistics}
    assert (found["vision"].people, found["vision"].reason) == (PEOPLE, "")
    assert "per klas" in found["per class"].reason
    assert found["table"].reason
    assert "De Brug" in response.content.decode()
    assert response.context["preview"].document in _unescaped(response)
    assert not GivenSums.objects.exists()
    assert not AuditEntry.objects.filter(verb="sums given out").exists()


def _unescaped(response):
    import html  # noqa: PLC0415

    return html.unescape(response.content.decode())


def test_it_can_be_fetched_to_look_at_and_is_marked_as_not_given_out(row, counsellor):
    shown = look(counsellor, row, plan()).context["preview"].document
    sent = {"voice": "staff", "plan": plan()}
    made = counsellor.post(at(row, "bekijken.json"), sent)
    assert made["Content-Disposition"] == 'attachment; filename="regio-2026-staff.om-te-bekijken.json"'
    held = json.loads(made.content)
    assert held == json.loads(shown) | {"released": False}
    assert not GivenSums.objects.exists()
    assert counsellor.get(at(row, "bekijken.json")).status_code == 405
    assert counsellor.post(at(row, "bekijken.json"), {"voice": "staff"}).status_code == 302
    lacking = plan({**CHANGE, "pre": "before.vision_9"})
    assert "vision_9" in counsellor.post(at(row, "bekijken.json"), {**sent, "plan": lacking}).content.decode()


def test_what_is_given_out_is_what_was_shown_noted_and_the_same_ever_after(row, counsellor):
    shown = look(counsellor, row, plan()).context["preview"].document
    assert give(counsellor, row, plan()).status_code == 200
    given = GivenSums.objects.get()
    assert given.document == shown
    assert AuditEntry.objects.filter(verb="sums given out").count() == 1
    file = counsellor.get(at(row, f"{given.pk}/"))
    assert file.content.decode() == shown
    assert Sums.from_json(shown).schools == ("De Brug",)
    Response.objects.filter(round=row, pseudonym="p001").delete()
    reordered = json.dumps(dict(reversed(json.loads(plan()).items())), indent=4)
    again = look(counsellor, row, reordered)
    assert again.context["preview"].document == shown
    give(counsellor, row, reordered)
    assert GivenSums.objects.get().document == shown


def test_the_page_asks_the_same_number_of_questions_however_much_was_given_out(
    of, counsellor, django_assert_num_queries
):
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    row = closed(of, 12)
    made = {"school_id": row.school_id, "round": row, "voice": "staff", "document": "{}", "sizes": {}}
    GivenSums.objects.create(**made, plan="0")
    with CaptureQueriesContext(connection) as asked:
        counsellor.get(at(row))
    for place in range(1, 4):
        GivenSums.objects.create(**made, plan=str(place))
    with django_assert_num_queries(len(asked)):
        assert counsellor.get(at(row)).content.decode().count("Ophalen") == 4


def test_another_plan_about_nearly_the_same_people_stays_in_the_school(row, counsellor):
    give(counsellor, row, plan())
    Response.objects.filter(pseudonym__in=["p001", "p002"]).delete()  # from both rounds
    found = look(counsellor, row, plan({**CHANGE, "least": 1})).context["preview"]
    assert not found.any_leaves
    assert "eerder" in found.statistics[0].reason


def test_a_report_that_left_counts_for_the_scales_that_were_in_it(row, counsellor):
    scale = _scale_of("vision_1", row)
    Release.objects.create(
        school_id=row.school_id,
        round=row,
        voice="staff",
        ledger="{}",
        sizes={f"{scale}/change": PEOPLE + 3, "x/change": PEOPLE + 1},
    )
    assert not look(counsellor, row, plan()).context["preview"].any_leaves
    Release.objects.update(sizes={f"{scale}/change": PEOPLE, "x/change": PEOPLE + 1})
    assert look(counsellor, row, plan()).context["preview"].any_leaves


def _scale_of(item, row):
    from driegesprek.web.surveys.domain import versions  # noqa: PLC0415

    scales = versions.load(row.voices.get().version_id).scales
    return next(one.name for one in scales if any(i.path.endswith(f"/{item}") for i in one.items))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "geen plan dat te lezen is"),
        (plan(version=2), "nieuwere versie"),
        (plan(statistics=[]), "geen plan dat te lezen is"),
        ("[" * 100_000, "geen plan dat te lezen is"),
        ("\x00", "geen plan dat te lezen is"),
        (plan({**CHANGE, "pre": "before.vison_1"}), "before.vison_1"),
        (
            plan({**TABLE, "levels": {"after.vision_1": ["1"], "after.vision_2": ["1"]}}),
            "niet bij de antwoorden",
        ),
        (plan({**CHANGE, "pre": "class"}), "een getal"),
    ],
)
def test_a_plan_that_cannot_be_run_is_told_what_is_wrong(row, counsellor, text, said):
    found = look(counsellor, row, text)
    assert said in found.content.decode()
    assert "preview" not in found.context
    assert not GivenSums.objects.exists()


def test_a_variable_that_the_round_lacks_is_named_with_what_looks_like_it(row, counsellor):
    found = look(counsellor, row, plan({**CHANGE, "pre": "before.vison_1"}))
    assert "before.vision_1" in found.context["lacking"][0]


def test_while_answers_come_in_nothing_is_given_out(of, counsellor):
    before, after = findings.pair(of)
    findings.answer(after, 30, 3)
    assert "Er komen antwoorden binnen" in counsellor.get(at(before)).content.decode()
    give(counsellor, after, plan())
    assert not GivenSums.objects.exists()


def test_an_anonymous_round_stands_alone(row, counsellor):
    Round.objects.update(design="anonymous")
    row.refresh_from_db()
    once = {"kind": "weights", "name": "mean", "mean": ["vision_1"], "cluster": "school"}
    found = look(counsellor, row, plan(once)).context["preview"].statistics[0]
    assert (found.people, found.reason) == (PEOPLE, "")


def test_who_may(of, row, client):
    factories.login(client, of.counsellor)
    give(client, row, plan())
    given = GivenSums.objects.get()
    stranger = factories.make_staff(factories.make_school("Elders"), "counsellor", name="Vreemd")
    for staff in (of.mentors["2A"], stranger):
        factories.login(client, staff)
        assert client.get(at(row)).status_code == 404
        assert client.post(at(row, "geven/"), {"voice": "staff", "plan": plan()}).status_code == 404
        assert client.get(at(row, f"{given.pk}/")).status_code == 404
    factories.login(client, factories.make_staff(of.school, "leader", name="Smit"))
    assert client.get(at(row)).status_code == 200


def test_a_plan_that_did_not_arrive_whole_is_not_run(row, counsellor):
    for sent in ({}, {"voice": "pupil", "plan": plan()}, {"voice": "staff", "plan": "{"}):
        assert counsellor.post(at(row, "geven/"), sent).status_code == 302
    assert not GivenSums.objects.exists()
