"""What must not matter does not: units, order, how rows are divided over files."""

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driegesprek import evidence
from driegesprek.evidence import regression as r

FINITE = st.floats(-50, 50, allow_nan=False).map(lambda value: round(value, 3))


def rows(seed, n):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    return pa.table(
        {
            "x": x,
            "y": x + rng.normal(size=n),
            "sex": rng.choice(["f", "m"], n).tolist(),
            "school": [f"s{place % 5}" for place in range(n)],
            "w": rng.uniform(0.5, 2, n),
            **{f"q{place}": np.clip(np.rint(x + rng.normal(size=n) + 3), 1, 5) for place in range(4)},
        }
    )


def fit(table):
    data = evidence.table(table)
    return evidence.regress(data, outcome="y", blocks="x+sex", cluster="school", weights="w")


@given(st.integers(0, 99), FINITE, st.floats(0.01, 100))
@settings(max_examples=4)
def test_unit_and_origin_of_a_predictor_change_only_its_coefficient(seed, shift, scale):
    held = rows(seed, 60)
    moved = held.set_column(0, "x", pa.array(np.asarray(held["x"]) * scale + shift))
    one, other = fit(held), fit(moved)
    a, b = one.coefficients[1], other.coefficients[1]
    assert a.b == pytest.approx(b.b * scale, rel=1e-7)
    assert (a.se_cr2, a.df_cr2, a.p) == pytest.approx((b.se_cr2 * scale, b.df_cr2, b.p), rel=1e-6)
    assert one.blocks[0].r2 == pytest.approx(other.blocks[0].r2, rel=1e-8)


@given(st.integers(0, 99), st.lists(st.integers(1, 59), max_size=4, unique=True))
@settings(max_examples=4)
def test_sums_of_any_parts_are_those_of_the_whole(seed, cuts):
    held = rows(seed, 60)
    data = evidence.table(held)
    plan = r.plan_regression(data, "y", "x+sex", cluster="school", weights="w")
    ends = [0, *sorted(cuts), 60]
    parts = [r.collect_regression(evidence.table(held.slice(a, b - a)), plan) for a, b in pairwise(ends)]
    total = parts[-1]
    for part in parts[-2::-1]:
        total = total + part
    one, other = r.regression(plan, total), r.regression(plan, r.collect_regression(data, plan))
    for a, b in zip(one.coefficients, other.coefficients, strict=True):
        assert (a.b, a.se, a.se_cr2, a.df_cr2) == pytest.approx((b.b, b.se, b.se_cr2, b.df_cr2), rel=1e-9)


@given(st.integers(0, 99), FINITE, st.floats(0.1, 10))
@settings(max_examples=4)
def test_alpha_does_not_depend_on_unit_or_order(seed, shift, scale):
    held = rows(seed, 50)
    items = [f"q{place}" for place in range(4)]
    moved = pa.table({name: np.asarray(held[name]) * scale + shift for name in items})
    one = evidence.scale(evidence.table(held), items=items)
    other = evidence.scale(evidence.table(moved), items=items[::-1])
    assert (one.alpha, one.omega) == pytest.approx((other.alpha, other.omega), rel=1e-7)
    assert one.item_rest == pytest.approx(dict(other.item_rest), rel=1e-7)
