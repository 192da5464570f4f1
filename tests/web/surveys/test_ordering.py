"""Levels of what is known of people stand as schools read them."""

import pytest

from driegesprek.web.surveys.domain import ordering


@pytest.mark.parametrize(
    ("name", "usual"),
    [
        ("track", ["BB", "KB", "GL", "TL", "HAVO", "VWO"]),
        ("class", ["2A", "2B", "10A"]),
        ("year_group", ["2", "3", "10"]),
    ],
)
def test_the_order_of_a_group(name, usual):
    found = ordering.values(name, sorted(usual))
    assert [one.code for one in found] == usual
    assert [one.order for one in found] == [1, 2, 3, 4, 5, 6][: len(usual)]
