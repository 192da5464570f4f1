"""Dates that fit, what is late, how far a step is."""

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driegesprek.web.line import rules
from driegesprek.web.line.enums import ActivityKind, DeliveryState, StepState
from driegesprek.web.line.rules import Dates

YEAR = {"year_starts": dt.date(2026, 8, 1), "year_ends": dt.date(2027, 7, 31)}
DAYS = st.dates(dt.date(2026, 8, 15), dt.date(2027, 6, 30))


def dates(**changes):
    given_dates = {
        "announce_by": dt.date(2026, 11, 14),
        "prepare_by": dt.date(2026, 11, 21),
        "opens_on": dt.date(2026, 11, 21),
        "closes_on": dt.date(2026, 12, 5),
        "review_by": dt.date(2026, 12, 12),
    }
    return Dates(**(given_dates | changes))


@given(day=DAYS, weekday=st.integers(0, 4))
def test_the_lessons_around_a_day_are_on_that_weekday_and_within_a_week(day, weekday):
    before, after = rules.lesson_before(day, weekday), rules.lesson_after(day, weekday)
    assert before.weekday() == after.weekday() == weekday
    assert 1 <= (day - before).days <= 7
    assert 1 <= (after - day).days <= 7


@given(start=DAYS, length=st.integers(0, 20), lesson=st.integers(0, 4), ahead=st.integers(0, 120))
def test_proposed_dates_always_fit_each_other_and_are_never_past(start, length, lesson, ahead):
    today = start - dt.timedelta(days=ahead)
    proposed = rules.propose(start, start + dt.timedelta(days=length), lesson=lesson, today=today)
    for one in proposed.values():
        assert rules._order_problems(one) == {}
        assert min(one.announce_by, one.prepare_by, one.opens_on) >= today


def test_a_school_with_talks_in_january_gets_sheets_back_in_the_lesson_before():
    proposed = rules.propose(
        dt.date(2027, 1, 25), dt.date(2027, 1, 29), lesson=3, today=dt.date(2026, 11, 21)
    )
    home, talk = proposed[ActivityKind.HOME_ASSIGNMENT], proposed[ActivityKind.CAREER_TALK]
    assert home.closes_on == dt.date(2027, 1, 21)
    assert home.opens_on == home.prepare_by == dt.date(2027, 1, 7)
    assert home.announce_by == dt.date(2026, 12, 31)
    assert talk.opens_on == dt.date(2027, 1, 25)
    assert talk.announce_by == home.opens_on


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"closes_on": dt.date(2026, 11, 20), "prepare_by": dt.date(2026, 11, 19)}, "closes_on"),
        ({"announce_by": dt.date(2026, 11, 22)}, "announce_by"),
        ({"prepare_by": dt.date(2026, 12, 6)}, "prepare_by"),
        ({"review_by": dt.date(2026, 11, 20)}, "review_by"),
        ({"review_by": dt.date(2027, 8, 1)}, "review_by"),
        ({"announce_by": dt.date(2026, 7, 31)}, "announce_by"),
    ],
)
def test_a_date_that_does_not_fit_is_named_at_its_field(change, field):
    assert list(rules.date_problems(dates(**change), **YEAR)) == [field]


def test_fitting_dates_have_no_problem():
    assert rules.date_problems(dates(), **YEAR) == {}


@pytest.mark.parametrize(
    ("delivered", "today", "state"),
    [
        (dt.date(2026, 11, 20), dt.date(2026, 11, 30), DeliveryState.DONE),
        (None, dt.date(2026, 11, 14), DeliveryState.OPEN),
        (None, dt.date(2026, 11, 15), DeliveryState.LATE),
    ],
)
def test_a_stage_is_late_only_after_the_day_that_was_agreed(delivered, today, state):
    assert rules.delivery_state(dt.date(2026, 11, 14), delivered, today=today) == state


def test_a_stage_without_an_agreed_day_is_never_late():
    assert rules.delivery_state(None, None, today=dt.date(2027, 7, 1)) == DeliveryState.OPEN


@pytest.mark.parametrize(
    ("moments", "state"),
    [
        ({}, StepState.TODO),
        ({"sent_at": 1}, StepState.SENT),
        ({"sent_at": 1, "done_at": 1}, StepState.DONE),
        ({"done_at": 1}, StepState.DONE),
        ({"sent_at": 1, "talked_at": 1}, StepState.TALKED),
    ],
)
def test_a_step_is_as_far_as_the_furthest_that_is_known(moments, state):
    step = SimpleNamespace(sent_at=None, done_at=None, talked_at=None)
    step.__dict__.update(moments)
    assert rules.step_state(step) == state


def test_a_home_assignment_is_done_for_a_pupil_when_anyone_of_them_did_it():
    assert rules.done_for_pupil([StepState.TODO, StepState.DONE])
    assert not rules.done_for_pupil([StepState.SENT, StepState.TODO])
    assert not rules.done_for_pupil([])


def test_talks_less_than_two_weeks_before_the_choice_are_too_close():
    assert rules.too_close(dt.date(2027, 1, 30), dt.date(2027, 2, 12))
    assert not rules.too_close(dt.date(2027, 1, 29), dt.date(2027, 2, 12))


def test_profiles_are_split_into_offered_and_named_as_absent():
    assert rules.profile_lists({"zw": "here", "bwi": "absent", "mat": ""}) == (["zw"], ["bwi"])
