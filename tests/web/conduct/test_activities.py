"""Opening an activity: a round, steps and doors; catching up with who comes later."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.web.desk.line_school import make_small
from tests.web.factories import make_adult_for, make_class, make_pupil

from driegesprek.web.access.models import Door
from driegesprek.web.common.models import AuditEntry
from driegesprek.web.conduct.domain import activities
from driegesprek.web.line.models import Step
from driegesprek.web.line.rules import Dates
from driegesprek.web.people.models import Adult, Bond, Enrolment, Pupil
from driegesprek.web.surveys.models import InstrumentVersion, Round

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def small():
    return make_small(opened=False)


def open_home(small):
    return activities.open_activity(small.home, actor=small.actor, today=timezone.localdate())


def test_opening_a_home_assignment_starts_its_round_with_three_voices(small):
    open_home(small)
    found = Round.objects.get(activity=small.home)
    assert {voice.voice: voice.version.key for voice in found.voices.all()} == {
        "pupil": "qualities_pupil",
        "adult": "qualities_adult",
        "paper": "paper_words",
    }
    small.home.refresh_from_db()
    assert small.home.opened_at is not None


def test_everyone_gets_a_step_and_a_door_and_a_talk_has_no_round(small):
    result = open_home(small)
    assert (result.pupils, result.adults, result.added) == (3, 3, 6)
    assert Door.objects.count() == 6
    activities.open_activity(small.talk, actor=small.actor, today=timezone.localdate())
    assert Door.objects.count() == 6
    assert Step.objects.filter(activity=small.talk).count() == 6
    assert not Round.objects.filter(activity=small.talk).exists()


def test_opening_twice_changes_nothing(small):
    open_home(small)
    doors = set(Door.objects.values_list("pk", "code_index", "code_expires_at"))
    again = open_home(small)
    assert (again.added, again.removed) == (0, 0)
    assert set(Door.objects.values_list("pk", "code_index", "code_expires_at")) == doors
    assert InstrumentVersion.objects.count() == 3


def test_codes_end_with_the_activity_and_links_with_the_school_year(small):
    open_home(small)
    door = Door.objects.first()
    day_after = small.home.closes_on + dt.timedelta(days=1)
    assert timezone.localtime(door.code_expires_at).date() == day_after
    assert timezone.localtime(door.code_expires_at).time() == dt.time(0)
    assert timezone.localtime(door.expires_at).isoformat() == "2027-08-01T00:00:00+02:00"


@pytest.mark.parametrize("day", [dt.date(2026, 10, 24), dt.date(2026, 10, 25), dt.date(2027, 3, 28)])
def test_the_end_of_a_day_is_midnight_in_amsterdam_also_over_clock_changes(day):
    end = timezone.localtime(activities.end_of_day(day))
    assert (end.date(), end.time()) == (day + dt.timedelta(days=1), dt.time(0))


def test_who_comes_later_gets_a_step_and_a_door(small):
    open_home(small)
    late = make_pupil(small.a, "Later")
    make_adult_for(late, "Oma")
    make_adult_for(small.pupils[0], "Stiefvader")
    assert activities.catch_up(small.home, today=timezone.localdate()).added == 3
    assert Door.objects.filter(bond__pupil=late).exists()
    assert Door.objects.filter(pupil=late).exists()
    assert AuditEntry.objects.get(verb="activity caught up").detail["added"] == 3


def test_an_activity_that_is_not_open_does_not_catch_up(small):
    assert activities.catch_up(small.home, today=timezone.localdate()).added == 0
    assert not Step.objects.exists()


def test_a_whole_school_catches_up_and_others_are_left_alone(small):
    other = make_small("Elders")
    open_home(small)
    make_pupil(small.a, "Later")
    make_pupil(other.a, "Ook later")
    assert activities.catch_up_school(small.school.pk, today=timezone.localdate()) == 1
    assert activities.catch_up_school(None, today=timezone.localdate()) == 2


def test_changed_dates_move_the_round_and_the_codes(small):
    open_home(small)
    later = small.home.closes_on + dt.timedelta(days=7)
    dates = Dates(
        announce_by=small.home.opens_on,
        prepare_by=small.home.opens_on,
        opens_on=small.home.opens_on,
        closes_on=later,
        review_by=later,
    )
    activities.change_dates(small.home, dates, actor=small.actor, today=timezone.localdate())
    assert Round.objects.get().closes_on == later
    assert timezone.localtime(Door.objects.first().code_expires_at).date() == later + dt.timedelta(days=1)


def test_a_class_that_joins_an_open_activity_gets_its_steps_at_once(small):
    open_home(small)
    c = make_class(small.school, "2C")
    make_pupil(c, "Nieuw")
    assert activities.add_classes(small.home, [c], actor=small.actor, today=timezone.localdate()) == 1
    assert activities.add_classes(small.home, [c], actor=small.actor, today=timezone.localdate()) == 0
    assert Step.objects.filter(pupil__given_name="Nieuw").count() == 1


def many(small, number):
    """`number` pupils, each with two adults, in a few bulk inserts."""
    common = {"school": small.school}
    pupils = Pupil.objects.bulk_create(
        Pupil(**common, given_name=f"Kind{n}", family_name="Veel") for n in range(number)
    )
    Enrolment.objects.bulk_create(
        Enrolment(**common, pupil=one, school_class=small.a, since=dt.date(2026, 8, 1)) for one in pupils
    )
    adults = Adult.objects.bulk_create(
        Adult(**common, given_name=f"Ouder{n}", language="nl") for n in range(2 * number)
    )
    Bond.objects.bulk_create(
        Bond(**common, pupil=pupils[n // 2], adult=adult, household=str(n % 2 + 1))
        for n, adult in enumerate(adults)
    )


def test_six_hundred_pupils_are_opened_in_few_queries(small, django_assert_max_num_queries):
    many(small, 600)
    with django_assert_max_num_queries(120):
        result = open_home(small)
    assert result.added == 1806
    with django_assert_max_num_queries(30):
        assert activities.catch_up(small.home, today=timezone.localdate()).added == 0
