"""What the answers show: sums become tables, and one gate decides what may be shown.

``count`` makes the sums where the rows are; ``percentages`` and ``shown_inside`` make tables for within a school;
``disclosure.protect`` makes the only tables that may leave it. Everything shown is computed from sums.
"""

from collections.abc import Iterable
from typing import Any

from driegesprek.evidence import disclosure
from driegesprek.evidence.counts import Absence, Answer, CountedQuestion, Counts, CountsError, Group
from driegesprek.evidence.counts_json import from_json, to_json
from driegesprek.evidence.disclosure import InsideTables, ProtectedTables, shown_inside
from driegesprek.evidence.shares import Hidden, Row, Share, percentages, wilson
from driegesprek.tables.codebook import Codebook

__all__ = [
    "Absence",
    "Answer",
    "CountedQuestion",
    "Counts",
    "CountsError",
    "Group",
    "Hidden",
    "InsideTables",
    "ProtectedTables",
    "Row",
    "Share",
    "count",
    "disclosure",
    "from_json",
    "percentages",
    "shown_inside",
    "to_json",
    "wilson",
]


def count(data: Any, codebook: Codebook, *, questions: Iterable[str], by: Iterable[str] = ()) -> Counts:
    """Count the answers and the reasons for missing in a wide file; see :mod:`.counting` for the details.

    Args:
        data: An Ibis table, a pyarrow table or the path of a Parquet file.
        codebook: What the columns mean.
        questions: Names of variables with codes.
        by: Names of grouping variables.

    Returns:
        Sums per question, answer or reason for missing, and group. They are personal data.

    Raises:
        CountsError: A variable cannot be counted, a column is absent, or a value is not in the codebook.
        CodebookError: The codebook does not have the variable.
    """
    from driegesprek.evidence import counting  # noqa: PLC0415 -- Ibis is heavy; loaded when something is counted

    return counting.count(data, codebook, questions=questions, by=by)
