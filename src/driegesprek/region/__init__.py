"""What there is to choose: open data become supply, travel, flows, bottlenecks and what-if; no network, no clock.

``read`` reads a file of open data, ``Store`` keeps it, ``indicator`` answers a question about an area.
"""

from driegesprek.region.areas import Area, UnknownAreaError, region_sets, regions
from driegesprek.region.asking import (
    DEFINITIONS,
    beside_comparable,
    indicator,
    kind_of,
    named,
    trend,
    years_of,
)
from driegesprek.region.association import Association, supply_and_choice
from driegesprek.region.bottlenecks import Bottleneck, bottlenecks, in_words
from driegesprek.region.bounds import Bounds
from driegesprek.region.comparable import RULE as COMPARABLE_RULE
from driegesprek.region.comparable import Comparable, comparable
from driegesprek.region.dataset import Dataset, Kind
from driegesprek.region.everywhere import everywhere
from driegesprek.region.grid import Boundary, Grid, boundaries, grid
from driegesprek.region.indicator import Definition, Indicator, Row
from driegesprek.region.names import PROFILES, TECHNICAL, profile_key, profile_name
from driegesprek.region.nearest import (
    Gazetteer,
    Near,
    Place,
    UnknownPlaceError,
    find_place,
    gazetteer,
    nearest,
    nearest_with,
    offer,
    supplied_minutes,
)
from driegesprek.region.notes import Note, said
from driegesprek.region.optimiser import Plan, own_location, within_reach
from driegesprek.region.partitions import own_sets
from driegesprek.region.pathways import LEVELS, Chance, Pathways, Towards, chances_by_direction, pathways
from driegesprek.region.reading import contradictions, read
from driegesprek.region.scenario import Annex, Effect, Result, Scenario, ScenarioError
from driegesprek.region.scenario import Change as ScenarioChange
from driegesprek.region.scenario import from_json as scenario_from_json
from driegesprek.region.scenario import to_json as scenario_to_json
from driegesprek.region.sources import Source, sources
from driegesprek.region.store import Change, Entry, Store, StoreError
from driegesprek.region.what_if import DISCLAIMER, work_out
from driegesprek.region.world import VOCATIONAL, NothingImportedError, World, load, readable

__all__ = [
    "COMPARABLE_RULE",
    "DEFINITIONS",
    "DISCLAIMER",
    "LEVELS",
    "PROFILES",
    "TECHNICAL",
    "VOCATIONAL",
    "Annex",
    "Area",
    "Association",
    "Bottleneck",
    "Boundary",
    "Bounds",
    "Chance",
    "Change",
    "Comparable",
    "Dataset",
    "Definition",
    "Effect",
    "Entry",
    "Gazetteer",
    "Grid",
    "Indicator",
    "Kind",
    "Near",
    "Note",
    "NothingImportedError",
    "Pathways",
    "Place",
    "Plan",
    "Result",
    "Row",
    "Scenario",
    "ScenarioChange",
    "ScenarioError",
    "Source",
    "Store",
    "StoreError",
    "Towards",
    "UnknownAreaError",
    "UnknownPlaceError",
    "World",
    "beside_comparable",
    "bottlenecks",
    "boundaries",
    "chances_by_direction",
    "comparable",
    "contradictions",
    "everywhere",
    "find_place",
    "gazetteer",
    "grid",
    "in_words",
    "indicator",
    "kind_of",
    "load",
    "named",
    "nearest",
    "nearest_with",
    "offer",
    "own_location",
    "own_sets",
    "pathways",
    "profile_key",
    "profile_name",
    "read",
    "readable",
    "region_sets",
    "regions",
    "said",
    "scenario_from_json",
    "scenario_to_json",
    "sources",
    "supplied_minutes",
    "supply_and_choice",
    "trend",
    "within_reach",
    "work_out",
    "years_of",
]
