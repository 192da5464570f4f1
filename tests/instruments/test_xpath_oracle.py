"""Our expressions against lxml's XPath 1.0, on generated expressions and answers.

Compared as text, number and truth. Left out where ODK differs from XPath on purpose: the truth of a bare
question (XPath asks whether the node exists, ODK whether it has a value) and dates as numbers; and exact
digits of large numbers, which lxml writes with fewer, and its reading of 1e3 as a number.
"""

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from driegesprek.instruments import Kind, Question
from driegesprek.instruments.scopes import Names, QuestionScope
from driegesprek.instruments.xpath import Env, compile_expression, to_boolean, to_number, to_string

NAMES = ("a", "b", "c", "d")
TEXTS = ("", "0", "1", "2.5", "-3", "abc", " x  y ", "yes", "Ünï", "007", ".5", "5.", "+1", "NaN")


SCOPE = QuestionScope(
    Names(tuple(Question(path=f"/{name}", name=name, kind=Kind.TEXT) for name in NAMES), {}, "data"), "/a"
)


numbers = st.sampled_from(["0", "1", "2", "0.5", "10", "3.25", "100"])
strings = st.sampled_from(["''", "'a'", "'1'", "'abc'", '"x y"', "'-3'", "'b'"])
references = st.sampled_from([f"${{{name}}}" for name in NAMES])


def _calls(values, truths):
    def call(name, *parts):
        return st.tuples(*parts).map(lambda found: f"{name}({', '.join(found)})")

    return st.one_of(
        call("concat", values, values),
        call("concat", values, values, values),
        call("substring", values, values),
        call("substring", values, values, values),
        call("substring-before", values, values),
        call("substring-after", values, values),
        call("translate", values, values, values),
        call("normalize-space", values),
        call("string", values),
        call("string", truths),
        call("string-length", values),
        call("number", values),
        call("number", truths),
        call("round", values),
        call("floor", values),
        call("ceiling", values),
        st.tuples(values, st.sampled_from(["+", "-", "*", "mod"]), values).map(" ".join),
        st.tuples(values, st.sampled_from(["2", "0", "-0", "8", "0.5", "''"])).map(" div ".join),
        values.map(lambda value: f"-{value}"),
        values.map(lambda value: f"({value})"),
    )


def _truths(values, truths):
    return st.one_of(
        st.tuples(values, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), values).map(" ".join),
        st.tuples(truths, st.sampled_from(["and", "or", "=", "!="]), truths).map(" ".join),
        truths.map(lambda value: f"not({value})"),
        truths.map(lambda value: f"({value})"),
        st.tuples(values, values).map(lambda pair: f"contains({pair[0]}, {pair[1]})"),
        st.tuples(values, values).map(lambda pair: f"starts-with({pair[0]}, {pair[1]})"),
        st.sampled_from(["true()", "false()"]),
    )


values = st.deferred(lambda: st.one_of(numbers, strings, references, _calls(values, truths)))
truths = st.deferred(lambda: _truths(values, truths))
answers = st.fixed_dictionaries({name: st.sampled_from(TEXTS) for name in NAMES})


def _lxml(expression, given_answers):
    root = etree.Element("data")
    for name, text in given_answers.items():
        etree.SubElement(root, name).text = text
    for name in NAMES:
        expression = expression.replace(f"${{{name}}}", f"/data/{name}")
    return root.xpath(expression)


def _ours(expression, given_answers, today):
    env = Env(values={f"/{name}": text for name, text in given_answers.items()}, today=today, now=None)
    return compile_expression(expression, SCOPE).evaluate(env)


@settings(max_examples=max(settings.default.max_examples, 250))
@given(values, answers)
@example("2 + 3 * 4 - -1", {})
@example("10 mod 3 = 1 and 2 > 1 or false()", {})
@example("substring('12345', 1.5, 2.6)", {})
@example("substring('12345', 0 div 0, 3)", {})
@example("substring('12345', -42, 1 div 0)", {})
@example("-5 mod 2", {})
@example("1 div 0", {})
@example("1 div -0", {})
@example("round(-2.5)", {})
@example("'1' + 1 = '2'", {})
def test_values_agree_with_lxml(today_fixed, expression, given_answers):
    expected = _lxml(f"string({expression})", {**dict.fromkeys(NAMES, ""), **given_answers})
    found = to_string(
        _ours(f"string({expression})", {**dict.fromkeys(NAMES, ""), **given_answers}, today_fixed)
    )
    assert _same(found, expected), expression


@settings(max_examples=max(settings.default.max_examples, 250))
@given(truths, answers)
def test_truths_agree_with_lxml(today_fixed, expression, given_answers):
    expected = _lxml(expression, given_answers)
    assert to_boolean(_ours(expression, given_answers, today_fixed)) is expected, expression


def _same(found, expected):
    if found == expected:
        return True
    left, right = to_number(found), float(expected) if _is_number(expected) else math.nan
    return math.isclose(left, right, rel_tol=1e-9)


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


@pytest.fixture(scope="module")
def today_fixed():
    from datetime import date  # noqa: PLC0415 -- only this fixture

    return date(2026, 11, 21)
