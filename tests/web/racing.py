"""Deeds at the same moment, over real connections; and the worst moment between reading and writing, made certain."""

import threading
from contextlib import suppress

from django.db import connection, connections

PATIENCE = 1.0
"""Seconds that one who has read waits for another who has read as well. With the lock nobody else comes."""


def run(deeds):
    """Do all deeds at once; returns what came of each, a name of an error where it went wrong."""
    results, start = [], threading.Barrier(len(deeds))

    def work(deed):
        try:
            connection.ensure_connection()
            start.wait(10)
            results.append(deed())
        except Exception as error:  # noqa: BLE001 - what went wrong is the result
            results.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


class Meeting:
    """Between reading and writing, wait until another has read too."""

    def __init__(self, parties):
        self.barrier = threading.Barrier(parties)

    def before(self, deed):
        """The deed, which waits before it begins."""

        def late(*args, **kwargs):
            with suppress(threading.BrokenBarrierError):
                self.barrier.wait(PATIENCE)
            return deed(*args, **kwargs)

        return late
