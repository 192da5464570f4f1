"""Counts that come as bounds, through the gate: an attacker solves for every cell and every rest."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from driegesprek.evidence.counts import CountsError
from driegesprek.evidence.disclosure import Total, protect_cells

SIZES = st.lists(st.sampled_from([0, 3, 8, 10, 14, 30, 77]), min_size=2, max_size=5)


@st.composite
def tables(draw):
    """Cells that do not overlap, and totals of some of them with a rest."""
    sizes = draw(SIZES)
    cells = {(place,): (n, n) for place, n in enumerate(sizes)}
    members = draw(
        st.lists(
            st.sets(st.sampled_from(sorted(cells)), min_size=1), min_size=1, max_size=3, unique_by=frozenset
        )
    )
    rests = draw(st.lists(st.sampled_from([0, 0, 4, 25]), min_size=len(members), max_size=len(members)))
    totals = []
    for number, (parts, rest) in enumerate(zip(members, rests, strict=True)):
        whole = rest + sum(cells[one][0] for one in parts)
        totals.append(Total(("total", number), (whole, whole), tuple(sorted(parts))))
    return cells, totals, rests


def intervals(cells, totals, told):
    """What each cell, then each rest, can be for who knows all that is told."""
    keys = list(cells)
    sums = np.eye(len(keys), len(keys) + len(totals))
    rows = list(sums) + [
        np.array([*(key in one.parts for key in keys), *(other is one for other in totals)], float)
        for one in totals
    ]
    shown = [told[key] for key in (*keys, *(one.key for one in totals))]
    low = np.array([one[0] for one in shown], float)
    high = np.array([1e4 if one[1] is None else one[1] for one in shown], float)
    over = np.vstack([rows, -np.array(rows)])
    limits = np.concatenate([high, -low])
    for place in range(len(keys) + len(totals)):
        cost = np.eye(len(keys) + len(totals))[place]
        yield tuple(
            sign * optimize.linprog(sign * cost, A_ub=over, b_ub=limits, method="highs").fun
            for sign in (1.0, -1.0)
        )


def given_away(cells, totals, rests, told):
    true = [*(low for low, _ in cells.values()), *rests]
    found = zip(true, intervals(cells, totals, told), strict=True)
    return [n for n, (low, high) in found if 0 < n < 10 and high - low < 9 - 1e-6]


@settings(max_examples=40, deadline=None)
@given(tables())
def test_nothing_small_follows_from_what_is_told(table):
    cells, totals, rests = table
    told = protect_cells(cells, totals)
    assert not given_away(cells, totals, rests, told)
    true = cells | {one.key: one.known for one in totals}
    for key, (low, high) in told.items():
        n = true[key][0]
        assert (low, high) in {(n, n), (0, 9), (0, None)}
        assert n >= 10 or low == 0


def test_the_same_attacker_finds_it_where_each_number_is_only_looked_at_by_itself():
    cells = {("a",): (40, 40), ("b",): (3, 3), ("c",): (20, 20)}
    totals = [Total(("all",), (63, 63), (("a",), ("b",), ("c",)))]
    naive = {("a",): (40, 40), ("b",): (0, 9), ("c",): (20, 20), ("all",): (63, 63)}
    assert given_away(cells, totals, [0], naive) == [3]
    told = protect_cells(cells, totals)
    assert told == {("a",): (40, 40), ("b",): (0, None), ("c",): (0, None), ("all",): (63, 63)}


def test_thousands_of_cells_without_totals_are_each_safe_by_themselves():
    cells = {pair: (sum(pair) % 30,) * 2 for pair in itertools.product(range(60), range(60))}
    told = protect_cells(cells)
    assert {told[key] for key, (n, _) in cells.items() if n < 10} == {(0, 9)}
    assert all(told[key] == (n, n) for key, (n, _) in cells.items() if n >= 10)


def test_a_total_of_totals_is_told_only_where_each_of_them_is():
    ages = {("10", 1): (30, 30), ("10", 2): (5, 5), ("15", 1): (0, 0)}
    young = Total(("10",), (35, 35), (("10", 1), ("10", 2)))
    wider = Total(("all",), (90, 90), (("10",), ("15", 1)))
    told = protect_cells(ages, [young, wider])
    assert told["10",] == (35, 35)
    assert told["all",] == (0, None), "with a part that is small"
    assert protect_cells(ages, [young, Total(("all",), (90, 90), (("10",),))])["all",] == (90, 90)


def test_beside_what_was_told_before_a_total_gives_nothing_of_it_away():
    before = protect_cells({("bol",): (22, 22), ("bbl",): (8, 8)})
    routes = (("bol",), ("bbl",))
    assert protect_cells({}, [Total(("all",), (30, 30), routes)], told=before) == {("all",): (0, None)}
    before = protect_cells({("bol",): (22, 22), ("bbl",): (18, 18)})
    assert protect_cells({}, [Total(("all",), (40, 40), routes)], told=before) == {("all",): (40, 40)}
    assert protect_cells({}, [Total(("all",), (41, 41), routes)], told=before) == {("all",): (0, None)}


def test_numbers_that_do_not_add_up_or_are_not_known_tell_nothing_beside_their_total():
    odd = [Total(("all",), (20, 20), (("a",), ("b",)))]
    assert set(protect_cells({("a",): (15, 15), ("b",): (15, 15)}, odd).values()) == {(0, None)}
    assert set(protect_cells({("a",): (15, 15), ("b",): (0, 4)}, odd).values()) == {(0, None)}


def test_a_minimum_that_hides_nobody_is_refused():
    with pytest.raises(CountsError, match="Use 10"):
        protect_cells({}, minimum=1)
