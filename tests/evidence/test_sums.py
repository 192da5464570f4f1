"""Sums add up: schools evaluated together give what their records together give."""

import json

import pyarrow.compute as pc
import pytest
from tests.evidence.against_r import ITEMS, PUPILS

from driegesprek import evidence
from driegesprek.evidence import EvidenceError
from driegesprek.evidence.disclosure.sums import Why, protect_sums, sizes_of
from driegesprek.evidence.plans import plan_of
from driegesprek.evidence.sums import Sums, make_sums, results

LEVELS = {"sex": ["boy", "girl"], "homework": ["no", "yes"], "talk": ["no", "yes"]}
PLAN = {
    "format": "driegesprek.plan",
    "version": 1,
    "title": "Test",
    "school": "school",
    "statistics": [
        {
            "kind": "scale",
            "name": "scale",
            "items": ITEMS,
            "reverse": ["q3"],
            "span": [1, 5],
            "pivots": {"q1": 4},
        },
        {
            "kind": "scale",
            "name": "pairs",
            "items": ITEMS,
            "reverse": ["q3"],
            "span": [1, 5],
            "missing": "pairwise",
        },
        {
            "kind": "regress",
            "name": "effect",
            "outcome": "post",
            "blocks": "pre;sex;homework+talk;homework:talk",
            "levels": LEVELS,
            "cluster": "school",
            "weights": "weight",
            "pivots": {"post": 0.5},
        },
        {"kind": "mixed", "name": "one", "outcome": "post", "fixed": "pre", "group": "school"},
        {"kind": "mixed", "name": "two", "outcome": "post", "fixed": "pre", "group": "school,class"},
        {
            "kind": "crosstab",
            "name": "table",
            "rows": "q1",
            "cols": "sex",
            "levels": {"q1": list("12345"), "sex": ["boy", "girl"]},
            "cluster": "school",
        },
        {"kind": "change", "name": "change", "pre": "pre", "post": "post", "cluster": "school"},
        {"kind": "weights", "name": "weights", "weights": "weight", "mean": ["post"], "cluster": "school"},
    ],
}


def arrow():
    import pyarrow.csv as arrow_csv  # noqa: PLC0415

    options = arrow_csv.ConvertOptions(null_values=["NA"], strings_can_be_null=True)
    return arrow_csv.read_csv(PUPILS, convert_options=options)


def plain(value):
    return {
        name: one.to_plain() if not isinstance(one, EvidenceError) else one.code
        for name, one in value.items()
    }


def same(one, other, path=""):
    """Equal to 1e-9, key by key."""
    if isinstance(one, dict):
        assert one.keys() == other.keys(), path
        for key in one:
            same(one[key], other[key], f"{path}.{key}")
    elif isinstance(one, list):
        assert len(one) == len(other), path
        for place, (a, b) in enumerate(zip(one, other, strict=True)):
            same(a, b, f"{path}[{place}]")
    elif isinstance(one, float):
        assert one == pytest.approx(other, rel=1e-9, abs=1e-12), path
    else:
        assert one == other, path


@pytest.fixture(scope="module")
def pooled():
    return plain(results(make_sums(evidence.table(arrow()), plan_of(PLAN))))


def test_schools_together_are_their_records_together(pooled):
    total, rows = None, arrow()
    for school in sorted(set(rows["school"].to_pylist()), reverse=True):
        part = evidence.table(rows.filter(pc.equal(rows["school"], school)))
        sent = make_sums(part, plan_of(PLAN)).to_json()
        one = Sums.from_json(sent)
        total = one if total is None else total + one
    same(plain(results(total)), pooled)


def test_a_plan_gives_what_the_statistics_themselves_give(pooled):
    data = evidence.table(arrow())
    alone = evidence.regress(
        data, outcome="post", blocks="pre;sex;homework+talk;homework:talk", cluster="school", weights="weight"
    )
    same(pooled["effect"]["coefficients"], alone.to_plain()["coefficients"])
    same(
        pooled["pairs"]["alpha"], evidence.scale(data, items=ITEMS, reverse=["q3"], missing="pairwise").alpha
    )
    assert pooled["one"]["reml"] == pytest.approx(
        evidence.mixed(data, outcome="post", fixed="pre", group="school").reml
    )


def test_the_grid_gives_the_model_of_classes_within_schools(pooled):
    exact = evidence.mixed(
        evidence.table(arrow()), outcome="post", fixed="pre", group="school,class"
    ).to_plain()
    for one, other in zip(pooled["two"]["fixed"], exact["fixed"], strict=True):
        for key in ("b", "se", "df", "p"):
            assert one[key] == pytest.approx(other[key], rel=1e-5)
    assert pooled["two"]["groups"] == pytest.approx(exact["groups"], rel=1e-5)
    assert pooled["two"]["reml"] == pytest.approx(exact["reml"], rel=1e-9)


def test_order_of_rows_and_files_does_not_matter(pooled):
    rows = arrow()
    turned = rows.take(list(reversed(range(rows.num_rows))))
    one, other = (
        make_sums(evidence.table(turned.slice(*part)), plan_of(PLAN)) for part in ((0, 200), (200,))
    )
    with pytest.raises(EvidenceError) as error:
        one + other  # a school in two files cannot be told from totals
    assert error.value.code == "same_school"
    less = plan_of(PLAN | {"statistics": [s for s in PLAN["statistics"] if s["name"] != "two"]})
    one, other = (make_sums(evidence.table(turned.slice(*part)), less) for part in ((0, 200), (200,)))
    for both in (one + other, other + one):
        same(plain(results(both)), {name: value for name, value in pooled.items() if name != "two"})


