"""Put a line together, tell what was delivered, give everyone a step."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.web.factories import (
    make_activity,
    make_adult_for,
    make_class,
    make_pupil,
    make_school,
    make_staff,
    year_of,
)

from driegesprek.web.access.actor import of_staff
from driegesprek.web.common.models import AuditEntry
from driegesprek.web.line.domain import delivery, lines, steps, visible
from driegesprek.web.line.enums import ActivityKind, DoneBy, Stage
from driegesprek.web.line.models import Activity, Delivery, Line, Step
from driegesprek.web.line.rules import propose

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def school():
    return make_school()


@pytest.fixture
def actor(school):
    return of_staff(make_staff(school, "counsellor"))


def proposed():
    return propose(dt.date(2027, 1, 25), dt.date(2027, 1, 29), lesson=3, today=TODAY)


def test_a_line_has_both_activities_for_every_class(school, actor):
    classes = [make_class(school, "2A"), make_class(school, "2B")]
    line = lines.start_line(year_of(school), 2, classes=classes, dates=proposed(), actor=actor)
    kinds = set(line.activities.values_list("kind", flat=True))
    assert kinds == {ActivityKind.HOME_ASSIGNMENT, ActivityKind.CAREER_TALK}
    assert all(one.activity_classes.count() == 2 for one in line.activities.all())
    assert AuditEntry.objects.filter(verb="line started", object_id=line.pk).count() == 1


def test_a_second_line_for_a_year_group_is_refused_and_leaves_the_first_alone(school, actor):
    classes = [make_class(school, "2A")]
    lines.start_line(year_of(school), 2, classes=classes, dates=proposed(), actor=actor)
    with pytest.raises(lines.LineExistsError):
        lines.start_line(year_of(school), 2, classes=classes, dates=proposed(), actor=actor)
    assert Line.objects.count() == 1
    assert Activity.objects.count() == 2


def test_dates_that_do_not_fit_store_nothing(school, actor):
    late = propose(dt.date(2027, 7, 30), dt.date(2027, 7, 31), lesson=3, today=TODAY)
    with pytest.raises(lines.DatesRefusedError) as refused:
        lines.start_line(year_of(school), 2, classes=[make_class(school)], dates=late, actor=actor)
    assert set(refused.value.problems) == {"review_by"}
    assert not Line.objects.exists()


def test_a_stage_is_told_once_and_can_be_corrected_and_taken_back(school, actor):
    school_class = make_class(school)
    activity = make_activity(school, [school_class])
    delivery.tell(activity, school_class, Stage.ANNOUNCED, on=TODAY, actor=actor)
    delivery.tell(activity, school_class, Stage.ANNOUNCED, on=TODAY - dt.timedelta(days=1), actor=actor)
    assert [row.on for row in Delivery.objects.all()] == [TODAY - dt.timedelta(days=1)]
    assert Delivery.objects.get().told_by == actor.staff
    delivery.take_back(activity, school_class, Stage.ANNOUNCED, actor=actor)
    delivery.take_back(activity, school_class, Stage.ANNOUNCED, actor=actor)
    assert not Delivery.objects.exists()
    assert AuditEntry.objects.filter(verb="delivery taken back").count() == 1


def test_what_was_told_by_hand_is_not_overwritten_by_giving_out_sheets(school, actor):
    school_class = make_class(school)
    activity = make_activity(school, [school_class])
    delivery.tell(activity, school_class, Stage.HELD, on=dt.date(2026, 11, 1), actor=actor)
    delivery.tell_if_new(activity, school_class, Stage.HELD, on=TODAY, actor=actor)
    assert Delivery.objects.get().on == dt.date(2026, 11, 1)


def caught_up(activity):
    return steps.catch_up(activity, steps.taking_part(activity, TODAY))


def keys():
    return {(step.pupil.given_name, step.bond and step.bond.adult.given_name) for step in Step.objects.all()}


def test_a_step_for_each_pupil_and_each_adult_who_may_be_contacted(school):
    school_class = make_class(school)
    pupil = make_pupil(school_class)
    make_adult_for(pupil, "Fatima")
    make_adult_for(pupil, "Ali", household="2")
    make_adult_for(pupil, "Nee", contact_allowed=False)
    make_adult_for(pupil, "Voorbij", until=TODAY)
    activity = make_activity(school, [school_class])
    assert caught_up(activity) == (3, 0)
    assert caught_up(activity) == (0, 0)
    assert keys() == {("Samira", None), ("Samira", "Fatima"), ("Samira", "Ali")}


def test_the_class_of_the_day_decides_who_takes_part(school):
    a, other = make_class(school, "2A"), make_class(school, "3A", year_group=3)
    activity = make_activity(school, [a])
    left, moved = make_pupil(a, "Weg"), make_pupil(other, "Verhuisd")
    left.enrolments.update(until=TODAY)
    moved.enrolments.update(until=TODAY)
    moved.enrolments.create(school=school, school_class=a, since=TODAY)
    assert caught_up(activity) == (1, 0)
    assert keys() == {("Verhuisd", None)}


def test_an_untouched_step_goes_with_the_pupil_and_a_touched_one_stays(school):
    a = make_class(school)
    activity = make_activity(school, [a])
    untouched, touched = make_pupil(a, "Leeg"), make_pupil(a, "Bezig")
    caught_up(activity)
    Step.objects.filter(pupil=touched).update(sent_at=timezone.now())
    for pupil in (untouched, touched):
        pupil.enrolments.update(until=TODAY)
    assert caught_up(activity) == (0, 1)
    assert keys() == {("Bezig", None)}


def test_done_keeps_its_first_day_and_undo_leaves_the_phone_alone(school, actor):
    a = make_class(school)
    activity = make_activity(school, [a])
    make_pupil(a)
    caught_up(activity)
    step = Step.objects.get()
    first = timezone.now()
    assert steps.mark_done([step], by=DoneBy.PHONE, at=first, actor=actor)
    assert not steps.mark_done([step], by=DoneBy.PAPER, at=timezone.now(), actor=actor)
    assert steps.undo_done([step], by=DoneBy.PAPER, actor=actor) == 0
    step.refresh_from_db()
    assert (step.done_at, step.done_by) == (first, DoneBy.PHONE)


def test_a_mentor_sees_activities_and_steps_of_the_own_class_only(school):
    mentor = make_staff(school)
    own, other = make_class(school, "2A", mentor=mentor), make_class(school, "2B")
    mine, yours = make_activity(school, [own]), make_activity(school, [other], "career_talk")
    for school_class, activity in ((own, mine), (other, yours)):
        make_pupil(school_class)
        caught_up(activity)
    seen = of_staff(mentor)
    assert list(visible.activities(seen)) == [mine]
    assert [step.activity for step in visible.steps(seen)] == [mine]
    assert list(visible.classes(seen, mine)) == [own]
    assert not visible.classes(seen, yours).exists()


def test_another_school_sees_nothing(school):
    activity = make_activity(school, [make_class(school)])
    elsewhere = of_staff(make_staff(make_school("Elders"), "counsellor", "leader"))
    assert not visible.activities(elsewhere).filter(pk=activity.pk).exists()
    assert not visible.lines(elsewhere).exists()
    assert set(visible.years(elsewhere)) == {year_of(elsewhere.staff.school)}
