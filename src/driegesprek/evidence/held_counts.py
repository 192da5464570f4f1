"""Counts of columns in memory: those of :func:`driegesprek.evidence.count`, which a test holds equal.

A report has a hundred questions of a thousand people; asking a database for them takes longer than its models.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from driegesprek.evidence import counting
from driegesprek.evidence.counts import Absence, Answer, Counts, CountsError, Group
from driegesprek.tables.codebook import Codebook, Kind, Variable

Texts = list[str | None]


def held_count(table: Any, codebook: Codebook, *, questions: Iterable[str], by: Iterable[str] = ()) -> Counts:
    """Count the answers and the reasons for missing, per group.

    Args:
        table: A pyarrow table, as :mod:`driegesprek.tables.codebook` describes.
        codebook: What the columns mean.
        questions: Names of variables with codes and one answer.
        by: Names of grouping variables.

    Raises:
        CountsError: A variable has several answers or none that are listed, or a value is not in the codebook.
    """
    wanted = [counting.countable(codebook.variable(name)) for name in dict.fromkeys(questions)]
    groups = [counting.grouping(codebook.variable(name)) for name in dict.fromkeys(by)]
    if several := [one.name for one in wanted if one.kind is Kind.MULTIPLE]:
        raise CountsError(f"{several[0]!r} has several answers per respondent; count it with evidence.count.")
    columns = [[text or "" for text in _texts(table, one.name)] for one in groups]
    keys: list[Group] = list(zip(*columns, strict=True)) if groups else [()] * table.num_rows
    for group in set(keys):
        counting.check_group(groups, group)
    answers: dict[Answer, int] = {}
    absences: dict[Absence, int] = {}
    for one in wanted:
        _add(one, table, keys, answers, absences)
    asked = tuple(counting.counted(one) for one in wanted)
    return Counts(tuple(one.name for one in groups), asked, dict(Counter(keys)), answers, absences)


def _add(
    one: Variable, table: Any, keys: list[Group], answers: dict[Answer, int], absences: dict[Absence, int]
) -> None:
    values = _texts(table, one.name)
    there = one.missing_column in table.schema.names
    reasons: Texts = _texts(table, one.missing_column) if there else [None] * len(values)
    for (value, reason, group), n in Counter(zip(values, reasons, keys, strict=True)).items():
        if value is None:
            key = Absence(one.name, counting.reason_of(one, reason), group)
            absences[key] = absences.get(key, 0) + n
        else:
            answers[Answer(one.name, counting.code_of(one, value, reason), group)] = n


def _texts(table: Any, name: str) -> Texts:
    """Codes as text: whole numbers without a decimal point."""
    if name not in table.schema.names:
        raise CountsError(f"The data have no column {name!r}.")
    return [None if one is None else _text(one) for one in table[name].to_pylist()]


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
