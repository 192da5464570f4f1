"""The two measurements, and how the columns of what was answered in them are called."""

BEFORE, AFTER = "before", "after"
PARTS = (BEFORE, AFTER)
ROUNDS = {BEFORE: "pre", AFTER: "post"}
"""As wide files name them."""
WEIGHT = "weight"
MINIMUM = 10
"""A level of a group, and whoever took part or not, is of at least so many, or it is in no model."""


def column(part: str, name: str) -> str:
    """The column of a measurement."""
    return f"{part}.{name}"
