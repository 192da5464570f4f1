"""Files beside a form: lists of choices and tables that its expressions look up (csv, xml, geojson)."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

from driegesprek.instruments.languages import language_key
from driegesprek.instruments.model import Choice
from driegesprek.instruments.text_tables import decoded
from driegesprek.instruments.unusable import Unusable

ENDINGS: Final = (".csv", ".xml", ".geojson")
MOST_BYTES: Final = 10_000_000
MOST_ROWS: Final = 20_000
_MOST_COLUMNS: Final = 200
_LONGEST_CELL: Final = 20_000

Rows = list[dict[str, str]]
Find = Callable[[str], bytes | None]


class Unreadable(Unusable):
    """A file beside the form that cannot be used; `code` is a key of the messages about forms."""


def among(files: Mapping[str, bytes]) -> Find:
    """Finds files among those that were given with the form, by name, whatever folder they were in."""
    found = {PurePosixPath(name.replace("\\", "/")).name: data for name, data in files.items()}
    return found.get


def beside(form: Path) -> Find:
    """Finds files in the folder of the form, or in the folder <form>-media beside it, as ODK Collect has it."""

    def find(name: str) -> bytes | None:
        for folder in (form.parent, form.parent / f"{form.stem}-media"):
            path = folder / name
            if path.is_file() and path.stat().st_size <= MOST_BYTES:
                return path.read_bytes()
        return None

    return find


def choices_of(name: str, find: Find, *, value: str = "", label: str = "") -> tuple[Choice, ...]:
    """The rows of a file as choices; all columns but name and label are kept for choice_filter and lookups.

    Args:
        name: the name of the file, with its ending and without a folder
        find: finds its bytes
        value: the column that holds the names of choices; without it `name`, in geojson `id`
        label: the column that holds their labels; without it `label`, in geojson `title`

    Raises:
        Unreadable: it is not there, too large or damaged, or the column is not there.
    """
    if "/" in name or "\\" in name or name.startswith("."):
        raise Unreadable("attachment_name")
    data = find(name)
    if data is None:
        raise Unreadable("attachment_missing")
    if len(data) > MOST_BYTES:
        raise Unreadable("attachment_too_large")
    ending = PurePosixPath(name).suffix.lower()
    rows = _READERS[ending](data)
    geo = ending == ".geojson"
    return _choices(rows, value or ("id" if geo else "name"), label or ("title" if geo else "label"))


def table_of(name: str, find: Find) -> tuple[Choice, ...]:
    """The rows of a csv that pulldata() looks up; it needs no column of names.

    Raises:
        Unreadable: as `choices_of`.
    """
    if "/" in name or "\\" in name or name.startswith("."):
        raise Unreadable("attachment_name")
    data = find(name)
    if data is None:
        raise Unreadable("attachment_missing")
    return tuple(_choice(row, "name", "label") for row in _csv(data))


def _choices(rows: Rows, value: str, label: str) -> tuple[Choice, ...]:
    if rows and not any(value in row for row in rows):
        raise Unreadable("attachment_no_column")
    return tuple(_choice(row, value, label) for row in rows if row.get(value, "").strip())


def _choice(row: Mapping[str, str], value: str, label: str) -> Choice:
    texts = {"default": row[label]} if row.get(label) else {}
    for column, cell in row.items():
        name, _, language = column.partition("::")
        if name.strip() == label and language and cell:
            texts[language_key(language)] = cell
    own = {column: cell for column, cell in row.items() if cell and column not in {"name", "label"}}
    renamed = {column: row[column] for column in ("name", "label") if row.get(column)}
    return Choice(
        name=row.get(value, "").strip(), label=texts, extra=own if value == "name" else own | renamed
    )


def _csv(data: bytes) -> Rows:
    text = _text(data)
    head = text[:5000]
    reader = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), restkey="", restval=""
    )
    try:
        return _bounded(
            {key.strip(): (cell or "").strip() for key, cell in row.items() if key} for row in reader
        )
    except csv.Error as error:
        raise Unreadable("attachment_damaged") from error


def _text(data: bytes) -> str:
    text = decoded(data)
    if text is None:
        raise Unreadable("attachment_damaged")
    return text


def _bounded(rows: Iterable[Mapping[str, str]]) -> Rows:
    found: Rows = []
    for row in rows:
        if len(found) >= MOST_ROWS or len(row) > _MOST_COLUMNS:
            raise Unreadable("attachment_too_large")
        if any(len(cell) > _LONGEST_CELL or "\0" in cell for cell in row.values()):
            raise Unreadable("attachment_too_large")
        found.append(dict(row))
    return found


def _xml(data: bytes) -> Rows:
    """<root><item><name>…</name>…</item></root>, as ODK's secondary instances are written."""
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415 -- only where such a file stands beside a form

    from defusedxml import DefusedXmlException  # noqa: PLC0415 -- idem
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 -- idem

    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable("attachment_damaged") from error
    return _bounded({_bare(cell.tag): (cell.text or "").strip() for cell in item} for item in root)


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def _geojson(data: bytes) -> Rows:
    """A FeatureCollection: the properties of each feature, its id, and its place as ODK writes places."""
    try:
        document = json.loads(_text(data))
        features = document["features"]
        return _bounded(_feature(one) for one in features)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable("attachment_damaged") from error


def _feature(feature: Mapping[str, Any]) -> dict[str, str]:
    row = {str(key): _written(value) for key, value in (feature.get("properties") or {}).items()}
    if feature.get("id") is not None:
        row["id"] = _written(feature["id"])
    row["geometry"] = "; ".join(_places((feature.get("geometry") or {}).get("coordinates") or []))
    return row


def _written(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _places(coordinates: Any, depth: int = 0) -> Iterator[str]:
    """GeoJSON has longitude first; ODK latitude, with 0 for altitude and accuracy."""
    if (
        depth == 0
        and coordinates
        and isinstance(coordinates[0], list)
        and isinstance(coordinates[0][0], list)
    ):
        coordinates = coordinates[0]
    if coordinates and not isinstance(coordinates[0], list):
        yield f"{coordinates[1]} {coordinates[0]} 0 0"
        return
    for one in coordinates:
        yield f"{one[1]} {one[0]} 0 0"


_READERS: Final[Mapping[str, Callable[[bytes], Rows]]] = {".csv": _csv, ".xml": _xml, ".geojson": _geojson}
