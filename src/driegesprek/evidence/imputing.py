"""Missing values: multiple imputation by chained equations, and what a regression says with it.

statsmodels imputes (``MICEData``: predictive mean matching with five donors, coefficients drawn anew in every
round; van Buuren &
Groothuis-Oudshoorn 2011). This reads rows, so it is done within a school or a pooled file, never over sums.
Numbers and categories of two
levels are imputed from all variables of the model and, with up to 30 clusters, from the cluster; respondents
who lack a category of three
levels or more, a cluster or a weight are left out of both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from driegesprek.evidence import data as rows
from driegesprek.evidence.data import Data
from driegesprek.evidence.frames import frames
from driegesprek.evidence.moments import Places
from driegesprek.evidence.problems import EvidenceError, no_data
from driegesprek.evidence.regression import (
    Regression,
    RegressionPlan,
    collect_regression,
    plan_regression,
    regression,
)
from driegesprek.evidence.results import Result
from driegesprek.evidence.rubin import Pooled, pool

DONORS = 5
ROUNDS = 10
MOST_CLUSTERS = 30
MOST_ROWS = 200_000


@dataclass(frozen=True)
class Imputed(Result):
    """A regression on imputed files, pooled.

    Attributes:
        m: Imputed files.
        seed: With it the same numbers come again.
        n: Respondents in each file.
        imputed: Per variable how many values were imputed.
        coefficients: Pooled by Rubin's rules; errors are CR2 when clustered.
        r2: Mean R².
    """

    m: int
    seed: int
    n: int
    imputed: Mapping[str, int]
    coefficients: tuple[Pooled, ...]
    contrasts: tuple[Pooled, ...]
    r2: float
    reads_rows: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class BothWays(Result):
    """A regression on complete cases and on imputed files."""

    complete: Regression
    imputed: Imputed


@dataclass(frozen=True, eq=False)
class _Rows:
    numbers: dict[str, Any]
    codes: dict[str, Any]
    weight: Any
    cluster: list[str] | None


def regress_imputed(
    data: Data,
    *,
    outcome: str,
    blocks: str | Sequence[str | Sequence[str]],
    seed: int,
    m: int = 20,
    cluster: str | None = None,
    weights: str | None = None,
    reference: Mapping[str, str] | None = None,
    contrasts: Mapping[str, str] | None = None,
) -> BothWays:
    """Regress as :func:`driegesprek.evidence.regress`, on complete cases and on ``m`` imputed files.

    Args:
        data: The respondents, up to 200,000.
        outcome: As there.
        blocks: As there.
        cluster: As there.
        weights: As there.
        reference: As there.
        contrasts: As there.
        seed: Of the imputation.
        m: Imputed files, 2 or more.

    Raises:
        EvidenceError: As there, and ``too_many_rows`` or ``bad_option``.
    """
    if m < 2:  # noqa: PLR2004 -- Rubin's rules compare files
        raise EvidenceError("bad_option", "Rubin's rules need two imputed files or more; 20 is usual.")
    if data.rows() > MOST_ROWS:
        raise EvidenceError(
            "too_many_rows", f"Imputation reads every row; that is done up to {MOST_ROWS:,} rows."
        )
    plan = plan_regression(
        data, outcome, blocks, cluster=cluster, weights=weights, reference=reference, contrasts=contrasts
    )
    complete = regression(plan, collect_regression(data, plan), rows=data.rows())
    held = _read(data, plan)
    fits = [_fit(plan, held, one) for one in imputations(_matrix(plan, held), seed=seed, m=m)]
    return BothWays(complete, _pooled(plan, held, fits, seed))


def _read(data: Data, plan: RegressionPlan) -> _Rows:
    """Who has all that is not imputed."""
    parts: list[_Rows] = []
    numbers = [*plan.design.numbers, plan.outcome]
    for frame in frames(
        data,
        numbers=numbers,
        factors=plan.design.levels,
        weights=plan.weights,
        groups=[plan.cluster] if plan.cluster else [],
    ):
        kept = np.ones(frame.rows, dtype=bool) if frame.weight is None else frame.weight > 0
        for name, levels in plan.design.levels.items():
            if len(levels) > 2:  # noqa: PLR2004 -- two levels can be imputed as 0 and 1
                kept &= frame.codes[name] >= 0
        for group in frame.groups:
            kept &= np.asarray(group.indices.is_valid())
        parts.append(
            _Rows(
                {name: frame.numbers[name][kept] for name in numbers},
                {name: frame.codes[name][kept] for name in plan.design.levels},
                None if frame.weight is None else frame.weight[kept],
                _cluster(frame.groups, kept),
            )
        )
    if not sum(len(part.numbers[plan.outcome]) for part in parts):
        raise no_data("what cannot be imputed")
    return _Rows(
        {name: np.concatenate([part.numbers[name] for part in parts]) for name in numbers},
        {name: np.concatenate([part.codes[name] for part in parts]) for name in plan.design.levels},
        np.concatenate([part.weight for part in parts]) if plan.weights else None,
        [one for part in parts for one in part.cluster or []] if plan.cluster else None,
    )


def _cluster(groups: tuple[Any, ...], kept: Any) -> list[str] | None:
    if not groups:
        return None
    places = Places()
    codes = places.codes(groups, kept)
    names = [key[0] for key in places.of]
    return [names[code] for code in codes]


def _matrix(plan: RegressionPlan, held: _Rows) -> dict[str, Any]:
    """What imputes and is imputed, by column; names are safe for a formula."""
    columns = {f"n{place}": values for place, values in enumerate(held.numbers.values())}
    for place, (name, levels) in enumerate(plan.design.levels.items()):
        codes = held.codes[name].astype(float)
        for level in range(1, len(levels)):
            columns[f"c{place}_{level}"] = np.where(codes < 0, np.nan, codes == level)
    clusters = sorted(set(held.cluster or ()))
    if 1 < len(clusters) <= MOST_CLUSTERS:
        for place, one in enumerate(clusters[1:]):
            columns[f"g{place}"] = np.array([float(name == one) for name in held.cluster or ()])
    if held.weight is not None:
        columns["w"] = held.weight
    return columns


def imputations(columns: Mapping[str, Any], *, seed: int, m: int) -> list[dict[str, Any]]:
    """Files without missing values.

    Args:
        columns: Numbers with NaN where something is missing.
        seed: The same seed gives the same files.
        m: How many.

    Raises:
        EvidenceError: ``no_data``: a column has no value at all.
    """
    import pandas as pd  # noqa: PLC0415 -- heavy

    from driegesprek.evidence.chains import Chain  # noqa: PLC0415 -- heavy

    lacking = [name for name, values in columns.items() if np.isnan(values).any()]
    if any(np.isnan(columns[name]).all() for name in lacking):
        raise no_data("one of the variables of the model")
    if not lacking:
        return [dict(columns)] * m
    used = {name: values for name, values in columns.items() if name in lacking or np.ptp(values) > 0}
    frame = pd.DataFrame(used)
    chain = Chain(frame, k_pmm=DONORS, rng=np.random.default_rng(seed))
    found = []
    for _ in range(m):
        chain.update_all(ROUNDS)
        found.append({**columns, **{name: chain.data[name].to_numpy(copy=True) for name in used}})
    return found


def _fit(plan: RegressionPlan, held: _Rows, columns: Mapping[str, Any]) -> Regression:
    arrays = {name: pa.array(columns[f"n{place}"]) for place, name in enumerate(held.numbers)}
    for place, (name, levels) in enumerate(plan.design.levels.items()):
        codes = held.codes[name]
        if len(levels) == 2:  # noqa: PLR2004 -- these may have been imputed
            codes = np.rint(columns[f"c{place}_1"]).astype(int)
        arrays[name] = pa.array(np.array(levels, dtype=object)[codes], pa.string())
    if plan.cluster:
        arrays[plan.cluster] = pa.array(held.cluster, pa.string())
    if plan.weights and held.weight is not None:
        arrays[plan.weights] = pa.array(held.weight)
    made = rows.of(pa.table(arrays))
    return regression(plan, collect_regression(made, plan))


def _pooled(plan: RegressionPlan, held: _Rows, fits: Sequence[Regression], seed: int) -> Imputed:
    counts = {name: int(np.isnan(values).sum()) for name, values in held.numbers.items()}
    counts |= {name: int((codes < 0).sum()) for name, codes in held.codes.items()}
    notes = []
    if any(len(term) > 1 for term in plan.design.terms):
        notes.append("Interactions are made after imputation; they are drawn a little towards zero.")
    return Imputed(
        m=len(fits),
        seed=seed,
        n=fits[0].n,
        imputed=counts,
        coefficients=_pool_all([fit.coefficients for fit in fits], fits),
        contrasts=_pool_all([fit.contrasts for fit in fits], fits),
        r2=float(np.mean([fit.blocks[-1].r2 for fit in fits])),
        reads_rows=("multiple imputation",),
        notes=tuple(notes),
    )


def _pool_all(per_fit: Sequence[Sequence[Any]], fits: Sequence[Regression]) -> tuple[Pooled, ...]:
    return tuple(_pool_one(one, fits) for one in zip(*per_fit, strict=True))


def _pool_one(ones: Sequence[Any], fits: Sequence[Regression]) -> Pooled:
    clustered = fits[0].clusters is not None
    errors = [one.se_cr2 if clustered else one.se for one in ones]
    df = [one.df_cr2 if clustered else fit.blocks[-1].df2 for one, fit in zip(ones, fits, strict=True)]
    if any(value is None for value in [*errors, *df, *(one.b for one in ones)]):
        return Pooled(ones[0].term, None, None, None, None, None, None, "cannot be estimated")
    return pool(ones[0].term, [one.b for one in ones], errors, df)
