"""Sums of a plan: made where the rows are, added over schools, and turned into results.

The JSON form is documented in docs/evidence-sums.md. Sums are personal data until
:func:`driegesprek.evidence.disclosure.sums.protect_sums` has passed them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from driegesprek.evidence.cells import Cells, collect_cells
from driegesprek.evidence.changes import changed, collect_change
from driegesprek.evidence.crosstabs import crosstabulated
from driegesprek.evidence.data import Data
from driegesprek.evidence.grid import GridSums, SchoolTotals, school_totals
from driegesprek.evidence.mixed_models import check_groups, collect_mixed, fitted, mixed_model
from driegesprek.evidence.moments import Moments
from driegesprek.evidence.nested import Nested
from driegesprek.evidence.pairs import Pairs
from driegesprek.evidence.plans import Plan, Statistic, plan_of
from driegesprek.evidence.problems import EvidenceError, no_data, no_variance
from driegesprek.evidence.regression import collect_regression, regression
from driegesprek.evidence.reliability import collect_scale, reliability
from driegesprek.evidence.solving import solve
from driegesprek.evidence.weighting import collect_weights, weighted

FORMAT = "driegesprek.sums"
VERSION = 1
Part = Any
"""Moments, Nested, SchoolTotals, Pairs or Cells."""


@dataclass(frozen=True, eq=False)
class Sums:
    """The sums of a plan.

    Attributes:
        plan: What they are of.
        parts: Per statistic.
        withheld: Statistics that the gate did not let out, with the reason.
        released: Whether the gate has passed them.
    """

    plan: Plan
    parts: Mapping[str, Part]
    withheld: Mapping[str, str]
    released: bool = False

    def __add__(self, other: "Sums") -> "Sums":
        """The sums of both; a statistic that one withheld counts the other only.

        Raises:
            EvidenceError: ``other_plan``.
        """
        if dict(self.plan.written) != dict(other.plan.written):
            raise EvidenceError(
                "other_plan", "These sums were made by different plans; they cannot be added."
            )
        parts = dict(self.parts)
        for name, part in other.parts.items():
            parts[name] = parts[name] + part if name in parts else part
        withheld = {**self.withheld, **other.withheld}
        return Sums(self.plan, parts, withheld, self.released and other.released)

    def to_plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "released": self.released,
            "plan": dict(self.plan.written),
            "withheld": dict(self.withheld),
            "parts": {name: part.to_plain() for name, part in self.parts.items()},
        }

    def to_json(self) -> str:
        """JSON text."""
        return json.dumps(self.to_plain(), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Sums":
        """What :meth:`to_json` made.

        Raises:
            EvidenceError: ``bad_sums``.
        """
        try:
            held = json.loads(text)
            if held["format"] != FORMAT or held["version"] != VERSION:
                raise EvidenceError(
                    "bad_sums", f'These are not sums: "format" should be "{FORMAT}", version {VERSION}.'
                )
            plan = plan_of(held["plan"])
            kinds = {one.name: one for one in plan.statistics}
            parts = {name: _kind(kinds[name]).from_plain(one) for name, one in held["parts"].items()}
            return cls(plan, parts, dict(held["withheld"]), bool(held["released"]))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            if isinstance(error, EvidenceError):
                raise
            raise EvidenceError("bad_sums", f"These sums cannot be read: {error}.") from error


def _kind(of: Statistic) -> Any:
    if of.kind == "mixed":
        return SchoolTotals if of.grid else Nested
    return {"scale": Pairs, "regress": Moments}.get(of.kind, Cells)


def make_sums(data: Data, plan: Plan, *, school: str | None = None) -> Sums:
    """The sums of a plan over a file.

    Args:
        data: The respondents.
        plan: What is computed.
        school: Name of the school, where the file is of one and has no such variable.

    Raises:
        EvidenceError: A variable is unknown or not a number, or a level is not in the plan.
    """
    if school is not None and plan.school:
        import ibis  # noqa: PLC0415 -- heavy

        data = data.with_column(plan.school, ibis.literal(school), category=True)
    return Sums(plan, {one.name: _collected(data, one) for one in plan.statistics}, {})


def _collected(data: Data, one: Statistic) -> Part:
    if one.kind == "mixed":
        nested = collect_mixed(data, one.of)
        # What is sent has no products per school, so that one school and all together are computed from the same.
        return school_totals(nested, one.grid) if one.grid else replace(nested, schools=(), by_school=None)
    if one.kind == "crosstab":
        by = [one.of.rows, one.of.cols, *([one.of.cluster] if one.of.cluster else [])]
        return collect_cells(data, by, weights=one.of.weights)
    collectors: dict[str, Any] = {
        "scale": collect_scale,
        "regress": collect_regression,
        "change": collect_change,
        "weights": collect_weights,
    }
    return collectors[one.kind](data, one.of)


def results(sums: Sums) -> dict[str, Any]:
    """Per statistic its result; what cannot be estimated is its named error."""
    found = {}
    for one in sums.plan.statistics:
        try:
            found[one.name] = _result(one, sums.parts[one.name]) if one.name in sums.parts else None
        except EvidenceError as error:
            found[one.name] = error
    return found


def _result(one: Statistic, part: Part) -> Any:
    if one.kind == "mixed":
        return _grid_model(one, part) if one.grid else mixed_model(one.of, part)
    if one.kind == "crosstab":
        return crosstabulated(_seen(one.of, part), part)
    makers: dict[str, Any] = {
        "scale": reliability,
        "regress": regression,
        "change": changed,
        "weights": weighted,
    }
    return makers[one.kind](one.of, part)


def _seen(plan: Any, cells: Cells) -> Any:
    """The table without levels that nobody has."""
    unknown = [
        (plan.rows, {key[0] for key in cells.sums} - set(plan.row_levels)),
        (plan.cols, {key[1] for key in cells.sums} - set(plan.col_levels)),
    ]
    for name, extra in unknown:
        if extra:
            raise EvidenceError(
                "unknown_level", f"{name!r} has the value {min(extra)!r}, which is not in the plan."
            )
    rows = tuple(level for level in plan.row_levels if any(key[0] == level for key in cells.sums))
    cols = tuple(level for level in plan.col_levels if any(key[1] == level for key in cells.sums))
    return replace(plan, row_levels=rows, col_levels=cols)


def _grid_model(one: Statistic, totals: SchoolTotals) -> Any:
    if not totals.n.sum():
        raise no_data(one.of.outcome)
    sizes = {one.of.group[0]: len(totals.schools), one.of.group[1]: int(totals.classes.sum())}
    check_groups(sizes)
    solved = solve(totals.cross, totals.pivot)
    if solved.total <= 1e-12 * float(totals.cross[-1, -1]):
        raise no_variance(one.of.outcome)
    columns = [0, *(column + 1 for column in solved.kept), len(totals.names) - 1]
    return fitted(one.of, GridSums(totals, columns), solved, totals.pivot, sizes, rows=None)


def combine(files: Sequence[Path]) -> Sums:
    """The sums of several files together.

    Raises:
        EvidenceError: ``no_file``, ``bad_sums``, ``other_plan`` or ``same_school``.
    """
    total: Sums | None = None
    for path in files:
        try:
            one = Sums.from_json(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeError) as error:
            raise EvidenceError("no_file", f"{path} cannot be read: {error}.") from error
        total = one if total is None else total + one
    if total is None:
        raise EvidenceError("no_file", "There are no sums to combine.")
    return total
