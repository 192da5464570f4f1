import datetime as dt
import threading

import pytest

from driegesprek.web.conduct import jobs as work
from driegesprek.web.conduct import scheduler
from driegesprek.web.conduct.scheduler import Job

MINUTE = dt.timedelta(minutes=1)


def test_a_job_is_done_at_once_and_then_every_so_often():
    done = []
    job = Job("count", MINUTE, lambda: done.append(1))
    counts = []
    for now in (100.0, 100.5, 159.9, 160.0, 161.0, 500.0):
        job.run_if_due(now)
        counts.append(len(done))
    assert counts == [1, 1, 1, 2, 2, 3]


def test_a_job_that_fails_is_logged_and_tried_again_the_next_time(caplog):
    tries = []

    def failing():
        tries.append(1)
        raise OSError("disk full")

    job = Job("write", MINUTE, failing)
    job.run_if_due(0.0)
    job.run_if_due(30.0)
    job.run_if_due(60.0)
    assert len(tries) == 2
    assert "write failed" in caplog.text


def test_every_job_of_the_house_is_there():
    found = {job.work: job.every for job in scheduler.jobs()}
    assert {work.empty_outbox, work.catch_up, work.ask_in_surveys, work.forget_what_has_ended} == set(found)
    assert found[work.empty_outbox] <= dt.timedelta(seconds=10)


@pytest.mark.django_db
def test_it_goes_round_until_it_is_told_to_end(monkeypatch):
    ended, seen = threading.Event(), []

    def first():
        seen.append("first")
        raise ValueError("nobody is stopped by this")

    def second():
        seen.append("second")
        ended.set()

    monkeypatch.setattr(scheduler, "jobs", lambda: [Job("a", MINUTE, first), Job("b", MINUTE, second)])
    monkeypatch.setattr(scheduler, "LOOK_EVERY", 0.001)
    scheduler.run(ended)
    assert seen == ["first", "second"]
