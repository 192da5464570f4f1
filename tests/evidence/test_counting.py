from collections import Counter

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driegesprek.evidence import CountsError, count
from driegesprek.tables.codebook import Codebook, CodebookError, Kind, Missing, Value, Variable


def coded(name, kind, *codes, **more):
    return Variable(name, kind=kind, values=tuple(Value(c) for c in codes), **more)


BOOK = Codebook(
    "Ronde 1",
    "test",
    (
        coded("class", Kind.GROUP, "2A", "2B"),
        coded("sex", Kind.SINGLE, "f", "m"),
        coded("informed", Kind.SINGLE, "no", "yes"),
        coded("likert", Kind.INTEGER, "1", "2", "3"),
        coded("picks", Kind.MULTIPLE, "a", "b", least=1, most=2),
        Variable("why", kind=Kind.TEXT),
        Variable("age", kind=Kind.INTEGER),
    ),
)
WIDE = {
    "class": ["2A", "2A", "2A", "2B", None],
    "sex": ["f", "m", "f", "m", "m"],
    "informed": ["yes", "no", None, None, "yes"],
    "informed__missing": [None, None, "skipped", None, None],
    "likert": [1.0, 3.0, None, 2.0, 2.0],
    "picks__a": [True, False, None, True, True],
    "picks__b": [True, True, None, False, False],
    "picks__missing": [None, None, "not_asked", None, None],
    "why": ["x"] * 5,
    "age": [14] * 5,
}


def wide(**changes):
    return pa.table(WIDE | changes)


def test_answers_and_reasons_are_counted_per_group():
    counts = count(wide(), BOOK, questions=["informed", "likert", "picks"], by=["class"])
    assert dict(counts.respondents) == {("",): 1, ("2A",): 3, ("2B",): 1}
    assert [counts.of("informed", c, ("2A",)) for c in ("no", "yes")] == [1, 1]
    assert counts.without("informed", Missing.SKIPPED, ("2A",)) == 1
    assert [counts.of("likert", c, ("2A",)) for c in "123"] == [1, 0, 1]
    assert [counts.of("picks", c, ("2A",)) for c in "ab"] == [1, 2]
    assert (counts.n("picks", ("2A",)), counts.without("picks", Missing.NOT_ASKED, ("2A",))) == (2, 1)


def test_null_without_a_reason_is_counted_as_not_recorded():
    counts = count(wide(), BOOK, questions=["informed", "likert"])
    assert counts.without("informed", Missing.NOT_RECORDED) == 1
    assert counts.without("likert", Missing.NOT_RECORDED) == 1


def test_a_table_a_file_and_an_ibis_table_give_the_same_sums(tmp_path):
    pq.write_table(wide(), tmp_path / "round.parquet")
    questions, by = ["informed", "likert", "picks"], ["class", "sex"]
    sums = [
        count(data, BOOK, questions=questions, by=by)
        for data in (
            wide(),
            tmp_path / "round.parquet",
            str(tmp_path / "round.parquet"),
            ibis.memtable(wide()),
        )
    ]
    assert sums[0] == sums[1] == sums[2] == sums[3]


def test_halves_of_a_file_add_up_to_the_whole():
    questions, by = ["informed", "likert", "picks"], ["class"]
    halves = [count(wide().slice(*part), BOOK, questions=questions, by=by) for part in ((0, 2), (2, 3))]
    assert halves[0] + halves[1] == count(wide(), BOOK, questions=questions, by=by)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2A", "2B", None]),
            st.sampled_from(["no", "yes", *Missing, None]),
            st.sampled_from(["", "a", "b", "ab", "skipped", None]),
        ),
        max_size=40,
    )
)
@settings(max_examples=25)
def test_sums_equal_counting_by_hand(rows):
    informed = [row[1] for row in rows]
    picks = [row[2] for row in rows]
    chose = {c: [None if p in {None, "skipped"} else c in p for p in picks] for c in "ab"}
    data = {
        "class": pa.array([row[0] for row in rows], "string"),
        "informed": pa.array([v if v in {"no", "yes"} else None for v in informed], "string"),
        "informed__missing": pa.array(
            [str(v) if isinstance(v, Missing) else None for v in informed], "string"
        ),
        "picks__a": pa.array(chose["a"], "bool"),
        "picks__b": pa.array(chose["b"], "bool"),
        "picks__missing": pa.array(["skipped" if p == "skipped" else None for p in picks], "string"),
    }
    counts = count(pa.table(data), BOOK, questions=["informed", "picks"], by=["class"])
    hand = Counter((row[0] or "", row[1] or Missing.NOT_RECORDED) for row in rows)
    for group in ("", "2A", "2B"):
        assert [counts.of("informed", c, (group,)) for c in ("no", "yes")] == [
            hand[group, "no"],
            hand[group, "yes"],
        ]
        assert all(counts.without("informed", r, (group,)) == hand[group, r] for r in Missing)
        for c in "ab":
            chosen = sum(
                g == group and bool(x)
                for (g, *_), x in zip(((r[0] or "",) for r in rows), chose[c], strict=True)
            )
            assert counts.of("picks", c, (group,)) == chosen


