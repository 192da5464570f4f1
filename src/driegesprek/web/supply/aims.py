"""How a target variable stands: reached, not reached, or not known; and how it went over the years."""

from dataclasses import dataclass

from driegesprek import region
from driegesprek.web.supply import opendata
from driegesprek.web.supply.models import Target

DISTANCE = "distance_mean_km"
_SILENT = (region.UnknownAreaError, region.NothingImportedError, region.StoreError, KeyError)


def key_of(row: region.Row) -> str:
    """By which a line is found again: its key, with its route or level where there are several of one key."""
    part = str(row.more.get("route_nl") or row.more.get("level") or "")
    return f"{row.key}|{part}" if part else row.key


def value_of(row: region.Row, indicator: str) -> float | None:
    """The figure of a line: kilometres for travel, per cent for everything else."""
    return row.more.get(DISTANCE) if indicator == "travel" else row.share


@dataclass(frozen=True)
class Standing:
    """A target with what the figures say.

    Attributes:
        state: reached, alarm or unknown. What lies between bounds on both sides of the target is unknown.
        label: The line, as people read it.
        value: Newest figure; None where it is not known exactly.
        year: Of that figure; None where there is none.
        history: (year, figure) of every year before, oldest first; None where it is not known exactly.
    """

    target: Target
    state: str
    label: str
    value: float | None
    year: int | None
    history: tuple[tuple[int, float | None], ...] = ()

    @property
    def unit(self) -> str:
        """Km or %."""
        return "km" if self.target.indicator == "travel" else "%"

    @property
    def is_worse(self) -> bool:
        """Whether the newest figure is further from the target than the one before it."""
        before = next((value for _year, value in reversed(self.history) if value is not None), None)
        if before is None or self.value is None:
            return False
        return self.value > before if self.target.indicator == "travel" else self.value < before


def standing(target: Target) -> Standing:
    """How a target stands today."""
    try:
        newest = opendata.indicator(target.indicator, target.area)
        years = opendata.trend(target.indicator, target.area)
    except _SILENT:
        return Standing(target, "unknown", target.row_key, None, None)
    row = next((one for one in newest.rows if key_of(one) == target.row_key), None)
    if row is None:
        return Standing(target, "unknown", target.row_key, None, newest.year)
    low, high = _bounds(row, target)
    earlier = [(one.year, row) for one in years if one.year < newest.year for row in one.rows]
    history = tuple(
        (year, value_of(one, target.indicator)) for year, one in earlier if key_of(one) == target.row_key
    )
    year = newest.year
    return Standing(
        target, _state(low, high, target), row.label, value_of(row, target.indicator), year, history
    )


def _bounds(row: region.Row, target: Target) -> tuple[float | None, float | None]:
    if target.indicator == "travel":
        value = row.more.get(DISTANCE)
        return value, value
    return row.share_low, row.share_high


def _state(low: float | None, high: float | None, target: Target) -> str:
    if low is None or high is None:
        return "unknown"
    if target.indicator == "travel":  # at most
        low, high = -high, -low
    wanted = -target.wanted if target.indicator == "travel" else target.wanted
    if low >= wanted:
        return "reached"
    return "alarm" if high < wanted else "unknown"
