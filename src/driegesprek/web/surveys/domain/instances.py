"""Instances of repeats in a response: each has an id that stays, and that no other instance ever gets."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

MOST: Final = 100
"""Instances that a person can add to one repeat."""


def used(repeat: str, paths: Iterable[str]) -> set[str]:
    """Ids of instances of a repeat under which something was ever answered.

    Args:
        repeat: the path of the repeat in what is around it: /child, or /child[1]/toy
        paths: of all answers, those of instances that were taken away included
    """
    head = f"{repeat}["
    return {path[len(head) :].split("]", 1)[0] for path in paths if path.startswith(head)}


def changed(ids: Sequence[str], what: str, *, used: Collection[str]) -> list[str]:
    """The ids after something was done.

    Args:
        ids: that are there now
        what: 'add', 'remove:<id>', or anything else to leave them as they are
        used: ids that were ever used, which a new instance does not get
    """
    if what == "add" and len(ids) < MOST:
        return [*ids, _fresh([*ids, *used])]
    removed = what.removeprefix("remove:") if what.startswith("remove:") else None
    return [one for one in ids if one != removed]


def _fresh(taken: Iterable[str]) -> str:
    return str(max((int(one) for one in taken if one.isdecimal() and len(one) < 9), default=0) + 1)  # noqa: PLR2004 - an id of nine digits was not made here
