"""Four pages for every family about choosing together; what differs is whether the child is at vmbo or at havo or vwo.

They come from the four opportunities of YoungWorks 2020 (section 4.2), which were meant for different kinds of parents.
Nobody is put into a kind here: everybody can read all four.
"""

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter

from driegesprek.content.files import HERE, rows

LEVELS = ("vmbo", "havo_vwo")


@dataclass(frozen=True, slots=True)
class Opportunity:
    """One page; every attribute but the first is the key of a text, or several, for ``text(key, language)``.

    Attributes:
        key: Name of the page, for its address.
        title_key: Its heading.
        intro_key: What it begins with.
        point_keys: What one can do, in order.
        ask_key: A question to ask at home.
    """

    key: str
    title_key: str
    intro_key: str
    point_keys: tuple[str, ...]
    ask_key: str


@cache
def opportunities(level: str = "vmbo") -> tuple[Opportunity, ...]:
    """Give the four pages in order.

    Args:
        level: ``vmbo`` or ``havo_vwo``.

    Raises:
        KeyError: if there is no such level.
    """
    if level not in LEVELS:
        raise KeyError(f"no level {level!r}; there are {', '.join(LEVELS)}")
    found = [row for row in rows(HERE / "pages" / "opportunities.csv") if row["level"] in {"", level}]
    return tuple(_page(key, list(block)) for key, block in groupby(found, itemgetter("page")))


def _page(key: str, block: list[dict[str, str]]) -> Opportunity:
    texts = {
        part: [row["text"] for row in block if row["part"] == part] for part in ("title", "intro", "ask")
    }
    points = tuple(row["text"] for row in block if row["part"] == "point")
    return Opportunity(key, texts["title"][0], texts["intro"][0], points, texts["ask"][0])
