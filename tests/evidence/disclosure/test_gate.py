import os
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence.attack import Attack
from tests.evidence.makers import joined, school, table

from driegesprek.evidence import Counts, CountsError, Hidden, Row, disclosure
from driegesprek.evidence.disclosure import ProtectedTables, Withheld, attacker, gate, protect, suppress
from driegesprek.evidence.shares import share
from driegesprek.tables.codebook import Kind, Missing

SIZES = st.sampled_from([0, 0, 1, 3, 7, 9, 10, 12, 15, 20, 31])
REASONS = st.dictionaries(st.sampled_from(["skipped", "not_asked"]), SIZES, max_size=2)

FEW = 60 if os.environ.get("DRIEGESPREK_LONG") else 4
"""Tables that are attacked: each costs a linear programme per cell."""


@st.composite
def single(draw, groups=None, categories=None):
    groups = groups or [f"c{g}" for g in range(draw(st.integers(1, 5)))]
    categories = categories or draw(st.integers(1, 4))
    rows = {g: draw(st.lists(SIZES, min_size=categories, max_size=categories)) for g in groups}
    return table(rows, missing={g: draw(REASONS) for g in groups})


@st.composite
def multiple(draw, groups):
    """Every respondent chooses from one to two of three options."""
    rows, n = {}, {}
    for g in groups:
        patterns = [draw(SIZES) for _ in range(6)]  # a, b, c, ab, ac, bc
        a, b, c, ab, ac, bc = patterns
        rows[g], n[g] = [a + ab + ac, b + ab + bc, c + ac + bc], sum(patterns)
    return table(rows, n=n, kind=Kind.MULTIPLE, least=1, most=2)


def attack(tables: ProtectedTables, counts: Counts):
    return Attack(tables, counts.groups, counts.by).found()


def primary_only(counts: Counts, groupings=((), ("class",)), minimum=10) -> ProtectedTables:
    """What a careless program does: hide the cells under the minimum and nothing else."""

    def seen(n):
        return n if n >= minimum else None

    rows = []
    for by in groupings:
        coarse = counts.over(by)
        for question in counts.questions:
            for group in coarse.groups:
                n = seen(coarse.n(question.name, group))
                shares = [share(c, seen(coarse.of(question.name, c, group)), n) for c in question.categories]
                missing = [(r, seen(coarse.without(question.name, r, group))) for r in Missing]
                rows.append(Row(question.name, by, group, n, tuple(shares), tuple(missing)))
    return ProtectedTables(minimum, tuple(groupings), counts.questions, tuple(rows))


@given(single())
@settings(max_examples=FEW * 2)
def test_an_attacker_finds_nothing_in_a_table_by_class(counts):
    assert attack(protect(counts), counts) == {}


@given(st.data())
@settings(max_examples=FEW)
def test_an_attacker_finds_nothing_in_questions_of_the_same_respondents(data):
    groups = ["c0", "c1", "c2"]
    counts = joined(data.draw(single(groups, 3)), data.draw(single(groups, 2)), data.draw(multiple(groups)))
    assert attack(protect(counts), counts) == {}


@given(st.lists(st.lists(SIZES, min_size=3, max_size=3), min_size=6, max_size=6))
@settings(max_examples=FEW)
def test_an_attacker_finds_nothing_in_two_groupings_published_together(cells):
    crossed = [("2A", "f"), ("2A", "m"), ("2B", "f"), ("2B", "m"), ("2C", "m"), ("2D", "f")]
    counts = table(dict(zip(crossed, cells, strict=True)), by=("class", "sex"))
    tables = protect(counts, groupings=[("class",), ("sex",)])
    assert attack(tables, counts) == {}


@given(st.lists(st.lists(SIZES, min_size=3, max_size=3), min_size=5, max_size=5))
@settings(max_examples=FEW)
def test_an_attacker_finds_nothing_where_classes_add_up_to_tracks(cells):
    nested = [("2A", "bb"), ("2B", "bb"), ("2C", "kb"), ("2D", "kb"), ("2E", "tl")]
    counts = table(dict(zip(nested, cells, strict=True)), by=("class", "track"))
    tables = protect(counts, groupings=[("class",), ("track",)])
    assert attack(tables, counts) == {}


