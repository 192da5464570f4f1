"""A file with one row per respondent, read batch by batch, so that a million rows need little memory."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from driegesprek.tables.codebook import Codebook

ROWS: Final = 32_768
"""Rows of a batch at most."""


@dataclass(frozen=True)
class WideFile:
    """The rows of `driegesprek.tables.codebook`, which can be gone through more than once.

    Attributes:
        codebook: what the columns mean.
        rows: how many there are.
        batches: gives pyarrow record batches with all columns, or only those that are named.
    """

    codebook: Codebook
    rows: int
    batches: Callable[[Sequence[str] | None], Iterator[Any]]

    def columns(self) -> tuple[str, ...]:
        """The columns in the order of the codebook, each followed by its reasons where the data have them."""
        present = set(self.schema.names)
        return tuple(
            name
            for variable in self.codebook.variables
            for name in (*variable.columns, variable.missing_column)
            if name in present
        )

    @property
    def schema(self) -> Any:
        """The Arrow schema of the batches."""
        return next(self.batches(None)).schema


def of_table(table: Any, codebook: Codebook) -> WideFile:
    """The rows of a pyarrow table in memory."""

    def batches(columns: Sequence[str] | None) -> Iterator[Any]:
        import pyarrow as pa  # noqa: PLC0415 - heavy

        chosen = table if columns is None else table.select(list(columns))
        found = chosen.to_batches(max_chunksize=ROWS)
        yield from found or [pa.RecordBatch.from_pylist([], schema=chosen.schema)]

    return WideFile(codebook, table.num_rows, batches)


def of_parquet(path: Path, codebook: Codebook) -> WideFile:
    """The rows of a Parquet file, of which one batch at a time is in memory."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - heavy

    def batches(columns: Sequence[str] | None) -> Iterator[Any]:
        import pyarrow as pa  # noqa: PLC0415 - heavy

        with pq.ParquetFile(path) as file:
            if not file.metadata.num_rows:
                yield pa.RecordBatch.from_pylist([], schema=_chosen(file.schema_arrow, columns))
            for batch in file.iter_batches(ROWS, columns=columns):
                yield batch if columns is None else batch.select(list(columns))

    with pq.ParquetFile(path) as file:
        return WideFile(codebook, file.metadata.num_rows, batches)


def of_arrow(path: Path, codebook: Codebook) -> WideFile:
    """The rows of an Arrow file (IPC, at least one batch), of which one batch at a time is in memory, as it was written."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    def batches(columns: Sequence[str] | None) -> Iterator[Any]:
        with pa.OSFile(str(path)) as source:
            schema = pa.ipc.open_file(source).schema
            places = None if columns is None else [schema.get_field_index(name) for name in columns]
            file = pa.ipc.open_file(source, options=pa.ipc.IpcReadOptions(included_fields=places))
            for place in range(file.num_record_batches):
                batch = file.get_batch(place)
                yield batch if columns is None else batch.select(list(columns))

    one = pa.ipc.IpcReadOptions(included_fields=[0])
    with pa.OSFile(str(path)) as source, pa.ipc.open_file(source, options=one) as file:
        rows = sum(file.get_batch(place).num_rows for place in range(file.num_record_batches))
    return WideFile(codebook, rows, batches)


def _chosen(schema: Any, columns: Sequence[str] | None) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - heavy

    return schema if columns is None else pa.schema([schema.field(name) for name in columns])
