"""Where open data are published: addresses as data, each with the day on which it was last seen to work."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """One public file.

    Attributes:
        key: Its name on the command line.
        title: As the publisher calls it.
        publisher: Who publishes it.
        kind: What it should be recognised as.
        url: Where.
        licence: As stated.
        verified_on: ISO date on which somebody saw the address work, or `unverified`.
    """

    key: str
    title: str
    publisher: str
    kind: str
    url: str
    licence: str
    verified_on: str


@cache
def sources() -> dict[str, Source]:
    """All public addresses that we know, by key."""
    path = Path(__file__).parent / "data" / "sources.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["key"]: Source(**row) for row in csv.DictReader(file)}
