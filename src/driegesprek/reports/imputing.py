"""The models of a voice on files in which missing values are imputed: once for all models, pooled by Rubin's rules.

statsmodels imputes by chained equations (`MICEData`: predictive mean matching with five donors, coefficients drawn anew
in every round; van Buuren & Groothuis-Oudshoorn 2011), all numbers and two-level categories of all models from each
other, so that each model sees what the others know. Who lacks a category of three levels or more is left out. The chain
goes on from file to file, five rounds each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from driegesprek.evidence.design import Design
from driegesprek.evidence.held import Held
from driegesprek.evidence.held_sums import held_moments
from driegesprek.evidence.moments import Moments
from driegesprek.evidence.plans import Plan
from driegesprek.evidence.problems import no_data
from driegesprek.evidence.regression import RegressionPlan, regression
from driegesprek.evidence.robust import ROUNDING, Clusters
from driegesprek.evidence.rubin import Pooled, pool
from driegesprek.evidence.solving import solve
from driegesprek.reports.answers import Joined
from driegesprek.reports.taking import lacks

TWO = 2
DONORS, ROUNDS = 5, 5


@dataclass(frozen=True)
class ImputedModel:
    """A model on imputed files.

    Attributes:
        m: files.
        n: respondents in each.
        imputed: {column: how many of its values were imputed}.
        r2: mean of the files.
    """

    m: int
    n: int
    imputed: Mapping[str, int]
    coefficients: tuple[Pooled, ...]
    r2: float


def impute(joined: Joined, plan: Plan, names: Sequence[str], *, seed: int, m: int) -> dict[str, ImputedModel]:
    """The models of these names on imputed files.

    Args:
        joined: the answers.
        plan: of all statistics.
        names: of the models in it.
        seed: the same seed gives the same files.
        m: how many files, 2 or more.

    Returns:
        {name: model}; empty where there is nothing to impute from.
    """
    models = {one.name: one.of for one in plan.statistics if one.name in set(names)}
    if not models:
        return {}
    held = _Held(joined, list(models.values()))
    if held.rows.sum() <= len(held.columns):
        return {}
    files = [held.moments(one) for one in imputations(held.columns, seed=seed, m=m)]
    made = {name: _pooled(one, held, files) for name, one in models.items()}
    return {name: one for name, one in made.items() if one is not None}


class _Held:
    """What imputes and is imputed, by column."""

    def __init__(self, joined: Joined, models: Sequence[RegressionPlan]) -> None:
        numbers = [name for one in models for name in [one.outcome, *one.design.numbers]]
        levels = {name: found for one in models for name, found in one.design.levels.items()}
        self.levels = levels
        self.numbers = list(dict.fromkeys(numbers))
        self.cluster = next((one.cluster for one in models), None)
        self.weights = next((one.weights for one in models), None)
        terms = dict.fromkeys(term for one in models for term in [*one.design.terms, (one.outcome,)])
        pivots = {name: pivot for one in models for name, pivot in one.design.pivots.items()}
        self.design = Design(tuple(terms), levels, pivots)
        whole = [name for name, found in levels.items() if len(found) > TWO]
        self.rows = np.ones(len(next(iter(joined.numbers.values()))), dtype=bool)
        for name in [*whole, *([self.cluster] if self.cluster else [])]:
            self.rows &= np.array([one is not None for one in joined.codes[name]])
        self.rows &= np.any([np.isfinite(joined.numbers[name]) for name in self.numbers], axis=0)
        self.codes = {name: joined.codes[name][self.rows] for name in [*levels, *self._clusters()]}
        self.weight = {name: joined.numbers[name][self.rows] for name in [self.weights] if name}
        self.columns = {
            f"n{place}": joined.numbers[name][self.rows] for place, name in enumerate(self.numbers)
        }
        for place, (name, found) in enumerate(levels.items()):
            for number, level in enumerate(found[1:]):
                self.columns[f"c{place}_{number}"] = _indicator(self.codes[name], level)

    def _clusters(self) -> list[str]:
        return [self.cluster] if self.cluster else []

    def filled(self, columns: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Numbers and codes of one file."""
        numbers = {name: columns[f"n{place}"] for place, name in enumerate(self.numbers)}
        codes = dict(self.codes)
        for place, (name, found) in enumerate(self.levels.items()):
            if len(found) == TWO:
                codes[name] = np.array(found, dtype=object)[np.rint(columns[f"c{place}_0"]).astype(int)]
        return numbers, codes

    def moments(self, columns: Mapping[str, Any]) -> Moments:
        """The sums of all columns of all models on one file, in which everybody has everything."""
        numbers, codes = self.filled(columns)
        held = Held.of_arrays(numbers | self.weight, codes)
        return held_moments(held, self.design, None, self.cluster, self.weights)

    def missing(self, one: RegressionPlan) -> dict[str, int]:
        """How many values of a model were imputed."""
        wanted = [one.outcome, *one.design.numbers]
        found = {name: int(np.isnan(self.columns[f"n{self.numbers.index(name)}"]).sum()) for name in wanted}
        two = [name for name, levels in one.design.levels.items() if len(levels) == TWO]
        return found | {name: int(lacks(self.codes[name]).sum()) for name in two}


