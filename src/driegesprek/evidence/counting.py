"""Counting where the rows are: one Ibis expression per batch of questions, run by DuckDB on one machine.

The same expressions run on any backend that Ibis speaks to. Import :func:`driegesprek.evidence.count`
instead of this module: Ibis is heavy and is loaded when something is counted.
"""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from driegesprek.evidence.counts import Absence, Answer, CountedQuestion, Counts, CountsError, Group
from driegesprek.tables.codebook import Codebook, Kind, Missing, Variable

if TYPE_CHECKING:
    import ibis
else:
    from driegesprek.evidence.later import ibis

BATCH = 16
"""Questions per query: enough to share a round trip, few enough to keep the query's text small."""


def count(data: Any, codebook: Codebook, *, questions: Iterable[str], by: Iterable[str] = ()) -> Counts:
    """Count the answers and the reasons for missing in a wide file, per group.

    Args:
        data: An Ibis table, a pyarrow table or the path of a Parquet file, as
            :mod:`driegesprek.tables.codebook` describes.
        codebook: What the columns mean.
        questions: Names of variables with codes: single, multiple, group, or integer with listed values.
        by: Names of grouping variables (single, group, or integer with listed values). Respondents whose
            group is null stand in group ``""``.

    Returns:
        Respondents per question, answer or reason, and group. A question with several answers counts, per
        option, the respondents who chose it; ``n`` are those who answered the question.

    Raises:
        CountsError: A variable cannot be counted, a column is absent, or a value is not in the codebook.
        CodebookError: The codebook does not have the variable.
    """
    variables = [countable(codebook.variable(name)) for name in dict.fromkeys(questions)]
    groups = [grouping(codebook.variable(name)) for name in dict.fromkeys(by)]
    if both := {v.name for v in variables} & {g.name for g in groups}:
        raise CountsError(f"{min(both)!r} is both counted and grouped by; leave it out of the questions.")
    table = _table(data)
    _check_columns(table, variables, groups)
    return _Counting(table, groups).run(variables)


def countable(variable: Variable) -> Variable:
    """A variable with a list of values; refuses others."""
    if variable.kind in {Kind.TEXT, Kind.DATE, Kind.DECIMAL} or not variable.values:
        raise CountsError(
            f"{variable.name!r} ({variable.kind}) has no list of values, so its answers cannot be counted. "
            "Count a variable with values."
        )
    return variable


def grouping(variable: Variable) -> Variable:
    """A variable of which each respondent has one code; refuses others."""
    if variable.kind is Kind.MULTIPLE:
        raise CountsError(f"{variable.name!r} has several answers per respondent; group by a single one.")
    return countable(variable)


def _table(data: Any) -> Any:
    if isinstance(data, str | Path):
        if not Path(data).is_file():
            raise CountsError(f"There is no Parquet file {data}.")
        with warnings.catch_warnings():  # Ibis 12 calls what DuckDB 2 has renamed
            warnings.filterwarnings("ignore", "fetch_arrow_table", DeprecationWarning)
            return ibis.duckdb.connect().read_parquet(data)
    return data if isinstance(data, ibis.Table) else ibis.memtable(data)


def _check_columns(table: Any, variables: Sequence[Variable], groups: Sequence[Variable]) -> None:
    present = set(table.columns)
    for variable in (*variables, *groups):
        for column in variable.columns:
            if column not in present:
                raise CountsError(
                    f"The data have no column {column!r}, which the codebook expects for {variable.name!r}."
                )


def _text(column: Any) -> Any:
    """A code as text: whole numbers without a decimal point, as SPSS files have them."""
    if column.type().is_floating():
        whole = column == column.floor()
        return whole.ifelse(column.cast("int64").cast("string"), column.cast("string"))
    return column.cast("string")


