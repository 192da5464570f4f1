"""What is offered and what is chosen: tables 3.1, 3.5, 3.7 and 3.8 of the report, for any area and year."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from driegesprek.region.areas import Area
from driegesprek.region.indicator import Definition, Indicator, Row, share
from driegesprek.region.names import PROFILES, SECTORS, profile_name
from driegesprek.region.notes import Note
from driegesprek.region.world import UPPER, VOCATIONAL, World

if TYPE_CHECKING:
    import numpy as np

SUPPLY: Final = Definition(
    name="supply",
    title={"nl": "Aanbod van profielen", "en": "Supply of profiles"},
    text="Share of the pupils of vmbo in tracks B, K, G, years 3 and 4, at a location where the profile is followed.",
    formula="100 × Σ pupils of locations with at least one pupil in the profile / Σ pupils of all locations",
    basis="table 3.1",
    dutch={
        "text": "Deel van de leerlingen in vmbo basis, kader en gemengd, leerjaar 3 en 4, op een vestiging waar het profiel "
        "gevolgd wordt.",
        "formula": "100 × Σ leerlingen op vestigingen met ten minste één leerling in het profiel / Σ alle leerlingen",
        "basis": "tabel 3.1",
    },
)
CHOICE: Final = Definition(
    name="choice",
    title={"nl": "Gekozen profielen", "en": "Profiles chosen"},
    text="Share of the pupils of vmbo in tracks B, K, G, years 3 and 4, who follow the profile.",
    formula="100 × Σ pupils in the profile / Σ pupils",
    basis="table 3.5",
    dutch={
        "text": "Deel van de leerlingen in vmbo basis, kader en gemengd, leerjaar 3 en 4, dat het profiel volgt.",
        "formula": "100 × Σ leerlingen in het profiel / Σ leerlingen",
        "basis": "tabel 3.5",
    },
)
CHOICE_TL: Final = Definition(
    name="choice-tl",
    title={"nl": "Sectoren in de theoretische leerweg", "en": "Sectors in the theoretical track"},
    text="Share of the pupils of the theoretical track, years 3 and 4, by sector; without a choice as its own row.",
    formula="100 × Σ pupils in the sector / Σ pupils",
    basis="table 3.7 (which is of year 3)",
    dutch={
        "text": "Deel van de leerlingen in de theoretische leerweg, leerjaar 3 en 4, per sector; zonder keuze staat apart.",
        "formula": "100 × Σ leerlingen in de sector / Σ leerlingen",
        "basis": "tabel 3.7 (die over leerjaar 3 gaat)",
    },
)
CHOICE_HAVO_VWO: Final = Definition(
    name="choice-havo-vwo",
    title={"nl": "Natuurprofielen op havo en vwo", "en": "Nature profiles in havo and vwo"},
    text="Share of the pupils of havo and of vwo in year 4 whose profile is Nature and Technology or Nature and Health.",
    formula="100 × Σ pupils with a nature profile / Σ pupils",
    basis="table 3.8",
    dutch={
        "text": "Deel van de leerlingen in leerjaar 4 van havo en van vwo met Natuur en Techniek of Natuur en Gezondheid.",
        "formula": "100 × Σ leerlingen met een natuurprofiel / Σ leerlingen",
        "basis": "tabel 3.8",
    },
)


@dataclass(frozen=True, eq=False)
class Matrix:
    """Pupils by location and profile.

    Attributes:
        profiles: Keys of the columns.
        low: Locations × profiles, least possible numbers.
        high: Most possible numbers; -1 where nothing is known.
    """

    profiles: tuple[str, ...]
    low: "np.ndarray[Any, Any]"
    high: "np.ndarray[Any, Any]"

    @property
    def offered(self) -> "np.ndarray[Any, Any]":
        """Where a profile is followed by somebody, as booleans; a suppressed count above zero counts."""
        offered: np.ndarray[Any, Any] = (self.high > 0) | (self.high < 0)
        return offered

    def any_of(self, profiles: Collection[str]) -> "np.ndarray[Any, Any]":
        """Which locations offer at least one of some profiles, as booleans."""
        columns = [index for index, one in enumerate(self.profiles) if one in profiles]
        found: np.ndarray[Any, Any] = self.offered[:, columns].sum(1) > 0
        return found


def matrix(
    world: World, *, tracks: str = VOCATIONAL, grades: Iterable[int] = UPPER, by: str = "profile"
) -> Matrix:
    """Pupils by location and profile (or sector), of some tracks and years of the course."""
    import numpy as np  # noqa: PLC0415 -- loaded when something is worked out

    pupils, places = world.pupils, len(world.locations.ids)
    rows = pupils.chosen(tracks, tuple(grades))
    names, codes = pupils.coded(by)
    used, column = np.unique(codes[rows], return_inverse=True)
    profiles = names[used]
    cell = pupils.location[rows] * len(profiles) + column
    size = places * len(profiles)
    low = np.bincount(cell, weights=pupils.low[rows], minlength=size)
    unknown = np.bincount(cell, weights=pupils.high[rows] < 0, minlength=size) > 0
    high = np.bincount(cell, weights=np.maximum(pupils.high[rows], 0), minlength=size)
    shape = (places, len(profiles))
    return Matrix(
        profiles=tuple(str(one) for one in profiles),
        low=low.astype(np.int64).reshape(shape),
        high=np.where(unknown, -1, high).astype(np.int64).reshape(shape),
    )


def supply(world: World, area: Area, *, tracks: str = VOCATIONAL, grades: Iterable[int] = UPPER) -> Indicator:
    """Share of pupils at a location where each profile is followed (table 3.1)."""
    found = matrix(world, tracks=tracks, grades=grades)
    inside = world.locations.inside(area)
    low, high = _sums(found.low[inside], found.high[inside], axis=1)
    rows = []
    for column, profile in enumerate(found.profiles):
        if profile:
            offered = found.offered[inside][:, column]
            rows.append(_row(profile, _both(low, high, offered), _both(low, high, ~offered)))
    return _indicator(SUPPLY, world, area, _complete(rows, low, high), tracks)


def choice(world: World, area: Area, *, tracks: str = VOCATIONAL, grades: Iterable[int] = UPPER) -> Indicator:
    """Share of pupils who follow each profile (table 3.5)."""
    found = matrix(world, tracks=tracks, grades=grades)
    return _shares(CHOICE, world, area, found, tracks)


def choice_tl(world: World, area: Area, *, grades: Iterable[int] = UPPER) -> Indicator:
    """Share of pupils of the theoretical track by sector (table 3.7)."""
    return _shares(CHOICE_TL, world, area, matrix(world, tracks="T", grades=grades, by="sector"), "T")


def choice_havo_vwo(world: World, area: Area) -> Indicator:
    """Share with a nature profile in year 4 of havo and of vwo (table 3.8)."""
    import numpy as np  # noqa: PLC0415 -- as above

    rows = []
    inside = world.locations.inside(area)
    for track, label in (("H", "havo"), ("V", "vwo")):
        found = matrix(world, tracks=track, grades=(4,))
        nature = np.array(["natuur" in one for one in found.profiles], dtype=bool)
        low, high = found.low[inside], found.high[inside]
        part = _both(*_flat(low[:, nature], high[:, nature]))
        rest = _both(*_flat(low[:, ~nature], high[:, ~nature]))
        rows.append(_row("natuur", part, rest, label=f"NT of NG, {label}", more={"level": label}))
    return _indicator(CHOICE_HAVO_VWO, world, area, rows, "HV")


def _shares(definition: Definition, world: World, area: Area, found: Matrix, tracks: str) -> Indicator:
    inside = world.locations.inside(area)
    low, high = found.low[inside], found.high[inside]
    rows = []
    for column, profile in enumerate(found.profiles):
        others = [one for one in range(len(found.profiles)) if one != column]
        part = _both(*_flat(low[:, [column]], high[:, [column]]))
        rows.append(_row(profile, part, _both(*_flat(low[:, others], high[:, others]))))
    total_low, total_high = _sums(low, high, axis=1)
    return _indicator(definition, world, area, _complete(rows, total_low, total_high), tracks)


def _flat(
    low: "np.ndarray[Any, Any]", high: "np.ndarray[Any, Any]"
) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    return low.ravel(), high.ravel()


def _sums(
    low: "np.ndarray[Any, Any]", high: "np.ndarray[Any, Any]", *, axis: int
) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    import numpy as np  # noqa: PLC0415 -- as above

    return low.sum(axis), np.where((high < 0).any(axis), -1, high.sum(axis))


def _both(
    low: "np.ndarray[Any, Any]", high: "np.ndarray[Any, Any]", chosen: "np.ndarray[Any, Any] | None" = None
) -> tuple[int, int]:
    """Bounds of the sum of some numbers; the upper one −1 where one of them is unknown."""
    if chosen is not None:
        low, high = low[chosen], high[chosen]
    return int(low.sum()), -1 if (high < 0).any() else int(high.sum())


def _row(
    profile: str,
    part: tuple[int, int],
    rest: tuple[int, int],
    *,
    label: str = "",
    more: dict[str, Any] | None = None,
) -> Row:
    exact, low, high = share(part, rest)
    known = part[0] == part[1]
    whole = known and rest[0] == rest[1]
    return Row(
        label=label or profile_name(profile or "geen keuze"),
        key=profile or "none",
        share=exact,
        share_low=low,
        share_high=high,
        pupils=part[0] if known else None,
        of=part[0] + rest[0] if whole else None,
        more=more or {},
    )


def _complete(rows: list[Row], low: "np.ndarray[Any, Any]", high: "np.ndarray[Any, Any]") -> list[Row]:
    """Profiles that nobody follows here are in it too, with nought; most first."""
    whole = _both(low, high)
    order = [*PROFILES] if any(row.key in PROFILES for row in rows) or not rows else []
    absent = [key for key in order if key not in {row.key for row in rows}]
    rows = rows + [_row(key, (0, 0), whole) for key in absent if sum(whole) > 0]
    return sorted(
        rows, key=lambda row: (-(row.share if row.share is not None else row.share_high or 0), row.label)
    )


def _indicator(definition: Definition, world: World, area: Area, rows: list[Row], tracks: str) -> Indicator:
    notes = [*area.notes]
    if area.level == "country":
        notes += [one for one in world.notes if "no address" not in one]
        if world.without_address:
            number = len(world.without_address)
            notes.append(
                Note(
                    f"Locations without an address count too: {number}.",
                    f"Vestigingen zonder adres tellen ook mee: {number}.",
                )
            )
    else:
        notes += world.notes
    if not rows or all(row.of == 0 for row in rows):
        notes.append(
            Note(
                f"There is no location with pupils in {area.name} in these tracks and years of the course.",
                f"In {area.name} is geen vestiging met leerlingen in deze leerwegen en leerjaren.",
            )
        )
    if tracks != definition_tracks(definition):
        letters = ", ".join(tracks)
        notes.append(Note(f"Tracks: {letters}.", f"Leerwegen: {letters}."))
    if any(row.share is None and row.share_low is not None for row in rows):
        notes.append(
            Note(
                "Some numbers are suppressed in the source; bounds are given instead of a share.",
                "Sommige aantallen zijn in de bron afgeschermd; daar staan grenzen in plaats van een percentage.",
            )
        )
    return Indicator(
        definition=definition,
        area=area.name,
        year=world.year,
        source=world.source,
        rows=tuple(rows),
        notes=tuple(notes),
    )


def definition_tracks(definition: Definition) -> str:
    """The tracks that a definition is about."""
    return {CHOICE_TL.name: "T", CHOICE_HAVO_VWO.name: "HV"}.get(definition.name, VOCATIONAL)


KNOWN_SECTORS = tuple(SECTORS)
