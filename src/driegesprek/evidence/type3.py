"""Type III tests: each term given all others, with contrasts that sum to zero, so that main effects mean an average.

As ``car::Anova(type = 3)`` with ``contr.sum``; partial η² = SS / (SS + SSE).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from driegesprek.evidence.design import Design, DesignColumn
from driegesprek.evidence.terms import Term


def hypotheses(design: Design) -> dict[Term, Any]:
    """Per term the contrasts of the coefficients (intercept first) that are zero when it has no effect."""
    simple = {term: _own(design, term) for term in design.terms}
    if not any(len(term) > 1 for term in design.terms):
        return simple
    change = _sum_from_treatment(design)
    return {term: change[_places(design, term)] for term in design.terms}


def is_marginal(design: Design, term: Term) -> bool:
    """Whether an interaction contains the term, so that its test depends on the coding."""
    return any(set(term) < set(other) for other in design.terms)


def own(design: Design, term: Term) -> Any:
    """The contrasts of a term's own coefficients."""
    return _own(design, term)


def _places(design: Design, term: Term) -> list[int]:
    return [place for place, column in enumerate(design.columns, start=1) if column.term == term]


def _own(design: Design, term: Term) -> Any:
    return np.eye(len(design.columns) + 1)[_places(design, term)]


def _sum_from_treatment(design: Design) -> Any:
    """Coefficients of sum-to-zero contrasts as combinations of those of treatment contrasts.

    Both codings span the same model, so a design of enough invented respondents tells the change between them; its
    entries are whole numbers, and its inverse is exact.
    """
    rng = np.random.default_rng(0)
    columns = design.columns
    names = sorted({name for term in design.terms for name in term})
    rows = 8 * (len(columns) + 1) + 64
    values: dict[str, Any] = {}
    for name in names:
        if name in design.levels:
            values[name] = rng.integers(0, len(design.levels[name]), rows)
        else:
            values[name] = rng.normal(size=rows)
    treatment = _matrix(columns, values, design.levels, summing=False)
    summing = _matrix(columns, values, design.levels, summing=True)
    change = np.rint(np.linalg.lstsq(treatment, summing, rcond=None)[0])
    return np.linalg.inv(change)


def _matrix(
    columns: Sequence[DesignColumn],
    values: Mapping[str, Any],
    levels: Mapping[str, tuple[str, ...]],
    *,
    summing: bool,
) -> Any:
    rows = len(next(iter(values.values())))
    held = [np.ones(rows)]
    for column in columns:
        product = np.ones(rows)
        for name, level in column.parts:
            if level is None:
                product = product * values[name]
                continue
            place = levels[name].index(level)
            indicator = (values[name] == place).astype(float)
            product = product * (indicator - (values[name] == 0) if summing else indicator)
        held.append(product)
    return np.column_stack(held)
