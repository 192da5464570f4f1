"""One question a screen: forwards, backwards, and what was typed becomes a value or a message."""

import datetime as dt
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


EVERY_KIND = """
| type | name | label | relevant | calculation | constraint |
| text | text | t | | | |
| integer | integer | i | | | |
| decimal | decimal | d | | | |
| date | date | d | | | |
| time | time | t | | | |
| dateTime | moment | m | | | |
| select_one l | one | o | | | |
| select_multiple l | many | m | | | |
| rank l | rank | r | | | |
| acknowledge | tick | a | | | |
| calculate | all | | | concat(${text}, ${integer}, ${decimal} * 2, ${date}, ${time}, ${moment}, ${many}, ${rank}) | |
| text | later | l | ${integer} > 3 or selected(${many}, 'a') | | |
"""
NOW = dt.datetime(2026, 11, 27, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
names = st.lists(st.sampled_from("abc"), unique=True)
numbers = st.one_of(st.integers(-20, 20), st.decimals(-9, 9, places=2)).map(str)
TYPED = {
    "/text": st.text(string.ascii_letters + " \u00a0\n\té5,.", max_size=9),
    "/integer": numbers.flatmap(lambda one: st.sampled_from([one, f" {one} ", f"0{one}"])),
    "/decimal": numbers.flatmap(lambda one: st.sampled_from([one, one.replace(".", ","), f"{one}0"])),
    "/date": st.dates().map(str),
    "/time": st.times().map(lambda one: one.isoformat("minutes")),
    "/moment": st.datetimes().map(lambda one: one.isoformat(timespec="minutes")),
    "/one": st.sampled_from(["a", "c", ""]),
    "/many": names,
    "/rank": st.permutations("abc"),
    "/tick": st.sampled_from(["OK", ""]),
    "/later": st.text("ab ", max_size=4),
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sent=st.fixed_dictionaries(TYPED), path=st.sampled_from(sorted(TYPED)))
def test_what_the_check_worked_out_holds_for_the_value_that_is_stored(form, sent, path):
    every = form(EVERY_KIND, "| list_name | name | label |\n| l | a | a |\n| l | b | b |\n| l | c | c |")
    stored = {}
    for other, raw in sent.items():
        checked = check_answer(every, other, raw, stored, today=NOW.date(), now=NOW)
        if checked.ok and other != path:
            stored[other] = checked.value
    checked = check_answer(every, path, sent[path], stored, today=NOW.date(), now=NOW)
    if checked.ok:
        assert checked.play == play(every, stored | {path: checked.value}, today=NOW.date(), now=NOW)
