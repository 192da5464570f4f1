"""1,000 personalised sheets with QR codes in five languages: rate, memory, and whether both are linear.

Each size runs in a process of its own, so that its peak memory is its own.
"""

import json
import sys
import time
from typing import Any

from tests.paper import samples

from bench import Result, alone, peak_memory
from driegesprek import paper

SIZES = (250, 500, 1000)
LANGUAGES = ("nl", "tr", "ar", "pl", "uk")
MOST_MEMORY = 300
"""Megabytes, whatever the number."""


def _measure(n: int) -> dict[str, Any]:
    sheets = (samples.sheet(LANGUAGES[i % 5], i, pupil=f"Kind{i} El Idrissi") for i in range(n))
    start, busy = time.perf_counter(), time.process_time()
    pdf = paper.sheets(sheets, title="Bladen")
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    return {
        "sheets": n,
        "seconds": round(seconds, 2),
        "processor_seconds": round(busy, 2),
        "per_second": round(n / seconds, 1),
        "peak_mb": round(peak_memory()),
        "pdf_mb": round(len(pdf) / 1e6, 1),
    }


def run() -> list[Result]:
    """The figures of 1,000 sheets, and whether they grow in step with the number."""
    figures = [alone("bench.sheets", size) for size in SIZES]
    first, last = figures[0], figures[-1]
    grows = last["processor_seconds"] / first["processor_seconds"]
    return [
        Result("1,000 sheets in five languages", last["per_second"], "sheets/s"),
        Result("memory, whatever the number", max(one["peak_mb"] for one in figures), "MB", MOST_MEMORY),
        Result("time for 4 times as many sheets", grows, "×", 1.3 * last["sheets"] / first["sheets"]),
    ]


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))
