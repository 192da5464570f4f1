"""Stratified samples: simple random sampling without replacement in every stratum, with its design weights.

The weight of a person is N_h / n_h, the inverse of the chance to be drawn (Cochran, Sampling Techniques, 3rd ed. 1977,
§5.2): a group that was drawn twice as often counts half as much in what is said of all.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


class FractionError(ValueError):
    """A share that cannot be drawn: not above 0, or above 1."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One member of a sample.

    Attributes:
        member: who.
        stratum: of which group.
        weight: how many members of the population this one stands for, 1 or more.
    """

    member: str
    stratum: str
    weight: float


def sizes(population: Mapping[str, int], shares: Mapping[str, float]) -> dict[str, int]:
    """How many are drawn of every stratum: the share of its size, rounded half up, at least one of who are there.

    Args:
        population: {stratum: N_h}.
        shares: {stratum: the share to draw, above 0 and at most 1}; a stratum that is not named is taken whole.

    Raises:
        FractionError: a share is not in (0, 1].
    """
    return {stratum: _size(number, shares.get(stratum, 1.0)) for stratum, number in population.items()}


def _size(number: int, share: float) -> int:
    if not 0 < share <= 1:
        raise FractionError(str(share))
    # As a fraction of what was typed: 0.15 × 30 is 4.5 and not the 4.499… of floating point.
    wanted = Fraction(str(share)) * number + Fraction(1, 2)
    return min(number, max(1, int(wanted)))


def draw(members: Mapping[str, Sequence[str]], shares: Mapping[str, float], *, seed: int) -> list[Drawn]:
    """Draw a stratified sample; the same members, shares and seed give the same sample, on any machine.

    Every stratum has a stream of chance of its own, so that one more stratum changes nothing in the others; the order
    in which members are given does not count.

    Args:
        members: {stratum: its members, each once}.
        shares: as in `sizes`.
        seed: kept with the round, so that the draw can be repeated.

    Raises:
        FractionError: a share is not in (0, 1].
    """
    wanted = sizes({stratum: len(found) for stratum, found in members.items()}, shares)
    return [
        Drawn(member, stratum, len(members[stratum]) / wanted[stratum])
        for stratum in sorted(members)
        for member in _drawn(members[stratum], wanted[stratum], f"{seed}/{stratum}")
    ]


def _drawn(members: Sequence[str], wanted: int, seed: str) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 - a sample that can be repeated, no secret
    return sorted(chance.sample(sorted(members), wanted))
