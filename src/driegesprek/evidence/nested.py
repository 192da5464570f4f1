"""Sums for random intercepts: per group how many and the sum of each column, and the sums of products per school.

A model with random intercepts needs no products per class: V = I + θ² 11' per group inverts to I − κ 11', so that only
Σ z per group enters beside Σ z z' over everybody. For groups of the same size even those can be added: see
:mod:`driegesprek.evidence.reml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from driegesprek.evidence.frames import Frame
from driegesprek.evidence.moments import Collector, Key, products
from driegesprek.evidence.problems import EvidenceError


@dataclass(frozen=True, eq=False)
class Nested:
    """Sums per group and per school.

    Attributes:
        names: The columns: 1, the design, the outcome.
        pivot: Of each column.
        keys: The groups: (school,) or (school, class).
        n: Respondents per group.
        sums: Groups × columns.
        cross: Columns × columns over everybody.
    """

    names: tuple[str, ...]
    pivot: Any
    keys: tuple[Key, ...]
    n: Any
    sums: Any
    cross: Any

    def __add__(self, other: "Nested") -> "Nested":
        """The sums of both files together.

        Raises:
            EvidenceError: ``other_plan``.
        """
        if self.names != other.names or not np.array_equal(self.pivot, other.pivot):
            raise EvidenceError("other_plan", "These sums were made by another plan; they cannot be added.")
        keys = tuple(dict.fromkeys([*self.keys, *other.keys]))
        places = {key: place for place, key in enumerate(keys)}
        n, sums = np.zeros(len(keys)), np.zeros((len(keys), len(self.names)))
        for one in (self, other):
            at = [places[key] for key in one.keys]
            n[at] += one.n
            sums[at] += one.sums
        return Nested(self.names, self.pivot, keys, n, sums, self.cross + other.cross)

    @property
    def respondents(self) -> int:
        """How many rows count."""
        return int(self.n.sum())

    def to_plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        groups = [
            {"key": list(key), "n": int(self.n[place]), "sums": self.sums[place].tolist()}
            for place, key in enumerate(self.keys)
        ]
        return {
            "names": list(self.names),
            "pivot": self.pivot.tolist(),
            "groups": groups,
            "cross": self.cross.tolist(),
        }

    @classmethod
    def from_plain(cls, held: Mapping[str, Any]) -> "Nested":
        """What :meth:`to_plain` made."""
        groups, names = held["groups"], tuple(held["names"])
        sums = np.array([one["sums"] for one in groups], dtype=float).reshape(len(groups), len(names))
        n = np.array([float(one["n"]) for one in groups])
        keys = tuple(tuple(one["key"]) for one in groups)
        return cls(names, np.asarray(held["pivot"], float), keys, n, sums, np.asarray(held["cross"], float))


class NestedCollector(Collector):
    """Adds up nested sums, batch by batch."""

    def add(self, frame: Frame) -> None:
        """Add the complete rows of a batch."""
        self.rows += frame.rows
        kept = frame.complete()
        if not kept.any():
            return
        codes = self.places.codes(frame.groups, kept)
        z = self._columns(frame, slice(None) if kept.all() else kept, len(codes))
        self._grow()
        size = len(self.n)
        self.n += np.bincount(codes, minlength=size)
        self.totals += products(z, z, np.array([0]))[0]
        for place, column in enumerate(z):
            self.sums[:, place] += np.bincount(codes, weights=column, minlength=size)

    def _grow(self) -> None:
        extra = len(self.places.of) - len(self.n)
        if not hasattr(self, "totals"):
            self.totals = np.zeros((len(self.names), len(self.names)))
            self.sums = np.zeros((0, len(self.names)))
        if extra > 0:
            room = max(extra, len(self.n) // 2)
            self.n = np.concatenate([self.n, np.zeros(room)])
            self.sums = np.concatenate([self.sums, np.zeros((room, len(self.names)))])

    def nested(self) -> Nested:
        """The sums of all batches so far."""
        self._grow()
        keys = tuple(self.places.of)
        used = len(keys)
        return Nested(self.names, self.pivot, keys, self.n[:used], self.sums[:used], self.totals)
