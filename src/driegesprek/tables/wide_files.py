"""Reading a file with one row per respondent into the wide form of `driegesprek.tables.codebook`."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from driegesprek.tables import archive, messages, messages_wide, text
from driegesprek.tables.codebook import Codebook, CodebookError, Kind, Variable
from driegesprek.tables.wide_inferring import emptied, inferred, labelled, names_for, numeric, whole

METADATA: Final = b"driegesprek.codebook"
"""Where a Parquet file of ours carries its codebook."""


def load_wide(path: str | Path) -> tuple[Any, Codebook]:
    """Read a .sav, .zsav, .parquet, .csv (or .txt, .tsv) or .xlsx with one row per respondent.

    A codebook that stands beside the file (`answers.csv` and `answers.codebook.json`, as `driegesprek export` writes
    them) or inside it (our Parquet) is used. Without one:

    * SPSS: numbers and texts with value labels become coded variables (kind single, codes as text: '1'), numbers of
      which only a few have labels stay numbers, sets of dichotomies become one variable with several answers, and
      user-missing values become reasons for missing in `name__missing`. `Variable.reasons` keeps their codes and
      labels; what a label does not tell is `not_recorded`, as is system-missing.
    * other files: columns are whole numbers, decimals, ISO dates, codes (at most 50 different short texts that come
      back) or text. Empty cells, NA, NaN, N/A, NULL and a full stop alone are missing.

    Names that a codebook does not take are changed (spaces become underscores); the heading is then the label.

    Args:
        path: the file; its kind is told by its name's ending.

    Returns:
        (pyarrow.Table, Codebook): the columns as the codebook describes them, in memory.

    Raises:
        FileRefused: no such file, damaged, of another kind, or its codebook does not fit.
    """
    path = Path(path)
    if not path.is_file():
        raise archive.refused(path.name, messages.NOT_FOUND)
    kind = path.suffix.lower()
    if kind not in _READERS:
        raise archive.refused(path.name, messages_wide.WIDE_KIND, kind=kind or "?")
    table, codebook = _READERS[kind](path)
    beside = codebook_path(path)
    if codebook is None and beside.is_file():
        codebook = _read_codebook(path, beside)
    return (table, codebook) if kind in _SAV else _meant(path, table, codebook)


def codebook_path(path: Path) -> Path:
    """Where the codebook of a file stands: beside it, `answers.codebook.json`."""
    return path.with_name(f"{path.stem}.codebook.json")


def _read_codebook(path: Path, beside: Path) -> Codebook:
    try:
        return Codebook.from_json(beside.read_text(encoding="utf-8"))
    except (CodebookError, OSError, UnicodeDecodeError) as error:
        raise archive.refused(path.name, messages_wide.WIDE_CODEBOOK, text=str(error)) from error


def _meant(path: Path, table: Any, codebook: Codebook | None) -> tuple[Any, Codebook]:
    """The columns as a codebook means them, or as they are inferred to be."""
    if not table.num_columns:
        raise archive.refused(path.name, messages_wide.WIDE_EMPTY)
    if codebook is None:
        return _inferred(path, table)
    lacking = [c for v in codebook.variables for c in v.columns if c not in table.column_names]
    if lacking:
        told = f"there is no column {lacking[0]!r}"
        raise archive.refused(path.name, messages_wide.WIDE_CODEBOOK, text=told)
    return _typed(path, table, codebook), codebook


def _typed(path: Path, table: Any, codebook: Codebook) -> Any:
    """The columns of the codebook with their types; other columns are left out."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    columns: dict[str, Any] = {}
    try:
        for variable in codebook.variables:
            kind = _arrow_type(variable)
            columns |= {name: _cast(table[name], kind) for name in variable.columns}
            if variable.missing_column in table.column_names:
                columns[variable.missing_column] = _cast(table[variable.missing_column], pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        told = " ".join(str(error).split())[:200]
        raise archive.refused(path.name, messages_wide.WIDE_CODEBOOK, text=told) from error
    return pa.table(columns)


def _arrow_type(variable: Variable) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - heavy

    kinds = {
        Kind.INTEGER: pa.int64(),
        Kind.DECIMAL: pa.float64(),
        Kind.DATE: pa.date32(),
        Kind.MULTIPLE: pa.bool_(),
    }
    return kinds.get(variable.kind, pa.string())


def _cast(column: Any, kind: Any) -> Any:
    """A column in its type; a file of text holds 1 and 0 for yes and no, and a comma in decimals."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if not pa.types.is_string(column.type) or pa.types.is_string(kind):
        return column.cast(kind)
    if pa.types.is_floating(kind):
        column = pc.replace_substring(column, ",", ".")
    return column.cast(pa.int64()).cast(kind) if pa.types.is_boolean(kind) else column.cast(kind)


def _inferred(path: Path, table: Any) -> tuple[Any, Codebook]:
    import pyarrow as pa  # noqa: PLC0415 - heavy

    columns, variables = {}, []
    comma = table.schema.metadata is not None and table.schema.metadata.get(b"comma") == b"1"
    for name, written in zip(names_for(table.column_names), table.column_names, strict=True):
        column, variable = _one(name, written, table[written].combine_chunks(), comma=comma)
        columns[name] = column
        variables.append(variable)
    return pa.table(columns), Codebook(path.stem, path.name, tuple(variables))


def _one(name: str, written: str, column: Any, *, comma: bool) -> tuple[Any, Variable]:
    """One column without a codebook."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        column = column.cast(pa.int64())
        return column, numeric(name, written, column)
    if pa.types.is_date(kind):
        return column.cast(pa.date32()), Variable(name, labelled(written, name), Kind.DATE)
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        numbers = _without_nan(column.cast(pa.float64()))
        integers = whole(numbers)
        found = numbers if integers is None else integers
        return found, numeric(name, written, found)
    return inferred(name, written, emptied(column.cast(pa.string())), comma=comma)


def _without_nan(column: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    return pc.if_else(pc.is_finite(column), column, pa.scalar(None, pa.float64()))


def _parquet(path: Path) -> tuple[Any, Codebook | None]:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.parquet as pq  # noqa: PLC0415 - heavy

    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        text_ = " ".join(str(error).split())[:200]
        raise archive.refused(path.name, messages_wide.WIDE_DAMAGED, kind=".parquet", text=text_) from error
    told = (table.schema.metadata or {}).get(METADATA)
    if told is None:
        return table, None
    try:
        return table, Codebook.from_json(told.decode(errors="replace"))
    except CodebookError as error:
        raise archive.refused(path.name, messages_wide.WIDE_CODEBOOK, text=str(error)) from error


def _text_file(path: Path) -> tuple[Any, None]:
    """A text file by Arrow, after its letters and separator are known; every column is text."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    from pyarrow import csv as arrow_csv  # noqa: PLC0415 - heavy

    data = path.read_bytes()
    if not data.strip():
        raise archive.refused(path.name, messages.EMPTY)
    written, _ = text.decode(data, name=path.name)
    separator, body = text.separated(written)
    head = next(csv.reader(io.StringIO(body.lstrip("\r\n"), newline=""), delimiter=separator), [])
    headings = _headings(head)
    try:
        table = arrow_csv.read_csv(
            io.BytesIO(body.encode()),
            read_options=arrow_csv.ReadOptions(column_names=headings, skip_rows_after_names=1),
            parse_options=arrow_csv.ParseOptions(delimiter=separator, newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(headings, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        told = " ".join(str(error).split())[:200]
        raise archive.refused(path.name, messages_wide.WIDE_DAMAGED, kind=path.suffix, text=told) from error
    table = pa.table({name: _as_typed(table[name]) for name in table.column_names})
    return table.replace_schema_metadata({"comma": "1" if separator == ";" else "0"}), None


def _as_typed(column: Any) -> Any:
    """Text as it was before it was written: nothing for an empty cell, without the apostrophe that defused a formula."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    plain = pc.replace_substring_regex(column, r"^'('*[=+\-@\t\r])", r"\1")
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), plain)


