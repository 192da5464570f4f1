"""One factor by minres: the loadings whose products come nearest to the correlations, the diagonal apart.

Harman & Jones (1966); the same criterion as ``psych::fa(fm = "minres")``, with its bound on uniquenesses (at least 0.005).
"""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from scipy import linalg, optimize
else:
    from driegesprek.evidence.later import linalg, optimize

LARGEST = float(np.sqrt(1 - 0.005))
STEPS = 40
STEP = 1e-12


def one_factor(correlation: Any, start: Any = None) -> Any:
    """Loadings on one factor.

    Args:
        correlation: Correlations of three or more items.
        start: Loadings to start from, such as those of nearly the same items.

    Returns:
        One loading per item; most of them positive.
    """
    loadings = None if start is None else _newton(correlation, start)
    if loadings is None:
        loadings = _newton(correlation, _principal(correlation))
    if loadings is None:
        loadings = _bounded(correlation)
    return loadings if loadings.sum() >= 0 else -loadings


def _principal(correlation: Any) -> Any:
    """A start: principal factoring, a few times over."""
    held = correlation.copy()
    loadings = np.full(len(held), 0.5)
    for _ in range(6):
        np.fill_diagonal(held, np.minimum(loadings**2, 0.95))
        values, vectors = np.linalg.eigh(held)
        loadings = vectors[:, -1] * np.sqrt(max(values[-1], 1e-4))
    return loadings if loadings.sum() >= 0 else -loadings


def _newton(correlation: Any, loadings: Any) -> Any:
    """The minimum near a start, or None where Newton's steps do not lead to one inside the bounds."""
    for _ in range(STEPS):
        squares = loadings @ loadings
        outer = np.outer(loadings, loadings)
        left = correlation - outer
        np.fill_diagonal(left, 0.0)
        slope = -left @ loadings
        curve = outer - left
        np.fill_diagonal(curve, squares - loadings**2)
        _, step, bad = linalg.lapack.dposv(curve, slope)
        if bad:  # no minimum near here
            return None
        loadings = loadings - step
        if not np.abs(loadings).max() < LARGEST:
            return None
        if np.abs(step).max() < STEP:
            return loadings
    return None


def _bounded(correlation: Any) -> Any:
    """The best of two searches within the bounds: for items of which one is nearly the factor itself."""
    size = len(correlation)
    above = np.triu_indices(size, 1)
    target = correlation[above]
    pair = np.arange(len(target))

    def residual(loadings: Any) -> Any:
        return target - loadings[above[0]] * loadings[above[1]]

    def slope(loadings: Any) -> Any:
        found = np.zeros((len(target), size))
        found[pair, above[0]] = -loadings[above[1]]
        found[pair, above[1]] = -loadings[above[0]]
        return found

    bounds = (np.full(size, -LARGEST), np.full(size, LARGEST))
    starts = (np.clip(_principal(correlation), -0.95, 0.95), np.full(size, 0.5))
    fits = [
        optimize.least_squares(residual, start, jac=slope, bounds=bounds, xtol=1e-14, ftol=1e-14, gtol=1e-13)
        for start in starts
    ]
    return min(fits, key=lambda fit: float(fit.cost)).x


def omega_total(correlation: Any, start: Any = None) -> float | None:
    """McDonald's omega total: 1 − Σ uniquenesses / Σ correlations, as ``psych::omega(nfactors = 1)``.

    Returns:
        None for fewer than three items, whose loadings are not determined, and when correlations add up to nothing.
    """
    if len(correlation) < 3 or correlation.sum() <= 0:  # noqa: PLR2004 -- two items have one correlation, two loadings
        return None
    loadings = one_factor(correlation, start)
    return float(1 - np.sum(1 - loadings**2) / correlation.sum())
