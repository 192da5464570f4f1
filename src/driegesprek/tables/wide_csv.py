"""Writing a wide file as text that a Dutch spreadsheet opens without running anything, batch by batch."""

from pathlib import Path
from typing import Any, Final

from driegesprek.tables.wide import WideFile
from driegesprek.tables.writing import NUMBER, PHONE, RISKY

_MARK: Final = b"\xef\xbb\xbf"


def write_csv(file: WideFile, path: Path) -> None:
    """UTF-8 with its mark; semicolons, and commas in decimals; booleans as 1 and 0, dates as ISO 8601.

    A text that a spreadsheet would take for a formula gets an apostrophe, which `load_wide` takes away again.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy
    from pyarrow import csv  # noqa: PLC0415 - heavy

    columns = file.columns()
    schema = pa.schema([(name, pa.string()) for name in columns])
    options = csv.WriteOptions(delimiter=";", quoting_style="needed", quoting_header="needed")
    with path.open("wb") as target:
        target.write(_MARK)
        with csv.CSVWriter(target, schema, write_options=options) as writer:
            for batch in file.batches(columns):
                texts = [as_text(column) for column in batch.columns]
                writer.write_batch(pa.RecordBatch.from_arrays(texts, schema=schema))


def as_text(column: Any) -> Any:
    """A column as the text of its cells."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    kind = column.type
    if pa.types.is_boolean(kind):
        return column.cast(pa.int8()).cast(pa.string())
    if pa.types.is_floating(kind):
        finite = pc.if_else(pc.is_finite(column), column, pa.scalar(None, kind))
        return pc.replace_substring(finite.cast(pa.string()), ".", ",")
    if pa.types.is_dictionary(kind):
        return as_text(column.cast(kind.value_type))
    texts = column.cast(pa.string())
    return texts if not pa.types.is_string(kind) else defused_column(texts)


def defused_column(column: Any) -> Any:
    """As `driegesprek.tables.defused`, for a column of texts."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    risky = pc.match_substring_regex(column, f"^{RISKY.pattern}")
    if not pc.any(risky).as_py():
        return column
    harmless = pc.match_substring_regex(column, f"^(({NUMBER.pattern})|({PHONE.pattern}))$")
    prefixed = pc.binary_join_element_wise(pa.scalar("'"), column, "")
    return pc.if_else(pc.and_not(risky, harmless), prefixed, column)
