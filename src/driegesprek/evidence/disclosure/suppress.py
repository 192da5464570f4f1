"""Which cells of a linked table are hidden: first the small ones, then those that would give them away."""

from collections.abc import Iterable, Sequence

from driegesprek.evidence.disclosure.attacker import Attacker
from driegesprek.evidence.disclosure.block import Block, Role

Cell = tuple[int, int]


def suppress(block: Block) -> None:
    """Hide cells until no exposed cell can be bounded; see :mod:`.attacker`.

    The simple rules (a line that adds up to a published sum hides nothing, or at least two cells that hold the
    minimum together) come first because they are quick; linear programming then checks everything, and hides what the
    rules did not see.

    Raises:
        SolverError: The check gave no answer.
    """
    settle(block)
    if block.exposed().any() and (block.layout.linked or not (_is_one_line(block) or _is_one_row(block))):
        Attacker(block).protect(lambda: settle(block))


def _is_one_line(block: Block) -> bool:
    """One column of groups with their total: each hidden cell lies between 0 and what is hidden together.

    :func:`settle` has then seen to it that two are hidden, with the minimum between them, so nothing is left to check.
    """
    margins = len(block.layout.margins)
    return (
        len(block.columns) == 1
        and len(block.layout.partitions) == 1
        and margins == len(block.layout.base) + 1
    )


def _is_one_row(block: Block) -> bool:
    """Everybody's answers to a question of one answer: each hidden one lies between 0 and what is hidden together.

    True where two are hidden with the minimum between them, or nothing is shown at all: nothing is left to check.
    """
    answers = block.at(Role.ANSWER)
    if len(block.layout.margins) != 1 or not answers or block.at(Role.OTHER):
        return False
    if not block.shown.any():
        return True
    hidden = [column for column in answers if not block.shown[0, column]]
    return len(hidden) > 1 and int(block.values[0, hidden].sum()) >= block.minimum


def settle(block: Block) -> None:
    """Apply the simple rules until nothing changes."""
    before = -1
    while (now := int(block.shown.sum())) != before:
        before = now
        _hide_rows_without_n(block)
        for line, known in _lines(block):
            if known:
                _hide_enough(block, line)


def _hide_rows_without_n(block: Block) -> None:
    """A row that does not show its n shows nothing."""
    if valid := block.at(Role.VALID):
        block.shown[~block.shown[:, valid[0]]] = False
        block.shown |= block.fixed


def _lines(block: Block) -> Iterable[tuple[list[Cell], bool]]:
    """Cells that add up to one other cell, and whether that one is published."""
    answers, valid = block.at(Role.ANSWER), block.at(Role.VALID)
    if answers and not block.at(Role.OTHER):
        for margin in range(len(block.layout.margins)):
            if block.displayed[margin]:
                yield [(margin, column) for column in answers], bool(block.shown[margin, valid[0]])
    for parts in block.layout.partitions:
        for column in (c for c in range(len(block.columns)) if block.columns[c].role is not Role.OTHER):
            if parts != [block.layout.total]:
                yield [(part, column) for part in parts], bool(block.shown[block.layout.total, column])


def _hide_enough(block: Block, line: Sequence[Cell]) -> None:
    """When something of the line is hidden, hide the smallest others until it cannot be told."""
    hidden = [cell for cell in line if not block.shown[cell]]
    shown = sorted(
        (cell for cell in line if block.shown[cell] and not block.fixed[cell]),
        key=lambda cell: int(block.values[cell]),
    )
    mass = sum(int(block.values[cell]) for cell in hidden)
    while hidden and shown and (len(hidden) == 1 or mass < block.minimum):
        cell = shown.pop(0)
        block.shown[cell] = False
        hidden.append(cell)
        mass += int(block.values[cell])