def test_more_questions_than_fit_in_one_query():
    names = [f"q{i}" for i in range(40)]
    book = Codebook("t", "s", tuple(coded(name, Kind.SINGLE, "x", "y") for name in names))
    data = pa.table({name: ["x"] * i + ["y"] * (40 - i) for i, name in enumerate(names)})
    counts = count(data, book, questions=names)
    assert [counts.of(name, "x") for name in names] == list(range(40))


def test_an_empty_file_has_no_respondents():
    counts = count(wide().slice(0, 0), BOOK, questions=["informed", "picks"], by=["class"])
    assert (dict(counts.respondents), counts.n("informed")) == ({}, 0)
    assert count(wide().slice(0, 0), BOOK, questions=["informed"]).n("informed") == 0


def test_limits_of_the_form_are_kept_for_the_gate():
    question = count(wide(), BOOK, questions=["picks"]).questions[0]
    assert (question.least, question.most) == (1, 2)


@pytest.mark.parametrize(
    ("data", "options", "message"),
    [
        ({}, {"questions": ["why"]}, r"'why' \(text\) has no list of values"),
        ({}, {"questions": ["age"]}, r"'age' \(integer\) has no list of values"),
        ({}, {"questions": ["informed"], "by": ["picks"]}, "'picks' has several answers per respondent"),
        ({}, {"questions": ["sex"], "by": ["sex"]}, "'sex' is both counted and grouped by"),
        (
            {"informed": ["maybe"] * 5},
            {"questions": ["informed"]},
            "value 'maybe', which is not in the codebook",
        ),
        ({"class": ["9Z"] * 5}, {"questions": ["likert"], "by": ["class"]}, "'class' has the value '9Z'"),
        ({"likert": [1.5] * 5}, {"questions": ["likert"]}, "'likert' has the value '1.5'"),
        (
            {"informed__missing": ["bored"] * 5, "informed": pa.array([None] * 5, "string")},
            {"questions": ["informed"]},
            "'informed__missing' has the reason 'bored'. Use one of not_asked",
        ),
        (
            {"informed__missing": ["skipped"] * 5, "informed": ["yes"] * 5},
            {"questions": ["informed"]},
            "both an answer and a reason",
        ),
        (
            {"picks__b": [None] * 5},
            {"questions": ["picks"]},
            "an answer for some options and null for others",
        ),
        ({"picks__missing": ["skipped"] * 5}, {"questions": ["picks"]}, "both an answer and a reason"),
        ({"picks__b": ["yes"] * 5}, {"questions": ["picks"]}, "'picks__b' should hold true or false"),
    ],
)
def test_data_that_do_not_fit_the_codebook_are_refused_with_where_and_what(data, options, message):
    changes = (
        {key: pa.array(value, "bool") if value == [None] * 5 else value for key, value in data.items()}
        if not any(isinstance(v, pa.Array) for v in data.values())
        else data
    )
    with pytest.raises(CountsError, match=message):
        count(wide(**changes), BOOK, **options)


def test_an_absent_column_variable_or_file_is_named():
    with pytest.raises(CountsError, match="no column 'picks__b', which the codebook expects for 'picks'"):
        count(wide().drop_columns(["picks__b"]), BOOK, questions=["picks"])
    with pytest.raises(CodebookError, match="no variable 'mood'"):
        count(wide(), BOOK, questions=["mood"])
    with pytest.raises(CountsError, match="no Parquet file /nowhere"):
        count("/nowhere", BOOK, questions=["informed"])
