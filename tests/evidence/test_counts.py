import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.makers import table

from driegesprek.evidence import Absence, Answer, CountedQuestion, Counts, CountsError, from_json, to_json
from driegesprek.tables.codebook import Kind, Missing

GROUPS = [("2A", "f"), ("2A", "m"), ("2B", "f"), ("2B", "")]
numbers = st.lists(st.integers(0, 30), min_size=3, max_size=3)
missing = st.dictionaries(st.sampled_from(list(Missing)), st.integers(0, 9), max_size=3)


@st.composite
def counts(draw):
    groups = draw(st.lists(st.sampled_from(GROUPS), unique=True, max_size=4))
    rows = {g: draw(numbers) for g in groups} or {GROUPS[0]: [0, 0, 0]}
    absent = {g: {r.value: n for r, n in draw(missing).items()} for g in rows}
    return table(rows, missing=absent, by=("class", "sex"))


@given(counts(), counts(), counts())
def test_sums_add_up_in_any_order(a, b, c):
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert to_json(a + b) == to_json(b + a)


@given(counts(), counts())
def test_the_sum_holds_the_numbers_of_both(a, b):
    for group in GROUPS:
        assert (a + b).n("q", group) == a.n("q", group) + b.n("q", group)
        assert (a + b).of("q", "a1", group) == a.of("q", "a1", group) + b.of("q", "a1", group)


@given(counts())
def test_json_gives_back_exactly_the_sums(a):
    assert from_json(to_json(a)) == a
    assert to_json(from_json(to_json(a))) == to_json(a)


@given(counts(), st.sampled_from([(), ("class",), ("sex",), ("sex", "class")]))
def test_fewer_grouping_variables_keep_the_totals(a, by):
    coarse = a.over(by)
    assert coarse.by == by
    assert sum(coarse.respondents.values()) == sum(a.respondents.values())
    assert coarse.over().of("q", "a0") == sum(a.of("q", "a0", g) for g in a.groups)
    assert a.over(by) + a.over(by) == (a + a).over(by)


def test_json_form_is_the_documented_one():
    document = json.loads(to_json(table({"2A": [3, 0]}, missing={"2A": {"skipped": 2}})))
    assert document == {
        "format": "driegesprek.counts",
        "version": 1,
        "by": ["class"],
        "questions": [{"name": "q", "kind": "single", "categories": ["a0", "a1"]}],
        "groups": [
            {
                "codes": ["2A"],
                "respondents": 5,
                "questions": {"q": {"answers": {"a0": 3}, "missing": {"skipped": 2}}},
            }
        ],
    }


def test_limits_of_several_answers_survive_json():
    a = table({"2A": [3, 3]}, n={"2A": 3}, kind=Kind.MULTIPLE, least=1, most=2)
    assert from_json(to_json(a)).questions[0] == CountedQuestion("q", Kind.MULTIPLE, ("a0", "a1"), 1, 2)


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (table({"f": [1, 2]}, by=("sex",)), "Count both by the same variables"),
        (table({"2A": [1, 2]}, name="p"), "Count the same questions in both files"),
        (table({"2A": [1, 2, 3]}), "Use the same codebook"),
    ],
)
def test_sums_of_different_things_are_not_added(other, message):
    with pytest.raises(CountsError, match=message):
        table({"2A": [1, 2]}) + other


def test_only_sums_can_be_added():
    with pytest.raises(TypeError):
        table({"2A": [1, 2]}) + 1


Q = (CountedQuestion("q", Kind.SINGLE, ("a",)),)
M = (CountedQuestion("q", Kind.MULTIPLE, ("a",)),)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Counts((), Q, {(): 5}, {Answer("q", "a", ()): 4}), "do not add up to the 5 respondents"),
        (lambda: Counts((), M, {(): 5}, {Answer("q", "a", ()): 6}), "do not add up to the 5 respondents"),
        (lambda: Counts((), Q, {(): 5}, {Answer("p", "a", ()): 5}), "'p', but that question is not listed"),
        (lambda: Counts((), Q, {(): 5}, {Answer("q", "z", ()): 5}), "'z' is not one of its categories"),
        (lambda: Counts((), Q, {}, {Answer("q", "a", ()): 5}), r"the group \(\) has no respondents"),
        (lambda: Counts(("class",), Q, {(): 5}), "one code for each of"),
        (lambda: Counts((), Q + Q), "A question stands twice"),
        (
            lambda: Counts(
                (), Q, {(): 1}, {Answer("q", "a", ()): 2}, {Absence("q", Missing.SKIPPED, ()): -1}
            ),
            "below zero",
        ),
    ],
)
def test_sums_that_contradict_themselves_are_refused(make, message):
    with pytest.raises(CountsError, match=message):
        make()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.update(format="x"), "These are not sums"),
        (lambda d: d.update(version=9), "has version 9|have version 9"),
        (lambda d: d.pop("groups"), "damaged: KeyError 'groups'"),
        (lambda d: d.update(by="class"), "Expected a list of texts"),
        (lambda d: d["groups"].append(d["groups"][0]), "A group stands twice"),
        (lambda d: d["groups"][0].update(respondents=-1), "whole numbers from 0; found -1"),
        (lambda d: d["groups"][0].update(respondents=7.0), "whole numbers from 0; found 7.0"),
        (lambda d: d["groups"][0].update(respondents=7), "do not add up to the 7"),
        (lambda d: d["groups"][0]["questions"]["q"]["missing"].update(bored=1), "damaged: ValueError"),
    ],
)
def test_damaged_sums_are_refused(change, message):
    document = json.loads(to_json(table({"2A": [3, 0]})))
    change(document)
    with pytest.raises(CountsError, match=message):
        from_json(json.dumps(document))


def test_what_is_not_json_is_refused():
    with pytest.raises(CountsError, match="not JSON"):
        from_json("no")


def test_an_unknown_question_or_grouping_is_named():
    a = table({"2A": [3, 0]})
    with pytest.raises(CountsError, match="'x' was not counted"):
        a.question("x")
    with pytest.raises(CountsError, match="Not counted by 'track'; counted by: class"):
        a.over(("track",))
