"""Threads of one process take turns at SQLite's only lock for writing.

Whoever finds that lock taken sleeps, longer each time, also when it is free again. A turn is handed over at once.
PostgreSQL locks rows and needs none.
"""

from contextlib import AbstractContextManager, nullcontext
from threading import Lock

from django.db import connection

_TURN = Lock()


def turn() -> AbstractContextManager[object]:
    """Around a short transaction that writes, not inside one."""
    return _TURN if connection.vendor == "sqlite" else nullcontext()
