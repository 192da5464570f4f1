"""The worker of `driegesprek serve`: does what was put in the queue, one task at a time."""

import logging
import os

import django
from django.utils import timezone

log = logging.getLogger("driegesprek.worker")
MOST_TRIES = 3


def take_up_again() -> int:
    """Put back in the queue what an earlier worker was doing when it was killed; returns how many tasks.

    An installation has one worker, so at its start nobody else is working. Our tasks may be done twice without harm;
    one that keeps killing its worker is given up.
    """
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - after Django is loaded

    running = DBTaskResult.objects.filter(status="RUNNING")
    given_up = [task.pk for task in running if len(task.worker_ids) >= MOST_TRIES]
    if given_up:
        running.filter(pk__in=given_up).update(status="FAILED", finished_at=timezone.now())
        log.error("%s tasks ended their worker %s times and are given up", len(given_up), MOST_TRIES)
    left = running.update(status="READY", started_at=None)
    if left:
        log.warning("%s tasks were left half done and are taken up again", left)
    return left


def main() -> None:
    """Work until told to end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "driegesprek.web.site.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after Django is loaded

    take_up_again()
    call_command("db_worker", interval=1, startup_delay=False)


if __name__ == "__main__":
    main()
