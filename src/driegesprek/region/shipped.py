"""Figures of the regional report that come with the product, so that something true is shown without any download.

Source: SEOR (2026), report on choices for technology and IT in the metropolitan region Rotterdam The Hague; facts
carried over as tidy CSV in facts/, each with its line in the report.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from driegesprek.region.areas import COUNTRY
from driegesprek.region.indicator import Definition, Indicator, Row, as_printed
from driegesprek.region.names import municipality_key, plain, profile_key
from driegesprek.region.notes import Note

FACTS = Path(__file__).parent / "facts"
AREAS: Mapping[str, str] = {"mrdh": "metropoolregio", "metropoolregio rotterdam den haag": "metropoolregio"}


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of one table, by its file name without `mrdh2026_` and `.csv`."""
    with (FACTS / f"mrdh2026_{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def year_of(row: Mapping[str, str]) -> int:
    """First year that a row's period names."""
    return int((row.get("year") or row.get("school_year") or row.get("period") or "0")[:4])


def same_area(row: Mapping[str, str], area: str) -> bool:
    """Whether a row is about the area of this name."""
    name = row.get("region_nl") or row.get("municipality_nl") or ""
    wanted = plain(area.partition(":")[2] or area)
    if wanted in COUNTRY:
        return name == "Nederland"
    return municipality_key(AREAS.get(wanted, wanted)) == municipality_key(name)


def number(row: Mapping[str, str]) -> float | None:
    """The value of a row; None where the report prints none."""
    return None if row["value"] == "NA" else float(row["value"])


def shares(definition: Definition, name: str, area: str, *, label: str = "profile_nl") -> Indicator | None:
    """An indicator made of a table of shares; None where the report has none for this area."""
    found = [row for row in table(name) if same_area(row, area) and row.get("duplicate_row") != "yes"]
    rows = tuple(_row(row, label) for row in found)
    if not rows:
        return None
    return Indicator(
        definition=definition,
        area=_named(found[0]),
        year=year_of(found[0]),
        source=as_printed(definition),
        rows=rows,
        notes=(
            *_printed(found),
            Note(
                "These are figures of the report, rounded as printed; numbers of pupils are not printed.",
                "Dit zijn cijfers uit het rapport, afgerond zoals gedrukt; aantallen leerlingen staan er niet bij.",
            ),
        ),
    )


def _named(row: Mapping[str, str]) -> str:
    return row.get("region_nl") or row.get("municipality_nl") or ""


def _row(row: Mapping[str, str], label: str) -> Row:
    value = number(row)
    extra = {name: row[name] for name in ("route_nl", "level", "track_nl") if row.get(name)}
    key = row.get("profile_key") or profile_key(row[label])
    return Row(label=row[label], key=key, share=value, share_low=value, share_high=value, more=extra)


def _printed(rows: list[Mapping[str, str]]) -> tuple[str, ...]:
    return tuple(
        f"{row.get('profile_nl') or row.get('direction_nl') or ''}: {row['note']}"
        for row in rows
        if row.get("note") not in {"NA", "", None}
    )


def areas(name: str) -> tuple[str, ...]:
    """The areas that a table is about."""
    return tuple(dict.fromkeys(_named(row) for row in table(name)))
