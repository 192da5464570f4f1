"""An indicator over the years, and where an area falls short of another."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from driegesprek import region
from driegesprek.figures import AgainstRow, Figure, Sides, TrendRow, against, trends
from driegesprek.web.atlas import words
from driegesprek.web.atlas.asked import Asked
from driegesprek.web.atlas.pages.compared import Cell, Compared, Table, identity, measures, notes
from driegesprek.web.supply import opendata

TRAVEL = "distance_mean_km"


@dataclass(frozen=True)
class Trend:
    """An indicator in several years: the table, the picture, where each year comes from."""

    area: str
    table: Table
    figure: Figure | None
    sources: tuple[tuple[int, str], ...]
    notes: tuple[str, ...]


def trend(name: str, asked: Asked) -> Trend | None:
    """An indicator of an area over the years; None where there is no year.

    Raises:
        UnknownAreaError: no such area.
    """
    found = opendata.trend(name, asked.area, asked.tracks)
    if not found:
        return None
    years = [one.year for one in found]
    newest = found[-1]
    measure = next(iter(measures(newest)), "")
    rows = [(words.label(row), [_value(one, row, measure) for one in found]) for row in _lines(found)]
    shares = Table(
        (_("Profile or direction"), *map(str, years)),
        tuple((label, *(cell for cell, _plain in cells)) for label, cells in rows),
    )
    drawn = [TrendRow(label, tuple(plain for _cell, plain in cells)) for label, cells in rows]
    unit, most = (words.MEASURES[measure][1], 0.0) if measure else ("%", 100.0)
    title = f"{words.title(newest.definition)}: {newest.area}"
    return Trend(
        area=newest.area,
        table=shares,
        figure=trends(drawn, years, title=title, language=words.language(), unit=unit, most=most),
        sources=tuple((one.year, region.said(one.source, words.language())) for one in found),
        notes=tuple(dict.fromkeys(note for one in found for note in notes(one.notes))),
    )


def _lines(found: Sequence[region.Indicator]) -> list[region.Row]:
    """A line for each that stands in some year, those of the newest year first."""
    lines: dict[tuple[str, str], region.Row] = {}
    for one in reversed(found):
        for row in one.rows:
            if row.more.get("route_nl") in {None, "", "totaal"}:
                lines.setdefault(identity(row), row)
    return list(lines.values())


def _value(
    found: region.Indicator, wanted: region.Row, measure: str
) -> tuple[float | tuple[float, float] | None, float | None]:
    """A cell and a point of the picture."""
    row = next((row for row in found.rows if identity(row) == identity(wanted)), None)
    if row is None:
        return None, None
    if measure:
        value = row.more.get(measure)
        return value, value
    if row.share is None and row.share_low is not None and row.share_high is not None:
        return (row.share_low, row.share_high), None
    return row.share, row.share


def why_fewer(found: Compared) -> list[str]:
    """Why some lines are not among the bottlenecks, with the remarks on the figures of the area."""
    hidden = [one for one in found.pairs if any(row and row.share is None and row.share_high for row in one)]
    kept_back = _(
        "No exact numbers are told of small groups: what is only known between bounds is not compared here (%(count)s)."
    )
    return ([kept_back % {"count": len(hidden)}] if hidden else []) + notes(found.here.notes)


def bottlenecks(name: str, asked: Asked) -> tuple[region.Bottleneck, ...]:
    """Where the area that is asked falls short of the other.

    Raises:
        UnknownAreaError: no such area.
    """
    here, there = (opendata.trend(name, one, asked.tracks) for one in (asked.area, asked.against))
    measure = TRAVEL if name == "travel" else ""
    return region.bottlenecks(here, there, measure=measure, more_is_better=not measure)


@dataclass(frozen=True)
class Said:
    """A bottleneck in the language of the page."""

    label: str
    sentence: str
    year: int


def worse(found: Sequence[region.Bottleneck]) -> list[Said]:
    """Those in which the area falls short, the largest first."""
    return [said(one) for one in found if one.worse]


def said(one: region.Bottleneck) -> Said:
    """In words."""
    return Said(one.label, region.said(one.sentence, words.language()), one.year)


def shortfalls(found: Sequence[region.Bottleneck], name: str) -> Figure | None:
    """The picture of both areas, the largest shortfall first."""
    if not found:
        return None
    unit = {"unit": "km", "most": 0.0} if name == "travel" else {}
    first = found[0]
    sides = Sides(f"{first.area}, {first.year}", first.against, **unit)  # type: ignore[arg-type] # unit and end
    rows = [AgainstRow(_name(one), one.here, one.there) for one in found]
    title = f"{words.title(region.DEFINITIONS[name])}: {first.area} – {first.against}"
    return against(rows, sides, title=title, language=words.language())


def shortfall_table(found: Sequence[region.Bottleneck]) -> Table:
    """The numbers of the picture, with their interval and for how many years it has been so."""
    first = found[0] if found else None
    heads = (
        _("Profile or direction"),
        f"{first.area}, {first.year}" if first else "",
        first.against if first else "",
        _("Difference"),
        _("From, with 95 per cent certainty"),
        _("To"),
        _("Years that pointed this way"),
    )
    return Table(heads, tuple(_numbers(one) for one in found))


def _numbers(one: region.Bottleneck) -> tuple[Cell, ...]:
    years = _("%(years)s of %(of)s") % {"years": one.years, "of": one.of_years}
    return (_name(one), one.here, one.there, one.difference, one.low, one.high, years)


def _name(one: region.Bottleneck) -> str:
    return region.profile_name(one.key, words.language()) if one.key in region.PROFILES else one.label
