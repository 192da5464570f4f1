"""Scales: scores, levels and advice, and what is refused in their declaration."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.instruments.test_reading import workbook

from driegesprek.instruments import FormRefused, Questionnaire, read, read_tables
from driegesprek.instruments.scoring import score, scores

CHOICES = [
    {"list_name": "agree", "name": "no", "label": "No", "score": "1"},
    {"list_name": "agree", "name": "mid", "label": "So-so", "score": "2"},
    {"list_name": "agree", "name": "yes", "label": "Yes", "score": "3"},
    {"list_name": "agree", "name": "dk", "label": "Don't know", "missing": "dont_know"},
]
SURVEY = [
    {"type": "select_one agree", "name": "q1", "label": "1", "scale": "career"},
    {"type": "select_one agree", "name": "q2", "label": "2", "scale": "career home", "reverse": "yes"},
    {"type": "select_one agree", "name": "q3", "label": "3", "scale": "career"},
    {"type": "text", "name": "t", "label": "Text"},
]
SCALES = [
    {"scale": "career", "label::nl": "Loopbaan", "method": "mean", "minimum": "2"},
    {"scale": "home", "method": "sum", "low": "1", "high": "3"},
]
LEVELS = [
    {"scale": "career", "from": "2.5", "level": "high", "label::nl": "Hoog", "advice::nl": "Mooi zo."},
    {"scale": "career", "from": "1", "level": "low", "advice::nl": "Praat erover.", "advice::en": "Talk."},
]


def form(survey=SURVEY, choices=CHOICES, scales=SCALES, levels=LEVELS):
    return read_tables({"survey": survey, "choices": choices, "scales": scales, "levels": levels}, name="x")


def problems(**sheets):
    with pytest.raises(FormRefused) as refusal:
        form(**sheets)
    return [(one.sheet, one.row, one.column, one.code) for one in refusal.value.problems]


def changed(rows, place, **cells):
    return [row | cells if at == place else row for at, row in enumerate(rows)]


def test_items_count_by_their_score_and_reversed_items_the_other_way_round():
    found = scores(form(), {"q1": "yes", "/q2": "no", "q3": "mid"})
    career = found["career"]
    assert career.value == pytest.approx((3 + 3 + 2) / 3)
    assert (career.answered, career.items, career.level.name) == (3, 3, "high")
    assert career.level.advice == {"nl": "Mooi zo."}
    assert found["home"].value == 3


def test_too_few_answers_give_no_score_and_dont_know_is_no_answer():
    found = scores(form(), {"q1": "yes", "q2": "dk", "q3": ""})["career"]
    assert (found.value, found.answered, found.level) == (None, 1, None)
    assert found.unusable == ()
    assert scores(form(), {"q1": "yes", "q3": "yes"})["career"].value == 3


def test_an_answer_that_is_no_choice_does_not_count_and_is_told():
    found = scores(form(), {"q1": "yes", "q2": "perhaps", "q3": "yes"})["career"]
    assert (found.value, found.answered, found.unusable) == (3, 2, ("/q2",))


def test_a_sum_of_some_items_stands_for_all_of_them():
    scales = changed(SCALES, 0, method="sum")
    whole = scores(form(scales=scales, levels=[]), {"q1": "yes", "q2": "yes", "q3": "mid"})["career"]
    part = scores(form(scales=scales, levels=[]), {"q1": "yes", "q3": "mid"})["career"]
    assert whole.value == 3 + 1 + 2
    assert part.value == 7.5


def test_what_an_empty_item_counts_can_be_declared():
    scales = changed(SCALES, 0, method="sum", minimum="0", empty="0")
    assert scores(form(scales=scales, levels=[]), {})["career"].value == 0
    assert scores(form(scales=scales, levels=[]), {"q1": "mid"})["career"].value == 2


def test_numbers_are_scored_and_those_outside_the_scale_are_not():
    survey = [
        {"type": "integer", "name": "a", "label": "A", "scale": "s", "reverse": "s"},
        {"type": "decimal", "name": "b", "label": "B", "scale": "s"},
        {"type": "calculate", "name": "c", "calculation": "${a} * 2", "scale": "s"},
    ]
    scales = [{"scale": "s", "method": "mean", "minimum": "1", "low": "0", "high": "10"}]
    found = form(survey, [], scales, [])
    assert scores(found, {"a": 2, "b": "3,5", "c": 4})["s"].value == pytest.approx((8 + 3.5 + 4) / 3)
    outside = scores(found, {"a": 11, "b": 1, "c": math.nan})["s"]
    assert (outside.value, outside.unusable) == (1, ("/a",))


def test_a_score_on_a_cut_point_belongs_to_the_level_that_begins_there():
    survey = [{"type": "decimal", "name": f"q{i}", "label": "Q", "scale": "s"} for i in range(3)]
    levels = [{"scale": "s", "from": "0.3", "level": "from"}]
    found = form(survey, [], [{"scale": "s", "method": "sum"}], levels)
    assert scores(found, {"q0": 0.1, "q1": 0.1, "q2": 0.1})["s"].level.name == "from"
    assert scores(found, {"q0": 0.1, "q1": 0.1, "q2": 0.0999})["s"].level is None


def test_scales_are_part_of_the_version_and_come_back_from_storage():
    found = form()
    assert Questionnaire.from_json(found.to_json()) == found
    assert Questionnaire.from_json(found.to_json()).scales == found.scales
    assert form(levels=changed(LEVELS, 0, **{"from": "2.6"})).content_hash != found.content_hash
    assert found.notes == ()


def test_a_form_without_scales_keeps_the_hash_it_had():
    found = read_tables({"survey": [{"type": "text", "name": "a", "label": "A"}]}, name="x")
    # as computed before there were scales
    assert found.content_hash == "85045d4d069ae78d9f9ab0ea3b34ab23ed871d9b5c31d3bf71f3c9d9eb6dfe6c"


def test_workbook_text_and_tables_give_the_same_scales():
    def grid(rows):
        heads = list(dict.fromkeys(key for row in rows for key in row))
        return [heads, *([row.get(head) for head in heads] for row in rows)]

    sheets = {"survey": SURVEY, "choices": CHOICES, "scales": SCALES, "levels": LEVELS}
    xlsx = read(workbook(**{name: grid(rows) for name, rows in sheets.items()}), name="x")
    lines = []
    for name, rows in sheets.items():
        lines += [
            f"| {name} |",
            *("| | " + " | ".join(cell or "" for cell in row) + " |" for row in grid(rows)),
        ]
    assert xlsx == form() == read("\n".join(lines).encode(), name="x")
    assert len(xlsx.scales) == 2


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ({"survey": changed(SURVEY, 0, scale="carer")}, ("survey", 2, "scale", "scale_misspelt")),
        ({"survey": changed(SURVEY, 0, scale="zzz")}, ("survey", 2, "scale", "scale_unknown")),
        ({"survey": changed(SURVEY, 3, scale="home")}, ("survey", 5, "type", "scale_kind")),
        ({"survey": changed(SURVEY, 1, reverse="perhaps")}, ("survey", 3, "reverse", "reverse_value")),
        ({"survey": changed(SURVEY, 3, reverse="yes")}, ("survey", 5, "reverse", "reverse_value")),
        ({"choices": changed(CHOICES, 1, score="")}, ("choices", 3, "name", "scale_choice")),
        ({"choices": changed(CHOICES, 1, score="much")}, ("choices", 3, "name", "scale_choice")),
        ({"scales": changed(SCALES, 0, method="median")}, ("scales", 2, "method", "scale_method")),
        ({"scales": changed(SCALES, 0, minimum="4")}, ("scales", 2, "minimum", "scale_minimum")),
        ({"scales": changed(SCALES, 0, minimum="half")}, ("scales", 2, "minimum", "scale_minimum")),
        ({"scales": changed(SCALES, 1, low="x")}, ("scales", 3, "low", "scoring_number")),
        ({"scales": changed(SCALES, 1, low="3", high="1")}, ("scales", 3, "low", "scale_range")),
        ({"scales": changed(SCALES, 1, high="2")}, ("scales", 3, "low", "scale_outside")),
        ({"scales": [*SCALES, {"scale": "career"}]}, ("scales", 4, "scale", "scale_twice")),
        ({"scales": [*SCALES, {"scale": "1 st"}]}, ("scales", 4, "scale", "scale_name")),
        ({"scales": [*SCALES, {"scale": "alone"}]}, ("scales", 4, "scale", "scale_empty")),
        (
            {"scales": changed(SCALES, 0, methode="mean")},
            ("scales", 1, "methode", "scoring_heading_misspelt"),
        ),
        ({"scales": changed(SCALES, 0, colour="red")}, ("scales", 1, "colour", "scoring_heading_unknown")),
        ({"levels": changed(LEVELS, 0, scale="carer")}, ("levels", 2, "scale", "scale_misspelt")),
        ({"levels": changed(LEVELS, 0, **{"from": ""})}, ("levels", 2, "from", "level_from")),
        ({"levels": changed(LEVELS, 0, **{"from": "many"})}, ("levels", 2, "from", "scoring_number")),
        ({"levels": changed(LEVELS, 0, level="")}, ("levels", 2, "level", "level_name")),
        ({"levels": changed(LEVELS, 0, **{"from": "1.0"})}, ("levels", 3, "from", "level_twice")),
        ({"levels": changed(LEVELS, 0, **{"from": "4"})}, ("levels", 2, "from", "level_unreachable")),
    ],
    ids=lambda value: value[3] if isinstance(value, tuple) else "",
)
def test_a_wrong_declaration_is_refused_with_its_place(sheets, expected):
    assert expected in problems(**sheets)


def test_every_refusal_has_a_remedy_in_two_languages():
    with pytest.raises(FormRefused) as refusal:
        form(scales=changed(SCALES, 0, method="median", minimum="9", low="9", high="2"))
    for problem in refusal.value.problems:
        assert problem.remedy
        assert problem.text("nl") != problem.text("en")


def test_a_reversed_number_needs_the_ends_of_its_scale():
    survey = [{"type": "integer", "name": "a", "label": "A", "scale": "s", "reverse": "yes"}]
    found = problems(survey=survey, choices=[], scales=[{"scale": "s"}], levels=[])
    assert found == [("scales", 2, "low", "scale_ends")]


def test_a_question_in_a_repeat_has_no_one_score():
    survey = [{"type": "begin_repeat", "name": "r", "label": "R"}, SURVEY[0], {"type": "end_repeat"}]
    found = problems(survey=survey, scales=SCALES[:1], levels=[])
    assert ("survey", 3, "scale", "scale_repeat") in found


def test_a_column_scale_without_sheet_is_a_column_like_any_other():
    found = read_tables({"survey": SURVEY, "choices": CHOICES}, name="x")
    assert found.scales == ()
    assert found.questions["/q1"].extra["scale"] == "career"


def likert(items, reverse, method, minimum):
    survey = [
        {
            "type": "select_one l",
            "name": f"q{i}",
            "label": "Q",
            "scale": "s",
            "reverse": "yes" if turned else "",
        }
        for i, turned in zip(range(items), reverse, strict=True)
    ]
    choices = [{"list_name": "l", "name": str(n), "label": str(n)} for n in range(1, 6)]
    scales = [{"scale": "s", "method": method, "minimum": str(minimum), "low": "1", "high": "5"}]
    return form(survey, choices, scales, [])


@given(st.data())
def test_scores_follow_their_formula_and_turn_with_their_items(data):
    items = data.draw(st.integers(1, 6))
    reverse = data.draw(st.lists(st.booleans(), min_size=items, max_size=items))
    minimum = data.draw(st.integers(1, items))
    answers = data.draw(st.lists(st.none() | st.integers(1, 5), min_size=items, max_size=items))
    given_ = {f"q{i}": None if one is None else str(one) for i, one in enumerate(answers)}
    values = [
        6 - one if turned else one for one, turned in zip(answers, reverse, strict=True) if one is not None
    ]
    mean = scores(likert(items, reverse, "mean", minimum), given_)["s"]
    total = scores(likert(items, reverse, "sum", minimum), given_)["s"]
    turned = scores(likert(items, [not one for one in reverse], "mean", minimum), given_)["s"]
    if len(values) < minimum:
        assert mean.value is total.value is turned.value is None
        return
    assert mean.value == pytest.approx(statistics.mean(values))
    assert total.value == pytest.approx(items * statistics.mean(values))
    assert mean.value + turned.value == pytest.approx(6)
    assert 1 <= mean.value <= 5


@given(
    st.dictionaries(st.sampled_from(["q1", "q2", "/q3", "x"]), st.none() | st.text(max_size=5) | st.floats())
)
def test_no_answers_crash_the_scoring(answers):
    found = score(form(), form().scales[0], answers)
    assert 0 <= found.answered <= 3


NAMES = st.sampled_from(["no", "mid", "yes", "dk", "half", "gone", "", None])


@given(st.fixed_dictionaries(dict.fromkeys(("q1", "q2", "q3"), NAMES)))
def test_an_answer_counts_the_same_however_it_is_written(given_names):
    odd = form(choices=[*CHOICES, {"list_name": "agree", "name": "half", "label": "Half", "score": "2.5"}])
    in_lists = {name: [value] if value else value for name, value in given_names.items()}
    assert scores(odd, given_names) == scores(odd, in_lists)
