"""Tables in the form of SEOR (2020) III.1 to III.4, figures by group, and scores weighted to what is known of all."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from tests.evidence import makers
from tests.evidence.attack import Attack
from tests.reports import making

from driegesprek import evidence
from driegesprek.evidence.raking import Margin
from driegesprek.reports import analyse
from driegesprek.reports.answers import AFTER, join
from driegesprek.reports.counting import _large, by_group, counts, whole_questions
from driegesprek.reports.report import build
from driegesprek.reports.said import Said
from driegesprek.reports.surveyed import Surveyed
from driegesprek.tables.codebook import Kind, Value, Variable

MOOD = tuple(
    Value(code, {"nl": words}, order)
    for order, (code, words) in enumerate([("bad", "slecht"), ("good", "goed")])
)
HOME = tuple(Value(code, {"nl": code}) for code in ("a", "b", "few"))
MARGINS = (Margin("track", "BB", 300), Margin("track", "TL", 100))


def given(n=400, *, margins=MARGINS, few=4):
    """Two loose questions: mood, which is good for most on BB, and home, where `few` people say `few`."""
    table = making.make(n)
    rows, rng = table.to_pylist(), np.random.default_rng(2)
    for place, row in enumerate(rows):
        after = row["round"] == "post"
        good = rng.random() < (0.8 if row["track"] == "BB" else 0.3)
        row["mood"] = ("good" if good else "bad") if after else None
        row["home"] = ("few" if place >= len(rows) - few else "ab"[place % 2]) if after else None
    book = making.book()
    asked = (
        Variable("mood", {"nl": "Hoe gaat het?"}, Kind.SINGLE, MOOD),
        Variable("home", {"nl": "Waar?"}, Kind.SINGLE, HOME),
    )
    made = making.given(
        pa.Table.from_pylist(rows), crossed=("mood", "home"), margins=margins, margins_from="m.csv"
    )
    return replace(made, codebook=replace(book, variables=(*book.variables, *asked)))


def said(of, found):
    joined = join(of)
    tables = evidence.disclosure.protect(counts(joined, AFTER, loose=True))
    known = {one.name: one for one in of.codebook.variables}
    names = [one.name for one in tables.questions]
    answers = {name: {value.code: value.label for value in known[name].values} for name in names}
    labels = {name: known[name].label for name in names}
    return Said(tables, labels, answers, {"talking": ("t1", "t2", "t3")}, by_group(joined, found.crossed))


@pytest.fixture(scope="module")
def of():
    return given()


@pytest.fixture(scope="module")
def found(of):
    return analyse(of, seed=1, files=0, intercepts=False)


@pytest.fixture(scope="module")
def section(of, found):
    made = build(
        [found],
        {"pupil": [said(of, found)]},
        title="x",
        subtitle="y",
        language="nl",
        made_on=dt.date(2026, 11, 27),
        command="z",
    )
    return made.sections[0]


def table(section, key):
    return next(one for one in section.tables if one.key == f"pupil {key}")


def answered(of, question, **where):
    rows = [row for row in of.table.to_pylist() if row["round"] == "post"]
    return [row[question] for row in rows if all(row[name] == value for name, value in where.items())]


def test_characteristics_stand_with_their_share_beside_that_of_all(of, section):
    one = table(section, "background")
    track = [row for row in one.rows if row[1] in {"BB", "TL"}]
    assert [row[1:] for row in track] == [("BB", 200, 50.0, 75.0), ("TL", 200, 50.0, 25.0)]
    good = next(row for row in one.rows if row[1] == "goed")
    assert good[2] == answered(of, "mood").count("good")
    assert good[3] == pytest.approx(100 * good[2] / len(answered(of, "mood")))
    assert "m.csv" in one.notes[1]


def test_what_is_known_of_classes_is_told_in_tens(of):
    smaller = given(394)
    analysed = analyse(smaller, seed=1, files=0, intercepts=False)
    made = build(
        [analysed],
        {"pupil": [said(smaller, analysed)]},
        title="",
        subtitle="",
        language="en",
        made_on=dt.date(2026, 1, 1),
        command="",
    )
    rows = table(made.sections[0], "background").rows
    assert [row[2] for row in rows if row[1] in {"BB", "TL"}] == [190, 190]


def test_a_small_answer_and_another_are_hidden(section):
    home = [row for row in table(section, "background").rows if row[1] in {"a", "b", "few"}]
    assert [row[2] for row in home].count("te klein") == 2


def test_items_with_the_same_answers_stand_in_one_table_question_by_question(of, section):
    one = table(section, "questions 1")
    assert one.headings[:3] == ("Schaal", "Vraag", "n")
    row = one.rows[0]
    given_t1 = [value for value in answered(of, "t1") if value]
    assert row[:3] == ("talking", "Stelling t1?", len(given_t1))
    shown = {place: value for place, value in enumerate(row[3:], 1) if value is not None}
    assert shown
    for place, value in shown.items():
        assert value == pytest.approx(100 * given_t1.count(str(place)) / len(given_t1))


def test_a_question_by_group_has_whole_per_cents_without_numbers_and_names_what_differs(of, section):
    one = table(section, "by mood")
    bb = answered(of, "mood", track="BB")
    percent = round(100 * bb.count("good") / len(bb))
    assert one.rows[0] == ("Leerweg", "BB", 100 - percent, percent, "slecht, goed")
    assert any("p < 0,001" in note for note in one.notes)


def test_the_p_by_group_is_that_of_the_crosstab_with_classes_as_clusters(of, found):
    rows = [row for row in of.table.to_pylist() if row["round"] == "post"]
    data = evidence.table(
        pa.table({name: [row[name] for row in rows] for name in ("mood", "track", "class")})
    )
    own = evidence.crosstab(data, rows="mood", cols="track", cluster="class")
    assert found.crossed["mood"]["track"].p == pytest.approx(own.p, rel=1e-9)
    assert found.crossed["mood"]["track"].method == "rao-scott-2"


def test_a_question_with_an_answer_of_fewer_than_ten_is_not_told_by_group(section):
    assert [one.key for one in section.tables if "by home" in one.key] == []


def test_each_group_of_a_question_has_a_bar(section):
    drawn = [one.svg for one in section.figures if "Hoe gaat het? (" in one.svg]
    assert len(drawn) == 1
    assert "TL" in drawn[0]


def test_scores_are_weighted_to_what_is_known_of_all_as_evidence_weights_does(of, section):
    joined = join(of)
    held = {
        "y": joined.numbers["change.talking"],
        "track": pa.array(joined.codes["margin.track"].tolist(), pa.string()),
        "class": pa.array(joined.codes["class"].tolist(), pa.string()),
    }
    held["y"] = pa.array([None if np.isnan(one) else one for one in held["y"]], pa.float64())
    own = evidence.weights(evidence.table(pa.table(held)), margins=MARGINS, mean=["y"], cluster="class")
    one = table(section, "weighted")
    row = dict(zip(one.headings, one.rows[0], strict=True))
    assert one.rows[0][1] == own.n
    assert row["verschil gewogen"] == pytest.approx(own.mean["y"].estimate, rel=1e-9)
    assert one.rows[0][8:10] == pytest.approx(own.mean["y"].ci, rel=1e-9)
    assert row["n eff."] == pytest.approx(own.n**2 / (own.n * own.design_effect))


def test_kish_effective_n_and_design_effect_are_worked_out_by_hand(of, section):
    tracks = [row["track"] for row in of.table.to_pylist() if row["round"] == "post"]
    weights = np.array(
        [{"BB": 300 / tracks.count("BB"), "TL": 100 / tracks.count("TL")}[one] for one in tracks]
    )
    row = table(section, "weighted").rows[0]
    assert row[-1] == pytest.approx(weights.sum() ** 2 / (weights**2).sum())
    assert row[-2] == pytest.approx(len(tracks) / row[-1])


@pytest.mark.parametrize("margins", [(Margin("track", "BB", 300),), (*MARGINS, Margin("track", "GL", 9))])
def test_levels_that_do_not_fit_are_named_instead_of_weighted(margins):
    of = given(120, margins=margins)
    analysed = analyse(of, seed=1, files=0, intercepts=False)
    assert analysed.few == (("track=TL",) if len(margins) == 1 else ("track=GL",))
    assert all(one.weighted is None for one in analysed.scales)


def test_a_figure_has_no_more_bars_than_fit_a_page(of, found):
    asked = said(of, found)
    many = [f"s{place}" for place in range(11)]
    row = next(one for one in asked.tables.rows if one.question == "t1")
    rows = tuple(replace(row, question=name) for name in many)
    answers = dict.fromkeys(many, asked.answers["t1"])
    more = Said(replace(asked.tables, rows=rows), {name: {"nl": "?"} for name in many}, answers)
    assert len(list(Surveyed(found, more, "nl").figures())) == 2


@pytest.mark.parametrize("seed", range(12))
def test_an_attacker_finds_nothing_in_tables_by_groups_that_were_protected_apart(seed):
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet([4, 2, 1], size=6)
    cells = {
        (f"a{place // 3}", f"b{place % 3}"): rng.multinomial(rng.integers(15, 60), shares[place]).tolist()
        for place in range(6)
    }
    counted = makers.table(cells, by=("by.a", "by.b"))
    apart = [whole_questions(evidence.disclosure.protect(counted.over((by,)))) for by in counted.by]
    totals = counted.over()
    if not all(_large(counted.over((by,)), "q") for by in counted.by) or not all(one.rows for one in apart):
        pytest.skip("Such a question is not told by group.")
    rows = apart[0].rows + tuple(row for row in apart[1].rows if row.by)
    together = replace(apart[0], rows=rows)
    assert totals.groups == ((),)
    assert Attack(together, counted.groups, counted.by).found() == {}
