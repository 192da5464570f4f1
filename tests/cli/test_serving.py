import os
import resource
import signal
import socket
import stat
import subprocess
import sys
from uuid import uuid4

import psutil
import pytest
import requests
from click.testing import CliRunner
from tests.cli.installation import Browser, Installation, free_port, log_in, running, set_up_school, until

from driegesprek.cli import COMMANDS
from driegesprek.cli.demo import demo
from driegesprek.cli.serving import Child, serve
from driegesprek.web.common import keys
from driegesprek.web.site.options import OPTIONS


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """Empty; only in `make long` it makes its tables itself, which `driegesprek migrate` does here, once for all."""
    begin = Installation if "DRIEGESPREK_LONG" in os.environ else Installation.ready
    return begin(tmp_path_factory.mktemp("serving") / "data", SECOND_FACTOR="false")


@pytest.fixture(scope="module")
def serving(installation):
    with installation.served() as serving:
        yield serving


# An empty installation


def test_an_empty_installation_leads_to_a_school_and_a_desk(serving):
    browser = Browser(serving.url)
    first = browser.get("/")
    assert first.url == f"{serving.url}/desk/begin/"
    done = set_up_school(browser)
    assert "/account/login/" in done.url
    desk = log_in(browser)
    assert (desk.status_code, desk.url) == (200, f"{serving.url}/desk/")
    assert "Elif" in desk.text or "Yilmaz" in desk.text
    assert Browser(serving.url).get("/desk/begin/").status_code == 404
    assert Browser(serving.url).get("/").url == f"{serving.url}/"


def test_worker_and_scheduler_do_what_waits(installation, serving):
    """A task that names a job which is not there fails; what counts is that somebody tried."""
    put = installation.python(
        "from driegesprek.web.conduct.tasks import make_print\n"
        "from driegesprek.web.common import outbox\n"
        f"print(make_print.enqueue('{uuid4()}').id, outbox.put('nobody listens', school_id=None).pk)"
    )
    task, note = put.split()
    look = (
        "from django_tasks_db.models import DBTaskResult\n"
        "from driegesprek.web.common.models import OutboxItem\n"
        f"print(DBTaskResult.objects.get(pk='{task}').status, OutboxItem.objects.get(pk='{note}').attempts)"
    )
    until(lambda: installation.python(look).split() == ["FAILED", "1"], "nobody worked", also=serving.output)


def test_static_files_carry_a_hash_and_come_compressed(serving):
    page = Browser(serving.url).get("/account/login/").text
    style = next(part for part in page.split('"') if part.startswith("/static/") and part.endswith(".css"))
    assert len(style.rsplit(".", 2)[1]) == 12
    for wanted in ("br", "gzip"):
        answer = requests.get(serving.url + style, headers={"Accept-Encoding": wanted}, timeout=30)
        assert answer.headers["Content-Encoding"] == wanted
        assert "immutable" in answer.headers["Cache-Control"]


def test_what_is_stored_is_for_this_user_only(installation, serving):
    for name in (".", "driegesprek.sqlite3", "keys.json"):
        assert stat.S_IMODE((installation.data / name).stat().st_mode) & 0o077 == 0, name


@pytest.mark.parametrize(
    "name", ["granian", "worker", pytest.param("scheduler", marks=pytest.mark.only_long)]
)
def test_a_killed_child_comes_back_and_leaves_nothing_behind(serving, name):
    old = serving.child(name)
    below = [old, *old.children(recursive=True)]
    old.kill()
    until(
        lambda: (new := serving.child(name)) is not None and new.pid != old.pid,
        f"{name} stayed away",
        also=serving.output,
    )
    until(lambda: not any(map(running, below)), f"{name} left processes behind")
    until(serving.answers, "no answer any more", also=serving.output)


def test_a_web_process_that_dies_is_replaced(serving):
    web = serving.child("granian")
    workers = until(lambda: _workers(web), "no workers")
    workers[0].kill()
    until(lambda: len(set(_workers(web)) - set(workers)) == 1, "not replaced", also=serving.output)
    until(serving.answers, "no answer any more", also=serving.output)


def _workers(web):
    """Of granian; Python's own tracker of resources is none."""
    return [one for one in web.children() if one.num_threads() > 1]


# Stopping


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGTERM,
        pytest.param(signal.SIGINT, marks=pytest.mark.only_long),
        pytest.param(signal.SIGHUP, marks=pytest.mark.only_long),
    ],
)
def test_started_again_within_seconds_and_told_to_end_it_ends_all_its_children(installation, number):
    assert installation.run("migrate").returncode == 0
    with installation.served() as serving:
        assert _spent(serving) < 30, (
            "how fast it is, is measured in bench/; here only that nothing is done twice"
        )
        assert {"granian", "worker", "scheduler"} <= {
            word for word in ("granian", "worker", "scheduler") if serving.child(word)
        }
        assert serving.stop(number) == 0
        assert serving.orphans() == []
        assert "Traceback" not in serving.output()
        with pytest.raises(requests.ConnectionError):
            requests.get(serving.url, timeout=5)


def test_a_supervisor_that_is_killed_takes_its_children_along(installation):
    with installation.served() as serving:
        serving.processes()
        serving.process.send_signal(signal.SIGKILL)
        until(lambda: not serving.orphans(), "orphans stayed")


def _spent(serving):
    """Seconds of processor time, since others may use the machine: on an idle one that is about the wall clock too."""
    everybody = [*serving.processes(), psutil.Process(serving.process.pid)]
    return sum(sum(one.cpu_times()[:2]) for one in everybody)