def imputations(columns: Mapping[str, Any], *, seed: int, m: int) -> list[dict[str, Any]]:
    """Files without missing values.

    Args:
        columns: numbers, with NaN where something is missing.
        seed: the same seed gives the same files.
        m: how many.

    Raises:
        EvidenceError: `no_data`: a column has no value at all.
    """
    import pandas as pd  # noqa: PLC0415 - heavy

    from driegesprek.reports.chains import Chain  # noqa: PLC0415 - heavy

    lacking = [name for name, values in columns.items() if np.isnan(values).any()]
    if any(np.isnan(columns[name]).all() for name in lacking):
        raise no_data("one of the variables of the models")
    if not lacking:
        return [dict(columns)] * m
    used = {name: values for name, values in columns.items() if name in lacking or np.ptp(values) > 0}
    chain = Chain(pd.DataFrame(used), k_pmm=DONORS, rng=np.random.default_rng(seed))
    found = []
    for _ in range(m):
        chain.update_all(ROUNDS)
        found.append({**columns, **chain.columns()})
    return found


def _indicator(codes: Any, level: str) -> Any:
    return np.where(lacks(codes), np.nan, (codes == level).astype(float))


@dataclass(frozen=True, eq=False)
class _Fit:
    """One file: coefficients, their errors and degrees of freedom, R²."""

    b: Any
    se: Any
    df: Any
    r2: float
    n: int


def _fitted(plan: RegressionPlan, whole: Moments) -> _Fit | None:
    """A model on one file; None where terms cannot be told apart."""
    places = {name: place for place, name in enumerate(whole.names)}
    own = [*(one.label for one in plan.design.columns), plan.outcome]
    held = whole.part([0, *(places[name] for name in own)])
    solved = solve(held.total(1), held.pivot)
    if solved.dependence or not solved.total > 0:
        return None
    size, r2 = len(held.names) - 1, 1 - solved.residual() / solved.total
    if plan.cluster and len(held.keys) > 1:
        shift = np.eye(size)
        shift[0, 1:] = -held.pivot[1:-1]  # the intercept in the units of the file
        clusters = Clusters(held)
        found = clusters.robust(shift)
        rows = shift / clusters.scale
        inside = np.einsum("ip,pq,iq->i", rows, clusters.inverse, rows)
        plain = np.sqrt(solved.residual() / max(held.respondents - size, 1) * inside)
        se = np.where(
            found.se > ROUNDING * plain, found.se, np.nan
        )  # else the terms explain the clusters wholly
        return _Fit(found.estimate + _at_zero(held), se, found.df, r2, held.respondents)
    made = regression(plan, held)
    errors = np.array([np.nan if one.se is None else one.se for one in made.coefficients])
    df = np.full(size, float(made.blocks[-1].df2))
    return _Fit(np.array([one.b for one in made.coefficients]), errors, df, r2, made.n)


def _at_zero(held: Any) -> Any:
    """The pivot of the outcome belongs to the intercept."""
    found = np.zeros(len(held.names) - 1)
    found[0] = held.pivot[-1]
    return found


def _pooled(plan: RegressionPlan, held: _Held, files: Sequence[Moments]) -> ImputedModel | None:
    fits = [fit for fit in (_fitted(plan, one) for one in files) if fit is not None]
    if len(fits) < len(files):
        return None
    labels = ("(Intercept)", *(one.label for one in plan.design.columns))
    pooled = tuple(_pool(label, place, fits) for place, label in enumerate(labels))
    r2 = float(np.mean([fit.r2 for fit in fits]))
    return ImputedModel(len(fits), fits[0].n, held.missing(plan), pooled, r2)


def _pool(label: str, place: int, fits: Sequence[_Fit]) -> Pooled:
    b, se, df = ([float(getattr(fit, name)[place]) for fit in fits] for name in ("b", "se", "df"))
    if not all(np.isfinite([*b, *se, *df])) or min(df) <= 0:
        return Pooled(label, None, None, None, None, None, None, "cannot be estimated")
    return pool(label, b, se, df)
