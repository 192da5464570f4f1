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
        questions: Names of variables with codes.
        by: Names of grouping variables.

    Raises:
        CountsError: A variable has no answers that are listed, or a value is not in the codebook.
    """
    wanted = [counting.countable(codebook.variable(name)) for name in dict.fromkeys(questions)]
    groups = [counting.grouping(codebook.variable(name)) for name in dict.fromkeys(by)]
    columns = [[text or "" for text in _texts(table, one.name)] for one in groups]
    keys: list[Group] = list(zip(*columns, strict=True)) if groups else [()] * table.num_rows
    for group in set(keys):
        counting.check_group(groups, group)
    answers: dict[Answer, int] = {}
    absences: dict[Absence, int] = {}
    for one in wanted:
        add = _add_options if one.kind is Kind.MULTIPLE else _add
        add(one, table, keys, answers, absences)
    asked = tuple(counting.counted(one) for one in wanted)
    return Counts(tuple(one.name for one in groups), asked, dict(Counter(keys)), answers, absences)


def _add(
    one: Variable, table: Any, keys: list[Group], answers: dict[Answer, int], absences: dict[Absence, int]
) -> None:
    values = _texts(table, one.name)
    reasons = _reasons(one, table)
    for (value, reason, group), n in Counter(zip(values, reasons, keys, strict=True)).items():
        if value is None:
            key = Absence(one.name, counting.reason_of(one, reason), group)
            absences[key] = absences.get(key, 0) + n
        else:
            answers[Answer(one.name, counting.code_of(one, value, reason), group)] = n


def _add_options(
    one: Variable, table: Any, keys: list[Group], answers: dict[Answer, int], absences: dict[Absence, int]
) -> None:
    """Who chose each option; who has null for all of them gave no answer."""
    chosen = list(zip(*(_chosen(table, one.option_column(code)) for code in one.codes), strict=True))
    for (options, reason, group), n in Counter(zip(chosen, _reasons(one, table), keys, strict=True)).items():
        if all(option is None for option in options):
            key = Absence(one.name, counting.reason_of(one, reason), group)
            absences[key] = absences.get(key, 0) + n
            continue
        flaw = counting.PARTLY if None in options else reason
        for code, option in zip(one.codes, options, strict=True):
            answer = Answer(one.name, counting.code_of(one, code, flaw), group)
            answers[answer] = answers.get(answer, 0) + (n if option == 1 else 0)


def _chosen(table: Any, name: str) -> list[int | None]:
    import pyarrow as pa  # noqa: PLC0415 - heavy

    _check_there(table, name)
    kind = table.schema.field(name).type
    if not (pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_null(kind)):
        raise CountsError(f"Column {name!r} should hold true or false (or 1 and 0), not {kind}.")
    return [None if one is None else int(one) for one in table[name].to_pylist()]


def _reasons(one: Variable, table: Any) -> Texts:
    there = one.missing_column in table.schema.names
    return _texts(table, one.missing_column) if there else [None] * table.num_rows


def _check_there(table: Any, name: str) -> None:
    if name not in table.schema.names:
        raise CountsError(f"The data have no column {name!r}.")


def _texts(table: Any, name: str) -> Texts:
    """Codes as text: whole numbers without a decimal point."""
    _check_there(table, name)
    values = table[name].to_pylist()
    known = {one: None if one is None else text_of_code(one) for one in set(values)}
    return [known[one] for one in values]


def text_of_code(value: Any) -> str:
    """A code as the codebook has it."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
