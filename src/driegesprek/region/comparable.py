"""Which municipalities are comparable: alike in size, in how many schools are near, and in the tracks that pupils follow."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from driegesprek.region.areas import Area
from driegesprek.region.nearest import distances
from driegesprek.region.notes import Note
from driegesprek.region.world import UPPER, World

if TYPE_CHECKING:
    import numpy as np

NEAR_KM: Final = 10.0
MOST: Final = 5
RULE: Final = Note(
    "The five municipalities nearest in four numbers of vmbo years 3 and 4, each divided by its standard deviation between "
    "municipalities: the logarithm of the number of pupils; the logarithm of the number of vmbo locations within 10 km of "
    "its own (how urban it is); the shares of pupils in basis and in the theoretical track. What is offered plays no part, "
    "since that is what is compared.",
    "De vijf gemeenten die het dichtst bij liggen in vier getallen over vmbo leerjaar 3 en 4, elk gedeeld door de "
    "standaarddeviatie tussen gemeenten: de logaritme van het aantal leerlingen; de logaritme van het aantal "
    "vmbo-vestigingen binnen 10 km van de eigen vestigingen (hoe stedelijk het is); de aandelen leerlingen in basis en in "
    "de theoretische leerweg. Het aanbod telt niet mee, want dat wordt juist vergeleken.",
)


@dataclass(frozen=True, kw_only=True)
class Comparable:
    """A municipality like another.

    Attributes:
        key: Of the municipality of today.
        name: Its name.
        distance: Euclidean distance in the four standardised numbers; 0 is the same.
        pupils: Of vmbo, years 3 and 4.
    """

    key: str
    name: str
    distance: float
    pupils: int


def comparable(world: World, area: Area, *, most: int = MOST) -> tuple[Comparable, ...]:
    """The municipalities most like a municipality, the most alike first; none for a larger area or one without vmbo.

    Args:
        world: The schools of a year; suppressed numbers count at their least possible value.
        area: A municipality.
        most: How many.
    """
    import numpy as np  # noqa: PLC0415 -- loaded when something is worked out

    if area.level != "municipality" or area.former:
        return ()
    keys, numbers, pupils = _numbers(world)
    (own,) = area.members
    if own not in keys:
        return ()
    spread = numbers.std(0)
    scaled = numbers / np.where(spread > 0, spread, 1)
    away = np.sqrt(((scaled - scaled[keys.index(own)]) ** 2).sum(1))
    names = dict(
        zip(
            world.locations.keys["municipality_today"],
            world.locations.labels["municipality_today"],
            strict=True,
        )
    )
    order = [one for one in np.argsort(away, kind="stable").tolist() if keys[one] != own]
    return tuple(
        Comparable(key=keys[one], name=names[keys[one]], distance=float(away[one]), pupils=int(pupils[one]))
        for one in order[:most]
    )


def together(found: tuple[Comparable, ...]) -> Area:
    """Comparable municipalities as one area."""
    name = ", ".join(one.name for one in found)
    return Area(name, "region", frozenset(one.key for one in found))


def _numbers(world: World) -> "tuple[list[str], np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """Municipalities with vmbo pupils, their four numbers, and their pupils."""
    import numpy as np  # noqa: PLC0415 -- as above

    where, rows = world.pupils, world.pupils.chosen("BKGT", UPPER)
    keys, place = np.unique(
        np.array(world.locations.keys["municipality_today"], dtype=str), return_inverse=True
    )

    def pupils_of(tracks: str) -> "np.ndarray[Any, Any]":
        chosen = where.chosen(tracks, UPPER)
        return np.bincount(place[where.location[chosen]], weights=where.low[chosen], minlength=len(keys))

    total = pupils_of("BKGT")
    used = np.unique(where.location[rows])
    near = np.bincount(place[used], weights=_near(world, used), minlength=len(keys))
    count = np.bincount(place[used], minlength=len(keys))
    kept = (total > 0) & (keys != "")
    whole = total[kept]
    columns = [
        np.log(whole),
        np.log1p(near[kept] / count[kept]),
        pupils_of("B")[kept] / whole,
        pupils_of("T")[kept] / whole,
    ]
    return [str(one) for one in keys[kept]], np.column_stack(columns), whole


def _near(world: World, used: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """For each of some locations, how many others lie within 10 km; 0 where its place is not known."""
    import numpy as np  # noqa: PLC0415 -- as above

    latitudes, longitudes = world.locations.latitudes[used], world.locations.longitudes[used]
    km = distances(latitudes[:, None], longitudes[:, None], latitudes, longitudes)
    return np.asarray((km <= NEAR_KM).sum(1) - ~np.isnan(latitudes), dtype=float)
