"""Mean, spread and mean change of lists of numbers, against the workshop's own paired t."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from driegesprek import evidence
from driegesprek.evidence.spreads import moved, spread

PAIRS = [(2.0, 3.5), (3.0, 3.0), (4.5, 4.0), (1.5, 3.0), (3.5, 4.5), (2.5, 2.0), (4.0, 4.5)]


def test_a_mean_change_is_that_of_the_paired_t():
    before, after = zip(*PAIRS, strict=True)
    found = evidence.change(evidence.table(pa.table({"a": before, "b": after})), pre="a", post="b")
    ours = moved(PAIRS)
    assert (ours.n, ours.before.n) == (found.n, found.pre.n)
    assert ours.change == pytest.approx(found.difference.mean)
    assert ours.sd == pytest.approx(found.difference.sd)
    assert ours.ci == pytest.approx(found.difference.ci)
    assert ours.before.sd == pytest.approx(found.pre.sd)
    assert ours.after.mean == pytest.approx(found.post.mean)


def test_there_is_no_mean_of_none_no_sd_of_one_and_no_interval_without_variation():
    assert (spread([]).mean, spread([3.0]).sd) == (None, None)
    assert moved([(1.0, 2.0)]).ci is None
    assert moved([(1.0, 2.0), (2.0, 3.0)]).ci is None


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2))
def test_the_change_is_the_difference_of_both_means_and_lies_in_its_interval(pairs):
    found = moved([(float(a), float(b)) for a, b in pairs])
    assert found.change == pytest.approx(found.after.mean - found.before.mean)
    assert found.ci is None or found.ci[0] <= found.change <= found.ci[1]
