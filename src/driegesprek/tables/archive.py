"""Zip files (a workbook is one too), opened only when that is safe."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable

from driegesprek.tables import messages
from driegesprek.tables.problems import FileRefused, Message, Problem
from driegesprek.tables.values import MEGABYTE, Limits

_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)


def opened(data: bytes, *, name: str, limits: Limits, kind: str = "zip") -> zipfile.ZipFile:
    """Open a zip after checking what its directory declares; zipfile never unpacks more than is declared.

    Raises:
        FileRefused: damaged, encrypted, too many parts, or too large when unpacked.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED as error:
        raise refused(name, messages.UNREADABLE, kind=kind) from error
    entries = archive.infolist()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise refused(name, messages.ENCRYPTED)
    if len(entries) > limits.max_entries or _unpacks_too_large(entries, limits):
        raise refused(name, messages.UNPACKS_TOO_LARGE)
    return archive


def check_xml(archive: zipfile.ZipFile, *, name: str, limits: Limits) -> None:
    """Refuse XML parts that declare a document type or entities (bombs do), or that have too many elements.

    Raises:
        FileRefused: such a part, or a part that cannot be unpacked.
    """
    effort = 0
    for entry in archive.infolist():
        if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        xml = part(archive, entry.filename, name=name)
        if _declares(xml):
            raise refused(name, messages.DANGEROUS_XML, part=entry.filename)
        effort += xml.count(b"<") // 2 * (10 if entry.filename.endswith("styles.xml") else 1)
        if effort > limits.max_elements:
            raise refused(name, messages.UNPACKS_TOO_LARGE)


def part(archive: zipfile.ZipFile, filename: str, *, name: str, kind: str = ".xlsx") -> bytes:
    """One part's bytes.

    Raises:
        FileRefused: it cannot be unpacked.
    """
    try:
        return archive.read(filename)
    except (*_DAMAGED, KeyError) as error:
        raise refused(name, messages.UNREADABLE, kind=kind) from error


def unzip(data: bytes, *, name: str, limits: Limits) -> dict[str, bytes]:
    """All files of a zip by their path, folders and the system's own files left out.

    Raises:
        FileRefused: the zip is damaged, encrypted or a bomb.
    """
    archive = opened(data, name=name, limits=limits)
    paths = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
    return {path: part(archive, path, name=name, kind="zip") for path in paths if not _of_the_system(path)}


def refused(name: str, message: Message, /, **params: object) -> FileRefused:
    """The refusal of a whole file."""
    return FileRefused([Problem(name, message, params)])


def _unpacks_too_large(entries: Iterable[zipfile.ZipInfo], limits: Limits) -> bool:
    total = 0
    for entry in entries:
        total += entry.file_size
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > MEGABYTE and ratio > limits.max_ratio:
            return True
    return total > limits.max_unpacked


def _declares(xml: bytes) -> bool:
    head = xml[:2]
    if head in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in xml[:64]:
        xml = xml.replace(b"\0", b"")
    return _DECLARATION.search(xml) is not None


def _of_the_system(path: str) -> bool:
    return path.startswith("__MACOSX/") or path.rsplit("/", 1)[-1].startswith(".")