@pytest.mark.parametrize("seed", range(3))
def test_an_attacker_finds_nothing_in_a_small_school(seed):
    counts = school(questions=2, classes=6, size=22, seed=seed)
    tables = protect(counts)
    assert attack(tables, counts) == {}
    assert any(s.count is not None for row in tables.rows for s in row.shares)


def test_control_the_same_attacker_succeeds_where_only_small_cells_are_hidden():
    counts = table({"2A": [15, 12, 3], "2B": [14, 13, 11]})
    found = attack(primary_only(counts), counts)
    assert found["q", ("2A",), "a2"] == (3, 3)
    assert attack(protect(counts), counts) == {}


def test_control_the_attacker_succeeds_on_most_random_tables_with_the_gate_off():
    schools = [school(questions=1, classes=5, seed=seed, shares=(0.6, 0.35, 0.05)) for seed in range(6)]
    assert sum(bool(attack(primary_only(counts), counts)) for counts in schools) > 3
    assert not any(attack(protect(counts), counts) for counts in schools)


def test_control_two_groupings_protected_apart_give_each_other_away():
    cells = {("2A", "bb"): [15, 15], ("2B", "bb"): [12, 5], ("2C", "kb"): [14, 16], ("2D", "kb"): [12, 13]}
    counts = table(cells, by=("class", "track"))
    together = protect(counts, groupings=[("class",), ("track",)])
    apart = [protect(counts.over((by,))) for by in counts.by]
    careless = replace(together, rows=apart[0].rows + tuple(row for row in apart[1].rows if row.by))
    assert attack(careless, counts)
    assert attack(together, counts) == {}


def test_control_a_fixed_number_of_choices_gives_away_the_last_option():
    """Who picks exactly two of four: the three published options tell the fourth."""
    rows = {"2A": [40, 45, 5, 30], "2B": [30, 40, 20, 30], "2C": [30, 30, 30, 30]}
    numbers = {"2A": 60, "2B": 60, "2C": 60}
    counts = table(rows, n=numbers, kind=Kind.MULTIPLE, least=2, most=2)
    blind = protect(table(rows, n=numbers, kind=Kind.MULTIPLE))
    assert attack(replace(blind, questions=counts.questions), counts)
    assert attack(protect(counts), counts) == {}


def test_a_fixed_number_of_choices_does_not_withhold_a_small_question():
    rows = {"2A": [8, 5, 12, 5], "2B": [5, 10, 10, 5]}
    counts = table(rows, n={"2A": 15, "2B": 15}, kind=Kind.MULTIPLE, least=2, most=2)
    tables = protect(counts)
    assert not tables.withheld
    assert tables.rows[0].n == 30
    assert attack(tables, counts) == {}


@given(single())
def test_every_published_number_is_true_and_at_least_the_minimum(counts):
    for row in protect(counts).rows:
        coarse = counts.over(row.by)
        truth = {"n": coarse.n("q", row.group)}
        truth |= {s.code: coarse.of("q", s.code, row.group) for s in row.shares}
        truth |= {reason: coarse.without("q", reason, row.group) for reason, _ in row.missing}
        shown = {"n": row.n} | {s.code: s.count for s in row.shares} | dict(row.missing)
        assert all(number is None or number == truth[what] >= 10 for what, number in shown.items())


@given(single())
def test_percentages_come_from_published_counts_only(counts):
    for row in protect(counts).rows:
        for s in row.shares:
            expected = None if s.count is None or row.n is None else 100 * s.count / row.n
            assert s.percent == expected


def test_zero_cells_are_hidden_like_other_small_ones():
    tables = protect(table({"2A": [20, 20, 0]}))
    assert [s.count for s in tables.rows[0].shares].count(None) >= 2
    assert tables.rows[0].shares[2].count is None


def test_a_table_without_small_cells_is_published_whole():
    counts = table({"2A": [20, 30], "2B": [12, 11]})
    tables = protect(counts)
    assert [[s.count for s in row.shares] for row in tables.rows] == [[32, 41], [20, 30], [12, 11]]
    assert not any(row.hidden for row in tables.rows)


