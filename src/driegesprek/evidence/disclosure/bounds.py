"""Counts that others counted, as bounds: what the gate lets be shown of a table that somebody brought in.

Such a table is shown in parts, added up in any way that is asked, and each sum is told between bounds. So every cell is
made safe by itself: one below the minimum, nought too, becomes 0 to 9 whatever it is. A total of cells may only be shown
beside them where it gives none away, see :func:`may_stand_beside`.
Source: Hundepool et al. (2012), Statistical Disclosure Control, chapter 4 (minimum frequency, complements in linked tables).
"""

from collections.abc import Sequence

Known = tuple[int, int | None]
"""Least and most possible number; None where nothing is known of the most."""
MINIMUM = 10
NOTHING: Known = (0, None)


def in_bounds(known: Known, minimum: int = MINIMUM) -> Known:
    """What may be shown of a count: itself from the minimum on, else bounds that are the same for every small number.

    Args:
        known: Its least and most possible value. Of one whose least value is small, the most is rounded up to one below a
            multiple of the minimum, so that a part that is small does not follow from the upper bound.
        minimum: People that a shown number needs.
    """
    low, high = known
    if low >= minimum:
        return known
    return (0, None if high is None else minimum * (high // minimum + 1) - 1)


def may_stand_beside(whole: Known, parts: Sequence[Known], minimum: int = MINIMUM) -> bool:
    """Whether a total may be shown beside parts that do not overlap, all exactly.

    Everything that follows from them is a sum of parts and of the rest; so each of these must be of nobody or of the
    minimum at least, and none a secret.
    """
    exact = all(low == high for low, high in (whole, *parts))
    rest = whole[0] - sum(low for low, _ in parts)
    return exact and all(low >= minimum for low, _ in parts) and (rest == 0 or rest >= minimum)
