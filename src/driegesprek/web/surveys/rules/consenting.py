"""Who gives consent for whom, and when it holds."""

import datetime as dt
from collections.abc import Collection

OWN_WORD_FROM = 16
"""Years: from this age on a pupil's own consent counts (GDPR art. 8 and the Dutch UAVG art. 5)."""


def age(born: dt.date, on: dt.date) -> int:
    """Whole years on a day; who is born on 29 February is a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def own_word(born: dt.date | None, on: dt.date) -> bool:
    """Whether a pupil gives consent by oneself; a birthday that is not known counts as under sixteen."""
    return born is not None and age(born, on) >= OWN_WORD_FROM


def holds(words: Collection[bool]) -> bool:
    """Whether consent stands, of all who gave their word: at least one yes and no no.

    Of two parents with authority who do not agree, the no counts.
    """
    return bool(words) and all(words)
