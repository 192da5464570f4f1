"""statsmodels' chained equations on columns that stand ready as one matrix: the same steps without its tables.

``MICEData`` lets the model be chosen; ordinary least squares by the normal equations is enough for scores and indicators,
and many times as fast as its own, which looks up every column by name and solves by singular values.
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
        scale: the variance of what is left.
    """

    def __init__(self, rows: Any, place: int) -> None:
        gram = rows.T @ rows
        others = np.delete(np.arange(len(gram)), place)
        self.root = np.zeros((len(gram), len(others)))
        self.root[others] = _root(gram[np.ix_(others, others)])
        self.params = self.root @ (self.root.T @ gram[:, place])
        left = rows[:, place] - rows @ self.params
        held = int((np.abs(self.root).max(axis=0) > 0).sum())
        self.scale = float(left @ left) / max(len(left) - held, 1)

    def drawn(self, rng: Any) -> Any:
        """Coefficients drawn from their normal distribution, with covariance scale · (X'X)⁻¹."""
        return self.params + np.sqrt(self.scale) * (self.root @ rng.standard_normal(self.root.shape[1]))

    def predict(self, params: Any, exog: Any) -> Any:
        """What the model expects of rows of the matrix."""
        return exog @ params


def _root(gram: Any) -> Any:
    factor, bad = lapack.dpotrf(gram, lower=1, clean=1)
    if not bad and (np.diag(factor) ** 2 > SMALL * np.diag(gram)).all():
        return lapack.dtrtri(factor, lower=1)[0].T
    values, vectors = np.linalg.eigh(gram)  # what cannot be told apart is nought
    held = values > SMALL * values[-1]
    return vectors * np.where(held, 1.0 / np.sqrt(np.where(held, values, 1.0)), 0.0)


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

    def _perturb_gaussian(self, vname: str) -> None:
        """The coefficients of a column, drawn anew; its step in every round."""
        place = self.names.index(vname) + 1
        there, lacking = self.matrix[self.ix_obs[vname]], self.matrix[self.ix_miss[vname]]
        self.models[vname] = LeastSquares(there, place)
        self.params[vname] = self.models[vname].drawn(self.rng)
        self.split = there[:, place], there, lacking

    def get_split_data(self, vname: str) -> tuple[Any, Any, Any, dict[str, Any], dict[str, Any]]:
        """Outcome and rows of who has the column, rows of who lacks it: those of the step just taken."""
        if vname not in self.models:
            raise KeyError(vname)
        return (*self.split, {}, {})

    def _store_changes(self, col: str, vals: Any) -> None:
        lacking = self.ix_miss[col]
        if len(lacking):
            self.matrix[lacking, self.names.index(col) + 1] = np.atleast_1d(vals)
