"""Sums of a plan: made where the rows are, added over schools, and turned into results.

The JSON form is documented in docs/evidence-sums.md. Sums are personal data until
:func:`driegesprek.evidence.disclosure.sums.protect_sums` has passed them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from driegesprek.evidence.cells import Cells
from driegesprek.evidence.changes import changed
from driegesprek.evidence.collecting import Part, nobody_of, only_known, parts_in_memory, parts_of, read_part
from driegesprek.evidence.crosstabs import crosstabulated
from driegesprek.evidence.data import Data, collected, text_in_table
from driegesprek.evidence.describing_sums import described
from driegesprek.evidence.grid import GridSums, SchoolTotals
from driegesprek.evidence.held import Held
from driegesprek.evidence.mixed_models import check_groups, fitted, mixed_model
from driegesprek.evidence.plans import Plan, Statistic, check_version, plan_of
from driegesprek.evidence.problems import EvidenceError, no_data, no_variance
from driegesprek.evidence.reading import Node
from driegesprek.evidence.regression import regression
from driegesprek.evidence.reliability import reliability
from driegesprek.evidence.solving import solve
from driegesprek.evidence.weighting import weighted

FORMAT = "driegesprek.sums"
VERSION = 1


@dataclass(frozen=True, eq=False)
class Sums:
    """The sums of a plan.

    Attributes:
        plan: What they are of.
        parts: Per statistic.
        withheld: Statistics that the gate did not let out, with the reason.
        released: Whether the gate has passed them.
        schools: Whose they are; empty where that is not known (files of before this was kept).
    """

    plan: Plan
    parts: Mapping[str, Part]
    withheld: Mapping[str, str]
    released: bool = False
    schools: tuple[str, ...] = ()

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
        schools = tuple(dict.fromkeys([*self.schools, *other.schools]))
        return Sums(self.plan, parts, withheld, self.released and other.released, schools)

    def to_plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "released": self.released,
            "schools": list(self.schools),
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
            EvidenceError: ``bad_sums``, ``newer_sums``, or what is wrong with its plan.
        """
        try:
            held = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise EvidenceError(
                "bad_sums", f"These sums cannot be read: they are not JSON ({error})."
            ) from error
        if not isinstance(held, dict) or held.get("format") != FORMAT:
            raise EvidenceError("bad_sums", f'These are not sums: "format" should be "{FORMAT}".')
        check_version(held.get("version"), VERSION, "sums")
        return cls._read(Node(held))

    @classmethod
    def _read(cls, held: Node) -> "Sums":
        plan = plan_of(held.at("plan").value)
        nobody = nobody_of(plan)
        kept, given = held.at("withheld").named(), held.at("parts").named()
        for name, node in [*kept.items(), *given.items()]:
            if name not in nobody:
                raise node.wrong("of a statistic of the plan")
        withheld = {name: node.text() for name, node in kept.items()}
        parts = {
            one.name: read_part(one, given[one.name], nobody[one.name])
            for one in plan.statistics
            if one.name in given
        }
        schools = held.at("schools").texts() if "schools" in held.value else ()
        return cls(plan, parts, withheld, held.at("released").flag(), schools)


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
    return Sums(plan, parts_of(data, plan), {}, schools=_schools(data, plan, school))


def _schools(data: Data, plan: Plan, school: str | None) -> tuple[str, ...]:
    if school is not None:
        return (school,)
    if plan.school is None or plan.school not in data.columns:
        return ()
    found = collected(data.table.select(school=text_in_table(data.table[plan.school])).distinct())
    return tuple(sorted(row["school"] for row in found if row["school"]))


def sums_of(held: Held, plan: Plan) -> Sums:
    """The sums of a plan over columns in memory; whose they are is not said.

    Raises:
        EvidenceError: As :func:`make_sums`.
    """
    return Sums(plan, parts_in_memory(held, plan), {})


