"""Satterthwaite degrees of freedom of fixed effects, as ``lmerTest`` (Kuznetsova, Brockhoff & Christensen 2017).

For a coefficient with variance f(θ, σ) = σ² c'(X'V⁻¹X)⁻¹c: df = 2 f² / (g' A g), with g the gradient of f and
A the covariance of
(θ, σ), twice the inverse of the criterion's Hessian. Derivatives are numeric: central, refined by Richardson.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from driegesprek.evidence.reml import Criterion

STEP = 1e-3
FLAT = 1e-8


def degrees_of_freedom(criterion: Criterion, contrasts: Any) -> Any:
    """Degrees of freedom of each contrast of the fixed effects (about the pivots).

    Returns:
        One per contrast; NaN where the criterion is flat, so that nothing can be said.
    """
    theta = criterion.best
    fit = criterion.fit(theta)
    at = np.append(theta, np.sqrt(fit.sigma2))
    steps = STEP * np.where(np.abs(at) > STEP, np.abs(at), max(float(np.max(np.abs(at))), 1.0) * 0.1)

    def variances(point: Any) -> Any:
        inverse = criterion.fit(point[:-1]).inverse
        return point[-1] ** 2 * np.einsum("ip,pq,iq->i", contrasts, inverse, contrasts)

    def deviance(point: Any) -> float:
        return criterion.fit(point[:-1]).at(point[-1])

    gradient = _refined(lambda h: _gradient(variances, at, steps * h))
    hessian = _refined(lambda h: _hessian(deviance, at, steps * h))
    values, vectors = np.linalg.eigh(hessian)
    used = values > FLAT * max(float(values[-1]), 1e-300)
    half = vectors[:, used] / np.sqrt(values[used])
    spread = 2 * np.sum((gradient @ half) ** 2, axis=1)
    own = variances(at)
    with np.errstate(divide="ignore"):
        return np.where(spread > 0, 2 * own**2 / np.where(spread > 0, spread, 1.0), np.nan)


def _refined(derivative: Callable[[float], Any]) -> Any:
    """Richardson: the error of a central difference falls with the square of its step."""
    return (4 * derivative(1.0) - derivative(2.0)) / 3


def _gradient(of: Callable[[Any], Any], at: Any, steps: Any) -> Any:
    moves = np.diag(steps)
    return np.stack(
        [(of(at + move) - of(at - move)) / (2 * step) for move, step in zip(moves, steps, strict=True)], -1
    )


def _hessian(of: Callable[[Any], float], at: Any, steps: Any) -> Any:
    size = len(at)
    found = np.zeros((size, size))
    moves = np.diag(steps)
    here = of(at)
    for i in range(size):
        found[i, i] = (of(at + moves[i]) - 2 * here + of(at - moves[i])) / steps[i] ** 2
        for j in range(i):
            both = of(at + moves[i] + moves[j]) + of(at - moves[i] - moves[j])
            apart = of(at + moves[i] - moves[j]) + of(at - moves[i] + moves[j])
            found[i, j] = found[j, i] = (both - apart) / (4 * steps[i] * steps[j])
    return found
