"""Everything an installation stores, as one file, and back: the same for SQLite and PostgreSQL.

A backup is a zip: manifest.json (format, migrations, fingerprint of the key file, rows and SHA-256 per member), one
JSON line per row in tables/, the stored files in files/. Contact fields stay encrypted; the key file is not in it. Sessions
and the queue of background tasks are not kept.
"""

import hashlib
import json
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.functions import Cast
from django.utils import timezone

from driegesprek.web.common.fields import EncryptedField, Stored

FORMAT = 1
LEFT_OUT = {"sessions", "contenttypes", "auth", "django_tasks_db", "django_tasks_database"}
BATCH = 2000
LARGEST_MANIFEST = 50_000_000  # bytes; it names every stored file
_MISFITS = (ValueError, TypeError, AttributeError, KeyError, ValidationError)


class BackupRefusedError(Exception):
    """The file cannot be restored here; the message says why and what to do."""


def _models() -> list[type[models.Model]]:
    found = [model for model in apps.get_models() if model._meta.app_label not in LEFT_OUT]  # noqa: SLF001 - documented
    return [model for model in found if model._meta.managed and not model._meta.proxy]  # noqa: SLF001 - documented


def _migrations() -> list[list[str]]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted([app, name] for app, name in applied if app not in LEFT_OUT)


