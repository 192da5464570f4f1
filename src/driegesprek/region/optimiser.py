"""With k profiles to add, which locations give the most pupils access: exact, with the bound that proves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from driegesprek.region.nearest import distances
from driegesprek.region.supply import matrix
from driegesprek.region.world import World

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The best places for some additions.

    Attributes:
        profile: Key of the profile that is added.
        locations: Numbers of the locations, the one that gives most first.
        gains: Pupils each adds, in that order.
        gained: Pupils who gain access, in all.
        bound: No other choice of as many locations gives more than this.
        proven: Whether `gained` reaches the bound.
        how: In words, how that is known.
    """

    profile: str
    locations: tuple[str, ...]
    gains: tuple[int, ...]
    gained: int
    bound: float
    proven: bool
    how: str


def own_location(world: World, profile: str, k: int, *, inside: "np.ndarray[Any, Any] | None" = None) -> Plan:
    """Where to add a profile so that most pupils enrolled in vmbo (B, K, G) get it at their own location.

    A pupil is enrolled at one location, so that the gains of locations add up and the k largest are the best: the sum of
    any k of some numbers is at most the sum of the k largest.

    Args:
        world: The schools of a year; suppressed numbers count at their least possible value.
        profile: Key of the profile.
        k: How many locations.
        inside: Which locations may be chosen, as booleans; all by default.
    """
    import numpy as np  # noqa: PLC0415 -- loaded when something is worked out

    found = matrix(world)
    pupils = found.low.sum(1)
    has = found.any_of({profile})
    allowed = ~has & (pupils > 0) & (np.ones_like(has) if inside is None else inside)
    candidates = np.flatnonzero(allowed)
    order = candidates[np.argsort(-pupils[candidates], kind="stable")][:k]
    gains = tuple(int(one) for one in pupils[order])
    return Plan(
        profile=profile,
        locations=tuple(world.locations.ids[one] for one in order),
        gains=gains,
        gained=sum(gains),
        bound=float(sum(gains)),
        proven=True,
        how="Gains of locations add up, since a pupil has one location; the k largest are the best.",
    )


def within_reach(
    world: World,
    profile: str,
    k: int,
    *,
    latitudes: "np.ndarray[Any, Any]",
    longitudes: "np.ndarray[Any, Any]",
    weights: "np.ndarray[Any, Any]",
    km: float,
    inside: "np.ndarray[Any, Any] | None" = None,
    seconds: float = 60,
) -> Plan:
    """Where to add a profile so that most children get a location with it within some kilometres.

    Maximal covering location problem (Church and ReVelle 1974), solved as an integer programme by HiGHS; its dual
    bound is the proof.

    Args:
        world: The schools of a year.
        profile: Key of the profile.
        k: How many locations.
        latitudes: Of the places where children are, such as primary schools; degrees.
        longitudes: The same.
        weights: Children at each place; 1 for each where numbers are not known.
        km: What counts as within reach, as the crow flies.
        inside: Which locations may be chosen; all by default.
        seconds: After which the best so far is told with its bound.
    """
    import numpy as np  # noqa: PLC0415 -- as above

    where, found = world.locations, matrix(world)
    has = found.any_of({profile})
    can = ~has & (found.low.sum(1) > 0) & ~np.isnan(where.latitudes)
    can = can & (np.ones_like(has) if inside is None else inside)
    near = _near(latitudes, longitudes, where.latitudes[has], where.longitudes[has], km).any(1)
    candidates = np.flatnonzero(can)
    reach = _near(latitudes, longitudes, where.latitudes[candidates], where.longitudes[candidates], km)
    open_places = ~near & reach.any(1) & (weights > 0)
    chosen, bound = _cover(reach[open_places], weights[open_places], k, seconds)
    ids = [where.ids[one] for one in candidates[chosen]]
    return _plan(profile, ids, reach=reach[:, chosen][open_places], weights=weights[open_places], bound=bound)


def _near(
    latitudes: "np.ndarray[Any, Any]",
    longitudes: "np.ndarray[Any, Any]",
    others: "np.ndarray[Any, Any]",
    other_longitudes: "np.ndarray[Any, Any]",
    km: float,
) -> "np.ndarray[Any, Any]":
    found: np.ndarray[Any, Any] = (
        distances(latitudes[:, None], longitudes[:, None], others, other_longitudes) <= km
    )
    return found


def _cover(
    reach: "np.ndarray[Any, Any]", weights: "np.ndarray[Any, Any]", k: int, seconds: float
) -> "tuple[np.ndarray[Any, Any], float]":
    """Columns to choose, and the bound. Places that the same locations reach are one row: far fewer rows, same problem."""
    import numpy as np  # noqa: PLC0415 -- as above
    from scipy import optimize, sparse  # noqa: PLC0415 -- heavy

    columns = reach.shape[1]
    if not len(reach) or not columns or k < 1:
        return np.array([], dtype=int), 0.0
    packed, place = np.unique(np.packbits(reach, axis=1), axis=0, return_inverse=True)
    rows = np.unpackbits(packed, axis=1, count=columns).astype(float)
    value = np.bincount(place.ravel(), weights=weights, minlength=len(rows))
    # Variables: a location is chosen (whole), a row is covered (0 to 1: whole by itself once locations are).
    cost = np.concatenate([np.zeros(columns), -value])
    covered = sparse.hstack([-sparse.csr_array(rows), sparse.eye_array(len(rows))])
    number = sparse.csr_array(np.concatenate([np.ones(columns), np.zeros(len(rows))])[None, :])
    solved = optimize.milp(
        cost,
        constraints=[
            optimize.LinearConstraint(covered, -np.inf, 0),
            optimize.LinearConstraint(number, -np.inf, k),
        ],
        integrality=np.concatenate([np.ones(columns), np.zeros(len(rows))]),
        bounds=optimize.Bounds(0, 1),
        options={"time_limit": seconds, "mip_rel_gap": 0},
    )
    if solved.x is None:
        raise TimeoutError(f"Nothing was found in {seconds:.0f} seconds; give more.")
    return np.flatnonzero(solved.x[:columns] > 0.5), float(-solved.mip_dual_bound)  # noqa: PLR2004 -- chosen or not


def _plan(
    profile: str,
    ids: Sequence[str],
    *,
    reach: "np.ndarray[Any, Any]",
    weights: "np.ndarray[Any, Any]",
    bound: float,
) -> Plan:
    """Tell the chosen locations with what each adds to those before it, the most first."""
    import numpy as np  # noqa: PLC0415 -- as above

    left, order, gains = np.ones(len(reach), dtype=bool), [], []
    rest = list(range(len(ids)))
    while rest:
        added = [float(weights[reach[:, one] & left].sum()) for one in rest]
        best = int(np.argmax(added))
        gains.append(round(added[best]))
        order.append(rest.pop(best))
        left &= ~reach[:, order[-1]]
    gained = float(weights[~left].sum())
    return Plan(
        profile=profile,
        locations=tuple(ids[one] for one in order),
        gains=tuple(gains),
        gained=round(gained),
        bound=bound,
        proven=bound - gained < 1e-6 * max(1.0, gained),
        how="Solved as an integer programme by HiGHS; the dual bound is the proof.",
    )
