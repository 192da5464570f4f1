"""Reading SPSS files: codes with labels become coded variables, user-missing values become reasons for missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from driegesprek.tables import archive, messages_wide
from driegesprek.tables.codebook import Codebook, Kind, Reason, Value, Variable
from driegesprek.tables.wide_inferring import emptied, labelled, moment, names_for, numeric, whole
from driegesprek.tables.wide_inferring import inferred as inferred_text
from driegesprek.tables.wide_words import missing_of

_LONGEST_SCALE: Final = 20
"""Whole numbers further apart than this are numbers and no scale."""
CHUNK: Final = 50_000
"""Rows read at a time: pyreadstat makes a Python object of every cell."""
_DAYS: Final = ("DATE", "ADATE", "EDATE", "SDATE", "JDATE")
_MOMENTS: Final = ("DATETIME", "YMDHMS")
_TIMES: Final = ("TIME", "DTIME", "MTIME")


@dataclass(frozen=True)
class _Column:
    """One variable as the file describes it."""

    name: str
    label: str
    labels: Mapping[Any, str]
    missing: Sequence[Any]
    format: str
    is_text: bool

    def is_missing(self, value: Any) -> bool:
        """Whether a value is declared to be missing."""
        return any(
            one["lo"] <= value <= one["hi"] if isinstance(one, Mapping) else one == value
            for one in self.missing
        )


def read_sav(path: Path) -> tuple[Any, Codebook]:
    """The wide table and codebook of a .sav or .zsav; see `driegesprek.tables.wide_files.load_wide`.

    Raises:
        FileRefused: it cannot be read as such a file.
    """
    meta = _described(path)
    if not meta.column_names:
        raise archive.refused(path.name, messages_wide.WIDE_EMPTY)
    arrays = _arrays(path, meta)
    columns = [_column(name, meta) for name in meta.column_names]
    sets = _sets(meta)
    inside = {member for _, _, members in sets for member in members}
    names = names_for([*(c.name for c in columns if c.name not in inside), *(name for name, _, _ in sets)])
    table: dict[str, Any] = {}
    variables = []
    for name, column in zip(names, (c for c in columns if c.name not in inside), strict=False):
        variables.append(_add(table, name, column, arrays[column.name]))
    by_name = {column.name: column for column in columns}
    for name, (_, label, members) in zip(names[len(variables) :], sets, strict=True):
        chosen = [(by_name[member], arrays[member]) for member in members]
        variables.append(_add_several(table, name, label, chosen))
    return _as_table(table), Codebook(meta.file_label or path.stem, path.name, tuple(variables))


def _as_table(columns: Mapping[str, Any]) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - heavy

    return pa.table(dict(columns))


def _described(path: Path) -> Any:
    """The dictionary of the file; letters of an old file without encoding are taken for Western European."""
    import pyreadstat  # noqa: PLC0415 - heavy

    try:
        return pyreadstat.read_sav(path, metadataonly=True, user_missing=True)[1]
    except Exception as error:
        text = " ".join(str(error).split())[:200]
        raise archive.refused(path.name, messages_wide.WIDE_DAMAGED, kind=".sav", text=text) from error


def _arrays(path: Path, meta: Any) -> dict[str, Any]:
    """All columns as arrays of numbers or texts."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    kinds = {name: pa.string() if _is_text(name, meta) else pa.float64() for name in meta.column_names}
    parts: dict[str, list[Any]] = {name: [] for name in kinds}
    for chunk in _chunks(path):
        for name, kind in kinds.items():
            parts[name].append(pa.array(chunk[name], kind, from_pandas=True))
    return {name: pa.chunked_array(found, kinds[name]).combine_chunks() for name, found in parts.items()}


def _is_text(name: str, meta: Any) -> bool:
    return str(meta.readstat_variable_types[name]) == "string"


def _chunks(path: Path) -> Iterator[Mapping[str, list[Any]]]:
    import pyreadstat  # noqa: PLC0415 - heavy

    start = 0
    while True:
        try:
            found, _ = pyreadstat.read_sav(
                path,
                user_missing=True,
                disable_datetime_conversion=True,
                output_format="dict",
                row_offset=start,
                row_limit=CHUNK,
            )
        except Exception as error:
            text = " ".join(str(error).split())[:200]
            raise archive.refused(path.name, messages_wide.WIDE_DAMAGED, kind=".sav", text=text) from error
        yield found
        if len(next(iter(found.values()), [])) < CHUNK:
            return
        start += CHUNK


