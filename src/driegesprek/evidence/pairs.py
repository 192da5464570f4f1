"""Sums of products of items over the respondents who have both: what pairwise covariances need.

With z the item minus its pivot where it is there and 0 where it is not, and m whether it is there: Σ m m', Σ z m',
Σ z² m' and Σ z z'. They add up like all sums.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from driegesprek.evidence.frames import Frame
from driegesprek.evidence.problems import EvidenceError
from driegesprek.evidence.reading import Node

_ARRAYS = ("n", "sums", "squares", "cross")


@dataclass(frozen=True, eq=False)
class Pairs:
    """Sums over pairs of items.

    Attributes:
        names: The items.
        pivot: What is subtracted of each.
        respondents: Who has at least one item.
        complete: Who has all of them.
        n: Items × items: how many have both.
        sums: Sum of the first item over those who have both.
        squares: Its sum of squares over them.
        cross: Sum of products.
    """

    names: tuple[str, ...]
    pivot: Any
    respondents: int
    complete: int
    n: Any
    sums: Any
    squares: Any
    cross: Any

    def __add__(self, other: "Pairs") -> "Pairs":
        """The sums of both files together.

        Raises:
            EvidenceError: ``other_plan``: the items or pivots differ.
        """
        if self.names != other.names or not np.array_equal(self.pivot, other.pivot):
            raise EvidenceError("other_plan", "These sums were made by another plan; they cannot be added.")
        arrays = [getattr(self, name) + getattr(other, name) for name in _ARRAYS]
        return Pairs(
            self.names,
            self.pivot,
            self.respondents + other.respondents,
            self.complete + other.complete,
            *arrays,
        )

    @property
    def covariance(self) -> Any:
        """Pairwise covariances, as R's ``cov(use = "pairwise")``; NaN where fewer than two have both."""
        with np.errstate(invalid="ignore", divide="ignore"):
            found = (self.cross - self.sums * self.sums.T / self.n) / (self.n - 1)
        return np.where(self.n > 1, found, np.nan)

    @property
    def correlation(self) -> Any:
        """Pairwise correlations: each with the spread of those who have both."""
        with np.errstate(invalid="ignore", divide="ignore"):
            own = (self.squares - self.sums**2 / self.n) / (self.n - 1)
            return self.covariance / np.sqrt(own * own.T)

    @property
    def means(self) -> Any:
        """The mean of each item."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.diag(self.sums) / np.diag(self.n) + self.pivot

    def to_plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        held: dict[str, Any] = {"names": list(self.names), "pivot": self.pivot.tolist()}
        held |= {"respondents": self.respondents, "complete": self.complete}
        return held | {name: getattr(self, name).tolist() for name in _ARRAYS}

    @classmethod
    def from_plain(cls, held: Node, like: "Pairs") -> "Pairs":
        """What :meth:`to_plain` made.

        Args:
            held: As JSON holds it.
            like: The sums of nobody, of the same plan.

        Raises:
            EvidenceError: ``bad_sums``.
        """
        held.at("names").same(list(like.names))
        held.at("pivot").same(like.pivot.tolist())
        square = (len(like.names), len(like.names))
        n, squares = held.at("n").counts(*square), held.at("squares").numbers(*square)
        if (n != n.T).any():
            raise held.at("n").wrong("the same above and below the diagonal")
        if (squares < 0).any():
            raise held.at("squares").wrong("numbers, 0 or more")
        whole = (held.at("respondents").count(), held.at("complete").count())
        sums, cross = held.at("sums").numbers(*square), held.at("cross").products(*square)
        return cls(like.names, like.pivot, *whole, n, sums, squares, cross)


def collect_pairs(batches: Iterable[Frame], items: Sequence[str], pivots: Any, *, listwise: bool) -> Pairs:
    """The sums over pairs of items; listwise counts only respondents with all of them."""
    size = len(items)
    n, sums, squares, cross = (np.zeros((size, size)) for _ in range(4))
    respondents = complete = 0
    for frame in batches:
        z = np.empty((size, frame.rows))
        for place, name in enumerate(items):
            np.subtract(frame.numbers[name], pivots[place], out=z[place])
        if np.isfinite(total := z.sum(axis=1)).all():  # nobody lacks an item
            added = z @ z.T
            respondents, complete = respondents + frame.rows, complete + frame.rows
            n += frame.rows
            sums += total[:, None]
            squares += np.diag(added)[:, None]
            cross += added
            continue
        there = np.isfinite(z)
        whole = there.all(axis=0)
        respondents += int(there.any(axis=0).sum())
        complete += int(whole.sum())
        if listwise or whole.all():
            z = z if whole.all() else z[:, whole]
            total = z.sum(axis=1)[:, None]
            n += z.shape[1]
            sums += np.broadcast_to(total, (size, size))
            squares += np.broadcast_to((z * z).sum(axis=1)[:, None], (size, size))
            cross += z @ z.T
            continue
        z = np.where(there, z, 0.0)
        m = there.astype(float)
        n += m @ m.T
        sums += z @ m.T
        squares += (z * z) @ m.T
        cross += z @ z.T
    return Pairs(tuple(items), pivots, respondents, complete, n, sums, squares, cross)
