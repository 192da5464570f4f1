"""Repeats: instances with stable ids, what expressions see inside and outside, how many there are."""

import pytest

from driegesprek.instruments import (
    Questionnaire,
    check_answer,
    choices_for,
    label,
    next_question,
    play,
    previous_question,
)

FAMILY = """
| type               | name   | label::nl       | calculation                                | relevant    | constraint |
| text               | street | Straat          |                                            |             |            |
| begin_repeat       | child  | Kind            |                                            |             |            |
| text               | name   | Hoe heet ${street}? |                                        |             |            |
| integer            | age    | Hoe oud is ${name}? |                                        |             | . < 30     |
| text               | work   | Werk            |                                            | ${age} > 15 |            |
| calculate          | place  |                 | position(..)                               |             |            |
| calculate          | of     |                 | count(${child})                            |             |            |
| calculate          | so_far |   | coalesce(indexed-repeat(${so_far}, ${child}, position(..) - 1), 0) + ${age} | | |
| calculate          | before |                 | ../../child[position() = position(current()/..) - 1]/name | |     |
| begin_repeat       | toy    | Speelgoed       |                                            |             |            |
| text               | thing  | Wat?            |                                            |             |            |
| calculate          | whose  |                 | concat(${thing}, ' van ', ${name}, ', ', ${street}) |     |            |
| end_repeat         |        |                 |                                            |             |            |
| calculate          | things |                 | join('+', ${thing})                        |             |            |
| end_repeat         |        |                 |                                            |             |            |
| calculate          | years  |                 | sum(${age})                                |             |            |
| calculate          | older  |                 | count(${child}[${age} > 10])               |             |            |
| calculate          | all    |                 | join(', ', ${thing})                       |             |            |
| calculate          | second |                 | indexed-repeat(${thing}, ${child}, 2, ${toy}, 1) |       |            |
| calculate          | twins  |                 | max(${age}) = min(${age})                  |             |            |
| note               | end    | Dag ${name}     |                                            |             |            |
"""
TWO = {
    "street": "Kade",
    "child": [
        {"name": "Ada", "age": 16, "toy": [{"thing": "pop"}, {"thing": "bal"}]},
        {"name": "Bo", "age": 5, "toy": [{"thing": "trein"}]},
    ],
}


@pytest.fixture
def family(form):
    return form(FAMILY)


def test_what_is_asked_in_each_instance(family, today):
    found = play(family, TWO, today=today)
    assert found.asked == (
        "/street",
        *(
            "/child[1]/name",
            "/child[1]/age",
            "/child[1]/work",
            "/child[1]/toy[1]/thing",
            "/child[1]/toy[2]/thing",
        ),
        *("/child[2]/name", "/child[2]/age", "/child[2]/toy[1]/thing"),
        "/end",
    )
    assert found.complete
    assert found.instances["/child[1]/toy"] == ("/child[1]/toy[1]", "/child[1]/toy[2]")


def test_expressions_see_their_own_instance_and_all_of_those_below(family, today):
    found = play(family, TWO, today=today).calculated
    inside = {name: [found[f"/child[{one}]/{name}"] for one in (1, 2)] for name in ("place", "of", "so_far")}
    assert inside == {"place": [1, 2], "of": [2, 2], "so_far": [16, 21]}
    assert [found["/child[1]/before"], found["/child[2]/before"]] == ["", "Ada"]
    assert found["/child[1]/toy[2]/whose"] == "bal van Ada, Kade"
    assert [found["/child[1]/things"], found["/child[2]/things"]] == ["pop+bal", "trein"]
    outside = {name: found[f"/{name}"] for name in ("years", "older", "all", "second", "twins")}
    assert outside == {"years": 21, "older": 1, "all": "pop, bal, trein", "second": "trein", "twins": "false"}


def test_labels_name_what_stands_in_their_own_instance(family, today):
    found = play(family, TWO, today=today)
    assert label(family.question("/child[2]/age"), "nl", found, "/child[2]/age") == "Hoe oud is Bo?"
    assert label(family.question("/child[2]/name"), "nl", found, "/child[2]/name") == "Hoe heet Kade?"
    assert label(family.question("/end"), "nl", found) == "Dag Ada"


def test_answers_by_path_are_the_same_as_nested_ones(family, today):
    by_path = {
        "/street": "Kade",
        "/child": ["1", "2"],
        "/child[1]/name": "Ada",
        "/child[1]/age": 16,
        "/child[1]/toy[1]/thing": "pop",
        "/child[1]/toy[2]/thing": "bal",
        "/child[2]/name": "Bo",
        "/child[2]/age": 5,
        "/child[2]/toy[1]/thing": "trein",
    }
    nested, flat = play(family, TWO, today=today), play(family, by_path, today=today)
    assert (flat.answers, flat.calculated, flat.asked) == (nested.answers, nested.calculated, nested.asked)


