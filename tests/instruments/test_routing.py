"""When a question is asked, for who has only paper: the same as the form itself says."""

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driegesprek.instruments import play
from driegesprek.instruments.routing import Fixed, How, Joined, Test, condition, joined, negated

DAY = dt.date(2026, 11, 27)
CHOICES = """
| list_name | name | label |
| l | a | A |
| l | b | B |
| l | c | C |
"""
ASKED = """
| type | name | label | relevant | calculation |
| hidden | design | | | |
| select_one l | one | Een | | |
| select_multiple l | many | Meer | | |
| integer | number | Getal | | |
| calculate | both | | | if(${one} = 'a' and ${number} > 2, 'yes', if(${one} = 'b', 'maybe', '')) |
"""
LEAVES = (
    "${one} = 'a'",
    "${one} != 'b'",
    "${one} = ''",
    "${one} != ''",
    "'c' = ${one}",
    "selected(${many}, 'a')",
    "selected('a c', ${one})",
    "not(selected(${many}, 'b'))",
    "${number} > 2",
    "3 <= ${number}",
    "${number} = 3",
    "${number} < 2",
    "${design} = 'named'",
    "${both} = 'yes'",
    "${both} != 'maybe'",
    "/data/one = 'b'",
    "../number >= 4",
)


def an_expression(dice, depth):
    if depth == 0 or dice.random() < 0.25:
        return dice.choice(LEAVES)
    parts = [an_expression(dice, depth - 1) for _ in range(dice.choice([1, 2, 2, 3]))]
    text = f" {dice.choice(['and', 'or'])} ".join(f"({one})" for one in parts)
    return f"not({text})" if dice.random() < 0.3 else text


def holds(when, values):
    """Whether a condition holds, as a reader of paper would see it."""
    if isinstance(when, Fixed):
        assert when is not Fixed.UNCLEAR
        return when is Fixed.ALWAYS
    if isinstance(when, Joined):
        return (all if when.every else any)(holds(one, values) for one in when.parts)
    answer = values[when.path]
    if when.how in {How.IS, How.NOT}:
        return (not set(when.values).isdisjoint(answer.split())) == (when.how is How.IS)
    if when.how in {How.ANSWERED, How.EMPTY}:
        return bool(answer) == (when.how is How.ANSWERED)
    if not answer:
        return False
    a, b = float(answer), float(when.values[0])
    return {How.BELOW: a < b, How.ABOVE: a > b, How.MOST: a <= b, How.LEAST: a >= b}[when.how]


@pytest.fixture(scope="module")
def many_routes():
    from tests.instruments.conftest import table  # noqa: PLC0415 - its maker only

    from driegesprek.instruments import read  # noqa: PLC0415 - as above

    dice = random.Random(3)  # noqa: S311 - expressions, no secret
    rows = "".join(f"| text | t{n} | T | {an_expression(dice, 3)} | |\n" for n in range(60))
    form = read(table(ASKED + rows, CHOICES).encode(), name="routes")
    asked = [one for path, one in form.questions.items() if path.startswith("/t")]
    return form, {
        design: {one.path: condition(form, one, {"/design": design}) for one in asked}
        for design in ("", "named")
    }


@given(
    one=st.sampled_from(["", "a", "b", "c"]),
    many=st.lists(st.sampled_from("abc"), unique=True),
    number=st.none() | st.integers(0, 5),
    design=st.sampled_from(["", "named"]),
)
@settings(max_examples=25, deadline=None)
def test_on_paper_a_question_is_asked_when_the_form_asks_it(many_routes, one, many, number, design):
    form, conditions = many_routes
    played = play(form, {"one": one, "many": many, "number": number}, today=DAY, context={"design": design})
    for path, when in conditions[design].items():
        assert holds(when, played.values) == (path in played.asked), form.question(path).relevant


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("${one} = 'a' or ${one} = 'b'", Test("/one", How.IS, ("a", "b"))),
        ("selected('a b c', ${one}) and ${one} != 'b'", Test("/one", How.IS, ("a", "c"))),
        ("${one} = 'a' and ${one} = 'b'", Fixed.NEVER),
        ("not(${one} = 'a') and ${one} != 'b'", Test("/one", How.NOT, ("a", "b"))),
        ("selected(${many}, 'a') or selected(${many}, 'b')", Test("/many", How.IS, ("a", "b"), single=False)),
        ("${number} > 1234567", Test("/number", How.ABOVE, ("1234567",))),
        ("${design} = 'named' and ${one} = 'a'", Fixed.NEVER),
        ("string-length(${one}) > 1", Fixed.UNCLEAR),
        ("${one} = ${number}", Fixed.UNCLEAR),
        ("${design} != '' or string-length(${one}) > 1", Fixed.UNCLEAR),
        ("true() or string-length(${one}) > 1", Fixed.ALWAYS),
    ],
)
def test_conditions_in_as_few_words_as_can_be(form, expression, expected):
    found = form(f"{ASKED}| text | t | T | {expression} | |\n", CHOICES)
    assert condition(found, found.question("/t"), {"/design": ""}) == expected


def test_of_a_group_inside_a_repeat_names_are_looked_up_from_there(form):
    found = form(
        """
        | type | name | label | relevant |
        | begin repeat | child | Kind | |
        | select_one l | one | Een | |
        | text | t | T | ../one = 'a' |
        | end repeat | | | |
        """,
        CHOICES,
    )
    assert condition(found, found.question("/child/t"), {}) == Test("/child/one", How.IS, ("a",))


def test_the_opposite_of_the_opposite_is_the_same():
    when = joined([Test("/a", How.IS, ("x",)), Test("/b", How.ANSWERED)], every=True)
    assert negated(negated(when)) == when
    assert negated(Fixed.UNCLEAR) is Fixed.UNCLEAR
