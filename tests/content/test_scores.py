"""The quick check: who is least informed is called first."""

from itertools import product

import pytest

from driegesprek import content
from driegesprek.content import quick_check_score
from driegesprek.content.files import HERE, rows

ASKED = ("informed", "profiles_known", "when_known")


def test_who_does_not_answer_counts_as_least_informed_and_is_called_first():
    found = quick_check_score({})
    assert (found.level, found.points, found.call_order) == ("least", 0, 1)
    assert quick_check_score(dict.fromkeys(ASKED)) == found


@pytest.mark.parametrize(
    ("answers", "level", "points"),
    [
        (("no", "no", "no"), "least", 0),
        (("partly", "partly", "no"), "least", 2),
        (("partly", "partly", "partly"), "partly", 3),
        (("yes", "yes", "no"), "partly", 4),
        (("yes", "yes", "partly"), "well", 5),
        (("yes", "yes", "yes"), "well", 6),
        (("yes", "", ""), "least", 2),
    ],
)
def test_points_and_levels_follow_the_data(answers, level, points):
    found = quick_check_score(dict(zip(ASKED, answers, strict=True)))
    assert (found.level, found.points) == (level, points)


def test_answers_may_come_by_path_and_other_questions_are_passed_over():
    assert quick_check_score({"/qc/informed": "yes", "/find_out": "iets"}).points == 2


@pytest.mark.parametrize(
    ("named", "found"),
    [
        (["zw", "groen", "pie"], "yes"),
        (["zw", "groen"], "partly"),
        (["zw", "groen", "eo"], "partly"),
        (["zw", "eo"], "no"),
        (["zw", "groen", "pie", "eo", "mt", "dp"], "no"),
        (["dont_know"], "no"),
        ([], ""),
    ],
)
def test_naming_the_profiles_of_the_school_counts_as_knowing_them(named, found):
    offered = ("zw", "groen", "pie")
    assert content.profiles_found(named, offered) == found
    points = {"yes": 2, "partly": 1}.get(found, 0)
    assert quick_check_score({"/profiles_named": named}, offered=offered).points == points
    assert quick_check_score({"/profiles_named": " ".join(named)}, offered=offered).points == points
    assert quick_check_score({"/profiles_found": found}).points == points


def test_without_the_schools_profiles_what_was_named_counts_for_nothing():
    assert quick_check_score({"profiles_named": ["zw"]}).points == 0
    assert quick_check_score({"profiles_named": ["zw"], "profiles_known": "yes"}, offered=["eo"]).points == 2


def test_knowing_more_never_brings_a_call_sooner_and_a_wish_for_one_never_later():
    for values in product(("", "no", "partly", "yes"), repeat=3):
        answers = dict(zip(ASKED, values, strict=True))
        wish = {
            one: quick_check_score(answers | {"call_wanted": one}).call_order for one in ("yes", "no", "")
        }
        assert wish["yes"] <= wish[""] <= wish["no"]
        better = quick_check_score(answers | {"informed": "yes"}).call_order
        assert quick_check_score(answers).call_order <= better


def test_no_call_against_a_wish():
    found = quick_check_score({"call_wanted": "no"})
    assert found.wants_call == "no"
    assert "niet" in found.advice("nl")
    assert found.advice("en").startswith("Do not call")


def test_an_answer_that_is_no_choice_is_refused_by_name():
    with pytest.raises(ValueError, match="'maybe' is not a choice of 'informed'"):
        quick_check_score({"informed": "maybe"})


def test_every_choice_of_the_form_has_its_points_and_nothing_else_has():
    scored = {(row["question"], row["answer"]) for row in rows(HERE / "scores" / "quick_check.csv")}
    questions = content.instrument("quick_check").questions
    names = {question for question, _ in scored}
    expected = {(name, choice.name) for name in names for choice in questions[f"/{name}"].choices}
    assert scored == expected | {(name, "") for name in names}
