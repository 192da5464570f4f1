from threading import Thread

from driegesprek.web.common.turns import turn


class Named:
    def __init__(self, vendor):
        self.vendor = vendor


def waits(monkeypatch, vendor):
    """Whether a second thread waits while the first has its turn."""
    monkeypatch.setattr("driegesprek.web.common.turns.connection", Named(vendor))
    entered = []

    def enter():
        with turn():
            entered.append(True)

    with turn():
        other = Thread(target=enter)
        other.start()
        other.join(0.05 if vendor == "sqlite" else 10)
        waited = not entered
    other.join(10)
    assert entered == [True]
    return waited


def test_threads_take_turns_on_sqlite_and_not_on_postgresql(monkeypatch):
    assert waits(monkeypatch, "sqlite")
    assert not waits(monkeypatch, "postgresql")
