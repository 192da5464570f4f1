"""Run the web server, the worker and the scheduler as one; bring the database up to date; list the settings."""

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import click

from driegesprek.cli import static_files
from driegesprek.cli.database import up_to_date

PORTS = click.IntRange(1, 65535)
GRACE = 15.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
_PR_SET_PDEATHSIG = 1


def _end_with_the_supervisor() -> None:
    """In a new child: where Linux can, it is told to end when the supervisor is gone, however that came to be."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """A process that is started again when it ends by itself, after a pause that grows."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = FIRST_PAUSE
    started: float = field(default=0.0)
    next_start: float = field(default=0.0)

    def start(self) -> None:
        """Start it; it gets a session of its own, so that Ctrl-C reaches the supervisor only."""
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command,
            start_new_session=True,
            preexec_fn=_end_with_the_supervisor,  # noqa: PLW1509 - the supervisor has one thread
        )
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start it again if it ended."""
        if self.process is not None and self.process.poll() is None:
            return
        now = time.monotonic()
        if self.process is not None:
            self._end_its_own()
            self.pause = (
                FIRST_PAUSE if now - self.started > LONGEST_PAUSE else min(self.pause * 2, LONGEST_PAUSE)
            )
            click.echo(
                f"{self.name} ended with {self.process.returncode}; it starts again in {self.pause:.0f} s",
                err=True,
            )
            self.process, self.next_start = None, now + self.pause
        elif now >= self.next_start:
            self.start()

    def ask_to_end(self) -> None:
        """Ask it to end, if it runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Insist when it still runs at `until`, in seconds of the monotonic clock."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._end_its_own()

    def _end_its_own(self) -> None:
        """Processes that it started and left behind would go on listening."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


def prepare() -> None:
    """Bring the database up to date and gather the static files."""
    up_to_date()
    from driegesprek.web.site.options import unknown  # noqa: PLC0415 - as above

    for name in unknown(os.environ):
        click.echo(f"{name} is no setting and is ignored; `driegesprek settings` lists them.", err=True)
    static_files.gather()


def children(host: str, port: int) -> list[Child]:
    """The three processes of an installation; Django must be loaded."""
    from django.conf import settings  # noqa: PLC0415 - after Django is loaded

    web = ["granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    web += ["--workers", str(settings.WORKERS), "--blocking-threads", str(settings.THREADS)]
    # A worker that is told to end while it still starts does not hear it: granian then insists, well within our grace.
    web += ["--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "8", "--log-level", "error"]
    return [
        Child("web", [sys.executable, "-m", *web, "driegesprek.web.site.wsgi:application"]),
        Child("worker", [sys.executable, "-m", "driegesprek.web.conduct.worker"]),
        Child("scheduler", [sys.executable, "-m", "driegesprek.web.conduct.scheduler"]),
    ]


def check_port(host: str, port: int) -> None:
    """See whether this address is free to listen on.

    Raises:
        click.ClickException: it is not; the message says why and what to do.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise click.ClickException(_cannot_listen(host, port, error)) from error


def _cannot_listen(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        why = "another program listens there already (Driegesprek itself?). Stop it, or choose another --port"
    elif error.errno == errno.EACCES:
        why = "ports below 1024 are for the system. Choose another --port"
    else:
        why = f"{error.strerror or error}. Choose another --host or --port"
    return f"Cannot listen on {host}, port {port}: {why}."


def supervise(processes: list[Child], ready: Callable[[], bool] = lambda: True) -> None:
    """Run them until this process is told to end.

    Args:
        processes: what to run.
        ready: asked twice a second until it says True; may tell the user so.
    """
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: ended.set())
    for child in processes:
        child.start()
    said = False
    while not ended.wait(0.5 if said else 0.1):
        said = said or ready()
        for child in processes:
            child.look_after()
    for child in processes:
        child.ask_to_end()
    until = time.monotonic() + GRACE
    for child in processes:
        child.wait(until)


def say_when_it_answers(host: str, port: int, words: str, *, err: bool = False) -> Callable[[], bool]:
    """For `supervise`: prints the words once the web server takes connections."""

    def ready() -> bool:
        there = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
        try:
            socket.create_connection((there, port), timeout=1).close()
        except OSError:
            return False
        click.echo(words, err=err)
        return True

    return ready


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=PORTS, default=8000, show_default=True, help="Port to listen on.")
def serve(host: str, port: int) -> None:
    """Run web server, worker and scheduler. An empty installation shows a page to set up a school."""
    check_port(host, port)
    prepare()
    from django.conf import settings  # noqa: PLC0415 - after Django is loaded

    words = f"Driegesprek listens on http://{host}:{port} (data in {settings.DATA}). Stop with Ctrl-C."
    supervise(children(host, port), say_when_it_answers(host, port, words))


@click.command()
def migrate() -> None:
    """Bring the database up to date (serve does this too)."""
    prepare()
    click.echo("The database is up to date.")


@click.command()
def settings_table() -> None:
    """List the settings that the environment may give, with their defaults."""
    from driegesprek.web.site.options import OPTIONS, PREFIX  # noqa: PLC0415 - needs environs only here

    for option in OPTIONS:
        click.echo(f"{PREFIX}{option.name}  (default: {option.shown_default})\n    {option.purpose}")
