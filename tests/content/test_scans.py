"""What a team answered becomes strengths and next steps, with nothing judged that was not answered."""

from hypothesis import given
from hypothesis import strategies as st

from driegesprek import content
from driegesprek.content.scans import picture, scan_picture, scan_result, team_result

NAMES = [one.name for one in content.instrument("school_scan").questions.values() if one.extra.get("basis")]
ANSWERS = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["1", "2", "3", "4", "5", "unknown", ""]))


def test_parts_and_statements_stand_in_the_order_of_the_form():
    found = scan_result({})
    assert [one.name for part in found.parts for one in part.items] == NAMES
    assert [part.whole.name for part in found.parts][:2] == ["vision", "time"]
    assert found.parts[0].whole.label == "Beeld en steun"


def test_nothing_answered_is_neither_a_strength_nor_a_next_step():
    found = scan_result({})
    assert found.strengths == found.next_steps == ()
    assert {(part.whole.value, part.whole.level, part.whole.advice) for part in found.parts} == {
        (None, "", "")
    }


@given(ANSWERS)
def test_every_statement_is_a_strength_a_next_step_or_was_not_answered(answers):
    found = scan_result(answers)
    strong = {name for name, answer in answers.items() if answer in {"4", "5"}}
    weak = {name for name, answer in answers.items() if answer in {"1", "2", "3"}}
    assert {one.name for one in found.strengths} == strong
    assert {one.name for one in found.next_steps} == weak
    values = [one.value for one in found.next_steps]
    assert values == sorted(values)
    assert all(one.advice for one in found.next_steps)
    assert not any(one.advice for one in found.strengths)


def test_a_part_is_the_mean_of_its_statements():
    found = scan_result({"vision_1": "5", "vision_2": "4", "vision_3": "1"})
    whole = found.parts[0].whole
    assert (whole.value, whole.level) == (10 / 3, "under_way")
    assert whole.advice == "Dit deel loopt. Kies het punt dat nu het meest helpt."


def test_the_words_are_those_of_the_language():
    found = scan_result({"/vision_1": "1"}, "tr")
    assert found.next_steps[0].level_label == "Sonraki adım"
    assert found.next_steps[0].advice.startswith("Ekipte bunu yarım saat konuşun.")


def test_the_picture_tells_strengths_of_what_was_answered_and_what_is_still_to_begin():
    answers = {"vision_1": "5", "vision_2": "4", "vision_3": "unknown", "time_1": "1", "time_2": "1"}
    found = scan_picture(answers)
    assert found.table.headings == ("Groep", "sterke punten")
    told = dict(found.table.rows)
    assert len(told) == 9
    assert told["Beeld en steun"] == "2 van 2"
    assert told["Tijd om te leren"].startswith("0 van 2")
    assert told["Tijd om te leren"] != "0 van 2"
    assert told["Beleid"] == "nog niet"


def test_the_picture_speaks_every_language():
    titles = {scan_picture({"vision_1": "5"}, one.code).alternative[:20] for one in content.LANGUAGES}
    assert len(titles) == len(content.LANGUAGES)


TEAM = [
    {"vision_1": "5", "vision_2": "4", "vision_3": "1"},
    {"vision_1": "4", "vision_2": "unknown", "vision_3": "2"},
    {"vision_1": "2", "vision_2": "4"},
]


def test_of_a_team_a_statement_is_the_mean_of_who_answered_it_and_a_part_of_its_statements():
    part = team_result(TEAM).parts[0]
    assert [(one.value, one.n) for one in part.items] == [(11 / 3, 3), (4, 2), (1.5, 2)]
    assert [one.level for one in part.items] == ["next_step", "strength", "next_step"]
    assert part.whole.value == (11 / 3 + 4 + 1.5) / 3
    assert picture(team_result(TEAM)).table.rows[0][1].startswith("1 van 3")


def test_of_a_team_without_names_nothing_is_told_of_statements_that_few_answered():
    part = team_result(TEAM, least=3).parts[0]
    assert [(one.value, one.n) for one in part.items] == [(11 / 3, 3), (None, None), (None, None)]
    assert part.whole.value is None


@given(ANSWERS)
def test_a_team_of_one_is_that_one(answers):
    assert team_result([answers]) == scan_result(answers)
    assert [one.value for one in team_result([answers, answers]).next_steps] == [
        one.value for one in scan_result(answers).next_steps
    ]
