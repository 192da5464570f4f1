"""What an indicator says: rows for an area and a year, with its definition, its source and what must be known of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from driegesprek.region.notes import Note

REPORT: Final = "SEOR (2026), Metropoolregio Rotterdam Den Haag"


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What an indicator is.

    Attributes:
        name: Its name on the command line.
        title: In Dutch and English.
        text: What is counted, of what, in English.
        formula: How.
        basis: The table or passage it follows.
        dutch: Text, formula and basis in Dutch.
    """

    name: str
    title: Mapping[str, str]
    text: str
    formula: str
    basis: str
    dutch: Mapping[str, str] = field(default_factory=dict)

    def words(self, part: str, language: str) -> str:
        """`text`, `formula`, `basis` or `title` in Dutch (`nl`) or English."""
        if part == "title":
            return self.title["nl" if language == "nl" else "en"]
        found: str = self.dutch.get(part, "") if language == "nl" else ""
        return found or getattr(self, part)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line: a profile, a direction, a measure.

    Attributes:
        label: What the line is about, as people read it.
        key: The same for programs.
        share: Per cent; None where it cannot be known exactly.
        share_low: Least possible value; equal to `share` where that is exact.
        share_high: Most possible value.
        pupils: Counted above the line; None where not known.
        of: Counted below the line.
        more: Other figures of this line by name, with their unit in the name (`distance_km`, `minutes`).
    """

    label: str
    key: str
    share: float | None = None
    share_low: float | None = None
    share_high: float | None = None
    pupils: int | None = None
    of: int | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain values; bounds only where they differ from the share."""
        found: dict[str, Any] = {"profile": self.label, "share": self.share}
        if self.share is None and self.share_low is not None:
            found |= {"share_low": self.share_low, "share_high": self.share_high}
        return found | {"pupils": self.pupils, "of": self.of} | dict(self.more)


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """Rows for one area and year.

    Attributes:
        definition: What it is.
        area: Name of the area.
        year: First year of the school year, or the year.
        source: Files or report it rests on.
        rows: One per profile, direction or measure.
        notes: What a reader must know.
    """

    definition: Definition
    area: str
    year: int
    source: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values: {indicator, area, year, source, rows, notes}; the notes end with definition and formula."""
        about = [f"Definition: {self.definition.text}", f"Formula: {self.definition.formula}"]
        return {
            "indicator": self.definition.name,
            "area": self.area,
            "year": self.year,
            "source": self.source,
            "rows": [row.as_json() for row in self.rows],
            "notes": [*self.notes, *about, f"After: {self.definition.basis} of {REPORT}"],
        }


def as_printed(definition: Definition) -> Note:
    """The report as a source of its own figures."""
    return Note(
        f"{REPORT}, {definition.words('basis', 'en')} (as printed)",
        f"{REPORT}, {definition.words('basis', 'nl')} (zoals gedrukt)",
    )


def share(part: tuple[int, int], rest: tuple[int, int]) -> tuple[float | None, float | None, float | None]:
    """Per cent that a part is of part and rest together, from bounds (low, high) of both; high −1: nothing known.

    The share part / (part + rest) grows with the part and falls with the rest, so that its bounds are reached where one
    is least and the other most.

    Returns:
        The share (None unless exact), its least and its most possible value; all None where there is nobody.
    """
    low = _ratio(part[0], rest[1]) if rest[1] >= 0 else 0.0
    high = _ratio(part[1], rest[0]) if part[1] >= 0 else 100.0
    exact = part[0] == part[1] and rest[0] == rest[1]
    return (low if exact else None), low, high


def _ratio(part: int, rest: int) -> float | None:
    return 100 * part / (part + rest) if part + rest else None
