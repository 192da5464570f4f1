"""The published values beside the project, and R's on the same files."""

import csv

import pyarrow as pa
import pytest

from driegesprek import evidence
from driegesprek.evidence import Margin

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def folder(shared):
    return shared / "data" / "statistics"


def published(folder, name):
    """The values of one analysis: parts with / between, numbers with spaces between."""
    rows = {
        row["id"]: row
        for row in csv.DictReader((folder / "published_values.csv").read_text(encoding="utf-8").splitlines())
    }
    parts = rows[name]["value"].replace("[", "").replace("]", "").split("/")
    return [[float(one) for one in part.split()] for part in parts]


def test_alpha_of_the_big_five(folder):
    data = evidence.load(folder / "bfi.csv")
    scales = {"A": "1", "C": "45", "E": "12", "N": "", "O": "25"}
    for (letter, turned), value in zip(scales.items(), published(folder, "bfi-alpha")[0], strict=True):
        items = [f"{letter}{place}" for place in range(1, 6)]
        found = evidence.scale(
            data, items=items, reverse=[letter + place for place in turned], missing="pairwise"
        )
        assert found.alpha == pytest.approx(value, abs=0.005)


def test_alpha_and_its_interval_of_pingouin(folder):
    long = list(csv.DictReader((folder / "cronbach_alpha.csv").read_text(encoding="utf-8").splitlines()))
    items = sorted({row["Items"] for row in long})
    wide = {item: [float(row["Scores"]) for row in long if row["Items"] == item] for item in items}
    found = evidence.scale(evidence.table(pa.table(wide)), items=items)
    assert [found.alpha, *found.alpha_ci] == pytest.approx(published(folder, "pg-alpha")[0], abs=5e-4)


def test_alpha_of_holzinger_and_swineford(folder):
    data = evidence.load(folder / "holzinger_swineford39_data.csv")
    found = evidence.scale(data, items=[f"x{place}" for place in range(1, 10)])
    assert found.alpha == pytest.approx(published(folder, "hs39-alpha")[0][0], abs=1e-3)


def test_analysis_of_covariance(folder):
    """pg-ancova-1: F of Method and Income, and their partial eta squared."""
    found = evidence.regress(evidence.load(folder / "ancova.csv"), outcome="Scores", blocks="Income;Method")
    tests = {one.term: one for one in found.type3}
    assert [tests[name].f for name in ("Method", "Income")] == pytest.approx([3.3365, 29.4194], abs=1e-4)
    assert [tests[name].partial_eta2 for name in ("Method", "Income")] == pytest.approx(
        [0.2441, 0.4869], abs=1e-4
    )


def test_high_school_and_beyond(folder):
    """hsb-null: intercept with its error, variance of schools, residual variance."""
    found = evidence.mixed(evidence.load(folder / "Hsb82.csv"), outcome="mAch", group="school")
    assert (found.fixed[0].b, found.fixed[0].se) == pytest.approx((12.637, 0.244), abs=0.005)
    assert (found.groups["school"], found.residual) == pytest.approx((8.614, 39.148), abs=0.005)


def test_academic_performance_index(folder):
    strat = evidence.load(folder / "apistrat.csv")
    found = evidence.weights(strat, weights="pw", mean=["api00"], total=["enroll"], strata="stype", fpc="fpc")
    (mean,), (total,) = published(folder, "api-strat")
    assert found.mean["api00"].estimate == pytest.approx(mean, abs=0.005)
    assert found.total["enroll"].estimate == pytest.approx(total, abs=1)
    assert (found.mean["api00"].se, found.total["enroll"].se) == pytest.approx(
        (9.4089408, 114641.716), rel=1e-6
    )
    clus = evidence.load(folder / "apiclus1.csv")
    found = evidence.weights(clus, weights="pw", mean=["api00"], total=["enroll"], cluster="dnum", fpc="fpc")
    (mean,), (total,) = published(folder, "api-clus1")
    assert (found.mean["api00"].estimate, found.mean["api00"].se) == pytest.approx(
        (mean, 23.54224), abs=0.005
    )
    assert found.total["enroll"].estimate == pytest.approx(total, abs=1)
    margins = {"stype": {"E": 4421, "H": 755, "M": 1018}, "sch.wide": {"No": 1072, "Yes": 5122}}
    wanted = [Margin(name, level, n) for name, levels in margins.items() for level, n in levels.items()]
    raked = evidence.weights(clus, weights="pw", mean=["api00"], cluster="dnum", fpc="fpc", margins=wanted)
    assert (raked.mean["api00"].estimate, raked.mean["api00"].se) == pytest.approx(
        (641.23032, 23.70362), abs=1e-4
    )
