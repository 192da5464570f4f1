"""Files of others than DUO: tables of StatLine, postcodes, travel times, and what stands as it is."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from driegesprek.region import messages, rd
from driegesprek.region.columns import Columns
from driegesprek.region.names import plain

Table = dict[str, Sequence[Any]]
_NETHERLANDS = (50.5, 53.8, 3.0, 7.5)


def statline(columns: Columns) -> tuple[Table, list[str]]:
    """A table of StatLine in long form: region, period, topic, value; a point or nothing is unknown."""
    headings = list(columns.table.headings)
    found = {plain(one): index for index, one in enumerate(headings)}
    keys = [index for name, index in found.items() if name in {"id", "regios", "perioden"}]
    topics = [(index, one) for index, one in enumerate(headings) if index not in keys]
    numeric = [(index, one) for index, one in topics if re.search(r"_\d+$", one)]
    table: Table = {name: [] for name in ("region", "period", "topic", "group", "value")}
    regions, periods = (_cells(columns, found.get(name)) for name in ("regios", "perioden"))
    groups = [index for index, one in topics if (index, one) not in numeric]
    for index, topic in numeric:
        for row, value in enumerate(columns.measures_at(index)):
            cells = columns.table.rows[row].cells
            group = "|".join(f"{headings[one]}={str(cells[one]).strip()}" for one in groups)
            _append_plain(
                table, region=regions[row], period=periods[row], topic=topic, group=group, value=value
            )
    return table, []


def _cells(columns: Columns, index: int | None) -> list[str]:
    return ["" if index is None else str(row.cells[index] or "").strip() for row in columns.table.rows]


def _append_plain(table: Table, **values: Any) -> None:
    for name, value in values.items():
        table[name].append(value)  # type: ignore[attr-defined] # as in _append


def postcodes(columns: Columns) -> tuple[Table, list[str]]:
    """The middle of each postcode area in degrees; areas that hold only post boxes are kept and marked."""
    codes = [re.sub(r"(?<=\d)[.,]0+$", "", one.replace(" ", "").upper()) for one in columns.texts("postcode")]
    columns.need("postcode", codes, "postcode")
    latitudes, longitudes = _degrees(columns)
    inside = [_in_or_near(lat, lon) for lat, lon in zip(latitudes, longitudes, strict=True)]
    south, north, west, east = _NETHERLANDS
    notes = (
        []
        if all(inside)
        else [
            f"{inside.count(False)} postcodes have no place between {south}–{north} N, {west}–{east} E and are left out."
        ]
    )
    keep = [row for row, ok in enumerate(inside) if ok]
    if not keep and inside:
        columns.problem(messages.NO_ROWS)
    table: Table = {
        "postcode": codes,
        "latitude": latitudes,
        "longitude": longitudes,
        "place": columns.texts("place"),
        "municipality": columns.texts("municipality"),
    }
    return {name: [values[row] for row in keep] for name, values in table.items()}, notes


def _degrees(columns: Columns) -> tuple[list[float | None], list[float | None]]:
    """Latitudes and longitudes as they stand, or from metres of the national grid."""
    if columns.has("latitude", "longitude"):
        return columns.measures("latitude"), columns.measures("longitude")
    pairs = zip(columns.measures("rd_x"), columns.measures("rd_y"), strict=True)
    spots = [
        rd.degrees(x, y) if x is not None and y is not None and rd.is_rd(x, y) else (None, None)
        for x, y in pairs
    ]
    return [one[1] for one in spots], [one[0] for one in spots]


def _in_or_near(latitude: float | None, longitude: float | None) -> bool:
    if latitude is None or longitude is None:
        return False
    south, north, west, east = _NETHERLANDS
    return south <= latitude <= north and west <= longitude <= east


def travel_matrix(columns: Columns) -> tuple[Table, list[str]]:
    """Minutes from places to places, as computed by others; pairs without a way stay unknown."""
    minutes = columns.measures("minutes")
    for row, value in zip(columns.table.rows, minutes, strict=True):
        if value is not None and value < 0:
            heading = columns.table.headings[columns.index("minutes") or 0]
            columns.problem(messages.NOT_A_NUMBER, row.number, heading, value=f"{value:g}")
    return {
        "from_id": columns.texts("from_id"),
        "to_id": columns.texts("to_id"),
        "minutes": minutes,
    }, []


def region_sets(columns: Columns) -> tuple[Table, list[str]]:
    """Regions of one's own, a row for each municipality in each of them."""
    table: Table = {"region": columns.texts("own_region"), "municipality": columns.texts("own_member")}
    for meaning, name in (("own_region", "region"), ("own_member", "municipality")):
        columns.need(meaning, table[name], name)
    return table, []


def as_they_stand(*names: str) -> Callable[[Columns], tuple[Table, list[str]]]:
    """A layout of our own: its columns under the names that docs/region.md gives them."""

    def read(columns: Columns) -> tuple[Table, list[str]]:
        found = {plain(one).replace(" ", "_"): index for index, one in enumerate(columns.table.headings)}
        table: Table = {name: _cells(columns, found.get(name)) for name in names}
        if "value" in table:
            table["value"] = columns.measures_at(found["value"])
        return table, []

    return read


CHANCES = (
    "programme",
    "direction",
    "route",
    "level",
    "indicator",
    "value",
    "unit",
    "region",
    "source",
    "date",
)
SCHOOL_NOTES = ("location", "kind", "profile", "text", "url", "recorded_on")
