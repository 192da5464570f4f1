"""Writing SPSS files row by row: pyreadstat makes the dictionary, the rows are streamed after it.

pyreadstat takes a whole data frame and makes a Python object of every cell. So it writes a file of one row, of which the
dictionary is kept; the rows that follow are packed with numpy (`sav_rows`).
"""

import datetime as dt
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from driegesprek.tables.codebook import CodebookError, Kind
from driegesprek.tables.sav_plan import (
    LONGEST_LABEL,
    WIDEST,
    SavVariable,
    plan,
    several,
    shortened,
    spss_name,
)
from driegesprek.tables.sav_rows import SYSTEM_MISSING, Packer, number_words, segments_of, text_words
from driegesprek.tables.wide import WideFile
from driegesprek.tables.wide_labels import label_of

_EPOCH_DAYS: Final = 141_428
"""From 14 October 1582, where SPSS begins to count, to 1 January 1970."""
_CASE_SIZE, _COMPRESSION, _CASES, _CREATED = 68, 72, 80, 92
"""Places in the header."""
_VARIABLES: Final = 176
"""Where the variables begin."""
_END: Final = 8
"""Bytes of the record that ends the dictionary."""
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_VARIABLE_RECORD: Final = 2
_NAME_AT: Final = 24
_ROWS: Final = 4_096
"""Rows that are packed at a time."""


@dataclass(frozen=True)
class WrittenSav:
    """What was written.

    Attributes:
        variables: of the SPSS file, with the column each comes from.
        cut: columns of which a text was longer than SPSS can hold, and how many were cut.
    """

    variables: tuple[SavVariable, ...]
    cut: dict[str, int]


def write_sav(file: WideFile, path: Path, *, language: str, made_on: dt.date) -> WrittenSav:
    """Write a .sav with labels, value labels, user-missing values and sets of dichotomies.

    Args:
        file: the rows; gone through twice.
        path: of the file to write.
        language: of labels, a code such as nl; where there are none, any language.
        made_on: the day in the file's header.

    Raises:
        CodebookError: a value is not in the codebook.
    """
    planned = plan(file, language)
    with path.open("wb") as target:
        target.write(_dictionary(file, planned, path, language, made_on))
        cut = _write_rows(file, planned, target)
    return WrittenSav(tuple(planned), cut)


def _dictionary(
    file: WideFile, planned: Sequence[SavVariable], path: Path, language: str, made_on: dt.date
) -> bytes:
    """The header and the dictionary, for as many compressed rows as there are."""
    data = _one_row(planned, path, shortened(file.codebook.title, 60))
    size = struct.unpack_from("<i", data, _CASE_SIZE)[0]
    head = bytearray(data[: -8 * size])
    struct.pack_into("<i", head, _COMPRESSION, 1)
    struct.pack_into("<i", head, _CASES, file.rows)
    day = f"{made_on.day:02d} {_MONTHS[made_on.month - 1]} {made_on.year % 100:02d}00:00:00"
    head[_CREATED : _CREATED + len(day)] = day.encode()
    sets = _sets(planned, bytes(head), language)
    return bytes(head[:-_END]) + sets + bytes(head[-_END:])


def _one_row(planned: Sequence[SavVariable], path: Path, title: str) -> bytes:
    """A file of one row as pyreadstat writes it, without compression."""
    import pandas as pd  # noqa: PLC0415 - heavy
    import pyreadstat  # noqa: PLC0415 - heavy

    frame = pd.DataFrame({one.name: ["x" * one.width if one.width else 0.0] for one in planned})
    beside = path.with_name(f"{path.name}.dictionary")
    try:
        pyreadstat.write_sav(
            frame,
            beside,
            file_label=title,
            column_labels={one.name: one.label for one in planned if one.label},
            variable_value_labels={one.name: dict(one.labels) for one in planned if one.labels},
            missing_ranges={
                one.name: [{"lo": one.range[0], "hi": one.range[1]}] for one in planned if one.range
            },
            variable_measure={one.name: one.measure for one in planned},
            variable_format={one.name: one.format for one in planned},
        )
        return beside.read_bytes()
    finally:
        beside.unlink(missing_ok=True)


def _sets(planned: Sequence[SavVariable], head: bytes, language: str) -> bytes:
    """The record of multiple response sets (subtype 7), which pyreadstat reads and does not write."""
    groups = several(planned)
    if not groups:
        return b""
    short = _short_names(planned, head)
    used: set[str] = set()
    lines = []
    for name, members in groups.items():
        label = shortened(label_of(members[0].variable, language), LONGEST_LABEL).encode()
        names = b"".join(b" " + short[one.name].lower() for one in members)
        head_ = f"${spss_name(name, used)}=D1 1 {len(label)} ".encode()
        lines.append(head_ + label + names + b"\n")
    data = b"".join(lines)
    return struct.pack("<iiii", 7, 7, 1, len(data)) + data


