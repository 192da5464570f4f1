"""Benchmarks: ratios measured in one run, so that they say the same on a slow machine as on a fast one.

A module of this package with `run() -> list[Result]` takes part in `python -m bench` (`make bench`).
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Result:
    """One figure.

    Attributes:
        name: What was measured.
        value: The figure.
        unit: Of the figure and its limit; `×` for a ratio.
        limit: What it must keep to; None where it is only told.
        comparison: Whether it must be at most or at least the limit.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    comparison: Literal["at most", "at least"] = "at most"

    @property
    def ratio(self) -> float | None:
        """The figure divided by its limit."""
        return None if not self.limit else self.value / self.limit

    @property
    def good(self) -> bool:
        """Whether it keeps to its limit."""
        if self.limit is None:
            return True
        return self.value <= self.limit if self.comparison == "at most" else self.value >= self.limit


def alone(module: str, *arguments: object) -> dict[str, Any]:
    """What `python -m module arguments` prints as JSON: in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def peak_memory(*, children: bool = False) -> float:
    """The most memory that this process ever had, in megabytes; with that of the largest process it started."""
    import resource  # noqa: PLC0415 - not on every system, and only needed while measuring

    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    who = (resource.RUSAGE_SELF, *((resource.RUSAGE_CHILDREN,) if children else ()))
    return sum(resource.getrusage(one).ru_maxrss for one in who) / unit