def write(path: Path) -> int:
    """Write a backup to `path`, from one consistent view of the database; returns the number of rows.

    The file appears under its name only when it is whole.
    """
    unfinished = path.with_name(f"{path.name}.{uuid4().hex}.part")
    try:
        with zipfile.ZipFile(unfinished, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as archive, _snapshot():
            members = {name: _add(archive, name, chunks) for name, chunks in _contents()}
            archive.writestr("manifest.json", json.dumps(_manifest(members), indent=1))
        unfinished.chmod(0o600)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return sum(member["rows"] for member in members.values())


class _snapshot:  # noqa: N801 - a context manager reads as a verb
    """One consistent view for reading, without keeping anybody from writing."""

    def __enter__(self) -> None:
        begin = (
            "BEGIN DEFERRED"
            if connection.vendor == "sqlite"
            else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        )
        self._nested = connection.in_atomic_block
        if not self._nested:
            connection.ensure_connection()
            _execute(begin)

    def __exit__(self, *_error: object) -> None:
        if not self._nested:
            _execute("ROLLBACK")


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _manifest(members: dict[str, Any]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(),
        "keys": settings.KEYS.fingerprint,
        "migrations": _migrations(),
        "members": members,
    }


def _contents() -> Iterator[tuple[str, Iterator[bytes]]]:
    for model in _models():
        yield _member(model), _lines(model)
    root = Path(settings.MEDIA_ROOT)
    for file in sorted(root.rglob("*")) if root.is_dir() else []:
        # What is deleted meanwhile (a print that is a week old) is not in the backup.
        with suppress(FileNotFoundError, IsADirectoryError), file.open("rb") as stream:
            yield f"files/{file.relative_to(root).as_posix()}", _blocks(stream)


def _member(model: type[models.Model]) -> str:
    """The name of a table in the backup."""
    return f"tables/{model._meta.label_lower}.jsonl"  # noqa: SLF001 - documented


def _lines(model: type[models.Model]) -> Iterator[bytes]:
    columns = {field.attname: _stored(field) for field in model._meta.concrete_fields}  # noqa: SLF001 - documented
    rows = model._base_manager.order_by().values_list(*columns.values())  # noqa: SLF001 - documented
    for row in rows.iterator(chunk_size=BATCH):
        line = json.dumps(dict(zip(columns, row, strict=True)), cls=_Precise, ensure_ascii=False)
        yield line.encode() + b"\n"


class _Precise(DjangoJSONEncoder):
    """Django's, but with microseconds."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if hasattr(value, "isoformat") else super().default(value)


def _stored(field: models.Field[Any, Any]) -> Any:
    """The column; an encrypted one as the database has it."""
    return Cast(field.attname, models.TextField()) if isinstance(field, EncryptedField) else field.attname


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(1 << 20):
        yield block


def _add(archive: zipfile.ZipFile, name: str, chunks: Iterator[bytes]) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as stream:
        for chunk in chunks:
            stream.write(chunk)
            digest.update(chunk)
            rows += 1
    return {"sha256": digest.hexdigest(), "rows": rows if name.startswith("tables/") else 0}


def restore(path: Path) -> int:
    """Replace everything by what `path` holds, in one transaction; returns the number of rows.

    Raises:
        BackupRefusedError: if the file is damaged, of another version, or made with another key file. Nothing was changed.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _checked(archive)
            return _replace_all(archive, manifest)
    except OSError as error:
        raise BackupRefusedError(
            f"{path} cannot be restored: {error.strerror or error}. Nothing was changed."
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BackupRefusedError(
            f"{path} is damaged ({error}). Take another backup file. Nothing was changed."
        ) from error
    except (*_MISFITS, IntegrityError, DataError) as error:
        raise BackupRefusedError(
            f"{path} holds rows that do not fit here ({str(error).strip()}). Take another backup file. Nothing was changed."
        ) from error


def _checked(archive: zipfile.ZipFile) -> dict[str, Any]:
    manifest = _manifest_of(archive)
    _refuse_other_version(manifest["format"], manifest["migrations"])
    if manifest["keys"] != settings.KEYS.fingerprint:
        raise BackupRefusedError(
            f"This backup belongs to the key file {manifest['keys']}, and here is {settings.KEYS.fingerprint}. "
            "Put the right key file in place first; without it contact data and letters are lost. Nothing was changed."
        )
    members = manifest["members"]
    tables = {name for name in members if name.startswith("tables/")}
    if {*members, "manifest.json"} != set(archive.namelist()) or tables != set(map(_member, _models())):
        raise BackupRefusedError("The backup is not complete. Take another backup file. Nothing was changed.")
    for name, member in members.items():
        _check_digest(archive, name, member["sha256"])
    return manifest


def _manifest_of(archive: zipfile.ZipFile) -> dict[str, Any]:
    """What the file says of itself. A newer one may say it otherwise; that it is newer is told first."""
    try:
        info = archive.getinfo("manifest.json")
        found = json.loads(archive.read(info)) if info.file_size <= LARGEST_MANIFEST else None
    except (KeyError, ValueError):
        found = None
    made_in = found.get("format") if isinstance(found, dict) else None
    if isinstance(made_in, int) and made_in > FORMAT:
        _refuse_other_version(made_in, [])
    if isinstance(found, dict) and isinstance(made_in, int) and _is_whole(found):
        return found
    raise BackupRefusedError("This is not a backup of Driegesprek. Nothing was changed.")


def _is_whole(manifest: dict[str, Any]) -> bool:
    parts = (("keys", str), ("migrations", list), ("members", dict))
    return all(isinstance(manifest.get(name), kind) for name, kind in parts) and all(
        isinstance(member, dict) and isinstance(member.get("sha256"), str)
        for member in manifest["members"].values()
    )


def _refuse_other_version(made_in: int, made_with: list[list[str]]) -> None:
    here = _migrations()
    if made_in > FORMAT or any(one not in here for one in made_with):
        raise BackupRefusedError(
            "This backup was made by a newer Driegesprek. Install that version first. Nothing was changed."
        )
    if len(made_with) < len(here):
        raise BackupRefusedError(
            "This backup was made by an older Driegesprek. Restore it with that version, then install this one. "
            "Nothing was changed."
        )


def _check_digest(archive: zipfile.ZipFile, name: str, expected: str) -> None:
    digest = hashlib.sha256()
    with archive.open(name) as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    if digest.hexdigest() != expected:
        raise BackupRefusedError(
            f"The backup is damaged at {name}. Take another backup file. Nothing was changed."
        )


def _replace_all(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> int:
    files = _unpack_files(archive)
    old = files.with_name(files.name + ".old")
    root = Path(settings.MEDIA_ROOT)
    try:
        with transaction.atomic(durable=not connection.in_atomic_block):
            rows = _replace_rows(archive, manifest)
            if root.exists():
                root.rename(old)
            files.rename(root)
    except BaseException:
        if old.exists():
            shutil.rmtree(root, ignore_errors=True)
            old.rename(root)
        shutil.rmtree(files, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)
    return rows


def _unpack_files(archive: zipfile.ZipFile) -> Path:
    target = Path(settings.DATA) / f"restore-{uuid4().hex}"
    target.mkdir(mode=0o700)
    try:
        _unpack(archive, target)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    return target


def _unpack(archive: zipfile.ZipFile, target: Path) -> None:
    for name in archive.namelist():
        if name.startswith("files/"):
            file = (target / name.removeprefix("files/")).resolve()
            if not file.is_relative_to(target.resolve()):
                raise BackupRefusedError(
                    f"The backup holds a file outside its folder: {name}. Nothing was changed."
                )
            file.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, file.open("wb") as copy:
                shutil.copyfileobj(source, copy)


def _replace_rows(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> int:
    tables = {model._meta.label_lower: model for model in _models()}  # noqa: SLF001 - documented
    quoted = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in tables.values())  # noqa: SLF001 - documented
    if connection.vendor == "postgresql":
        _execute(f"LOCK TABLE {quoted} IN EXCLUSIVE MODE")
        _execute("SET CONSTRAINTS ALL DEFERRED")
    for model in tables.values():
        _execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608, SLF001 - our own table names
    rows = sum(_load(archive, name, tables) for name in manifest["members"] if name.startswith("tables/"))
    # Rows that were put back with their numbers: the next number must come after them.
    for sql in connection.ops.sequence_reset_sql(no_style(), tables.values()):
        _execute(sql)
    return rows


def _load(archive: zipfile.ZipFile, name: str, tables: dict[str, type[models.Model]]) -> int:
    model = tables[name.removeprefix("tables/").removesuffix(".jsonl")]
    batch: list[models.Model] = []
    total = 0
    with archive.open(name) as stream:
        for line in stream:
            batch.append(_row(model, json.loads(line)))
            if len(batch) == BATCH:
                total += _insert(model, batch)
    return total + _insert(model, batch)


def _insert(model: type[models.Model], batch: list[models.Model]) -> int:
    count = len(batch)
    model._base_manager.bulk_create(batch)  # noqa: SLF001 - documented
    batch.clear()
    return count


def _row(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    for field in model._meta.concrete_fields:  # noqa: SLF001 - documented
        value = values.get(field.attname)
        if value is None:
            continue
        if isinstance(field, EncryptedField):
            values[field.attname] = Stored(value)
        elif not isinstance(field, models.JSONField):
            values[field.attname] = (
                field.target_field.to_python(value) if field.is_relation else field.to_python(value)
            )
    return model(**values)
