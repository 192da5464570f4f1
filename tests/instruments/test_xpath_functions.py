"""Functions with the values that ODK's documentation and XPath 1.0 give for them.

https://docs.getodk.org/form-operators-functions/ and https://www.w3.org/TR/1999/REC-xpath-19991116/
"""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from driegesprek.instruments import FormRefused, Group, Kind, Question, play
from driegesprek.instruments.scopes import Names, QuestionScope
from driegesprek.instruments.xpath import Env, ExpressionError, compile_expression, parse, to_string

# RFC 8032, 7.1, test 2: the signature of the one letter r, the letter behind it, and the public key.
SIGNED = "kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAHI="
KEY = "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw="

ANSWERS = {
    "/data/text": "one two",
    "/data/number": 42.0,
    "/data/zero": 0.0,
    "/data/blank": "",
    "/data/day": "2026-08-07",
    "/data/many": "water power",
}
NOW = datetime(2026, 8, 14, 9, 30, tzinfo=timezone(timedelta(hours=2)))


FORM = Group(
    path="/data",
    name="data",
    items=tuple(
        Question(path=path, name=path.rpartition("/")[2], kind=Kind.TEXT)
        for path in ("/data/text", "/data/number", "/data/zero", "/data/blank", "/data/day", "/data/many")
    ),
)
SCOPE = QuestionScope(Names((FORM,), {}, "root"), "/data/text")


