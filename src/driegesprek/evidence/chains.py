"""Chained equations of statsmodels, without its formulas: every column is imputed from all others as they stand.

Evaluating a formula for every step took ten times as long as the regression itself.
"""

from typing import Any

import numpy as np
from statsmodels.imputation.mice import MICEData  # type: ignore[import-untyped]


class Chain(MICEData):  # type: ignore[misc]  # statsmodels has no types
    """``MICEData`` on columns of numbers; predictive mean matching and the draws of coefficients are its own."""

    def _others(self, name: str) -> Any:
        others = [column for column in self.data.columns if column != name]
        return np.column_stack([np.ones(len(self.data)), self.data[others].to_numpy(dtype=float)])

    def get_fitting_data(self, vname: str) -> tuple[Any, Any, dict[str, Any], dict[str, Any]]:
        """Outcome and predictors of the respondents who have the column."""
        there = self.ix_obs[vname]
        return self.data[vname].to_numpy(dtype=float)[there], self._others(vname)[there], {}, {}

    def get_split_data(self, vname: str) -> tuple[Any, Any, Any, dict[str, Any], dict[str, Any]]:
        """The same, with the predictors of those who lack it."""
        others, there = self._others(vname), self.ix_obs[vname]
        values = self.data[vname].to_numpy(dtype=float)
        return values[there], others[there], others[self.ix_miss[vname]], {}, {}
