"""Sums per cell, made where the rows are, are the sums of a stream of rows."""

import numpy as np
import pyarrow as pa
import pytest

from driegesprek import evidence
from driegesprek.evidence import grouped as made
from driegesprek.evidence.moments import Collector
from driegesprek.evidence.problems import EvidenceError
from driegesprek.evidence.regression import plan_regression

TERMS = "pre;sex+track;q1;sex:track;pre:sex;pre:q1"


@pytest.fixture(scope="module")
def data():
    rng = np.random.default_rng(3)
    n = 700
    pre = rng.normal(3, 1, n)
    held = {
        "y": np.where(rng.random(n) < 0.05, np.nan, pre + rng.normal(size=n)),
        "pre": np.where(rng.random(n) < 0.05, np.nan, pre),
        "q1": pa.array([int(q) if q else None for q in rng.integers(0, 6, n)], pa.int8()),
        "sex": [str(one) if one else None for one in rng.choice(["boy", "girl", ""], n, p=[0.45, 0.45, 0.1])],
        "track": rng.choice(["bb", "kb", "tl"], n),
        "school": pa.array([float(s) if s < 11 else np.nan for s in rng.integers(0, 12, n)]),
        "w": np.where(rng.random(n) < 0.1, 0.0, rng.uniform(0.5, 2, n)),
    }
    return evidence.table(pa.table(held))


@pytest.mark.parametrize("weights", [None, "w"])
@pytest.mark.parametrize("groups", [[], ["school"], ["school", "track"]])
def test_cells_give_the_moments_of_a_stream(data, weights, groups, monkeypatch):
    monkeypatch.setattr(made, "CHUNK", 7)
    monkeypatch.setattr(made, "MOST_PRODUCTS", 1000)
    design = plan_regression(data, "y", TERMS).design
    cells = made.grouped(data, design, "y", weights=weights, groups=groups)
    collector = Collector(design, "y", weighted=weights is not None)
    made.streamed(data, collector, weights, groups)
    stream = collector.done()
    assert set(cells.keys) == set(stream.keys)
    assert cells.names == stream.names
    at = [stream.keys.index(key) for key in cells.keys]
    np.testing.assert_array_equal(cells.n, stream.n[at])
    np.testing.assert_allclose(cells.cross, stream.cross[:, at], rtol=1e-12, atol=1e-9)


def test_a_large_file_is_not_streamed_and_gives_the_same(data, monkeypatch):
    small = evidence.regress(data, outcome="y", blocks="pre;sex", cluster="track")
    monkeypatch.setattr(made, "FEW_ROWS", 0)
    monkeypatch.setattr(made, "streamed", None)
    large = evidence.regress(data, outcome="y", blocks="pre;sex", cluster="track")
    assert large.n_missing == small.n_missing
    for one, other in zip(large.coefficients, small.coefficients, strict=True):
        assert (one.b, one.se_cr2, one.df_cr2) == pytest.approx(
            (other.b, other.se_cr2, other.df_cr2), rel=1e-9
        )


def test_too_many_numbers_or_cells_are_streamed(data, monkeypatch):
    design = plan_regression(data, "y", "pre").design
    monkeypatch.setattr(made, "MOST_CELLS", 5)
    assert made.grouped(data, design, "y", groups=["school"]) is None
    monkeypatch.setattr(made, "MOST_PRODUCTS", 2)
    assert made.grouped(data, design, "y") is None


def test_a_level_outside_the_plan_is_refused(data):
    design = plan_regression(data, "y", "sex").design
    short = type(design)(design.terms, {"sex": ("boy",)}, design.pivots)
    with pytest.raises(EvidenceError, match="not in the plan"):
        made.grouped(data, short, "y")


def test_nobody_is_an_empty_sum():
    nobody = evidence.table(pa.table({"y": pa.array([None, None], pa.float64()), "sex": ["boy", "girl"]}))
    design = plan_regression(nobody, "y", "sex").design
    assert made.grouped(nobody, design, "y").keys == ()
    assert made.grouped(nobody, design, "y", groups=["sex"]).respondents == 0


def test_random_intercepts_of_a_large_file_are_those_of_a_stream(data, monkeypatch):
    small = evidence.mixed(data, outcome="y", fixed="pre+sex", group="school,track")
    monkeypatch.setattr(made, "FEW_ROWS", 0)
    monkeypatch.setattr(made, "NestedCollector", None)
    large = evidence.mixed(data, outcome="y", fixed="pre+sex", group="school,track")
    assert large.groups == pytest.approx(small.groups, rel=1e-7)
    for one, other in zip(large.fixed, small.fixed, strict=True):
        assert (one.b, one.se, one.se_cr2, one.df_cr2) == pytest.approx(
            (other.b, other.se, other.se_cr2, other.df_cr2), rel=1e-7
        )
