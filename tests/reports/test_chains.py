"""The chained equations of a report are those of statsmodels, with less around them."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.imputation.mice import MICEData

from driegesprek.reports.chains import Chain, LeastSquares


class AsStatsmodels(Chain):
    """With statsmodels' own matching, and products made anew at each step."""

    update = MICEData.update
    impute_pmm = MICEData.impute_pmm

    def _perturb_gaussian(self, vname):
        place = self.names.index(vname) + 1
        there, lacking = self.matrix[self.ix_obs[vname]], self.matrix[self.ix_miss[vname]]
        model = LeastSquares(there.T @ there, place, self.matrix, self.ix_obs[vname])
        model.predict = lambda params, rows: rows @ params
        self.models[vname], self.params[vname] = model, model.drawn(self.rng)
        self.split = there[:, place], there, lacking, {}, {}

    def get_split_data(self, _vname):
        return self.split


def rows(n, *, collinear):
    draw = np.random.default_rng(3)
    x = draw.normal(size=(n, 4))
    x[:, 3] = x[:, 0] + x[:, 1] if collinear else x @ [1, 2, 0.5, 1]
    for column, share in enumerate((0.2, 0.1, 0.0, 0.3)):
        x[draw.random(n) < share, column] = np.nan
    return pd.DataFrame(x, columns=["a", "b", "c", "d"])


@pytest.mark.parametrize(("n", "collinear"), [(9, False), (200, False), (200, True)])
def test_a_chain_draws_what_statsmodels_draws(n, collinear):
    data = rows(n, collinear=collinear)
    own, its = (kind(data, k_pmm=5, rng=np.random.default_rng(1)) for kind in (Chain, AsStatsmodels))
    for chain in (own, its):
        chain.update_all(3)
    for name in data.columns:
        assert own.columns()[name] == pytest.approx(its.columns()[name], abs=0)


def test_a_column_is_explained_as_by_least_squares():
    data = rows(200, collinear=False).dropna()
    whole = np.column_stack([np.ones(len(data)), data])
    model = LeastSquares(whole.T @ whole, 2, whole, np.arange(len(whole)))
    others = np.delete(whole, 2, axis=1)
    found, left, _rank, _values = np.linalg.lstsq(others, whole[:, 2], rcond=None)
    assert np.delete(model.params, 2) == pytest.approx(found)
    assert model.scale == pytest.approx(left[0] / (len(whole) - 4))
