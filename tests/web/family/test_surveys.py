"""A survey round on the phone: what is told first, answers under the right name, and what nobody sees."""

import datetime as dt

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from tests.web.family.conftest import Phone
from tests.web.surveys import rounding

from driegesprek.web.access import passes
from driegesprek.web.surveys.domain import inviting, pseudonyms, studies
from driegesprek.web.surveys.models import Answer, Invitation, Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return rounding.make_school()


@pytest.fixture
def pupil(of):
    return of.pupils["2A"][0]


def text(response):
    assert response.status_code == 200, (response.status_code, response.headers.get("Location"))
    return response.content.decode()


def test_a_named_round_from_the_to_do_list_to_the_receipt(of, pupil, phone):
    row = rounding.make_round(of)
    bond = of.bonds[pupil.pk]
    door = rounding.door_of(bond)
    phone.open(door)
    home = text(phone.get(f"/thuis/{door.pk}/"))
    assert "Wat vind je van de keuze?" in home
    assert rounding.at(door, row) in home
    first = text(phone.get(rounding.at(door, row)))
    assert "Mentor Elif Mentor2A, de decaan en de schoolleiding kunnen de antwoorden zien" in first
    begun = phone.post(rounding.at(door, row))
    assert begun.headers["Location"] == rounding.at(door, row, "opdracht", "informed")
    page = text(phone.get(begun.headers["Location"]))
    assert "Weet u genoeg over" in page
    assert "Kind2A0" in page
    phone.answer(begun.headers["Location"], "no")
    phone.answer(rounding.at(door, row, "opdracht", "why"), "Te laat gehoord")
    done = phone.post(rounding.at(door, row, "delen"))
    assert done.headers["Location"] == rounding.at(door, row, "bewijs")
    assert "De antwoorden zijn aangekomen" in text(phone.get(done.headers["Location"]))
    response = Response.objects.get()
    assert (response.voice, response.shared) == ("adult", {"mentor": True})
    assert response.pseudonym == pseudonyms.of_study(row.study_id, "adult", bond.pk)
    assert Invitation.objects.get(bond=bond).done_on == timezone.localdate()


def test_what_is_still_to_do_stands_above_what_was_answered(of, pupil, phone):
    answered, waiting = rounding.make_round(of), rounding.make_round(of)
    answered, waiting = sorted((answered, waiting), key=lambda one: one.pk)
    bond = of.bonds[pupil.pk]
    Invitation.objects.filter(bond=bond, round=answered).update(done_on=timezone.localdate())
    door = rounding.door_of(bond)
    phone.open(door)
    home = text(phone.get(f"/thuis/{door.pk}/"))
    assert home.index(rounding.at(door, waiting)) < home.index(rounding.at(door, answered))
    assert home.count(rounding.at(door, answered)) == 1


def test_nothing_is_kept_before_somebody_takes_part(of, pupil, phone):
    row = rounding.make_round(of)
    door = rounding.door_of(pupil)
    phone.open(door)
    assert phone.get(rounding.at(door, row, "opdracht", "informed")).headers["Location"] == rounding.at(
        door, row
    )
    refused = phone.send(rounding.at(door, row, "opdracht", "why"), "Zomaar")
    assert refused.status_code == 409
    assert "Zomaar" in refused.content.decode()
    assert Response.objects.count() == 0


@pytest.mark.parametrize(
    ("design", "words"),
    [
        ("named", "kunnen de antwoorden zien, met de naam erbij"),
        ("pseudonymous", "Niemand op school ziet wat één persoon antwoordt"),
    ],
)
def test_the_first_screen_tells_who_sees_what_in_the_language_of_the_reader(of, pupil, phone, design, words):
    row = rounding.make_round(of, design)
    door = rounding.door_of(of.bonds[pupil.pk])
    phone.open(door)
    assert words in text(phone.get(rounding.at(door, row)))
    phone.post(f"/thuis/{door.pk}/taal/", {"language": "ar"})
    page = text(phone.get(rounding.at(door, row)))
    assert 'dir="rtl"' in page
    assert "الإجابات" in page
    assert words in page