def test_what_would_tell_of_a_few_stays_in_the_school():
    rows = arrow()
    school = evidence.table(rows.filter(pc.equal(rows["school"], "s01")))
    out = protect_sums(make_sums(school, plan_of(PLAN)))
    assert out.released
    assert "table" in out.withheld  # cells of fewer than ten
    assert out.parts.keys() | out.withheld.keys() == {one["name"] for one in PLAN["statistics"]}
    for name in ("one", "two"):
        assert name in out.parts or "another statistic" in out.withheld[name]


def test_sums_per_class_stay_in_the_school():
    statistic = {"kind": "regress", "name": "r", "outcome": "post", "blocks": "pre", "cluster": "class"}
    plan = plan_of(PLAN | {"statistics": [statistic]})
    out = protect_sums(make_sums(evidence.table(arrow()), plan))
    assert out.withheld == {"r": "sums per class stay in the school"}


def test_a_level_that_is_not_in_the_plan_is_refused():
    levels = LEVELS | {"sex": ["boy"]}
    statistic = {
        "kind": "regress",
        "name": "r",
        "outcome": "post",
        "blocks": "sex",
        "levels": {"sex": levels["sex"]},
    }
    with pytest.raises(EvidenceError, match="'girl', which is not in the plan"):
        make_sums(evidence.table(arrow()), plan_of(PLAN | {"statistics": [statistic]}))


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "other"},
        {"version": 2},
        {"statistics": []},
        {"statistics": [{"kind": "magic"}]},
        {"statistics": [{"kind": "scale", "items": ["q1"]}]},
        {"statistics": [{"kind": "regress", "blocks": "pre"}]},
        {"statistics": [{"kind": "crosstab", "rows": "q1", "cols": "sex"}]},
        {"statistics": [{"kind": "mixed", "outcome": "y", "group": "a,b,c"}]},
        {"statistics": [{"kind": "scale", "items": ["q1", "q2"], "pivots": {"q9": 1}}]},
        {"statistics": [7]},
        {"statistics": [{"kind": "scale", "items": ["q1", "q2"], "missing": "somehow"}]},
        {"statistics": [{"kind": "change", "pre": "a", "post": "b", "least": "much"}]},
    ],
)
def test_a_plan_that_is_not_understood_is_a_named_error(changes):
    with pytest.raises(EvidenceError):
        plan_of(PLAN | changes)


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({"format": "driegesprek.sums", "version": 1})])
def test_sums_that_are_not_understood_are_a_named_error(text):
    with pytest.raises(EvidenceError) as error:
        Sums.from_json(text)
    assert error.value.code == "bad_sums"


def test_between_the_points_of_the_grid_the_totals_are_right():
    import numpy as np  # noqa: PLC0415

    from driegesprek.evidence.grid import Grid, GridSums, school_totals  # noqa: PLC0415
    from driegesprek.evidence.nested import Nested  # noqa: PLC0415
    from driegesprek.evidence.reml import TwoLevels  # noqa: PLC0415

    rng = np.random.default_rng(1)
    n = np.concatenate([np.arange(1, 61), [1, 1, 60]]).astype(float)
    keys = tuple((f"s{place % 5}", str(place)) for place in range(len(n)))
    sums = np.column_stack([n, rng.normal(size=(len(n), 3)) * n[:, None]])
    half = rng.normal(size=(4, 4))
    nested = Nested(("1", "a", "b", "y"), np.zeros(4), keys, n, sums, half @ half.T + 60 * sums.T @ sums)
    exact, grid = TwoLevels(nested), GridSums(school_totals(nested, Grid()), range(4))
    for tau in (0.0, 1e-4, 0.01, 0.11, 0.5, 3.0, 40.0):
        a, b = exact.whitened([tau, 0.2]), grid.whitened([tau, 0.2])
        assert np.abs(a[0] - b[0]).max() < 1e-9 * np.abs(a[0]).max()
        assert abs(a[1] - b[1]) < 1e-8 * max(abs(a[1]), 1)


def test_the_variables_of_a_plan_are_named_in_its_order():
    found = {one.name: one.variables for one in plan_of(PLAN).statistics}
    assert found["effect"] == ("post", "pre", "sex", "homework", "talk", "school", "weight")
    assert found["two"] == ("post", "pre", "school", "class")
    assert found["table"] == ("q1", "sex", "school")
    assert found["weights"] == ("post", "school", "weight")
    assert set(found["scale"]) == set(ITEMS)


@pytest.mark.parametrize(("more", "kept"), [(0, True), (1, False), (9, False), (10, True), (-9, False)])
def test_what_differs_by_a_few_from_what_went_out_earlier_is_withheld(more, kept):
    statistic = {"kind": "change", "name": "c", "pre": "pre", "post": "post"}
    made = make_sums(evidence.table(arrow()), plan_of(PLAN | {"statistics": [statistic]}))
    n = sizes_of(made.plan.statistics[0], made.parts["c"])[0]
    out = protect_sums(made, earlier={"c": [n + more], "other": [n + 1]})
    assert ("c" in out.parts) is kept
    assert kept or Why.of(out.withheld["c"]) is Why.EARLIER


def test_every_reason_is_known_by_its_words():
    for one in Why:
        assert Why.of(one.format(minimum=10, cluster="class of 2026")) is one
    assert Why.of("something else") is None
