"""What came of a survey round on the desk: the scan of a team, and scores on scales, with nothing told of a few."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from django.utils import timezone
from tests.web import factories
from tests.web.surveys import rounding

from driegesprek import content
from driegesprek.instruments.scoring_model import Method, Scale, ScaleItem
from driegesprek.web.desk.pages import scales
from driegesprek.web.surveys.domain import scale_scores, studies, versions
from driegesprek.web.surveys.models import Response, Round
from driegesprek.web.surveys.rules import showing

pytestmark = pytest.mark.django_db
VISION = ("/vision_1", "/vision_2", "/vision_3")


@pytest.fixture
def of():
    return rounding.make_school({"2A": 1})


@pytest.fixture
def counsellor(client, of):
    return factories.login(client, of.counsellor)


def make_round(of, design="named"):
    version = versions.store(of.school, "school_scan", content.instrument("school_scan"))
    planned = replace(rounding.plan(of, design), voices={"staff": version})
    return studies.create(of.school, planned, actor=of.actor)


def make_again(of, before):
    row = rounding.plan(of, before.design, opens_on=timezone.localdate() + dt.timedelta(days=1))
    planned = replace(row, voices={"staff": before.voices.get().version})
    after = studies.measure_again(before, planned, actor=of.actor)
    Round.objects.filter(pk=after.pk).update(opened_at=timezone.now())
    return after


def hand_in(row, people):
    """What people handed in: {pseudonym: the numbers of the first three statements}."""
    version = row.voices.get().version
    Response.objects.bulk_create(
        Response(
            school_id=row.school_id,
            round=row,
            voice="staff",
            pseudonym=name,
            version=version,
            language="nl",
            channel="desk",
            submitted_at=timezone.now(),
            document=json.dumps({"answers": given(numbers), "asked": list(VISION)}),
        )
        for name, numbers in people.items()
    )


def given(numbers):
    known = zip(VISION, numbers, strict=False)
    return {path: {"status": "given", "value": str(number)} for path, number in known}


def some(n, *numbers, start=0):
    return {f"p{start + i}": numbers for i in range(n)}


def page(client, row, name, status=200):
    response = client.get(f"/desk/vragenlijsten/{row.pk}/{name}/")
    assert response.status_code == status
    return response.content.decode()


def test_a_team_sees_its_strengths_and_next_steps_in_a_picture_and_a_table(of, counsellor):
    row = make_round(of)
    assert "nog niemand ingeleverd" in page(counsellor, row, "scan")
    hand_in(row, some(2, 5, 1, 4) | {"x": (4, 2)})
    found = page(counsellor, row, "scan")
    strengths, _, rest = found.partition('id="next"')
    label = "Wij weten samen waarom wij ouders bij het kiezen betrekken."
    assert label in strengths
    assert "Vraag de schoolleiding om dit twee keer per jaar op de agenda te zetten." in rest
    assert "<svg" in found
    assert f"<td>{label}</td>" in found
    Round.objects.filter(pk=row.pk).update(opened_at=timezone.now())
    whole = counsellor.get(f"/desk/vragenlijsten/{row.pk}/").content.decode()
    assert f"/desk/vragenlijsten/{row.pk}/scan/" in whole
    assert f"/desk/vragenlijsten/{row.pk}/schalen/" in whole


def test_without_names_a_scan_tells_nothing_of_fewer_than_ten(of, counsellor):
    row = make_round(of, "pseudonymous")
    hand_in(row, some(9, 5, 5))
    assert "Wij weten samen" not in page(counsellor, row, "scan")
    hand_in(row, some(1, 5, start=9))
    parts = counsellor.get(f"/desk/vragenlijsten/{row.pk}/scan/").context["scan"].result.parts
    assert [(one.value, one.n) for one in parts[0].items] == [(5, 10), (None, None), (None, None)]
    assert parts[0].whole.value is None


def test_a_mean_of_a_scale_is_of_ten_people_at_least(of, counsellor):
    row = make_round(of, "pseudonymous")
    hand_in(row, some(9, 2, 3, 4))
    assert scales.scores(row).voices[0].lines[0].now is None
    hand_in(row, some(1, 5, 5, 5, start=9))
    line = scales.scores(row).voices[0].lines[0]
    assert (line.label, line.ends, line.now.n) == ("Beeld en steun", (1, 5), 10)
    assert line.now.mean == pytest.approx((9 * 3 + 5) / 10)
    assert line.now.sd == pytest.approx(0.4**0.5)  # nine deviate 0.2 and one 1.8: (0.36 + 3.24) / 9
    found = page(counsellor, row, "schalen")
    assert "Beeld en steun" in found
    assert "3,20" in found


def test_before_and_after_stand_beside_each_other_with_the_change_of_who_answered_both(of, counsellor):
    before = make_round(of, "pseudonymous")
    after = make_again(of, before)
    hand_in(before, some(10, 2, 2, 2))
    hand_in(after, some(5, 3, 3, 3) | some(5, 4, 4, 4, start=5))
    line = scales.scores(before).voices[0].lines[0]
    assert line == scales.scores(after).voices[0].lines[0]
    assert (line.before.mean, line.after.mean, line.both.change, line.both.n) == (2, 3.5, 1.5, 10)
    found = page(counsellor, after, "schalen")
    assert "1,50" in found
    assert "<svg" in found


def test_who_answered_once_is_not_counted_where_that_would_give_them_away(of):
    before = make_round(of, "pseudonymous")
    after = make_again(of, before)
    hand_in(before, some(11, 2, 2, 2) | some(1, 5, 5, 5, start=11))
    hand_in(after, some(11, 3, 3, 3))
    line = scales.scores(after).voices[0].lines[0]
    assert (line.before.n, line.before.mean, line.after.n, line.both.n) == (11, 2, 11, 11)
    hand_in(before, some(9, 5, 5, 5, start=12))
    line = scales.scores(after).voices[0].lines[0]
    assert (line.before.n, line.both.n) == (21, 11)


def test_with_names_a_change_needs_ten_who_answered_both(of):
    before = make_round(of)
    after = make_again(of, before)
    hand_in(before, some(12, 2, 2, 2))
    hand_in(after, some(9, 3, 3, 3) | some(3, 3, 3, 3, start=20))
    line = scales.scores(after).voices[0].lines[0]
    assert (line.both, line.before.n, line.after.n) == (None, 12, 12)
    hand_in(after, some(1, 3, 3, 3, start=9))
    assert scales.scores(after).voices[0].lines[0].both.n == 10


def test_who_remains_may_be_nobody_or_many_and_never_a_few():
    assert showing.may_join(10, 0, 10)
    assert not showing.may_join(9, 0, 0)
    assert not showing.may_join(50, 1, 10)
    assert not showing.may_join(50, 10, 9)


def test_an_anonymous_round_has_no_scores_here(of, counsellor):
    row = rounding.make_round(of, "anonymous", voices=("adult",))
    page(counsellor, row, "schalen", status=404)
    page(counsellor, row, "scan", status=404)


def test_the_ends_of_a_scale_are_those_of_its_items():
    items = tuple(ScaleItem(path=f"/{n}", low=1, high=5) for n in range(3))
    assert scale_scores.ends(Scale(name="a", items=items)) == (1, 5)
    assert scale_scores.ends(Scale(name="a", items=items, method=Method.SUM)) == (3, 15)
    assert scale_scores.ends(Scale(name="a", items=items, method=Method.SUM, empty=0)) == (0, 15)
    assert scale_scores.ends(Scale(name="a", items=(*items, ScaleItem(path="/x")))) is None