def _headings(cells: Sequence[Any]) -> list[str]:
    """The headings, each once; a column without heading is called after its place."""
    found: dict[str, int] = {}
    names = []
    for place, cell in enumerate(cells, 1):
        name = " ".join(str(cell).split()) if cell not in (None, "") else f"column_{place}"
        found[name] = found.get(name, 0) + 1
        names.append(name if found[name] == 1 else f"{name} {found[name]}")
    return names


def _workbook(path: Path) -> tuple[Any, None]:
    """The first sheet of a workbook that holds a table."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    from driegesprek.tables.reading import read  # noqa: PLC0415 - a floor of its own

    table = read(path, name=path.name)[0]
    columns: Mapping[str, list[str | None]] = {
        heading: [_cell(row.cells[place]) for row in table.rows]
        for place, heading in enumerate(table.headings)
    }
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()}), None


def _cell(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(int(value))
    return None if value is None else str(value)


def _sav(path: Path) -> tuple[Any, Codebook]:
    from driegesprek.tables.wide_sav import read_sav  # noqa: PLC0415 - heavy

    return read_sav(path)


_SAV: Final = frozenset({".sav", ".zsav"})
_READERS: Final[Mapping[str, Any]] = {
    ".sav": _sav,
    ".zsav": _sav,
    ".parquet": _parquet,
    ".csv": _text_file,
    ".txt": _text_file,
    ".tsv": _text_file,
    ".xlsx": _workbook,
}
