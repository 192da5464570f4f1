import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from driegesprek.figures import ForestRow, SlopeRow, forest, slopes
from driegesprek.figures.scales import scale_of

SVG = "{http://www.w3.org/2000/svg}"
numbers = st.floats(-1e4, 1e4).map(lambda one: round(one, 3))


@given(st.lists(numbers, min_size=1, max_size=8))
def test_a_scale_holds_every_value_on_few_round_marks(values):
    scale = scale_of(values)
    assert scale.low <= min(values) + 1e-6
    assert max(values) - 1e-6 <= scale.high
    assert 2 <= len(scale.marks) <= 6
    assert scale.marks[-1] == pytest.approx(scale.high)
    assert 0 <= scale.at(values[0]) <= 1


def test_the_line_of_no_difference_is_always_in_the_picture():
    drawn = etree.fromstring(forest([ForestRow("a", 5.0, 4.0, 6.0)], title="t", language="nl").svg)
    dashed = [line for line in drawn.iter(SVG + "line") if line.get("stroke-dasharray")]
    assert float(dashed[0].get("x1")) == 228


def test_an_estimate_that_cannot_be_made_is_said_and_not_drawn():
    figure = forest([ForestRow("a", None)], title="t", language="nl")
    assert "niet te schatten" in figure.alternative
    assert "figure-estimate" not in figure.svg


def test_an_interval_without_its_estimate_is_refused():
    with pytest.raises(ValueError, match="does not hold"):
        forest([ForestRow("a", 2.0, 0.0, 1.0)], title="t", language="nl")


def test_a_mean_that_moved_up_moves_to_where_reading_ends():
    rows = [SlopeRow("a", 20, 2.0, 4.0)]
    move = next(
        line
        for line in etree.fromstring(slopes(rows, least=1, most=5, title="t", language="nl").svg).iter(
            SVG + "line"
        )
        if line.get("class") == "figure-move"
    )
    assert float(move.get("x1")) < float(move.get("x2"))


@pytest.mark.parametrize(("before", "least", "most"), [(0.5, 1, 5), (3, 5, 5)])
def test_a_mean_beyond_the_scale_is_refused(before, least, most):
    with pytest.raises(ValueError, match="scale"):
        slopes([SlopeRow("a", 1, before, 3)], least=least, most=most, title="t", language="nl")


def test_the_marks_of_the_axis_say_what_they_stand_for():
    drawn = etree.fromstring(forest([ForestRow("a", 0.1, -0.15, 0.31)], title="t", language="nl").svg)
    said = [
        one.text.strip("\u2068\u2069")
        for one in drawn.iter(SVG + "text")
        if one.get("class") == "figure-ruler"
    ]
    assert said == ["-0,2", "0,0", "0,2", "0,4"]
