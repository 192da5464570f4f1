"""Cells and sums of some of them, as a block for the suppression that tables of answers go through."""

from collections.abc import Sequence

import numpy as np

from driegesprek.evidence.counts import Group
from driegesprek.evidence.disclosure.attacker import SolverError
from driegesprek.evidence.disclosure.block import Block, Column, Layout, Margin, Role
from driegesprek.evidence.disclosure.suppress import suppress

Place = tuple[tuple[str, ...], Group]
CELL, SUM = ("cell",), ("sum",)


class SumsLayout(Layout):
    """Cells that do not overlap, and sums of some of them.

    Args:
        cells: How many there are.
        sums: Their places in each sum.
    """

    def __init__(self, cells: int, sums: Sequence[frozenset[int]]) -> None:
        self.base = tuple((str(place),) for place in range(cells))
        largest = max(sums, key=len)
        # Where one sum holds everything, the simple rules of a line with its total speak of it too.
        self.groupings = (CELL,) if len(largest) == cells else ()
        self.earlier = ()
        self.linked = False
        places: dict[frozenset[int], list[Place]] = {
            frozenset({place}): [(CELL, (str(place),))] for place in range(cells)
        }
        for number, members in enumerate(sums):
            places.setdefault(members, []).append((SUM, (str(number),)))
        places[largest].append(((), ()))
        self.margins = [Margin(members, tuple(names)) for members, names in places.items()]
        self.base_margin = self._find_base()


def told_of(
    values: Sequence[int], totals: Sequence[Sequence[int]], rests: Sequence[int], minimum: int
) -> tuple[bool, ...]:
    """Which cells, then which totals, are told; none where that cannot be proven.

    A rest is taken as a cell that is told: it is printed nowhere, yet follows.

    Args:
        values: Of the cells.
        totals: The places of the cells in each.
        rests: What each holds besides.
        minimum: People that a told number needs.
    """
    besides = [number for number, rest in enumerate(rests) if rest]
    own = {number: len(values) + place for place, number in enumerate(besides)}
    sums = [frozenset([*parts, *([own[n]] if n in own else [])]) for n, parts in enumerate(totals)]
    base = np.array([*values, *(rests[number] for number in besides)])[:, None]
    layout = SumsLayout(len(base), sums)
    block = Block(layout, [Column(Role.REASON)], base, minimum)
    try:
        suppress(block)
    except SolverError:
        return (False,) * (len(values) + len(totals))
    margin = {one.members: place for place, one in enumerate(layout.margins)}
    wanted = [*(frozenset({place}) for place in range(len(values))), *sums]
    return tuple(bool(block.shown[margin[members], 0]) for members in wanted)
