"""Counts of response that staff may see of a round without names: none that points to people."""

import datetime as dt
from collections.abc import Mapping
from typing import TypeVar

from driegesprek.evidence import disclosure

Key = TypeVar("Key")
MINIMUM = disclosure.MINIMUM


def shown(counts: Mapping[Key, int], minimum: int = MINIMUM) -> dict[Key, int | None]:
    """Counts beside each other whose total is known too; None stands for what is hidden.

    The rule inside a school, as `evidence.shown_inside` has it for answers: fewer than the minimum are hidden. Where
    the total would give them away, because one count alone is hidden or the hidden ones are together below the
    minimum, the smallest other one is hidden as well. A zero is hidden too: that nobody answered tells of everybody.
    """
    hidden = {key for key, count in counts.items() if count < minimum}
    others = sorted(
        (count, place, key) for place, (key, count) in enumerate(counts.items()) if key not in hidden
    )
    if hidden and (len(hidden) == 1 or sum(counts[key] for key in hidden) < minimum):
        hidden |= {key for _count, _place, key in others[:1]}
    return {key: None if key in hidden else count for key, count in counts.items()}


def may_join(both: int, only_before: int, only_after: int, minimum: int = MINIMUM) -> bool:
    """Whether numbers of who answered twice may stand beside those of everybody before and of everybody after.

    Who answered once is what remains: everybody's sum minus the sum of who answered twice. So these may not be few
    either, before or after, but there may be none.
    """
    return both >= minimum and all(rest == 0 or rest >= minimum for rest in (only_before, only_after))


def settled(handed_in: Mapping[dt.date, int], today: dt.date, minimum: int = MINIMUM) -> dt.date | None:
    """The last day up to which answers may be counted while more come in; None where there is none yet.

    Who looks before and after one person hands in would see that person's answers. So counts move in steps: whole days
    that are over, taken together until at least the minimum came in. A day that was shown stays shown, whatever comes later.
    """
    last, waiting = None, 0
    for day in sorted(day for day in handed_in if day < today):
        waiting += handed_in[day]
        if waiting >= minimum:
            last, waiting = day, 0
    return last
