"""Open data in a zip, as publishers hand them out: the files in it that may hold data, never more than we may unpack."""

import io
import zipfile
from collections.abc import Iterator

from driegesprek.tables import FileRefused, Limits, Problem
from driegesprek.tables.archive import opened, part
from driegesprek.tables.messages import EMPTY, UNPACKS_TOO_LARGE

_KINDS = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".json", ".geojson")
_WORKBOOK = "[Content_Types].xml"
MOST_FILES = 50
"""More files in one zip are refused: nobody can see what they brought in."""


def holds_files(data: bytes) -> bool:
    """Whether this is a zip of files; a workbook is a zip too, and what is damaged is left to whoever reads workbooks."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        return False
    return _WORKBOOK not in names and not any(one.startswith("xl/") for one in names)


def files(data: bytes, *, name: str, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Name, as `zip/file`, and content of each file that may hold data, one at a time.

    Raises:
        FileRefused: damaged, encrypted, a bomb, too many files, or none that may hold data.
    """
    archive = opened(data, name=name, limits=limits)
    chosen = [one.filename for one in archive.infolist() if _may_hold(one)]
    if not chosen:
        raise FileRefused([Problem(name, EMPTY)])
    if len(chosen) > MOST_FILES:
        raise FileRefused([Problem(name, UNPACKS_TOO_LARGE)])
    for one in chosen:
        yield f"{name}/{one.rsplit('/', 1)[-1]}", part(archive, one, name=name, kind="zip")


def _may_hold(entry: zipfile.ZipInfo) -> bool:
    path = entry.filename
    hidden = path.startswith("__MACOSX/") or path.rsplit("/", 1)[-1].startswith(".")
    return not entry.is_dir() and not hidden and path.lower().endswith(_KINDS)
