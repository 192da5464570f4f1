"""Tails and quantiles of one number are those of scipy.stats."""

import math

import pytest
from scipy import stats

from driegesprek.evidence.distributions import f_above, t_quantile, t_two_sided


@pytest.mark.parametrize("df", [0.3, 1, 2.5, 11, 1e5, math.inf])
def test_tails_and_quantiles_of_t_are_those_of_scipy(df):
    for t in (0.0, 0.1, -2.2, 9.0, 50.0):
        assert t_two_sided(t, df) == pytest.approx(2 * stats.t.sf(abs(t), df), rel=1e-14)
    assert t_quantile(0.975, df) == pytest.approx(stats.t.ppf(0.975, df), rel=1e-14)


@pytest.mark.parametrize(("df1", "df2"), [(1, 5), (3, 11.5), (2, 1e6)])
def test_the_tail_of_f_is_that_of_scipy(df1, df2):
    for f in (-1e-17, 0.0, 0.5, 3.0, 400.0, math.inf):
        assert f_above(f, df1, df2) == pytest.approx(stats.f.sf(f, df1, df2), rel=1e-14)


def test_what_has_no_degrees_of_freedom_is_no_number():
    for found in (t_two_sided(3, math.nan), t_quantile(0.9, 0), f_above(3, 1, 0), f_above(math.nan, 1, 5)):
        assert math.isnan(found)
