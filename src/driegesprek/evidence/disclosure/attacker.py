"""The attacker: all that follows by linear programming from what is published.

He knows the published counts, the sums that tie them to the hidden ones, and that no count is negative. What a
hidden count can be, for him, is the interval between its smallest and its largest value over all tables that agree
with that (solved by HiGHS). A cell is safe when the interval reaches up to the minimum and is at least as wide.
Source of the rule: Hundepool et al. (2012), Statistical Disclosure Control, chapter 4 (audit by linear
programming, secondary suppression by the cheapest change that hides a cell).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from driegesprek.evidence.disclosure.block import Block, Role
from driegesprek.evidence.disclosure.cycles import widen

if TYPE_CHECKING:
    from scipy import optimize, sparse
else:
    from driegesprek.evidence.later import optimize, sparse

EPSILON = 1e-6
TOTAL_COST = 50.0
"""How much rather an answer is hidden in one group than in the total."""
ROW_COST = 20.0
"""How much rather one answer is hidden than the whole row of a group."""
FIXED_COST = 1e6
"""How much rather anything is hidden than what is public already."""
MAX_ROUNDS = 12


class SolverError(RuntimeError):
    """The solver gave no answer; nothing may be published on the strength of it."""


class Attacker:
    """What is known of each cell of a block; witnesses are tables that agree with all that is published.

    Hiding more only adds possible tables, so what a witness has shown stays true.
    """

    def __init__(self, block: Block) -> None:
        self.block = block
        self.equations = block.matrix()
        self.low = block.values.ravel().astype(float)
        self.high = self.low.copy()
        self.ceiling = 2.0 * float(block.values.sum()) + 100.0 * block.minimum
        self.random = np.random.default_rng(0)

    def unproven(self) -> Any:
        """Numbers of the exposed cells that no witness has shown to be safe yet."""
        safe = (self.high >= self.block.minimum - EPSILON) & (
            self.high - self.low >= self.block.minimum - EPSILON
        )
        return np.flatnonzero(self.block.exposed().ravel() & ~safe)

    def protect(self, close: Callable[[], None]) -> None:
        """Hide until every exposed cell is safe.

        Args:
            close: Called after every change; hides what must go along with what is hidden.
        """
        self._look_widely()
        while (left := self.unproven()).size:
            cell = int(left[0])
            if not self._is_safe(cell):
                self._hide_for(cell)
                close()
                self._look_widely()

    def _look_widely(self) -> None:
        """Find witnesses for many cells at once, as long as that helps."""
        if not self.block.layout.linked:  # cycles know the tables of one release only
            widen(self.block, self.unproven(), self.low, self.high)
        for _ in range(MAX_ROUNDS):
            left = self.unproven()
            if left.size < 2:  # noqa: PLR2004 -- one cell is asked for directly
                return
            self._witness(self._raised(left))
            if self.unproven().size == left.size:
                return

    def _raised(self, cells: Any) -> Any:
        """A table in which many of the cells are as large as they can be together, in random order."""
        cost = np.zeros(self.block.size)
        cost[cells] = -self.random.uniform(1, 2, len(cells))
        return _solve(cost, self.equations, self._bounds())

    def _bounds(self) -> Any:
        cells = self.block.values.size
        bounds = np.tile([0.0, self.ceiling], (self.block.size, 1))
        known = self.block.shown.ravel()
        bounds[:cells][known] = self.block.values.ravel()[known, None]
        return bounds

    def _witness(self, table: Any) -> None:
        cells = table[: self.block.values.size]
        self.low, self.high = np.minimum(self.low, cells), np.maximum(self.high, cells)

    def _is_safe(self, cell: int) -> bool:
        for sign in (-1.0, 1.0):
            cost = np.zeros(self.block.size)
            cost[cell] = sign
            self._witness(_solve(cost, self.equations, self._bounds()))
        return cell not in self.unproven()

    def _hide_for(self, cell: int) -> None:
        """Hide the published cells whose change would cost least and lets this cell move far enough."""
        known = np.flatnonzero(self.block.shown.ravel())
        price = self._prices()[known]
        tables = [self._moved(cell, known, price, span) for span in self._spans(cell)]
        changes = [np.abs(table[known] - self.block.values.ravel()[known]) for table in tables]
        best = min(range(len(tables)), key=lambda i: float(price @ changes[i]))
        changed = known[changes[best] > EPSILON]
        if not changed.size:
            raise SolverError("A cell is not safe, yet hiding nothing would make it safe.")
        if self.block.fixed.ravel()[changed].any():
            raise SolverError("A cell could only be hidden by taking back what was published before.")
        self.block.shown.ravel()[changed] = False
        self._witness(tables[best])

    def _spans(self, cell: int) -> list[tuple[float, float]]:
        """Where the cell would have to be in another table: far enough up, or far enough down."""
        minimum = self.block.minimum
        low, high = max(float(self.low[cell]), 0.0), float(self.high[cell])
        spans = [(low + minimum, 10 * self.ceiling)]
        return [*spans, (0.0, high - minimum)] if high >= minimum else spans

    def _moved(self, cell: int, known: Any, price: Any, span: tuple[float, float]) -> Any:
        """The table with this cell in that span that changes the published cells for the lowest price."""
        n, k = self.block.size, len(known)
        bounds = np.tile([0.0, np.inf], (n + 2 * k, 1))
        bounds[:n, 1] = 10 * self.ceiling
        bounds[cell] = span
        change = sparse.hstack([_picked(known, n), -sparse.identity(k), sparse.identity(k)], format="csr")
        equations = sparse.hstack([self.equations, sparse.csr_matrix((self.equations.shape[0], 2 * k))])
        return _solve(
            np.concatenate([np.zeros(n), price, price]),
            sparse.vstack([equations, change], format="csr"),
            bounds,
            np.concatenate([np.zeros(self.equations.shape[0]), self.block.values.ravel()[known]]),
        )[:n]

    def _prices(self) -> Any:
        price = self.block.values.astype(float) + 1.0
        price[:, self.block.at(Role.VALID)] *= ROW_COST
        price[self.block.layout.total] *= TOTAL_COST
        price[self.block.fixed] *= FIXED_COST
        return price.ravel()


def _picked(cells: Any, n: int) -> Any:
    return sparse.csr_matrix((np.ones(len(cells)), (np.arange(len(cells)), cells)), shape=(len(cells), n))


def _solve(cost: Any, a_eq: Any, bounds: Any, b_eq: Any = None) -> Any:
    result = optimize.linprog(
        cost,
        A_eq=a_eq if a_eq.shape[0] else None,
        b_eq=(np.zeros(a_eq.shape[0]) if b_eq is None else b_eq) if a_eq.shape[0] else None,
        bounds=bounds,
        method="highs",
    )
    if not result.success:
        raise SolverError(f"Linear programming gave no answer: {result.message}")
    return result.x
