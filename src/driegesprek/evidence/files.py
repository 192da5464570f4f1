"""Files of respondents: .csv, .sav and .parquet become :class:`~driegesprek.evidence.data.Data`.

Empty cells and ``NA`` are missing in a .csv; in a .sav also what its author declared missing, with its label as the
reason. Text and labelled codes are categories; numbers are numbers.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from driegesprek.evidence import data as rows
from driegesprek.evidence.csv_faults import fault, suspect
from driegesprek.evidence.data import Column, Data
from driegesprek.evidence.problems import EvidenceError
from driegesprek.tables.codebook import MISSING_SUFFIX, Codebook, CodebookError, Kind
from driegesprek.tables.problems import FileRefused
from driegesprek.tables.wide_files import METADATA, codebook_path, load_wide

MISSING_TEXTS = ("", "NA", "N/A", "NaN", "nan", "NULL", "null", "#N/A")
_SEPARATORS = ",;\t|"


def load(source: Path | str, *, categories: Sequence[str] = ()) -> Data:
    """Open a file of respondents.

    Args:
        source: A .csv, .sav or .parquet; beside a Parquet file its codebook may lie as ``name.codebook.json``.
        categories: Variables that hold numbers and yet are categories, such as a school's number.

    Raises:
        EvidenceError: The file is not there, of another kind, or cannot be read; the message says what to do.
    """
    path = Path(source)
    if not path.is_file():
        raise EvidenceError("no_file", f"There is no file {path}.")
    readers = {".csv": _csv, ".txt": _csv, ".tsv": _csv, ".sav": _sav, ".zsav": _sav, ".parquet": _parquet}
    if path.suffix.lower() not in readers:
        raise EvidenceError("unknown_kind", f"{path.name}: evidence reads .csv, .sav and .parquet.")
    text_with_codebook = (
        path.suffix.lower() not in {".sav", ".zsav", ".parquet"} and codebook_path(path).is_file()
    )
    try:
        found = _wide(path) if text_with_codebook else readers[path.suffix.lower()](path)
    except (pa.ArrowException, OSError, UnicodeError, csv.Error) as error:
        raise EvidenceError("unreadable", f"{path.name} cannot be read: {_first_line(error)}.") from error
    if not found.columns:
        raise EvidenceError("no_data", f"{path.name} has no columns.")
    return found.as_categories(categories)


def _wide(path: Path) -> Data:
    """A file of text as the codebook beside it means it."""
    try:
        table, book = load_wide(path)
    except FileRefused as error:
        raise EvidenceError("unreadable", f"{path.name}: {_first_line(error)}.") from error
    return rows.of(_plain_types(table), described(book))


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")


def _csv(path: Path) -> Data:
    from pyarrow import csv as arrow_csv  # noqa: PLC0415 -- only for this kind of file

    raw = path.read_bytes()
    raw = raw if raw.removeprefix(b"\xef\xbb\xbf").strip() else b""
    if not raw:
        raise EvidenceError("no_data", f"{path.name} is empty.")
    encoding = _encoding(raw)
    head = raw[:200_000].decode(encoding, errors="replace")
    separator = _separator(head)
    comma = separator != "," and _comma_decimals(head, separator)
    options: dict[str, Any] = {
        "read_options": arrow_csv.ReadOptions(encoding=encoding),
        "parse_options": arrow_csv.ParseOptions(delimiter=separator, newlines_in_values=True),
    }
    _check_headings(head, separator, path.name)
    try:
        table = _read(raw, options, separator, comma=comma)
    except pa.ArrowInvalid as error:
        raise fault(raw.decode(encoding), separator, path.name) or error from error
    if suspect(raw, table.num_rows) and (wrong := fault(raw.decode(encoding), separator, path.name)):
        raise wrong
    return rows.of(_plain_types(table))


def _read(raw: bytes, options: dict[str, Any], separator: str, *, comma: bool) -> Any:
    """The rows of a text file; a column that looked like numbers at first and is not is text.

    Raises:
        pyarrow.ArrowInvalid: A row has too many or too few cells.
    """
    from pyarrow import csv as arrow_csv  # noqa: PLC0415 -- only for this kind of file

    missing: dict[str, Any] = {"null_values": list(MISSING_TEXTS), "strings_can_be_null": True}
    convert = arrow_csv.ConvertOptions(decimal_point="," if comma else ".", **missing)
    try:
        return arrow_csv.read_csv(io.BytesIO(raw), convert_options=convert, **options)
    except pa.ArrowInvalid:
        head = raw[:200_000].decode(options["read_options"].encoding, errors="replace")
        names = next(csv.reader([head.splitlines()[0].removeprefix("\ufeff")], delimiter=separator))
        as_text = arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), **missing)
        return _numbers_where_possible(
            arrow_csv.read_csv(io.BytesIO(raw), convert_options=as_text, **options), comma=comma
        )


def _encoding(raw: bytes) -> str:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _separator(head: str) -> str:
    first = head.splitlines()[0]
    return max(_SEPARATORS, key=first.count)


def _comma_decimals(head: str, separator: str) -> bool:
    """Whether numbers are written as 3,5."""
    import re  # noqa: PLC0415 -- only for this question

    return (
        re.search(rf"(^|{re.escape(separator)})\"?-?\d+,\d+\"?({re.escape(separator)}|$)", head, re.MULTILINE)
        is not None
    )


def _check_headings(head: str, separator: str, name: str) -> None:
    headings = next(csv.reader([head.splitlines()[0].removeprefix("\ufeff")], delimiter=separator))
    if twice := next((one for one in headings if headings.count(one) > 1), None):
        raise EvidenceError(
            "unreadable", f"{name}: the heading {twice!r} stands twice. Rename one of the two."
        )


def _numbers_where_possible(table: pa.Table, *, comma: bool) -> pa.Table:
    for place, field in enumerate(table.schema):
        column = table.column(place)
        text = pc.replace_substring(column, ",", ".") if comma else column
        try:
            table = table.set_column(place, field.name, text.cast(pa.float64()))
        except pa.ArrowInvalid:
            continue
    return table


def _plain_types(table: pa.Table) -> pa.Table:
    """Truth values, dates and moments become text, which is a category."""
    for place, field in enumerate(table.schema):
        if not (pa.types.is_string(field.type) or _is_number(field.type) or pa.types.is_null(field.type)):
            text = rows.text_of(table.column(place).combine_chunks())
            table = table.set_column(place, field.name, text)
    return table


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _sav(path: Path) -> Data:
    import pyreadstat  # noqa: PLC0415 -- only for this kind of file

    try:
        held, meta = pyreadstat.read_sav(
            str(path), output_format="dict", user_missing=True, disable_datetime_conversion=True
        )
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError) as error:
        raise EvidenceError("unreadable", f"{path.name} cannot be read: {_first_line(error)}.") from error
    columns: dict[str, Column] = {}
    arrays: dict[str, Any] = {}
    for name in meta.column_names:
        labels = {_code(code): str(text) for code, text in meta.variable_value_labels.get(name, {}).items()}
        missing: Any = meta.missing_ranges.get(name, [])
        values, reasons = _without_user_missing(list(held[name]), missing, labels)
        text = meta.readstat_variable_types.get(name) == "string"
        shown = {code: label for code, label in labels.items() if not _declared(code, missing)}
        arrays[name] = _array(values, text=text)
        columns[name] = Column(name, text or bool(shown), tuple(sorted(shown, key=_order)), shown)
        if any(reason is not None for reason in reasons):
            arrays[name + MISSING_SUFFIX] = pa.array(reasons, pa.string())
    return rows.of(pa.table(arrays), columns)


def _array(values: list[Any], *, text: bool) -> Any:
    if text:
        return pa.array([value or None for value in values], pa.string())
    numbers = [value if isinstance(value, int | float) and value == value else None for value in values]  # noqa: PLR0124 -- NaN
    if any(value is not None and not isinstance(value, int | float) for value in values):
        return pa.array([None if value is None else str(value) for value in values], pa.string())  # dates
    return pa.array(numbers, pa.float64())


def _without_user_missing(
    values: list[Any], missing: Sequence[Mapping[str, Any]], labels: Mapping[str, str]
) -> tuple[list[Any], list[str | None]]:
    """Values, and the label of the declared missing code where one stood."""
    if not missing:
        return values, [None] * len(values)
    gone = [value is not None and value == value and _declared(_code(value), missing) for value in values]  # noqa: PLR0124
    kept = [None if out else value for value, out in zip(values, gone, strict=True)]
    said = [
        labels.get(_code(value), _code(value)) if out else None
        for value, out in zip(values, gone, strict=True)
    ]
    return kept, said


def _declared(code: str, missing: Sequence[Mapping[str, Any]]) -> bool:
    return any(_within(code, one["lo"], one["hi"]) for one in missing)


def _within(code: str, low: Any, high: Any) -> bool:
    try:
        return bool(float(low) <= float(code) <= float(high))
    except (TypeError, ValueError):
        return str(low) <= code <= str(high)


def _code(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _order(code: str) -> tuple[int, float, str]:
    try:
        return (0, float(code), code)
    except ValueError:
        return (1, 0.0, code)


def _parquet(path: Path) -> Data:
    import ibis  # noqa: PLC0415 -- heavy
    import pyarrow.parquet as pq  # noqa: PLC0415 -- tells what is wrong with a file better than DuckDB does

    inside = (pq.read_schema(path).metadata or {}).get(METADATA)
    book = codebook_path(path)
    try:
        text = book.read_text(encoding="utf-8") if book.is_file() else inside.decode() if inside else None
        columns = described(Codebook.from_json(text)) if text else {}
    except CodebookError as error:
        raise EvidenceError("unreadable", f"{book.name}: {error}") from error
    with rows.quiet():
        return rows.of(ibis.duckdb.connect().read_parquet(path), columns)


NUMBERS = {Kind.INTEGER, Kind.DECIMAL}


def described(book: Codebook) -> dict[str, Column]:
    """What a codebook says of its variables; options of a question with several answers are categories of their own."""
    found = {}
    for variable in book.variables:
        for name in variable.columns:
            coded = variable.kind not in NUMBERS or bool(variable.values)
            levels = variable.codes if name == variable.name else ()
            labels = {code: variable.value_label(code, "en", "nl") for code in levels}
            found[name] = Column(name, coded or name != variable.name, tuple(levels), labels)
    return found
