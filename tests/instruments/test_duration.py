"""How long a form takes: more to read and to do is longer, what is not asked costs nothing, and it is always the same."""

import datetime as dt

import pytest

from driegesprek import content
from driegesprek.instruments import duration, read_tables

TODAY = dt.date(2026, 11, 27)
AGREE = [{"list_name": "l", "name": str(number), "label": "Helemaal eens"} for number in range(5)]


def form_of(*rows, **settings):
    survey = [{"label": "Wat vindt u hiervan?", **row} for row in rows]
    return read_tables({"survey": survey, "choices": AGREE, "settings": [settings]}, name="x")


def items(number, kind="select_one l", **more):
    return [{"type": kind, "name": f"q{at}", **more} for at in range(number)]


def about(form, **more):
    return duration.minutes(form, today=TODAY, **more)


def test_one_screen_is_words_hands_and_waiting():
    form = form_of({"type": "select_one l", "name": "q"})
    words = 4 + 5 * 2
    seconds = duration._seconds(form, 0, TODAY, {}, None)
    assert seconds == pytest.approx(60 * words / 130 + 3 + 3)


def test_it_is_told_in_fives_and_never_less_than_five():
    assert about(form_of(*items(1))) == 5
    found = {about(form_of(*items(number))) for number in (10, 40, 80)}
    assert len(found) == 3
    assert all(one % 5 == 0 for one in found)


@pytest.mark.parametrize("kind", ["text", "date", "rank l"])
def test_typing_and_ranking_take_longer_than_a_tap(kind):
    assert about(form_of(*items(40, kind))) > about(
        form_of(*items(40, "integer")) if kind == "text" else form_of(*items(10))
    )


def test_what_is_not_asked_on_a_likely_route_costs_nothing():
    gate = {"type": "select_one l", "name": "gate"}
    hidden = {"type": "hidden", "name": "design"}
    off = form_of(hidden, gate, *items(80, relevant="${design} = 'never'"))
    assert about(off) == 5
    assert about(off, context={"design": "never"}) >= 20
    often = form_of(gate, *items(80, relevant="${gate} != '0'"))
    seldom = form_of(gate, *items(80, relevant="${gate} = '0' and ${gate} != '1'"))
    assert about(often) > about(seldom)


def test_it_is_the_same_each_time():
    form = content.instrument("parent_survey")
    assert {about(form) for _ in range(3)} == {about(form)}


def test_ours_tell_what_they_take():
    """The short forms fit in ten minutes of a lesson; the whole ones do not, and say so."""
    assert about(content.instrument("citydeal_pupil_pre_short")) == 10
    assert about(content.instrument("citydeal_pupil_pre")) >= 20
    assert about(content.instrument("quick_check")) == 5
