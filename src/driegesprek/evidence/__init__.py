"""What the answers show: sums become tables, scales, effects and weights; one gate decides what may be shown.

``count`` makes sums of a wide file with its codebook; ``percentages`` and ``shown_inside`` make tables for within a school;
``disclosure.protect`` makes the only tables that may leave it. ``load`` opens a file of respondents;
``describe``, ``crosstab``,
``scale``, ``change``, ``regress``, ``mixed``, ``weights`` and ``power`` say what it shows. Everything is computed from sums.
"""

import importlib
from typing import TYPE_CHECKING, Any

from driegesprek.evidence import disclosure
from driegesprek.evidence.counts import Absence, Answer, CountedQuestion, Counts, CountsError, Group
from driegesprek.evidence.counts_json import from_json, to_json
from driegesprek.evidence.disclosure import InsideTables, ProtectedTables, shown_inside
from driegesprek.evidence.problems import EvidenceError
from driegesprek.evidence.shares import Hidden, Row, Share, percentages, wilson

if TYPE_CHECKING:
    from driegesprek.evidence.changes import Change, change
    from driegesprek.evidence.classes_needed import Power, power
    from driegesprek.evidence.counting import count
    from driegesprek.evidence.crosstabs import Crosstab, crosstab
    from driegesprek.evidence.data import Data
    from driegesprek.evidence.data import of as table
    from driegesprek.evidence.describing import Description, describe
    from driegesprek.evidence.files import load
    from driegesprek.evidence.imputing import regress_imputed
    from driegesprek.evidence.mixed_models import Mixed, mixed
    from driegesprek.evidence.raking import Margin
    from driegesprek.evidence.regression import Regression, regress
    from driegesprek.evidence.reliability import Scale, scale
    from driegesprek.evidence.weighting import Weights, weights

# Heavy libraries are loaded when something is computed, not when the house starts.
_LATER = {
    "Change": "changes",
    "Crosstab": "crosstabs",
    "Data": "data",
    "Description": "describing",
    "Margin": "raking",
    "Mixed": "mixed_models",
    "Power": "classes_needed",
    "Regression": "regression",
    "Scale": "reliability",
    "Weights": "weighting",
    "change": "changes",
    "count": "counting",
    "crosstab": "crosstabs",
    "describe": "describing",
    "load": "files",
    "mixed": "mixed_models",
    "power": "classes_needed",
    "regress": "regression",
    "regress_imputed": "imputing",
    "scale": "reliability",
    "weights": "weighting",
}

__all__ = [
    "Absence",
    "Answer",
    "Change",
    "CountedQuestion",
    "Counts",
    "CountsError",
    "Crosstab",
    "Data",
    "Description",
    "EvidenceError",
    "Group",
    "Hidden",
    "InsideTables",
    "Margin",
    "Mixed",
    "Power",
    "ProtectedTables",
    "Regression",
    "Row",
    "Scale",
    "Share",
    "Weights",
    "change",
    "count",
    "crosstab",
    "describe",
    "disclosure",
    "from_json",
    "load",
    "mixed",
    "percentages",
    "power",
    "regress",
    "regress_imputed",
    "scale",
    "shown_inside",
    "table",
    "to_json",
    "weights",
    "wilson",
]


def __getattr__(name: str) -> Any:
    """What needs heavy libraries, imported when it is asked for."""
    if name == "table":
        return importlib.import_module("driegesprek.evidence.data").of
    if name in _LATER:
        return getattr(importlib.import_module(f"driegesprek.evidence.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