def test_ids_are_stable_when_an_instance_in_the_middle_goes(family, today):
    answers = {"/child": ["a", "b", "c"], **{f"/child[{one}]/name": one.upper() for one in "abc"}}
    without = play(family, {**answers, "/child": ["a", "c"]}, today=today)
    assert without.answers == {"/child[a]/name": "A", "/child[c]/name": "C"}
    assert without.irrelevant == ("/child[b]/name",)
    other_order = play(family, {**answers, "/child": ["c", "a", "b"]}, today=today)
    assert other_order.calculated["/child[c]/place"] == 1


def test_one_instance_stands_ready_and_none_can_be_told(family, today):
    assert "/child[1]/name" in play(family, {}, today=today).asked
    none = play(family, {"child": []}, today=today)
    assert none.asked == ("/street", "/end")
    assert none.calculated["/years"] == 0


def test_instances_can_be_added_where_no_number_says_how_many(family, form, today):
    assert play(family, TWO, today=today).extendable == ("/child", "/child[1]/toy", "/child[2]/toy")
    assert play(family, {"child": []}, today=today).extendable == ("/child",)
    assert play(form(COUNTED), {"n": 2}, today=today).extendable == ()


def test_a_repeat_that_does_not_apply_cannot_be_extended(form, today):
    found = form("""
    | type         | name | label | relevant    |
    | integer      | n    | N     |             |
    | begin_repeat | row  | Row   | ${n} > 1    |
    | text         | a    | A     |             |
    | end_repeat   |      |       |             |
    """)
    for rows in ([], [{"a": "x"}]):
        assert play(found, {"n": 1, "row": rows}, today=today).extendable == ()
        assert play(found, {"n": 2, "row": rows}, today=today).extendable == ("/row",)


def test_next_and_previous_go_through_the_instances(family, today):
    found = play(family, TWO, today=today)
    assert next_question(found, "/child[1]/toy[2]/thing") == "/child[2]/name"
    assert previous_question(found, "/child[2]/name") == "/child[1]/toy[2]/thing"
    assert next_question(found, "/child[2]/toy[1]/thing") == "/end"
    assert next_question(found, "/child[9]/name") == "/end"
    assert previous_question(found, "/end") == "/child[2]/toy[1]/thing"


def test_a_constraint_looks_at_its_own_instance(family, today):
    found = play(family, {"child": [{"age": 40}, {"age": 20}]}, today=today)
    assert set(found.refused) == {"/child[1]/age"}
    assert found.calculated["/years"] == 20
    checked = check_answer(family, "/child[2]/age", "31", TWO, today=today, language="nl")
    assert not checked.ok
    assert check_answer(family, "/child[2]/age", "7", TWO, today=today).value == 7


@pytest.mark.parametrize(
    "answers",
    [
        {"child": "Ada"},
        {"child": [["Ada"]]},
        {"/child[1]": {"name": "x"}, "/child[a/b]/name": "x"},
        {"/street[1]": "x"},
        {"child": [{"_id": "no spaces", "name": "x"}]},
        {"child": [{"nobody": 1}]},
        {"/child[1]/toy[]/thing": "x"},
    ],
)
def test_what_means_nothing_in_a_repeat_is_told(family, today, answers):
    assert play(family, answers, today=today).refused


COUNTED = """
| type         | name | label | repeat_count | relevant      |
| integer      | n    | N     |              |               |
| begin_repeat | row  | Row   | ${n}         |               |
| text         | a    | A     |              |               |
| text         | b    | B     |              | ${a} != ''    |
| end_repeat   |      |       |              |               |
"""


def test_a_number_of_repeats_follows_the_answer_and_loses_nothing(form, today):
    found = form(COUNTED)
    two = play(found, {"n": 2, "row": [{"a": "x"}, {"a": "y"}, {"a": "z"}]}, today=today)
    assert two.instances == {"/row": ("/row[1]", "/row[2]")}
    assert two.irrelevant == ("/row[3]/a",)
    assert play(found, {"n": 3}, today=today).asked == ("/n", "/row[1]/a", "/row[2]/a", "/row[3]/a")
    assert play(found, {}, today=today).asked == ("/n",)
    assert len(play(found, {"n": 10**9}, today=today).instances["/row"]) == 200


def test_a_repeat_goes_on_as_long_as_the_last_answer_says(form, today):
    found = form(
        """
    | type | name | label | repeat_count |
    | begin_repeat | row | Row | count(${row}) + (count(${row}) = 0 or ${row}[last()]/more = 'y') |
    | select_one yn | more | More? | |
    | end_repeat    |      |       | |
    """,
        "| list_name | name | label |\n| yn | y | Y |\n| yn | n | N |",
    )
    assert play(found, {}, today=today).instances == {"/row": ("/row[1]",)}
    assert len(play(found, {"row": [{"more": "y"}]}, today=today).instances["/row"]) == 2
    assert len(play(found, {"row": [{"more": "y"}, {"more": "n"}]}, today=today).instances["/row"]) == 2


