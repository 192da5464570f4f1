"""Threads and processes of one installation take turns at SQLite's only lock for writing.

Whoever finds that lock taken sleeps, longer each time, also when it is free again, while others pass. A turn is handed over
at once, by the operating system, which also ends it for who is killed. PostgreSQL locks rows and needs none.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from threading import Lock

from django.db import connection, transaction

_AMONG_THREADS = Lock()


def turn() -> AbstractContextManager[object]:
    """Around a short transaction that writes; inside one there is nothing to wait for, and waiting would never end."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return nullcontext()
    name = str(connection.settings_dict["NAME"])
    return _AmongProcesses(name) if _is_file(name) else _AMONG_THREADS


@cache
def _is_file(name: str) -> bool:
    """Whether the database is a file that other processes open as well."""
    return Path(name).is_absolute()


@contextmanager
def writing() -> Iterator[None]:
    """A short transaction that writes, in its turn."""
    with turn(), transaction.atomic():
        yield


class _AmongProcesses:
    """The turn of this process, and in it of this thread."""

    def __init__(self, database: str) -> None:
        self.database = database

    def __enter__(self) -> None:
        _AMONG_THREADS.acquire()
        try:
            fcntl.flock(_file(self.database, os.getpid()), fcntl.LOCK_EX)
        except BaseException:
            _AMONG_THREADS.release()
            raise

    def __exit__(self, *_: object) -> None:
        try:
            fcntl.flock(_file(self.database, os.getpid()), fcntl.LOCK_UN)
        finally:
            _AMONG_THREADS.release()


@cache
def _file(database: str, _process: int) -> int:
    """An empty file beside the database, open as long as the process lives; a child of a fork opens its own."""
    return os.open(f"{database}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