def results(sums: Sums) -> dict[str, Any]:
    """Per statistic its result; what cannot be estimated is its named error."""
    found = {}
    for one in sums.plan.statistics:
        try:
            with np.errstate(divide="raise", over="raise", invalid="raise"):
                found[one.name] = _result(one, sums.parts[one.name]) if one.name in sums.parts else None
        except EvidenceError as error:
            found[one.name] = error
        except (ArithmeticError, ValueError, np.linalg.LinAlgError) as error:  # a search that finds no end
            found[one.name] = EvidenceError("not_found", f"{one.name} cannot be estimated: {error}.")
    return found


def _result(one: Statistic, part: Part) -> Any:
    if one.kind == "mixed":
        return _grid_model(one, part) if one.grid else mixed_model(one.of, part)
    if one.kind == "crosstab":
        return crosstabulated(_seen(one.of, part), part)
    makers: dict[str, Any] = {
        "describe": described,
        "scale": reliability,
        "regress": regression,
        "change": changed,
        "weights": weighted,
    }
    return makers[one.kind](one.of, part)


def _seen(plan: Any, cells: Cells) -> Any:
    """The table without levels that nobody has."""
    only_known(plan, cells)
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
        EvidenceError: ``no_file``, ``bad_sums``, ``newer_sums``, ``other_plan`` or ``same_school``.
    """
    found: dict[str, str] = {}
    for place, path in enumerate(files, 1):
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeError) as error:
            raise EvidenceError("no_file", f"{path} cannot be read: {error}.") from error
        found[path.name if path.name not in found else f"{path.name} ({place})"] = text
    return together(found)


def together(texts: Mapping[str, str]) -> Sums:
    """The sums of several schools together; no school twice.

    Args:
        texts: {what the file is called: its JSON}.

    Raises:
        EvidenceError: ``no_file``, ``bad_sums``, ``newer_sums``, ``other_plan`` or ``same_school``: says of which file.
    """
    total: Sums | None = None
    whose: dict[str, str] = {}
    alike: dict[str, str] = {}
    for name, text in texts.items():
        one = _read(name, text)
        _refuse_twice(one, name, whose, alike)
        if total is not None and dict(one.plan.written) != dict(total.plan.written):
            raise EvidenceError("other_plan", f"{name}: {_other(total.plan, one.plan)}")
        total = one if total is None else total + one
    if total is None:
        raise EvidenceError("no_file", "There are no sums to combine.")
    return total


def _read(name: str, text: str) -> Sums:
    try:
        return Sums.from_json(text)
    except EvidenceError as error:
        raise EvidenceError(error.code, f"{name}: {error}") from error


def _refuse_twice(one: Sums, name: str, whose: dict[str, str], alike: dict[str, str]) -> None:
    """Refuse a school that is in an earlier file, by its name; of files without names, the same numbers."""
    for school in one.schools:
        if (key := " ".join(school.casefold().split())) in whose:
            raise EvidenceError(
                "same_school",
                f"The school {school!r} is in two files: {whose[key]} and {name}. Leave one out. Are they two "
                "schools of the same name, then have one make its sums again under a name of its own.",
            )
    numbers = json.dumps({name: part.to_plain() for name, part in one.parts.items()}, sort_keys=True)
    if one.parts and numbers in alike:
        raise EvidenceError("same_school", f"{alike[numbers]} and {name} hold the same sums. Leave one out.")
    alike[numbers] = name
    whose |= {" ".join(school.casefold().split()): name for school in one.schools}


def _other(first: Plan, other: Plan) -> str:
    """In what two plans differ."""
    if first.title != other.title:
        return (
            f"made by the plan {other.title!r}, the files before it by {first.title!r}. They cannot be added."
        )
    there = {one.name: one for one in first.statistics}
    odd = next((one.name for one in other.statistics if one != there.pop(one.name, None)), None)
    differs = (
        f"statistic {(odd or next(iter(there), None))!r} differs"
        if odd or there
        else "it is written otherwise"
    )
    return f"made by another plan with the same title {first.title!r}: {differs}. They cannot be added."
