"""A million respondents × 60 items: statistics beside the time DuckDB needs to read the columns they use once.

Also: does time grow in step with rows, how much memory, and how long a report of the size of City Deal takes.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import Result, alone, peak_memory

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small products; more threads only wait for each other
ITEMS = [f"q{place}" for place in range(60)]
BLOCKS = "pre;sex+track;q1+q2;sex:track"
USED = {
    "crosstab": ["q1", "track"],
    "scale": ITEMS,
    "regress": ["y", "pre", "sex", "track", "q1", "q2", "school"],
    "mixed": ["y", "pre", "sex", "school", "class"],
}
TEXTS = {"sex", "track"}
LIMITS = {"crosstab": 3.0, "scale": 10.0, "regress": 10.0}
BIG = 1_000_000
CHUNK = 100_000


def write(path: Path, rows: int) -> None:
    """An invented file, written in pieces so that memory stays small."""
    import numpy as np  # noqa: PLC0415 - after the number of threads is set
    import pyarrow as pa  # noqa: PLC0415 - as above
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    rng = np.random.default_rng(20261126)
    writer = None
    for start in range(0, rows, CHUNK):
        n = min(CHUNK, rows - start)
        standing = rng.normal(size=n)
        answers = {
            name: pa.array(
                np.digitize(0.6 * standing + rng.normal(size=n), [-1.5, -0.5, 0.5, 1.5]) + 1, pa.int8()
            )
            for name in ITEMS
        }
        school = rng.integers(0, 500, n)
        more = {
            "sex": pa.array(rng.choice(["boy", "girl"], n)),
            "track": pa.array(rng.choice(["bb", "kb", "gl", "tl"], n)),
            "school": pa.array(school, pa.int32()),
            "class": pa.array(rng.integers(0, 8, n), pa.int8()),
            "pre": pa.array(standing + rng.normal(size=n)),
            "y": pa.array(standing + school / 1000 + rng.normal(size=n)),
        }
        table = pa.table({**answers, **more})
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


def _calls(data: Any) -> dict[str, Any]:
    from driegesprek import evidence  # noqa: PLC0415 - heavy

    return {
        "crosstab": lambda: evidence.crosstab(data, rows="q1", cols="track"),
        "scale": lambda: evidence.scale(data, items=ITEMS),
        "regress": lambda: evidence.regress(data, outcome="y", blocks=BLOCKS, cluster="school"),
        "mixed": lambda: evidence.mixed(data, outcome="y", fixed="pre+sex", group="school,class"),
    }


def _least(of: Any, times: int = 3) -> float:
    took = []
    for _ in range(times):
        start = time.perf_counter()
        of()
        took.append(time.perf_counter() - start)
    return min(took)


def _added_up(name: str) -> str:
    """A sum, for which the column must be read; a count or a maximum stands in the file's statistics."""
    return f"sum(strlen({name}))" if name in TEXTS else f"sum({name})"


def measure(rows: int, which: str) -> dict[str, float]:
    """Seconds of a statistic and of reading its columns, in this process; its peak memory."""
    import duckdb  # noqa: PLC0415 - heavy

    from driegesprek import evidence  # noqa: PLC0415 - heavy

    path = _file(rows)
    columns = ", ".join(_added_up(name) for name in USED[which])
    connection = duckdb.connect()
    reading = _least(lambda: connection.sql(f"SELECT {columns} FROM read_parquet('{path}')").fetchall())  # noqa: S608 - ours
    of = _calls(evidence.load(path))[which]
    of()
    return {"reading": reading, "seconds": _least(of), "peak_mb": peak_memory()}


def report() -> dict[str, float]:
    """Tables, scales and models of 1,101 pupils, 214 parents and 60 teachers."""
    from driegesprek import evidence  # noqa: PLC0415 - heavy

    files = [evidence.load(_file(rows)) for rows in (1_101, 214, 60)]

    def everything() -> None:
        for data in files:
            for start in range(0, 60, 8):
                evidence.scale(data, items=ITEMS[start : start + 8])
            for name in ITEMS[:10]:
                evidence.crosstab(data, rows=name, cols="sex")
            for outcome in ("y", "pre", "q5", "q6", "q7"):
                evidence.regress(data, outcome=outcome, blocks="q1;sex+track;q2+q3;q4", cluster="school")
            evidence.mixed(data, outcome="y", fixed="pre+sex", group="school")

    evidence.scale(files[0], items=ITEMS[:3])
    return {"seconds": _least(everything, 1), "peak_mb": peak_memory()}


def _file(rows: int) -> Path:
    return Path(tempfile.gettempdir()) / f"driegesprek-bench-{rows}.parquet"


def run() -> list[Result]:
    sizes = (10_000, 100_000, BIG, 10 * BIG)
    for rows in (*sizes, 1_101, 214, 60):
        write(_file(rows), rows)
    try:
        return [*_ratios(), *_growth(sizes), *_peers(), *_report()]
    finally:
        for rows in (*sizes, 1_101, 214, 60):
            _file(rows).unlink(missing_ok=True)


def _peers() -> list[Result]:
    """Others on the same file: pandas with statsmodels at a million rows, R (which has no Parquet) at 100,000."""
    found = []
    for which in ("scale", "regress"):
        peer = alone("bench.evidence", f"pandas-{which}", BIG)["seconds"]
        own = alone("bench.evidence", which, BIG)["seconds"]
        found.append(Result(f"{which} beside pandas with statsmodels", own / peer, "×", 1))
    for which in ("scale", "regress", "mixed"):
        in_r = alone("bench.evidence", f"r-{which}", CHUNK)["seconds"]
        if in_r is not None:
            own = alone("bench.evidence", which, CHUNK)["seconds"]
            found.append(Result(f"{which} beside R, {CHUNK:,} rows", own / in_r, "×", 1))
    return found


def _peer(rows: int, who: str, which: str) -> dict[str, float | None]:
    from bench import _peers as peers  # noqa: PLC0415 - only in a process of its own

    of = peers.in_pandas if who == "pandas" else peers.in_r
    return {"seconds": of(_file(rows), which, USED[which]), "peak_mb": peak_memory()}


def _ratios() -> list[Result]:
    found = []
    for which in USED:
        figures = alone("bench.evidence", which, BIG)
        ratio = figures["seconds"] / figures["reading"]
        found.append(Result(f"{which}, a million rows", figures["seconds"], "s"))
        found.append(Result(f"{which}, beside reading its columns", ratio, "×", LIMITS.get(which)))
        found.append(Result(f"{which}, memory", figures["peak_mb"], "MB", 1000))
    return found


def _growth(sizes: tuple[int, ...]) -> list[Result]:
    took = [alone("bench.evidence", "regress", rows)["seconds"] for rows in sizes[1:]]
    steps = zip(sizes[2:], took, took[1:], strict=False)
    return [Result(f"regress, {rows:,} beside a tenth of it", b / a, "×", 12) for rows, a, b in steps]


def _report() -> list[Result]:
    return [Result("report of 1,101, 214 and 60", alone("bench.evidence", "report", 0)["seconds"], "s", 3)]


if __name__ == "__main__":
    what, rows = sys.argv[1], int(sys.argv[2])
    who, _, peer = what.partition("-")
    figures = report() if what == "report" else _peer(rows, who, peer) if peer else measure(rows, what)
    print(json.dumps(figures))
