"""How often 95 % intervals hold the truth; all of it in `make long`, a small part always."""

import os

import pytest
from tests.evidence.simulating import MODEL, coverage

LONG = bool(os.environ.get("DRIEGESPREK_LONG"))
REPLICATES = 10_000
CHANCE = (0.95 * 0.05 / REPLICATES) ** 0.5


@pytest.mark.long
@pytest.mark.skipif(not LONG, reason="10,000 replicates: make long")
@pytest.mark.parametrize("method", ["regress", "mixed"])
def test_intervals_hold_the_truth_as_often_as_they_say(method):
    for name, share in coverage(method, REPLICATES).items():
        if not name.startswith(
            MODEL
        ):  # what the model's own errors do is told in docs/evidence-statistics.md
            assert abs(share - 0.95) < 3 * CHANCE, (name, share)


@pytest.mark.parametrize(("method", "replicates"), [("regress", 80), ("mixed", 10)])
def test_intervals_are_not_far_off(method, replicates):
    shares = coverage(method, replicates, schools=600)
    for share in (share for name, share in shares.items() if not name.startswith(MODEL)):
        assert 0.95 - 4 * (0.95 * 0.05 / replicates) ** 0.5 <= share
