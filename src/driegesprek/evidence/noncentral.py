"""The noncentral t distribution, by quadrature: stable where SciPy's series gives NaN.

T = (Z + δ) / S with Z standard normal and S² = χ²/df apart from it (Johnson, Kotz & Balakrishnan 1995, chapter 31).
So, for t > 0,

* P(T ≤ t) = E[Φ(tS − δ)], an integral over S, smooth where t is small beside √df;
* P(T ≤ t) = E[P(S ≥ (Z + δ) / t)], an integral over Z, smooth where t is large beside √df.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from scipy import optimize, special
else:
    from driegesprek.evidence.later import optimize, special

NODES = 240
TAIL = 1e-17
"""What is left out at either end of an integral."""
FAR = 8.5
"""Standard deviations beyond which the normal distribution holds less than the tail."""


def cdf(t: float, df: float, shift: float) -> float:
    """P(T ≤ t) for so many degrees of freedom and this noncentrality; to about 1e-12.

    Raises:
        ValueError: t or the noncentrality is no finite number, or there are no degrees of freedom.
    """
    if not (np.isfinite(t) and np.isfinite(shift) and np.isfinite(df) and df > 0):
        raise ValueError("t, df and the noncentrality should be finite, and df above 0")
    if t < 0:
        return 1.0 - cdf(-t, df, -shift)
    return _over_spread(t, df, shift) if t * t < df else _over_normal(t, df, shift)


def _over_spread(t: float, df: float, shift: float) -> float:
    spread, weights = _spreads(df)
    return float(weights @ special.ndtr(t * spread - shift))


@lru_cache(maxsize=64)
def _spreads(df: float) -> tuple[Any, Any]:
    """Nodes over S with their weights, which add up to 1."""
    low, high = _ends(df)
    spread, weights = _nodes(low, high)
    log = (df - 1) * np.log(spread) - df * spread * spread / 2
    density = weights * np.exp(log - log.max())
    return spread, density / density.sum()


def _ends(df: float) -> tuple[float, float]:
    halves = special.gammaincinv(df / 2, TAIL), special.gammainccinv(df / 2, TAIL)
    return float(np.sqrt(2 * halves[0] / df)), float(np.sqrt(2 * halves[1] / df))


def _over_normal(t: float, df: float, shift: float) -> float:
    """Where Z is below −δ, T is below 0 and so below t; the rest is integrated."""
    start = min(max(-FAR, -shift), FAR)
    normal, weights = _nodes(start, FAR)
    above = special.gammaincc(df / 2, df / 2 * ((normal + shift) / t) ** 2)
    density = np.exp(-normal * normal / 2) / np.sqrt(2 * np.pi)
    return float(special.ndtr(start) + (weights * density) @ above)


def _nodes(low: float, high: float) -> tuple[Any, Any]:
    nodes, weights = _legendre()
    half = (high - low) / 2
    return low + half * (nodes + 1), half * weights


@lru_cache(maxsize=1)
def _legendre() -> tuple[Any, Any]:
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    return nodes, weights


def interval(t: float, df: float) -> tuple[float, float]:
    """The noncentralities for which t is the 97.5th and the 2.5th percentile (Steiger 2004).

    Raises:
        ValueError: t is no finite number, or there are no degrees of freedom.
    """
    if t < 0:
        low, high = interval(-t, df)
        return -high, -low
    least, most = _ends(df)

    def at(chance: float) -> float:
        found = optimize.brentq(
            lambda shift: cdf(t, df, shift) - chance,
            t * least - 2 * FAR,
            t * most + 2 * FAR,
            xtol=1e-13 * max(1.0, t),
            rtol=1e-13,
        )
        return float(found)

    return at(0.975), at(0.025)
