"""Counts in memory are those of the query, and refuse what it refuses."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driegesprek import evidence
from driegesprek.evidence.counts import CountsError
from driegesprek.evidence.held_counts import held_count
from driegesprek.tables.codebook import Codebook, Kind, Value, Variable

CODES = ("1", "2", "3")
BOOK = Codebook(
    "",
    "",
    (
        Variable("q", {}, Kind.SINGLE, tuple(Value(one) for one in CODES)),
        Variable("n", {}, Kind.INTEGER, tuple(Value(one) for one in CODES)),
        Variable("g", {}, Kind.GROUP, (Value("a"), Value("b"))),
        Variable("m", {}, Kind.MULTIPLE, (Value("x"), Value("y"))),
    ),
)
ROW = st.tuples(
    st.sampled_from([*CODES, None]),
    st.sampled_from([1.0, 2.0, None]),
    st.sampled_from(["a", "b", None]),
    st.sampled_from(["skipped", "not_asked", None]),
    st.sampled_from([(True, False), (True, True), (False, False), (None, None)]),
)


def table(rows):
    return pa.table(
        {
            "q": pa.array([row[0] for row in rows], pa.string()),
            "q__missing": pa.array([row[3] if row[0] is None else None for row in rows], pa.string()),
            "n": pa.array([row[1] for row in rows], pa.float64()),
            "g": pa.array([row[2] for row in rows], pa.string()),
            "m__x": pa.array([row[4][0] for row in rows], pa.bool_()),
            "m__y": pa.array([row[4][1] for row in rows], pa.bool_()),
            "m__missing": pa.array([row[3] if row[4][0] is None else None for row in rows], pa.string()),
        }
    )


@settings(max_examples=8)
@given(st.lists(ROW, max_size=30))
def test_counts_in_memory_are_those_of_a_query(rows):
    asked = {"questions": ["q", "n", "m"], "by": ["g"]}
    assert held_count(table(rows), BOOK, **asked) == evidence.count(table(rows), BOOK, **asked)


@pytest.mark.parametrize(
    ("columns", "questions", "says"),
    [
        ({"q": ["9"]}, ["q"], "'9', which is not in the codebook"),
        ({"q": ["1"], "q__missing": ["skipped"]}, ["q"], "both an answer and a reason"),
        ({"q": [None], "q__missing": ["because"]}, ["q"], "has the reason 'because'"),
        ({"m__x": [True], "m__y": [None]}, ["m"], "an answer for some options and null for others"),
        ({"m__x": [True], "m__y": [True], "m__missing": ["skipped"]}, ["m"], "both an answer and a reason"),
        ({"m__x": ["yes"], "m__y": ["no"]}, ["m"], "true or false"),
        ({"q": ["1"]}, ["m"], "no column 'm__x'"),
        ({"n": ["1"]}, ["q"], "no column 'q'"),
    ],
)
def test_what_contradicts_the_codebook_is_refused(columns, questions, says):
    with pytest.raises(CountsError, match=says):
        held_count(pa.table(columns), BOOK, questions=questions)


def test_a_group_that_the_codebook_does_not_know_is_refused():
    with pytest.raises(CountsError, match="'c', which is not in the codebook"):
        held_count(pa.table({"q": ["1"], "g": ["c"]}), BOOK, questions=["q"], by=["g"])
