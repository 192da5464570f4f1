"""How choice goes with supply across municipalities: a weighted regression, with its interval. An association, no effect."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from driegesprek.region.supply import matrix
from driegesprek.region.world import World

if TYPE_CHECKING:
    import numpy as np

PER_KM = 0.003
"""Less chance of a technical mbo programme per kilometre to the NEAREST technical mbo location: Bertrand-Cloodt et al.
(2011), ROA-TR-2011/1, as cited in note 10 of the report. The text does not say whether per cent or points are meant."""
_LEAST = 10


class TooFewError(ValueError):
    """Too few municipalities, or no difference between them, to see how choice goes with supply."""


@dataclass(frozen=True, kw_only=True)
class Association:
    """Points of choice that go with one point of supply.

    Attributes:
        slope: Percentage points of choice per percentage point of supply.
        low: Lower end of its 95 % interval.
        high: Upper end.
        municipalities: On how many it rests.
        pupils: On how many pupils.
        profiles: Of which profiles together.
    """

    slope: float
    low: float
    high: float
    municipalities: int
    pupils: int
    profiles: tuple[str, ...]


def supply_and_choice(world: World, profiles: Collection[str]) -> Association:
    """Regress the share that chose one of the profiles on the share with access to one, municipalities weighted by pupils.

    Weighted least squares; standard error HC3 (MacKinnon and White 1985, J. Econometrics 29), because shares of small
    municipalities scatter more; interval from t with n − 2 degrees of freedom.

    Raises:
        TooFewError: fewer than ten municipalities with pupils, or all have the same supply.
    """
    import numpy as np  # noqa: PLC0415 -- loaded when something is worked out

    offered, chose, pupils = by_municipality(world, profiles)
    used = pupils > 0
    x, y, w = 100 * offered[used] / pupils[used], 100 * chose[used] / pupils[used], pupils[used].astype(float)
    if len(x) < _LEAST or np.ptp(x) == 0:
        raise TooFewError(
            f"{len(x)} municipalities with pupils, supply from {x.min(initial=100):.0f} to {x.max(initial=0):.0f} %."
        )
    slope, error = _slope(x, y, w)
    from scipy import stats  # noqa: PLC0415 -- heavy

    reach = float(stats.t.ppf(0.975, len(x) - 2)) * error
    return Association(
        slope=slope,
        low=slope - reach,
        high=slope + reach,
        municipalities=len(x),
        pupils=int(w.sum()),
        profiles=tuple(sorted(profiles)),
    )


def by_municipality(
    world: World, profiles: Collection[str]
) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """Pupils with access to one of the profiles, who follow one, and in all, per municipality of today that is known.

    Suppressed numbers count at their least possible value here.
    """
    import numpy as np  # noqa: PLC0415 -- as above

    found = matrix(world)
    columns = [index for index, one in enumerate(found.profiles) if one in set(profiles)]
    names = np.array(world.locations.keys["municipality_today"])
    keys, place = np.unique(names, return_inverse=True)
    total, chose = found.low.sum(1), found.low[:, columns].sum(1)
    access = np.where(found.any_of(profiles), total, 0)
    sums = [np.bincount(place, weights=one, minlength=len(keys)) for one in (access, chose, total)]
    known = keys != ""
    return sums[0][known], sums[1][known], sums[2][known]


def _slope(
    x: "np.ndarray[Any, Any]", y: "np.ndarray[Any, Any]", w: "np.ndarray[Any, Any]"
) -> tuple[float, float]:
    """Weighted least squares of y on x with an intercept: the slope and its HC3 standard error."""
    import numpy as np  # noqa: PLC0415 -- as above

    root = np.sqrt(w)
    design = np.column_stack([root, root * x])
    inverse = np.linalg.inv(design.T @ design)
    coefficients = inverse @ design.T @ (root * y)
    residuals = root * y - design @ coefficients
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    meat = design.T @ (design * ((residuals / (1 - leverage)) ** 2)[:, None])
    return float(coefficients[1]), float(np.sqrt((inverse @ meat @ inverse)[1, 1]))
