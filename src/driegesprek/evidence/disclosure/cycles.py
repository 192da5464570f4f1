"""Quick witnesses: other tables that agree with all that is published, found without a solver.

In a table with totals, four cells at the corners of a rectangle can change together without changing any sum: one up,
its neighbours in row and column down, the one across up. Sums of such cycles (Hundepool et al. 2012, section 4.4)
show how far a hidden cell can move at the least. What they cannot show is asked of linear programming.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from driegesprek.evidence.disclosure.block import Block, Role

FAR = 1e9


@dataclass(frozen=True)
class Sheet:
    """A plain two-way table within a block.

    Attributes:
        cells: Numbers of the cells in the block; the last row is the total, and for a question with one answer
            the last column is n.
        signs: -1 where a cell is a sum of the others in its row or its column, so that signed lines add up to 0.
    """

    cells: Any
    signs: Any


def sheets(block: Block) -> list[Sheet]:
    """The plain two-way tables of a block; none where several groupings or limits tie more together."""
    layout = block.layout
    if block.slacks or len(layout.partitions) != 1 or len(layout.margins) != len(layout.base) + 1:
        return []
    margins = [*layout.partitions[0], layout.total]
    if others := block.at(Role.OTHER):
        return [_sheet(block, margins, pair, 0) for pair in zip(block.at(Role.ANSWER), others, strict=True)]
    return [_sheet(block, margins, (*block.at(Role.ANSWER), *block.at(Role.VALID)), 1)]


def _sheet(block: Block, margins: list[int], columns: tuple[int, ...], sums: int) -> Sheet:
    cells = np.array([[block.cell(margin, column) for column in columns] for margin in margins])
    signs = np.ones(cells.shape)
    signs[-1] *= -1
    if sums:
        signs[:, -1] *= -1
    return Sheet(cells, signs)


def widen(block: Block, exposed: Any, low: Any, high: Any) -> None:
    """Move the ends of the intervals of these cells outwards, as far as cycles show at once.

    Args:
        block: The block; what it shows does not move.
        exposed: Numbers of the cells to look at.
        low: Smallest value seen of each cell of the block; changed in place.
        high: Largest value seen of each cell; changed in place.
    """
    wanted = set(exposed.tolist())
    for sheet in sheets(block):
        search = _Search(block, sheet)
        for i, j in np.ndindex(*sheet.cells.shape):
            cell = int(sheet.cells[i, j])
            if cell in wanted:
                value = float(block.values.ravel()[cell])
                high[cell] = max(high[cell], value + search.move(i, j, 1, block.minimum))
                if high[cell] < value + block.minimum:
                    low[cell] = min(low[cell], value - search.move(i, j, -1, value))


class _Search:
    """One sheet as plain lists, which are quicker than arrays for single cells."""

    def __init__(self, block: Block, sheet: Sheet) -> None:
        self.values = block.values.ravel()[sheet.cells].astype(float).tolist()
        self.free = (~block.shown.ravel()[sheet.cells]).tolist()
        self.signs = sheet.signs.tolist()
        self.size = sheet.cells.shape

    def _room(self, i: int, j: int, direction: float) -> float:
        """How far a cell can change when its signed value goes in this direction."""
        if not self.free[i][j]:
            return 0.0
        return FAR if direction * self.signs[i][j] > 0 else float(self.values[i][j])

    def move(self, i: int, j: int, direction: int, enough: float) -> float:
        """How far the value of a cell can go up (1) or down (-1) by cycles, or ``enough`` if that is less."""
        signed = direction * self.signs[i][j]
        beside = {c: self._room(i, c, -signed) for c in range(self.size[1]) if c != j}
        moved = 0.0
        for row, room in self._rows(i, j, signed):
            left = room
            for column, reserve in beside.items():
                step = min(left, reserve, self._room(row, column, signed), enough - moved)
                left -= step
                beside[column] = reserve - step
                moved += step
        return moved

    def _rows(self, i: int, j: int, signed: float) -> Iterator[tuple[int, float]]:
        for row in range(self.size[0]):
            room = 0.0 if row == i else self._room(row, j, -signed)
            if room:
                yield row, room
