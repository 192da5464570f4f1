import errno
import hashlib
import json
import zipfile

import pytest
from django.apps import apps
from django.db import connection
from tests.web import factories

from driegesprek.web.access.domain import doors
from driegesprek.web.common import audit
from driegesprek.web.common.keys import Keys
from driegesprek.web.conduct.domain import backups
from driegesprek.web.people.models import Adult, Pupil, School

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(settings, tmp_path):
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "files" / "sound").mkdir(parents=True)
    (tmp_path / "files" / "sound" / "a.ogg").write_bytes(b"sound")
    pupil = factories.make_pupil(factories.make_class(factories.make_school()))
    bond = factories.make_adult_for(pupil, language="ar")
    audit.record(audit.System(pupil.school_id), "tested", pupil, number=1)
    return factories.make_door(bond)


def everything():
    """All rows, as the database has them."""
    rows = {}
    for model in apps.get_models():
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            rows[table] = sorted(map(str, cursor.fetchall()))
    return rows


def test_what_was_backed_up_comes_back_exactly(filled, tmp_path):
    before = everything()
    backups.write(tmp_path / "b.zip")
    Pupil.objects.all().delete()
    School.objects.update(name="Other")
    (tmp_path / "files" / "sound" / "a.ogg").write_bytes(b"other")
    factories.make_school("Later")
    backups.restore(tmp_path / "b.zip")
    assert everything() == before
    assert (tmp_path / "files" / "sound" / "a.ogg").read_bytes() == b"sound"
    assert doors.by_link(doors.link_path(filled).split("/")[2]) == filled


def test_contact_data_stay_encrypted_in_the_file(filled, tmp_path):
    backups.write(tmp_path / "b.zip")
    phone = Adult.objects.get().phone
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert all(phone.encode() not in archive.read(name) for name in archive.namelist())


def refused(path, like):
    before = everything()
    with pytest.raises(backups.BackupRefusedError, match=like):
        backups.restore(path)
    assert everything() == before


