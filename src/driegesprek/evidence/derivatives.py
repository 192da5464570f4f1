"""Derivatives that lose no digits: the imaginary part after a tiny imaginary step (Squire & Trapp 1998)."""

from collections.abc import Callable
from typing import Any

import numpy as np

TINY = 1e-30
STEP = 1e-3


def gradient(of: Callable[[Any], Any], at: Any) -> Any:
    """Derivatives of a function of real numbers that also takes complex ones; one row per number, if it gives several."""
    columns = []
    for place in range(len(at)):
        moved = np.asarray(at, dtype=complex)
        moved[place] += TINY * 1j
        columns.append(np.imag(of(moved)) / TINY)
    return np.stack(columns, axis=-1)


def hessian(of: Callable[[Any], Any], at: Any) -> Any:
    """Second derivatives: central differences of exact first ones, refined by Richardson."""
    at = np.asarray(at, dtype=float)
    found = np.zeros((len(at), len(at)))
    for place in range(len(at)):
        step = STEP * max(abs(at[place]), 0.1)
        rough = [_difference(of, at, place, step * factor) for factor in (1.0, 2.0)]
        found[place] = (4 * rough[0] - rough[1]) / 3
    return (found + found.T) / 2


def _difference(of: Callable[[Any], Any], at: Any, place: int, step: float) -> Any:
    move = np.zeros(len(at))
    move[place] = step
    return (gradient(of, at + move) - gradient(of, at - move)) / (2 * step)
