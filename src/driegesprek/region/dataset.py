"""One file of open data as columns, with where it came from and what was remarked while it was read."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What sort of open data a file holds."""

    PUPILS = "pupils"
    """Pupils per location, type of education, profile, year of the course and sex (DUO)."""
    PUPIL_TOTALS = "pupil_totals"
    """Pupils per location, without their type of education (DUO from 2024)."""
    VO_LOCATIONS = "vo_locations"
    """Addresses of locations for secondary education."""
    BO_LOCATIONS = "bo_locations"
    """Addresses of primary schools."""
    MBO_LOCATIONS = "mbo_locations"
    """Addresses of mbo locations."""
    EXAMS = "exams"
    """Candidates and graduates per location and profile or sector."""
    MBO_STUDENTS = "mbo_students"
    """Students in mbo by direction, route and municipality or institution."""
    TRAVEL = "travel"
    """Distance and time that mbo students travel, by municipality and direction."""
    FLOWS = "flows"
    """From a profile in vmbo to a direction in mbo: numbers of leavers."""
    POPULATION = "population"
    """Inhabitants by municipality, year, age and origin (CBS, or another's file in the same layout)."""
    SWITCHES = "switches"
    """Pupils or students from one school, profile or direction to another, by municipality and year."""
    CHANCES = "chances"
    """Work and pay after an mbo programme (documented layout)."""
    STATLINE = "statline"
    """A table of CBS StatLine: regions, periods, topics."""
    POSTCODES = "postcodes"
    """The middle of each postcode area."""
    POINTS = "points"
    """Coordinates of school locations (GeoJSON)."""
    BOUNDARIES = "boundaries"
    """Boundaries of municipalities (GeoJSON)."""
    TRAVEL_MATRIX = "travel_matrix"
    """Minutes between places, as r5py or others computed them."""
    SCHOOL_NOTES = "school_notes"
    REGION_SETS = "regions"
    """Regions of one's own: which municipalities are in each."""
    """What schools record themselves: electives, orientation elsewhere, late entry."""


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """What one file gave.

    Attributes:
        kind: What it holds.
        year: The first year of the school year, or the calendar year; 0 where the file knows none.
        source: The file's name, and who published it where that is known.
        sha256: Of the file's bytes: the same file is stored once.
        columns: Equally long columns by name.
        rows_read: Rows of the file, without the headings.
        notes: What the reader left out or could not use, in words.
        publisher: DUO or CBS where the layout is theirs, so that small numbers were protected already; '' else.
    """

    kind: Kind
    year: int
    source: str
    sha256: str
    columns: Mapping[str, Sequence[Any]]
    rows_read: int
    notes: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    publisher: str = ""

    @property
    def rows(self) -> int:
        """Number of rows kept."""
        return len(next(iter(self.columns.values()), ()))

    @property
    def name(self) -> str:
        """Under which it is kept: one per kind, year and, for tables of StatLine, table."""
        part = f"-{self.extra['table']}" if self.extra.get("table") else ""
        return f"{self.kind.value}{part}-{self.year or 'any'}"


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