def rewritten(path, change):
    """The backup with one member changed, made whole again as a zip."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def test_a_file_cut_short_is_refused(filled, tmp_path):
    path = tmp_path / "b.zip"
    backups.write(path)
    path.write_bytes(path.read_bytes()[:-300])
    refused(path, "damaged")


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8])
def test_a_flipped_byte_is_refused(filled, tmp_path, place):
    path = tmp_path / "b.zip"
    backups.write(path)

    def flip(members):
        content = bytearray(members["tables/people.pupil.jsonl"])
        content[int(len(content) * place)] ^= 1
        members["tables/people.pupil.jsonl"] = bytes(content)

    rewritten(path, flip)
    refused(path, "damaged")


def change_manifest(path, **values):
    def change(members):
        members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | values).encode()

    rewritten(path, change)


def test_a_newer_backup_is_refused(filled, tmp_path):
    path = tmp_path / "b.zip"
    backups.write(path)
    change_manifest(path, format=99)
    refused(path, "newer")


def test_a_backup_with_migrations_from_the_future_is_refused(filled, tmp_path):
    path = tmp_path / "b.zip"
    backups.write(path)
    with zipfile.ZipFile(path) as archive:
        known = json.loads(archive.read("manifest.json"))["migrations"]
    change_manifest(path, migrations=[*known, ["people", "0999_later"]])
    refused(path, "newer")


def test_a_backup_of_another_key_file_is_refused(filled, tmp_path, settings):
    path = tmp_path / "b.zip"
    backups.write(path)
    settings.KEYS = Keys(b"\x01" * 32)
    refused(path, "key file")


def test_a_missing_member_is_refused(filled, tmp_path):
    path = tmp_path / "b.zip"
    backups.write(path)
    rewritten(path, lambda members: members.pop("tables/people.pupil.jsonl"))
    refused(path, "not complete")


def test_what_is_no_backup_is_refused(filled, tmp_path):
    path = tmp_path / "b.zip"
    path.write_bytes(b"no zip at all")
    refused(path, "damaged")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "dear")
    refused(path, "not a backup")


def test_a_restore_that_fails_half_way_leaves_all_as_it_was(filled, tmp_path, monkeypatch):
    path = tmp_path / "b.zip"
    backups.write(path)
    School.objects.update(name="Other")
    real = backups._insert

    def failing(model, batch):
        if model is Adult:
            raise OSError("disk full")
        return real(model, batch)

    monkeypatch.setattr(backups, "_insert", failing)
    refused(path, "disk full")
    assert (tmp_path / "files" / "sound" / "a.ogg").read_bytes() == b"sound"
    assert not list(tmp_path.glob("restore-*"))


def test_no_half_written_backup_is_left_behind(filled, tmp_path, monkeypatch):
    def failing(*_):
        raise OSError("disk full")

    monkeypatch.setattr(backups, "_add", failing)
    with pytest.raises(OSError, match="disk full"):
        backups.write(tmp_path / "b.zip")
    assert not list(tmp_path.glob("b.zip*"))


def left_behind(tmp_path):
    return sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("restore-"))


@pytest.mark.parametrize(
    ("manifest", "like"),
    [
        ("[]", "not a backup"),
        ("null", "not a backup"),
        ("{", "not a backup"),
        ('{"format": "x"}', "not a backup"),
        ('{"format": 1, "keys": "k", "migrations": null, "members": {}}', "not a backup"),
        ('{"format": 1, "keys": "k", "migrations": [], "members": []}', "not a backup"),
        ('{"format": 1, "keys": "k", "migrations": [], "members": {"a": {}}}', "not a backup"),
        ('{"format": 2}', "newer"),
    ],
)
def test_a_manifest_of_something_else_is_refused(filled, tmp_path, manifest, like):
    path = tmp_path / "b.zip"
    backups.write(path)
    rewritten(path, lambda members: members.update({"manifest.json": manifest.encode()}))
    refused(path, like)


def test_a_manifest_too_large_to_be_ours_is_not_read(filled, tmp_path, monkeypatch):
    backups.write(tmp_path / "b.zip")
    monkeypatch.setattr(backups, "LARGEST_MANIFEST", 10)
    refused(tmp_path / "b.zip", "not a backup")


def with_member(path, name, content):
    """The backup with a member that its manifest agrees with; None takes it out."""

    def change(members):
        manifest = json.loads(members["manifest.json"])
        members.pop(name, None)
        manifest["members"].pop(name, None)
        if content is not None:
            members[name] = content
            manifest["members"][name] = {"sha256": hashlib.sha256(content).hexdigest(), "rows": 1}
        members["manifest.json"] = json.dumps(manifest).encode()

    rewritten(path, change)


@pytest.mark.parametrize(
    ("name", "content", "like"),
    [
        ("tables/people.pupil.jsonl", None, "not complete"),
        ("tables/other.thing.jsonl", b"{}\n", "not complete"),
        ("tables/people.pupil.jsonl", b'{"id": 5}\n', "do not fit"),
        ("tables/people.pupil.jsonl", b'{"id": \n', "do not fit"),
        ("tables/people.pupil.jsonl", b'{"no_such_column": 1}\n', "do not fit"),
        ("tables/people.pupil.jsonl", b"[1]\n", "do not fit"),
        ("files/../../outside", b"x", "outside its folder"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused_and_leaves_nothing_behind(
    filled, tmp_path, name, content, like
):
    path = tmp_path / "b.zip"
    backups.write(path)
    with_member(path, name, content)
    refused(path, like)
    assert left_behind(tmp_path) == []
    assert (tmp_path / "files" / "sound" / "a.ogg").read_bytes() == b"sound"


def test_a_full_disk_is_not_called_a_damaged_backup(filled, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    backups.write(tmp_path / "b.zip")
    monkeypatch.setattr(backups.shutil, "copyfileobj", full)
    refused(tmp_path / "b.zip", "cannot be restored: No space left")
    assert left_behind(tmp_path) == []
