import json
import os
import threading
import zipfile

import pytest
from tests import postgres
from tests.cli.installation import Browser, Installation, log_in, set_up_school
from tests.long.answering import Family, answer_together, complaints, fill, fill_one_class, stored

LONG = bool(os.environ.get("DRIEGESPREK_LONG"))
FAMILIES = 12 if LONG else 4
TWO_CLASSES = """
from tests.web.surveys import simulating
world = simulating.make_world({"2A": 12, "2B": 12})
simulating.adults_answer(world, "2A", 8)
simulating.pupils_answer(world, "2B", 12)
"""


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """An installation with invented people, on SQLite: two classes, in `make long` the whole demonstration."""
    installation = Installation.ready(tmp_path_factory.mktemp("keep") / "data", SECOND_FACTOR="false")
    if LONG:
        fill(installation)
    else:
        installation.python(TWO_CLASSES)
    return installation


@pytest.fixture(scope="module")
def kept(ours):
    """A backup of it."""
    file = ours.data.parent / "kept.zip"
    done = ours.run("backup", file)
    assert done.returncode == 0, done.stderr
    return file


def rows(file):
    """What a backup holds, whatever the order of rows; but when it was made."""
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if name != "manifest.json"]
        return {name: sorted(map(canonical, archive.read(name).splitlines())) for name in names}


def canonical(line):
    return json.dumps(json.loads(line), sort_keys=True)


def refused(done, *words):
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for one in words:
        assert one in done.stderr, done.stderr


def test_a_backup_says_how_much_it_is_and_what_is_not_in_it(ours, tmp_path):
    done = ours.run("backup", tmp_path / "b.zip")
    assert "rows" in done.stdout
    assert str(ours.data / "keys.json") in done.stdout
    assert os.stat(tmp_path / "b.zip").st_mode & 0o077 == 0  # noqa: PTH116 - as the shell shows it
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert not any("key" in name for name in archive.namelist())


def test_an_earlier_backup_is_only_replaced_when_asked(ours, tmp_path):
    file = tmp_path / "b.zip"
    file.write_text("an earlier one")
    refused(ours.run("backup", file), "exists already", "--replace")
    assert file.read_text() == "an earlier one"
    assert ours.run("backup", file, "--replace").returncode == 0
    assert zipfile.is_zipfile(file)


def test_what_cannot_be_written_is_said(ours, tmp_path):
    refused(ours.run("backup", tmp_path / "nowhere" / "b.zip"), "cannot be written", "no new backup")


def test_where_nothing_is_stored_there_is_no_backup(tmp_path):
    refused(
        Installation(tmp_path / "data").run("backup", tmp_path / "b.zip"),
        "nothing is stored",
        "DRIEGESPREK_DATA",
    )
    assert not (tmp_path / "b.zip").exists()


def test_restore_asks_first(ours, kept):
    done = ours.run("restore", kept, text="n\n")
    assert done.returncode == 1
    assert "replaced" in done.stdout
    assert stored(ours)["answers"]


def test_what_is_no_backup_is_refused(ours, tmp_path):
    (tmp_path / "letter.zip").write_text("dear")
    refused(ours.run("restore", "--yes", tmp_path / "letter.zip"), "damaged", "Nothing was changed")
    assert ours.run("restore", "--yes", tmp_path / "absent.zip").returncode == 2


def test_on_a_new_machine_only_the_right_key_file_will_do(ours, kept, tmp_path):
    new = Installation.ready(tmp_path / "data")
    refused(new.run("restore", "--yes", kept), "key file", "Nothing was changed")
    (tmp_path / "data" / "keys.json").unlink()
    if LONG:  # from nothing at all, as `driegesprek migrate` is run once for the others
        (tmp_path / "data" / "driegesprek.sqlite3").unlink()
    (tmp_path / "data" / "keys.json").write_bytes((ours.data / "keys.json").read_bytes())
    done = new.run("restore", "--yes", kept)
    assert done.returncode == 0, done.stderr
    assert stored(new) == stored(ours)


