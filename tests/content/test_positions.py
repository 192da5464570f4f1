"""Positions with their uncertainty on the four dimensions, and nothing that sorts parents into types."""

import random
from math import sqrt
from statistics import mean, stdev, variance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driegesprek import content
from driegesprek.content import positions
from driegesprek.content.forms import scale_items
from driegesprek.instruments.scoring import scores

FORM = "parent_roles"
ITEMS = [name for name, _, _ in scale_items(FORM)]
REVERSED = {name for name, _, turned in scale_items(FORM) if turned}
SCALES = {"mindset", "view", "involved", "leads"}


def respondents(number, seed=3):
    rng = random.Random(seed)  # noqa: S311 -- invented answers, seeded
    return [{name: str(rng.randint(1, 5)) for name in ITEMS} for _ in range(number)]


def turned(answers, scale):
    return [
        6 - int(answers[name]) if name in REVERSED else int(answers[name])
        for name in ITEMS
        if name.startswith(scale)
    ]


def test_a_dozen_items_three_on_each_dimension_and_one_of_them_reversed():
    assert len(ITEMS) == 12
    for scale in SCALES:
        assert [name for name in ITEMS if name.startswith(scale)] == [f"{scale}_{n}" for n in (1, 2, 3)]
        assert len([name for name in REVERSED if name.startswith(scale)]) == 1


def test_the_error_is_that_of_cronbachs_alpha():
    table = [turned(one, "view") for one in respondents(40)]
    means = [mean(row) for row in table]
    of_items = sum(variance(column) for column in zip(*table, strict=True))
    alpha = 3 / 2 * (1 - of_items / variance([sum(row) for row in table]))
    assert positions.measurement_error(table) == pytest.approx(stdev(means) * sqrt(1 - alpha), rel=1e-12)


def test_the_error_of_a_table_worked_out_by_hand():
    # Residuals are ±0.5 in a 2 by 2 table: their sum of squares is 1 with one degree of freedom, so √(1/2).
    assert positions.measurement_error([[1, 2], [4, 3]]) == pytest.approx(sqrt(0.5))
    assert positions.measurement_error([[1, 2, 3], [2, 3, 4]]) == 0


def test_it_cannot_be_told_from_one_respondent_or_one_item():
    assert positions.measurement_error([]) is None
    assert positions.measurement_error([[1, 2, 3]]) is None
    assert positions.measurement_error([[1], [2]]) is None
    alone = content.role_positions(respondents(1))[0]["view"]
    assert (alone.low, alone.high) == (None, None)


def test_reversed_items_are_turned_and_the_interval_stays_on_the_scale():
    agreeing = {name: "1" if name in REVERSED else "5" for name in ITEMS}
    found = content.role_positions([agreeing, *respondents(20)])
    assert set(found[0]) == SCALES
    for one in found[0].values():
        assert one.value == one.high == 5
        assert 1 <= one.low < 5


def test_not_knowing_one_leaves_out_that_dimension_only():
    first, *others = respondents(10)
    without = {f"/{name}": value for name, value in first.items()} | {"/view_2": "dont_know"}
    found = content.role_positions([without, *others])
    assert set(found[0]) == SCALES - {"view"}
    assert found[1:] == content.role_positions([first | {"view_2": ""}, *others])[1:]


def test_the_values_are_the_scores_that_the_form_declares():
    answers = respondents(6)
    answers[2]["leads_3"] = "dont_know"
    for one, found in zip(answers, content.role_positions(answers), strict=True):
        declared = scores(content.instrument(FORM), one)
        assert {scale: score.value for scale, score in declared.items() if score.value is not None} == (
            pytest.approx({scale: position.value for scale, position in found.items()})
        )


def test_an_answer_off_the_scale_is_refused_by_name():
    with pytest.raises(ValueError, match="'6' is not an answer of 'view_1'"):
        content.role_positions([{"view_1": "6"}])


@settings(max_examples=20)
@given(st.integers(2, 12), st.integers(0, 1000))
def test_every_position_lies_in_its_own_interval(number, seed):
    for one in content.role_positions(respondents(number, seed)):
        for found in one.values():
            assert found.low <= found.value <= found.high


def test_it_is_only_for_anonymous_rounds_and_says_that_it_is_not_validated():
    form = content.instrument(FORM)
    assert form.settings["designs"] == "anonymous"
    assert "niet gevalideerd" in form.title
    notes = {one.about: one for one in content.instrument_notes(FORM)}
    assert notes["validity"].text("nl").startswith("Niet gevalideerd")
    assert notes["validity"].text("en").startswith("Not validated")


def test_no_type_is_named_anywhere_in_the_form():
    words = " ".join(one.text.lower() for one in content.instrument_texts(FORM, "nl").values())
    for kind in ("directie", "bezorgd", "coach", "laisser", "pessimist", "optimist", "enthousiast"):
        assert kind not in words
    assert not any(one.required for one in form_questions())


def form_questions():
    return content.instrument(FORM).questions.values()
