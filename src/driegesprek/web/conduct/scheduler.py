"""What happens by the clock: one process of `driegesprek serve`."""

import datetime as dt
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import django

log = logging.getLogger("driegesprek.scheduler")
LOOK_EVERY = 1.0
"""Seconds."""


@dataclass
class Job:
    """Something done every so often; one that fails is logged and tried again the next time."""

    name: str
    every: dt.timedelta
    work: Callable[[], object]
    next_at: float = 0.0

    def run_if_due(self, now: float) -> None:
        """Do it if its time has come. `now` in seconds of the monotonic clock."""
        if now < self.next_at:
            return
        self.next_at = now + self.every.total_seconds()
        try:
            self.work()
        except Exception:
            log.exception("%s failed", self.name)


def jobs() -> list[Job]:
    """All jobs of the house."""
    from driegesprek.web.conduct import jobs as work  # noqa: PLC0415 - after Django is loaded

    return [
        Job("outbox", dt.timedelta(seconds=5), work.empty_outbox),
        Job("late comers", dt.timedelta(hours=1), work.catch_up),
        Job("surveys", dt.timedelta(hours=1), work.ask_in_surveys),
        Job("retention", dt.timedelta(hours=6), work.forget_what_has_ended),
    ]


def run(ended: threading.Event) -> None:
    """Look whether a job is due, until told to end."""
    from django.db import close_old_connections  # noqa: PLC0415 - after Django is loaded

    todo = jobs()
    while not ended.wait(LOOK_EVERY):
        for job in todo:
            job.run_if_due(time.monotonic())
        close_old_connections()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "driegesprek.web.site.settings")
    django.setup()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    run(stop)