def _column(name: str, meta: Any) -> _Column:
    return _Column(
        name=name,
        label=" ".join((meta.column_names_to_labels.get(name) or "").split()),
        labels=meta.variable_value_labels.get(name, {}),
        missing=meta.missing_ranges.get(name, ()),
        format=str(meta.original_variable_types.get(name) or ""),
        is_text=_is_text(name, meta),
    )


def _sets(meta: Any) -> list[tuple[str, str, list[str]]]:
    """Sets of dichotomies: (name, label, variables). Each variable counts in one set only."""
    found, used = [], set()
    for name, one in (meta.mr_sets or {}).items():
        members = [member for member in one.get("variable_list", ()) if member not in used]
        if one.get("is_dichotomy") and str(one.get("counted_value")) == "1" and members:
            used |= set(members)
            found.append((str(name).lstrip("$"), str(one.get("label") or ""), members))
    return found


def _add(table: dict[str, Any], name: str, column: _Column, array: Any) -> Variable:
    """Put a column and its reasons into the table."""
    valid, codes = _parted(column, array)
    reasons = _reasons(column, codes)
    values, variable = (_text if column.is_text else _number)(name, column, valid)
    variable = Variable(
        variable.name, variable.label, variable.kind, variable.values, reasons=tuple(reasons.values())
    )
    table[name] = values
    if reasons:
        table[variable.missing_column] = _reason_column(codes, reasons)
    return variable


def _parted(column: _Column, array: Any) -> tuple[Any, Any]:
    """The values that count, and the ones that are declared missing (null elsewhere)."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    declared = [v for v in array.unique().to_pylist() if v is not None and column.is_missing(v)]
    if column.is_text:
        array = emptied(array) if not column.labels else pc.if_else(pc.equal(array, ""), None, array)
    missing = pc.is_in(array, pa.array(declared, array.type))
    nothing = pa.scalar(None, array.type)
    return pc.if_else(missing, nothing, array), pc.if_else(missing, array, nothing)


def _reasons(column: _Column, codes: Any) -> dict[Any, Reason]:
    """Of every code that is declared missing and has a label or occurs."""
    found = {v for v in codes.unique().to_pylist() if v is not None}
    found |= {value for value in column.labels if column.is_missing(value)}
    return {
        value: Reason(
            _code(value), missing_of(column.labels.get(value, "")), labelled(column.labels.get(value, ""))
        )
        for value in sorted(found)
    }


def _code(value: Any) -> str:
    """A value as the text of a code: 1.0 is '1'."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value).strip() or "_"


def _reason_column(codes: Any, reasons: Mapping[Any, Reason]) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - heavy

    told = {value: reason.missing.value for value, reason in reasons.items()}
    return _mapped(codes, told, pa.string())


def _mapped(array: Any, told: Mapping[Any, Any], kind: Any) -> Any:
    """Each value by what it stands for."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    places = pc.index_in(array, pa.array(list(told), array.type))
    return pc.take(pa.array(list(told.values()), kind), places)


def _text(name: str, column: _Column, array: Any) -> tuple[Any, Variable]:
    """A text variable: with labels its values are codes."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    if not column.labels:
        values, variable = inferred_text(name, column.label, array)
        if variable.kind in {Kind.SINGLE, Kind.TEXT}:
            return values, variable
        return array, Variable(name, labelled(column.label, name), Kind.TEXT)
    present = {value for value in array.unique().to_pylist() if value is not None}
    told = {value: _code(value) for value in (*column.labels, *sorted(present - set(column.labels)))}
    told = {value: code for value, code in told.items() if not column.is_missing(value)}
    return _mapped(array, told, pa.string()), _coded(name, column, told)


