"""Which municipalities are comparable: alike in size, in how many schools are near, and in the tracks that pupils follow."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from driegesprek.region.areas import PARTITIONS, Area
from driegesprek.region.nearest import distances
from driegesprek.region.notes import Note
from driegesprek.region.world import UPPER, World

if TYPE_CHECKING:
    import numpy as np

NEAR_KM: Final = 10.0
MOST: Final = 5
RULE: Final = Note(
    "The five municipalities (for a province, COROP, RMC or labour-market region: the five "
    "of its kind) nearest in four numbers of vmbo years 3 and 4, each divided by its standard deviation between "
    "them: the logarithm of the number of pupils; the logarithm of the number of vmbo locations within 10 km of "
    "its own (how urban it is); the shares of pupils in basis and in the theoretical track. What is offered plays no part, "
    "since that is what is compared.",
    "De vijf gemeenten (bij een provincie, COROP-, RMC- of arbeidsmarktregio: de vijf van die "
    "soort) die het dichtst bij liggen in vier getallen over vmbo leerjaar 3 en 4, elk gedeeld door de "
    "standaarddeviatie daartussen: de logaritme van het aantal leerlingen; de logaritme van het aantal "
    "vmbo-vestigingen binnen 10 km van de eigen vestigingen (hoe stedelijk het is); de aandelen leerlingen in basis en in "
    "de theoretische leerweg. Het aanbod telt niet mee, want dat wordt juist vergeleken.",
)


@dataclass(frozen=True, kw_only=True)
class Comparable:
    """A municipality, or another area of the same kind, like another.

    Attributes:
        key: Of the municipality of today, the province, the COROP region …
        name: Its name.
        distance: Euclidean distance in the four standardised numbers; 0 is the same.
        pupils: Of vmbo, years 3 and 4.
        level: Of the area: municipality, province, corop, rmc, labour_market, education_area.
    """

    key: str
    name: str
    distance: float
    pupils: int
    level: str = "municipality"


def comparable(world: World, area: Area, *, most: int = MOST) -> tuple[Comparable, ...]:
    """The areas of its own kind most like an area, the most alike first.

    None for the country, for a set of municipalities such as MRDH (nothing else is of its kind), and without vmbo.

    Args:
        world: The schools of a year; suppressed numbers count at their least possible value.
        area: A municipality, or a region of one of `areas.PARTITIONS`.
        most: How many.
    """
    import numpy as np  # noqa: PLC0415 -- loaded when something is worked out

    if area.level not in {"municipality", *PARTITIONS} or area.former:
        return ()
    column = "municipality_today" if area.level == "municipality" else area.level
    keys, numbers, pupils = _numbers(world, column)
    (own,) = area.members
    if own not in keys:
        return ()
    spread = numbers.std(0)
    scaled = numbers / np.where(spread > 0, spread, 1)
    away = np.sqrt(((scaled - scaled[keys.index(own)]) ** 2).sum(1))
    names = dict(zip(world.locations.keys[column], world.locations.labels[column], strict=True))
    order = [one for one in np.argsort(away, kind="stable").tolist() if keys[one] != own]
    return tuple(
        Comparable(
            key=keys[one],
            name=names[keys[one]],
            distance=float(away[one]),
            pupils=int(pupils[one]),
            level=area.level,
        )
        for one in order[:most]
    )


def together(found: tuple[Comparable, ...]) -> Area:
    """Comparable areas as one."""
    name = ", ".join(one.name for one in found)
    level = found[0].level if found and found[0].level != "municipality" else "region"
    return Area(name, level, frozenset(one.key for one in found))


def _numbers(world: World, column: str) -> "tuple[list[str], np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """Areas with vmbo pupils, their four numbers, and their pupils."""
    import numpy as np  # noqa: PLC0415 -- as above

    where, rows = world.pupils, world.pupils.chosen("BKGT", UPPER)
    keys, place = np.unique(np.array(world.locations.keys[column], dtype=str), return_inverse=True)

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
