"""Every statistic against R on the same file: 1e-6 for closed forms, 1e-4 for iterative fits."""

import pytest
from tests.evidence.against_r import ITEMS, R, pupils

from driegesprek import evidence
from driegesprek.evidence import Margin
from driegesprek.evidence.rubin import pool

BLOCKS = "pre;sex+origin;homework+talk;homework:talk"
MARGINS = [
    Margin(*one)
    for one in (
        ("sex", "boy", 480),
        ("sex", "girl", 520),
        ("origin", "dutch", 550),
        ("origin", "other", 280),
        ("origin", "turkish", 170),
    )
]


def close(value):
    return pytest.approx(value, rel=1e-6, abs=1e-12)


def near(value):
    return pytest.approx(value, rel=1e-4)


@pytest.fixture(scope="module")
def data():
    return pupils()


@pytest.mark.parametrize("missing", ["listwise", "pairwise"])
def test_scale_is_that_of_psych(data, missing):
    found, r = evidence.scale(data, items=ITEMS, reverse=["q3"], missing=missing), R[f"scale_{missing}"]
    assert found.alpha == close(r["alpha"])
    assert list(found.item_rest.values()) == close(r["item_rest"])
    assert list(found.alpha_if_dropped.values()) == close(r["alpha_if_dropped"])
    assert found.omega == near(r["omega"])
    assert list(found.omega_if_dropped.values()) == near(r["omega_if_dropped"])
    if missing == "listwise":
        assert (found.n, found.k) == (r["n"], 6)
        assert (found.mean, found.sd) == close((r["mean"], r["sd"]))
        assert found.alpha_ci == close((r["feldt"][0], r["feldt"][2]))


@pytest.mark.parametrize("weights", [None, "weight"])
def test_regression_in_blocks_is_that_of_lm_and_clubsandwich(data, weights):
    # R leaves out who lacks any variable of the model, weight and school included; here nobody lacks those.
    found = evidence.regress(data, outcome="post", blocks=BLOCKS, cluster="school", weights=weights)
    r = R["regress_weighted" if weights else "regress"]
    assert found.n == r["n"]
    for name in ("b", "se", "se_cr2", "df_cr2", "p"):
        assert [getattr(one, name) for one in found.coefficients] == close(r[name])
    for one, other in zip(found.blocks, r["blocks"], strict=True):
        assert (one.r2, one.r2_change, one.f_change, one.p) == close(
            tuple(other[k] for k in ("r2", "r2_change", "f", "p"))
        )
        assert (one.df1, one.df2) == (other["df1"], other["df2"])
    for one, other in zip(found.type3, r["type3"], strict=True):
        assert (one.term, one.df1, one.df2) == (other["term"], other["df1"], other["df2"])
        assert (one.f, one.p, one.partial_eta2) == close(tuple(other[k] for k in ("f", "p", "partial_eta2")))
    if weights is None:
        assert [one.beta for one in found.coefficients[1:]] == close(r["beta"])


def test_type_three_of_an_interaction_with_a_number_is_that_of_sum_contrasts(data):
    found = evidence.regress(data, outcome="post", blocks="pre+sex+origin;pre:sex")
    wanted = {one["term"]: one for one in R["type3_with_number"]}
    complete = evidence.regress(data, outcome="post", blocks="pre+sex+origin+homework+talk")
    assert found.n == complete.n
    for one in found.type3:
        assert (one.f, one.p, one.partial_eta2) == close(
            tuple(wanted[one.term][k] for k in ("f", "p", "partial_eta2"))
        )


def test_contrast_of_interventions_is_that_of_clubsandwich(data):
    text = "homework=yes + talk=yes + homework=yes:talk=yes"
    found = evidence.regress(data, outcome="post", blocks=BLOCKS, cluster="school", contrasts={"both": text})
    one, r = found.contrasts[0], R["contrast"]
    assert (one.b, one.se_cr2, one.df_cr2) == close((r["b"], r["se"], r["df"]))
    assert one.ci == close((r["low"], r["high"]))


@pytest.mark.parametrize(
    ("name", "fixed", "group"),
    [
        ("mixed_one", "pre+sex+homework", "school"),
        ("mixed_two", "pre+sex+homework", "school,class"),
        ("mixed_null", "", "school"),
    ],
)
def test_random_intercepts_are_those_of_lmertest(data, name, fixed, group):
    found, r = evidence.mixed(data, outcome="post", fixed=fixed, group=group), R[name]
    assert found.n == r["n"]
    for key in ("b", "se", "df", "p", "se_cr2", "df_cr2", "p_cr2"):
        wanted = r[key] if isinstance(r[key], list) else [r[key]]
        assert [getattr(one, key) for one in found.fixed] == near(wanted)
    wanted = {key.split(":")[0]: value for key, value in r["groups"].items()}
    assert found.residual == near(wanted["Residual"])
    assert found.groups == near({key: wanted[key] for key in found.groups})
    assert found.reml == close(r["reml"])


