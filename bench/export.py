"""Export of 1,000,000 respondents × 60 questions, streamed, beside pyreadstat and pyarrow writing the same table.

Half of the questions are codes with five labels, a quarter numbers, an eighth several answers as dichotomies and an eighth
text; each has reasons for missing. DRIEGESPREK_BENCH_QUICK=1 takes 20,000 respondents. Processor time is measured, so that a
busy machine gives the same figures; each writer runs in a process of its own, so that its peak memory is its own.
"""

import datetime as dt
import importlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import Result, alone, peak_memory

ROWS = 20_000 if os.environ.get("DRIEGESPREK_BENCH_QUICK") else 1_000_000
CHUNK = 50_000
MEGABYTES = 1_000
DAY = dt.date(2026, 11, 26)
CODED, NUMBERS, SEVERAL, TEXTS = 30, 15, 8, 7
WORDS = [
    "",
    "Wij praten er aan tafel over.",
    "Weet ik nog niet",
    "=iets met een vak waar je werkt",
    "بعد المدرسة",
]


def codebook() -> Any:
    from driegesprek.tables.codebook import Codebook, Kind, Value, Variable  # noqa: PLC0415 - where it is used

    values = tuple(Value(str(code), {"nl": f"antwoord {code}"}, code) for code in range(1, 6))
    options = tuple(Value(code, {"nl": code}, place) for place, code in enumerate(("a", "b"), 1))
    kinds = [
        *((Kind.SINGLE, values) for _ in range(CODED)),
        *((Kind.INTEGER, ()) for _ in range(NUMBERS)),
        *((Kind.MULTIPLE, options) for _ in range(SEVERAL)),
        *((Kind.TEXT, ()) for _ in range(TEXTS)),
    ]
    questions = (Variable(f"q{i}", {"nl": f"Vraag {i}"}, *one) for i, one in enumerate(kinds))
    return Codebook("Benchmark", "invented", tuple(questions))


def make(rows: int, path: Path) -> None:
    """Invented answers, the same every time."""
    import numpy as np  # noqa: PLC0415 - as above
    import pyarrow as pa  # noqa: PLC0415 - as above
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    chance, writer = np.random.default_rng(20261126), None
    for start in range(0, rows, CHUNK):
        number = min(CHUNK, rows - start)
        columns: dict[str, Any] = {}
        for variable in codebook().variables:
            missing = chance.random(number) < 0.05  # noqa: PLR2004 - one in twenty
            for name in variable.columns:
                columns[name] = _column(variable.kind, chance, number, missing)
            columns[variable.missing_column] = pa.DictionaryArray.from_arrays(
                pa.array(np.zeros(number, np.int32), mask=~missing), ["skipped"]
            )
        table = pa.table(columns)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


def _column(kind: str, chance: Any, number: int, missing: Any) -> Any:
    import numpy as np  # noqa: PLC0415 - as above
    import pyarrow as pa  # noqa: PLC0415 - as above

    drawn = chance.integers(0, 5, number)
    if kind == "multiple":
        return pa.array(drawn > 2, mask=missing)  # noqa: PLR2004 - two in five choose it
    if kind == "integer":
        return pa.array(drawn * 17, mask=missing)
    words = [str(code) for code in range(1, 6)] if kind == "single" else WORDS
    codes = pa.array(drawn.astype(np.int32), mask=missing)
    coded = pa.DictionaryArray.from_arrays(codes, words)
    return coded if kind == "single" else coded.cast(pa.string())


def ours(kind: str, source: Path, folder: Path) -> None:
    from driegesprek.tables.wide import of_parquet  # noqa: PLC0415 - as above
    from driegesprek.tables.wide_writing import write_wide  # noqa: PLC0415 - as above

    write_wide(of_parquet(source, codebook()), folder, "ours", kind=kind, language="nl", made_on=DAY)


