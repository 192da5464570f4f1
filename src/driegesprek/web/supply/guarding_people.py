"""Inhabitants by age and origin that somebody brought in: which numbers may stand beside each other.

Ages in a file may overlap (10 to 15, 10 to 20, everybody) and everybody stands beside who came from where. What is shown of
a municipality in a year is a tree: ages that do not overlap, each with its origins, and wider ages above them. A number
that would give away a small one, or a small rest, is not known.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from driegesprek.evidence.disclosure.bounds import NOTHING, Known, in_bounds, may_stand_beside
from driegesprek.region.people import Ages, outside_europe
from driegesprek.web.supply.guarding import Columns, Guarded, added, level

_BY: Final = ("municipality", "row_year", "age_from", "age_to", "outside")
Tree = dict[tuple[Ages, bool | None], Known]
"""By ages, and whether the origin is outside Europe; None for everybody."""


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
    return {
        (town, year): _tree(tree) if level(town) == least[year] else dict.fromkeys(tree, NOTHING)
        for (town, year), tree in trees.items()
    }


def _tree(tree: Tree) -> Tree:
    spans = sorted({span for span, _ in tree}, key=lambda span: (span[1] - span[0], span))
    leaves: list[Ages] = []
    shown: Tree = {}
    for span in spans:
        if any(_meet(span, one) for one in leaves):
            shown |= _wider(tree, span, spans)
        else:
            leaves.append(span)
            shown |= _leaf(tree, span)
    return shown


def _meet(one: Ages, other: Ages) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _within(one: Ages, other: Ages) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1]


def _leaf(tree: Tree, span: Ages) -> Tree:
    """Everybody of some ages, and where they came from as far as that gives nothing away."""
    origins = {one: tree[span, one] for one in (True, False) if (span, one) in tree}
    if (span, None) not in tree:
        return {(span, one): in_bounds(known) for one, known in origins.items()}
    whole = tree[span, None]
    together = may_stand_beside(whole, list(origins.values()))
    return {(span, None): in_bounds(whole)} | {
        (span, one): known if together else NOTHING for one, known in origins.items()
    }


def _wider(tree: Tree, span: Ages, spans: Iterable[Ages]) -> Tree:
    """Everybody of wider ages, where they may stand beside all that is narrower; of their origins nothing."""
    others = [one for one in spans if one != span and _meet(one, span)]
    inside = [one for one in others if _within(one, span)]
    crossed = any(not _within(one, span) and not _within(span, one) for one in others)
    parts = [one for one in inside if not any(_within(one, other) for other in inside)]
    known = [tree.get((one, None), NOTHING) for one in parts]
    shown = dict.fromkeys(((span, one) for one in (None, True, False) if (span, one) in tree), NOTHING)
    if (span, None) in tree and not crossed and may_stand_beside(tree[span, None], known):
        shown[span, None] = tree[span, None]
    return shown
