"""Rows that are totals of other rows, known by their names: a file that holds both must not be added up twice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from driegesprek.region.areas import COUNTRY, regions
from driegesprek.region.columns import Columns
from driegesprek.region.dataset import Kind
from driegesprek.region.names import plain

COUNTRY_CODES: Final[Mapping[str, str]] = {"NL00": "Nederland", "NL01": "Nederland", "NL10": "Nederland"}
"""As CBS writes them."""
_TOTAL: Final = re.compile(r"\b(?:\w*tota(?:al|len)|total|all|allen?|samen|iedereen)\b")
_PROVINCES: Final = frozenset(
    "drenthe flevoland friesland fryslan gelderland limburg noord brabant noord holland overijssel zeeland zuid holland"
    .replace("noord ", "noord_").replace("zuid ", "zuid_").split()
)  # fmt: skip
"""Without Groningen and Utrecht, which are municipalities too."""
PARTED: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.FLOWS: ("municipality", "profile", "direction"),
    Kind.SWITCHES: ("region", "period", "switch_from", "switch_to"),
    Kind.MBO_STUDENTS: ("municipality", "home_municipality", "year", "direction", "programme", "route", "level", "sex"),
    Kind.TRAVEL: ("home_municipality", "municipality", "direction"),
    Kind.PUPILS: ("brin", "location", "type", "profile", "grade", "sex"),
    Kind.PUPIL_TOTALS: ("brin", "location"),
    Kind.EXAMS: ("brin", "location", "type", "track", "profile"),
}  # fmt: skip
"""Of each kind the columns by which its numbers are cut up, and in which a total may stand."""


@lru_cache(maxsize=20_000)
def level(name: str) -> int:
    """What a name of a place or group stands for: 0 one, 1 a province or region, 2 everything or nothing told."""
    words = plain(name)
    if not words or words in COUNTRY or words.upper() in COUNTRY_CODES or _TOTAL.search(words):
        return 2
    known = regions()
    names = {plain(one) for one, _members in known.values()}
    return int(words.replace(" ", "_") in _PROVINCES or words in known or words in names)


@lru_cache(maxsize=20_000)
def is_total(name: str) -> bool:
    """Whether a name says that its row is a total: it begins so ('Totaal', 'alle richtingen')."""
    return _TOTAL.match(plain(name)) is not None


def without_totals(columns: Columns, kind: Kind) -> Columns:
    """The table without rows that are totals of other rows in it; those are told among the rows that were left out.

    A row that says 'Totaal' stays where no row in parts agrees with the rest of it: then there is no other number.
    """
    texts = [columns.texts(one) for one in PARTED.get(kind, ()) if columns.has(one)]
    own = list(zip(*texts, strict=True))
    said = [tuple(map(is_total, row)) for row in own]
    drop = _of_others(own, said) if any(map(any, said)) else set()
    if not drop:
        return columns
    table = columns.table
    rows = tuple(row for at, row in enumerate(table.rows) if at not in drop)
    out = tuple(row for at, row in enumerate(table.rows) if at in drop)
    return Columns(replace(table, rows=rows, left_out=(*table.left_out, *out)), columns.findings)


def _of_others(own: Sequence[tuple[str, ...]], said: Sequence[tuple[bool, ...]]) -> set[int]:
    """The places of totals of which the parts are there."""
    parts = [row for row, totals in zip(own, said, strict=True) if not any(totals)]
    known: dict[tuple[int, ...], set[Any]] = {}
    found = set()
    for at, (row, totals) in enumerate(zip(own, said, strict=True)):
        if any(totals):
            fixed = tuple(n for n, total in enumerate(totals) if not total and row[n].strip())
            if fixed not in known:
                known[fixed] = {tuple(plain(part[n]) for n in fixed) for part in parts}
            if tuple(plain(row[n]) for n in fixed) in known[fixed]:
                found.add(at)
    return found


def of_country(names: Sequence[str]) -> list[int]:
    """The rows that together are the country: its own where there are, else those of places, not of regions of these."""
    own = [row for row, one in enumerate(names) if plain(one) in COUNTRY]
    if own:
        return own
    levels = [level(one) if one else 0 for one in names]
    least = min(levels, default=0)
    return [row for row, one in enumerate(levels) if one == least]
