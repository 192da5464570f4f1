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
        adjusted = self.scores[1] + np.einsum("gpr,grs,gs->gp", self.wq, self.change, self.q_scores)
        moved = adjusted @ mc  # clusters × contrasts
        return Robust(c @ self.beta, moved.T @ moved, np.array([self._df(mc[:, i]) for i in range(len(c))]))

    def _adjust(self) -> None:
        """A_g = I + Q (P f(d) P' − I) Q', with Q an orthonormal basis of U_g."""
        x, w, w2 = self.gram
        inner = np.concatenate([np.concatenate([x, w], axis=2), np.concatenate([w, w2], axis=2)], axis=1)
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
        self.wq = np.concatenate([w, w2], axis=2) @ unit
        self.wu = np.concatenate([w, w2], axis=1)
        self.q_scores = np.einsum("gur,gu->gr", unit, np.concatenate(self.scores, axis=1))

    def _kernel(self) -> Any:
        m = self.inverse
        bread = m @ self.gram[2].sum(axis=0) @ m
        return np.block([[bread, -m], [-m, np.zeros_like(m)]])

    def _df(self, mc: Any) -> float:
        q = np.einsum("gpr,p->gr", self.wq, mc)  # Q'WXMc
        own = self.gram[2] @ mc @ mc + np.einsum("gr,grs,gs->g", q, self.square, q)  # s's
        tied = self.wu @ mc + np.einsum("gru,grs,gs->gu", self.forward, self.change, q)  # U's
        form = np.einsum("gu,uv,gv->g", tied, self.kernel, tied)
        spread = self.kernel @ (tied.T @ tied)
        double = float(np.trace(spread @ spread)) + float(np.sum((own + form) ** 2 - form**2))
        top = float(np.sum(own + form)) ** 2
        return top / double if double > 0 else 0.0
