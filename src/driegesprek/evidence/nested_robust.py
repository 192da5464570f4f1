"""Cluster-robust errors of a model with random intercepts, from sums: CR2 with Satterthwaite degrees of freedom.

The model's own errors hold when residuals spread equally for everybody. Answers on five points do not (who stands high
has no room), and then the interval of a score before is too narrow. CR2 (Pustejovsky & Tipton 2018, with the fitted V as
working model; ``clubSandwich::vcovCR(lmer, type = "CR2")``) takes the spread from the schools themselves. Per school, with
V = I + τ_c Z Z' + τ_s 11', M = (X'V⁻¹X)⁻¹ and S = V^½:

* B = S (V − XMX') S, A = S B^{−½} S, so that A (V − XMX') A = V;
* Var(b) = M (Σ X'V⁻¹A e e'A V⁻¹X) M;
* with a = A V⁻¹X M c and F = X'a: P_ij = [i = j] a'V a − F_i'M F_j, df = (Σ P_ii)² / ΣΣ P_ij².

All of it lies in the span of a school's classes, its X and its y. A square root of their products stands for its rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from driegesprek.evidence.nested import Nested

ZERO = 1e-11


@dataclass(frozen=True, eq=False)
class School:
    """Rows that have the products of a school's own rows.

    Attributes:
        z: Rows × classes.
        x: Rows × columns, the first is 1.
        y: Rows.
    """

    z: Any
    x: Any
    y: Any


def schools_of(nested: Nested) -> Iterator[School]:
    """Every school, by as few rows as its products need."""
    classes: dict[str, list[int]] = {school: [] for school in nested.schools}
    for place, key in enumerate(nested.keys):
        classes[key[0]].append(place)
    for school, cross in zip(nested.schools, nested.by_school, strict=True):
        yield _school(nested.n[classes[school]], nested.sums[classes[school]], cross)


def _school(n: Any, sums: Any, cross: Any) -> School:
    gram = np.block([[np.diag(n), sums], [sums.T, cross]])
    scale = np.sqrt(np.where(np.diag(gram) > 0, np.diag(gram), 1.0))
    size, basis = np.linalg.eigh(gram / np.outer(scale, scale))
    used = size > ZERO * size[-1]
    rows = (basis[:, used] * np.sqrt(size[used])).T * scale
    return School(rows[:, : len(n)], rows[:, len(n) : -1], rows[:, -1])


def robust(nested: Nested, tau: Any, inverse: Any, beta: Any, contrasts: Any) -> tuple[Any, Any]:
    """Errors and degrees of freedom of contrasts.

    Args:
        nested: Sums, with the products of each school.
        tau: Variances relative to the residual one, from the finest level up.
        inverse: M = (X'V⁻¹X)⁻¹.
        beta: Fixed effects, about the pivots.
        contrasts: Contrasts × fixed effects.

    Returns:
        One of each per contrast; NaN where nothing can be said.
    """
    mc = inverse @ contrasts.T
    scores, own, ties = [], [], []
    for school in schools_of(nested):
        score, square, tied = _adjusted(school, tau, inverse, beta, mc)
        scores.append(score)
        own.append(square)
        ties.append(tied)
    moved = np.array(scores) @ mc
    return np.sqrt(np.sum(moved**2, axis=0)), _df(np.array(own), np.array(ties), inverse)


def _adjusted(school: School, tau: Any, inverse: Any, beta: Any, mc: Any) -> tuple[Any, Any, Any]:
    """X'V⁻¹A e, and per contrast a'V a and F."""
    x = school.x
    v = np.eye(len(x)) + tau[0] * school.z @ school.z.T
    if len(tau) > 1:
        v += tau[1] * np.outer(x[:, 0], x[:, 0])
    size, basis = np.linalg.eigh(v)
    root, back = (basis * np.sqrt(size)) @ basis.T, (basis / np.sqrt(size)) @ basis.T
    values, vectors = np.linalg.eigh(root @ (v - x @ inverse @ x.T) @ root)
    good = values > 1e-9 * values[-1]  # what rounding leaves of a zero is no value
    half = (vectors[:, good] / np.sqrt(values[good])) @ vectors[:, good].T
    turned = root @ half @ back @ x  # A V⁻¹X
    a = turned @ mc
    return turned.T @ (school.y - x @ beta), np.sum(a * (v @ a), axis=0), x.T @ a


def _df(own: Any, ties: Any, inverse: Any) -> Any:
    """Satterthwaite's, of each contrast; ``ties`` are schools × columns × contrasts."""
    between = np.sum(ties * (inverse @ ties), axis=1)
    moved = np.moveaxis(ties, 2, 0)
    spread = inverse @ (np.swapaxes(moved, 1, 2) @ moved)
    double = np.sum(spread * np.swapaxes(spread, 1, 2), axis=(1, 2))
    double = double + np.sum((own - between) ** 2 - between**2, axis=0)
    top = np.sum(own - between, axis=0) ** 2
    return np.where(double > 0, top / np.where(double > 0, double, 1.0), np.nan)
