"""An indicator of an area beside that of another: lines, columns, a figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from driegesprek import region
from driegesprek.figures import AgainstRow, Figure, Sides, against
from driegesprek.region.shipped import same_area
from driegesprek.web.atlas import words

Cell = str | float | int | tuple[float, float] | None
ALL_ROUTES = "totaal"


@dataclass(frozen=True)
class Compared:
    """An indicator of an area, and of another where there is one."""

    here: region.Indicator
    there: region.Indicator | None

    @property
    def source(self) -> str:
        """What the figures of the area rest on."""
        return region.said(self.here.source, words.language())

    @property
    def definition(self) -> region.Definition:
        """What is compared."""
        return self.here.definition

    @property
    def pairs(self) -> list[tuple[region.Row, region.Row | None]]:
        """Each line with the same line of the other area."""
        others = {identity(row): row for row in self.there.rows} if self.there else {}
        return [(row, others.get(identity(row))) for row in self.here.rows]


def identity(row: region.Row) -> tuple[str, str]:
    """By which a line is found again in another area."""
    return row.key, str(row.more.get("route_nl") or row.more.get("level") or "")


@dataclass(frozen=True)
class Table:
    """Headings (the first is that of the rows) and cells; numbers are numbers, bounds a pair."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def shown(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """For a page: each row's label, and (heading, words) of its cells."""
        return [
            (
                str(row[0]),
                [(head, words.cell(one)) for head, one in zip(self.headings[1:], row[1:], strict=True)],
            )
            for row in self.rows
        ]


def measures(found: region.Indicator) -> list[str]:
    """Names of the figures that stand beside or instead of shares, such as distances."""
    known = [name for name in words.MEASURES if any(row.more.get(name) is not None for row in found.rows)]
    return known if found.definition.name == "travel" else []


def table(compared: Compared) -> Table:
    """The numbers of both areas."""
    found = measures(compared.here)
    return _measured(compared, found) if found else _shares(compared)


def _shares(compared: Compared) -> Table:
    here, there = compared.here, compared.there
    counted = any(row.of is not None for row in here.rows)
    heads = [_("Profile or direction"), f"{here.area}, %"]
    heads += [f"{there.area}, %", _("Difference, points")] if there else []
    heads += [_("Pupils"), _("Of")] if counted else []
    rows: list[tuple[Cell, ...]] = []
    for row, other in compared.pairs:
        cells: list[Cell] = [words.label(row), _share(row)]
        cells += [_share(other), _difference(row, other)] if there else []
        cells += [row.pupils, row.of] if counted else []
        rows.append(tuple(cells))
    return Table(tuple(heads), tuple(rows))


def _share(row: region.Row | None) -> Cell:
    if row is None:
        return None
    if row.share is None and row.share_low is not None and row.share_high is not None:
        return row.share_low, row.share_high
    return row.share


def _difference(row: region.Row, other: region.Row | None) -> float | None:
    if row.share is None or other is None or other.share is None:
        return None
    return row.share - other.share


def _measured(compared: Compared, found: Sequence[str]) -> Table:
    sides = [side for side in (compared.here, compared.there) if side]
    heads = [
        f"{words.MEASURES[name][0]}, {side.area} ({words.MEASURES[name][1]})"
        for name in found
        for side in sides
    ]
    rows = tuple(
        (words.label(row), *(_more(one, name) for name in found for one in (row, other)[: len(sides)]))
        for row, other in compared.pairs
    )
    return Table((_("Profile or direction"), *heads), rows)


def _more(row: region.Row | None, name: str) -> float | None:
    value = row.more.get(name) if row else None
    return None if value is None else float(value)


def figure(compared: Compared) -> Figure | None:
    """The bars; None where nothing can be drawn."""
    found = measures(compared.here)
    name = found[0] if found else ""
    pairs = [
        (row, other) for row, other in compared.pairs if row.more.get("route_nl") in {None, "", ALL_ROUTES}
    ]
    rows = [one for row, other in pairs or compared.pairs if (one := _bar(row, other, name)) is not None]
    if not rows:
        return None
    there = f"{compared.there.area}, {compared.there.year}" if compared.there else ""
    unit = {"unit": words.MEASURES[name][1], "most": 0.0} if name else {}
    sides = Sides(f"{compared.here.area}, {compared.here.year}", there, **unit)  # type: ignore[arg-type] # unit and end
    heading = f"{words.title(compared.definition)}: {compared.here.area}"
    return against(rows, sides, title=heading, language=words.language())


def _bar(row: region.Row, other: region.Row | None, name: str) -> AgainstRow | None:
    if name:
        here, there = _more(row, name), _more(other, name)
        return None if here is None else AgainstRow(words.label(row), here, there)
    there = other.share if other else None
    if row.share is None and row.share_low is None:
        return None
    return AgainstRow(words.label(row), row.share, there, row.share_low, row.share_high)


def is_country(area: str) -> bool:
    """Whether an area is the whole country, which is compared with nothing."""
    return same_area({"region_nl": "Nederland"}, area)


def notes(found: Sequence[str]) -> list[str]:
    """Remarks in the language of the page."""
    return [region.said(one, words.language()) for one in found]
