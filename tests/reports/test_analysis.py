"""One analysis for page and report: what evidence says of the same columns, and nothing of fewer than ten people."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given as suppose
from hypothesis import settings
from hypothesis import strategies as st
from tests.reports import making

from driegesprek import evidence
from driegesprek.evidence.collecting import parts_by_query
from driegesprek.evidence.held import Held
from driegesprek.evidence.plans import plan_of
from driegesprek.evidence.sums import Sums, results, sums_of
from driegesprek.reports import Hidden, analyse, inside
from driegesprek.reports.answers import join
from driegesprek.reports.planning import plan
from driegesprek.reports.telling import Moved, clear, moved, precise


@pytest.fixture(scope="module")
def table():
    return making.make(skips=0.03, seed=4)


@pytest.fixture(scope="module")
def joined(table):
    return join(making.given(table))


@pytest.fixture(scope="module")
def found(table):
    return {one.name: one for one in analyse(making.given(table), seed=1, files=3).scales}


def wide(joined):
    texts = {name: pa.array(values.tolist(), pa.string()) for name, values in joined.codes.items()}
    return evidence.table(
        pa.table(
            {name: pa.array(values, from_pandas=True) for name, values in joined.numbers.items()} | texts
        )
    )


def numbers_of(value):
    if isinstance(value, dict):
        return [one for key in sorted(value) for one in numbers_of(value[key])]
    if isinstance(value, list | tuple):
        return [one for each in value for one in numbers_of(each)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


def test_sums_in_memory_are_those_that_evidence_makes_of_the_rows(joined):
    written = plan_of(plan(joined))
    ours = results(sums_of(Held.of_arrays(joined.numbers, joined.codes), written))
    theirs = results(Sums(written, parts_by_query(wide(joined), written), {}))
    assert set(ours) == set(theirs)
    for name, one in ours.items():
        own, other = (
            {key: v for key, v in each.to_plain().items() if key != "n_missing"}
            for each in (one, theirs[name])
        )
        assert numbers_of(own) == pytest.approx(numbers_of(other), rel=1e-8, abs=1e-9), name


def test_the_effect_that_was_put_in_is_found_and_no_other(found):
    did = {
        name: next(row for row in one.did.coefficients if row.term == "did_homework=yes")
        for name, one in found.items()
    }
    low, high = did["talking"].ci
    assert low < 0.6 < high
    assert low > 0
    assert did["knowing"].ci[0] < 0 < did["knowing"].ci[1]


def test_complete_cases_and_imputed_files_stand_beside_each_other(found):
    one = found["talking"]
    complete = {row.term: row.b for row in one.model.coefficients}
    imputed = {row.term: row for row in one.imputed.coefficients}
    assert imputed.keys() == complete.keys()
    assert one.imputed.n > one.model.n
    assert imputed["did_homework=yes"].b == pytest.approx(complete["did_homework=yes"], abs=0.15)
    assert imputed["did_homework=yes"].fmi > 0


def test_a_random_intercept_finds_the_effect_and_of_few_classes_it_is_not_told(table, found):
    mixed = found["talking"].mixed
    low, high = next(row.ci for row in mixed.fixed if row.term == "did_homework=yes")
    assert low < 0.6 < high
    assert mixed.group_sizes == {"class": 12}
    few = analyse(making.given(making.make(120, classes=4)), seed=1, files=0).scales[0].mixed
    assert few.code == "few_clusters"


def test_the_same_seed_gives_the_same_and_another_seed_another(table):
    first, again, other = (
        analyse(making.given(table), seed=seed, files=2).scales[0].imputed.coefficients for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_mean_changes_by_group_are_those_of_each_group_alone(joined, found):
    shown = {one.term: one.b for one in found["talking"].by_group["track"].contrasts}
    moved_by = joined.numbers["change.talking"]
    for track in ("BB", "TL"):
        assert shown[track] == pytest.approx(np.nanmean(moved_by[joined.codes["track"] == track]))


def test_the_order_of_the_rows_changes_nothing(table):
    turned = table.take(np.random.default_rng(3).permutation(len(table)))
    assert analyse(making.given(turned), seed=1, files=2) == analyse(making.given(table), seed=1, files=2)


def test_of_fewer_than_ten_nothing_is_told():
    few = analyse(making.given(making.make(9, leaves=0, classes=1)), seed=1)
    for one in few.scales:
        assert one.change is Hidden.TOO_FEW
        assert not any(one.spreads.values())
        assert all(each is Hidden.TOO_FEW for each in one.reliability.values())


def test_who_answered_once_is_left_out_where_these_are_few():
    table = making.make(40, leaves=0)
    rows = table.to_pylist()
    for row in rows:
        if row["person"] in {"p0000", "p0001"} and row["round"] == "post":
            row |= {"talking": None, "t1": None, "t2": None, "t3": None}
    found = analyse(making.given(pa.Table.from_pylist(rows)), seed=1, files=0).scales[0]
    assert (found.spreads["before"].n, found.spreads["after"].n, found.change.n) == (38, 38, 38)
    said = inside(making.given(pa.Table.from_pylist(rows)))
    assert said["before"]["t1"].n == 38
    open_ones = analyse(making.given(pa.Table.from_pylist(rows), named=True), seed=1, files=0).scales[0]
    assert open_ones.spreads["before"].n == 40


def test_a_level_of_a_few_is_in_no_model():
    rows = making.make(120).to_pylist()
    for row in rows:
        if row["person"] in {f"p{n:04}" for n in range(6)}:
            row["track"] = "GL"
    joined = join(making.given(pa.Table.from_pylist(rows)))
    assert joined.levels["track"] == ("BB", "TL")
    assert "GL" not in str(plan(joined))


def test_classes_to_compare_with_are_compared():
    found = analyse(
        making.given(making.make(300, leaves=0), comparison=frozenset({"c0", "c1", "c2"})), seed=1, files=0
    )
    assert [one.n for one in found.comparison.levels] == [75, 225]
    assert found.scales[0].against.coefficients[-1].term == "not_in_comparison=yes"


def test_a_single_measurement_has_spreads_and_no_change():
    table = making.make(60)
    once = table.filter(pa.compute.equal(table["round"], "post"))
    found = analyse(making.given(once), seed=1)
    assert found.scales[0].change is None
    assert found.scales[0].spreads["after"].n == len(once)


def test_nobody_gives_nothing():
    empty = making.make(5).slice(0, 0)
    assert analyse(making.given(empty), seed=1).scales == ()


def test_an_interval_is_precise_up_to_three_tenths_of_a_standard_deviation():
    assert precise((-0.29, 0.29), 1.0)
    assert not precise((-0.31, 0.31), 1.0)
    assert not precise(None, 1.0)
    assert not precise((0.0, 0.0), None)


def test_which_tests_are_clear_is_holms():
    assert clear([0.01, 0.04, 0.03, None]) == [True, False, False, False]
    assert clear([0.001, 0.02, 0.04]) == [True, True, True]
    assert [moved(b, is_clear=sure) for b, sure in ((1, True), (-1, True), (1, False))] == [
        Moved.UP,
        Moved.DOWN,
        Moved.UNCLEAR,
    ]


@settings(max_examples=6)
@suppose(st.integers(0, 10**6), st.integers(11, 40), st.floats(0, 0.5))
def test_whatever_the_answers_no_result_is_of_fewer_than_ten(seed, n, skips):
    for one in analyse(
        making.given(making.make(n, seed=seed, skips=skips, classes=3)), seed=1, files=0
    ).scales:
        told = [*one.spreads.values(), *one.reliability.values(), one.change, one.model, one.mixed, one.did]
        assert all(each.n >= 10 for each in told if hasattr(each, "n"))
