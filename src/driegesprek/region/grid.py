"""Supply and choice of every municipality at once, and the boundaries to draw them in."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from driegesprek.region.areas import today
from driegesprek.region.dataset import Kind
from driegesprek.region.store import Store
from driegesprek.region.supply import Matrix, matrix
from driegesprek.region.world import World

if TYPE_CHECKING:
    import numpy as np

CORNERS: Final = 4
"""A ring of GeoJSON has at least four positions, the last as the first (RFC 7946, 3.1.6)."""


@dataclass(frozen=True, eq=False)
class Grid:
    """Shares by municipality of today and profile, as bounds; NaN where nobody is.

    Attributes:
        keys: Of the municipalities, one a row.
        labels: Their names.
        profiles: Keys of the columns.
        low: Least possible share, per cent.
        high: Most possible share; equal to `low` where it is exact.
    """

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    profiles: tuple[str, ...]
    low: "np.ndarray[Any, Any]"
    high: "np.ndarray[Any, Any]"

    def share(self, key: str, profile: str) -> float | None:
        """The share of a profile in a municipality; None where it is not known exactly. 0 for what nobody follows."""
        if key not in self.keys:
            return None
        row = self.keys.index(key)
        if profile not in self.profiles:
            return None if bool((self.low[row] != self.low[row]).all()) else 0.0  # NaN is not itself
        low, high = (float(one[row, self.profiles.index(profile)]) for one in (self.low, self.high))
        return low if low == high else None


def grid(world: World, name: str = "supply") -> Grid:
    """Supply (table 3.1) or choice (3.5) of every municipality, as `supply` and `choice` give them one by one.

    Args:
        world: The schools of a year.
        name: supply or choice.
    """
    import numpy as np  # noqa: PLC0415 -- loaded when something is worked out

    found = matrix(world)
    municipalities = np.array(world.locations.keys["municipality_today"], dtype=object).astype(str)
    keys, group = np.unique(municipalities, return_inverse=True)
    part, rest = _supplied(found) if name == "supply" else _chosen(found)
    sums = [_grouped(one, group, len(keys)) for one in (part[0], part[1], rest[0], rest[1])]
    low, high = _ratio(sums[0], sums[3], unknown=0.0), _ratio(sums[1], sums[2], unknown=100.0)
    names = dict(
        zip(
            world.locations.keys["municipality_today"],
            world.locations.labels["municipality_today"],
            strict=True,
        )
    )
    kept = [row for row, key in enumerate(keys) if key]
    return Grid(
        keys=tuple(str(keys[row]) for row in kept),
        labels=tuple(names[str(keys[row])] for row in kept),
        profiles=found.profiles,
        low=low[kept],
        high=high[kept],
    )


Bounds = tuple["np.ndarray[Any, Any]", "np.ndarray[Any, Any]"]


def _supplied(found: Matrix) -> tuple[Bounds, Bounds]:
    """Pupils of locations with and without each profile: least and most, infinite where nothing is known."""
    import numpy as np  # noqa: PLC0415 -- as above

    high = np.where(found.high < 0, np.inf, found.high.astype(float))
    total_low, total_high = found.low.sum(1).astype(float)[:, None], high.sum(1)[:, None]
    there = found.offered
    with_it = np.where(there, total_low, 0.0), np.where(there, total_high, 0.0)
    without = np.where(there, 0.0, total_low), np.where(there, 0.0, total_high)
    return with_it, without


def _chosen(found: Matrix) -> tuple[Bounds, Bounds]:
    """Pupils in each profile, and in any other."""
    import numpy as np  # noqa: PLC0415 -- as above

    low, high = found.low.astype(float), np.where(found.high < 0, np.inf, found.high.astype(float))
    others = [[column for column in range(low.shape[1]) if column != one] for one in range(low.shape[1])]
    rest_low, rest_high = (np.stack([many[:, one].sum(1) for one in others], axis=1) for many in (low, high))
    return (low, high), (rest_low, rest_high)


def _grouped(
    values: "np.ndarray[Any, Any]", group: "np.ndarray[Any, Any]", size: int
) -> "np.ndarray[Any, Any]":
    import numpy as np  # noqa: PLC0415 -- as above

    return np.stack([np.bincount(group, weights=column, minlength=size) for column in values.T], axis=1)


def _ratio(
    part: "np.ndarray[Any, Any]", rest: "np.ndarray[Any, Any]", *, unknown: float
) -> "np.ndarray[Any, Any]":
    """Per cent that the part is of both; `unknown` where the side that is not known is endless."""
    import numpy as np  # noqa: PLC0415 -- as above

    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.where(np.isinf(part) | np.isinf(rest), unknown, 100 * part / (part + rest))
    return np.asarray(found)


Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Boundary:
    """A municipality on the map.

    Attributes:
        key: Of today's municipality.
        name: As the file calls it.
        rings: Its rings as (longitude, latitude).
    """

    key: str
    name: str
    rings: tuple[Ring, ...]


def boundaries(store: Store) -> tuple[Boundary, ...]:
    """The imported boundaries; none where none were imported. A ring that is none is left out.

    Raises:
        StoreError: the folder cannot be read.
    """
    entry = store.find(Kind.BOUNDARIES)
    if entry is None:
        return ()
    columns = store.columns(entry)
    rows = zip(columns["name"], columns["code"], columns["geometry"], strict=True)
    return tuple(
        Boundary(today(name or code), name or code, tuple(_rings(json.loads(geometry))))
        for name, code, geometry in rows
    )


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    polygons = geometry.get("coordinates") or []
    for polygon in [polygons] if geometry.get("type") == "Polygon" else polygons:
        for ring in polygon if isinstance(polygon, list) else []:
            points = tuple(_points(ring))
            if len(points) >= CORNERS:
                yield points


def _points(ring: Any) -> Iterator[tuple[float, float]]:
    for one in ring if isinstance(ring, list) else []:
        if isinstance(one, list) and len(one) > 1 and all(isinstance(part, int | float) for part in one[:2]):
            yield float(one[0]), float(one[1])
