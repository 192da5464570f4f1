import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web import factories

from driegesprek.web.access.actor import of_door, of_staff
from driegesprek.web.access.enums import Grant
from driegesprek.web.access.models import Door
from driegesprek.web.conduct.domain import activities, assignments
from driegesprek.web.desk.pages.call_list import calls
from driegesprek.web.line.models import Choice
from driegesprek.web.outreach.domain import contacts

pytestmark = pytest.mark.django_db
ANSWERS = {
    "well": {"/informed": "yes", "/profiles_known": "yes", "/when_known": "yes", "/call_wanted": "no"},
    "partly": {"/informed": "yes", "/profiles_known": "partly", "/when_known": "no"},
    "least": {"/informed": "no", "/profiles_known": "no", "/when_known": "no"},
    "no call": {"/informed": "no", "/profiles_known": "no", "/when_known": "no", "/call_wanted": "no"},
}


@pytest.fixture
def school_class():
    school = factories.make_school()
    return factories.make_class(school, mentor=factories.make_staff(school))


@pytest.fixture
def families(school_class):
    names = ("well", "partly", "least", "no call", "silent")
    return {name: factories.make_adult_for(factories.make_pupil(school_class, name)) for name in names}


@pytest.fixture
def counsellor(school_class, families):
    actor = of_staff(factories.make_staff(school_class.school, "counsellor"))
    home = factories.make_activity(school_class.school, [school_class])
    activities.open_activity(home, actor=actor, today=timezone.localdate())
    for name, given in ANSWERS.items():
        door = Door.objects.select_related("bond__pupil", "bond__adult", "school").get(bond=families[name])
        sitting = assignments.sit(of_door(door, Grant.LINK), home.pk, language="nl")
        assignments.save(sitting, given, revision=0, now=timezone.now())
    return actor


def listed(actor):
    return [call.pupil.given_name for call in calls(actor, today=timezone.localdate())]


def test_who_did_not_answer_and_who_is_least_informed_stand_first(counsellor):
    assert set(listed(counsellor)[:2]) == {"silent", "least"}
    assert listed(counsellor)[2:] == ["partly"]


def test_who_knows_enough_or_wants_no_call_is_not_called(counsellor):
    assert not {"well", "no call"} & set(listed(counsellor))


def test_who_named_the_profiles_of_the_school_knows_them(school_class, families):
    actor = of_staff(factories.make_staff(school_class.school, "counsellor"))
    year = factories.year_of(school_class.school)
    Choice.objects.create(
        school=school_class.school,
        year=year,
        year_group=2,
        choose_by=timezone.localdate(),
        profiles=["zw", "eo"],
    )
    home = factories.make_activity(school_class.school, [school_class])
    activities.open_activity(home, actor=actor, today=timezone.localdate())
    for name, profiles in (("well", ["zw", "eo"]), ("partly", ["zw"]), ("least", ["bwi"])):
        door = Door.objects.select_related("bond__pupil", "bond__adult", "school").get(bond=families[name])
        sitting = assignments.sit(of_door(door, Grant.LINK), home.pk, language="nl")
        given = {"/informed": "yes", "/profiles_named": profiles, "/when_known": "partly"}
        assignments.save(sitting, given, revision=0, now=timezone.now())
    found = {call.pupil.given_name: call.score for call in calls(actor, today=timezone.localdate())}
    assert "well" not in found
    assert (found["partly"].points, found["least"].points, found["silent"].points) == (4, 3, 0)


def test_one_adult_who_knows_enough_is_enough_for_the_pupil(counsellor, families):
    factories.make_adult_for(families["well"].pupil, "Karim", household="2")
    activities.catch_up_school(counsellor.school_id, today=timezone.localdate())
    assert "well" not in listed(counsellor)


def test_whoever_was_spoken_leaves_the_list(counsellor, families):
    bond = families["silent"]
    at = timezone.now() + dt.timedelta(minutes=1)
    contacts.add(bond.pupil, bond=bond, kind="phone", outcome="reached", at=at, actor=counsellor)
    assert "silent" not in listed(counsellor)


def test_another_mentor_sees_nobody_of_this_class(counsellor, school_class):
    other = factories.make_staff(school_class.school, name="De Wit")
    factories.make_class(school_class.school, "2B", mentor=other)
    assert listed(of_staff(other)) == []


def test_the_page_says_what_to_do_and_labels_nobody(client, counsellor):
    factories.login(client, counsellor.staff)
    page = client.get(reverse("desk:call_backs"), headers={"Accept-Language": "nl"}).content.decode()
    assert "Bel als een van de eersten" in page
    assert "informed" not in page
    assert "geïnformeerd" not in page
