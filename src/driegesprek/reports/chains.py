"""statsmodels' chained equations on columns that stand ready as one matrix: the same steps without its tables.

``MICEData`` lets the model be chosen; ordinary least squares by the normal equations is enough for scores and indicators,
and many times as fast as its own, which looks up every column by name and solves by singular values.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from statsmodels.imputation.mice import MICEData  # type: ignore[import-untyped]

SMALL = 1e-10
"""Eigenvalues below so much of the largest are nought."""


class LeastSquares:
    """A model as ``MICEData`` wants it, solved by the eigenvalues of X'X, so that collinear columns do no harm."""

    def __init__(self, endog: Any, exog: Any) -> None:
        self.endog, self.exog = endog, exog
        values, self.vectors = np.linalg.eigh(exog.T @ exog)
        held = values > SMALL * values[-1]
        self.inverse = np.where(held, 1.0 / np.where(held, values, 1.0), 0.0)
        self.params = self.vectors @ (self.inverse * (self.vectors.T @ (exog.T @ endog)))
        left = endog - exog @ self.params
        self.scale = float(left @ left) / max(len(left) - int(held.sum()), 1)

    def drawn(self, rng: Any) -> Any:
        """Coefficients drawn from their normal distribution, with covariance scale · (X'X)⁻¹."""
        return self.params + self.vectors @ (
            np.sqrt(self.scale * self.inverse) * rng.standard_normal(len(self.params))
        )

    def predict(self, params: Any, exog: Any) -> Any:
        """What the model expects."""
        return exog @ params


class Chain(MICEData):  # type: ignore[misc]  # statsmodels has no types
    """``MICEData`` whose columns lie in one matrix: the intercept first, then the columns in their order."""

    def __init__(self, data: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.names = list(self.data.columns)
        self.matrix = np.column_stack([np.ones(len(self.data)), self.data.to_numpy(dtype=float)])

    def columns(self) -> Mapping[str, Any]:
        """The columns as they are filled in now."""
        return {name: self.matrix[:, place].copy() for place, name in enumerate(self.names, 1)}

    def _perturb_gaussian(self, vname: str) -> None:
        """The coefficients of a column, drawn anew; its step in every round."""
        place = self.names.index(vname) + 1
        others = np.delete(self.matrix, place, axis=1)
        there, lacking = others[self.ix_obs[vname]], others[self.ix_miss[vname]]
        outcome = self.matrix[self.ix_obs[vname], place]
        self.models[vname] = LeastSquares(outcome, there)
        self.params[vname] = self.models[vname].drawn(self.rng)
        self.split = outcome, there, lacking

    def get_split_data(self, vname: str) -> tuple[Any, Any, Any, dict[str, Any], dict[str, Any]]:
        """Outcome and predictors of who has the column, predictors of who lacks it: those of the step just taken."""
        if vname not in self.models:
            raise KeyError(vname)
        return (*self.split, {}, {})

    def _store_changes(self, col: str, vals: Any) -> None:
        lacking = self.ix_miss[col]
        if len(lacking):
            self.matrix[lacking, self.names.index(col) + 1] = np.atleast_1d(vals)
