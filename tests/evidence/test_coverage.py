"""How often 95 % intervals hold the truth; all of it in `make long`, a small part always."""

import os

import pytest
from tests.evidence.simulating import coverage

LONG = bool(os.environ.get("DRIEGESPREK_LONG"))
REPLICATES = 10_000
CHANCE = (0.95 * 0.05 / REPLICATES) ** 0.5


@pytest.mark.long
@pytest.mark.skipif(not LONG, reason="10,000 replicates: make long")
@pytest.mark.parametrize(
    "method",
    [
        "regress",
        pytest.param(
            "mixed", marks=pytest.mark.xfail(reason="pre: 88 % of 300; see docs/evidence-statistics.md")
        ),
    ],
)
def test_intervals_hold_the_truth_as_often_as_they_say(method):
    for name, share in coverage(method, REPLICATES).items():
        assert abs(share - 0.95) < 3 * CHANCE, (name, share)


@pytest.mark.parametrize(("method", "replicates"), [("regress", 80), ("mixed", 10)])
def test_intervals_are_not_far_off(method, replicates):
    for share in coverage(method, replicates).values():
        assert 0.95 - 4 * (0.95 * 0.05 / replicates) ** 0.5 <= share
