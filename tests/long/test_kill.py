"""`kill -9` while fifty families answer: what was acknowledged is there, once, and nothing is half stored."""

import json
import os
import random
import signal
import subprocess
import time
from contextlib import contextmanager, suppress

import pytest
from tests import postgres
from tests.cli.installation import Installation, Serving, free_port, until
from tests.long.answering import Family, answer_together, complaints, fill_one_class, stored

FAMILIES = 50
FEW, MANY = 3, 20
LATEST = 2.5 if os.environ.get("DRIEGESPREK_LONG") else 1.2
"""Seconds after the first answer: the last moment of a blow."""
WEB = """
import json
from driegesprek.cli.serving import children
print(json.dumps(children("127.0.0.1", "PORT")[0].command))
"""


class Town:
    """Fifty families and the web server that they use, started as `driegesprek serve` starts it."""

    def __init__(self, installation):
        self.installation = installation
        found = fill_one_class(installation, FAMILIES // 2)
        installation.python("from driegesprek.cli.serving import prepare; prepare()")
        self.command = json.loads(installation.python(WEB))
        assert len(found["doors"]) >= FAMILIES
        self.families = [
            Family(number, door, found["activity"]) for number, door in enumerate(found["doors"][:FAMILIES])
        ]
        self.inside = False

    @contextmanager
    def web(self):
        """The web server in a process group of its own."""
        port = free_port()
        command = [str(port) if part == "PORT" else part for part in self.command]
        environment = self.installation.environment | {
            "DJANGO_SETTINGS_MODULE": "driegesprek.web.site.settings"
        }
        log = self.installation.data.parent / "web.log"
        with log.open("a") as output:
            process = subprocess.Popen(  # noqa: S603 - our own command
                command, env=environment, stdout=output, stderr=output, start_new_session=True
            )
        serving = Serving(process, port, log)
        try:
            serving.wait_until_ready()
            self.go_in(port)
            yield serving
        finally:
            kill(serving)

    def go_in(self, port):
        """Once, by their links; afterwards their browsers remember."""
        for family in [] if self.inside else self.families:
            family.connect(port)
            family.go_in()
        self.inside = True

    def answer_until(self, serving, moment, end):
        """All answer; `moment` seconds after the first answer that is acknowledged `end` happens."""

        def meanwhile():
            until(lambda: self.acknowledged() > before, "nothing was acknowledged", also=serving.output)
            time.sleep(moment)  # the moment of the blow, seeded: not a wait for something
            end(serving)

        before = self.acknowledged()
        answer_together(self.families, serving.port, meanwhile)
        return self.acknowledged() - before

    def acknowledged(self):
        """How many answers were acknowledged so far."""
        return sum(len(family.acknowledged) for family in self.families)

    def complaints(self):
        return complaints(stored(self.installation), self.families)


def kill(serving):
    """The whole process group, at once."""
    with suppress(ProcessLookupError):
        os.killpg(serving.process.pid, signal.SIGKILL)
    serving.process.wait()


def rounds(town, number, seed):
    """Kill it again and again; between the blows the same families go on, and send again what was not acknowledged."""
    chance = random.Random(seed)  # noqa: S311 - chooses moments
    for _ in range(number):
        with town.web() as serving:
            assert town.answer_until(serving, chance.uniform(0.3, LATEST), kill) > 0
        assert town.complaints() == []
    with town.web() as serving:
        answer_together(town.families, serving.port, lambda: time.sleep(1))
    assert town.complaints() == []
    assert all(family.waiting is None for family in town.families)


def number_of_rounds():
    return MANY if os.environ.get("DRIEGESPREK_LONG") else FEW


@pytest.mark.long
def test_killed_web_server_on_sqlite(tmp_path):
    town = Town(Installation.ready(tmp_path / "data", SECOND_FACTOR="false", WORKERS=2))
    rounds(town, number_of_rounds(), 50)
    check = "from django.db import connection as c\nprint(c.cursor().execute('PRAGMA integrity_check').fetchall())"
    assert town.installation.python(check).strip() == "[('ok',)]"


@pytest.mark.long
@pytest.mark.only_long
@pytest.mark.postgresql
def test_killed_web_server_on_postgresql(tmp_path):
    with postgres.server() as server:
        town = Town(
            Installation(tmp_path / "data", SECOND_FACTOR="false", WORKERS=2, DATABASE=server.address)
        )
        rounds(town, number_of_rounds(), 51)


@pytest.mark.long
@pytest.mark.only_long
@pytest.mark.postgresql
def test_killed_postgresql(tmp_path):
    """The web server lives on, and finds the database again by itself."""
    with postgres.server() as server:
        town = Town(
            Installation(tmp_path / "data", SECOND_FACTOR="false", WORKERS=2, DATABASE=server.address)
        )
        chance = random.Random(52)  # noqa: S311 - chooses moments
        with town.web() as serving:
            for _ in range(number_of_rounds()):
                assert town.answer_until(serving, chance.uniform(0.3, 1.5), lambda _: server.kill()) > 0
                server.start()
                assert town.complaints() == []
            answer_together(town.families, serving.port, lambda: time.sleep(1))
        assert town.complaints() == []


def test_the_check_finds_what_is_lost_doubled_or_half(tmp_path):
    """The control: with answers taken away, doubled or torn, it complains."""
    family = Family(1, ("door", "/d/x/", "pupil"), "activity")
    family.acknowledged = ["a", "b"]
    at = "2026-11-21T00:00:00"
    good = {
        "answers": [["r", "/curious", "b", 2, at]],
        "overwritten": [["r", "/curious", "a", 1, at]],
        "responses": {"r": [2, None, ""]},
    }
    assert complaints(good, [family]) == []
    assert complaints(good | {"overwritten": []}, [family])
    assert complaints(good | {"overwritten": good["overwritten"] * 2}, [family])
    assert complaints(good | {"responses": {"r": [3, None, ""]}}, [family])
    document = {"revision": 2, "answers": {"/curious": {"value": "a"}}}
    assert complaints(good | {"responses": {"r": [2, document, ""]}}, [family])