class _Counting:
    """The queries of one table and one way of grouping."""

    def __init__(self, table: Any, groups: Sequence[Variable]) -> None:
        self.table = table
        self.groups = groups
        self.keys = {f"g{i}": _text(table[group.name]).fill_null("") for i, group in enumerate(groups)}

    def run(self, variables: Sequence[Variable]) -> Counts:
        answers: dict[Answer, int] = {}
        absences: dict[Absence, int] = {}
        for variable, value, reason, group, n in self._sums(variables):
            if value is None:
                key = Absence(variable.name, reason_of(variable, reason), group)
                absences[key] = absences.get(key, 0) + n
            else:
                answers[Answer(variable.name, code_of(variable, value, reason), group)] = n
        return Counts(
            by=tuple(group.name for group in self.groups),
            questions=tuple(counted(variable) for variable in variables),
            respondents=self._respondents(),
            answers=answers,
            absences=absences,
        )

    def _respondents(self) -> dict[Group, int]:
        rows = self._collected(self._summed(self.table.mutate(**self.keys)))
        sums = {self._group(row): row["n"] for row in rows if row["n"]}
        for group in sums:
            check_group(self.groups, group)
        return sums

    def _summed(self, table: Any, *keys: str, **sums: Any) -> Any:
        groups = [*self.keys, *keys]
        return table.group_by(groups).agg(n=table.count(), **sums) if groups else table.agg(n=table.count())

    def _group(self, row: dict[str, Any]) -> Group:
        return tuple(row[key] for key in self.keys)

    def _collected(self, expression: Any) -> list[dict[str, Any]]:
        return list(expression.to_pyarrow().to_pylist())

    def _sums(self, variables: Sequence[Variable]) -> Iterator[tuple[Variable, Any, Any, Group, int]]:
        """One sum each: variable, value or None, reason or None, group, respondents."""
        single = [variable for variable in variables if variable.kind is not Kind.MULTIPLE]
        for start in range(0, len(single), BATCH):
            batch = single[start : start + BATCH]
            pieces = [self._single(place, variable) for place, variable in enumerate(batch)]
            for row in self._collected(_union(pieces)):
                yield batch[row["place"]], row["value"], row["reason"], self._group(row), row["n"]
        for variable in variables:
            if variable.kind is Kind.MULTIPLE:
                yield from self._options(variable)

    def _single(self, place: int, variable: Variable) -> Any:
        value = _text(self.table[variable.name])
        return self._piece(place, self.table, value, self._reason_column(variable))

    def _piece(self, place: int, table: Any, value: Any, reason: Any) -> Any:
        columns = {"place": ibis.literal(place, "int64"), "value": value, "reason": reason}
        return self._summed(table.select(**self.keys, **columns), "place", "value", "reason")

    def _options(self, variable: Variable) -> Iterator[tuple[Variable, Any, Any, Group, int]]:
        """Who chose each option, and who gave no answer, in one query; refuses rows with only some options null."""
        chosen = {f"o{i}": _chosen(self.table, variable, code) for i, code in enumerate(variable.codes)}
        nulls = sum((option.isnull().cast("int64") for option in chosen.values()), ibis.literal(0))
        table = self.table.select(**self.keys, **chosen, nulls=nulls, reason=self._reason_column(variable))
        absent, partly = table.nulls == len(chosen), (table.nulls > 0) & (table.nulls < len(chosen))
        conflict = (~absent & table.reason.notnull()).ifelse(_CONFLICT, ibis.null("string"))
        table = table.mutate(absent=absent, flaw=partly.ifelse(PARTLY, conflict))
        sums = {name: (table[name] == 1).cast("int64").sum() for name in chosen}
        for row in self._collected(self._summed(table, "absent", "flaw", "reason", **sums)):
            group = self._group(row)
            if row["flaw"] is not None:
                yield variable, _FLAW, row["flaw"], group, row["n"]
            elif row["absent"]:
                yield variable, None, row["reason"], group, row["n"]
            else:
                for name, code in zip(chosen, variable.codes, strict=True):
                    yield variable, code, None, group, row[name]

    def _reason_column(self, variable: Variable) -> Any:
        if variable.missing_column in self.table.columns:
            return self.table[variable.missing_column].cast("string")
        return ibis.null("string")


_FLAW = ""
PARTLY = "\tpartly"
"""Stands for the reason of who has an answer for some options and null for others."""
_CONFLICT = "\tconflict"


def _union(pieces: Sequence[Any]) -> Any:
    return pieces[0] if len(pieces) == 1 else ibis.union(*pieces, distinct=False)


def _chosen(table: Any, variable: Variable, code: str) -> Any:
    column = table[variable.option_column(code)]
    if not (column.type().is_boolean() or column.type().is_integer()):
        raise CountsError(
            f"Column {variable.option_column(code)!r} should hold true or false (or 1 and 0), "
            f"not {column.type()}."
        )
    return column.cast("int64")


def check_group(groups: Sequence[Variable], group: Group) -> None:
    """Refuse a group with a code that the codebook does not know."""
    for variable, code in zip(groups, group, strict=True):
        if code and code not in variable.codes:
            raise CountsError(
                f"Column {variable.name!r} has the value {code!r}, which is not in the codebook. Add it."
            )


def code_of(variable: Variable, value: str, reason: str | None) -> str:
    """The code of an answer; refuses one that the codebook does not know, or that has a reason for missing too."""
    if reason == PARTLY:
        raise CountsError(
            f"{variable.name!r}: some respondents have an answer for some options and null for others. "
            "Write false for an option that was not chosen, or null for all of them."
        )
    if reason is not None:
        raise CountsError(
            f"{variable.name!r}: some respondents have both an answer and a reason why it is missing. "
            f"Empty one of the two in column {variable.missing_column!r}."
        )
    if value not in variable.codes:
        raise CountsError(
            f"Column {variable.name!r} has the value {value!r}, which is not in the "
            "codebook. Add it to the codebook or correct the data."
        )
    return value


def reason_of(variable: Variable, reason: str | None) -> Missing:
    """The reason as the codebook knows it."""
    try:
        return Missing(reason) if reason is not None else Missing.NOT_RECORDED
    except ValueError:
        raise CountsError(
            f"Column {variable.missing_column!r} has the reason {reason!r}. Use one of {', '.join(Missing)}."
        ) from None


def counted(variable: Variable) -> CountedQuestion:
    """What the counts say of a variable."""
    kind = Kind.MULTIPLE if variable.kind is Kind.MULTIPLE else Kind.SINGLE
    return CountedQuestion(variable.name, kind, variable.codes, variable.least, variable.most)
