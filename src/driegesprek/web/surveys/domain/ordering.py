"""The levels of what is known of people, such as class and track, in the order in which schools read them."""

import re
from collections.abc import Iterable
from typing import Any

from driegesprek.roster.words import track_order
from driegesprek.tables.codebook import Value


def values(name: str, codes: Iterable[str]) -> tuple[Value, ...]:
    """The codes in their order: tracks as in `roster.words.TRACK_ORDER`, all others as text with its numbers."""
    ordered = sorted(codes, key=track_order if name == "track" else _natural)
    return tuple(Value(code, order=place) for place, code in enumerate(ordered, 1))


def _natural(code: str) -> list[Any]:
    """2B before 10A: numbers in their own order."""
    return [
        (int(part), "") if part.isdecimal() else (0, part.casefold()) for part in re.findall(r"\d+|\D+", code)
    ]
