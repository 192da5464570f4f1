from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.makers import school, table

from driegesprek.evidence import Hidden, shown_inside

SIZES = st.sampled_from([0, 1, 3, 9, 10, 12, 15, 20])


def sizes(tables):
    return {row.group: row.n for row in tables.rows}


def test_a_row_needs_ten_respondents_and_else_hides_its_n_too():
    tables = shown_inside(table({"2A": [10, 5], "2B": [4, 5], "2C": [2, 3], "2D": [8, 8]}))
    assert sizes(tables) == {(): 45, ("2A",): 15, ("2B",): None, ("2C",): None, ("2D",): 16}
    hidden = tables.rows[2]
    assert (hidden.hidden, hidden.shares, hidden.missing) == (Hidden.TOO_FEW, (), ())


def test_small_cells_may_be_seen_inside():
    tables = shown_inside(table({"2A": [9, 1], "2B": [12, 0]}, missing={"2A": {"skipped": 1}}))
    assert [s.count for s in tables.rows[1].shares] == [9, 1]
    assert [n for _, n in tables.rows[1].missing] == [1]


def test_one_hidden_row_takes_the_smallest_other_with_it():
    tables = shown_inside(table({"2A": [20, 5], "2B": [4, 4], "2C": [6, 6]}))
    assert sizes(tables) == {(): 45, ("2A",): 25, ("2B",): None, ("2C",): None}
    assert [row.hidden for row in tables.rows[2:]] == [Hidden.TOO_FEW, Hidden.WITH_ANOTHER]


def test_two_hidden_rows_that_are_few_together_take_another_with_them():
    tables = shown_inside(table({"2A": [20, 5], "2B": [2, 2], "2C": [1, 1], "2D": [6, 6]}))
    assert sizes(tables) == {(): 43, ("2A",): 25, ("2B",): None, ("2C",): None, ("2D",): None}


def test_with_two_classes_only_the_total_remains():
    tables = shown_inside(table({"2A": [20, 5], "2B": [2, 2]}))
    assert sizes(tables) == {(): 29, ("2A",): None, ("2B",): None}


def test_a_total_of_too_few_hides_everything():
    assert set(sizes(shown_inside(table({"2A": [3, 3], "2B": [1, 1]}))).values()) == {None}


def test_tracks_do_not_give_away_a_hidden_class():
    nested = {("2A", "bb"): [4, 4], ("2B", "bb"): [15, 5], ("2C", "kb"): [15, 5], ("2D", "kb"): [15, 6]}
    counts = table(nested, by=("class", "track"))
    rows = {row.group: row.n for row in shown_inside(counts, groupings=[("class",), ("track",)]).rows}
    assert rows["2A",] is None
    assert rows["bb",] is None or rows["2B",] is None


@given(st.lists(st.lists(SIZES, min_size=2, max_size=2), min_size=1, max_size=6))
def test_what_the_total_leaves_over_is_nothing_or_at_least_two_rows_of_ten_together(cells):
    counts = table({f"c{i}": row for i, row in enumerate(cells)})
    total, *rows = shown_inside(counts).rows or [None]
    if total is None or total.n is None:
        assert not any(row.n for row in rows)
        return
    hidden = [row for row in rows if row.n is None]
    rest = total.n - sum(row.n or 0 for row in rows)
    assert not hidden or (len(hidden) > 1 and rest >= 10)
    assert all(row.n is None or row.n >= 10 for row in rows)


def test_a_whole_school_is_shown_by_class():
    tables = shown_inside(school(questions=3, classes=8))
    assert all(row.n for row in tables.rows)
    assert len(tables.rows) == 3 * 9
