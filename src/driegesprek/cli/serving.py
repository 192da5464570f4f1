"""Run the web server, the worker and the scheduler as one; bring the database up to date; list the settings."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

import click

from driegesprek.cli import start_django

GRACE = 15.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0


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
        self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603 - our own commands
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start it again if it ended."""
        if self.process is not None and self.process.poll() is None:
            return
        now = time.monotonic()
        if self.process is not None:
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

    def stop(self) -> None:
        """Ask it to end; insist after a while."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def prepare() -> None:
    """Bring the database up to date and gather the static files."""
    start_django()
    from django.core.management import call_command  # noqa: PLC0415 - after Django is loaded

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def children(host: str, port: int, workers: int) -> list[Child]:
    """The three processes of an installation."""
    web = ["granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)]
    web += ["--blocking-threads", "8", "--no-ws", "--respawn-failed-workers", "--log-level", "warning"]
    return [
        Child("web", [sys.executable, "-m", *web, "driegesprek.web.site.wsgi:application"]),
        Child(
            "worker", [sys.executable, "-m", "django", "db_worker", "--interval", "1", "--no-startup-delay"]
        ),
        Child("scheduler", [sys.executable, "-m", "driegesprek.web.conduct.scheduler"]),
    ]


def supervise(processes: list[Child]) -> None:
    """Run them until this process is told to end."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    for child in processes:
        child.start()
    while not ended.wait(0.5):
        for child in processes:
            child.look_after()
    for child in processes:
        child.stop()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def serve(host: str, port: int) -> None:
    """Run web server, worker and scheduler. An empty installation shows a page to set up a school."""
    prepare()
    from django.conf import settings  # noqa: PLC0415 - after Django is loaded

    click.echo(f"Driegesprek listens on http://{host}:{port} (data in {settings.DATA}). Stop with Ctrl-C.")
    supervise(children(host, port, int(os.environ.get("DRIEGESPREK_WORKERS", "2"))))


@click.command()
def migrate() -> None:
    """Bring the database up to date (serve does this too)."""
    prepare()
    click.echo("The database is up to date.")


@click.command()
def settings_table() -> None:
    """List the settings that the environment may give, with their defaults."""
    from driegesprek.web.site.options import OPTIONS  # noqa: PLC0415 - needs environs only here

    for option in OPTIONS:
        click.echo(f"DRIEGESPREK_{option.name}  (default: {option.default!r})\n    {option.purpose}")
