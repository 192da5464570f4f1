"""Adults who may be one and the same; a person decides, the program never merges them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from driegesprek.roster.people import RosterAdult
from driegesprek.roster.texts import folded

Why = Literal["mobile", "phone", "email"]


@dataclass(frozen=True, slots=True)
class LikelyDouble:
    """Two adults with the same full name and the same telephone number or e-mail address.

    Attributes:
        why: what they share besides the name.
    """

    a: RosterAdult
    b: RosterAdult
    why: tuple[Why, ...]


def likely_doubles(adults: Iterable[RosterAdult]) -> tuple[LikelyDouble, ...]:
    """Pairs to show to a person: of three records of one adult, the first with each of the others.

    A shared address, number or e-mail alone says nothing: partners, and a neighbour who helps, share them.
    """
    pairs: dict[tuple[str, str], list[Why]] = {}
    first: dict[tuple[str, Why, str], RosterAdult] = {}
    by_id: dict[str, RosterAdult] = {}
    for adult in sorted(adults, key=lambda each: each.external_id):
        by_id[adult.external_id] = adult
        for why, value in _shared(adult):
            other = first.setdefault((folded(adult.name), why, value), adult)
            if other is not adult:
                pairs.setdefault((other.external_id, adult.external_id), []).append(why)
    return tuple(LikelyDouble(by_id[a], by_id[b], tuple(why)) for (a, b), why in sorted(pairs.items()))


def _shared(adult: RosterAdult) -> Iterable[tuple[Why, str]]:
    if not folded(adult.name):
        return
    values: tuple[tuple[Why, str | None], ...] = (
        ("mobile", adult.mobile),
        ("phone", adult.phone),
        ("email", adult.email.casefold() if adult.email else None),
    )
    for why, value in values:
        if value:
            yield why, value
