"""ODK's functions of places, for coordinates that stand in a form, its lists or its files; no device is asked.

A place is 'latitude longitude [altitude [accuracy]]' in degrees; a line or an area is places with ; between them.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from driegesprek.instruments.xpath.values import Value, to_number, to_string

RADIUS: Final = 6_378_100.0
"""Metres; the equatorial radius that ODK's own engines use."""
Point = tuple[float, float]
_ROUND = 180.0
_RIGHT_ANGLE = 90.0
_LEAST_CORNERS: Final = 3
_COORDINATES: Final = 2


def points(values: Sequence[Value]) -> list[Point] | None:
    """The places in one or more texts, as (latitude, longitude) in degrees; None when one of them is none."""
    written = [part for value in values for part in to_string(value).split(";") if part.strip()]
    found = [_point(part) for part in written]
    return None if None in found else [one for one in found if one is not None]


def _point(text: str) -> Point | None:
    parts = [to_number(part) for part in text.split()]
    if len(parts) < _COORDINATES or any(math.isnan(part) for part in parts):
        return None
    latitude, longitude = parts[:2]
    return (latitude, longitude) if abs(latitude) <= _RIGHT_ANGLE and abs(longitude) <= _ROUND else None


def distance(values: Sequence[Value]) -> float:
    """Length in metres along the places, on a sphere; NaN for what is no place, 0 for fewer than two."""
    found = points(values)
    if found is None:
        return math.nan
    return math.fsum(_between(one, other) for one, other in pairwise(found))


def _between(one: Point, other: Point) -> float:
    """Great-circle distance by the haversine formula (https://www.movable-type.co.uk/scripts/latlong.html)."""
    first, second = math.radians(one[0]), math.radians(other[0])
    across = math.radians(other[1] - one[1])
    half = math.sin((second - first) / 2) ** 2
    half += math.cos(first) * math.cos(second) * math.sin(across / 2) ** 2
    return 2 * RADIUS * math.asin(math.sqrt(min(1.0, half)))


def area(values: Sequence[Value]) -> float:
    """Area in square metres within the places, on a sphere; NaN for what is no place, 0 for fewer than three.

    The formula of Chamberlain and Duquette (2007), eq. 6, which ODK's engines use too.
    """
    found = points(values)
    if found is None:
        return math.nan
    if len(found) < _LEAST_CORNERS:
        return 0.0
    pairs = zip(found, (*found[1:], found[0]), strict=True)
    total = math.fsum(
        math.radians(other[1] - one[1])
        * (2 + math.sin(math.radians(one[0])) + math.sin(math.radians(other[0])))
        for one, other in pairs
    )
    return abs(total * RADIUS * RADIUS / 2)


def geofence(place: Value, around: Value) -> bool:
    """Whether a place lies within an area (even-odd rule on degrees); false for what is no place or area."""
    inside, corners = points([place]), points([around])
    if not inside or corners is None or len(corners) < _LEAST_CORNERS:
        return False
    return (
        sum(_crosses(inside[0], one, other) for one, other in zip(corners, _turned(corners), strict=True)) % 2
        == 1
    )


def _turned(corners: list[Point]) -> list[Point]:
    return [*corners[1:], corners[0]]


def _crosses(place: Point, one: Point, other: Point) -> bool:
    """Whether the line from the place eastwards crosses this side."""
    if (one[0] > place[0]) == (other[0] > place[0]):
        return False
    return place[1] < (other[1] - one[1]) * (place[0] - one[0]) / (other[0] - one[0]) + one[1]


def intersects(values: Sequence[Value]) -> bool:
    """Whether a line or the edge of an area crosses itself."""
    found = points(values) or []
    sides = list(pairwise(found))
    closed = len(found) > 1 and found[0] == found[-1]
    return any(
        _meet(sides[first], sides[second])
        for first in range(len(sides))
        for second in range(first + 2, len(sides))
        if not (closed and first == 0 and second == len(sides) - 1)
    )


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    turns = [_turn(*one, point) for point in other] + [_turn(*other, point) for point in one]
    return turns[0] * turns[1] <= 0 and turns[2] * turns[3] <= 0 and any(turns)


def _turn(start: Point, end: Point, point: Point) -> float:
    found = (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])
    return (found > 0) - (found < 0)
