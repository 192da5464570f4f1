"""Whose layout a file has: publishers of open data protect small numbers, others may not have done so."""

from collections.abc import Iterable
from typing import Final

from driegesprek.region.dataset import Kind
from driegesprek.region.names import plain

OF_DUO: Final = frozenset({Kind.PUPILS, Kind.PUPIL_TOTALS, Kind.EXAMS})
"""Kinds of which there is no other layout than DUO's."""
_INSTITUTION: Final = frozenset({"instellingscode", "brin nummer", "brinnummer"})
_ROUTES: Final = frozenset({"bbl", "boldt", "bolvt"})
_REGIONS: Final = frozenset({"regio s", "regios"})


def publisher(kind: Kind, headings: Iterable[str]) -> str:
    """DUO or CBS where the headings are theirs; '' where they are others', or may be."""
    words = {plain(one) for one in headings}
    if kind in OF_DUO or (kind is Kind.MBO_STUDENTS and _is_of_duo(words)):
        return "DUO"
    return "CBS" if kind is Kind.POPULATION and _is_of_cbs(words) else ""


def _is_of_duo(words: set[str]) -> bool:
    """Students by institution, by route beside each other, by year and sex, or marked where privacy was protected."""
    by_year = "type mbo" in words and any(one.startswith("totaal 20") for one in words)
    return bool(words & _INSTITUTION) and (words >= _ROUTES or by_year or "indicatieavg" in words)


def _is_of_cbs(words: set[str]) -> bool:
    """Inhabitants as StatLine has them, from the site or by OData."""
    counted = any(one.startswith(("bevolking op 1 januari", "bevolkingop1januari")) for one in words)
    return bool(words & _REGIONS) and "perioden" in words and counted
