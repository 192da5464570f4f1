"""Random intercepts for schools, and for classes within them, by REML; as ``lmerTest::lmer(y ~ … + (1 | school/class))``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from driegesprek.evidence.data import Data
from driegesprek.evidence.design import INTERCEPT, Design, design
from driegesprek.evidence.distributions import t_quantile, t_two_sided
from driegesprek.evidence.grouped import nested_of
from driegesprek.evidence.nested import Nested
from driegesprek.evidence.nested_robust import robust
from driegesprek.evidence.problems import EvidenceError, no_data, no_variance
from driegesprek.evidence.regression import CANNOT
from driegesprek.evidence.reml import Criterion, OneLevel, Sums, TwoLevels
from driegesprek.evidence.results import Result
from driegesprek.evidence.robust import ROUNDING
from driegesprek.evidence.satterthwaite import degrees_of_freedom
from driegesprek.evidence.solving import Solved, solve
from driegesprek.evidence.terms import terms

DEPTH = 2


@dataclass(frozen=True)
class Fixed:
    """One fixed effect, with Satterthwaite's degrees of freedom; None is what cannot be estimated.

    ``se``, ``df``, ``p`` and ``ci`` are those of the model, as lmerTest has them; those called ``cr2`` are robust to
    residuals that do not spread equally, with the coarsest group as cluster.
    """

    term: str
    b: float | None
    se: float | None
    df: float | None
    p: float | None
    ci: tuple[float, float] | None = None
    se_cr2: float | None = None
    df_cr2: float | None = None
    p_cr2: float | None = None
    ci_cr2: tuple[float, float] | None = None
    note: str | None = None


@dataclass(frozen=True)
class Mixed(Result):
    """The result of :func:`mixed`.

    Attributes:
        n: Respondents with every value.
        outcome: What is explained.
        fixed: Fixed effects, the intercept first.
        groups: Variance of the intercept per grouping variable.
        residual: Residual variance.
        icc: Share of the variance (given the fixed effects) that lies between groups, all levels together.
        iccs: The same per grouping variable.
        reml: The REML criterion, −2 log L.
        group_sizes: Number of groups per grouping variable.
    """

    n: int
    n_missing: int | None
    outcome: str
    fixed: tuple[Fixed, ...]
    groups: Mapping[str, float]
    residual: float
    icc: float
    iccs: Mapping[str, float]
    reml: float
    group_sizes: Mapping[str, int]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class MixedPlan:
    """What is explained by what, within which groups.

    Attributes:
        outcome: A number.
        design: Fixed terms, levels and pivots.
        group: ``(school,)`` or ``(school, class)``.
    """

    outcome: str
    design: Design
    group: tuple[str, ...]


def mixed(
    data: Data,
    *,
    outcome: str,
    fixed: str | Sequence[str] = "",
    group: str | Sequence[str],
    reference: Mapping[str, str] | None = None,
) -> Mixed:
    """Fit random intercepts.

    Args:
        data: The respondents.
        outcome: A number.
        fixed: Terms as ``pre+sex``; nothing gives the model with an intercept only.
        group: ``school``, or ``school,class`` for classes within schools.
        reference: The level each category is compared with; default its first.

    Raises:
        EvidenceError: ``no_data``, ``one_cluster``, ``no_variance``, ``collinear``, ``too_few`` …
    """
    plan = plan_mixed(data, outcome, fixed, group, reference=reference)
    nested, rows = nested_of(data, plan.design, plan.outcome, plan.group)
    return mixed_model(plan, nested, rows=rows)


def plan_mixed(
    data: Data,
    outcome: str,
    fixed: str | Sequence[str],
    group: str | Sequence[str],
    *,
    reference: Mapping[str, str] | None = None,
) -> MixedPlan:
    """Fix levels and pivots by one pass over the rows."""
    names = tuple(one.strip() for one in group.split(",")) if isinstance(group, str) else tuple(group)
    if not 1 <= len(set(names)) == len(names) <= DEPTH or not all(names):
        raise EvidenceError("bad_option", "Groups are one variable, or two different ones as school,class.")
    found = terms(fixed)
    if any(outcome in term for term in found):
        raise EvidenceError(
            "bad_terms", f"{outcome!r} is the outcome; it cannot explain itself. Leave it out."
        )
    return MixedPlan(outcome, design(data, found, reference=reference, also=[outcome]), names)


def collect_mixed(data: Data, plan: MixedPlan) -> Nested:
    """The sums a model with random intercepts needs."""
    return nested_of(data, plan.design, plan.outcome, plan.group)[0]


def mixed_model(plan: MixedPlan, nested: Nested, *, rows: int | None = None) -> Mixed:
    """The result that follows from the sums of groups."""
    if nested.respondents == 0:
        raise no_data(", ".join([plan.outcome, *plan.design.levels, *plan.design.numbers, *plan.group]))
    sizes = {name: len({key[: depth + 1] for key in nested.keys}) for depth, name in enumerate(plan.group)}
    check_groups(sizes, nested)
    solved = _checked(plan, nested)
    kept = nested.part([0, *(column + 1 for column in solved.kept), len(nested.names) - 1])
    _check_inside(plan, kept, solved.total)
    sums: Sums = OneLevel(kept) if len(plan.group) == 1 else TwoLevels(kept)
    return fitted(plan, sums, solved, nested.pivot, sizes, rows=rows, kept=kept)


def check_groups(sizes: Mapping[str, int], nested: Nested | None = None) -> None:
    """Refuse groups whose variance nothing tells."""
    names = list(sizes)
    for depth, name in enumerate(names):
        above = sizes[names[depth - 1]] if depth else 1
        if sizes[name] <= above:
            what = "there is one" if depth == 0 else f"each {names[depth - 1]} has one"
            raise EvidenceError("one_cluster", f"The variance of {name!r} cannot be estimated: {what}.")
    if nested is not None and nested.n.max() <= 1:
        raise EvidenceError(
            "one_each",
            f"Every {names[-1]!r} has one respondent, so groups and respondents cannot be told apart.",
        )


def _checked(plan: MixedPlan, nested: Nested) -> Solved:
    solved = solve(nested.cross, nested.pivot)
    if (
        solved.total
        <= 1e-12 * float(nested.cross[-1, -1]) + 1e-24 * nested.pivot[-1] ** 2 * nested.respondents
    ):
        raise no_variance(plan.outcome)
    if nested.respondents - 1 - solved.rank() < 1:
        raise EvidenceError("too_few", "There are as many coefficients as respondents. Use fewer terms.")
    if solved.residual() <= 1e-12 * solved.total:
        raise EvidenceError(
            "perfect_fit", "The fixed effects explain the outcome wholly; there is no variance left."
        )
    return solved


def _check_inside(plan: MixedPlan, kept: Nested, total: float) -> None:
    """Refuse an outcome that groups and fixed effects explain wholly: nothing is left that respondents differ in."""
    inside = (kept.cross - kept.sums.T @ (kept.sums / kept.n[:, None]))[1:, 1:]
    x, xy = inside[:-1, :-1], inside[:-1, -1]
    left = (
        float(inside[-1, -1] - xy @ np.linalg.pinv(x, hermitian=True) @ xy)
        if len(x)
        else float(inside[-1, -1])
    )
    if left <= 1e-12 * total:
        raise EvidenceError(
            "perfect_fit",
            f"Within each {plan.group[-1]!r} the outcome does not vary beyond what the fixed effects explain. "
            "Is it a number of the group?",
        )


def fitted(
    plan: MixedPlan,
    sums: Sums,
    solved: Solved,
    pivot: Any,
    sizes: Mapping[str, int],
    *,
    rows: int | None,
    kept: Nested | None = None,
) -> Mixed:
    """The model that fits best, from what the criterion needs; robust errors need the products of each school too."""
    criterion = Criterion(sums)
    theta = criterion.best
    fit = criterion.fit(theta)
    variances = (theta**2 * fit.sigma2).tolist()[
        ::-1
    ]  # from the coarsest level down, as the groups are named
    total = sum(variances) + fit.sigma2
    notes = [
        f"The variance of {name!r} is estimated as 0."
        for name, value in zip(plan.group, variances, strict=True)
        if value == 0
    ]
    if solved.dependence:
        notes.append("Some terms cannot be told apart (perfect collinearity or an empty cell).")
    return Mixed(
        n=int(sums.n),
        n_missing=None if rows is None else rows - int(sums.n),
        outcome=plan.outcome,
        fixed=_fixed(plan, criterion, solved, pivot, kept),
        groups=dict(zip(plan.group, variances, strict=True)),
        residual=fit.sigma2,
        icc=sum(variances) / total,
        iccs={name: value / total for name, value in zip(plan.group, variances, strict=True)},
        reml=fit.criterion,
        group_sizes=dict(sizes),
        notes=tuple(notes),
    )


def _fixed(
    plan: MixedPlan, criterion: Criterion, solved: Solved, pivot: Any, kept: Nested | None
) -> tuple[Fixed, ...]:
    labels = (INTERCEPT, *(column.label for column in plan.design.columns))
    at = [0, *(column + 1 for column in solved.kept)]
    contrasts = np.eye(len(at))
    contrasts[0, 1:] = -pivot[at[1:]]
    fit = criterion.fit(criterion.best)
    b = contrasts @ fit.beta
    b[0] += pivot[-1]
    se = np.sqrt(fit.sigma2 * np.einsum("ip,pq,iq->i", contrasts, fit.inverse, contrasts))
    df = degrees_of_freedom(criterion, contrasts)
    own = [_interval(*one) for one in zip(b.tolist(), se.tolist(), df.tolist(), strict=True)]
    apart = _robust(criterion, kept, contrasts, b)
    found = []
    for place, label in enumerate(labels):
        if not solved.estimable[place]:
            found.append(Fixed(label, None, None, None, None, note=CANNOT))
            continue
        row = at.index(place)
        note = CANNOT if own[row].df is None else None
        found.append(_effect(label, float(b[row]), own[row], apart[row], note))
    return tuple(found)


def _effect(label: str, b: float, own: "_Test", apart: "_Test", note: str | None) -> Fixed:
    return Fixed(
        label,
        b,
        own.se,
        own.df,
        own.p,
        own.ci,
        se_cr2=apart.se,
        df_cr2=apart.df,
        p_cr2=apart.p,
        ci_cr2=apart.ci,
        note=note,
    )


@dataclass(frozen=True)
class _Test:
    se: float | None = None
    df: float | None = None
    p: float | None = None
    ci: tuple[float, float] | None = None


def _interval(b: float, se: float, df: float) -> _Test:
    if not (np.isfinite(df) and df > 0 and se > 0):
        return _Test(se)
    reach = t_quantile(0.975, df) * se
    return _Test(se, df, t_two_sided(b / se, df), (b - reach, b + reach))


def _robust(criterion: Criterion, kept: Nested | None, contrasts: Any, b: Any) -> list[_Test]:
    """CR2 of each contrast; nothing where a school's products are not there."""
    if kept is None or kept.by_school is None:
        return [_Test()] * len(contrasts)
    fit = criterion.fit(criterion.best)
    se, df = robust(kept, criterion.best**2, fit.inverse, fit.beta, contrasts)
    inside = np.einsum("ip,pq,iq->i", contrasts, fit.inverse, contrasts)
    se = np.where(se > ROUNDING * np.sqrt(fit.sigma2 * inside), se, 0.0)
    tests = [_interval(*one) for one in zip(b.tolist(), se.tolist(), df.tolist(), strict=True)]
    return [one if one.df is not None else _Test() for one in tests]
