"""A plan says beforehand what is computed: the same statistics, levels and pivots wherever it runs.

It is JSON; docs/evidence-sums.md describes every key. A variable with ``levels`` is a category, any other a
number. A pivot that is not
named is 0.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from driegesprek.evidence.changes import ChangePlan
from driegesprek.evidence.comparisons import Correction
from driegesprek.evidence.contrasts import Contrast
from driegesprek.evidence.crosstabs import CrosstabPlan
from driegesprek.evidence.describing_sums import DescribePlan
from driegesprek.evidence.design import Design
from driegesprek.evidence.grid import CLASS_SIZE, POINTS, Grid
from driegesprek.evidence.mixed_models import DEPTH, MixedPlan
from driegesprek.evidence.problems import EvidenceError
from driegesprek.evidence.raking import Margin, check_margins
from driegesprek.evidence.regression import RegressionPlan
from driegesprek.evidence.reliability import MissingItems, ScalePlan, check_items
from driegesprek.evidence.terms import Term, blocks, terms, variables
from driegesprek.evidence.weighting import WeightsPlan

FORMAT = "driegesprek.plan"
VERSION = 1


@dataclass(frozen=True)
class Statistic:
    """One statistic of a plan.

    Attributes:
        name: Of its own in the plan.
        kind: describe, scale, regress, mixed, crosstab, change or weights.
        of: Its own plan.
        grid: Of classes within schools.
    """

    name: str
    kind: str
    of: Any
    grid: Grid | None = None

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables that it reads, in the order of the plan; the school's too."""
        return tuple(dict.fromkeys(name for name in _used(self) if name))


@dataclass(frozen=True)
class Plan:
    """What is computed.

    Attributes:
        title: For people.
        school: The variable that says which school.
        statistics: In order.
        written: The JSON object as given; two plans are the same when it is.
    """

    title: str
    school: str | None
    statistics: tuple[Statistic, ...]
    written: Mapping[str, Any]


def _used(one: Statistic) -> Iterator[str | None]:
    """Names of variables, some twice, and None for those that are not used."""
    of = one.of
    yield from getattr(of, "items", ())
    for key in ("pre", "post", "rows", "cols", "outcome"):
        yield getattr(of, key, None)
    if one.kind in {"regress", "mixed"}:
        yield from variables(of.design.terms)
    yield from getattr(of, "group", ())
    if one.kind == "weights":
        yield from (*of.mean, *of.total, *(margin.variable for margin in of.margins), of.strata, of.fpc)
    for key in ("cluster", "weights"):
        yield getattr(of, key, None)


def read_plan(path: Path) -> Plan:
    """A plan from a file.

    Raises:
        EvidenceError: ``no_file`` or ``bad_plan``.
    """
    try:
        return plan_of_text(path.read_text(encoding="utf-8-sig"), str(path))
    except (OSError, UnicodeError) as error:
        raise EvidenceError("no_file", f"{path} cannot be read: {error}.") from error


def plan_of_text(text: str, name: str = "This") -> Plan:
    """A plan from JSON text.

    Args:
        text: JSON.
        name: What the file is called, for the message.

    Raises:
        EvidenceError: ``bad_plan``, ``newer_plan``.
    """
    try:
        return plan_of(json.loads(text))
    except (ValueError, RecursionError) as error:
        if isinstance(error, EvidenceError):
            raise
        raise EvidenceError("bad_plan", f"{name} is not JSON: {error}.") from error


