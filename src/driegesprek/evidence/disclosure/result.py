"""What passes the gate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from driegesprek.evidence.counts import CountedQuestion
from driegesprek.evidence.shares import Row


class Withheld(StrEnum):
    """Why a question is not published at all."""

    TOO_FEW = "too_few"
    """Fewer respondents than the minimum answered it."""
    CHANGED = "changed"
    """Answers were taken out or corrected since an earlier release, which would tell whose."""
    CANNOT_PROTECT = "cannot_protect"
    """Even the total would give away a cell below the minimum."""


@dataclass(frozen=True)
class ProtectedTables:
    """What may be published: every count is at least the minimum and none below it can be derived.

    Attributes:
        minimum: Respondents that every cell has.
        groupings: The tables, each by these variables; ``()`` is everybody.
        questions: The questions in the order of the sums.
        rows: One per question that is not withheld, grouping and group.
        withheld: The questions that are not published, with the reason.
    """

    minimum: int
    groupings: tuple[tuple[str, ...], ...]
    questions: tuple[CountedQuestion, ...]
    rows: tuple[Row, ...]
    withheld: Mapping[str, Withheld] = field(default_factory=dict)

    def records(self) -> Iterator[dict[str, Any]]:
        """The published numbers in long form, one per row and answer, for a .csv, .xlsx or Parquet file.

        Percentages are computed from the published counts and not rounded.
        """
        for row in self.rows:
            place = {
                "question": row.question,
                "by": " × ".join(row.by),
                "group": " × ".join(row.group),
                "n": row.n,
            }
            for s in row.shares:
                numbers = {"count": s.count, "percent": s.percent, "low": s.low, "high": s.high}
                yield place | {"answer": s.code, "missing": None} | numbers
            for reason, n in row.missing:
                numbers = {"count": n, "percent": None, "low": None, "high": None}
                yield place | {"answer": None, "missing": reason.value} | numbers


@dataclass(frozen=True)
class InsideTables:
    """What staff of the school may see: every row that is shown has the minimum of respondents.

    It must not leave the school: cells may be small. Export :class:`ProtectedTables`.
    """

    minimum: int
    groupings: tuple[tuple[str, ...], ...]
    questions: tuple[CountedQuestion, ...]
    rows: tuple[Row, ...]
