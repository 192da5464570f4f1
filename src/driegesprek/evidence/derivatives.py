"""Derivatives that lose no digits: the imaginary part after a tiny imaginary step (Squire & Trapp 1998)."""

from collections.abc import Callable
from typing import Any

import numpy as np

TINY = 1e-30
STEP = 1e-3


def gradient(of: Callable[[Any], Any], at: Any) -> Any:
    """Derivatives at a point.

    Args:
        of: A function of points, a row each, that also takes complex ones; gives a number or several a row.
        at: The point.

    Returns:
        A derivative per number of the point, along the last axis; one row per number, if the function gives several.
    """
    return gradients(of, np.asarray(at)[None])[0]


def gradients(of: Callable[[Any], Any], points: Any) -> Any:
    """The derivatives at several points, a row each; the function is asked once."""
    size = points.shape[1]
    moved = np.repeat(points.astype(complex)[:, None, :], size, axis=1)
    moved[:, range(size), range(size)] += TINY * 1j
    found = np.imag(of(moved.reshape(-1, size))) / TINY
    return np.moveaxis(found.reshape(len(points), size, *found.shape[1:]), 1, -1)


def hessian(of: Callable[[Any], Any], at: Any) -> Any:
    """Second derivatives: central differences of exact first ones, refined by Richardson."""
    at = np.asarray(at, dtype=float)
    steps = STEP * np.maximum(np.abs(at), 0.1)
    moves = np.concatenate([np.diag(steps) * factor for factor in (1.0, -1.0, 2.0, -2.0)])
    up, down, far_up, far_down = gradients(of, at + moves).reshape(4, len(at), len(at))
    near, far = (up - down) / (2 * steps[:, None]), (far_up - far_down) / (4 * steps[:, None])
    found = (4 * near - far) / 3
    return (found + found.T) / 2