def test_a_small_class_is_hidden_with_the_smallest_other_and_the_total_stays():
    counts = table({"2A": [20, 20], "2B": [3, 2], "2C": [15, 16], "2D": [30, 30]})
    rows = {row.group: row for row in protect(counts).rows}
    assert rows[()].n == 136
    assert {group: row.n for group, row in rows.items() if group} == {
        ("2A",): 40,
        ("2B",): None,
        ("2C",): None,
        ("2D",): 60,
    }
    assert rows["2B",].hidden == rows["2C",].hidden == Hidden.PROTECTED


def test_who_did_not_choose_an_option_is_a_cell_too():
    counts = table({"2A": [29, 15], "2B": [15, 15]}, n={"2A": 30, "2B": 30}, kind=Kind.MULTIPLE)
    rows = {row.group: row for row in protect(counts).rows}
    assert rows["2A",].shares[0].count is None
    assert rows["2A",].shares[1].count == 15


def test_one_reason_for_missing_stays_hidden_so_that_questions_do_not_tell_the_number_of_respondents():
    reasons = {reason.value: 20 for reason in Missing}
    (row,) = protect(table({(): [50, 60]}, missing={(): reasons}, by=())).rows
    assert sorted(n is None for _, n in row.missing) == [False] * 6 + [True]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [({"2A": [3, 4], "2B": [1, 1]}, Withheld.TOO_FEW), ({"2A": [0, 0]}, Withheld.TOO_FEW)],
)
def test_a_question_that_too_few_answered_is_withheld_with_the_reason(rows, reason):
    tables = protect(table(rows))
    assert (dict(tables.withheld), tables.rows) == ({"q": reason}, ())


@given(st.lists(SIZES, min_size=2, max_size=6))
@settings(max_examples=FEW * 2)
def test_of_everybody_alone_the_rules_hide_enough_without_the_solver(answers):
    counts = table({"": answers}, by=("none",)).over()
    tables = protect(counts)
    assert attack(tables, counts) == {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suppress, "_is_one_row", lambda _block: False)
        assert protect(counts) == tables


def test_a_failing_solver_withholds_instead_of_publishing(monkeypatch):
    def fail(_self, _close):
        raise attacker.SolverError

    monkeypatch.setattr(attacker.Attacker, "protect", fail)
    tables = gate.protect(table({"2A": [15, 12, 3], "2B": [14, 13, 11]}), 10, None)
    assert dict(tables.withheld) == {"q": Withheld.CANNOT_PROTECT}
    assert tables.rows == ()


def test_nothing_counted_publishes_nothing():
    assert protect(Counts((), ())).rows == ()


def test_an_unknown_grouping_and_a_useless_minimum_are_refused():
    counts = table({"2A": [20, 20]})
    with pytest.raises(CountsError, match="Not counted by 'track'; counted by: class"):
        protect(counts, groupings=[("track",)])
    with pytest.raises(CountsError, match="A minimum of 1 protects nobody"):
        protect(counts, minimum=1)


@given(single(), st.sampled_from([3, 5, 20]))
@settings(max_examples=FEW)
def test_another_minimum_holds_as_well(counts, minimum):
    tables = protect(counts, minimum)
    assert Attack(tables, counts.groups, counts.by).found(minimum) == {}


def test_the_result_does_not_depend_on_the_order_of_adding():
    one, two = table({"2A": [20, 4, 11]}), table({"2B": [13, 15, 2], "2C": [30, 12, 12]})
    assert protect(one + two) == protect(two + one)


def test_records_hold_published_numbers_only():
    counts = table({"2A": [20, 20], "2B": [3, 2], "2C": [15, 16]}, missing={"2A": {"skipped": 4}})
    records = list(protect(counts).records())
    assert {"question", "by", "group", "n", "answer", "missing", "count", "percent", "low", "high"} == set(
        records[0]
    )
    assert all(number is None or number >= 10 for r in records for number in (r["n"], r["count"]))
    assert not [r for r in records if r["group"] == "2B" and (r["n"] or r["count"] or r["percent"])]


def test_a_school_of_24_classes_and_40_questions_takes_under_three_seconds():
    counts = school()
    protect(school(questions=1, classes=2))
    start = time.process_time()
    tables = protect(counts)
    assert time.process_time() - start < 3
    assert len(tables.rows) == 40 * 25


def test_the_gate_is_the_only_way_to_tables_for_publishing():
    assert disclosure.MINIMUM == 10
    assert not hasattr(Counts, "records")
