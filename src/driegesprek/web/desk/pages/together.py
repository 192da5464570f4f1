"""What would leave the school, or left it, for an evaluation of several schools: in words and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from driegesprek.evidence.cells import Cells
from driegesprek.evidence.disclosure.sums import sizes_of
from driegesprek.evidence.plans import Statistic
from driegesprek.evidence.sums import Sums
from driegesprek.web.desk.pages import evidence_words as words
from driegesprek.web.findings.domain.regional import Draft, LackingError

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Leaving:
    """One statistic.

    Attributes:
        people: of how many; None where it stays.
        reason: why it stays in the school; empty where it leaves.
        headings, rows: the numbers themselves, where they are a table.
    """

    name: str
    kind: str
    about: str
    people: int | None
    reason: str
    headings: tuple[str, ...] = ()
    rows: Rows = ()


@dataclass(frozen=True)
class Preview:
    """Everything, and the very file."""

    title: str
    school: str
    statistics: tuple[Leaving, ...]
    document: str

    @property
    def any_leaves(self) -> bool:
        """Whether there is anything to give."""
        return any(not one.reason for one in self.statistics)


def preview(found: Draft) -> Preview:
    """A draft, or what was given out, as it is shown."""
    sums = found.sums
    told = tuple(_leaving(one, sums) for one in sums.plan.statistics)
    return Preview(sums.plan.title, ", ".join(sums.schools), told, found.document)


def _leaving(one: Statistic, sums: Sums) -> Leaving:
    kind, about = words.kind(one), words.about(one)
    if one.name not in sums.parts:
        return Leaving(one.name, kind, about, None, words.reason(sums.withheld.get(one.name, "")))
    part = sums.parts[one.name]
    table = _table(one, part) if isinstance(part, Cells) and one.kind == "crosstab" else ((), ())
    return Leaving(one.name, kind, about, max(sizes_of(one, part), default=0), "", *table)


def _table(one: Statistic, part: Cells) -> tuple[tuple[str, ...], Rows]:
    """The counts; each of them is ten or more, or the statistic would stay."""
    counted = part.over([one.of.rows, one.of.cols]).of("n")
    rows = [
        [row, *(int(counted.get((row, col), 0)) for col in one.of.col_levels)] for row in one.of.row_levels
    ]
    return (f"{one.of.rows} × {one.of.cols}", *one.of.col_levels), rows


def lacking(error: LackingError) -> list[str]:
    """Which variables of the plan the round does not have, a sentence each."""
    return [
        _("“%(statistic)s” asks for “%(variable)s”. It looks like %(near)s.")
        % {"statistic": one.statistic, "variable": one.variable, "near": ", ".join(one.near)}
        if one.near
        else _("“%(statistic)s” asks for “%(variable)s”.")
        % {"statistic": one.statistic, "variable": one.variable}
        for one in error.lacking
    ]
