"""A map as GeoJSON (RFC 7946): for Leaflet on our page, and for whoever wants to take the map along."""

import json
from collections.abc import Sequence
from typing import Any

from driegesprek.figures import shade
from driegesprek.region.grid import Ring
from driegesprek.web.atlas.pages.mapping import Drawn, Spot, Town

PLACES = 4
"""Decimals of a degree: ten metres."""


def geojson(found: Drawn, about: Sequence[str]) -> bytes:
    """Municipalities and locations with their figures; `about` stands in the file as its description."""
    features = [_town(one) for one in found.towns if one.rings] + [
        _spot(one) for one in found.spots if one.at
    ]
    whole = {
        "type": "FeatureCollection",
        "name": found.title,
        "description": list(about),
        "year": found.year,
        "features": features,
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _town(one: Town) -> dict[str, Any]:
    polygons = [[_positions(ring) for ring in rings] for rings in polygons_of(one.rings)]
    facts = {"kind": "municipality" if one.inside else "neighbour", "name": one.name}
    if one.inside:
        facts |= {"share": one.share, "fill": shade(one.share)}
    return {
        "type": "Feature",
        "id": one.key,
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        "properties": facts,
    }


def _spot(one: Spot) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": one.number,
        "geometry": {"type": "Point", "coordinates": [round(part, PLACES) for part in one.at or ()]},
        "properties": {
            "kind": "location",
            "name": one.name,
            "place": one.place,
            "municipality": one.town,
            "here": one.here,
        },
    }


def _positions(ring: Ring) -> list[list[float]]:
    return [[round(x, PLACES), round(y, PLACES)] for x, y in ring]


def polygons_of(rings: Sequence[Ring]) -> list[list[Ring]]:
    """Rings as polygons, each with the holes in it; outer rings run against the clock, holes with it (3.1.6)."""
    holes = {one: _around(one, rings) for one in range(len(rings))}
    found = {one: [_turned(rings[one], against=True)] for one, outer in holes.items() if outer is None}
    for one, outer in holes.items():
        if outer is not None:
            found[outer].append(_turned(rings[one], against=False))
    return list(found.values())


def _around(one: int, rings: Sequence[Ring]) -> int | None:
    """The ring in which this one is a hole; None where it is none."""
    outer = [
        other
        for other in range(len(rings))
        if other != one
        and abs(_area(rings[other])) > abs(_area(rings[one]))
        and _within(rings[one], rings[other])
    ]
    if len(outer) % 2 == 0:  # in a hole of another: an island
        return None
    return min(outer, key=lambda other: abs(_area(rings[other])))


def _within(ring: Ring, outer: Ring) -> bool:
    """Whether most corners of a ring lie in another; those on its edge may fall either way."""
    return 2 * sum(_inside(corner, outer) for corner in ring) > len(ring)


def _inside(point: tuple[float, float], ring: Ring) -> bool:
    """By the number of edges that a ray crosses (M. Shimrat, 'Algorithm 112', Communications of the ACM 5, 1962)."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _area(ring: Ring) -> float:
    """Twice the signed area: positive against the clock."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True))


def _turned(ring: Ring, *, against: bool) -> Ring:
    return ring if (_area(ring) > 0) is against else tuple(reversed(ring))
