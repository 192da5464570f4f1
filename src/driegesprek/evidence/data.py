"""A file of respondents, one per row, as the statistics see it: variables that are numbers or categories.

Text and labelled codes are categories, numbers are numbers. The rows stay where they are: a :class:`Data` holds
an Ibis table (DuckDB on one machine, PostgreSQL or Spark elsewhere) and hands out Arrow batches of the columns asked for.
"""

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from driegesprek.evidence.problems import EvidenceError
from driegesprek.tables.codebook import MISSING_SUFFIX

if TYPE_CHECKING:
    import ibis
else:
    from driegesprek.evidence.later import ibis

BATCH_CELLS = 2_000_000
LEAST_BATCH, MOST_BATCH = 16_384, 262_144


def batch_rows(columns: int) -> int:
    """Rows per batch: enough for fast matrix products per cluster, few enough to keep a million rows out of memory."""
    return min(max(BATCH_CELLS // max(columns, 1), LEAST_BATCH), MOST_BATCH)


@dataclass(frozen=True)
class Column:
    """What is known of a variable before its rows are read.

    Attributes:
        name: The column.
        category: Whether it is a category: text, truth values or labelled codes.
        levels: Codes in their order, where the file or its codebook names them; else empty, and found in the rows.
        labels: Label per code.
    """

    name: str
    category: bool
    levels: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Data:
    """Rows of respondents with the meaning of their columns.

    Attributes:
        table: An Ibis table.
        columns: By name, in the order of the file.
        user_missing: For each variable the column with the reason where its value is missing, if there is one.
    """

    table: Any
    columns: Mapping[str, Column]
    user_missing: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """The variable of that name.

        Raises:
            EvidenceError: ``unknown_variable``; the message lists those that look like it.
        """
        if name not in self.columns:
            raise EvidenceError("unknown_variable", _unknown(name, list(self.columns)))
        return self.columns[name]

    def as_categories(self, names: Iterable[str]) -> "Data":
        """The same rows, where these variables are categories although they hold numbers."""
        changed = {name: replace(self.column(name), category=True) for name in names}
        return replace(self, columns={**self.columns, **changed})

    def with_column(self, name: str, expression: Any, *, category: bool = False) -> "Data":
        """The same rows with one more column, made by an Ibis expression."""
        return Data(
            self.table.mutate(**{name: expression}),
            {**self.columns, name: Column(name, category)},
            self.user_missing,
        )

    @cached_property
    def types(self) -> Any:
        """The table's schema."""
        return self.table.schema()

    def batches(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """The rows of these columns, batch by batch."""
        chosen = self.table.select(*dict.fromkeys(names))
        return batches_of(chosen)

    def rows(self) -> int:
        """How many respondents the file has."""
        return int(collected(self.table.agg(n=self.table.count()))[0]["n"])


def of(
    table: Any, columns: Mapping[str, Column] | None = None, reasons: Mapping[str, str] | None = None
) -> Data:
    """Data from an Ibis or a pyarrow table.

    Args:
        table: Rows of respondents; columns ``name__missing`` hold the reason why ``name`` is null.
        columns: What is known of its variables; those not named here are judged by their type.
        reasons: Column with the reason for missing, per variable; default ``name__missing``.
    """
    rows = table if isinstance(table, ibis.Table) else ibis.memtable(_settled(table))
    known = dict(columns or {})
    schema = rows.schema()
    plain = [name for name in schema.names if not name.endswith(MISSING_SUFFIX)]
    found = {name: known.get(name) or Column(name, not schema[name].is_numeric()) for name in plain}
    said = {name: name + MISSING_SUFFIX for name in plain if name + MISSING_SUFFIX in schema.names}
    return Data(rows, found, {**said, **(reasons or {})})


@contextmanager
def quiet() -> Iterator[None]:
    """Ibis 12 calls what DuckDB 2 has renamed; that is not for our users."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "fetch_arrow_table", DeprecationWarning)
        yield


def arrow_of(expression: Any) -> pa.Table:
    """A small Ibis result."""
    if (relation := _in_duckdb(expression)) is not None:
        return relation.to_arrow_table().cast(expression.schema().to_pyarrow())
    return expression.to_pyarrow()


def collected(expression: Any) -> list[dict[str, Any]]:
    """The rows of a small Ibis result."""
    return list(arrow_of(expression).to_pylist())


def _in_duckdb(expression: Any) -> Any:
    """The expression as a relation of DuckDB, which is asked itself: Ibis 12 binds every query twice."""
    backend = ibis.get_backend(expression)
    if backend.name != "duckdb":
        return None
    backend._run_pre_execute_hooks(expression)  # noqa: SLF001 -- registers tables held in memory
    return backend.con.sql(backend.compile(expression))


def batches_of(expression: Any) -> Iterator[pa.RecordBatch]:
    """The rows of an Ibis expression in Arrow batches; never all of them at once on DuckDB and PostgreSQL."""
    rows = batch_rows(len(expression.columns))
    if (relation := _in_duckdb(expression)) is not None:
        yield from relation.to_arrow_reader(rows)
    else:
        yield from expression.to_pyarrow_batches(chunk_size=rows)


def text_of(column: Any) -> Any:
    """An Arrow column as codes: whole numbers without a decimal point, truth values in lower case."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
        whole = pc.all(pc.or_kleene(pc.is_null(column), pc.equal(column, pc.floor(column)))).as_py()
        column = column.cast(pa.int64()) if whole else column
    return column if pa.types.is_string(column.type) else column.cast(pa.string())


def text_of_value(value: Any) -> str:
    """The same as :func:`text_of`, of one value; missing is empty."""
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 -- NaN
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def text_in_table(column: Any) -> Any:
    """The same as :func:`text_of`, as an Ibis expression where the rows are."""
    if column.type().is_floating():
        column = column.isnan().ifelse(ibis.null(column.type()), column)
        whole = column == column.floor()
        return whole.ifelse(column.cast("int64").cast("string"), column.cast("string"))
    if column.type().is_boolean():
        return column.isnull().ifelse(ibis.null("string"), column.ifelse("true", "false"))
    return column.cast("string")


def _settled(table: pa.Table) -> pa.Table:
    """A column without any value has no type in Arrow; it becomes a number."""
    for place, column in enumerate(table.schema):
        if pa.types.is_null(column.type):
            table = table.set_column(place, column.name, table.column(place).cast(pa.float64()))
    return table


def _unknown(name: str, known: Sequence[str]) -> str:
    import difflib  # noqa: PLC0415 -- only needed for the message

    near = difflib.get_close_matches(name, known, 3, 0.6)
    hint = f"Did you mean {' or '.join(map(repr, near))}?" if near else f"It has: {', '.join(known[:20])}."
    return f"The data have no variable {name!r}. {hint}"
