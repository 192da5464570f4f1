"""One question a screen: forwards, backwards, and what was typed becomes a value or a message."""

import pytest

from driegesprek.instruments import (
    Checked,
    check_answer,
    choice_label,
    choices_for,
    label,
    next_question,
    play,
    previous_question,
    render,
)

FORM = """
| type | name|label::nl|label::ar | hint |relevant | required | required_message::ar | constraint | constraint_message |
| hidden | by | | | | | | | | |
| select_one yn | know | Weet u het? | هل تعرف؟ | Vóór ${by} | | yes | اختر من فضلك | | |
| integer | age | Hoe oud? | العمر؟ | | ${know} = 'no' | | | . < 100 | كبير جدا |
| select_multiple l | good | Wat gaat goed? | ما الجيد؟ | | | | | count-selected(.) <= 2 | |
| note | done | Dank, ${age} jaar | شكرا | | | | | | |
| text | fixed | Vast | ثابت | | | | | | |
"""
CHOICES = """
| list_name | name | label::nl     | label::ar |
| yn        | yes  | Ja            | نعم       |
| yn        | no   | Nee           | لا        |
| l         | a    | Aardig, ${age} |          |
| l         | b    |               |           |
| l         | c    | C             | ج         |
"""


@pytest.fixture
def found(form):
    return form(FORM, CHOICES)


def test_forwards_and_backwards_follow_the_route(found, today):
    so_far = play(found, {"/know": "yes"}, today=today)
    assert next_question(so_far) == "/know"
    assert next_question(so_far, "/know") == "/good"
    assert next_question(so_far, "/fixed") is None
    assert previous_question(so_far, "/good") == "/know"
    assert previous_question(so_far, "/know") is None
    assert previous_question(so_far) == "/fixed"


def test_a_question_that_is_no_longer_asked_keeps_its_place(found, today):
    so_far = play(found, {"/know": "yes", "/age": 3}, today=today)
    assert next_question(so_far, "/age") == "/good"
    assert previous_question(so_far, "/age") == "/know"


def test_texts_are_filled_in_and_fall_back_to_the_default_language(found, today):
    so_far = play(found, {"/know": "no", "/age": 13}, today=today, context={"by": "1 maart"}, language="ar")
    questions = found.questions
    assert label(questions["/know"], "ar", so_far) == "هل تعرف؟"
    assert label(questions["/know"], "nl", so_far) == "Weet u het?"
    assert label(questions["/know"], None, so_far) == "هل تعرف؟"
    assert label(questions["/done"], "nl", so_far) == "Dank, 13 jaar"
    assert render(questions["/know"].hint, "ar", so_far) == "Vóór 1 maart"
    first, second, _ = questions["/good"].choices
    assert choice_label(first, "ar", so_far) == "Aardig, 13"
    assert choice_label(second, "ar", so_far) == "b"
    assert choices_for(questions["/good"], so_far) == questions["/good"].choices


def test_a_good_answer_becomes_a_value(found, today):
    assert check_answer(found, "/know", "no", {}, today=today) == Checked("no")
    assert check_answer(found, "/age", " 13 ", {"know": "no"}, today=today) == Checked(13)
    assert check_answer(found, "/good", ["c", "a"], {}, today=today) == Checked(["c", "a"])
    assert check_answer(found, "/good", [], {}, today=today) == Checked(None)
    assert check_answer(found, "/good", None, {}, today=today).ok


@pytest.mark.parametrize(
    "case",
    [
        ("/know", "", {}, "اختر من فضلك"),
        ("/know", "perhaps", {}, "يرجى اختيار إحدى الإجابات المعروضة هنا."),
        ("/age", "x", {"/know": "no"}, "يرجى كتابة عدد صحيح، مثل 3."),
        ("/age", "100", {"/know": "no"}, "كبير جدا"),
        ("/age", "13", {"/know": "yes"}, "لا حاجة إلى الإجابة عن هذا السؤال الآن."),
        ("/good", ["a", "b", "c"], {}, "هذه الإجابة غير ممكنة هنا. يرجى مراجعتها."),
        ("/done", "x", {}, "لا يوجد سؤال هنا، ولا حاجة إلى إجابة."),
    ],
)
def test_a_problem_is_told_in_the_language_of_the_family(found, today, case):
    path, raw, answers, message = case
    checked = check_answer(found, path, raw, answers, today=today, language="ar")
    assert checked == Checked(None, message)
    assert not checked.ok


def test_an_earlier_answer_to_the_same_question_is_disregarded(found, today):
    earlier = {"/know": "no", "age": 500}
    assert check_answer(found, "/age", "50", earlier, today=today) == Checked(50)


def test_an_unknown_question_is_a_mistake_of_the_program(found, today):
    with pytest.raises(KeyError):
        check_answer(found, "/nobody", "1", {}, today=today)


def test_a_walk_from_first_to_last_reaches_every_question_once(found, today):
    answers = {"/know": "no"}
    here, seen = None, []
    while (here := next_question(play(found, answers, today=today), here)) is not None:
        seen.append(here)
    assert seen == ["/know", "/age", "/good", "/done", "/fixed"]
