"""statsmodels' chained equations on columns that stand ready as one matrix: the same steps without its tables.

``MICEData`` lets the model be chosen; ordinary least squares by the normal equations is enough for scores and indicators,
and many times as fast as its own, which looks up every column by name and solves by singular values. X'X of all rows is
kept; of who has a column it is that less the few who lack it.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.linalg import lapack
from statsmodels.imputation.mice import MICEData  # type: ignore[import-untyped]

SMALL = 1e-10
"""What is left of a column, given those before it, is nought below so much of it."""


class LeastSquares:
    """One column of a matrix explained by the others, as ``MICEData`` wants a model.

    Attributes:
        params: a coefficient per column of the matrix; 0 for the column itself.
        root: R with R R' = (X'X)⁻¹, by Cholesky, or by eigenvalues where columns are collinear; 0 for the column itself.
        expected: of every row of the matrix, by the coefficients drawn last.
        scale: the variance of what is left.
    """

    def __init__(self, gram: Any, place: int, whole: Any, there: Any) -> None:
        """Fit.

        Args:
            gram: X'X of the matrix, over the rows that have the column.
            place: of the column.
            whole: the matrix.
            there: which of its rows have the column.
        """
        self.whole = whole
        others = np.concatenate([np.arange(place), np.arange(place + 1, len(gram))])
        self.root = np.zeros((len(gram), len(others)))
        self.root[others], held = _root(gram[others[:, None], others])
        self.params = self.root @ (self.root.T @ gram[:, place])
        left = (whole[:, place] - whole @ self.params)[there]
        self.scale = float(left @ left) / max(len(left) - held, 1)

    def drawn(self, rng: Any) -> Any:
        """Coefficients drawn from their normal distribution, with covariance scale · (X'X)⁻¹."""
        found = self.params + np.sqrt(self.scale) * (self.root @ rng.standard_normal(self.root.shape[1]))
        self.expected = self.whole @ found
        return found


def _root(gram: Any) -> tuple[Any, int]:
    """R with R R' = X'X⁻¹, and of how many columns that can be told apart."""
    factor, bad = lapack.dpotrf(gram, lower=1, clean=1)
    if not bad and (factor.diagonal() ** 2 > SMALL * gram.diagonal()).all():
        return lapack.dtrtri(factor, lower=1)[0].T, len(gram)
    values, vectors = np.linalg.eigh(gram)  # what cannot be told apart is nought
    held = values > SMALL * values[-1]
    return vectors * np.where(held, 1.0 / np.sqrt(np.where(held, values, 1.0)), 0.0), int(held.sum())


class Chain(MICEData):  # type: ignore[misc]  # statsmodels has no types
    """``MICEData`` whose columns lie in one matrix: the intercept first, then the columns in their order."""

    def __init__(self, data: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.names = list(self.data.columns)

    def columns(self) -> Mapping[str, Any]:
        """The columns as they are filled in now."""
        return {name: self.matrix[:, place].copy() for place, name in enumerate(self.names, 1)}

    def _initial_imputation(self) -> None:
        """The value nearest to the mean, as its own, without a table in between."""
        self.matrix = np.column_stack([np.ones(len(self.data)), self.data.to_numpy(dtype=float)])
        for place, name in enumerate(self.data.columns, 1):
            there = self.matrix[self.ix_obs[name], place]
            self.matrix[self.ix_miss[name], place] = there[np.abs(there - there.mean()).argmin()]
        self.gram = self.matrix.T @ self.matrix

    def update(self, vname: str) -> None:
        """A step; nothing is to be done for a column that lacks nothing, but that it draws as many numbers."""
        if len(self.ix_miss[vname]):
            super().update(vname)
        else:
            self.rng.standard_normal(len(self.gram) - 1)

    def _perturb_gaussian(self, vname: str) -> None:
        """The coefficients of a column, drawn anew; its step in every round."""
        place = self.names.index(vname) + 1
        there, lacking = self.ix_obs[vname], self.matrix[self.ix_miss[vname]]
        gram = self.gram - lacking.T @ lacking
        self.models[vname] = LeastSquares(gram, place, self.matrix, there)
        self.params[vname] = self.models[vname].drawn(self.rng)
        self.split = self.matrix[there, place], there, self.ix_miss[vname]

    def impute_pmm(self, vname: str) -> None:
        """Predictive mean matching, step by step as ``MICEData``, without its checks: one of the nearest gives its value."""
        outcome, there, lacking = self.split
        expected = self.models[vname].expected
        order = expected[there].argsort()
        given, wanted = expected[there][order], expected[lacking]
        beside = given.searchsorted(wanted)[:, None] + np.arange(-self.k_pmm, self.k_pmm)
        inside = np.minimum(np.maximum(beside, 0), len(given) - 1)
        apart = np.abs(wanted[:, None] - given[inside])
        apart[inside != beside] = np.inf
        chosen = self.rng.integers(0, self.k_pmm, len(wanted))
        rows = np.arange(len(wanted))
        nearest = apart.argsort(axis=1)[rows, chosen]
        self._store_changes(vname, outcome[order[inside[rows, nearest]]])

    def _store_changes(self, col: str, vals: Any) -> None:
        place = self.names.index(col) + 1
        self.matrix[self.ix_miss[col], place] = np.atleast_1d(vals)
        self.gram[place] = self.gram[:, place] = self.matrix.T @ self.matrix[:, place]
