"""The same done for each of several, by more processes than one where that is safe: a report's voices are far apart.

Models are of hundreds of small products, between which Python holds its lock: threads do not make them faster. A forked
process has all that is loaded and begins at once. It is forked only while no other thread of Python runs that could hold a
lock which nobody in the new process would release: on the command line, not between the threads of a web server, where all
is done one after the other as before. What other libraries keep (OpenBLAS, Arrow) is made for a fork; typst is not, and is
not used in the new process.
"""

import gc
import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

Of = TypeVar("Of")
Made = TypeVar("Made")


def each(make: Callable[[Of], Made], of: Sequence[Of]) -> list[Made]:
    """What is made of each, in their order, and the same as one after the other.

    Args:
        make: a function of a module, with plain values in and out; it reads no database and no network.
        of: the one that takes longest first: this process does that one.

    Raises:
        Exception: whatever `make` raises, of the first of which it does.
    """
    workers = min(len(of), _processors()) - 1
    if workers < 1 or not _may_fork():
        return [make(one) for one in of]
    return _together(make, of, workers)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _may_fork() -> bool:
    """Whether this is the only thread of Python; beyond Linux, what else is loaded may not be forked."""
    return sys.platform == "linux" and threading.active_count() == 1


def _together(make: Callable[[Of], Made], of: Sequence[Of], workers: int) -> list[Made]:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - only for a report
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - as above
    from multiprocessing import get_context  # noqa: PLC0415 - as above

    # What was there before the fork is never looked through for rubbish, which would copy all of it.
    with ProcessPoolExecutor(workers, get_context("fork"), initializer=gc.freeze) as pool:
        others = [pool.submit(make, one) for one in of[1:]]
        made = [make(of[0])]
        for one, other in zip(of[1:], others, strict=True):
            try:
                made.append(other.result())
            except BrokenProcessPool:  # it was killed, for want of memory most likely
                made.append(make(one))
        return made
