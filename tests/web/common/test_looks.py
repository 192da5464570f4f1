"""What the template tags compute: bars, steps, the icon that goes with a state."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driegesprek.web.common.templatetags import icons, looks


@pytest.mark.parametrize(
    ("done", "total", "width"), [(19, 23, "82.6%"), (0, 0, "0.0%"), (5, 4, "100.0%"), (0, 9, "0.0%")]
)
def test_a_bar_is_as_long_as_the_share(done, total, width):
    assert f'class="bar-done" width="{width}"' in looks.coverage(done, total)


def test_a_bar_says_its_numbers_in_words():
    assert "19" in looks.coverage(19, 23)
    assert "23" in looks.coverage(19, 23)


def test_the_current_step_follows_those_done():
    assert looks.steps(2, 5)["states"] == ["done", "now", "", "", ""]


@given(st.integers(1, 200).flatmap(lambda total: st.tuples(st.integers(1, total), st.just(total))))
def test_there_is_always_exactly_one_current_step_and_never_too_many_dots(case):
    current, total = case
    states = looks.steps(current, total)["states"]
    assert states.count("now") == 1
    assert len(states) <= 15
    assert states == sorted(states, key=["done", "now", ""].index)


@pytest.mark.parametrize(
    "names",
    [looks.STATE_ICONS, looks.TAG_ICONS, looks.NOTICE_ICONS, looks.MESSAGE_ICONS],
)
def test_every_icon_that_goes_with_a_state_exists(names):
    for name in names.values():
        icons.drawing(name)
