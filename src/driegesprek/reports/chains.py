"""statsmodels' chained equations on columns that stand ready as one matrix: the same steps without its tables.

``MICEData`` lets the model be chosen; ordinary least squares by the normal equations is enough for scores and indicators,
and many times as fast as its own, which looks up every column by name and solves by singular values.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from statsmodels.imputation.mice import MICEData  # type: ignore[import-untyped]


class LeastSquares:
    """A model as ``MICEData`` wants it: least squares, (X'X)⁻¹ as a pseudo-inverse, so that collinear columns do no harm."""

    def __init__(self, endog: Any, exog: Any) -> None:
        self.endog, self.exog = endog, exog

    def fit(self) -> "LeastSquares":
        """Solve X'Xb = X'y; the scale is the residual sum of squares by n − p."""
        self.inverse = np.linalg.pinv(self.exog.T @ self.exog, hermitian=True)
        self.params = self.inverse @ (self.exog.T @ self.endog)
        left = self.endog - self.exog @ self.params
        self.scale = float(left @ left) / max(len(left) - self.exog.shape[1], 1)
        return self

    def cov_params(self) -> Any:
        """The covariance of the coefficients."""
        return self.scale * self.inverse

    def predict(self, params: Any, exog: Any) -> Any:
        """What the model expects."""
        return exog @ params


class Chain(MICEData):  # type: ignore[misc]  # statsmodels has no types
    """``MICEData`` whose columns lie in one matrix: the intercept first, then the columns in their order."""

    def __init__(self, data: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.names = list(self.data.columns)
        self.matrix = np.column_stack([np.ones(len(self.data)), self.data.to_numpy(dtype=float)])
        for name in self.names:
            self.model_class[name] = LeastSquares

    def columns(self) -> Mapping[str, Any]:
        """The columns as they are filled in now."""
        return {name: self.matrix[:, place].copy() for place, name in enumerate(self.names, 1)}

    def get_fitting_data(self, vname: str) -> tuple[Any, Any, dict[str, Any], dict[str, Any]]:
        """Outcome and predictors of the respondents who have the column."""
        place = self.names.index(vname) + 1
        rows = self.matrix[self.ix_obs[vname]]
        return rows[:, place], np.delete(rows, place, axis=1), {}, {}

    def get_split_data(self, vname: str) -> tuple[Any, Any, Any, dict[str, Any], dict[str, Any]]:
        """The same, with the predictors of those who lack it."""
        outcome, others, _init, _fit = self.get_fitting_data(vname)
        lacking = np.delete(self.matrix[self.ix_miss[vname]], self.names.index(vname) + 1, axis=1)
        return outcome, others, lacking, {}, {}

    def _store_changes(self, col: str, vals: Any) -> None:
        lacking = self.ix_miss[col]
        if len(lacking):
            self.matrix[lacking, self.names.index(col) + 1] = np.atleast_1d(vals)
