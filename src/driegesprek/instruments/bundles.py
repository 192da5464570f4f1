"""A form with its media in one zip, as ODK and KoboToolbox hand them out: the form, and FORM-media/ beside it."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from driegesprek.instruments.files import told
from driegesprek.instruments.near_misses import by_parts
from driegesprek.instruments.problems import FormRefused, Problem
from driegesprek.tables import FileRefused, Limits, archive

LIMITS: Final = Limits(max_bytes=150_000_000, max_unpacked=250_000_000, max_entries=1_000)
FORMS: Final = (".xlsx", ".xls", ".md", ".csv")
"""Endings of a form; a workbook counts before a csv, which may as well hold its choices."""

_PARTS_OF_A_DOCUMENT: Final = ("[Content_Types].xml", "mimetype")


@dataclass(frozen=True)
class Bundle:
    """A form (`data`, called `name`) and the files that came with it, by their bare names."""

    name: str
    data: bytes
    files: Mapping[str, bytes]


def is_bundle(data: bytes) -> bool:
    """Whether this is a zip that is no workbook or document itself."""
    if not data.startswith(b"PK"):
        return False
    try:
        with archive.opened(data, name="", limits=LIMITS) as found:
            names = found.namelist()
    except FileRefused:
        return False
    return not set(names) & set(_PARTS_OF_A_DOCUMENT) and not by_parts(names)


def unpacked(data: bytes, *, name: str) -> Bundle:
    """The form and its files.

    The form is the only workbook, text table or csv that stands least deep; all else comes with it.

    Raises:
        FormRefused: damaged, a bomb, no form in it or several, or two files of one name.
    """
    try:
        found = archive.unzip(data, name=name, limits=LIMITS)
    except FileRefused as refusal:
        raise FormRefused(*(told(problem) for problem in refusal.problems)) from refusal
    form = _form(found)
    return Bundle(PurePosixPath(form).stem, found.pop(form), _by_name(found))


def plain_name(name: str) -> str:
    """A file's name without folders, as it is compared: letters alike whatever the case and the system it came from."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    return unicodedata.normalize("NFC", bare).strip().casefold()


def _form(names: Iterable[str]) -> str:
    for ending in FORMS:
        forms = [name for name in names if name.lower().endswith(ending) and not _is_media(name)]
        least = min((name.count("/") for name in forms), default=0)
        shallow = [name for name in forms if name.count("/") == least]
        if len(shallow) > 1:
            details = {"files": ", ".join(sorted(shallow)[:10])}
            raise FormRefused(Problem(None, None, None, "bundle_several", details))
        if shallow:
            return shallow[0]
    raise FormRefused(Problem(None, None, None, "bundle_none"))


def _is_media(name: str) -> bool:
    return any(part.lower() == "media" or part.lower().endswith("-media") for part in name.split("/")[:-1])


def _by_name(files: Mapping[str, bytes]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path, data in files.items():
        name = PurePosixPath(path.replace("\\", "/")).name
        if any(plain_name(other) == plain_name(name) for other in found):
            raise FormRefused(Problem(None, None, None, "bundle_twice", {"file": name}))
        found[name] = data
    return found