@pytest.mark.only_long
@pytest.mark.postgresql
def test_from_sqlite_to_postgresql_and_back_nothing_is_lost(ours, kept, tmp_path):
    keys = ours.data / "keys.json"
    with postgres.server() as server:
        there = Installation(tmp_path / "there", DATABASE=server.address, KEYS=keys)
        assert there.run("restore", "--yes", kept).returncode == 0
        assert there.run("backup", tmp_path / "there.zip").returncode == 0
        # Rows that were put back with their numbers leave room for the next.
        there.python(
            "from allauth.account.models import EmailAddress\n"
            "from driegesprek.web.access.models import User\n"
            "for user in User.objects.all()[:3]:\n"
            "    EmailAddress.objects.create(user=user, email=user.email)"
        )
        assert there.run("backup", tmp_path / "more.zip").returncode == 0
        assert there.run("restore", "--yes", tmp_path / "more.zip").returncode == 0
        there.python(
            "from allauth.account.models import EmailAddress\n"
            "from driegesprek.web.access.models import User\n"
            "EmailAddress.objects.create(user=User.objects.all()[3], email='new@proef.example')"
        )
    back = Installation.ready(tmp_path / "back", KEYS=keys)
    assert back.run("restore", "--yes", tmp_path / "there.zip").returncode == 0
    assert back.run("backup", tmp_path / "back.zip").returncode == 0
    assert rows(kept) == rows(tmp_path / "there.zip") == rows(tmp_path / "back.zip")


def backed_up_while_families_answer(installation, folder):
    """Two backups while everybody answers; each must hold a moment that has been, no answer half."""
    found = fill_one_class(installation, FAMILIES)
    families = [
        Family(number, door, found["activity"]) for number, door in enumerate(found["doors"][:FAMILIES])
    ]
    with installation.served() as serving:
        for family in families:
            family.connect(serving.port)
            family.go_in()
        marks = []

        def meanwhile():
            for number in range(2):
                before = [list(family.acknowledged) for family in families]
                done = installation.run("backup", folder / f"{number}.zip")
                assert done.returncode == 0, done.stderr
                marks.append(before)

        answer_together(families, serving.port, meanwhile)
        assert serving.output().count("Traceback") == 0, serving.output()
    for number, before in enumerate(marks):
        new = Installation.ready(folder / f"restored {number}", KEYS=installation.data / "keys.json")
        assert new.run("restore", "--yes", folder / f"{number}.zip").returncode == 0
        held = stored(new)
        for family, acknowledged in zip(families, before, strict=True):
            mine = [
                one[2]
                for one in [*held["answers"], *held["overwritten"]]
                if str(one[2]).startswith(f"family {family.number} ")
            ]
            assert set(acknowledged) <= set(mine)
            family.acknowledged, family.waiting = mine, None
        assert complaints(held, families) == []


@pytest.mark.only_long
def test_a_backup_on_sqlite_is_one_moment(tmp_path):
    backed_up_while_families_answer(Installation.ready(tmp_path / "data", SECOND_FACTOR="false"), tmp_path)


@pytest.mark.only_long
@pytest.mark.postgresql
def test_a_backup_on_postgresql_is_one_moment(tmp_path):
    with postgres.server() as server:
        ours = Installation(tmp_path / "data", SECOND_FACTOR="false", DATABASE=server.address)
        backed_up_while_families_answer(ours, tmp_path)


def test_a_restore_while_it_is_served_and_used(tmp_path):
    """Who works meanwhile waits; afterwards everybody sees what was restored."""
    ours = Installation.ready(tmp_path / "data", SECOND_FACTOR="false")
    with ours.served() as serving:
        set_up_school(Browser(serving.url))
        assert ours.run("backup", tmp_path / "b.zip").returncode == 0
        browser = Browser(serving.url)
        log_in(browser)
        browser.post("/desk/school/", {"name": "Another name", "phone": ""})
        statuses, ended = [], threading.Event()

        def look():
            while not ended.is_set():
                statuses.append(browser.get("/desk/school/").status_code)

        looking = threading.Thread(target=look)
        looking.start()
        done = ours.run("restore", "--yes", tmp_path / "b.zip")
        ended.set()
        looking.join()
        assert done.returncode == 0, done.stderr
        assert set(statuses) == {200}
        assert "De Proef" in browser.get("/desk/school/").text
