"""Inhabitants by age and origin that somebody brought in: which numbers may stand beside each other.

Ages in a file may overlap (10 to 15, 10 to 20, everybody) and everybody stands beside who came from where. What is shown of
a municipality in a year is a tree: ages that do not overlap, each with its origins, and wider ages above them. The gate says
which of these numbers may be told; what overlaps otherwise is not handed to it, and of that nothing is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from driegesprek.evidence.disclosure import Known, Total, protect_cells
from driegesprek.region.people import Ages, outside_europe
from driegesprek.region.totals import level
from driegesprek.web.supply.guarding import Columns, Guarded, Key, added

_BY: Final = ("municipality", "row_year", "age_from", "age_to", "outside")
NOTHING: Final[Known] = (0, None)
Tree = dict[tuple[Ages, bool | None], Known]
"""By ages, and whether the origin is outside Europe; None for everybody."""
Handed = tuple[dict[Key, Known], list[Total]]
"""What goes to the gate: cells, and their totals."""


def people(columns: Columns, rows: Sequence[int]) -> Guarded:
    """Inhabitants as pages may have them; `rows` are those that no newer file has too."""
    wide = {**columns, "outside": [outside_europe(one) for one in columns["origin"]]}
    trees: dict[tuple[str, int], Tree] = {}
    for (town, year, start, end, outside), known in added(wide, _BY, rows).items():
        trees.setdefault((town, year), {})[(start, end), outside] = known
    shown = _guarded(trees)
    names = dict(zip(wide["outside"], columns["origin"], strict=True)) | {None: ""}
    made: dict[str, list[Any]] = {name: [] for name in columns}
    hidden = 0
    for (town, year), tree in shown.items():
        for ((start, end), outside), (low, high) in tree.items():
            values = (town, year, start, end, names[outside], low, high)
            for name, value in zip((*_BY[:-1], "origin", "low", "high"), values, strict=True):
                made[name].append(value)
            hidden += (low, high) != trees[town, year][(start, end), outside]
    return Guarded(made, hidden, len(columns["low"]) - len(rows))


def _guarded(trees: Mapping[tuple[str, int], Tree]) -> dict[tuple[str, int], Tree]:
    """Every municipality's tree; a province or country beside its municipalities is not known."""
    least: dict[int, int] = {}
    for town, year in trees:
        least[year] = min(level(town), least.get(year, 2))
    cells: dict[Key, Known] = {}
    totals: list[Total] = []
    for (town, year), tree in trees.items():
        if level(town) == least[year]:
            more, above = _tree(tree, (town, year))
            cells |= more
            totals += above
    told = protect_cells(cells, totals)
    return {
        place: {(span, outside): told.get((*place, span, outside), NOTHING) for span, outside in tree}
        for place, tree in trees.items()
    }


def _tree(tree: Tree, place: Key) -> Handed:
    """The narrowest ages that do not overlap, with their origins, and the wider ones that hold others whole."""
    spans = sorted({span for span, _ in tree}, key=lambda span: (span[1] - span[0], span))
    leaves: list[Ages] = []
    cells: dict[Key, Known] = {}
    totals: list[Total] = []
    for span in spans:
        if not any(_meet(span, one) for one in leaves):
            leaves.append(span)
            more, above = _leaf(tree, span, place)
            cells |= more
            totals += above
        elif (span, None) in tree and (inside := _inside(span, spans)):
            parts = tuple((*place, one, None) for one in inside)
            totals.append(Total((*place, span, None), tree[span, None], parts))
    return cells, totals


def _meet(one: Ages, other: Ages) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _within(one: Ages, other: Ages) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1]


def _leaf(tree: Tree, span: Ages, place: Key) -> Handed:
    """Everybody of some ages, and where they came from; without origins where those are not known exactly."""
    origins = {(*place, span, one): tree[span, one] for one in (True, False) if (span, one) in tree}
    if (span, None) not in tree:
        return origins, []
    key, whole = (*place, span, None), tree[span, None]
    if not origins or any(low != high for low, high in (whole, *origins.values())):
        return {key: whole}, []
    return origins, [Total(key, whole, tuple(origins))]


def _inside(span: Ages, spans: Iterable[Ages]) -> list[Ages]:
    """The widest ages within some, none where others cross them."""
    others = [one for one in spans if one != span and _meet(one, span)]
    within = [one for one in others if _within(one, span)]
    if any(not _within(one, span) and not _within(span, one) for one in others):
        return []
    return [one for one in within if not any(_within(one, other) for other in within)]
