"""Columns of Arrow as arrays of numpy, by their buffers: Arrow's own way loads pandas, which takes seconds after a start."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa


def numbers(table: "pa.Table", column: str) -> "np.ndarray[Any, Any]":
    """Whole numbers of a column, as int64; -1 where nothing is known."""
    import numpy as np  # noqa: PLC0415 -- loaded when something is worked out

    values = _whole(table, column)
    if values.null_count == len(values):
        return np.full(len(values), -1, dtype=np.int64)
    return np.where(_known(values), _buffer(values), -1).astype(np.int64)


def measures(table: "pa.Table", column: str) -> "np.ndarray[Any, Any]":
    """Measured numbers of a column; not a number where nothing is known."""
    import numpy as np  # noqa: PLC0415 -- as above

    values = _whole(table, column)
    if values.null_count == len(values):
        return np.full(len(values), np.nan)
    width = values.type.bit_width // 8
    found = np.frombuffer(values.buffers()[1] or b"", dtype=f"{_letter(str(values.type))}{width}")
    return np.where(_known(values), found[values.offset : values.offset + len(values)], np.nan)


def _letter(name: str) -> str:
    return "f" if name in {"double", "float", "halffloat"} else "i"


def codes(table: "pa.Table", column: str) -> "tuple[list[str], np.ndarray[Any, Any]]":
    """The different texts of a column that was read as a dictionary, and for each row which it has.

    A row without a text is told as '', which stands among the texts then.
    """
    import numpy as np  # noqa: PLC0415 -- as above

    values = _whole(table, column)
    texts = [one or "" for one in values.dictionary.to_pylist()]
    if values.null_count == 0:
        return texts, _buffer(values.indices).astype(np.int64)
    places = np.where(_known(values), _buffer(values.indices), len(texts)).astype(np.int64)
    return [*texts, ""], places


def _whole(table: "pa.Table", column: str) -> "pa.Array":
    return table[column].combine_chunks()


def _buffer(values: "pa.Array") -> "np.ndarray[Any, Any]":
    import numpy as np  # noqa: PLC0415 -- as above

    found = np.frombuffer(values.buffers()[1] or b"", dtype=f"i{values.type.bit_width // 8}")
    return found[values.offset : values.offset + len(values)]


def _known(values: "pa.Array") -> "np.ndarray[Any, Any]":
    import numpy as np  # noqa: PLC0415 -- as above

    bits = values.buffers()[0]
    if bits is None:
        return np.ones(len(values), dtype=bool)
    found = np.unpackbits(np.frombuffer(bits, dtype=np.uint8), bitorder="little")
    return found[values.offset : values.offset + len(values)].astype(bool)
