"""GeoJSON of school locations (points) and of municipalities (boundaries)."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from driegesprek.region import messages, rd
from driegesprek.region.dataset import Kind
from driegesprek.region.other_files import Table
from driegesprek.tables import DEFAULT_LIMITS, FileRefused, Problem

_CODES = ("statcode", "gemeentecode", "code", "gm_code", "identificatie")
_NAMES = ("statnaam", "gemeentenaam", "naam", "name", "gm_naam")
_MOST_DEGREES = 180
_LATITUDES, _LONGITUDES = (50.0, 54.5), (2.5, 8.0)
"""Of the Netherlands; where the first of two coordinates is such a latitude, they stand the wrong way round."""
_IDS = ("vestigingsnummer", "vestigingscode", "location")


def read(data: bytes, name: str) -> tuple[Kind, Table, int, list[str]]:
    """Read points or boundaries.

    Returns:
        The kind, the columns, the number of features and remarks.

    Raises:
        FileRefused: no FeatureCollection in degrees with codes, names or location numbers.
    """
    features = _features(data, name)
    kinds = {(one.get("geometry") or {}).get("type") for one in features}
    if kinds <= {"Point", None} and "Point" in kinds:
        table, notes = _points(features, name)
        return Kind.POINTS, table, len(features), notes
    if kinds & {"Polygon", "MultiPolygon"} and kinds <= {"Polygon", "MultiPolygon", None}:
        table, notes = _boundaries(features, name)
        return Kind.BOUNDARIES, table, len(features), notes
    raise _refused(name, "it holds neither points alone nor areas alone")


def as_text(data: bytes) -> str:
    """The text of JSON, whose mark says where it is UTF-16.

    Raises:
        UnicodeError: it is in neither encoding.
    """
    return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")


def _features(data: bytes, name: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(as_text(data))
    except (ValueError, RecursionError) as error:
        raise _refused(name, str(error)[:200]) from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features) or not features:
        raise _refused(name, "it has no features")
    return features


def _points(features: Iterable[Mapping[str, Any]], name: str) -> tuple[Table, list[str]]:
    table: Table = {"location": [], "name": [], "latitude": [], "longitude": []}
    left_out = 0
    for feature in features:
        facts = _lower(feature.get("properties"))
        place = _position((feature.get("geometry") or {}).get("coordinates"), name)
        number = _first(facts, _IDS)
        if not number or place is None:
            left_out += 1
            continue
        values = (number.upper(), str(facts.get("naam") or ""), place[1], place[0])
        for column, value in zip(table.values(), values, strict=True):
            column.append(value)  # type: ignore[attr-defined] # lists until handed over
    if not table["location"]:
        raise _refused(name, "no point has a location number (vestigingsnummer)")
    notes = [f"{left_out} points without number or coordinates are left out."] if left_out else []
    return table, notes


def _position(coordinates: Any, name: str) -> tuple[float, float] | None:
    if not isinstance(coordinates, list) or len(coordinates) < 2:  # noqa: PLR2004 - longitude and latitude
        return None
    east, north = coordinates[0], coordinates[1]
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in (east, north)):
        return None
    if rd.is_rd(east, north) and max(abs(east), abs(north)) > _MOST_DEGREES:
        return rd.degrees(east, north)
    swapped = _LATITUDES[0] < east < _LATITUDES[1] and _LONGITUDES[0] < north < _LONGITUDES[1]
    if swapped or not (-180 <= east <= 180 and -90 <= north <= 90):  # noqa: PLR2004 - degrees
        raise FileRefused([Problem(name, messages.BAD_COORDINATE, {"value": f"{east}, {north}"})])
    return float(east), float(north)


def _boundaries(features: Iterable[Mapping[str, Any]], name: str) -> tuple[Table, list[str]]:
    table: Table = {"code": [], "name": [], "geometry": []}
    left_out = 0
    for feature in features:
        facts, geometry = _lower(feature.get("properties")), feature.get("geometry")
        code, label = _first(facts, _CODES), _first(facts, _NAMES)
        if not geometry or not (code or label):
            left_out += 1
            continue
        outline = _outline(geometry, name)
        if outline is None:
            left_out += 1
            continue
        for column, value in zip(table.values(), (code, label, json.dumps(outline)), strict=True):
            column.append(value)  # type: ignore[attr-defined] # as above
    if not table["code"]:
        raise _refused(name, "no area has a code (statcode) or a name (statnaam)")
    notes = [f"{left_out} areas without boundary, code or name are left out."] if left_out else []
    return table, notes


def _outline(geometry: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    """An area in degrees; None where it has no corners."""
    first = _corner(geometry.get("coordinates"))
    spot = _position(first, name)
    if spot is None or list(spot) == [float(one) for one in first[:2]]:
        return geometry if spot else None
    try:
        return {**geometry, "coordinates": _in_degrees(geometry["coordinates"], name)}
    except RecursionError as error:
        raise _refused(name, "an area has too many levels") from error


def _in_degrees(coordinates: Any, name: str) -> Any:
    if isinstance(coordinates, list) and coordinates and isinstance(coordinates[0], list):
        return [_in_degrees(one, name) for one in coordinates]
    spot = _position(coordinates, name)
    if spot is None:
        raise _refused(name, f"{str(coordinates)[:40]!r} is no corner of an area")
    return [round(spot[0], 6), round(spot[1], 6)]


def _corner(coordinates: Any) -> Any:
    while isinstance(coordinates, list) and coordinates and isinstance(coordinates[0], list):
        coordinates = coordinates[0]
    return coordinates


def _lower(properties: Any) -> dict[str, Any]:
    return {str(key).lower(): value for key, value in (properties or {}).items()}


def _first(facts: Mapping[str, Any], names: Iterable[str]) -> str:
    return next((str(facts[one]).strip() for one in names if facts.get(one)), "")


def _refused(name: str, why: str) -> FileRefused:
    return FileRefused([Problem(name, messages.NOT_GEOJSON, {"why": why})])


MOST_BYTES = DEFAULT_LIMITS.max_bytes * 10