def value(expression, language="en"):
    env = Env(values=ANSWERS, today=date(2026, 8, 14), now=NOW, language=language)
    return compile_expression(expression, SCOPE).evaluate(env)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("7 div 2", 3.5),
        ("-7 mod 3", -1),
        ("2 - -2", 4),
        ("1 = 1 and 2 > 1 or 1 div 0 = 2", True),
        ("${number} + 1", 43),
        ("${blank} + 1", "NaN"),
        ("${blank} = ''", True),
        ("${blank} = 0", False),
        ("${number} = '42'", True),
        ("not(${zero})", True),
        ("not(${blank})", True),
        ("boolean(${text})", True),
        ("boolean('false')", True),
        ("number(true())", 1),
        ("number('x')", "NaN"),
        ("string(1.0)", "1"),
        ("string(0.1)", "0.1"),
        ("string(1 div 3)", "0.3333333333333333"),
        ("string(pow(10, 20))", "100000000000000000000"),
        ("string(-1 div 0)", "-Infinity"),
        ("if(${number} > 40, 'a', 'b')", "a"),
        ("coalesce('', 'b')", "b"),
        ("coalesce('', '', 'c')", "c"),
        ("coalesce('', '')", ""),
        ("selected(${many}, 'power')", True),
        ("selected(${many}, 'pow')", False),
        ("selected(${blank}, 'power')", False),
        ("selected-at(${many}, 0)", "water"),
        ("selected-at(${many}, 2)", ""),
        ("selected-at(${many}, -1)", ""),
        ("count-selected(${many})", 2),
        ("count-selected(${blank})", 0),
        ("contains('abc', 'b')", True),
        ("starts-with('abc', 'ab')", True),
        ("ends-with('abc', 'bc')", True),
        ("substring('hello', 2)", "ello"),
        ("substring('hello', 0, 3)", "he"),
        ("substring('hello', 1.5, 2.6)", "ell"),
        ("substr('hello', 2, 3)", "l"),
        ("substr('hello', -2)", "lo"),
        ("substr('hello', 1, 99)", "ello"),
        ("substring-before('1999/04/01', '/')", "1999"),
        ("substring-after('1999/04/01', '/')", "04/01"),
        ("substring-after('abc', 'x')", ""),
        ("translate('--aaa--', 'abc-', 'ABC')", "AAA"),
        ("string-length('Ünï')", 3),
        ("string-length()", 7),
        ("normalize-space('  a   b ')", "a b"),
        ("concat('a', 1, true())", "a1true"),
        ("join(', ', 'a', 'b')", "a, b"),
        ("int(-2.7)", -2),
        ("round(2.5)", 3),
        ("round(-2.5)", -2),
        ("round(1.005, 2)", 1.01),
        ("round(1234.5, -2)", 1200),
        ("floor(-1.5)", -2),
        ("ceiling(1.2)", 2),
        ("abs(-4)", 4),
        ("sqrt(16)", 4),
        ("sqrt(-1)", "NaN"),
        ("pow(2, 10)", 1024),
        ("pow(10, 1000)", "Infinity"),
        ("log10(1000)", 3),
        ("log(0)", "-Infinity"),
        ("exp(0)", 1),
        ("exp10(2)", 100),
        ("pi() > 3.14 and pi() < 3.15", True),
        ("atan2(0, 1)", 0),
        ("sum(${number})", 42),
        ("count(${number})", 1),
        ("count(../*)", 6),
        ("count-non-empty(../*)", 5),
        ("max(1, 3, 2)", 3),
        ("min(${number}, 3)", 3),
        ("min(${number}, ${blank})", 42),
        ("max(${blank}, 'x')", "NaN"),
        ("sum(${blank})", 0),
        ("coalesce(number('x'), 3)", 3),
        ("selected('a b', 'a b')", True),
        ("is-selected(${many}, ' power ')", True),
        ("round(-1.005, 2)", -1),
        ("round(1e300, 2)".replace("1e300", "pow(10, 300)"), 1e300),
        ("round(1, 31)", "NaN"),
        ("position(..)", 1),
        ("count(//*)", 7),
        ("count(${text} | ${zero} | ${text})", 2),
        ("join(' ', ${number} | ${text})", "one two 42"),
        ("../text[. = 'one two']", "one two"),
        ("../text[. = 'three']", ""),
        ("/root/data/*[2]", "42"),
        ("count(../*[position() > 2])", 4),
        ("../*[last()]", "water power"),
        ("string(preceding-sibling::text)", ""),
        ("string(../zero/preceding-sibling::number)", "42"),
        ("string(following-sibling::*[2])", "0"),
        ("count(ancestor::data)", 1),
        ("parent::data/number + self::text", "NaN"),
        ("../* = 42", True),
        ("../* > 42", True),
        ("../* = 'nobody'", False),
        ("digest('driegesprek', 'SHA-256', 'hex')", hashlib.sha256(b"driegesprek").hexdigest()),
        ("digest('abc', 'MD5')", "kAFQmDzST7DWlj99KOF/cg=="),
        ("digest('abc', 'sha-1', 'hex')", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("digest('abc', 'crc')", ""),
        ("base64-decode('bWVudG9y')", "mentor"),
        ("base64-decode('%')", ""),
        (f"extract-signed('{SIGNED}', '{KEY}')", "r"),
        (f"extract-signed('{SIGNED[:-4]}cw==', '{KEY}')", ""),
        (f"extract-signed('{SIGNED}', '{SIGNED[:44]}')", ""),
        ("extract-signed('', '')", ""),
        ("distance('52.37 4.89 0 0; 51.92 4.48 0 0') div 1000", 57.39151),
        ("distance('52.37 4.89', '51.92 4.48') div 1000", 57.39151),
        ("distance('here')", "NaN"),
        ("distance('')", 0),
        ("area('0 0; 0 1; 1 1; 1 0; 0 0') div 1000000", 12391.4),
        ("area('0 0; 0 200')", "NaN"),
        ("enclosed-area('0 0; 0 200')", "NaN"),
        ("geofence('0.5 0.5', '0 0; 0 1; 1 1; 1 0; 0 0')", True),
        ("geofence('1.5 0.5', '0 0; 0 1; 1 1; 1 0; 0 0')", False),
        ("intersects('0 0; 1 1; 0 1; 1 0')", True),
        ("intersects('0 0; 0 1; 1 1; 1 0; 0 0')", False),
        ("string-length(uuid())", 36),
        ("string-length(uuid(12))", 12),
        ("uuid(-1)", ""),
        ("random() >= 0 and random() < 1", True),
        ("random() = random()", False),
        ("today()", "2026-08-14"),
        ("now()", "2026-08-14T09:30:00.000+02:00"),
        ("date(0)", "1970-01-01"),
        ("date(20000)", "2024-10-04"),
        ("date('2026-13-01')", ""),
        ("date(today() - 7)", "2026-08-07"),
        ("${day} = date(today() - 7)", True),
        ("today() - ${day}", 7),
        ("${day} < today()", True),
        ("${day} >= '2026-08-07'", True),
        ("decimal-date-time('1970-01-02')", 1 - 2 / 24),
        ("decimal-date-time('1970-01-02T12:00:00.000Z')", 1.5),
        ("decimal-time('06:00:00.000+02:00')", 0.25),
        ("decimal-time('18:00')", 0.75),
        ("date-time('2026-08-07')", "2026-08-07T00:00:00.000+02:00"),
        ("format-date(${day}, '%Y-%n-%e %y %m %d %%')", "2026-8-7 26 08 07 %"),
        ("format-date(${day}, '%a %e %b')", "Fri 7 Aug"),
        ("format-date('', '%Y')", ""),
        ("format-date-time(now(), '%H:%M:%S.%3 %h')", "09:30:00.000 9"),
        ("regex('M', '[A-Z]')", True),
        ("regex('MM', '[A-Z]')", False),
        ("boolean-from-string('1')", True),
        ("boolean-from-string('yes')", False),
        ("checklist(1, 2, 'yes', 'no', 'yes')", True),
        ("checklist(-1, 1, 'yes', 'yes')", False),
        ("checklist(2, -1, 1 = 1, 2 = 2)", True),
        ("weighted-checklist(3, 5, 'yes', 2, 'no', 9, 'yes', 2)", True),
        ("‘a’ = ’a’", True),
    ],
)
def test_a_function_gives_its_documented_value(expression, expected):
    found = value(expression)
    if isinstance(expected, str):
        assert to_string(found) == expected
    else:
        assert found == pytest.approx(expected, rel=1e-4)


