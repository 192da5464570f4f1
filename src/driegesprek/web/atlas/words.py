"""What the atlas calls things, in the language of the page."""

from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from driegesprek import region

LEVELS = {
    "country": lazy("Country and regions"),
    "municipality": lazy("Municipalities"),
    "province": lazy("Provinces"),
    "corop": lazy("COROP areas"),
    "rmc": lazy("RMC regions"),
    "labour_market": lazy("Labour-market regions"),
    "education_area": lazy("Education areas"),
}
MEASURES = {
    "distance_mean_km": (lazy("Cycling distance, mean"), "km"),
    "distance_median_km": (lazy("Cycling distance, median"), "km"),
    "transit_mean_minutes": (lazy("Public transport, mean"), "min"),
    "transit_median_minutes": (lazy("Public transport, median"), "min"),
}
KINDS = {
    "pupils": lazy("pupils by location and profile"),
    "pupil_totals": lazy("pupils by location, in all"),
    "vo_locations": lazy("locations for secondary education"),
    "bo_locations": lazy("primary schools"),
    "mbo_locations": lazy("mbo locations"),
    "exams": lazy("examinations"),
    "mbo_students": lazy("mbo students"),
    "travel": lazy("travel to mbo"),
    "flows": lazy("flows to mbo"),
    "population": lazy("inhabitants by age"),
    "switches": lazy("who switches"),
    "chances": lazy("work and pay after mbo"),
    "statline": lazy("a table of CBS"),
    "postcodes": lazy("postcode areas"),
    "points": lazy("places of school buildings"),
    "boundaries": lazy("boundaries of municipalities"),
    "travel_matrix": lazy("travel times"),
    "school_notes": lazy("what schools record"),
    "regions": lazy("regions of one's own"),
}
TRACKS = {
    "BKG": lazy("basis, kader and gemengd"),
    "B": lazy("basis only"),
    "K": lazy("kader only"),
    "G": lazy("gemengd only"),
    "BK": lazy("basis and kader"),
}


def language() -> str:
    """`nl` or `en`."""
    return (get_language() or "nl")[:2]


def title(definition: region.Definition) -> str:
    """The name of an indicator."""
    return definition.words("title", language())


def label(row: region.Row) -> str:
    """What a line is about; a profile in the page's language, with its route or level where it has one."""
    name = (
        region.profile_name(row.key, language())
        if row.key in region.PROFILES
        else region.said(row.label, language())
    )
    name = _("no choice yet") if row.key == "none" else name
    part = str(row.more.get("route_nl") or "")
    part = _("all") if part == "totaal" else part
    level = str(row.more.get("level") or "")
    part = part or (level if level and level not in row.label else "")
    return f"{name} ({part})" if part else name


def number(value: float | None, places: int = 1) -> str:
    """A number as the page's language writes it; a dash where it is not known."""
    if value is None:
        return "–"
    if isinstance(value, int):
        return str(format_decimal(value, locale=language()))
    return str(format_decimal(value, format="#,##0." + "0" * places, locale=language()))


def cell(value: Any) -> str:
    """A cell of a table as people read it."""
    if isinstance(value, tuple):
        return "–".join(number(one) for one in value)
    return value if isinstance(value, str) else number(value)
