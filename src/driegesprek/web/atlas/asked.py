"""What stands in an address of the atlas: which area, against which, of which year, of which tracks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from driegesprek import region
from driegesprek.web.atlas import words
from driegesprek.web.atlas.pages.compared import Compared, is_country
from driegesprek.web.supply import opendata

FIRST, LAST = 1990, 2100
LONGEST = 80


@dataclass(frozen=True)
class Asked:
    """The filters.

    Attributes:
        area: As `region` knows it.
        against: Another area.
        year: First year of the school year; None for the newest.
        tracks: Some of B, K, G; '' for all three.
    """

    area: str = "NL"
    against: str = "NL"
    year: int | None = None
    tracks: str = ""

    @property
    def query(self) -> str:
        """The same filters for another address."""
        given = {"area": self.area, "against": self.against, "year": self.year, "tracks": self.tracks}
        usual = {"area": "NL", "against": "NL", "year": None, "tracks": ""}
        return urlencode({name: value for name, value in given.items() if value != usual[name]})


def of(request: HttpRequest) -> Asked:
    """The filters of an address; what makes no sense is left out."""
    year = request.GET.get("year", "")
    known = year.isascii() and year.isdigit() and FIRST <= int(year[:5]) <= LAST
    tracks = request.GET.get("tracks", "")
    return Asked(
        area=_area(request, "area"),
        against=_area(request, "against"),
        year=int(year[:5]) if known else None,
        tracks=tracks if tracks in words.TRACKS and tracks != region.VOCATIONAL else "",
    )


def _area(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").strip()[:LONGEST] or "NL"


@dataclass(frozen=True)
class Silence:
    """Why there is nothing to show.

    Attributes:
        why: area, nothing or damaged.
        area: Of which it was asked.
    """

    why: str
    area: str
    detail: str = ""


def ask(question: Callable[[], Any], area: str) -> Any:
    """What a question about open data gives, or why it gives nothing."""
    try:
        return question()
    except region.UnknownAreaError:
        return Silence("area", area)
    except region.NothingImportedError:
        return Silence("nothing", area)
    except region.StoreError as error:
        return Silence("damaged", area, str(error))


def compared(name: str, asked: Asked) -> Compared | Silence:
    """An indicator of the area that is asked beside that of the other."""
    here = ask(lambda: opendata.indicator(name, asked.area, asked.year, asked.tracks), asked.area)
    if isinstance(here, Silence):
        return here
    if is_country(asked.area) and is_country(asked.against):
        return Compared(here, None)
    there = ask(lambda: opendata.indicator(name, asked.against, here.year, asked.tracks), asked.against)
    return Compared(here, None if isinstance(there, Silence) else there)
