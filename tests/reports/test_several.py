"""Questions of several answers, and the design weights of a sample, in the report."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats
from tests.evidence.attack import Attack
from tests.reports import making

from driegesprek import evidence
from driegesprek.reports import analyse
from driegesprek.reports.analysis import Hidden
from driegesprek.reports.answers import AFTER, join
from driegesprek.reports.choosing import choices_by_group
from driegesprek.reports.counting import counts
from driegesprek.reports.report import build
from driegesprek.reports.said import said_of
from driegesprek.tables.codebook import Kind, Value, Variable

OPTIONS = {"school": 0.75, "web": 0.35, "family": 0.25, "rare": 0.01}
SOURCE = Variable(
    "source",
    {"nl": "Waar kwam de informatie vandaan?"},
    Kind.MULTIPLE,
    tuple(Value(code, {"nl": code}, place) for place, code in enumerate(OPTIONS)),
)
WEIGHTS = {"BB": 2.5, "TL": 5.0}
"""BB was drawn for 40 per cent, TL for 20."""


def given(n=400, *, weight="", skip=0.1, options=OPTIONS, **more):
    """Parents on TL look on the web more often; one in ten skips the question."""
    rows, rng = making.make(n).to_pylist(), np.random.default_rng(4)
    for row in rows:
        asked = row["round"] == "post" and rng.random() >= skip
        for code, share in options.items():
            more_often = 0.3 if code == "web" and row["track"] == "TL" else 0.0
            row[f"source__{code}"] = bool(rng.random() < share + more_often) if asked else None
        row["weight"] = WEIGHTS[row["track"]]
    book = making.book()
    book = replace(book, variables=(*book.variables, SOURCE))
    made = making.given(pa.Table.from_pylist(rows), crossed=("source",), weight=weight, **more)
    return replace(made, codebook=book)


def told(of):
    """The analysis, what was said, and the section of the report."""
    found, joined = analyse(of, seed=1, files=0), join(of)
    said = said_of(joined, evidence.disclosure.protect(counts(joined, AFTER, loose=True)), found)
    made = build(
        [found],
        {"pupil": [said]},
        title="",
        subtitle="",
        language="nl",
        made_on=dt.date(2026, 11, 27),
        command="",
    )
    return found, said, made


@pytest.fixture(scope="module")
def plain():
    return given(), *told(given())


@pytest.fixture(scope="module")
def drawn():
    of = given(weight="weight")
    return of, *told(of)


def table(report, key):
    return next(one for one in report.sections[0].tables if one.key == f"pupil {key}")


def answered(of, option, **where):
    rows = [row for row in of.table.to_pylist() if all(row[name] == value for name, value in where.items())]
    return np.array([row[f"source__{option}"] for row in rows if row["source__school"] is not None])


def test_each_option_has_its_number_share_and_wilson_interval(plain):
    of, _found, _said, report = plain
    rows = table(report, "several").rows
    web = next(row for row in rows if row[1] == "web")
    chose = answered(of, "web")
    assert rows[0][:3] == ("Waar kwam de informatie vandaan?", "antwoordden", len(chose))
    assert web[2] == chose.sum()
    assert web[3] == pytest.approx(100 * chose.mean())
    wilson = stats.binomtest(int(chose.sum()), len(chose)).proportion_ci(method="wilson")
    assert web[4:6] == pytest.approx((100 * wilson.low, 100 * wilson.high))


def test_options_stand_in_the_order_of_the_form_and_one_of_few_is_hidden(plain):
    rows = table(plain[3], "several").rows[1:]
    assert [row[1] for row in rows] == list(OPTIONS)
    assert rows[-1][2:4] == ("te klein", None)


def test_by_group_there_are_whole_per_cents_and_a_test_of_each_option(plain):
    of, _found, _said, report = plain
    one = table(report, "chosen 1")
    assert one.headings == ("Antwoord", "BB", "TL", "p", "p Holm")
    web = next(row for row in one.rows if row[0] == "web")
    assert web[1:3] == tuple(round(100 * answered(of, "web", track=track).mean()) for track in ("BB", "TL"))
    rows = [row for row in of.table.to_pylist() if row["source__school"] is not None]
    data = {name: [str(row[name]) for row in rows] for name in ("source__web", "track", "class")}
    own = evidence.crosstab(evidence.table(pa.table(data)), rows="source__web", cols="track", cluster="class")
    assert web[3] == pytest.approx(own.p, rel=1e-9)


def test_p_is_corrected_for_all_options_as_holm_does(plain):
    _of, found, _said, report = plain
    ps = sorted(
        one.p for one in found.chosen["source"]["track"].values() if getattr(one, "p", None) is not None
    )
    rows = table(report, "chosen 1").rows
    least = min(row[3] for row in rows if row[3] is not None)
    assert least == ps[0]
    assert min(row[4] for row in rows if row[4] is not None) == pytest.approx(min(1, len(ps) * ps[0]))


def test_an_option_that_is_hidden_of_everybody_is_not_told_by_group(plain):
    assert "rare" not in [row[0] for row in table(plain[3], "chosen 1").rows]


def test_a_group_that_makes_too_many_combinations_for_the_gate_is_named_with_the_reason():
    of = given(skip=0.0)
    rows = [row | {"sex": "fm"[int(row["person"][1:]) % 5 > 1]} for row in of.table.to_pylist()]
    sexes = Variable("sex", {"nl": "geslacht"}, Kind.GROUP, (Value("f"), Value("m")))
    book = replace(of.codebook, variables=(*of.codebook.variables, sexes))
    of = replace(of, table=pa.Table.from_pylist(rows), groups=("class", "sex"), codebook=book)
    _found, said, report = told(of)
    assert said.chosen["source"].groupings == ((), ("by.class",))
    note = next(one for one in table(report, "several").notes if "geslacht" in one)
    assert "zestien" in note
    assert not any("geslacht" in one.title for one in report.sections[0].tables if "chosen" in one.key)


def test_a_form_that_says_how_many_are_chosen_keeps_the_question_whole():
    of = given(120)
    variables = [
        replace(SOURCE, least=2, most=2) if one.name == "source" else one for one in of.codebook.variables
    ]
    of = replace(of, codebook=replace(of.codebook, variables=tuple(variables)))
    joined = join(of)
    row = evidence.Row(
        "source", (), (), 100, tuple(evidence.Share(code, 20 if code != "rare" else None) for code in OPTIONS)
    )
    tables = replace(evidence.disclosure.protect(counts(joined, AFTER)), rows=(row,))
    assert choices_by_group(joined, tables) == {}


def test_a_figure_has_a_bar_for_each_option(plain):
    figure = next(
        one for one in plain[3].sections[0].figures if "informatie vandaan" in one.svg and "n = " in one.svg
    )
    assert [row[0] for row in figure.table.rows] == list(OPTIONS)


@pytest.mark.parametrize("seed", range(3))
def test_an_attacker_finds_nothing_in_options_by_several_groups(seed):
    rng = np.random.default_rng(seed)
    shares = dict(zip(OPTIONS, rng.dirichlet([3, 2, 1, 0.5]) + 0.03, strict=True))
    of = given(int(rng.integers(60, 150)), options=shares, skip=0.0)
    rows = of.table.to_pylist()
    for place, row in enumerate(rows):
        row["sex"] = "fm"[place * 7 % 11 > 4]
    sexes = Variable("sex", {}, Kind.GROUP, (Value("f"), Value("m")))
    book = replace(of.codebook, variables=(*of.codebook.variables, sexes))
    of = replace(of, table=pa.Table.from_pylist(rows), groups=("track", "sex"), codebook=book)
    joined = join(of)
    everybody = evidence.disclosure.protect(counts(joined, AFTER, loose=True))
    found = choices_by_group(joined, everybody)
    assert found
    for tables in found.values():
        base = sorted(set(zip(*(joined.codes[one].tolist() for one in ("track", "sex")), strict=True)))
        assert Attack(tables, base, ("by.track", "by.sex")).found() == {}


def test_weighted_shares_stand_beside_the_unweighted_number_and_are_those_of_evidence_weights(drawn):
    of, _found, said, report = drawn
    web = next(row for row in table(report, "several").rows if row[1] == "web")
    rows = [row for row in of.table.to_pylist() if row["source__school"] is not None]
    data = {name: [row[name] for row in rows] for name in ("weight", "class")}
    data["y"] = [float(row["source__web"]) for row in rows]
    own = evidence.weights(
        evidence.table(pa.table(data)), weights="weight", mean=["y"], cluster="class"
    ).mean["y"]
    assert web[2] == answered(of, "web").sum()
    assert web[6] == pytest.approx(100 * own.estimate, rel=1e-9)
    assert web[7:9] == pytest.approx([100 * end for end in own.ci], rel=1e-9)
    assert set(said.weighted) >= {"t1", "source"}


def test_a_weighted_share_is_told_only_where_each_group_of_weights_is(drawn):
    _of, _found, said, _report = drawn
    assert "rare" not in said.weighted["source"]
    cells = {(row.question, row.group, s.code): s.count for row in said.tables.rows for s in row.shares}
    assert all(
        cells[question, group, code] is not None
        for question, shares in said.weighted.items()
        for code in shares
        for group in ((), *((f"{one:g}",) for one in WEIGHTS.values()))
    )


def test_models_of_a_drawn_sample_are_those_of_evidence_regress_with_its_weights(drawn):
    of, found, _said, _report = drawn
    joined = join(of)
    columns = {name: joined.numbers[name] for name in ("before.talking", "after.talking", "weight")}
    columns |= {name: pa.array(joined.codes[name].tolist()) for name in ("track", "did_homework", "class")}
    model = next(one for one in found.scales if one.name == "talking").model
    own = evidence.regress(
        evidence.table(pa.table(columns)),
        outcome="after.talking",
        blocks="before.talking;track;did_homework",
        cluster="class",
        weights="weight",
        reference={"did_homework": "no"},
    )
    mine = {one.term: (one.b, one.se_cr2, one.df_cr2) for one in model.coefficients}
    assert {one.term for one in own.coefficients} == set(mine)
    for one in own.coefficients:
        assert mine[one.term] == pytest.approx((one.b, one.se_cr2, one.df_cr2), rel=1e-8)


def test_scales_and_means_of_a_drawn_sample_are_those_of_evidence_with_its_weights(drawn):
    of, found, _said, report = drawn
    joined = join(of)
    names = ["after.t1", "after.t2", "after.t3", "before.talking", "after.talking", "weight"]
    columns = {name: pa.array(joined.numbers[name], from_pandas=True) for name in names}
    data = evidence.table(pa.table(columns | {"class": pa.array(joined.codes["class"].tolist())}))
    talking = next(one for one in found.scales if one.name == "talking")
    scale = evidence.scale(data, items=names[:3], weights="weight", span=(1, 5))
    assert talking.reliability["after"].alpha == pytest.approx(scale.alpha, rel=1e-9)
    assert talking.reliability["after"].alpha_ci == pytest.approx(scale.alpha_ci, rel=1e-9)
    assert talking.reliability["after"].omega == pytest.approx(scale.omega, rel=1e-6)
    change = evidence.change(
        data, pre="before.talking", post="after.talking", weights="weight", cluster="class"
    )
    assert talking.change.difference.ci == pytest.approx(change.difference.ci, rel=1e-9)
    assert talking.change.difference.mean != pytest.approx(talking.moved.mean, rel=1e-6)
    own = talking.weighted.mean["change.talking"]
    assert change.difference.ci == pytest.approx(own.ci, rel=1e-9)
    assert "ewogen" in " ".join(table(report, "means").notes)
    assert "ewogen" in " ".join(table(report, "scales").notes)


def test_where_few_of_a_weight_have_a_score_nothing_of_it_is_weighted_beside_what_is_not():
    of = given(weight="weight")
    place = of.table.schema.get_field_index("talking")
    kept = [
        None
        if row["round"] == "post" and row["track"] == "TL" and row["person"] > "p0012"
        else row["talking"]
        for row in of.table.to_pylist()
    ]
    found, _said, _report = told(replace(of, table=of.table.set_column(place, "talking", pa.array(kept))))
    talking = next(one for one in found.scales if one.name == "talking")
    assert found.weighed.used
    assert talking.change is talking.weighted is Hidden.TOO_FEW
    assert talking.described["after"].weighted_mean is None
    assert talking.described["before"].weighted_mean is not None


def test_tests_by_group_are_rao_scott_with_the_weights(drawn):
    of, found, _said, _report = drawn
    rows = [row for row in of.table.to_pylist() if row["source__school"] is not None]
    data = {name: [row[name] for row in rows] for name in ("weight", "track", "class")}
    data["web"] = [str(row["source__web"]) for row in rows]
    own = evidence.crosstab(
        evidence.table(pa.table(data)), rows="web", cols="track", cluster="class", weights="weight"
    )
    mine = found.chosen["source"]["track"]["web"]
    assert (mine.method, mine.p) == ("rao-scott-2", pytest.approx(own.p, rel=1e-9))


def test_the_design_effect_is_said_as_kish_has_it(drawn):
    of, found, _said, report = drawn
    weights = np.array(
        [WEIGHTS[row["track"]] for row in making.make(400).to_pylist() if row["round"] == "post"]
    )
    kish = len(weights) * (weights**2).sum() / weights.sum() ** 2
    assert found.weighed.design_effect == pytest.approx(kish)
    assert f"{kish:.2f}".replace(".", ",") in report.notes[-1]
    assert of.weight


def test_of_a_stratum_of_fewer_than_ten_nothing_is_weighted_and_it_is_said():
    of = given(60, weight="weight")
    weights = [9.0 if row["person"] < "p0007" else row["weight"] for row in of.table.to_pylist()]
    place = of.table.schema.get_field_index("weight")
    found, said, report = told(replace(of, table=of.table.set_column(place, "weight", pa.array(weights))))
    assert not found.weighed.used
    assert (found.weighed.light, found.weighed.different) == (1, 3)
    assert said.weighted == {}
    assert all(one["weights"] is None for one in found.plan["statistics"] if one["kind"] == "regress")
    assert "van 1 van de 3 groepen" in report.notes[-1]


def test_everybody_asked_is_not_weighted(plain):
    assert plain[1].weighed is None


def test_who_has_no_score_is_told_in_tens_by_reason(plain):
    one = table(plain[3], "describe")
    n = {row[:2]: row[2] for row in one.rows}
    leaves = 400 - sum(row["round"] == "post" for row in plain[0].table.to_pylist())
    assert n["talking", "na"] == 400 - leaves
    assert one.rows[1][3] == leaves // 10 * 10
