"""Restricted maximum likelihood of random intercepts, from sums.

The criterion is that of lme4 (Bates et al. 2015, J. Stat. Software 67, formula 41), with θ the standard deviation of an
intercept relative to the residual one: V = I + θ_c² Z_c Z_c' + θ_s² Z_s Z_s' and

    −2 log L = log |V| + log |X'V⁻¹X| + (n − p)(1 + log(2π r² / (n − p))),   r² = y'Py.

Classes within schools invert in two steps (Woodbury): within a class of n, V⁻¹ = I − κ 11' with κ = τ_c / (1 +
n τ_c), τ = θ²; then
school by school. All of it needs Σ z z' over everybody and, per group, n and Σ z.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from driegesprek.evidence.derivatives import TINY, gradient, hessian
from driegesprek.evidence.nested import Nested

if TYPE_CHECKING:
    from scipy import optimize
else:
    from driegesprek.evidence.later import optimize

LOWEST, HIGHEST = 1e-3, 1e2
POINTS = 61
STEPS = 12
CLOSE = 1e-13
ZOOM = 1.8, 1.2
"""How far, as a ratio, finer grids reach on either side of the best point of the one before."""
NEAR = 0.03
"""θ below this may be 0."""
RISING = 1e-3
"""Of −2 log L by a relative variance, at 0: less is not told from nothing."""


class Sums(Protocol):
    """What the criterion needs, for given relative variances."""

    n: float
    levels: int

    def whitened(self, tau: Any) -> tuple[Any, Any]:
        """Z'V⁻¹Z (design and outcome) and log |V|, for relative variances from the finest level up."""


class OneLevel:
    """Groups; those of the same size are added up beforehand, so that a step costs as much as there are sizes."""

    levels = 1

    def __init__(self, nested: Nested) -> None:
        self.n = float(nested.n.sum())
        self.cross = nested.cross
        self.sizes, place = np.unique(nested.n, return_inverse=True)
        self.count = np.bincount(place).astype(float)
        self.outer = np.zeros((len(self.sizes), *nested.cross.shape))
        for one in range(len(self.sizes)):
            self.outer[one] = nested.sums[place == one].T @ nested.sums[place == one]

    def whitened(self, tau: Any) -> tuple[Any, Any]:
        """As :class:`Sums`."""
        kappa = tau[0] / (1 + self.sizes * tau[0])
        found = self.cross - np.tensordot(kappa, self.outer, 1)
        return found, self.count @ np.log1p(self.sizes * tau[0])

    def whitened_at(self, tau: Any) -> tuple[Any, Any]:
        """As :meth:`whitened`, for several relative variances, a row each: the first axis of what it returns."""
        kappa = tau / (1 + self.sizes * tau)
        found = self.cross - np.tensordot(kappa, self.outer, 1)
        return found, np.log1p(self.sizes * tau) @ self.count


class TwoLevels:
    """Classes within schools."""

    levels = 2

    def __init__(self, nested: Nested) -> None:
        self.n = float(nested.n.sum())
        schools = {school: place for place, school in enumerate(dict.fromkeys(key[0] for key in nested.keys))}
        of = np.array([schools[key[0]] for key in nested.keys])
        self.inside = OneLevel(nested)
        sizes = self.inside.sizes
        at = np.searchsorted(sizes, nested.n)
        self.count = np.zeros((len(schools), len(sizes)))
        self.sums = np.zeros((len(schools), len(sizes), nested.sums.shape[1]))
        np.add.at(self.count, (of, at), 1.0)
        np.add.at(self.sums, (of, at), nested.sums)
        self.flat = np.ascontiguousarray(np.moveaxis(self.sums, 1, 0)).reshape(len(sizes), -1)

    def whitened(self, tau: Any) -> tuple[Any, Any]:
        """As :class:`Sums`."""
        inner, logdet = self.inside.whitened(tau[:1])
        shrink = 1 / (1 + self.inside.sizes * tau[0])
        u = (shrink @ self.flat).reshape(len(self.count), -1)
        m = self.count @ (self.inside.sizes * shrink)
        kappa = tau[1] / (1 + m * tau[1])
        return inner - (u * kappa[:, None]).T @ u, logdet + np.log1p(m * tau[1]).sum()

    def whitened_at(self, tau: Any) -> tuple[Any, Any]:
        """As :meth:`whitened`, for several pairs of relative variances, a row each."""
        inner, logdet = self.inside.whitened_at(tau[:, :1])
        shrink = 1 / (1 + self.inside.sizes * tau[:, :1])
        u = (shrink @ self.flat).reshape(len(tau), len(self.count), -1)
        m = (self.inside.sizes * shrink) @ self.count.T
        kappa = tau[:, 1:] / (1 + m * tau[:, 1:])
        between = np.matmul((u * kappa[..., None]).transpose(0, 2, 1), u)
        return inner - between, logdet + np.log1p(m * tau[:, 1:]).sum(axis=1)


