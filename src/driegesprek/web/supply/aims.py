"""How a target variable stands: reached, not reached, or not known."""

from dataclasses import dataclass

from driegesprek import region
from driegesprek.web.supply import opendata
from driegesprek.web.supply.models import Target

DISTANCE = "distance_mean_km"


@dataclass(frozen=True)
class Standing:
    """A target with what the newest figures say.

    Attributes:
        state: reached, alarm or unknown. What lies between bounds on both sides of the target is unknown.
        label: The line, as people read it.
        value: Newest figure; None where it is not known exactly.
        year: Of that figure; None where there is none.
    """

    target: Target
    state: str
    label: str
    value: float | None
    year: int | None


def standing(target: Target) -> Standing:
    """How a target stands today."""
    try:
        found = opendata.indicator(target.indicator, target.area)
    except (region.UnknownAreaError, region.NothingImportedError, region.StoreError, KeyError):
        return Standing(target, "unknown", target.row_key, None, None)
    row = next((row for row in found.rows if row.key == target.row_key), None)
    if row is None:
        return Standing(target, "unknown", target.row_key, None, found.year)
    low, high, value = _bounds(row, target)
    return Standing(target, _state(low, high, target), row.label, value, found.year)


def _bounds(row: region.Row, target: Target) -> tuple[float | None, float | None, float | None]:
    if target.indicator == "travel":
        value = row.more.get(DISTANCE)
        return value, value, value
    return row.share_low, row.share_high, row.share


def _state(low: float | None, high: float | None, target: Target) -> str:
    if low is None or high is None:
        return "unknown"
    if target.indicator == "travel":  # at most
        low, high = -high, -low
    wanted = -target.wanted if target.indicator == "travel" else target.wanted
    if low >= wanted:
        return "reached"
    return "alarm" if high < wanted else "unknown"
