"""Patterns of form makers: as Python's re for what both understand, and never slow."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from driegesprek.instruments.patterns import Pattern, PatternError

letters = st.sampled_from(["a", "b", "c", "1", " ", "-", "_", "é", "\n"])
atoms = st.sampled_from(
    [
        "a",
        "b",
        ".",
        "[ab]",
        "[^a]",
        "[a-c1]",
        r"\d",
        r"\w",
        r"\s",
        r"\D",
        r"\W",
        "1",
        "-",
        r"\.",
        "[-a]",
        "[a-]",
        "^",
        "$",
    ]
)
patterns = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{0,3}", "{2,}", "*?"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=8,
)


@given(patterns, st.text(letters, max_size=8))
@example("(a|ab)(c|bcd)", "abc")
@example("(?:)*", "")
@example("(a*)*b", "aab")
def test_patterns_fit_as_in_python(pattern, text):
    # In Python $ also stands before a last line break, unlike in JavaScript; \Z is meant.
    expected = re.fullmatch(pattern.replace("$", r"\Z"), text, re.ASCII)
    assert Pattern(pattern).fits(text) == bool(expected)


@pytest.mark.parametrize(
    ("pattern", "fits", "fits_not"),
    [
        (r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,4}$", "a.b@c.nl", "a@b"),
        (r"\+?[0-9 \-]{10,15}", "+31 6 12345678", "06"),
        (r"[1-9][0-9]{3} ?[A-Z]{2}", "1234 AB", "0123 AB"),
        (r"(?i)ja|nee", "JA", "misschien"),
        (r"\p{L}+", "Çağrı", "a1"),
        (r"\p{IsArabic}+", "مرحبا", "abc"),
        (r"\P{N}+", "abc", "a1"),
        (r"[\p{Lu}\d]+", "A1É", "a"),
        (r"\bfoo\b", "foo", "foofoo"),
        (r"\w+\b \bx", "ab x", "abx"),
        (r"\x41B", "AB", "ab"),
        (r"[^\s,]+(,[^\s,]+)*", "a,b", "a, b"),
        (r"a{0}b", "b", "ab"),
        (r"a{,3}", "a{,3}", "aa"),
        (r"[]a]", "]", "b"),
        (r"(?<year>\d{4})", "2026", "26"),
    ],
)
def test_patterns_that_forms_use(pattern, fits, fits_not):
    found = Pattern(pattern)
    assert found.fits(fits)
    assert not found.fits(fits_not)


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        (r"(a)\1", "unsupported"),
        ("(?=a)", "unsupported"),
        ("(?<!a)b", "unsupported"),
        ("a++", "unsupported"),
        ("[a&&b]", "unsupported"),
        (r"\p{Klingon}", "unsupported"),
        ("(", "syntax"),
        (")", "syntax"),
        ("[a", "syntax"),
        ("*", "syntax"),
        ("a**", "syntax"),
        ("[b-a]", "syntax"),
        ("a\\", "syntax"),
        (r"\u12", "syntax"),
        ("a{3,2}", "too_large"),
        ("a{5000}", "too_large"),
        ("((a{99}){99}){99}", "too_large"),
        ("(" * 100 + ")" * 100, "too_large"),
        ("a" * 3000, "too_large"),
    ],
)
def test_patterns_that_cannot_be_used_say_why(pattern, code):
    with pytest.raises(PatternError) as error:
        Pattern(pattern)
    assert error.value.code == code


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", "(a|aa)+b", "(a*)*b", "([a-zA-Z]+)*b", "(a|a?)+b", "(.*a){20}b", "(a?){50}a{50}b"]
)
def test_patterns_that_make_others_hang_are_answered_at_once(pattern):
    found = Pattern(pattern)
    begin = time.process_time()
    assert not found.fits("a" * 10_000)
    assert time.process_time() - begin < 3


def test_very_long_texts_fit_nothing():
    assert not Pattern(".*").fits("a" * 10_001)
    assert Pattern(".*").fits("a" * 10_000)
