"""Sums of products of items by weights: what weighted covariances of a scale need, and how sure its alpha is.

Beside the unweighted sums, which say how many there are, stand Σ w, Σ w z, Σ w z² and Σ w zz' over who has both. Covariances
count weights as frequencies that add up to n, as a weighted standard deviation elsewhere does. The error of alpha is
linearised (Binder 1983): with u the sum of squares of a respondent's items about their means and v that of the sum of the
items, log(1 − α) is log(Σ w u / Σ w v) and a constant, so that its score is w (u / Σ w u − v / Σ w v); u and v are
linear in 1, z, Σ z² and (Σ ± z)², of which the sums of products by w² are kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from driegesprek.evidence.frames import Frame
from driegesprek.evidence.pairs import Pairs, collect_pairs
from driegesprek.evidence.problems import EvidenceError
from driegesprek.evidence.reading import Node

_ARRAYS = ("n", "sums", "squares", "cross")


@dataclass(frozen=True, eq=False)
class WeightedPairs:
    """Sums over pairs of items, of who has a weight above zero.

    Attributes:
        plain: Unweighted.
        heavy: Items × items per name: Σ w (n), Σ w z, Σ w z², Σ w zz'.
        spread: (items + 3)²: Σ w² ee' with e = (1, z …, Σ z², (Σ ± z)²) over who has all items; None where a school kept it.
    """

    plain: Pairs
    heavy: dict[str, Any]
    spread: Any

    def __add__(self, other: "WeightedPairs") -> "WeightedPairs":
        """The sums of both files together.

        Raises:
            EvidenceError: ``other_plan``: the items, pivots or weights differ.
        """
        if not isinstance(other, WeightedPairs):
            raise EvidenceError("other_plan", "These sums were made by another plan; they cannot be added.")
        lacks = self.spread is None or other.spread is None
        heavy = {name: self.heavy[name] + other.heavy[name] for name in _ARRAYS}
        return WeightedPairs(self.plain + other.plain, heavy, None if lacks else self.spread + other.spread)

    @property
    def respondents(self) -> int:
        """Who has at least one item."""
        return self.plain.respondents

    @property
    def complete(self) -> int:
        """Who has all of them."""
        return self.plain.complete

    @property
    def n(self) -> Any:
        """Items × items: how many have both, by weight."""
        return self.heavy["n"]

    @property
    def squares(self) -> Any:
        """Weighted sums of squares."""
        return self.heavy["squares"]

    @property
    def covariance(self) -> Any:
        """Weighted covariances; NaN where fewer than two have both."""
        w, sums = self.heavy["n"], self.heavy["sums"]
        with np.errstate(invalid="ignore", divide="ignore"):
            return self._of_sample((self.heavy["cross"] - sums * sums.T / w) / w)

    @property
    def correlation(self) -> Any:
        """Weighted correlations: each with the spread of those who have both."""
        w, sums = self.heavy["n"], self.heavy["sums"]
        with np.errstate(invalid="ignore", divide="ignore"):
            own = self._of_sample((self.heavy["squares"] - sums**2 / w) / w)
            return self.covariance / np.sqrt(own * own.T)

    @property
    def means(self) -> Any:
        """The weighted mean of each item."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.diag(self.heavy["sums"]) / np.diag(self.heavy["n"]) + self.plain.pivot

    def _of_sample(self, moments: Any) -> Any:
        n = self.plain.n
        return np.where(n > 1, moments * n / np.maximum(n - 1, 1), np.nan)

    def error(self, sign: Any, covariance: Any) -> float | None:
        """The linearised error of log(1 − α), people as drawn one by one; None where it cannot be told.

        Args:
            sign: −1 of items that point the other way, as the sums were made with.
            covariance: Weighted covariances, turned by the sign.
        """
        n = self.complete
        if self.spread is None or n < 2:  # noqa: PLR2004 -- one tells no spread
            return None
        about = np.diag(self.heavy["sums"]) / np.diag(self.heavy["n"])
        size = float(self.heavy["n"][0, 0]) * (n - 1) / n
        u, v = size * float(np.trace(covariance)), size * float(covariance.sum())
        middle = float(sign @ about)
        score = np.concatenate(
            [
                [about @ about / u - middle**2 / v],
                -2 * about / u + 2 * middle * sign / v,
                [1 / u, -1 / v],
            ]
        )
        return float(np.sqrt(max(float(score @ self.spread @ score), 0.0) * n / (n - 1)))

    def kept(self) -> "WeightedPairs":
        """Without what only the interval of alpha needs: products of four answers stay in a school."""
        return replace(self, spread=None)

    def to_plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        held = {name: self.heavy[name].tolist() for name in _ARRAYS}
        spread = None if self.spread is None else self.spread.tolist()
        return self.plain.to_plain() | {"weighted": held, "spread": spread}

    @classmethod
    def from_plain(cls, held: Node, like: "WeightedPairs") -> "WeightedPairs":
        """What :meth:`to_plain` made.

        Args:
            held: As JSON holds it.
            like: The sums of nobody, of the same plan.

        Raises:
            EvidenceError: ``bad_sums``.
        """
        plain = Pairs.from_plain(held, like.plain)
        size, own = len(plain.names), held.at("weighted")
        heavy = {
            name: own.at(name).products(size, size)
            if name in {"n", "cross"}
            else own.at(name).numbers(size, size)
            for name in _ARRAYS
        }
        if any((heavy[name] < 0).any() for name in ("n", "squares")):
            raise own.wrong("weights and squares of 0 or more")
        spread = held.at("spread")
        return cls(plain, heavy, None if spread.value is None else spread.products(size + 3, size + 3))


def collect_weighted(
    batches: Iterable[Frame], items: Sequence[str], pivots: Any, sign: Any, *, listwise: bool
) -> WeightedPairs:
    """The sums over pairs of items of who has a weight above zero; listwise counts only who has all of them."""
    size = len(items)
    plain = collect_pairs([], items, pivots, listwise=listwise)
    heavy = {name: np.zeros((size, size)) for name in _ARRAYS}
    spread = np.zeros((size + 3, size + 3))
    for frame in batches:
        counted = frame.weight > 0
        w = frame.weight[counted]
        z = np.stack(
            [frame.numbers[name][counted] - pivot for name, pivot in zip(items, pivots, strict=True)]
        )
        plain += collect_pairs([_some(frame, items, counted)], items, pivots, listwise=listwise)
        there = np.isfinite(z)
        whole = there.all(axis=0)
        if listwise:
            there = there & whole
        z, m = np.where(there, z, 0.0), there.astype(float)
        added = ((w * m) @ m.T, (w * z) @ m.T, (w * z * z) @ m.T, (w * z) @ z.T)
        heavy = {name: heavy[name] + one for name, one in zip(_ARRAYS, added, strict=True)}
        e = _products(z[:, whole], sign)
        spread += (w[whole] ** 2 * e) @ e.T
    return WeightedPairs(plain, heavy, spread)


def _some(frame: Frame, items: Sequence[str], counted: Any) -> Frame:
    return Frame({name: frame.numbers[name][counted] for name in items}, {}, None, (), int(counted.sum()))


def _products(z: Any, sign: Any) -> Any:
    """Per respondent 1, the items, the sum of their squares and the square of their sum."""
    ones = np.ones((1, z.shape[1]))
    return np.concatenate([ones, z, (z * z).sum(axis=0)[None], ((sign @ z) ** 2)[None]])
