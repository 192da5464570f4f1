"""Saving one answer through the whole stack, against a bare Django view that inserts one row, in one run.

Three web servers with the settings of `driegesprek serve`, on databases of the same kind: the house, the house with a
million answers stored already, and the bare view of bench/_bare.py. They are measured in turn, a few seconds each, several
times over, so that what else the machine does weighs on all alike; a figure is the median of its turns. The client is one
light process; what it could do at most is measured too, against a function that does nothing.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psutil
from tests import postgres
from tests.cli.installation import Installation, free_port

from bench import Result

CLIENTS = (16, 50)
TURNS, SECONDS = 3, 4
PUPILS, OLDER = 3000, 1_000_000
LEAST, MOST_SLOWER = 0.5, 1.1
FIGURES = ("per_second", "p95_ms", "processor_ms")
COMMAND = """
import json
from driegesprek.cli.serving import children
print(json.dumps(children("127.0.0.1", {port})[0].command))
"""


class Served:
    """A web server under measurement, with its client."""

    def __init__(self, installation: Installation, requests: Path, *, app: str = "") -> None:
        self.port = free_port()
        command = json.loads(installation.python(COMMAND.format(port=self.port)))
        environment = installation.environment | {"DJANGO_SETTINGS_MODULE": "driegesprek.web.site.settings"}
        if app:
            command[-1] = app
            environment["PYTHONPATH"] = str(Path(__file__).parents[1])
        self.log = requests.with_suffix(".log")
        with self.log.open("a") as output:
            self.web = subprocess.Popen(
                command, env=environment, stdout=output, stderr=output, start_new_session=True
            )
        self.client = subprocess.Popen(
            [sys.executable, "-m", "bench._client", str(self.port), requests, *(["again"] if app else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._wait()

    def _wait(self) -> None:
        from urllib.error import HTTPError  # noqa: PLC0415 - beside its use

        for _ in range(1200):
            try:
                urlopen(f"http://127.0.0.1:{self.port}/", timeout=30).close()
            except HTTPError:
                return
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError(self.log.read_text())

    def window(self, number: int, seconds: float) -> dict[str, Any]:
        """The figures of one turn."""
        before = self._processor()
        print(number, seconds, file=self.client.stdin, flush=True)
        figures: dict[str, Any] = json.loads(self.client.stdout.readline())  # type: ignore[union-attr] # it is a pipe
        if figures["wrong"]:
            raise RuntimeError(f"{figures['wrong']} answers were not saved: {figures['example']}")
        return figures | {"processor_ms": (self._processor() - before) * 1000 / figures["requests"]}

    def _processor(self) -> float:
        """Processor seconds of the web server so far: what does not depend on what else the machine does."""
        web = psutil.Process(self.web.pid)
        return sum(sum(one.cpu_times()[:2]) for one in (web, *web.children(recursive=True)))

    def end(self) -> None:
        """Both processes."""
        for process in (self.client, self.web):
            process.terminate()
            try:
                process.communicate(timeout=30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                process.wait()


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="driegesprek-bench-") as name:
        yield Path(name)


@contextmanager
def _databases(kind: str) -> Iterator[Callable[[str], dict[str, str]]]:
    """The settings for a database of this kind, by its name."""
    if kind == "SQLite":
        yield lambda _: {}
        return
    import psycopg  # noqa: PLC0415 - beside its use

    with postgres.server() as server:

        def made(name: str) -> dict[str, str]:
            with psycopg.connect(server.address, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type] # our own name
            return {"DATABASE": server.address.replace("/driegesprek?", f"/{name}?")}

        yield made


def _house(folder: Path, name: str, settings: dict[str, str], older: int) -> tuple[Installation, Path]:
    """A school of families about to answer, with so many answers of earlier years."""
    installation, requests = (
        Installation(folder / name, SECOND_FACTOR="false", WORKERS=2, **settings),
        folder / f"{name}.requests",
    )
    subprocess.run(
        [sys.executable, "-m", "bench._town", requests, str(PUPILS), str(older)],
        env=installation.environment,
        check=True,
    )
    return installation, requests


def _bare(folder: Path, settings: dict[str, str]) -> Installation:
    installation = Installation(folder / "bare", WORKERS=2, **settings)
    installation.python("")
    subprocess.run(
        [sys.executable, "-c", "from bench._bare import make_table; make_table()"],
        env=installation.environment,
        check=True,
    )
    return installation


def measure(kind: str) -> dict[str, Any]:
    """{what: {clients: {per_second, p95_ms}}} for house, million and bare; and what the client could do."""
    with _folder() as folder, _databases(kind) as database, ExitStack() as stack:
        house, requests = _house(folder, "house", database("house"), 0)
        million, more = _house(folder, "million", database("million"), OLDER)
        served = {
            "house": Served(house, requests),
            "million": Served(million, more),
        }
        bare = _bare(folder, database("bare"))
        served |= {
            name: Served(bare, requests, app=f"bench._bare:{function}")
            for name, function in (("bare", "application"), ("client", "nothing_at_all"))
        }
        for one in served.values():
            stack.callback(one.end)
        return {number: _turns(served, number) for number in CLIENTS}


def _turns(served: dict[str, Served], number: int) -> dict[str, dict[str, float]]:
    for one in served.values():
        one.window(number, 1)  # what is loaded once
    turns = [{name: one.window(number, SECONDS) for name, one in served.items()} for _ in range(TURNS)]
    return {
        name: {key: statistics.median(turn[name][key] for turn in turns) for key in FIGURES}
        for name in served
    }


def run() -> Iterator[Result]:
    for kind in ("SQLite", "PostgreSQL"):
        for number, found in measure(kind).items():
            yield from _results(f"{kind}, {number} clients", found)


def _results(where: str, found: dict[str, dict[str, float]]) -> Iterator[Result]:
    house, million, bare = found["house"], found["million"], found["bare"]
    yield Result(f"{where}: answers saved", house["per_second"], "1/s")
    yield Result(f"{where}: 95 % within", house["p95_ms"], "ms")
    yield Result(f"{where}: bare inserts", bare["per_second"], "1/s")
    yield Result(
        f"{where}: the client could do, beside bare inserts",
        found["client"]["per_second"] / bare["per_second"],
        "×",
        3,
        "at least",
    )
    yield Result(
        f"{where}: answers beside bare inserts",
        house["per_second"] / bare["per_second"],
        "×",
        LEAST,
        "at least",
    )
    yield Result(f"{where}: processor time of an answer", house["processor_ms"], "ms")
    yield Result(f"{where}: processor time of a bare insert", bare["processor_ms"], "ms")
    slower = house["per_second"] / million["per_second"]
    yield Result(f"{where}: slower with 1,000,000 stored", slower, "×", MOST_SLOWER)


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1]), indent=1))