def _number(name: str, column: _Column, array: Any) -> tuple[Any, Variable]:
    """A numeric variable: codes, dates, whole numbers or decimals."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    kind = column.format.rstrip("0123456789.")
    if kind in {*_DAYS, *_MOMENTS, *_TIMES}:
        return _moments(name, column, array, kind)
    present = sorted(value for value in array.unique().to_pylist() if value is not None)
    labels = sorted(value for value in column.labels if not column.is_missing(value))
    if labels and _is_coded(present, labels):
        told = {value: _code(value) for value in sorted({*labels, *present})}
        return _mapped(array, told, pa.string()), _coded(name, column, told)
    integers = whole(array)
    found = array if integers is None else integers
    return found, _with_labels(numeric(name, column.label, found), column)


def _is_coded(present: Sequence[float], labels: Sequence[float]) -> bool:
    """Whether labels name the values, or at least both ends of a short scale of whole numbers.

    Labels that name a few of many numbers ('99 or older') leave it a number.
    """
    if set(present) <= set(labels):
        return True
    whole_numbers = all(float(value).is_integer() for value in (*present, *labels))
    return (
        whole_numbers
        and labels[0] <= present[0]
        and present[-1] <= labels[-1]
        and labels[-1] - labels[0] <= _LONGEST_SCALE
    )


def _coded(name: str, column: _Column, told: Mapping[Any, str]) -> Variable:
    values = tuple(
        Value(code, labelled(column.labels.get(value, "")), place)
        for place, (value, code) in enumerate(told.items(), 1)
    )
    if not values:  # labels of missing values only, and nothing else in the column
        return Variable(name, labelled(column.label, name), Kind.TEXT)
    return Variable(name, labelled(column.label, name), Kind.SINGLE, values)


def _with_labels(variable: Variable, column: _Column) -> Variable:
    """A number that keeps the labels of some of its values."""
    told = {_code(value): text for value, text in column.labels.items()}
    values = tuple(Value(v.code, labelled(told.get(v.code, "")), v.order) for v in variable.values)
    return Variable(variable.name, variable.label, variable.kind, values)


def _moments(name: str, column: _Column, array: Any, kind: str) -> tuple[Any, Variable]:
    """Dates as dates; moments and times of the day as ISO 8601 text."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    found = [None if value is None else moment(value) for value in array.to_pylist()]
    label = labelled(column.label, name)
    if kind in _DAYS:
        return pa.array([one and one.date() for one in found], pa.date32()), Variable(name, label, Kind.DATE)
    if kind in _MOMENTS:
        told = [one and one.isoformat(sep=" ", timespec="seconds") for one in found]
    else:
        told = [None if value is None else _clock(value) for value in array.to_pylist()]
    return pa.array(told, pa.string()), Variable(name, label, Kind.TEXT)


def _clock(seconds: float) -> str:
    """A time of the day or a duration: 12:11:10."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest:02d}"


def _add_several(
    table: dict[str, Any], name: str, label: str, members: Sequence[tuple[_Column, Any]]
) -> Variable:
    """A set of dichotomies as one question with several answers: chosen where the value is 1."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    parts = [_parted(column, array) for column, array in members]
    answered = _any([pc.is_valid(valid) for valid, _ in parts])
    codes = names_for([_option(column.name, name) for column, _ in members], ["missing"])
    values = []
    for place, ((column, _), (valid, _), code) in enumerate(zip(members, parts, codes, strict=True), 1):
        chosen = pc.fill_null(pc.equal(valid, 1), fill_value=False)
        table[f"{name}__{code}"] = pc.if_else(answered, chosen, pa.scalar(None, pa.bool_()))
        values.append(Value(code, labelled(column.label or column.name), place))
    reasons = _reasons(members[0][0], parts[0][1])
    if reasons:
        told = _reason_column(parts[0][1], reasons)
        table[f"{name}__missing"] = pc.if_else(answered, pa.scalar(None, pa.string()), told)
    return Variable(
        name, labelled(label, name), Kind.MULTIPLE, tuple(values), reasons=tuple(reasons.values())
    )


def _option(variable: str, name: str) -> str:
    """The code of an option: what its variable's name has beyond that of the set."""
    rest = variable[len(name) :].lstrip("_.") if variable.lower().startswith(name.lower()) else ""
    return rest or variable


def _any(flags: Sequence[Any]) -> Any:
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    found = flags[0]
    for flag in flags[1:]:
        found = pc.or_(found, flag)
    return found