def pyarrow(kind: str, table: Any, folder: Path) -> None:
    """Pyarrow writes the whole table, of which the codes are text already."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above
    from pyarrow import csv  # noqa: PLC0415 - as above

    if kind == "csv":
        csv.write_csv(table, folder / "theirs.csv")
    else:
        pq.write_table(table, folder / "theirs.parquet", compression="zstd")


def loaded(source: Path) -> Path:
    """What is loaded once is not measured, as it is not with the others."""
    for name in ("pandas", "pyreadstat", "pyarrow.csv", "pyarrow.parquet", "driegesprek.tables.wide_writing"):
        importlib.import_module(name)
    return source


def plain(source: Path) -> Any:
    """The whole table in memory with plain columns."""
    import pyarrow as pa  # noqa: PLC0415 - as above
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    table = pq.read_table(source)
    fields = [
        (one.name, pa.string() if pa.types.is_dictionary(one.type) else one.type) for one in table.schema
    ]
    return table.cast(pa.schema(fields))


def frame(source: Path) -> Any:
    """The whole table as pyreadstat takes it: numbers with user-missing values, texts."""
    import pandas as pd  # noqa: PLC0415 - as above
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    table, columns = pq.read_table(source), {}
    for variable in codebook().variables:
        for name in variable.columns:
            column = table[name].to_pandas()
            text = variable.kind == "text"
            columns[name] = column.fillna("").astype(str) if text else column.astype(float).fillna(-92.0)
    return pd.DataFrame(columns)


def pyreadstat(data: Any, folder: Path) -> None:
    import pyreadstat as library  # noqa: PLC0415 - as above

    numbers = [name for name in data.columns if data[name].dtype == float]
    library.write_sav(
        data,
        folder / "theirs.sav",
        column_labels=list(data.columns),
        variable_value_labels={name: {1.0: "antwoord 1", -92.0: "overgeslagen"} for name in numbers},
        missing_ranges={name: [{"lo": -97, "hi": -91}] for name in numbers},
    )


def measure(who: str, kind: str, source: Path) -> dict[str, float]:
    """Processor seconds of writing, and the peak memory of all of it."""
    with tempfile.TemporaryDirectory(prefix="driegesprek-bench-") as place:
        folder = Path(place)
        ready = {"pyarrow": plain, "pyreadstat": frame}.get(who, loaded)(source)
        start = time.process_time()
        if who == "ours":
            ours(kind, source, folder)
        elif who == "pyarrow":
            pyarrow(kind, ready, folder)
        else:
            pyreadstat(ready, folder)
        took = time.process_time() - start
        size = sum(one.stat().st_size for one in folder.iterdir()) / 1e6
    return {"seconds": took, "peak_mb": peak_memory(), "mb": size}


def run() -> list[Result]:
    """Each format beside the library that writes the same table."""
    with tempfile.TemporaryDirectory(prefix="driegesprek-bench-") as place:
        source = Path(place) / "answers.parquet"
        alone("bench.export", "make", ROWS, source)
        found: list[Result] = []
        for kind, other in (("sav", "pyreadstat"), ("csv", "pyarrow"), ("parquet", "pyarrow")):
            own, theirs = (alone("bench.export", who, kind, source) for who in ("ours", other))
            of = f"{ROWS:,} × 60 as .{kind}"
            limit = 1.0 if kind == "sav" else None
            found += [
                Result(f"{of}: memory", own["peak_mb"], "MB", MEGABYTES),
                Result(f"{of}: memory of {other}", theirs["peak_mb"], "MB"),
                Result(f"{of}: time", own["seconds"], "cpu s"),
                Result(f"{of}: time / {other}'s", own["seconds"] / theirs["seconds"], "×", limit),
            ]
        return found


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), Path(sys.argv[3]))
        print("{}")
    else:
        print(json.dumps(measure(sys.argv[1], sys.argv[2], Path(sys.argv[3]))))
