"""Satterthwaite degrees of freedom of fixed effects, as ``lmerTest`` (Kuznetsova, Brockhoff & Christensen 2017).

For a coefficient with variance f(θ, σ) = σ² c'(X'V⁻¹X)⁻¹c: df = 2 f² / (g' A g), with g the gradient of f and A the
covariance of (θ, σ), twice the inverse of the criterion's Hessian.
"""

from typing import Any

import numpy as np

from driegesprek.evidence.derivatives import gradient, hessian
from driegesprek.evidence.reml import Criterion

FLAT = 1e-8


def degrees_of_freedom(criterion: Criterion, contrasts: Any) -> Any:
    """Degrees of freedom of each contrast of the fixed effects (about the pivots).

    Returns:
        One per contrast; NaN where the criterion is flat, so that nothing can be said.
    """
    theta = criterion.best
    at = np.append(theta, np.sqrt(criterion.fit(theta).sigma2))

    def variances(points: Any) -> Any:
        inverse = criterion.parts(points[:, :-1])[1]
        return points[:, -1:] ** 2 * ((contrasts @ inverse) * contrasts).sum(axis=-1)

    values, vectors = np.linalg.eigh(hessian(criterion.deviance, at))
    used = values > FLAT * max(float(values[-1]), 1e-300)
    half = vectors[:, used] / np.sqrt(values[used])
    spread = 2 * np.sum((gradient(variances, at) @ half) ** 2, axis=1)
    own = variances(at[None])[0]
    return np.where(spread > 0, 2 * own**2 / np.where(spread > 0, spread, 1.0), np.nan)
