"""Cluster-robust errors of regression from sums: CR2 with Satterthwaite degrees of freedom.

Bell & McCaffrey (2002); Pustejovsky & Tipton (2018, J. Business & Economic Statistics 36), working model: independent
errors of equal variance; as ``clubSandwich::vcovCR(lm, type = "CR2")``. With X_g, W_g, e_g the design, weights and
residuals of cluster g and M = (X'WX)⁻¹:

* B_g = [(I − XMX'W)(I − XMX'W)']_gg = I + U_g K U_g', where U_g = [X_g, W_g X_g];
* A_g = B_g^{−1/2} (0 for eigenvalues that are 0), V = M (Σ X_g'W_g A_g e_g e_g' A_g W_g X_g) M;
* for a contrast c: p_g = (I − XMX'W)_g' A_g W_g X_g M c and df = (Σ p_g'p_g)² / ΣΣ (p_g'p_h)².

B_g differs from I only inside the span of U_g, so that all of this follows from U_g'U_g and U_g'e_g: the sums
X'X, X'WX, X'W²X, X'y and X'Wy per cluster. The double sum costs one pass over the clusters, because p_g'p_h (g ≠ h) is a
bilinear form in 2p numbers per cluster.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from driegesprek.evidence.moments import Moments

ZERO = 1e-9
ROUNDING = 1e-8
"""An error so many times smaller than that of a simple random sample is what rounding leaves of 0."""


@dataclass(frozen=True, eq=False)
class Robust:
    """Robust errors of coefficients or contrasts.

    Attributes:
        estimate: Contrasts of the coefficients.
        variance: Their covariance.
        df: Satterthwaite degrees of freedom of each.
    """

    estimate: Any
    variance: Any
    df: Any

    @property
    def se(self) -> Any:
        """Standard errors."""
        return np.sqrt(np.diag(self.variance))


class Clusters:
    """The sums of a model per cluster, scaled so that columns of any unit are solved equally well."""

    def __init__(self, moments: Moments) -> None:
        scale = np.sqrt(np.diag(moments.total(1)))[:-1]
        self.scale = np.where(scale > 0, scale, 1.0)
        twice = np.outer(self.scale, self.scale)
        self.weighted = moments.weighted
        self.gram = [moments.power(power)[:, :-1, :-1] / twice for power in range(3)]
        with_outcome = [moments.power(power)[:, :-1, -1] / self.scale for power in range(2)]
        self.inverse = np.linalg.inv(self.gram[1].sum(axis=0))
        self.beta = self.inverse @ with_outcome[1].sum(axis=0)
        self.scores = [with_outcome[power] - self.gram[power] @ self.beta for power in range(2)]

    def robust(self, contrasts: Any) -> Robust:
        """CR2 errors of contrasts.

        Args:
            contrasts: Contrasts × coefficients, the intercept first, in the units of the columns.
        """
        c = np.atleast_2d(contrasts) / self.scale
        self._adjust()
        mc = self.inverse @ c.T  # coefficients × contrasts
        adjusted = self.scores[1] + _times(self.wq, _times(self.change, self.q_scores))
        moved = adjusted @ mc  # clusters × contrasts
        return Robust(c @ self.beta, moved.T @ moved, self._df(mc))

    def _adjust(self) -> None:
        """A_g = I + Q (P f(d) P' − I) Q', with Q an orthonormal basis of U_g."""
        if self.weighted:
            self._adjust_weighted()
        else:
            self._adjust_unweighted()

    def _adjust_unweighted(self) -> None:
        """U_g is X_g and K is −M, so that with M = LL' and X_g L = Q S V', B_g = I − Q S² Q' has its roots at once."""
        x = self.wu = self.gram[0]
        self.kernel = -self.inverse
        sizes, vectors = np.linalg.eigh(self.inverse)
        half = np.sqrt(np.maximum(sizes, 1e-300))
        lower = vectors * half
        shared, basis = np.linalg.eigh(lower.T @ x @ lower)
        held = shared > ZERO * np.maximum(shared[:, -1:], 1e-300)
        root = np.sqrt(np.where(held, shared, 0.0))
        unit = (lower @ basis) * np.where(held, 1.0 / np.where(held, root, 1.0), 0.0)[:, None, :]
        self.forward = root[:, :, None] * (np.swapaxes(basis, 1, 2) @ (vectors / half).T)
        left = 1.0 - root**2
        good = left > ZERO
        f = np.where(good, 1.0 / np.sqrt(np.where(good, left, 1.0)), 0.0)
        own = np.eye(x.shape[1])
        self.change, self.square = own * (f - 1.0)[:, None, :], own * (f**2 - 1.0)[:, None, :]
        self.wq = x @ unit
        self.q_scores = _times(np.swapaxes(unit, 1, 2), self.scores[0])

    def _adjust_weighted(self) -> None:
        x, w, w2 = self.gram
        inner = np.concatenate([np.concatenate([x, w], axis=2), np.concatenate([w, w2], axis=2)], axis=1)
        self.wu = np.concatenate([w, w2], axis=1)
        scores = np.concatenate(self.scores, axis=1)
        size, basis = np.linalg.eigh(inner)
        held = size > ZERO * np.maximum(size[:, -1:], 1e-300)
        root = np.sqrt(np.where(held, size, 0.0))
        back = np.where(held, 1.0 / np.where(held, root, 1.0), 0.0)
        forward = root[:, :, None] * np.swapaxes(basis, 1, 2)  # T: U = Q T
        unit = basis * back[:, None, :]  # Q = U unit
        self.kernel = self._kernel()
        middle = np.eye(inner.shape[1]) + forward @ self.kernel @ np.swapaxes(forward, 1, 2)
        values, vectors = np.linalg.eigh(middle)
        good = values > ZERO
        f = np.where(good, 1.0 / np.sqrt(np.where(good, values, 1.0)), 0.0)
        own = np.eye(inner.shape[1])
        self.change = (vectors * f[:, None, :]) @ np.swapaxes(vectors, 1, 2) - own
        self.square = (vectors * (f**2)[:, None, :]) @ np.swapaxes(vectors, 1, 2) - own
        self.forward = forward
        self.wq = np.swapaxes(self.wu, 1, 2) @ unit
        self.q_scores = _times(np.swapaxes(unit, 1, 2), scores)

    def _kernel(self) -> Any:
        m = self.inverse
        bread = m @ self.gram[2].sum(axis=0) @ m
        return np.block([[bread, -m], [-m, np.zeros_like(m)]])

    def _df(self, mc: Any) -> Any:
        """Of each contrast; arrays are clusters × … × contrasts."""
        q = np.swapaxes(self.wq, 1, 2) @ mc  # Q'WXMc
        own = np.sum(mc * (self.gram[2] @ mc), axis=1) + np.sum(q * (self.square @ q), axis=1)  # s's
        tied = self.wu @ mc + np.swapaxes(self.forward, 1, 2) @ (self.change @ q)  # U's
        form = np.sum(tied * (self.kernel @ tied), axis=1)
        spread = self.kernel @ (np.moveaxis(tied, 2, 0).swapaxes(1, 2) @ np.moveaxis(tied, 2, 0))
        double = np.sum(spread * np.swapaxes(spread, 1, 2), axis=(1, 2)) + np.sum(
            (own + form) ** 2 - form**2, axis=0
        )
        top = np.sum(own + form, axis=0) ** 2
        return np.where(double > 0, top / np.where(double > 0, double, 1.0), 0.0)


def _times(matrices: Any, vectors: Any) -> Any:
    """Each cluster's matrix times its vector."""
    return np.matmul(matrices, vectors[:, :, None])[:, :, 0]
