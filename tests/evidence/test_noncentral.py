"""The noncentral t where SciPy's series gives NaN too: R's values, SciPy's where they are numbers, and what must hold."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from driegesprek.evidence import change, table
from driegesprek.evidence.noncentral import cdf, interval

# t, df, and the interval that expected/noncentral.R prints.
FROM_R = (
    (0, 1, -1.95996398454, 1.95996398454),
    (2, 1, -1.12561210651, 5.011928178),
    (12, 1, -0.0450150650313, 26.9900629335),
    (3.5, 4, 0.38112844231, 6.47466753805),
    (-8, 9, -12.0817429213, -3.82896168655),
    (20, 30, 14.5716446254, 25.3762417146),
    (30, 200, 26.4555526414, 33.5187988715),
    (1, 1e4, -0.960037980306, 2.9599879833),
    (25, 1e6, 23.039723545, 26.960263955),
)
DF = st.integers(1, 10**6)
EFFECT = st.floats(-1e4, 1e4).filter(lambda d: d == 0 or abs(d) > 1e-9)


@pytest.mark.parametrize(("t", "df", "low", "high"), FROM_R)
def test_the_interval_is_that_of_r(t, df, low, high):
    assert interval(t, df) == pytest.approx((low, high), rel=1e-6, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(df=DF, effect=EFFECT)
def test_an_interval_is_there_whatever_the_sample(df, effect):
    t = effect * math.sqrt(df + 1)
    low, high = interval(t, df)
    assert low < high
    assert cdf(t, df, low) == pytest.approx(0.975, abs=1e-6)
    assert cdf(t, df, high) == pytest.approx(0.025, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(df=st.integers(1, 3000), t=st.floats(-30, 30), shift=st.floats(-30, 30))
def test_it_agrees_with_scipy_where_that_is_a_number(df, t, shift):
    with np.errstate(all="ignore"):
        known = float(stats.nct.cdf(t, df, shift))
    found = cdf(t, df, shift)
    assert 0 <= found <= 1 + 1e-12
    if math.isfinite(known):
        assert found == pytest.approx(known, abs=1e-8)


@settings(max_examples=40, deadline=None)
@given(df=DF, t=st.floats(-200, 200), shift=st.floats(-200, 200), more=st.floats(0, 5))
def test_it_falls_with_the_noncentrality_and_rises_with_t(df, t, shift, more):
    assert cdf(t, df, shift + more) <= cdf(t, df, shift) + 1e-9
    assert cdf(t + more, df, shift) >= cdf(t, df, shift) - 1e-9


@pytest.mark.parametrize("wrong", [(math.nan, 4, 0), (math.inf, 4, 0), (1, 0, 0), (1, 4, math.inf)])
def test_what_is_no_number_is_refused(wrong):
    with pytest.raises(ValueError, match="finite"):
        cdf(*wrong)


def nearly_the_same(step):
    import pyarrow as pa  # noqa: PLC0415 - heavy

    before = np.arange(400.0) % 5
    after = before + step + 1e-5 * (np.arange(400) % 3)
    return change(table(pa.table({"a": before, "b": after})), pre="a", post="b").effect_dz


@pytest.mark.parametrize("step", [1e-3, 1.0])
def test_a_change_that_is_nearly_the_same_for_all_has_an_interval(step):
    found = nearly_the_same(step)
    assert found.ci[0] < found.d < found.ci[1]


def test_a_change_of_which_no_digit_of_the_spread_is_left_has_none():
    found = nearly_the_same(1e6)
    assert (found.d, found.ci, found.note) == (None, None, "cannot be estimated")
