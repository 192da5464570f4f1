"""What several processes make is what one makes, and nothing is forked where a thread could hold a lock."""

import os
import pickle
import signal
import threading

import pytest
from tests.reports import making
from tests.reports.test_report import said

from driegesprek.reports import analyse, beside
from driegesprek.reports.beside import each
from driegesprek.reports.report import section

HERE = os.getpid()


def processes(n):
    return n * n, os.getpid()


def ends_in_another(n):
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return n


def refuses(n):
    if n:
        raise ValueError(n)


def voice(given):
    found = analyse(given, seed=1, files=2)
    return found, section(found, [said(given, found)], "nl")


@pytest.fixture
def two(monkeypatch):
    monkeypatch.setattr(beside, "_processors", lambda: 2)
    monkeypatch.setattr(beside, "_may_fork", lambda: True)


@pytest.mark.usefixtures("two")
def test_the_first_is_done_here_and_the_others_elsewhere_in_their_order():
    made = each(processes, [3, 1, 2])
    assert [square for square, _process in made] == [9, 1, 4]
    assert made[0][1] == HERE
    assert HERE not in {process for _square, process in made[1:]}


@pytest.mark.usefixtures("two")
def test_what_is_left_when_the_other_process_is_killed_is_done_here():
    assert each(ends_in_another, [1, 2, 3]) == [1, 2, 3]


@pytest.mark.usefixtures("two")
def test_an_error_in_the_other_process_is_an_error_here():
    with pytest.raises(ValueError, match="2"):
        each(refuses, [0, 2])


@pytest.mark.usefixtures("two")
def test_a_voice_told_elsewhere_is_the_same_to_the_last_digit():
    given = making.given(making.make(120, skips=0.02))
    here, elsewhere = each(voice, [given, given])
    assert elsewhere == here
    assert [one.narrow for one in elsewhere[1].figures] == [one.narrow for one in here[1].figures]
    assert pickle.dumps(elsewhere[0].plan) == pickle.dumps(here[0].plan)


def test_where_another_thread_runs_nothing_is_forked(monkeypatch):
    monkeypatch.setattr(beside, "_processors", lambda: 2)
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert {process for _square, process in each(processes, [1, 2])} == {HERE}
    finally:
        done.set()
        other.join()


def test_on_one_processor_nothing_is_forked(monkeypatch):
    monkeypatch.setattr(beside, "_processors", lambda: 1)
    assert {process for _square, process in each(processes, [1, 2])} == {HERE}
