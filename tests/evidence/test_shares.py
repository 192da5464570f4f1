import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from tests.evidence.makers import table

from driegesprek.evidence import Counts, percentages, wilson
from driegesprek.tables.codebook import Kind, Missing


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3 (score, no continuity correction).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_interval_equals_the_published_one_to_the_printed_digits(count, n, low, high):
    assert [round(end, 4) for end in wilson(count, n)] == [low, high]


@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_interval_equals_scipys_and_contains_the_share(case):
    count, n = case
    expected = binomtest(count, n).proportion_ci(method="wilson")
    low, high = wilson(count, n)
    assert (low, high) == pytest.approx((expected.low, expected.high), rel=1e-9, abs=1e-12)
    assert 0 <= low <= count / n <= high <= 1


@pytest.mark.parametrize(("count", "n"), [(0, 0), (3, 2), (-1, 5)])
def test_no_interval_for_impossible_numbers(count, n):
    with pytest.raises(ValueError, match="the count must lie between 0 and n"):
        wilson(count, n)


def test_percentages_are_of_valid_answers_with_n_and_missing_by_reason():
    counts = table({"2A": [30, 10]}, missing={"2A": {"skipped": 5, "not_asked": 55}})
    (row,) = percentages(counts)
    assert (row.question, row.by, row.group, row.n) == ("q", ("class",), ("2A",), 40)
    assert [(s.code, s.count, s.percent) for s in row.shares] == [("a0", 30, 75.0), ("a1", 10, 25.0)]
    assert row.missing == ((Missing.NOT_ASKED, 55), (Missing.SKIPPED, 5))
    assert (row.shares[0].low, row.shares[0].high) == pytest.approx([100 * end for end in wilson(30, 40)])


def test_percentages_of_several_answers_are_of_respondents_who_answered():
    counts = table({"2A": [30, 20, 0]}, n={"2A": 40}, kind=Kind.MULTIPLE)
    assert [s.percent for s in percentages(counts)[0].shares] == [75.0, 50.0, 0.0]


def test_percentages_add_up_to_a_hundred_unrounded():
    (row,) = percentages(table({"2A": [1, 1, 1]}))
    assert sum(s.percent for s in row.shares) == pytest.approx(100, abs=1e-12)
    assert row.shares[0].percent == pytest.approx(100 / 3, abs=1e-12)


def test_where_nobody_answered_there_is_no_percentage():
    (row,) = percentages(table({"2A": [0, 0]}, missing={"2A": {"skipped": 3}}))
    assert (row.n, [(s.percent, s.low) for s in row.shares]) == (0, [(None, None), (None, None)])
    assert percentages(Counts((), table({"2A": [1]}).questions))[0].n == 0