def test_pupil_parent_and_teacher_are_joined_in_a_study_and_not_across_studies(of, pupil, phone):
    row = rounding.make_round(of, "pseudonymous", voices=("pupil", "adult", "staff"))
    mentor = of.mentors["2A"]
    for owner in (pupil, of.bonds[pupil.pk]):
        rounding.answer_all(Phone(), rounding.door_of(owner), row)
    staff = rounding.door_of(mentor)
    response = HttpResponse()
    passes.give(RequestFactory().get("/"), response, staff, passes.Grant.LINK)
    phone.cookies = response.cookies
    phone.post(rounding.at(staff, row))
    phone.answer(rounding.at(staff, row, "opdracht", "informed"), "yes")
    phone.answer(rounding.at(staff, row, "opdracht", "why"), "")
    phone.post(rounding.at(staff, row, "delen"))
    found = {one.voice: one for one in Response.objects.exclude(submitted_at=None)}
    assert set(found) == {"pupil", "adult", "staff"}
    assert found["pupil"].group["pupil"] == found["adult"].group["pupil"] == found["pupil"].pseudonym
    teacher = {one.group["teacher"] for one in found.values()}
    assert teacher == {found["staff"].pseudonym}
    other = rounding.make_round(of, "pseudonymous")
    rounding.answer_all(Phone(), rounding.door_of(pupil), other)
    assert Response.objects.get(round=other).pseudonym not in {one.pseudonym for one in found.values()}


def test_before_and_after_are_joined(of, pupil, phone):
    before = rounding.make_round(of, "pseudonymous")
    rounding.answer_all(phone, rounding.door_of(pupil), before)
    later = before.closes_on + dt.timedelta(days=30)
    plan = rounding.plan(of, "pseudonymous", opens_on=timezone.localdate(), closes_on=later)
    after = studies.measure_again(before, plan, actor=of.actor)
    inviting.open_round(after, actor=of.actor, today=timezone.localdate())
    rounding.answer_all(Phone(), rounding.door_of(pupil), after)
    assert len({one.pseudonym for one in Response.objects.all()}) == 1
    before.refresh_from_db()
    assert (before.part, after.part) == ("pre", "post")


def test_without_a_name_handing_in_is_final_and_only_days_are_kept(of, pupil, phone):
    row = rounding.make_round(of, "pseudonymous")
    door = rounding.door_of(pupil)
    rounding.answer_all(phone, door, row)
    assert phone.get(rounding.at(door, row, "opdracht", "why")).headers["Location"] == rounding.at(
        door, row, "bewijs"
    )
    late = phone.send(rounding.at(door, row, "opdracht", "why"), "Toch anders")
    assert late.status_code == 409
    assert Answer.objects.get(question="/why").value == "Daarom"
    response = Response.objects.get()
    moments = [response.started_at, response.submitted_at, *Answer.objects.values_list("saved_at", flat=True)]
    assert {timezone.localtime(one).time() for one in moments} == {dt.time(12)}
    assert response.document.count("T11:00:00") + response.document.count("T10:00:00") == 1
    assert response.shared == {}


def test_who_stops_is_erased_and_not_reminded(of, pupil, phone):
    row = rounding.make_round(of, "pseudonymous")
    door = rounding.door_of(pupil)
    rounding.answer_all(phone, door, row)
    gone = phone.post(rounding.at(door, row, "stoppen"))
    assert "Er komt geen herinnering meer" in text(phone.get(gone.headers["Location"]))
    assert Response.objects.count() == 0
    found = Invitation.objects.get(pupil=pupil, voice="pupil")
    assert (found.done_on, found.stopped_on) == (None, timezone.localdate())