def test_months_are_named_in_the_language_of_the_person():
    assert value("format-date(${day}, '%e %b')", "nl") == "7 aug"
    assert value("format-date(${day}, '%a')", "tr") == "Cum"
    assert value("format-date(${day}, '%b')", "xx-unknown") == "Aug"


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("1 +", "expression_end"),
        ("(1", "expression_end"),
        ("1 2", "expression_unexpected"),
        ("if(1, 2)", "expression_arguments"),
        ("'open", "expression_quote"),
        ("${open", "expression_brace"),
        ("a && b", "expression_character"),
        ("@x", "expression_axis"),
        ("//x", "reference_unknown"),
        ("${text} | zero", "reference_misspelt"),
        ("following::x", "expression_axis"),
        ("parent::node()", "function_unknown"),
        ("property('deviceid')", "function_device"),
        ("jr:itext('a')", "function_itext"),
        ("pulldata('a', 'b', 'c', 1)", "list_unknown"),
        ("pulldata('a', 'b', ${text}, 1)", "pulldata_form"),
        ("indexed-repeat(${text}, ${text}, 1)", "indexed_repeat_form"),
        ("indexed-repeat(${text}, ${data}, 1, 2)", "indexed_repeat_form"),
        ("coalesc(1, 2)", "function_misspelt"),
        ("frobnicate()", "function_unknown"),
        ("sum(1)", "expression_not_nodes"),
        ("regex(., ${text})", "regex_not_written"),
        ("regex(., '(a')", "regex_syntax"),
        ("regex(., '(?=a)')", "regex_unsupported"),
        ("regex(., '(a{900}){900}')", "regex_too_large"),
        ("(" * 80 + "1" + ")" * 80, "expression_too_deep"),
        ("1" + " + 1" * 10_000, "expression_too_long"),
        ("", "expression_end"),
    ],
)
def test_what_cannot_be_used_is_told_by_its_reason(expression, code):
    with pytest.raises(ExpressionError) as error:
        value(expression)
    assert error.value.code == code


def test_a_long_sum_is_not_deep():
    assert value(" + ".join(["1"] * 3000)) == 3000
    assert value(" or ".join(["false()"] * 1500)) is False


def test_names_of_operators_can_be_names():
    assert parse("div div mod") is not None
    assert parse("and and or") is not None


def test_texts_that_double_each_other_stay_small(form, today):
    rows = ["| type | name | calculation |", "| calculate | c0 | 'xxxxxxxxxxxxxxxxxxxx' |"]
    rows += [f"| calculate | c{n} | concat(${{c{n - 1}}}, ${{c{n - 1}}}) |" for n in range(1, 60)]
    found = play(form("\n".join(rows)), {}, today=today)
    assert len(found.values["/c59"]) == 100_000


def test_the_zone_of_a_moment_without_one_is_utc():
    env = Env(values=ANSWERS, today=date(2026, 8, 14), now=datetime(2026, 8, 14))  # noqa: DTZ001 -- the case itself
    assert compile_expression("now()", SCOPE).evaluate(env) == "2026-08-14T00:00:00.000"
    assert env.zone is UTC


def test_refusals_stand_with_their_row(problems):
    (problem,) = problems("| type | name | calculation |\n| calculate | a | property('x') |")
    assert (problem.sheet, problem.row, problem.column) == ("survey", 3, "calculation")
    assert isinstance(FormRefused(problem), Exception)