def test_crosstab_is_that_of_chisq_test(data):
    found, r = evidence.crosstab(data, rows="q1", cols="origin"), R["crosstab"]
    assert (found.n, found.df) == (r["n"], r["df"])
    assert (found.chi2, found.p, found.cramers_v) == close((r["chi2"], r["p"], r["v"]))
    assert (found.ranks.statistic, found.ranks.p) == close(
        (r["kruskal"]["statistic"], r["kruskal"]["p.value"])
    )


@pytest.mark.parametrize("correction", ["holm", "bonferroni", "fdr"])
def test_comparisons_and_ranks_of_two_columns_are_those_of_r(data, correction):
    found, r = evidence.crosstab(data, rows="q1", cols="sex", correction=correction), R["crosstab_two"]
    assert [one.p for one in found.comparisons] == close(r["pairs"])
    assert [one.p_corrected for one in found.comparisons] == close(r[correction])
    assert (found.ranks.statistic, found.ranks.p) == close((r["u"], r["p"]))


@pytest.mark.parametrize(("name", "cluster"), [("rao_weighted", None), ("rao_clustered", "school")])
def test_weighted_and_clustered_crosstab_is_that_of_svychisq(data, name, cluster):
    found, r = evidence.crosstab(data, rows="q1", cols="origin", weights="weight", cluster=cluster), R[name]
    assert (found.f, found.df1, found.df2, found.p) == close(tuple(r[k] for k in ("f", "df1", "df2", "p")))
    assert found.chi2 == close(r["chi2"])
    one = next(c for c in found.comparisons if (c.row, c.a, c.b) == ("5", "dutch", "other"))
    assert (one.difference, one.se) == close((r["difference"], r["se"]))


@pytest.mark.parametrize(("name", "cluster"), [("weights", None), ("weights_clustered", "school")])
def test_raking_and_its_errors_are_those_of_survey(data, name, cluster):
    r = R[name]
    found = evidence.weights(
        data,
        weights="weight",
        margins=MARGINS,
        mean=["post"],
        total=["post"],
        cluster=cluster,
        jackknife=True,
    )
    mean, total = found.mean["post"], found.total["post"]
    assert (found.n, found.converged) == (r["n"], True)
    assert (mean.estimate, mean.se) == close((r["mean"], r["mean_se"]))
    assert (total.estimate, total.se) == close((r["total"], r["total_se"]))
    assert mean.se_jackknife == close(r["jackknife"])
    assert found.design_effect == close(r["kish"])


def test_change_is_that_of_a_paired_t_test(data):
    found, r = evidence.change(data, pre="pre", post="post"), R["change"]
    assert (found.n, found.improved.n) == (r["n"], r["up"])
    assert (found.difference.t, found.difference.p, *found.difference.ci) == close((r["t"], r["p"], *r["ci"]))
    assert (found.effect_dz.d, *found.effect_dz.ci) == close((r["dz"], *r["dz_ci"]))
    assert (found.effect_dav.d, *found.effect_dav.ci) == close((r["dav"], *r["dav_ci"]))
    clustered = evidence.change(data, pre="pre", post="post", cluster="school").difference
    assert (clustered.se, clustered.df) == close((r["se_cr2"], r["df_cr2"]))


def test_power_is_that_of_the_noncentral_t():
    found = evidence.power(effect=0.3, icc=0.1, size=20)
    assert (found.classes, found.pupils) == (R["power"]["classes"], 20 * R["power"]["classes"])
    assert found.power_reached == close(R["power"]["power"])


def test_rubins_rules_are_those_of_mice():
    r = R["rubin"]
    found = pool("x", [0.31, 0.42, 0.28, 0.39, 0.35], [0.11, 0.12, 0.1, 0.115, 0.108], [60.0] * 5)
    assert (found.b, found.se, found.df, found.fmi) == close((r["b"], r["se"], r["df"], r["fmi"]))


def test_imputed_regression_comes_near_that_of_mice(data):
    found = evidence.regress_imputed(data, outcome="post", blocks="pre+sex+homework+talk", seed=1, m=10)
    assert found.imputed.n == 604 > found.complete.n
    for one, b, se in zip(found.imputed.coefficients, R["mice"]["b"], R["mice"]["se"], strict=True):
        assert one.b == pytest.approx(b, abs=0.3 * se)  # both draw by chance
        assert one.se == pytest.approx(se, rel=0.1)
    again = evidence.regress_imputed(data, outcome="post", blocks="pre+sex+homework+talk", seed=1, m=10)
    assert again == found