def test_an_instance_waits_for_the_one_before_it(form, today):
    found = form("""
    | type         | name | label | repeat_count | relevant |
    | begin_repeat | row  | Row   | 3 | position(.) = 1 or indexed-repeat(${more}, ${row}, position(.) - 1) = 'y' |
    | text         | more | More? |   |          |
    | end_repeat   |      |       |   |          |
    """)
    assert play(found, {}, today=today).asked == ("/row[1]/more",)
    assert play(found, {"row": [{"more": "y"}]}, today=today).asked == ("/row[1]/more", "/row[2]/more")


def test_a_value_that_waits_for_the_whole_repeat_is_a_circle(problems):
    (problem,) = problems("""
    | type         | name | label | calculation       |
    | begin_repeat | row  | Row   |                   |
    | calculate    | a    |       | sum(${row}/a) + 1 |
    | end_repeat   |      |       |                   |
    """)
    assert problem.code == "cycle_self"


CHOSEN = """
| type               | name  | label        | choice_filter |
| begin_repeat       | child | Kind         |               |
| text               | name  | Naam         |               |
| integer            | age   | Leeftijd     |               |
| select_one ${name} | best  | Wie is ouder? | age > current()/../age |
| end_repeat         |       |              |               |
| select_one ${name} | first | Wie eerst?   | ${age} > 5    |
| select_multiple ${name} | all | Wie?       |               |
"""


def test_answers_in_a_repeat_become_choices(form, today):
    found = form(CHOSEN)
    answers = {
        "child": [
            {"name": "Ada", "age": 9, "best": "Cor"},
            {"name": "Bo", "age": 3},
            {"name": "Cor", "age": 12},
        ]
    }
    so_far = play(found, {**answers, "first": "Bo", "all": ["Bo", "Cor"]}, today=today)
    assert so_far.choices["/first"] == ("Ada", "Cor")
    assert so_far.choices["/child[1]/best"] == ("Cor",)
    assert so_far.choices["/child[3]/best"] == ()
    assert set(so_far.refused) == {"/first"}
    assert so_far.answers["/all"] == ["Bo", "Cor"]
    assert [one.name for one in choices_for(found.question("/all"), so_far)] == ["Ada", "Bo", "Cor"]


def test_an_irrelevant_instance_is_not_counted(form, today):
    found = form("""
    | type         | name | label | relevant        | calculation |
    | begin_repeat | row  | Row   | position(.) != 2 |            |
    | integer      | a    | A     |                 |             |
    | end_repeat   |      |       |                 |             |
    | calculate    | sum  |       |                 | concat(count(${row}), ' ', sum(${a})) |
    """)
    result = play(found, {"row": [{"a": 1}, {"a": 10}, {"a": 100}]}, today=today)
    assert result.calculated == {"/sum": "2 101"}
    assert result.irrelevant == ("/row[2]/a",)


def test_a_form_with_repeats_is_stored_and_read_back(family):
    again = Questionnaire.from_json(family.to_json())
    assert again == family
    assert again.repeats.keys() == {"/child", "/child/toy"}


def test_a_million_answers_do_not_hold_the_server(form, today):
    found = form(COUNTED)
    many = {"n": 200, "row": [{"a": "x"}] * 50_000}
    assert len(play(found, many, today=today).instances["/row"]) == 200


@pytest.mark.parametrize(
    ("path", "is_place"),
    [
        ("/street", True), ("/child", True), ("/child[2]", True), ("/child[2]/name", True), ("/child[a]/toy", True),
        ("/child[a]/toy[1]/thing", True), ("/child/name", False), ("/street[1]", False), ("/child[1]/toy/thing", False),
        ("/child[1][2]/name", False), ("/nobody", False), ("/child[1/name", False), ("child[1]/name", False),
    ],
)  # fmt: skip
def test_a_place_has_an_id_for_each_repeat(family, path, is_place):
    assert family.is_place(path) is is_place


def test_a_count_that_hangs_on_itself_may_read_questions_in_groups(form, today):
    found = form("""
    | type         | name | label | repeat_count |
    | begin_group  | g    | G     |              |
    | integer      | n    | N     |              |
    | end_group    |      |       |              |
    | begin_repeat | row  | Row   | min(${n}, count(${row}) + 1) |
    | text         | a    | A     |              |
    | end_repeat   |      |       |              |
    """)
    assert len(play(found, {"n": 4}, today=today).instances["/row"]) == 4
