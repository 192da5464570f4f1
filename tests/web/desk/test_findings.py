"""What came of a round on the desk: told where it rests on enough, and never more than the design says."""

import datetime as dt
import io
import json
import random
import zipfile

import pytest
from django.utils import timezone
from tests.web import factories
from tests.web.desk import test_survey_results as small
from tests.web.surveys import rounding

from driegesprek.web.common.audit import System
from driegesprek.web.common.models import AuditEntry
from driegesprek.web.findings.domain import comparing, releasing
from driegesprek.web.findings.models import Comparison, Release
from driegesprek.web.surveys.models import Response, Round, Study

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
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


def test_the_page_is_for_staff_of_the_school(of, client):
    before, _after = pair(of)
    for staff, status in (
        (factories.make_staff(of.school, "leader", name="Smit"), 200),
        (of.mentors["2A"], 200),
        (factories.make_staff(factories.make_school("Elders"), "counsellor", name="Vreemd"), 404),
    ):
        factories.login(client, staff)
        assert client.get(f"/desk/vragenlijsten/{before.pk}/uitkomsten/").status_code == status


def test_a_mentor_reads_and_changes_nothing(of, client):
    _before, after = closed(of)
    found = {}
    for who in (of.counsellor, of.mentors["2A"]):
        factories.login(client, who)
        found[who] = page(client, after)
    assert "Per klas" not in found[of.mentors["2A"]][0]
    assert found[of.mentors["2A"]][1].voice == found[of.counsellor][1].voice
    assert "/uitkomsten/rapport/" in found[of.counsellor][0]
    assert "/uitkomsten/rapport/" not in found[of.mentors["2A"]][0]
    factories.login(client, of.mentors["2A"])
    for name in ("rapport", "vergelijking"):
        assert client.post(f"/desk/vragenlijsten/{after.pk}/uitkomsten/{name}/").status_code == 404
    assert f"{after.pk}/uitkomsten/" in client.get("/desk/vragenlijsten/").content.decode()


@pytest.mark.parametrize(("people", "told"), [(13, False), (14, True)])
def test_a_mentor_who_may_read_some_by_name_gets_what_rests_on_ten_others(of, client, people, told):
    before, after = pair(of, "named")
    mine = [*of.pupils["2A"], *(factories.make_pupil(of.classes["2A"], name) for name in ("Vroeg", "Laat"))]
    for row, there in ((before, mine[:2]), (after, mine[1:])):
        answer(row, people, 3)
        for one in (*there, *of.pupils["2B"]):
            row.invitations.create(school=of.school, voice="staff", pupil=one)
        row.invitations.create(school=of.school, voice="staff", staff=of.mentors["2A"])
    factories.login(client, of.mentors["2A"])
    found, shown = page(client, after)
    assert bool(shown.voice.said) is told
    assert (shown.voice.groups, shown.voice.activities, shown.voice.part_taken) == ((), (), None)
    assert (shown.voice.n == people) is told
    assert "antwoorden van minstens 10 anderen" in found
    factories.login(client, of.counsellor)
    assert page(client, after)[1].voice.said


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


def closed(of, people=40):
    before, after = pair(of)
    answer(before, people, 2.6)
    answer(after, people, 3.2)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Round.objects.filter(pk=after.pk).update(opens_on=yesterday, closes_on=yesterday)
    Round.objects.filter(pk=before.pk).update(opens_on=yesterday - dt.timedelta(days=30))
    return before, Round.objects.get(pk=after.pk)


def files_of(row):
    return releasing.report(
        row, releasing.asked(row, language="nl", made_on=timezone.localdate()), actor=System(row.school_id)
    )


def test_the_report_is_one_file_and_is_noted(of, counsellor):
    before, _after = closed(of)
    done = counsellor.post(f"/desk/vragenlijsten/{before.pk}/uitkomsten/rapport/")
    names = zipfile.ZipFile(io.BytesIO(done.content)).namelist()
    assert names == ["report.html", "report.pdf", "tables.xlsx", "staff.plan.json"]
    assert AuditEntry.objects.filter(verb="report released").exists()
    assert Release.objects.get().voice == "staff"


def test_again_it_is_the_same_and_no_second_release(of):
    _before, after = closed(of)
    first = files_of(after)
    assert files_of(after) == first
    assert Release.objects.count() == 1


def test_who_answered_once_and_is_one_of_few_is_in_no_report(of):
    _before, after = closed(of)
    first = files_of(after)
    small.hand_in(after, small.some(4, 5, 5, 5, start=900))
    assert files_of(after)["report.html"] == first["report.html"]


def test_a_few_newcomers_are_not_told_by_a_second_report(of):
    before, after = closed(of)
    assert f">{SCALE}</th>" in files_of(after)["report.html"].decode()
    for row in (before, after):
        small.hand_in(row, small.some(4, 5, 5, 5, start=900))
    assert f">{SCALE}</th>" not in files_of(after)["report.html"].decode()
    assert Release.objects.count() == 2


def test_a_round_that_is_open_has_no_report(of, counsellor):
    _before, after = pair(of)
    answer(after, 40, 3)
    found = counsellor.post(f"/desk/vragenlijsten/{after.pk}/uitkomsten/rapport/", follow=True)
    assert "Maak het verslag na de laatste dag" in found.content.decode()
    assert not Release.objects.exists()


def test_the_page_says_that_some_had_a_greater_chance_to_be_invited(of, counsellor):
    before, after = closed(of)
    assert "meer kans om uitgenodigd" not in page(counsellor, after)[0]
    for row in (before, after):
        for one in Response.objects.filter(round=row):
            one.group |= {"weight": 5.0 if int(one.pseudonym[1:]) % 2 else 2.5}
            one.document_hash = one.pseudonym
            one.save()
    assert "meer kans om uitgenodigd" in page(counsellor, after)[0]


def test_a_release_of_before_weights_were_kept_is_compared_as_it_was_counted(of):
    """Then the counts are by nothing, and no weighted share stands beside them."""
    before, after = closed(of, 200)
    first = files_of(after)["report.html"].decode()
    for row in (before, after):
        for one in Response.objects.filter(round=row):
            one.group |= {"weight": 5.0 if int(one.pseudonym[1:]) % 2 else 2.5}
            one.save()
    again = files_of(after)["report.html"].decode()
    assert "Ontwerpgewichten" not in first
    assert "Ontwerpgewichten" in again
    assert "gewogen, waar de poort" not in again
    assert Release.objects.count() == 1
