"""What there is to choose: open data become supply, travel, flows, bottlenecks and what-if; no network, no clock.

``read`` reads a file of open data, ``Store`` keeps it, ``indicator`` answers a question about an area.
"""

from driegesprek.region.areas import Area, UnknownAreaError, region_sets
from driegesprek.region.asking import DEFINITIONS, indicator, trend
from driegesprek.region.bounds import Bounds
from driegesprek.region.dataset import Dataset, Kind
from driegesprek.region.indicator import Definition, Indicator, Row
from driegesprek.region.names import PROFILES, TECHNICAL, profile_name
from driegesprek.region.reading import read
from driegesprek.region.store import Change, Entry, Store, StoreError
from driegesprek.region.world import NothingImportedError, World, load

__all__ = [
    "DEFINITIONS",
    "PROFILES",
    "TECHNICAL",
    "Area",
    "Bounds",
    "Change",
    "Dataset",
    "Definition",
    "Entry",
    "Indicator",
    "Kind",
    "NothingImportedError",
    "Row",
    "Store",
    "StoreError",
    "UnknownAreaError",
    "World",
    "indicator",
    "load",
    "profile_name",
    "read",
    "region_sets",
    "trend",
]
