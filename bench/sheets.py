"""1,000 personalised sheets with QR codes in five languages: rate, memory, and whether both are linear.

Each size runs in a process of its own, so that its peak memory is its own. `python -m bench.sheets` prints the table.
"""

import json
import resource
import subprocess
import sys
import time
from typing import Any

from tests.paper import samples

from driegesprek import paper

SIZES = (250, 500, 1000)
LANGUAGES = ("nl", "tr", "ar", "pl", "uk")
MOST_MEMORY = 300
"""Megabytes, whatever the number."""


def run(n: int) -> dict[str, Any]:
    """Prints `n` sheets in a fresh process and returns its figures: sheets a second, peak in MB, size in MB."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.sheets", str(n)], check=True, capture_output=True, text=True
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _measure(n: int) -> dict[str, Any]:
    sheets = (samples.sheet(LANGUAGES[i % 5], i, pupil=f"Kind{i} El Idrissi") for i in range(n))
    start, busy = time.perf_counter(), time.process_time()
    pdf = paper.sheets(sheets, title="Bladen")
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "sheets": n,
        "seconds": round(seconds, 2),
        "processor_seconds": round(busy, 2),
        "per_second": round(n / seconds, 1),
        "peak_mb": round(peak),
        "pdf_mb": round(len(pdf) / 1e6, 1),
    }


def main() -> bool:
    """Prints the figures of all sizes; returns whether memory stays under the limit and time is linear."""
    figures = [run(n) for n in SIZES]
    for row in figures:
        print(json.dumps(row))
    first, last = figures[0], figures[-1]
    linear = last["processor_seconds"] / first["processor_seconds"] <= 1.3 * last["sheets"] / first["sheets"]
    good = all(row["peak_mb"] < MOST_MEMORY for row in figures) and linear
    print(
        "sheets:",
        "good" if good else "NOT GOOD",
        f"(under {MOST_MEMORY} MB, processor time linear within 1.3)",
    )
    return good


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(_measure(int(sys.argv[1]))))
    else:
        sys.exit(0 if main() else 1)
