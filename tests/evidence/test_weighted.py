"""Weighted scales and changes: against R, against rows written out, and as sums."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

from driegesprek import evidence
from driegesprek.evidence.disclosure.sums import protect_sums
from driegesprek.evidence.plans import plan_of
from driegesprek.evidence.sums import Sums, make_sums, results

HERE = Path(__file__).parent / "expected"
R = json.loads((HERE / "weighted.json").read_text())
ITEMS = ["q1", "q2", "q3", "q4", "q5", "q6"]


@pytest.fixture(scope="module")
def pupils():
    return evidence.load(HERE / "pupils.csv")


def close(wanted):
    return pytest.approx(wanted, rel=1e-9)


def test_a_weighted_scale_is_that_of_r(pupils):
    found = evidence.scale(pupils, items=ITEMS, reverse=["q3"], span=(1, 5), weights="weight")
    wanted = R["scale"]
    for name in ("n", "alpha", "mean", "sd"):
        assert getattr(found, name) == close(wanted[name])
    assert found.alpha_ci == close(wanted["alpha_ci"])
    assert list(found.item_rest.values()) == close(wanted["item_rest"])
    assert found.omega == pytest.approx(wanted["omega"], rel=1e-6)


@pytest.mark.parametrize(("cluster", "own"), [(None, "alone"), ("school", "schools")])
def test_a_weighted_change_is_that_of_r(pupils, cluster, own):
    found = evidence.change(pupils, pre="pre", post="post", weights="weight", cluster=cluster)
    wanted = R[own]
    moved, up, pre, post = wanted["mean"]
    assert (found.n, found.difference.df) == (wanted["n"], wanted["df"])
    assert (found.difference.mean, found.improved.percent / 100) == close((moved, up))
    assert (found.pre.mean, found.post.mean) == close((pre, post))
    assert (found.difference.sd, found.pre.sd, found.post.sd) == close(tuple(wanted["sd"]))
    assert found.difference.se == close(wanted["se"][0])
    assert found.difference.ci == close(wanted["ci"])
    assert found.improved.ci == close(wanted["improved"])


def test_effect_sizes_leave_out_each_cluster_in_turn_as_r(pupils):
    found = evidence.change(pupils, pre="pre", post="post", weights="weight", cluster="school")
    reach = float(stats.t.ppf(0.975, 11))
    for one, d, se in zip((found.effect_dz, found.effect_dav), *R["effects"].values(), strict=True):
        assert one.d == close(d)
        assert one.ci == pytest.approx((d - reach * se, d + reach * se), rel=1e-7)


def test_without_clusters_a_weighted_effect_size_has_no_interval_and_says_so(pupils):
    found = evidence.change(pupils, pre="pre", post="post", weights="weight")
    assert found.effect_dav.ci is None
    assert "clusters" in found.effect_dav.note


def people(n=120, seed=3, weights=None):
    rng = np.random.default_rng(seed)
    items = np.clip(np.rint(rng.normal(3, 1, (4, n)) + rng.normal(0, 1, n)), 1, 5)
    columns = {f"q{place}": held for place, held in enumerate(items, 1)}
    columns |= {"pre": rng.normal(0, 1, n), "post": rng.normal(0.3, 1, n)}
    columns["post"][::5] = np.nan
    columns["q1"][::7] = np.nan
    columns["w"] = np.ones(n) if weights is None else weights
    return columns


def of(columns):
    return evidence.table(
        pa.table({name: pa.array(held, from_pandas=True) for name, held in columns.items()})
    )


def test_weights_of_one_change_nothing_but_the_interval_of_alpha_and_effects():
    data = of(people())
    items = ["q1", "q2", "q3", "q4"]
    for missing in ("listwise", "pairwise"):
        plain, heavy = (
            evidence.scale(data, items=items, missing=missing, weights=w).to_plain() for w in (None, "w")
        )
        for name in ("n", "alpha", "omega", "item_rest", "alpha_if_dropped", "mean", "sd", "item_means"):
            assert heavy[name] == pytest.approx(plain[name], rel=1e-9), (missing, name)
    plain, heavy = (evidence.change(data, pre="pre", post="post", weights=w) for w in (None, "w"))
    assert heavy.difference.ci == close(plain.difference.ci)
    assert heavy.dropout.p == close(plain.dropout.p)
    assert (heavy.pre.sd, heavy.dropout.percent) == close((plain.pre.sd, plain.dropout.percent))


def test_a_weight_is_as_many_rows():
    times = np.random.default_rng(5).integers(1, 4, 120)
    columns = people(weights=times.astype(float))
    many = {name: np.repeat(held, times) for name, held in columns.items()}
    heavy, plain = (
        evidence.scale(of(held), items=["q1", "q2", "q3"], weights=w)
        for held, w in ((columns, "w"), (many, None))
    )
    assert (heavy.alpha, heavy.omega, heavy.mean) == close((plain.alpha, plain.omega, plain.mean))
    heavy, plain = (
        evidence.change(of(held), pre="pre", post="post", weights=w)
        for held, w in ((columns, "w"), (many, None))
    )
    assert heavy.difference.mean == close(plain.difference.mean)
    assert heavy.improved.percent == close(plain.improved.percent)
    assert heavy.dropout.difference == close(plain.dropout.difference)


def test_who_has_no_weight_or_none_above_zero_does_not_count():
    weights = np.where(np.arange(120) % 4 == 0, 0.0, 2.0)
    weights[1::4] = np.nan
    some = {name: held[weights > 0] for name, held in people(weights=weights).items()}
    whole = evidence.scale(of(people(weights=weights)), items=["q1", "q2", "q3"], weights="w")
    own = evidence.scale(of(some), items=["q1", "q2", "q3"], weights="w")
    assert whole.n == own.n < 60
    assert (whole.alpha, *whole.alpha_ci, whole.omega) == close((own.alpha, *own.alpha_ci, own.omega))
    with pytest.raises(evidence.EvidenceError) as raised:
        evidence.scale(of(people(weights=np.zeros(120))), items=["q1", "q2"], weights="w")
    assert raised.value.code == "no_data"


PLAN = plan_of(
    {
        "format": "driegesprek.plan",
        "version": 1,
        "school": "school",
        "statistics": [
            {"kind": "scale", "name": "s", "items": ["q1", "q2", "q3"], "weights": "w"},
            {"kind": "change", "name": "c", "pre": "pre", "post": "post", "weights": "w"},
        ],
    }
)


def test_weighted_sums_of_schools_add_up_to_the_records_and_products_of_four_answers_stay():
    weights = np.random.default_rng(8).uniform(0.5, 2, 120)
    columns = people(weights=weights)
    halves = [{name: held[place::2] for name, held in columns.items()} for place in (0, 1)]
    each = [make_sums(of(half), PLAN, school=name) for half, name in zip(halves, "AB", strict=True)]
    read = [Sums.from_json(one.to_json()) for one in each]
    found, pooled = results(read[0] + read[1]), of(columns)
    scale = evidence.scale(pooled, items=["q1", "q2", "q3"], weights="w")
    assert found["s"].alpha_ci == close(scale.alpha_ci)
    assert found["s"].omega == close(scale.omega)
    change = evidence.change(pooled, pre="pre", post="post", weights="w")
    assert found["c"].difference.ci == close(change.difference.ci)
    gone = protect_sums(read[0])
    assert gone.parts["s"].spread is None
    left = results(replace(gone, parts={"s": gone.parts["s"]}))["s"]
    assert left.alpha_ci is None
    assert left.notes


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "crosstab", "rows": "a", "cols": "b", "levels": {"a": ["1"], "b": ["1"]}, "cluster": "b"},
        {"kind": "mixed", "outcome": "y", "group": "school,school"},
    ],
)
def test_a_plan_in_which_one_variable_has_two_places_is_refused(wrong):
    with pytest.raises(evidence.EvidenceError) as raised:
        plan_of({"format": "driegesprek.plan", "version": 1, "statistics": [wrong]})
    assert raised.value.code == "bad_plan"
