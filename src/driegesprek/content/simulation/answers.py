"""Five-point answers that have a given mean, spread and reliability.

Behind each answer stands a normal variable that is rounded to the nearest of 1 … 5. Of a scale of k items with standard
deviation s and Cronbach's alpha a, the mean covariance of two items is a·s² and the mean variance of an item
s²·(k − (k−1)·a): both follow from alpha = k²·c / (k²·s²) (Cronbach, Psychometrika 16, 1951). The normal variables are
found by Newton's method from mean and variance of the answers, their correlation by bisection from the covariance,
worked out by Gauss-Hermite quadrature over the factor that the items have in common.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from driegesprek.content.simulation.figures import Target

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]
CUTS = np.array([1.5, 2.5, 3.5, 4.5])
LOW, HIGH = 1, 5
SPREAD = 0.4
"""The easiest item of a scale has a mean so much above that of the hardest one."""
_HALVINGS = 32
_STEPS = 80
_STRIDE = 0.5
_EXACT = 1e-9
_NEAR = 1e-6
_ODD = np.array([1, 3, 5, 7])
_NODES, _raw = np.polynomial.hermite_e.hermegauss(31)
_WEIGHTS: Floats = _raw / _raw.sum()


@dataclass(frozen=True)
class Items:
    """The items of a scale as functions of one standard normal factor.

    Attributes:
        centre: mean of the normal variable behind each item, shape (items,).
        width: its standard deviation, shape (items,).
        common: the share of its variance that the factor makes, from 0 to 1.
        slope: points of the scale per standard deviation of the factor, on average.
    """

    centre: Floats
    width: Floats
    common: float
    slope: float

    def draw(self, factor: Floats, chance: np.random.Generator) -> Codes:
        """Draw answers of shape (persons, items), for factors of shape (persons,)."""
        own = chance.standard_normal((len(factor), len(self.centre)))
        mixed = np.sqrt(self.common) * factor[:, None] + np.sqrt(1 - self.common) * own
        return rounded(self.centre + self.width * mixed)


def rounded(values: Floats) -> Codes:
    """Give the nearest of 1 … 5."""
    return np.clip(np.rint(values), LOW, HIGH).astype(np.int8)


def items_of(target: Target, number: int) -> Items:
    """Find items that together come out at a target.

    Raises:
        ValueError: five answers cannot have such a mean, spread and reliability.
    """
    variance = target.sd**2 * (number - (number - 1) * target.alpha)
    offsets = np.linspace(-SPREAD / 2, SPREAD / 2, number) if number > 1 else np.zeros(1)
    centre, width = behind(target.mean + offsets, np.full(number, variance))
    wanted = target.alpha * target.sd**2
    common = _bisect(lambda share: _covariance(centre, width, share) < wanted, 0.0, 1.0)
    if number > 1 and abs(_covariance(centre, width, common) - wanted) > _NEAR:
        raise ValueError(f"items cannot be so reliable: {target}")
    curve = _expected(centre, width, common).mean(axis=1)
    # Stein's lemma: the mean slope of a function of a standard normal variable is its covariance with it.
    return Items(centre, width, common, float(_WEIGHTS @ (_NODES * curve)))


def behind(mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Find mean and sd of normal variables whose rounded values have these means and variances, all of one shape.

    Raises:
        ValueError: five answers cannot have such a mean and variance.
    """
    centre, log_width = np.array(mean, dtype=float), np.log(variance) / 2
    for _ in range(_STEPS):
        off, slopes = _misses(centre, log_width, mean, variance)
        if np.abs(off).max() < _EXACT:
            return centre, np.exp(log_width)
        # Newton's method for two unknowns, with steps that are kept small far from the answer.
        (a, b), (c, d) = slopes
        determinant = a * d - b * c
        if not determinant.all():
            break
        centre = centre - np.clip((d * off[0] - b * off[1]) / determinant, -_STRIDE, _STRIDE)
        log_width = log_width - np.clip((a * off[1] - c * off[0]) / determinant, -_STRIDE, _STRIDE)
    raise ValueError(f"five answers cannot have means {mean} and variances {variance}")


def _misses(centre: Floats, log_width: Floats, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """How far mean and variance are off, shape (2, items), and their slopes, shape (2, 2, items)."""
    width = np.exp(log_width)
    away = (centre[:, None] - CUTS) / width[:, None]
    # The log of the width moves each cut by -away standard deviations.
    density = np.exp(-(away**2) / 2) / np.sqrt(2 * np.pi)
    moves = np.stack([density / width[:, None], -away * density])
    found, spread = _moments(centre, width)
    first = moves.sum(axis=-1)
    second = (moves * _ODD).sum(axis=-1) - 2 * (found - LOW) * first
    return np.stack([found - mean, spread - variance]), np.stack([first, second])


def _moments(centre: Floats, width: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of the rounded values: of a count X of cuts, E X = Σ P(X ≥ i) and E X² = Σ (2i − 1)·P(X ≥ i)."""
    above = ndtr((centre[..., None] - CUTS) / width[..., None])
    first, second = above.sum(axis=-1), (above * _ODD).sum(axis=-1)
    return LOW + first, second - first**2


def _expected(centre: Floats, width: Floats, common: float) -> Floats:
    """Expected answers given the factor at each node, shape (nodes, items)."""
    moved = centre + width * np.sqrt(common) * _NODES[:, None]
    own = np.maximum(width * np.sqrt(1 - common), 1e-9)
    found: Floats = LOW + ndtr((moved[..., None] - CUTS) / own[:, None]).sum(axis=-1)
    return found


def _covariance(centre: Floats, width: Floats, common: float) -> float:
    """Mean covariance of two items."""
    found = _expected(centre, width, common)
    away = found - _WEIGHTS @ found
    number = len(centre)
    if number == 1:
        return 0.0
    together, apart = _WEIGHTS @ away.sum(axis=1) ** 2, (_WEIGHTS @ away**2).sum()
    return float(together - apart) / (number * (number - 1))


def _bisect(too_low: Callable[[float], bool], low: float, high: float) -> float:
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if too_low(middle) else (low, middle)
    return (low + high) / 2
