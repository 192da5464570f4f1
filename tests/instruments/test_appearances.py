"""The column appearance."""

import pytest

from driegesprek.instruments import appearances


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("likert quick", {"likert", "quick"}),
        ("compact-2", {"columns-2", "no-buttons"}),
        ("quickcompact", {"quick", "columns-pack", "no-buttons"}),
        ("Horizontal", {"columns"}),
        ("list-nolabel", {"likert"}),
    ],
)
def test_old_names_mean_what_the_new_ones_do(written, meant):
    assert appearances(written) == meant
