"""Sums for random intercepts: per group how many and the sum of each column, and the sums of products per school.

A model with random intercepts needs no products per class: V = I + θ² 11' per group inverts to I − κ 11', so that only
Σ z per group enters beside Σ z z' over everybody. For groups of the same size even those can be added: see
:mod:`driegesprek.evidence.reml`.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from driegesprek.evidence.design import Design
from driegesprek.evidence.frames import Frame
from driegesprek.evidence.moments import Collector, Key, Moments, Places
from driegesprek.evidence.problems import EvidenceError
from driegesprek.evidence.reading import Node, distinct


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
        schools: The first level of the groups.
        by_school: Schools × columns × columns, where it was kept; it takes no part in the sums that are sent.
    """

    names: tuple[str, ...]
    pivot: Any
    keys: tuple[Key, ...]
    n: Any
    sums: Any
    cross: Any
    schools: tuple[str, ...] = ()
    by_school: Any = None

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

    def part(self, columns: Any) -> "Nested":
        """The sums of some of the columns."""
        square = np.ix_(columns, columns)
        by_school = None if self.by_school is None else self.by_school[:, square[0], square[1]]
        names = tuple(self.names[place] for place in columns)
        cut = (self.sums[:, columns], self.cross[square])
        return Nested(names, self.pivot[columns], self.keys, self.n, *cut, self.schools, by_school)

    @classmethod
    def of(cls, moments: Moments) -> "Nested":
        """From the moments of groups."""
        whole = moments.over(1)
        schools = tuple(key[0] for key in whole.keys)
        cross = moments.power(0)
        sums = cross[:, 0, :]
        return cls(
            moments.names,
            moments.pivot,
            moments.keys,
            moments.n,
            sums,
            moments.total(0),
            schools,
            whole.power(0),
        )

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
    def from_plain(cls, held: Node, like: "Nested", depth: int) -> "Nested":
        """What :meth:`to_plain` made.

        Args:
            held: As JSON holds it.
            like: The sums of nobody, of the same plan.
            depth: How many grouping variables there are.

        Raises:
            EvidenceError: ``bad_sums``.
        """
        held.at("names").same(list(like.names))
        held.at("pivot").same(like.pivot.tolist())
        groups, size = list(held.at("groups").each()), len(like.names)
        keys = tuple(one.at("key").key(depth) for one in groups)
        distinct(keys, held.at("groups"))
        n = np.array([float(one.at("n").count()) for one in groups])
        sums = np.zeros((len(groups), size))
        for place, one in enumerate(groups):
            sums[place] = one.at("sums").numbers(size)
            if sums[place, 0] != n[place]:
                raise one.at("n").wrong("the first of the sums")
        return cls(like.names, like.pivot, keys, n, sums, held.at("cross").products(size, size))


class NestedCollector(Collector):
    """Adds up nested sums, batch by batch; the clusters of the products are the schools."""

    def __init__(self, design: Design, outcome: str) -> None:
        super().__init__(design, outcome)
        self.groups = Places()
        self.size, self.sums = np.zeros(0), np.zeros((0, len(self.names)))

    def add(self, frame: Frame) -> None:
        """Add the complete rows of a batch."""
        super().add(replace(frame, groups=frame.groups[:1]))
        kept = frame.complete()
        if kept.any():
            self._add_groups(frame, kept)

    def _add_groups(self, frame: Frame, kept: Any) -> None:
        codes = self.groups.codes(frame.groups, kept)
        extra = len(self.groups.of) - len(self.size)
        self.size = np.concatenate([self.size, np.zeros(extra)])
        self.sums = np.concatenate([self.sums, np.zeros((extra, len(self.names)))])
        self.size += np.bincount(codes, minlength=len(self.size))
        z = self._columns(frame, slice(None) if kept.all() else kept, len(codes))
        for place, column in enumerate(z):
            self.sums[:, place] += np.bincount(codes, weights=column, minlength=len(self.size))

    def nested(self) -> Nested:
        """The sums of all batches so far."""
        whole = self.done()
        schools = tuple(key[0] for key in whole.keys)
        keys = tuple(self.groups.of)
        return Nested(
            self.names, self.pivot, keys, self.size, self.sums, whole.total(0), schools, whole.power(0)
        )
