"""Rows of answers on their way to a file: what a document says, as columns, a chunk at a time."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from driegesprek.tables.codebook import Kind, Missing, Variable

_TYPES: Final = {Kind.INTEGER: "int64", Kind.DECIMAL: "float64", Kind.DATE: "date32"}
_AS_THEY_ARE: Final = {Kind.INTEGER, Kind.DECIMAL}
_REASONS: Final = tuple(str(one) for one in Missing)
_REASON_PLACES: Final = {code: place for place, code in enumerate(_REASONS)}
_BYTE: Final = 127
"""The highest place that fits in a signed byte."""
GROUP: Final = 16_000
"""Rows of a batch of the file: so many are in memory at a time, as Arrow arrays, when it is written and when it is read."""
Cells = Mapping[str, Any]
"""{column: Arrow array}."""


@dataclass(frozen=True)
class Document:
    """One frozen document, as far as it is read.

    Attributes:
        answers: {path: {status, value}}.
        asked: paths in the order of the form.
        person: the id of this export.
        about: groups, keys and weight.
    """

    version: UUID
    answers: Mapping[str, Any]
    asked: tuple[str, ...]
    person: str
    day: dt.date
    about: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def given(self) -> Mapping[str, Any]:
        """{path: value} of the answers that count."""
        return {path: one["value"] for path, one in self.answers.items() if one["status"] == "given"}

    def unanswered(self, path: str | None) -> Missing:
        """Why there is no answer: skipped where it was asked and never touched, stopped where nothing after it was."""
        if path not in self._places:
            return Missing.NOT_ASKED
        return Missing.STOPPED if self._places[path] > self._last else Missing.SKIPPED

    @cached_property
    def _places(self) -> Mapping[str | None, int]:
        return {path: place for place, path in enumerate(self.asked)}

    @cached_property
    def _last(self) -> int:
        """The place of the last question that was answered or skipped on purpose."""
        return max((self._places[path] for path in self.answers if path in self._places), default=-1)


def array(values: Sequence[Any], kind: str = "string") -> Any:
    """An Arrow array of plain values."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    return pa.array(values, getattr(pa, kind)())


def cells(variable: Variable, values: Sequence[Any], why: Any) -> dict[str, Any]:
    """The columns of a variable as Arrow arrays: its values, and the reasons where there are none (`reasons`).

    Codes are dictionaries of all that there can be, so that a cell takes a byte and not a text.
    """
    told = {variable.missing_column: why}
    if variable.kind is Kind.MULTIPLE:
        return {
            variable.option_column(code): array([None if v is None else code in v for v in values], "bool_")
            for code in variable.codes
        } | told
    if variable.kind is Kind.SINGLE:
        return {variable.name: coded(values, variable.codes), **told}
    made = values if variable.kind in _AS_THEY_ARE else [_value(variable.kind, one) for one in values]
    return {variable.name: array(made, _TYPES.get(variable.kind, "string")), **told}


def coded(values: Sequence[str | None], codes: Sequence[str]) -> Any:
    """An Arrow dictionary array: each value as its place among the codes."""
    places: dict[str | None, int | None] = {code: place for place, code in enumerate(codes)}
    places[None] = None
    return placed([places[one] for one in values], codes)


def placed(places: Sequence[int | None], codes: Sequence[str]) -> Any:
    """The same of places that are known already."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    kind = pa.int8() if len(codes) <= _BYTE else pa.int32()
    return pa.DictionaryArray.from_arrays(pa.array(places, kind), _dictionary(tuple(codes)))


@lru_cache(maxsize=1_024)
def _dictionary(codes: tuple[str, ...]) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - heavy

    return pa.array(codes, pa.string())


@lru_cache(maxsize=4)
def _no_reasons(rows: int) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - heavy

    return pa.DictionaryArray.from_arrays(pa.nulls(rows, pa.int8()), _dictionary(_REASONS))


def reasons(of: Sequence[str | None]) -> Any:
    """Why there is no value, for each row, as an Arrow dictionary array."""
    return coded(of, _REASONS)


def few_reasons(of: Mapping[int, str], rows: int) -> Any:
    """The same, of the few rows that have one."""
    import numpy as np  # noqa: PLC0415 - heavy
    import pyarrow as pa  # noqa: PLC0415 - heavy

    if not of:
        return _no_reasons(rows)
    places = np.full(rows, -1, np.int8)
    places[list(of)] = [_REASON_PLACES[one] for one in of.values()]
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=places < 0), _dictionary(_REASONS))


def _value(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    if kind is Kind.DATE:
        return dt.date.fromisoformat(str(value)[:10])
    return str(value) if kind is Kind.TEXT else value


class Writer:
    """An Arrow file that grows; made when the first rows come.

    Parquet keeps what it knows of every column of every group in memory until it is closed; this keeps a place in the file
    per batch. It is read once or twice and thrown away.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self._writer: Any = None
        self._waiting: list[Any] = []

    def add(self, found: Cells) -> None:
        """Write some rows."""
        import pyarrow as pa  # noqa: PLC0415 - heavy

        batch = pa.RecordBatch.from_pydict(dict(found))
        if not batch.num_rows:
            return
        if self._writer is None:
            options = pa.ipc.IpcWriteOptions(compression="lz4")
            self._writer = pa.ipc.new_file(str(self.path), batch.schema, options=options)
        self.rows += batch.num_rows
        self._waiting.append(batch)
        if sum(one.num_rows for one in self._waiting) >= GROUP:
            self._write()

    def _write(self) -> None:
        import pyarrow as pa  # noqa: PLC0415 - heavy

        if self._waiting:
            self._writer.write_batch(pa.concat_batches(self._waiting))
            self._waiting = []

    def close(self) -> None:
        """No more rows."""
        if self._writer is not None:
            self._write()
            self._writer.close()
            self._writer = None
