"""Coordinates of the Dutch national grid (RD new, EPSG:28992) as degrees."""

from typing import Final

_X0: Final = 155_000.0
_Y0: Final = 463_000.0
_NORTH: Final = 52.155_174_40
_EAST: Final = 5.387_206_21
_LATITUDE: Final = (
    (0, 1, 3235.65389), (2, 0, -32.58297), (0, 2, -0.24750), (2, 1, -0.84978), (0, 3, -0.06550), (2, 2, -0.01709),
    (1, 0, -0.00738), (4, 0, 0.00530), (2, 3, -0.00039), (4, 1, 0.00033), (1, 1, -0.00012),
)  # fmt: skip
_LONGITUDE: Final = (
    (1, 0, 5260.52916), (1, 1, 105.94684), (1, 2, 2.45656), (3, 0, -0.81885), (1, 3, 0.05594), (3, 1, -0.05607),
    (0, 1, 0.01199), (3, 2, -0.00256), (1, 4, 0.00128), (0, 2, 0.00022), (2, 0, -0.00022), (5, 0, 0.00026),
)  # fmt: skip
_EASTINGS: Final = (0, 300_000)
_NORTHINGS: Final = (289_000, 629_000)


def is_rd(x: float, y: float) -> bool:
    """Whether two numbers can be metres of the national grid; degrees never are."""
    west, east = _EASTINGS
    south, north = _NORTHINGS
    return west <= x <= east and south <= y <= north


def degrees(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude (WGS84) of a point of the national grid, in metres.

    The polynomials of F. H. Schreutelkamp and G. L. Strang van Hees, Benaderingsformules voor de transformatie tussen RD-
    en WGS84-kaartcoördinaten, Geodesia 43 (2001), 64-69: to within half a metre in the Netherlands.
    """
    dx, dy = (x - _X0) * 1e-5, (y - _Y0) * 1e-5
    north = sum(factor * dx**p * dy**q for p, q, factor in _LATITUDE)
    east = sum(factor * dx**p * dy**q for p, q, factor in _LONGITUDE)
    return _EAST + east / 3600, _NORTH + north / 3600
