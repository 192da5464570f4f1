import fcntl
from threading import Thread

import pytest

from driegesprek.web.common.turns import turn


class Named:
    """A connection, as far as turns look at it."""

    def __init__(self, vendor, name, *, inside=False):
        self.vendor, self.settings_dict, self.in_atomic_block = vendor, {"NAME": name}, inside


@pytest.fixture
def beside(monkeypatch, tmp_path):
    """Connections of this vendor from here on; the path of the database."""

    def now(vendor, name="", *, inside=False):
        path = name or str(tmp_path / "school.sqlite3")
        monkeypatch.setattr("driegesprek.web.common.turns.connection", Named(vendor, path, inside=inside))
        return path

    return now


def enter(entered):
    with turn():
        entered.append(True)


def waits(patience):
    """Whether a second thread waits while the first has its turn; afterwards it comes in."""
    entered = []
    with turn():
        other = Thread(target=enter, args=[entered])
        other.start()
        other.join(patience)
        waited = not entered
    other.join(10)
    assert entered == [True]
    return waited


@pytest.mark.parametrize("name", ["", "file:memorydb_default?mode=memory"])
def test_threads_take_turns_on_sqlite(beside, name):
    beside("sqlite", name)
    assert waits(0.05)


def test_nobody_waits_on_postgresql(beside):
    beside("postgresql")
    assert not waits(10)


def test_who_writes_already_waits_for_nobody(beside):
    beside("sqlite", inside=True)
    assert not waits(10)


def test_another_process_is_waited_for_and_a_turn_ends_with_an_error(beside):
    path = beside("sqlite")
    with pytest.raises(ValueError, match="broken"), turn():
        raise ValueError("broken")
    entered = []
    with open(f"{path}-turn", "r+b") as file:  # noqa: PTH123 - a lock of its own, as another process has
        fcntl.flock(file, fcntl.LOCK_EX)
        other = Thread(target=enter, args=[entered])
        other.start()
        other.join(0.05)
        assert not entered
        fcntl.flock(file, fcntl.LOCK_UN)
        other.join(10)
    assert entered == [True]