def test_a_child_that_dies_again_and_again_waits_longer_each_time():
    child = Child("short", ["true"])
    pauses = []
    for _ in range(8):
        child.start()
        child.process.wait()
        child.look_after()
        pauses.append(child.pause)
    assert pauses == [2, 4, 8, 16, 32, 60, 60, 60]


def test_a_child_that_ran_for_long_comes_back_soon():
    child = Child("long", ["true"], pause=60)
    child.start()
    child.process.wait()
    child.started -= 3600
    child.look_after()
    assert child.pause == 1


# What cannot work says why


def refused(installation, *arguments, like, **options):
    done = installation.run(*arguments, **options)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    for words in (like,) if isinstance(like, str) else like:
        assert words in done.stderr, done.stderr
    return done


def test_a_port_in_use_is_said(installation):
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        port = sock.getsockname()[1]
        refused(installation, "serve", "--port", port, like=[str(port), "another program", "--port"])
        refused(installation, "demo", "--port", port, like=["another program"])


@pytest.mark.parametrize("command", [serve, demo])
@pytest.mark.parametrize("port", ["0", "65536", "99999", "-1"])
def test_a_port_that_cannot_be_is_said(command, port):
    done = CliRunner().invoke(command, ["--port", port])
    assert done.exit_code == 2
    assert "1<=x<=65535" in done.output


def test_an_address_that_is_not_ours_is_said(installation):
    refused(installation, "serve", "--host", "192.0.2.1", "--port", free_port(), like="--host")


def test_a_damaged_key_file_is_said(tmp_path):
    (tmp_path / "keys.json").write_text("{}")
    refused(Installation(tmp_path), "serve", "--port", free_port(), like=["keys.json", "Put your copy"])


def test_a_missing_key_file_beside_a_database_is_said_and_none_is_made(tmp_path):
    ours = Installation.ready(tmp_path / "data")
    own = tmp_path / "data" / "keys.json"
    own.rename(tmp_path / "keys.json")
    refused(ours, "serve", "--port", free_port(), like=["missing", "Put your copy", "DRIEGESPREK_KEYS"])
    assert not own.exists()
    assert ours.run("migrate", KEYS=tmp_path / "keys.json").returncode == 0


def test_the_key_file_of_another_installation_is_said(tmp_path):
    ours = Installation.ready(tmp_path / "data")
    ours.python(
        "from driegesprek.web.people.models import School, Staff\n"
        "school = School.objects.create(name='De Proef')\n"
        "Staff.objects.create(school=school, given_name='Elif', family_name='Bos', email='elif@proef.example')"
    )
    other = tmp_path / "keys.json"
    keys.load(other)
    for command in (("serve", "--port", free_port()), ("backup", tmp_path / "b.zip"), ("invite", "a@b.nl")):
        refused(ours, *command, like="does not belong to this database", KEYS=other)


@pytest.mark.parametrize(
    ("name", "value", "like"),
    [
        ("DATABASE", "mysql://a/b", "postgresql://"),
        ("DATABASE", "postgresql://nobody:geheim@127.0.0.1:1/none", "cannot be used"),
        ("PUBLIC_URL", "driegesprek.school.nl", "https://"),
        ("PROXIES", "one", "DRIEGESPREK_PROXIES"),
        ("PROXIES", "-1", "at least 0"),
        ("MAIL", "https://mail", "smtp://"),
        ("DEMONSTRATION", "perhaps", "DRIEGESPREK_DEMONSTRATION"),
    ],
)
def test_a_setting_that_cannot_be_is_said(tmp_path, name, value, like):
    done = refused(Installation(tmp_path), "serve", "--port", free_port(), like=like, **{name: value})
    assert "geheim" not in done.stderr


def test_a_misspelt_setting_is_said(tmp_path):
    done = Installation.ready(tmp_path / "data", PROXY="1").run("migrate")
    assert done.returncode == 0
    assert "DRIEGESPREK_PROXY is no setting" in done.stderr


def test_a_database_of_a_newer_version_is_refused(tmp_path):
    ours = Installation.ready(tmp_path / "data")
    ours.python(
        "from django.db import connection\nfrom django.db.migrations.recorder import MigrationRecorder\n"
        "MigrationRecorder(connection).record_applied('people', '0999_later')"
    )
    refused(ours, "serve", "--port", free_port(), like="newer")


def test_a_folder_that_may_not_be_used_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    done = Installation(tmp_path / "file" / "data").run("migrate")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "DRIEGESPREK_DATA" in done.stderr


# Help


def test_help_comes_at_once_and_names_every_command(installation):
    first = installation.run("--help")
    for name in COMMANDS:
        assert f"  {name} " in first.stdout
    for name in ("", *COMMANDS):
        before = _children()
        done = installation.run(*filter(None, [name]), "--help")
        assert done.returncode == 0
        assert "Usage:" in done.stdout
        assert len(done.stdout.splitlines()) > 4, f"{name} is not explained"
        assert _children() - before < 3, f"{name}: something heavy is imported before it is used"


def _children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("name", ["", *sorted(COMMANDS)])
def test_help_does_not_load_django(installation, name):
    code = (
        "import sys\nfrom driegesprek.cli import main\n"
        f"try: main({[*filter(None, [name]), '--help']!r})\n"
        "except SystemExit: pass\n"
        "print('django' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - Python itself
    assert done.stderr.strip() == "False"


def test_the_settings_are_listed(installation):
    listed = installation.run("settings").stdout
    assert all(f"DRIEGESPREK_{option.name} " in listed for option in OPTIONS)
