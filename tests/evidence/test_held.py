"""The sums of columns in memory are those that a database makes of the same rows."""

import math

import numpy as np
import pyarrow as pa
import pytest
from tests.evidence.test_sums import PLAN, arrow

from driegesprek import evidence
from driegesprek.evidence import EvidenceError
from driegesprek.evidence.collecting import parts_by_query, parts_in_memory, parts_of
from driegesprek.evidence.held import MOST_ROWS, Held
from driegesprek.evidence.plans import plan_of

MORE = [
    {"kind": "change", "name": "far", "pre": "pre", "post": "post", "least": 0.5, "pivots": {"pre": 3}},
    {
        "kind": "crosstab",
        "name": "heavy",
        "rows": "q1",
        "cols": "sex",
        "weights": "weight",
        "cluster": "class",
    }
    | {"levels": {"q1": list("12345"), "sex": ["boy", "girl"]}},
    {"kind": "weights", "name": "raked", "weights": "weight", "mean": ["post", "q1"], "trim": 3}
    | {
        "pivots": {"q1": 2},
        "margins": [{"variable": "sex", "level": one, "total": 500} for one in ("boy", "girl")],
    },
    {"kind": "regress", "name": "plain", "outcome": "post", "blocks": "pre+q1;pre:q1", "pivots": {"q1": 2}},
]
MORE.append(
    {"kind": "describe", "name": "who", "items": ["q1", "post", "sex"], "weights": "weight"}
    | {"levels": {"sex": ["boy", "girl"]}, "pivots": {"post": 0.5}}
)
WHOLE = plan_of(PLAN | {"statistics": [*PLAN["statistics"], *MORE]})


def told(value, path=()):
    """{where: number or text}; cells, groups and clusters by their key."""
    if isinstance(value, dict):
        return {at: one for key in value for at, one in told(value[key], (*path, key)).items()}
    if isinstance(value, list):
        by_key = value and isinstance(value[0], dict) and "key" in value[0]
        keyed = [(tuple(one["key"]) if by_key else place, one) for place, one in enumerate(value)]
        return {at: one for key, each in keyed for at, one in told(each, (*path, key)).items()}
    return {path: value}


def same_parts(rows, plan):
    names = [name for one in plan.statistics for name in one.variables]
    data = evidence.table(rows)
    asked, held = parts_by_query(data, plan), parts_in_memory(Held.of(data, names), plan)
    assert asked.keys() == held.keys()
    for name, part in asked.items():
        one, other = told(part.to_plain()), told(held[name].to_plain())
        assert one.keys() == other.keys(), name
        for at, value in one.items():
            close = (
                math.isclose(value, other[at], rel_tol=1e-12, abs_tol=1e-12)
                if isinstance(value, float)
                else value == other[at]
            )
            assert close, (name, at, value, other[at])


def test_every_kind_of_statistic_has_the_same_sums():
    same_parts(arrow(), WHOLE)


def test_so_it_is_of_columns_of_any_type_with_anything_missing():
    texts = ["1", " 2 ", "+3", "4e0", None] * 8
    rows = {
        "text": texts,
        "whole": [None, 1, 2, 3] * 10,
        "real": [0.5, math.nan, 2.0, None, -1.0] * 8,
        "truth": [True, False, None, True] * 10,
        "codes": [1.0, 2.0, math.nan, 2.0] * 10,
        "name": ["a", "b", None, ""] * 10,
        "w": [0.0, 1.0, 2.5, None, 1.0] * 8,
        "nobody": pa.nulls(40, pa.float64()),
    }
    rows["real__missing"] = ["refused", "skipped", None, None, "skipped"] * 8
    both = {"levels": {"codes": ["1", "2"], "truth": ["true", "false"]}}
    statistics = [
        {"kind": "describe", "items": ["text", "real", "codes", "truth", "nobody"], "weights": "w", **both},
        {
            "kind": "describe",
            "name": "plain",
            "items": ["real", "truth"],
            "levels": {"truth": ["false", "true"]},
        },
        {"kind": "scale", "items": ["text", "whole", "truth"], "missing": "pairwise"},
        {"kind": "change", "pre": "text", "post": "real", "cluster": "name"},
        {"kind": "change", "pre": "whole", "post": "nobody"},
        {"kind": "crosstab", "rows": "codes", "cols": "truth", "weights": "w", **both},
        {"kind": "weights", "weights": "w", "mean": ["real", "text"], "strata": "name", "fpc": "codes"},
        {"kind": "regress", "outcome": "whole", "blocks": "text;codes", "levels": {"codes": ["1", "2"]}}
        | {"weights": "w", "cluster": "name"},
        {"kind": "mixed", "outcome": "text", "fixed": "truth", "group": "name"},
    ]
    same_parts(pa.table(rows), plan_of(PLAN | {"statistics": statistics}))


@pytest.mark.parametrize(
    ("statistic", "code"),
    [
        ({"kind": "scale", "items": ["x", "z"]}, "unknown_variable"),
        ({"kind": "scale", "items": ["x", "t"]}, "not_numeric"),
        ({"kind": "change", "pre": "x", "post": "t"}, "not_numeric"),
        ({"kind": "describe", "items": ["t"], "levels": {"t": ["b"]}}, "unknown_level"),
        ({"kind": "describe", "items": ["t"]}, "not_numeric"),
        ({"kind": "weights", "mean": ["x"], "weights": "minus"}, "bad_weight"),
        ({"kind": "weights", "mean": ["huge"]}, "too_large"),
        ({"kind": "weights", "mean": ["x"], "weights": "huge"}, "too_large"),
        ({"kind": "crosstab", "rows": "x", "cols": "t", "levels": {"x": ["1"], "t": ["a"]}}, "unknown_level"),
        ({"kind": "regress", "outcome": "x", "blocks": "t", "levels": {"t": ["b"]}}, "unknown_level"),
    ],
)
def test_what_is_wrong_is_told_by_the_same_name(statistic, code):
    data = evidence.table(
        pa.table({"x": [1.0, 2.0], "t": ["a", "a"], "minus": [-1.0, 1.0], "huge": [1, math.inf]})
    )
    for made in (parts_of, parts_by_query):
        with pytest.raises(EvidenceError) as error:
            made(data, plan_of(PLAN | {"statistics": [statistic]}))
        assert error.value.code == code


def test_a_large_file_is_counted_where_its_rows_are():
    data = evidence.table(pa.table({"x": np.zeros(MOST_ROWS + 1)}))
    assert Held.of(data, ["x"]) is None