@dataclass(frozen=True, eq=False)
class Fit:
    """The fixed effects and the criterion for given relative variances.

    Attributes:
        logs: log |V| + log |X'V⁻¹X|.
        inverse: (X'V⁻¹X)⁻¹.
        beta: Fixed effects, about the pivots.
        left: y'Py.
        df: n − p.
    """

    logs: float
    inverse: Any
    beta: Any
    left: float
    df: float

    @property
    def sigma2(self) -> float:
        """The residual variance."""
        return self.left / self.df

    @property
    def criterion(self) -> float:
        """−2 log L, at its best residual variance."""
        return float(self.logs + self.df * (1 + np.log(2 * np.pi * self.sigma2)))


class Criterion:
    """The criterion as a function of the relative standard deviations θ."""

    def __init__(self, sums: Sums) -> None:
        self.sums = sums

    def fit(self, theta: Any) -> Fit:
        """Fixed effects and criterion at θ."""
        logs, inverse, beta, left = self.parts(np.asarray(theta, dtype=float))
        return Fit(float(logs), inverse, beta, max(float(left), 0.0), self.sums.n - len(beta))

    def parts(self, theta: Any) -> tuple[Any, Any, Any, Any]:
        """Log |V| + log |X'V⁻¹X|, (X'V⁻¹X)⁻¹, fixed effects and y'Py.

        θ may be complex, to take derivatives; several θ, a row each, are done together.
        """
        logs, shaped, scale, xy, yy = self._shaped(theta)
        inverse = np.linalg.inv(shaped) / (scale[..., :, None] * scale[..., None, :])
        beta = np.matmul(inverse, xy[..., None])[..., 0]
        return logs, inverse, beta, yy - (xy * beta).sum(axis=-1)

    def _shaped(self, theta: Any) -> tuple[Any, Any, Any, Any, Any]:
        """Log |V| + log |X'V⁻¹X|, X'V⁻¹X with 1 on its diagonal, the roots of what stood there, X'V⁻¹y, y'V⁻¹y."""
        z, logdet = self._whitened(theta**2)
        x, xy, yy = z[..., :-1, :-1], z[..., :-1, -1], z[..., -1, -1]
        scale = np.sqrt(np.diagonal(x, axis1=-2, axis2=-1).real)
        shaped = x / (scale[..., :, None] * scale[..., None, :])
        sign, size = np.linalg.slogdet(shaped)
        logs = logdet + size + (np.log(sign) if np.iscomplexobj(x) else 0.0) + 2 * np.log(scale).sum(axis=-1)
        return logs, shaped, scale, xy, yy

    def _whitened(self, tau: Any) -> tuple[Any, Any]:
        if tau.ndim == 1:
            return self.sums.whitened(tau)
        if isinstance(self.sums, OneLevel | TwoLevels):
            return self.sums.whitened_at(tau)
        found = [self.sums.whitened(one) for one in tau]
        return np.stack([one[0] for one in found]), np.array([one[1] for one in found])

    def deviance(self, points: Any) -> Any:
        """−2 log L at (θ, σ), a row each, which may be complex."""
        logs, shaped, scale, xy, yy = self._shaped(points[:, :-1])
        own = xy / scale
        left = yy - (own * np.linalg.solve(shaped, own[..., None])[..., 0]).sum(axis=-1)
        sigma2 = points[:, -1] ** 2
        return logs + (self.sums.n - xy.shape[-1]) * np.log(2 * np.pi * sigma2) + left / sigma2

    def __call__(self, theta: Any) -> float:
        """−2 log L at θ."""
        return self.fit(theta).criterion

    @cached_property
    def best(self) -> Any:
        """θ at the minimum; 0 where a variance vanishes."""
        return self._refined(self._one()) if self.sums.levels == 1 else self._two()

    def _refined(self, theta: Any) -> Any:
        """Newton's steps on (θ, σ) from where a search by values, which sees half of the digits, has come."""
        free = np.append(theta > 0, True)
        point = np.append(theta, np.sqrt(self.fit(theta).sigma2))
        for _ in range(STEPS):
            slope, curve = gradient(self.deviance, point), hessian(self.deviance, point)
            try:
                step = np.linalg.solve(curve[np.ix_(free, free)], slope[free])
            except np.linalg.LinAlgError:
                return theta
            moved = point.copy()
            moved[free] -= step
            if (moved[free] <= 0).any() or np.abs(moved - point).max() > 0.1 * np.abs(point).max():
                return theta
            point = moved
            if np.abs(step).max() < CLOSE * np.abs(point).max():
                break
        return point[:-1]

    def _one(self) -> Any:
        return np.array([self._line(lambda value: [value])])

    def over(self, points: Any) -> Any:
        """−2 log L at each of several θ, together; as one by one where the sums do not know how."""
        if not isinstance(self.sums, OneLevel | TwoLevels):
            return np.array([self(point) for point in points])
        points = np.asarray(points)
        z, logdet = self.sums.whitened_at(points**2)
        df = self.sums.n - z.shape[1] + 1
        try:  # Z'V⁻¹Z = L L': its determinant but for y, and y'Py where y stands
            roots = np.einsum("kii->ki", np.linalg.cholesky(z))
        except np.linalg.LinAlgError:  # nothing of y is left
            logs, _, _, left = self.parts(points)
            return logs + df * (1 + np.log(2 * np.pi * np.maximum(left, 0.0) / df))
        logs = logdet + 2 * np.log(roots[:, :-1]).sum(axis=1)
        return logs + df * (1 + np.log(2 * np.pi * roots[:, -1] ** 2 / df))

    def _line(self, at: Any) -> float:
        grid = np.concatenate([[0.0], np.geomspace(LOWEST, HIGHEST, POINTS)])
        values = self.over([at(value) for value in grid])
        place = int(np.argmin(values))
        low, high = grid[max(place - 1, 0)], grid[min(place + 1, len(grid) - 1)]
        found = optimize.minimize_scalar(
            lambda v: self(at(v)), bounds=(low, high), method="bounded", options={"xatol": 1e-10}
        )
        return float(found.x) if found.fun < values[0] - self._rounding(values[0]) else 0.0

    def _two(self) -> Any:
        """From a grid by finer ones; a long search only where they do not tell on which side of 0 a variance is."""
        grid = np.concatenate([[0.0], np.geomspace(0.01, 10, 13)])
        start = near = self._lowest(grid, grid)
        for apart in ZOOM:
            near = self._lowest(*(_around(value, apart) for value in near))
        found = self._inside(near) if (near > NEAR).all() else self._edge(near)
        return self._refined(self._far(start)) if found is None else found

    def _lowest(self, classes: Any, schools: Any) -> Any:
        pairs = np.array([(a, b) for a in classes for b in schools])
        return pairs[int(np.argmin(self.over(pairs)))]

    def _inside(self, near: Any) -> Any:
        """The minimum beside a point where both variances are well above 0; None where Newton's steps do not reach it."""
        theta = self._refined(near)
        lowest = self(theta)
        if theta is near or lowest > self(near):
            return None
        without = [self(theta * keep) for keep in 1 - np.eye(2)]
        return None if min(without) <= lowest + self._rounding(lowest) else theta

    def _edge(self, near: Any) -> Any:
        """The minimum where a variance is 0, if it is none of both: not above a point beside it, and rising from 0."""
        level = int(np.argmax(near))
        theta = np.eye(2)[level] * self._line(lambda value: np.eye(2)[level] * value)
        sigma = np.sqrt(self.fit(theta).sigma2)
        zero = np.flatnonzero(theta == 0)
        moved = np.tile(np.append(theta, sigma).astype(complex), (len(zero), 1))
        moved[range(len(zero)), zero] = np.sqrt(TINY * 1j)  # a tiny imaginary variance: its derivative at 0
        rising = np.imag(self.deviance(moved)) / TINY > RISING
        return self._refined(theta) if rising.all() and self(theta) <= self(near) else None

    def _far(self, start: Any) -> Any:
        simplex = np.array([start, start * 1.2 + [0.02, 0.0], start * 1.2 + [0.0, 0.02]])
        options = {"xatol": 1e-10, "fatol": 1e-11, "maxiter": 2000, "initial_simplex": simplex}
        found = optimize.minimize(lambda t: self(np.abs(t)), start, method="Nelder-Mead", options=options)
        theta, lowest = np.abs(found.x), float(found.fun)
        for level in range(2):  # a variance that vanishes is 0, not nearly
            without = theta.copy()
            without[level] = 0.0
            if self(without) <= lowest + self._rounding(lowest):
                theta = without
        if (theta == 0).any():
            level = int(np.argmax(theta))
            theta = np.eye(2)[level] * self._line(lambda value: np.eye(2)[level] * value)
        return theta

    @staticmethod
    def _rounding(value: float) -> float:
        """A gain of less is none."""
        return 1e-9 + 1e-12 * abs(value)


def _around(value: float, apart: float) -> Any:
    """Values on either side of one; of one near 0, 0 too."""
    found = max(value, NEAR / 6) * np.geomspace(1 / apart, apart, 7)
    return found if value > NEAR else np.concatenate([[0.0], found])
