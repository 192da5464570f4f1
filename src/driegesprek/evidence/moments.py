"""Sums of products of columns per cluster, around pivots fixed in the plan.

``Moments`` hold, for columns z = (1, x₁ − p₁, …, y − p), the sums Σ z z', Σ w z z' and Σ w² z z' per cluster. Everything
that regression and its robust errors need follows from them; rows are not needed again. ``a + b`` are the moments of
both files together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from driegesprek.evidence.design import Design
from driegesprek.evidence.frames import Frame
from driegesprek.evidence.problems import EvidenceError
from driegesprek.evidence.reading import Node, distinct

Key = tuple[str, ...]
WIDE = 2**31
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
    def from_plain(cls, held: Node, like: "Moments", depth: int) -> "Moments":
        """What :meth:`to_plain` made.

        Args:
            held: As JSON holds it.
            like: The moments of nobody, of the same plan.
            depth: How many grouping variables there are.

        Raises:
            EvidenceError: ``bad_sums``.
        """
        held.at("names").same(list(like.names))
        held.at("pivot").same(like.pivot.tolist())
        held.at("powers").same(len(like.cross))
        clusters, size = list(held.at("clusters").each()), len(like.names)
        keys = tuple(one.at("key").key(depth) for one in clusters)
        distinct(keys, held.at("clusters"))
        cross = np.zeros((len(like.cross), len(clusters), size, size))
        n = np.array([float(one.at("n").count()) for one in clusters])
        for place, one in enumerate(clusters):
            cross[:, place] = one.at("cross").products(len(like.cross), size, size)
            if cross[0, place, 0, 0] != n[place]:
                raise one.at("n").wrong("the first of the sums of products")
        return cls(like.names, like.pivot, keys, n, cross)


class Places:
    """Gives every cluster a number, the same in all batches."""

    def __init__(self) -> None:
        self.of: dict[Key, int] = {}
        self.levels: list[dict[str, int]] = []
        self.joint: dict[int, int] = {}

    def codes(self, groups: Sequence[Any], kept: Any) -> Any:
        """The number of the cluster of each row that is kept."""
        if not groups:
            self.of.setdefault((), 0)
            return np.zeros(int(kept.sum()), dtype=np.int64)
        self.levels = self.levels or [{} for _ in groups]
        everything = slice(None) if kept.all() else kept
        joint = np.int64(0)
        for group, known in zip(groups, self.levels, strict=True):
            joint = joint * WIDE + _numbered(group, known)[everything]
        return self._places(joint)

    def _places(self, joint: Any) -> Any:
        """The place of each row's cluster; new clusters get the next ones."""
        found, inverse = _distinct(joint)
        names = [list(known) for known in self.levels]
        numbers = np.empty(len(found), dtype=np.int64)
        for at, one in enumerate(found.tolist()):
            if one not in self.joint:
                self.joint[one] = self.of.setdefault(_key(one, names), len(self.of))
            numbers[at] = self.joint[one]
        return numbers[inverse]


def _numbered(group: Any, known: dict[str, int]) -> Any:
    """The level of each row by a number that is the same in all batches."""
    numbers = [known.setdefault(level, len(known)) for level in group.dictionary.to_pylist()] or [0]
    return np.asarray(numbers, dtype=np.int64)[np.asarray(group.indices.fill_null(0))]


def _key(joint: int, names: Sequence[Sequence[str]]) -> Key:
    key: list[str] = []
    for known in reversed(names):
        joint, place = divmod(joint, WIDE)
        key.append(known[place])
    return tuple(reversed(key))


def _distinct(joint: Any) -> tuple[Any, Any]:
    """The distinct values and where each row's stands: Arrow's hash table is quicker than NumPy's sort."""
    coded = pa.array(joint).dictionary_encode()
    return np.asarray(coded.dictionary), np.asarray(coded.indices)


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
        self.rows = 0
        self.cross = np.zeros((3 if weighted else 1, 0, len(self.names), len(self.names)))
        self.n = np.zeros(0)

    def add(self, frame: Frame) -> None:
        """Add the complete rows of a batch."""
        self.rows += frame.rows
        kept = frame.complete()
        if not kept.any():
            return
        codes = self.places.codes(frame.groups, kept)
        order = _sorting(codes, len(self.places.of))
        rows = _rows(kept, order)
        z = self._columns(frame, rows, len(codes))
        self._grow()
        weight = frame.weight[rows] if frame.weight is not None else None
        self._add_clusters(codes if order is None else codes[order], z, weight)

    def _columns(self, frame: Frame, rows: Any, count: int) -> Any:
        z = np.empty((len(self.names), count))
        z[0] = 1.0
        self.design.fill(frame, rows, z[1:])
        if self.outcome:
            np.subtract(frame.numbers[self.outcome][rows], self.pivot[-1], out=z[-1])
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


def _rows(kept: Any, order: Any) -> Any:
    """Which rows count, in the order of their clusters."""
    if kept.all():
        return slice(None) if order is None else order
    return kept if order is None else np.flatnonzero(kept)[order]


def _sorting(codes: Any, clusters: int) -> Any:
    """The order of the clusters, or None where there is one; NumPy sorts short whole numbers by radix."""
    if clusters <= 1:
        return None
    short = codes.astype(np.uint16) if clusters <= np.iinfo(np.uint16).max else codes
    return np.argsort(short, kind="stable")


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