def plan_of(held: Any) -> Plan:
    """A plan from its JSON object.

    Raises:
        EvidenceError: ``bad_plan``: says what is missing or not understood, and where.
    """
    if not isinstance(held, dict) or held.get("format") != FORMAT:
        raise EvidenceError("bad_plan", f'This is not a plan: "format" should be "{FORMAT}".')
    check_version(held.get("version"), VERSION, "plan")
    listed = held.get("statistics")
    if not isinstance(listed, list) or not listed:
        raise EvidenceError("bad_plan", 'A plan has "statistics": a list of one or more.')
    found = tuple(_statistic(one, place) for place, one in enumerate(listed, 1))
    names = [one.name for one in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise EvidenceError("bad_plan", f"Two statistics of the plan are called {twice!r}.")
    school = held.get("school")
    return Plan(str(held.get("title", "")), None if school is None else str(school), found, held)


def check_version(given: Any, known: int, what: str) -> None:
    """Refuse a file of another version.

    Raises:
        EvidenceError: ``newer_plan`` or ``newer_sums``; ``bad_plan`` or ``bad_sums`` where it is no version at all.
    """
    if isinstance(given, int) and given > known:
        raise EvidenceError(
            f"newer_{what}",
            f"This is version {given} of a {what} file; this program reads version {known}. Install a newer one.",
        )
    if given != known or isinstance(given, bool):
        raise EvidenceError(f"bad_{what}", f'"version" is {given!r}; this program reads version {known}.')


def _statistic(held: Any, place: int) -> Statistic:
    kind = held.get("kind") if isinstance(held, dict) else None
    if kind not in _KINDS:
        raise EvidenceError(
            "bad_plan", f"Statistic {place}: the kind {kind!r} is not one of {', '.join(_KINDS)}."
        )
    name = str(held.get("name") or f"{kind}{place}")
    try:
        made = _KINDS[kind](_Keys(held, name))
    except EvidenceError:
        raise
    except (TypeError, AttributeError, LookupError, ValueError) as error:
        raise EvidenceError("bad_plan", f"Statistic {name!r}: {error}.") from error
    return made if isinstance(made, Statistic) else Statistic(name, kind, made)


class _Keys:
    """The keys of one statistic, checked one by one."""

    def __init__(self, held: Mapping[str, Any], name: str) -> None:
        self.held, self.name = held, name

    def text(self, key: str) -> str:
        value = self.held.get(key)
        if not isinstance(value, str) or not value:
            raise EvidenceError("bad_plan", f"Statistic {self.name!r} needs {key!r}, a text.")
        return value

    def maybe(self, key: str) -> str | None:
        return self.text(key) if self.held.get(key) is not None else None

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.held.get(key, [])
        if not isinstance(value, list):
            raise EvidenceError("bad_plan", f"Statistic {self.name!r}: {key!r} should be a list.")
        return tuple(str(one) for one in value)

    def levels(self, key: str = "levels") -> dict[str, tuple[str, ...]]:
        return {str(name): tuple(map(str, held)) for name, held in dict(self.held.get(key) or {}).items()}

    def pivots(self, names: Sequence[str]) -> dict[str, float]:
        given = dict(self.held.get("pivots") or {})
        if stray := set(given) - set(names):
            raise EvidenceError(
                "bad_plan", f"Statistic {self.name!r}: a pivot for {min(stray)!r}, which is no number here."
            )
        return {name: float(given.get(name, 0.0)) for name in names}

    def design(self, found: Sequence[Term], outcome: str) -> Design:
        levels = self.levels()
        names = variables(found)
        if stray := set(levels) - set(names):
            raise EvidenceError(
                "bad_plan", f"Statistic {self.name!r}: levels of {min(stray)!r}, which is in no term."
            )
        numbers = [name for name in names if name not in levels]
        return Design(tuple(found), levels, self.pivots([*numbers, outcome]))


def _describe(keys: _Keys) -> DescribePlan:
    items, levels = keys.texts("items"), keys.levels()
    if not items or len(set(items)) < len(items):
        raise EvidenceError("bad_plan", f"Statistic {keys.name!r} needs 'items', each of them once.")
    if stray := set(levels) - set(items):
        raise EvidenceError(
            "bad_plan", f"Statistic {keys.name!r}: levels of {min(stray)!r}, which is no item."
        )
    pivots = keys.pivots([name for name in items if name not in levels])
    return DescribePlan(items, levels, pivots, keys.maybe("weights"))


def _scale(keys: _Keys) -> ScalePlan:
    items, reverse = keys.texts("items"), keys.texts("reverse")
    check_items(items, reverse)
    pivots = keys.pivots(items)
    span = keys.held.get("span")
    if reverse and not span:
        raise EvidenceError(
            "bad_plan", f"Statistic {keys.name!r} reverses items and needs their span, as [1, 5]."
        )
    missing = MissingItems(keys.maybe("missing") or "listwise")
    limits = (float(span[0]), float(span[1])) if span else None
    return ScalePlan(items, reverse, missing, tuple(pivots.values()), limits, keys.maybe("weights"))


def _regress(keys: _Keys) -> RegressionPlan:
    found, outcome = blocks(keys.text("blocks")), keys.text("outcome")
    made = keys.design([term for block in found for term in block], outcome)
    contrasts = tuple(Contrast(str(a), str(b)) for a, b in dict(keys.held.get("contrasts") or {}).items())
    return RegressionPlan(outcome, found, made, keys.maybe("cluster"), keys.maybe("weights"), contrasts)


def _mixed(keys: _Keys) -> Statistic:
    found, outcome = terms(keys.maybe("fixed") or ""), keys.text("outcome")
    group = tuple(one.strip() for one in keys.text("group").split(","))
    given = dict(keys.held.get("grid") or {})
    grid = Grid(int(given.get("points", POINTS)), float(given.get("class_size", CLASS_SIZE)))
    if not 1 <= len(set(group)) == len(group) <= DEPTH or grid.points < 8 or grid.class_size <= 0:  # noqa: PLR2004 -- fewer is no grid
        raise EvidenceError(
            "bad_plan", f"Statistic {keys.name!r}: group is school or school,class; a grid has 8 points."
        )
    made = MixedPlan(outcome, keys.design(found, outcome), group)
    return Statistic(keys.name, "mixed", made, grid if len(group) == DEPTH else None)


def _crosstab(keys: _Keys) -> CrosstabPlan:
    levels = keys.levels()
    rows, cols = keys.text("rows"), keys.text("cols")
    if set(levels) != {rows, cols}:
        raise EvidenceError("bad_plan", f"Statistic {keys.name!r} needs the levels of {rows!r} and {cols!r}.")
    if len({rows, cols, keys.maybe("cluster")}) < 3:  # noqa: PLR2004 -- None counts as one
        raise EvidenceError(
            "bad_plan", f"Statistic {keys.name!r}: rows, columns and clusters are three different variables."
        )
    return CrosstabPlan(
        rows,
        cols,
        levels[rows],
        levels[cols],
        bool(keys.held.get("ordered", False)),
        keys.maybe("cluster"),
        keys.maybe("weights"),
        Correction(keys.maybe("correction") or "holm"),
    )


def _change(keys: _Keys) -> ChangePlan:
    pre, post = keys.text("pre"), keys.text("post")
    return ChangePlan(
        pre,
        post,
        keys.pivots([pre, post]),
        float(keys.held.get("least", 0.0)),
        bool(keys.held.get("higher_is_better", True)),
        keys.maybe("cluster"),
        keys.maybe("weights"),
    )


def _weights(keys: _Keys) -> WeightsPlan:
    given = keys.held.get("margins") or []
    margins = tuple(Margin(str(one["variable"]), str(one["level"]), float(one["total"])) for one in given)
    check_margins(margins)
    mean, total = keys.texts("mean"), keys.texts("total")
    trim = keys.held.get("trim")
    return WeightsPlan(
        keys.maybe("weights"),
        margins,
        None if trim is None else float(trim),
        keys.maybe("cluster"),
        keys.maybe("strata"),
        keys.maybe("fpc"),
        mean,
        total,
        keys.pivots(tuple(dict.fromkeys([*mean, *total]))),
    )


_KINDS: dict[str, Any] = {
    "describe": _describe,
    "scale": _scale,
    "regress": _regress,
    "mixed": _mixed,
    "crosstab": _crosstab,
    "change": _change,
    "weights": _weights,
}
