"""A damaged file of sums is refused with where it is damaged, and never ends in anything but a named error."""

import copy
import json

import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence.test_sums import PLAN, arrow

from driegesprek import evidence
from driegesprek.evidence import EvidenceError
from driegesprek.evidence.plans import plan_of
from driegesprek.evidence.sums import Sums, make_sums, results, together

NUMBERS = st.integers() | st.floats() | st.floats(-10, 1000)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


def whole():
    """The sums of two schools, of every kind of statistic."""
    rows = arrow()
    some = rows.filter(pc.is_in(rows["school"], value_set=pc.unique(rows["school"]).slice(0, 2)))
    grid = {"grid": {"points": 8, "class_size": 20}}
    statistics = [one | grid if one["name"] == "two" else one for one in PLAN["statistics"]]
    return make_sums(evidence.table(some), plan_of(PLAN | {"statistics": statistics})).to_plain()


WHOLE = whole()


def paths(value, path=()):
    yield path
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in below:
        yield from paths(one, (*path, key))


PATHS = sorted(paths(WHOLE), key=lambda path: (len(path), str(path)))


def damaged(path, value):
    if not path:
        return value
    made = copy.deepcopy(WHOLE)
    at = made
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return made


def test_what_is_whole_is_read_as_it_was():
    assert Sums.from_json(json.dumps(WHOLE)).to_plain() == WHOLE


@settings(max_examples=120, deadline=None)
@given(st.sampled_from([path[:depth] for path in PATHS[::7] for depth in range(len(path) + 1)]), JSON)
def test_any_value_in_any_place_is_refused_or_computed_with(path, value):
    found = outcome(json.dumps(damaged(path, value)))
    assert not isinstance(found, EvidenceError) or str(found).startswith("brug.sums.json: ")


def outcome(text):
    """What combining gives, as JSON; or the named error."""
    try:
        found = results(together({"brug.sums.json": text}))
    except EvidenceError as error:
        return error
    named = EvidenceError | None
    return json.dumps({name: one.to_plain() for name, one in found.items() if not isinstance(one, named)})


def test_numbers_that_no_rows_give_are_a_named_error():
    found = outcome(json.dumps(damaged(("parts", "two", "inner", 1, 2, 2), 0.0)))
    assert "two" not in json.loads(found)


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (
            ("parts", "effect", "clusters", 0, "cross"),
            3,
            "parts → effect → clusters → 1 → cross should be a list of 3 lists",
        ),
        (("parts", "effect", "clusters", 0, "cross", 0, 1), 3, "cross → 1 → 2 should be a list of"),
        (("parts", "effect", "clusters", 0, "n"), 3.5, "n should be a whole number"),
        (("parts", "effect", "clusters", 0, "key"), "s01", "key should be a list"),
        (("parts", "effect", "names"), ["1"], "names should be ['1', 'pre'"),
        (("parts", "scale", "n"), 7, "parts → scale → n should be a list of"),
        (("parts", "scale", "n", 0, 1), -1, "whole numbers, 0 or more"),
        (("parts", "one", "cross", 0, 1), 1e9, "the same above and below the diagonal"),
        (("parts", "two", "schools"), ["a", "a"], "no key stands twice"),
        (("parts", "two", "grid", "points"), 9, "grid should be {'points': 8"),
        (("parts", "table", "cells", 0, "sums"), 7, "sums should be a list of 3 numbers"),
        (("parts", "change", "cells", 0, "sums", 0), 1.5, "'n' is a whole number"),
        (("parts", "weights", "pivots"), {}, "pivots should be {'post': 0.0}"),
        (("parts", "other"), {}, "parts → other should be of a statistic of the plan"),
        (("withheld",), {"scale": 3}, "withheld → scale should be a text"),
        (("released",), "yes", "released should be true or false"),
        (("schools",), "A", "schools should be a list"),
        (("parts", "one", "cross", 0, 0), float("nan"), "a finite number"),
    ],
)
def test_it_is_told_where_and_what_should_be_there(path, value, where):
    with pytest.raises(EvidenceError) as error:
        Sums.from_json(json.dumps(damaged(path, value)))
    assert error.value.code == "bad_sums"
    assert where in str(error.value)
    assert str(error.value).endswith("Ask the school to make the file again.")
