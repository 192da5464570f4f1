"""Every address of the site, found in Django's own resolver."""

import csv
import functools
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, get_resolver

TABLE = Path(__file__).with_name("access_table.csv")


@functools.cache
def answers():
    """What every address answers to whom: rows of the committed table by (name, method)."""
    with TABLE.open(newline="") as file:
        return {(row["address"], row["method"]): row for row in csv.DictReader(file)}


@dataclass(frozen=True)
class Address:
    name: str
    parameters: tuple[str, ...]
    view: object


def all_addresses():
    """All named addresses, namespaces included; an address without a name is a mistake."""
    return sorted(_below(get_resolver().url_patterns, ""), key=lambda one: one.name)


def _below(patterns, namespace):
    for one in patterns:
        if isinstance(one, URLPattern):
            assert one.name, f"{one.pattern} has no name"
            yield Address(f"{namespace}{one.name}", tuple(one.pattern.converters), one.callback)
        else:
            yield from _below(one.url_patterns, f"{one.namespace}:" if one.namespace else namespace)
