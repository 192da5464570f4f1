"""Linear regression in blocks, from sums: R² and its change, coefficients, CR2 errors, type III tests, contrasts.

Blocks enter in the order given, on the respondents who have every value of the last model. Formulas: F change as in
Cohen, Cohen, West & Aiken (2003), 5.3; errors and degrees of freedom as :mod:`driegesprek.evidence.robust` says; the
standardised coefficient is b · sd(x) / sd(y). An analysis of covariance is a regression with its covariates in block 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from driegesprek.evidence import type3
from driegesprek.evidence.contrasts import Contrast, contrast_rows
from driegesprek.evidence.data import Data
from driegesprek.evidence.design import INTERCEPT, Design, design, term_text
from driegesprek.evidence.distributions import f_above, t_quantile, t_two_sided
from driegesprek.evidence.grouped import moments_of
from driegesprek.evidence.moments import Moments
from driegesprek.evidence.problems import EvidenceError, no_data, no_variance
from driegesprek.evidence.results import Result
from driegesprek.evidence.robust import ROUNDING, Clusters
from driegesprek.evidence.solving import Solved, solve
from driegesprek.evidence.terms import Term
from driegesprek.evidence.terms import blocks as blocks_of

CANNOT = "cannot be estimated"
LEVEL = 0.95
PERFECT = 1e-12


@dataclass(frozen=True)
class Block:
    """One block: what the model explains with it, and how much more than before it."""

    terms: tuple[str, ...]
    r2: float
    r2_change: float
    f_change: float | None
    df1: int
    df2: int
    p: float | None


@dataclass(frozen=True)
class Coefficient:
    """One coefficient of the last model; None is what cannot be estimated, and the note says why.

    With clusters, ``ci`` and ``p`` rest on ``se_cr2`` and ``df_cr2``; without, on ``se`` and the residual df.
    """

    term: str
    b: float | None
    se: float | None
    se_cr2: float | None
    df_cr2: float | None
    ci: tuple[float, float] | None
    p: float | None
    beta: float | None
    note: str | None = None


@dataclass(frozen=True)
class Type3:
    """One term given all others, under equal variances; with clusters, of one degree of freedom, see its coefficient."""

    term: str
    df1: int
    df2: int
    f: float | None
    p: float | None
    partial_eta2: float | None
    note: str | None = None


@dataclass(frozen=True)
class Regression(Result):
    """The result of :func:`regress`."""

    n: int
    n_missing: int | None
    outcome: str
    clusters: int | None
    sigma: float | None
    blocks: tuple[Block, ...]
    coefficients: tuple[Coefficient, ...]
    type3: tuple[Type3, ...]
    contrasts: tuple[Coefficient, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RegressionPlan:
    """What is regressed on what; with levels and pivots it is the same wherever it runs.

    Attributes:
        outcome: A number.
        blocks: Terms in the order in which they enter.
        design: Terms, levels and pivots.
        cluster: Who belongs together.
        weights: How many respondents each stands for.
        contrasts: Combinations of coefficients to report.
    """

    outcome: str
    blocks: tuple[tuple[Term, ...], ...]
    design: Design
    cluster: str | None = None
    weights: str | None = None
    contrasts: tuple[Contrast, ...] = field(default=())


def regress(
    data: Data,
    *,
    outcome: str,
    blocks: str | Sequence[str | Sequence[str]],
    cluster: str | None = None,
    weights: str | None = None,
    reference: Mapping[str, str] | None = None,
    contrasts: Mapping[str, str] | None = None,
) -> Regression:
    """Regress an outcome on blocks of terms.

    Args:
        data: The respondents.
        outcome: A number, or a category with codes that are numbers.
        blocks: As ``pre;sex+origin;homework+talk;homework:talk``.
        cluster: A variable such as school: errors are then CR2 with Satterthwaite degrees of freedom.
        weights: A variable with weights.
        reference: The level each category is compared with; default its first.
        contrasts: Name and combination of coefficients, as ``{"both": "homework=yes + talk=yes"}``.

    Returns:
        Everything, not rounded; what cannot be estimated is None with a note.

    Raises:
        EvidenceError: ``no_data``, ``too_few``, ``no_variance``, ``bad_terms``, ``unknown_variable``, ``not_numeric`` …
    """
    plan = plan_regression(
        data, outcome, blocks, cluster=cluster, weights=weights, reference=reference, contrasts=contrasts
    )
    moments, rows = _collected(data, plan)
    return regression(plan, moments, rows=rows)


def plan_regression(
    data: Data,
    outcome: str,
    blocks: str | Sequence[str | Sequence[str]],
    *,
    cluster: str | None = None,
    weights: str | None = None,
    reference: Mapping[str, str] | None = None,
    contrasts: Mapping[str, str] | None = None,
) -> RegressionPlan:
    """Fix levels and pivots by one pass over the rows."""
    found = blocks_of(blocks)
    terms = [term for block in found for term in block]
    if any(outcome in term for term in terms):
        raise EvidenceError(
            "bad_terms", f"{outcome!r} is the outcome; it cannot explain itself. Leave it out."
        )
    made = design(data, terms, reference=reference, also=[outcome])
    named = tuple(Contrast(name, text) for name, text in (contrasts or {}).items())
    return RegressionPlan(outcome, found, made, cluster, weights, named)


def collect_regression(data: Data, plan: RegressionPlan) -> Moments:
    """The sums a regression needs, per cluster."""
    return _collected(data, plan)[0]


def _collected(data: Data, plan: RegressionPlan) -> tuple[Moments, int]:
    groups = [plan.cluster] if plan.cluster else []
    return moments_of(data, plan.design, plan.outcome, weights=plan.weights, groups=groups)


def regression(plan: RegressionPlan, moments: Moments, *, rows: int | None = None) -> Regression:
    """The result that follows from the sums.

    Args:
        plan: What was regressed.
        moments: Sums of one file, or of several added up.
        rows: Respondents in the file, to tell how many lack a value.
    """
    return _Fit(plan, moments).result(rows)


class _Fit:
    """One model, from its sums to its tables."""

    def __init__(self, plan: RegressionPlan, moments: Moments) -> None:
        self.plan, self.moments = plan, moments
        self.n = moments.respondents
        if self.n == 0:
            raise no_data("all of " + ", ".join([plan.outcome, *_names(plan.design)]))
        self.labels = (INTERCEPT, *(column.label for column in plan.design.columns))
        self.solved: Solved = solve(moments.total(1), moments.pivot)
        if (
            self.solved.total
            <= 1e-12 * float(moments.total(1)[-1, -1]) + 1e-24 * moments.pivot[-1] ** 2 * self.n
        ):
            raise no_variance(plan.outcome)
        self.df = self.n - 1 - self.solved.rank()
        if self.df < 1:
            raise EvidenceError(
                "too_few",
                f"{self.n} respondents have all values, and the model has {self.solved.rank() + 1} coefficients. "
                "Use fewer terms.",
            )
        self.left = self.solved.residual()
        self.perfect = self.left <= PERFECT * self.solved.total
        self.sigma2 = self.left / self.df
        self.notes: list[str] = []
        self.clusters = len(moments.keys) if plan.cluster else None
        self._covariance()

    def _covariance(self) -> None:
        """The coefficients, intercept first and in the units of the file, and their covariance."""
        kept = [column + 1 for column in self.solved.kept]
        self.at = [0, *kept]
        size = len(self.labels)
        raw = self.solved.raw_means
        b = self.solved.coefficients
        mean_y = float(self.solved.means[-1] + self.moments.pivot[-1])
        self.b = np.concatenate([[mean_y - float(raw @ b)], b])
        self.unit = np.zeros((size, size))  # (X'WX)⁻¹, zero for what is set aside
        inner = self.solved.inverse
        held = raw[list(self.solved.kept)]
        self.unit[0, 0] = 1 / self.solved.weight + held @ inner @ held
        self.unit[np.ix_(kept, kept)] = inner
        self.unit[0, kept] = self.unit[kept, 0] = -inner @ held

    def result(self, rows: int | None) -> Regression:
        """Everything that is reported."""
        rows_of_contrasts = contrast_rows(self.plan.contrasts, self.labels)
        wanted = np.vstack([np.eye(len(self.labels)), rows_of_contrasts])
        robust = self._robust(wanted)
        names = [*self.labels, *(contrast.name for contrast in self.plan.contrasts)]
        estimates = [self._coefficient(names[i], wanted[i], robust, i) for i in range(len(wanted))]
        tests = self._type3()
        if self.perfect:
            self.notes.append("The model fits perfectly: errors and tests cannot be estimated.")
        return Regression(
            n=self.n,
            n_missing=None if rows is None else rows - self.n,
            outcome=self.plan.outcome,
            clusters=self.clusters,
            sigma=None if self.perfect else float(np.sqrt(self.sigma2)),
            blocks=self._blocks(),
            coefficients=tuple(estimates[: len(self.labels)]),
            type3=tests,
            contrasts=tuple(estimates[len(self.labels) :]),
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def _robust(self, wanted: Any) -> tuple[Any, Any] | None:
        """CR2 error and df of each contrast, or None when there are no clusters or only one."""
        if self.clusters is None or self.perfect:
            return None
        if self.clusters == 1:
            self.notes.append("There is one cluster: cluster-robust errors cannot be estimated.")
            return None
        last = len(self.moments.names) - 1
        part = self.moments.part([*self.at, last])
        shift = np.eye(len(self.at))
        shift[0, 1:] = -part.pivot[1:-1]  # the intercept in the units of the file
        found = Clusters(part).robust(wanted[:, self.at] @ shift)
        return found.se, found.df

    def _coefficient(self, name: str, row: Any, robust: tuple[Any, Any] | None, place: int) -> Coefficient:
        if not self.solved.estimable[np.abs(row) > 0].all():
            self.notes.append("Some terms cannot be told apart (perfect collinearity or an empty cell).")
            return Coefficient(name, None, None, None, None, None, None, None, CANNOT)
        b = float(row @ self.b)
        beta = self._beta(place)
        if self.perfect:
            return Coefficient(name, b, None, None, None, None, None, beta, CANNOT)
        se = float(np.sqrt(self.sigma2 * (row @ self.unit @ row)))
        if robust is None:
            if self.clusters is not None:
                return Coefficient(name, b, se, None, None, None, None, beta, CANNOT)
            return Coefficient(name, b, se, None, None, *_interval(b, se, self.df), beta)
        se_cr2, df = float(robust[0][place]), float(robust[1][place])
        if not (
            se_cr2 > ROUNDING * se and df > 0
        ):  # clusters that the terms explain wholly leave nothing to see
            return Coefficient(name, b, se, None, None, None, None, beta, CANNOT)
        return Coefficient(name, b, se, se_cr2, df, *_interval(b, se_cr2, df), beta)

    def _beta(self, place: int) -> float | None:
        if not 0 < place < len(self.labels):
            return None
        return float(self.b[place] * self.solved.scale[place - 1] / np.sqrt(self.solved.total))

    def _blocks(self) -> tuple[Block, ...]:
        found, before, used = [], 0, 0
        for block in self.plan.blocks:
            used += sum(len(self.plan.design.columns_of(term)) for term in block)
            found.append(self._block(block, before, used))
            before = used
        return tuple(found)

    def _block(self, block: tuple[Term, ...], before: int, used: int) -> Block:
        total = self.solved.total
        left, earlier = self.solved.residual(used), self.solved.residual(before)
        df1 = self.solved.rank(used) - self.solved.rank(before)
        df2 = self.n - 1 - self.solved.rank(used)
        f = p = None
        if df1 and left > PERFECT * total:
            f = ((earlier - left) / df1) / (left / df2)
            p = f_above(f, df1, df2)
        return Block(term_text(block), 1 - left / total, (earlier - left) / total, f, df1, df2, p)

    def _type3(self) -> tuple[Type3, ...]:
        whole = not self.solved.dependence
        contrasts = type3.hypotheses(self.plan.design) if whole else {}
        found = []
        for term in self.plan.design.terms:
            rows = contrasts.get(term)
            if rows is None and not type3.is_marginal(self.plan.design, term):
                rows = type3.own(self.plan.design, term)
            found.append(self._test(":".join(term), rows))
        return tuple(found)

    def _test(self, term: str, rows: Any) -> Type3:
        possible = (
            rows is not None and len(rows) and self.solved.estimable[np.abs(rows).sum(axis=0) > 0].all()
        )
        if not possible or self.perfect:
            return Type3(term, 0 if rows is None else len(rows), self.df, None, None, None, CANNOT)
        value = rows @ self.b
        explained = float(value @ np.linalg.solve(rows @ self.unit @ rows.T, value))
        f = explained / len(rows) / self.sigma2
        p = f_above(f, len(rows), self.df)
        return Type3(term, len(rows), self.df, f, p, explained / (explained + self.left))


def _interval(b: float, se: float, df: float) -> tuple[tuple[float, float], float]:
    reach = t_quantile((1 + LEVEL) / 2, df) * se
    return (b - reach, b + reach), t_two_sided(b / se, df)


def _names(made: Design) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for term in made.terms for name in term))
