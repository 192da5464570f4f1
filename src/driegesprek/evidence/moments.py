"""Sums of products of columns per cluster, around pivots fixed in the plan.

``Moments`` hold, for columns z = (1, x₁ − p₁, …, y − p), the sums Σ z z', Σ w z z' and Σ w² z z' per cluster. Everything
that regression and its robust errors need follows from them; rows are not needed again. ``a + b`` are the moments of
both files together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from driegesprek.evidence.design import Design
from driegesprek.evidence.frames import Frame
from driegesprek.evidence.problems import EvidenceError

Key = tuple[str, ...]
FEW_ROWS = 48
"""Rows per cluster in a batch from which one matrix product per cluster is quicker than sums of products."""


@dataclass(frozen=True, eq=False)
class Moments:
    """Sums of products per cluster.

    Attributes:
        names: The columns; the first is 1.
        pivot: What is subtracted of each column before it is multiplied.
        keys: The clusters; ``((),)`` when there are none.
        n: Respondents per cluster.
        cross: Powers of the weight × clusters × columns × columns; one power when nothing is weighted, else 0, 1, 2.
    """

    names: tuple[str, ...]
    pivot: Any
    keys: tuple[Key, ...]
    n: Any
    cross: Any

    def __add__(self, other: "Moments") -> "Moments":
        """The sums of both files together.

        Raises:
            EvidenceError: ``other_plan``: the columns, pivots or weights differ.
        """
        same = self.names == other.names and np.array_equal(self.pivot, other.pivot)
        if not same or len(self.cross) != len(other.cross):
            raise EvidenceError("other_plan", "These sums were made by another plan; they cannot be added.")
        keys = tuple(dict.fromkeys([*self.keys, *other.keys]))
        places = {key: place for place, key in enumerate(keys)}
        n, cross = np.zeros(len(keys)), np.zeros((len(self.cross), len(keys), *self.cross.shape[2:]))
        for one in (self, other):
            at = [places[key] for key in one.keys]
            n[at] += one.n
            cross[:, at] += one.cross
        return Moments(self.names, self.pivot, keys, n, cross)

    @property
    def weighted(self) -> bool:
        """Whether rows have weights."""
        return len(self.cross) > 1

    @property
    def respondents(self) -> int:
        """How many rows count."""
        return int(self.n.sum())

    def power(self, which: int) -> Any:
        """The sums with this power of the weight: clusters × columns × columns."""
        return self.cross[min(which, len(self.cross) - 1)]

    def total(self, which: int = 1) -> Any:
        """The sums over all clusters: columns × columns."""
        return self.power(which).sum(axis=0)

    def part(self, columns: Sequence[int]) -> "Moments":
        """The moments of some of the columns; the first must be among them."""
        at = np.asarray(columns)
        cross = self.cross[:, :, at[:, None], at[None, :]]
        return Moments(tuple(self.names[c] for c in columns), self.pivot[at], self.keys, self.n, cross)

    def over(self, depth: int) -> "Moments":
        """The moments of coarser clusters: by the first ``depth`` grouping variables."""
        coarse = tuple(dict.fromkeys(key[:depth] for key in self.keys))
        places = {key: place for place, key in enumerate(coarse)}
        at = np.array([places[key[:depth]] for key in self.keys], dtype=int)
        n, cross = np.zeros(len(coarse)), np.zeros((len(self.cross), len(coarse), *self.cross.shape[2:]))
        np.add.at(n, at, self.n)
        for power in range(len(cross)):
            np.add.at(cross[power], at, self.cross[power])
        return Moments(self.names, self.pivot, coarse, n, cross)

    def to_plain(self) -> dict[str, Any]:
        """As JSON holds it; see docs/evidence-sums.md."""
        return {
            "names": list(self.names),
            "pivot": self.pivot.tolist(),
            "clusters": [
                {"key": list(key), "n": int(self.n[place]), "cross": self.cross[:, place].tolist()}
                for place, key in enumerate(self.keys)
            ],
            "powers": len(self.cross),
        }

    @classmethod
    def from_plain(cls, held: Mapping[str, Any]) -> "Moments":
        """What :meth:`to_plain` made."""
        names, clusters = tuple(held["names"]), held["clusters"]
        cross = np.zeros((int(held["powers"]), len(clusters), len(names), len(names)))
        for place, one in enumerate(clusters):
            cross[:, place] = np.asarray(one["cross"], dtype=float)
        n = np.array([float(one["n"]) for one in clusters])
        keys = tuple(tuple(one["key"]) for one in clusters)
        return cls(names, np.asarray(held["pivot"], dtype=float), keys, n, cross)


class Places:
    """Gives every cluster a number, the same in all batches."""

    def __init__(self) -> None:
        self.of: dict[Key, int] = {}

    def codes(self, groups: Sequence[Any], kept: Any) -> Any:
        """The number of the cluster of each row that is kept."""
        if not groups:
            self.of.setdefault((), 0)
            return np.zeros(int(kept.sum()), dtype=int)
        joint, sizes = self._joint(groups, kept)
        found, inverse = np.unique(joint, return_inverse=True)
        names = [group.dictionary.to_pylist() for group in groups]
        numbers = [self._number(int(one), names, sizes) for one in found]
        return np.asarray(numbers, dtype=int)[inverse]

    def _joint(self, groups: Sequence[Any], kept: Any) -> tuple[Any, list[int]]:
        sizes = [len(group.dictionary) for group in groups]
        joint = np.zeros(int(kept.sum()), dtype=np.int64)
        for group, size in zip(groups, sizes, strict=True):
            joint = joint * size + np.asarray(group.indices.fill_null(0))[kept]
        return joint, sizes

    def _number(self, joint: int, names: Sequence[Sequence[str]], sizes: Sequence[int]) -> int:
        key: list[str] = []
        for held, size in zip(reversed(names), reversed(sizes), strict=True):
            joint, place = divmod(joint, size)
            key.append(held[place])
        return self.of.setdefault(tuple(reversed(key)), len(self.of))


class Collector:
    """Adds up moments, batch by batch."""

    def __init__(self, design: Design, outcome: str | None = None, *, weighted: bool = False) -> None:
        self.design = design
        self.outcome = outcome
        self.places = Places()
        last = [outcome] if outcome else []
        self.names = ("1", *(column.label for column in design.columns), *last)
        own = [design.pivots.get(outcome, 0.0)] if outcome else []
        self.pivot = np.concatenate([[0.0], design.pivot, own])
        self.cross = np.zeros((3 if weighted else 1, 0, len(self.names), len(self.names)))
        self.n = np.zeros(0)

    def add(self, frame: Frame) -> None:
        """Add the complete rows of a batch."""
        kept = frame.complete()
        if not kept.any():
            return
        codes = self.places.codes(frame.groups, kept)
        z = self._columns(frame, kept)
        self._grow()
        weight = frame.weight[kept] if frame.weight is not None else None
        order = np.argsort(codes, kind="stable") if len(self.places.of) > 1 else None
        if order is not None:
            codes, z = codes[order], z[:, order]
            weight = weight[order] if weight is not None else None
        self._add_clusters(codes, z, weight)

    def _columns(self, frame: Frame, kept: Any) -> Any:
        z = np.empty((len(self.names), int(kept.sum())))
        z[0] = 1.0
        everything = slice(None) if kept.all() else kept
        self.design.fill(frame, everything, z[1:])
        if self.outcome:
            np.subtract(frame.numbers[self.outcome][everything], self.pivot[-1], out=z[-1])
        return z

    def _grow(self) -> None:
        extra = len(self.places.of) - len(self.n)
        if extra > 0:
            room = max(extra, len(self.n) // 2)
            self.n = np.concatenate([self.n, np.zeros(room)])
            shape = (len(self.cross), room, *self.cross.shape[2:])
            self.cross = np.concatenate([self.cross, np.zeros(shape)], axis=1)

    def _add_clusters(self, codes: Any, z: Any, weight: Any) -> None:
        starts = np.flatnonzero(np.diff(codes, prepend=-1))
        at = codes[starts]
        self.n[at] += np.diff(starts, append=len(codes))
        for power in range(len(self.cross)):
            times = z if weight is None or power == 0 else z * weight**power
            self.cross[power, at] += products(times, z, starts)

    def done(self) -> Moments:
        """The sums of all batches so far."""
        keys = tuple(self.places.of)
        used = len(keys)
        return Moments(self.names, self.pivot, keys, self.n[:used], self.cross[:, :used])


def products(times: Any, z: Any, starts: Any) -> Any:
    """Σ times z' per run of rows.

    Args:
        times: Columns × rows.
        z: Columns × rows.
        starts: Where each run begins, ascending from 0.

    Returns:
        Runs × columns × columns.
    """
    rows = z.shape[1]
    if len(starts) * FEW_ROWS <= rows or len(starts) == 1:
        ends = [*starts[1:], rows]
        return np.stack([times[:, a:b] @ z[:, a:b].T for a, b in zip(starts, ends, strict=True)])
    return np.stack([np.add.reduceat(one * z, starts, axis=1).T for one in times], axis=1)


def collect(
    batches: Iterable[Frame], design: Design, outcome: str | None = None, *, weighted: bool = False
) -> Moments:
    """The moments of a design and an outcome over batches of rows."""
    collector = Collector(design, outcome, weighted=weighted)
    for frame in batches:
        collector.add(frame)
    return collector.done()
