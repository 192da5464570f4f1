"""How long a school waits: the demonstration from an empty folder to its first page, and the same folder started again.

`driegesprek demo` is what a newcomer runs. The second start is timed several times, and told beside what loading Django
alone takes on this machine, so that the figure says the same on a slow one.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.cli.installation import Installation

from bench import Result

TIMES = 3
MOST_SECONDS = 10


def _started(installation: Installation) -> float:
    """Seconds from the command to a page."""
    before = time.perf_counter()
    with installation.served("demo"):
        return time.perf_counter() - before


def _django() -> float:
    before = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", "import django.core.handlers.wsgi, django.contrib.auth"], check=True
    )
    return time.perf_counter() - before


def run() -> Iterator[Result]:
    with tempfile.TemporaryDirectory(prefix="driegesprek-bench-") as folder:
        installation = Installation(Path(folder) / "data", WORKERS=2)
        yield Result("the demonstration from an empty folder", _started(installation), "s")
        again = statistics.median(_started(installation) for _ in range(TIMES))
    yield Result("the same folder started again", again, "s", MOST_SECONDS)
    yield Result(
        "beside loading Django alone", again / statistics.median(_django() for _ in range(TIMES)), "×"
    )
