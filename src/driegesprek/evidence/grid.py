"""Classes within schools, exchanged as totals per school: sums of classes never leave the school.

With τ the variance of classes relative to the residual one, a school gives, for every τ of a grid fixed in the
plan, Z'V⁻¹Z within
classes, 1'V⁻¹Z, 1'V⁻¹1 and log |V|. These are sums over its classes of smooth functions of t = nτ / (1 + nτ),
with n the class size named in
the plan. Between the points of the grid (Chebyshev's, of the first kind on 0–1) they follow by barycentric
interpolation (Berrut
& Trefethen 2004); with 48 points the error is about 1e-9 for classes from 1 to 60 pupils. log |V| goes without
its −log(1 − t), which is
not smooth at 1 and is put back. The variance of schools follows exactly, for each school's totals are known.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from driegesprek.evidence.nested import Nested
from driegesprek.evidence.problems import EvidenceError
from driegesprek.evidence.reading import Node, distinct
from driegesprek.evidence.reml import OneLevel

POINTS = 48
CLASS_SIZE = 20.0
SAME = 1e-15


@dataclass(frozen=True)
class Grid:
    """Where totals are made.

    Attributes:
        points: How many.
        class_size: Around which the grid is densest.
    """

    points: int = POINTS
    class_size: float = CLASS_SIZE

    @property
    def nodes(self) -> Any:
        """The points t, between 0 and 1."""
        return (1 - np.cos((2 * np.arange(self.points) + 1) * np.pi / (2 * self.points))) / 2

    @property
    def taus(self) -> Any:
        """The relative variances at the points."""
        return self.nodes / (self.class_size * (1 - self.nodes))

    def weights(self, tau: Any) -> Any:
        """What the totals at each point count for at this τ."""
        t = self.class_size * tau / (1 + self.class_size * tau)
        k = np.arange(self.points)
        factor = (-1.0) ** k * np.sin((2 * k + 1) * np.pi / (2 * self.points))
        distance = t - self.nodes
        distance = np.where(
            np.abs(distance) < SAME, SAME, distance
        )  # on a point: as good as only that one counts
        ratio = factor / distance
        return ratio / ratio.sum()


@dataclass(frozen=True, eq=False)
class SchoolTotals:
    """Totals of schools over the grid.

    Attributes:
        names: The columns.
        pivot: Of each.
        grid: Where.
        schools: Their names.
        n: Respondents per school.
        classes: Classes per school.
        cross: Σ z z' over everybody.
        inner: Points × columns × columns: Z'V⁻¹Z within classes, over everybody.
        sums: Schools × points × columns: 1'V⁻¹Z.
        ones: Schools × points: 1'V⁻¹1.
        logs: Points: log |V| + classes · log(1 − t), over everybody.
    """

    names: tuple[str, ...]
    pivot: Any
    grid: Grid
    schools: tuple[str, ...]
    n: Any
    classes: Any
    cross: Any
    inner: Any
    sums: Any
    ones: Any
    logs: Any

    def __add__(self, other: "SchoolTotals") -> "SchoolTotals":
        """The totals of both files; a school is in one of them.

        Raises:
            EvidenceError: ``other_plan``, or ``same_school``: its classes cannot be told from totals.
        """
        if (self.names, self.grid) != (other.names, other.grid) or not np.array_equal(
            self.pivot, other.pivot
        ):
            raise EvidenceError("other_plan", "These sums were made by another plan; they cannot be added.")
        if twice := set(self.schools) & set(other.schools):
            raise EvidenceError("same_school", f"The school {min(twice)!r} is in two files. Leave one out.")
        along: dict[str, Any] = {
            name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in _PER_SCHOOL
        }
        added: dict[str, Any] = {name: getattr(self, name) + getattr(other, name) for name in _OVER_ALL}
        return replace(self, schools=self.schools + other.schools, **along, **added)

    def to_plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        held: dict[str, Any] = {
            "names": list(self.names),
            "pivot": self.pivot.tolist(),
            "schools": list(self.schools),
        }
        held["grid"] = {"points": self.grid.points, "class_size": self.grid.class_size}
        return held | {name: getattr(self, name).tolist() for name in (*_PER_SCHOOL, *_OVER_ALL)}

    @classmethod
    def from_plain(cls, held: Node, like: "SchoolTotals") -> "SchoolTotals":
        """What :meth:`to_plain` made.

        Args:
            held: As JSON holds it.
            like: The sums of nobody, of the same plan.

        Raises:
            EvidenceError: ``bad_sums``.
        """
        held.at("names").same(list(like.names))
        held.at("pivot").same(like.pivot.tolist())
        held.at("grid").same({"points": like.grid.points, "class_size": like.grid.class_size})
        schools = held.at("schools").texts()
        distinct([(one,) for one in schools], held.at("schools"))
        count, points, size = len(schools), like.grid.points, len(like.names)
        return replace(
            like,
            schools=schools,
            n=held.at("n").counts(count),
            classes=held.at("classes").counts(count),
            cross=held.at("cross").products(size, size),
            inner=held.at("inner").numbers(points, size, size),
            sums=held.at("sums").numbers(count, points, size),
            ones=held.at("ones").numbers(count, points),
            logs=held.at("logs").numbers(points),
        )


_PER_SCHOOL = ("n", "classes", "sums", "ones")
_OVER_ALL = ("cross", "inner", "logs")


def school_totals(nested: Nested, grid: Grid) -> SchoolTotals:
    """Totals per school of sums per class."""
    schools = tuple(dict.fromkeys(key[0] for key in nested.keys))
    of = np.array([schools.index(key[0]) for key in nested.keys], dtype=int)
    inside = OneLevel(nested)
    inner, logs, sums, ones = [], [], [], []
    for tau, t in zip(grid.taus, grid.nodes, strict=True):
        crossed, logdet = inside.whitened([tau])
        inner.append(crossed)
        logs.append(logdet + len(nested.keys) * np.log1p(-t))
        shrink = 1 / (1 + nested.n * tau)
        moved = np.zeros((len(schools), len(nested.names)))
        np.add.at(moved, of, nested.sums * shrink[:, None])
        sums.append(moved)
        ones.append(np.bincount(of, weights=nested.n * shrink, minlength=len(schools)))
    count = len(schools)
    return SchoolTotals(
        nested.names,
        nested.pivot,
        grid,
        schools,
        np.bincount(of, weights=nested.n, minlength=count),
        np.bincount(of, minlength=count).astype(float),
        nested.cross,
        np.stack(inner),
        np.stack(sums, axis=1),
        np.stack(ones, axis=1),
        np.array(logs),
    )


class GridSums:
    """What the criterion needs, from totals of schools; see :class:`driegesprek.evidence.reml.Sums`."""

    levels = 2

    def __init__(self, totals: SchoolTotals, columns: Any) -> None:
        at = np.asarray(columns)
        self.n = float(totals.n.sum())
        self.grid, self.classes = totals.grid, float(totals.classes.sum())
        self.inner = totals.inner[:, at[:, None], at[None, :]]
        self.sums, self.ones, self.logs = totals.sums[:, :, at], totals.ones, totals.logs

    def whitened(self, tau: Any) -> tuple[Any, Any]:
        """As :class:`driegesprek.evidence.reml.Sums`."""
        weight = self.grid.weights(tau[0])
        u, m = np.einsum("k,skq->sq", weight, self.sums), self.ones @ weight
        kappa = tau[1] / (1 + m * tau[1])
        inner = np.einsum("k,kpq->pq", weight, self.inner) - (u * kappa[:, None]).T @ u
        logs = self.logs @ weight + self.classes * np.log1p(self.grid.class_size * tau[0])
        return inner, logs + np.log1p(m * tau[1]).sum()
