"""Python's collector of garbage, held for a moment."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Without the collector: what is read or written holds no cycles, and it would walk through it again and again.

    For a second or two only, for it is switched off for the whole process.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