def _short_names(planned: Sequence[SavVariable], head: bytes) -> dict[str, bytes]:
    """The names of eight bytes under which a file knows its variables; a long text has one per segment, the first counts."""
    records = _records(head)
    found = {}
    for one in planned:
        parts = list(islice(records, segments_of(one.width)))
        found[one.name] = parts[0]
    return found


def _records(head: bytes) -> Iterator[bytes]:
    """The short name in each record of a variable; those that only go on with a text are left out."""
    place = _VARIABLES
    while struct.unpack_from("<i", head, place)[0] == _VARIABLE_RECORD:
        width, has_label, missing = struct.unpack_from("<iii", head, place + 4)
        if width >= 0:
            yield head[place + _NAME_AT : place + _NAME_AT + 8].rstrip()
        place += 32
        if has_label:
            place += 4 + -(-struct.unpack_from("<i", head, place)[0] // 4) * 4
        place += 8 * abs(missing)


def _write_rows(file: WideFile, planned: Sequence[SavVariable], target: BinaryIO) -> dict[str, int]:
    import numpy as np  # noqa: PLC0415 - heavy

    packer, cut = Packer(), dict.fromkeys((one.column for one in planned if one.width == WIDEST), 0)
    wanted = sorted({name for one in planned for name in (one.column, one.reason_column) if name})
    for batch in _parts(file.batches(wanted)):
        parts = [_words(one, batch, cut) for one in planned]
        words = np.concatenate([words for words, _ in parts], axis=1)
        codes = np.concatenate([codes for _, codes in parts], axis=1)
        target.write(packer.add(words, codes))
    target.write(packer.rest())
    return {column: number for column, number in cut.items() if number}


def _parts(batches: Iterable[Any]) -> Iterator[Any]:
    """Batches of few rows, for each row takes eight bytes per word several times over while it is packed."""
    for batch in batches:
        yield from (batch.slice(start, _ROWS) for start in range(0, batch.num_rows, _ROWS))


def _words(one: SavVariable, batch: Any, cut: dict[str, int]) -> tuple[Any, Any]:
    if one.width:
        return text_words(_bytes(batch[one.column], one, cut), one.width)
    return number_words(_numbers(one, batch))


def _bytes(column: Any, one: SavVariable, cut: dict[str, int]) -> list[bytes]:
    """Texts as bytes; one that SPSS cannot hold is cut between two letters, and counted."""
    found = [b"" if text is None else text.encode(errors="replace") for text in column.to_pylist()]
    if one.width < WIDEST:
        return found
    cut[one.column] += sum(len(text) > WIDEST for text in found)
    return [text[:WIDEST].decode(errors="ignore").encode() for text in found]


def _numbers(one: SavVariable, batch: Any) -> Any:
    """A column as float64, with user-missing values and system-missing where there is none."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    column = batch[one.column]
    found = (
        _looked_up(column, one)
        if one.codes and not pa.types.is_primitive(column.type)
        else _cast(column, one)
    )
    if one.reason_column and one.reason_column != one.column:
        found = pc.coalesce(found, _by_code(batch[one.reason_column], one.reasons, one.reason_column))
    return pc.fill_null(found, SYSTEM_MISSING).to_numpy(zero_copy_only=False)


def _cast(column: Any, one: SavVariable) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    if one.variable.kind is Kind.DATE:
        days = column.cast(pa.date32()).cast(pa.int32()).cast(pa.float64())
        return pc.multiply(pc.add(days, float(_EPOCH_DAYS)), 86_400.0)
    numbers = column.cast(pa.int8()) if pa.types.is_boolean(column.type) else column
    floats = numbers.cast(pa.float64(), safe=False)
    return pc.if_else(pc.is_finite(floats), floats, pa.scalar(None, pa.float64()))


def _looked_up(column: Any, one: SavVariable) -> Any:
    return _by_code(column, one.codes, one.column)


def _by_code(column: Any, codes: Any, name: str) -> Any:
    """The number of each code.

    Raises:
        CodebookError: a value that has none.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    if pa.types.is_dictionary(column.type):
        known = set(column.dictionary.to_pylist()) <= set(codes)
        if known:  # then the few texts are looked up and not every row
            return pc.take(_by_code(column.dictionary, codes, name), column.indices)
        column = column.cast(column.type.value_type)
    places = pc.index_in(column.cast(pa.string()), pa.array(list(codes), pa.string()))
    if places.null_count > column.null_count:
        odd = column.filter(pc.and_(pc.is_null(places), pc.is_valid(column)))[0].as_py()
        raise CodebookError(f"Column {name!r} has the value {odd!r}, which is not in the codebook. Add it.")
    return pc.take(pa.array(list(codes.values()), pa.float64()), places)
