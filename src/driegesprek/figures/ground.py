"""From degrees to a drawing: a projection of a piece of ground, and what of a boundary falls inside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

Point = tuple[float, float]
Ring = Sequence[Point]
TRIANGLE = 3
KM_PER_DEGREE = 111.195
"""Along a meridian: π × 6371.0088 km / 180 (IUGG mean radius)."""


@dataclass(frozen=True)
class Ground:
    """A piece of ground on a drawing of ``width`` px.

    The projection is equirectangular, true at the middle latitude: good enough for a country of 300 km.

    Attributes:
        west: Degrees.
        south: Degrees.
        east: Degrees.
        north: Degrees.
        width: Of the drawing, in px.
        highest: Height at most, as a part of the width.
    """

    west: float
    south: float
    east: float
    north: float
    width: float
    highest: float = 1.25

    @property
    def narrow(self) -> float:
        """A degree of longitude, as a part of one of latitude."""
        return cos(radians((self.south + self.north) / 2))

    @property
    def scale(self) -> float:
        """Pixels a degree of latitude."""
        wide = (self.east - self.west) * self.narrow
        return self.width / max(wide, (self.north - self.south) / self.highest, 1e-9)

    @property
    def height(self) -> float:
        """Of the drawing, in px."""
        return (self.north - self.south) * self.scale

    def place(self, point: Point) -> Point:
        """Where (longitude, latitude) lies in px from the top left; a narrow piece of ground stands in the middle."""
        spare = (self.width - (self.east - self.west) * self.narrow * self.scale) / 2
        x = (point[0] - self.west) * self.narrow * self.scale + spare
        return x, (self.north - point[1]) * self.scale

    def shape(self, rings: Iterable[Ring]) -> list[list[Point]]:
        """Boundaries in whole px, as far as they fall inside the drawing."""
        box = (0.0, 0.0, self.width, self.height)
        drawn = (clipped([self.place(point) for point in ring], box) for ring in rings)
        return [found for ring in drawn if (found := _thinned(ring))]

    def grown(self, part: float) -> "Ground":
        """With a margin around it, as a part of its larger side."""
        more = part * max((self.east - self.west) * self.narrow, self.north - self.south)
        aside = more / self.narrow
        return Ground(
            self.west - aside,
            self.south - more,
            self.east + aside,
            self.north + more,
            self.width,
            self.highest,
        )


def around(points: Sequence[Point], width: float, least: float = 0.0) -> Ground:
    """The ground that holds all points (longitude, latitude).

    Args:
        points: At least one.
        width: Of the drawing, in px.
        least: Km from west to east and from south to north at least.
    """
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    short = max(0.0, least / KM_PER_DEGREE - (north - south)) / 2
    aside = max(0.0, least / KM_PER_DEGREE / cos(radians((south + north) / 2)) - (east - west)) / 2
    return Ground(west - aside, south - short, east + aside, north + short, width)


def clipped(ring: Ring, box: tuple[float, float, float, float]) -> list[Point]:
    """The part of a ring inside a rectangle (left, top, right, bottom).

    I. E. Sutherland and G. W. Hodgman, 'Reentrant polygon clipping', Communications of the ACM 17 (1974), 32-42.
    """
    left, top, right, bottom = box
    found = list(ring)
    for axis, edge, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        found = _cut(found, axis, edge, sign)
    return found


def _cut(ring: Sequence[Point], axis: int, edge: float, sign: int) -> list[Point]:
    kept: list[Point] = []
    for before, point in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        was, is_in = ((one[axis] - edge) * sign >= 0 for one in (before, point))
        if was != is_in:
            kept.append(_crossing(before, point, axis, edge))
        if is_in:
            kept.append(point)
    return kept


def _crossing(one: Point, other: Point, axis: int, edge: float) -> Point:
    part = (edge - one[axis]) / (other[axis] - one[axis])
    crossed = one[1 - axis] + part * (other[1 - axis] - one[1 - axis])
    return (edge, crossed) if axis == 0 else (crossed, edge)


def _thinned(ring: Ring) -> list[Point]:
    """Without what falls together on whole pixels; nothing where less than a triangle is left."""
    kept: list[Point] = []
    for x, y in ring:
        point = (round(x), round(y))
        if not kept or kept[-1] != point:
            kept.append(point)
    return kept if len(set(kept)) >= TRIANGLE else []
