"""Export of 1,000,000 respondents × 60 questions from the database: frozen documents are read, joined and written, streamed.

What bench/export.py writes is here what stands in the table of responses, as `submit` freezes it: 30 questions with five
answers, 15 numbers, 8 where several answers may be ticked, 7 to write in; one in twenty was skipped. The peer is the least
that any export does: reading the same documents, a thousand at a time, with `json.loads`. DRIEGESPREK_BENCH_QUICK=1 takes
5,000; DRIEGESPREK_BENCH_ROWS another number.
"""

import datetime as dt
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from bench import Result, alone, peak_memory
from bench._house import installation

ROWS = int(
    os.environ.get("DRIEGESPREK_BENCH_ROWS")
    or (5_000 if os.environ.get("DRIEGESPREK_BENCH_QUICK") else 1_000_000)
)
CHUNK = 1_000
MEGABYTES = 1_000
DAY = dt.date(2026, 11, 26)
KINDS = ["select_one five"] * 30 + ["integer"] * 15 + ["select_multiple two"] * 8 + ["text"] * 7
WORDS = ("Wij praten er aan tafel over.", "Weet ik nog niet", "=iets met een vak", "بعد المدرسة")


def form() -> Any:
    from driegesprek.instruments import read_tables  # noqa: PLC0415 - where it is used

    survey = [
        {"type": kind, "name": f"q{place}", "label::nl": f"Vraag {place}"} for place, kind in enumerate(KINDS)
    ]
    lists = {"five": [str(code) for code in range(1, 6)], "two": ["a", "b"]}
    choices = [
        {"list_name": name, "name": code, "label::nl": f"antwoord {code}"}
        for name, codes in lists.items()
        for code in codes
    ]
    return read_tables(
        {"survey": survey, "choices": choices, "settings": [{"form_title": "Bench"}]}, name="x"
    )


def _value(kind: str, chance: random.Random) -> Any:
    name = kind.split(" ", maxsplit=1)[0]
    if name == "select_one":
        return str(chance.randint(1, 5))
    if name == "select_multiple":
        return chance.choice((["a"], ["b"], ["a", "b"]))
    return chance.randint(0, 80) if name == "integer" else chance.choice(WORDS)


def _document(chance: random.Random) -> str:
    """As `documents.frozen` makes it."""
    paths = [f"/q{place}" for place in range(len(KINDS))]
    answers = {
        path: {"status": "skipped", "value": None}
        if chance.random() < 0.05  # noqa: PLR2004 - one in twenty
        else {"status": "given", "value": _value(kind, chance)}
        for path, kind in zip(paths, KINDS, strict=True)
    }
    content = {"format": 1, "revision": len(KINDS), "asked": paths, "answers": answers}
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fill(rows: int) -> Any:
    """A round under pseudonyms in which so many handed in; every thousandth document is made, the others are like it."""
    from django.utils import timezone  # noqa: PLC0415 - after Django is set up
    from tests.web.surveys import rounding  # noqa: PLC0415 - as above

    from driegesprek.web.surveys.domain import versions  # noqa: PLC0415 - as above
    from driegesprek.web.surveys.models import Response  # noqa: PLC0415 - as above

    of = rounding.make_school({"2A": 1})
    of.version = versions.store(of.school, "own-bench", form())
    row, now, chance = rounding.make_round(of, "pseudonymous"), timezone.now(), random.Random(1)  # noqa: S311 - no secret
    known = [_document(chance) for _ in range(CHUNK)]
    group = {"class_id": "c", "class": "2A", "year_group": 2, "track": "BB", "stratum": "BB", "weight": 1.0}

    def batch(start: int) -> Iterator[Response]:
        for number in range(start, min(start + CHUNK, rows)):
            yield Response(
                id=UUID(int=chance.getrandbits(128), version=4),
                school_id=of.school.pk,
                round=row,
                voice="pupil",
                pseudonym=f"{number:064x}",
                version=of.version,
                language="nl",
                channel="link",
                group=group,
                revision=60,
                started_at=now,
                submitted_at=now,
                document=known[number - start],
            )

    for start in range(0, rows, CHUNK):
        Response.objects.bulk_create(batch(start))
    return row


def least(row: Any) -> float:
    """Processor seconds of reading every document and nothing else."""
    from driegesprek.web.surveys.models import Response  # noqa: PLC0415 - as above

    start = time.process_time()
    rows = Response.objects.filter(round=row).order_by()
    for text in rows.values_list("document", flat=True).iterator(chunk_size=CHUNK):
        json.loads(text)
    return time.process_time() - start


def measure(rows: int, kind: str) -> dict[str, float]:
    """Fill an installation of our own, then export from it in a child, whose memory is its own."""
    with installation():
        row = fill(rows)
        pid = os.fork()
        if pid:
            os.waitpid(pid, 0)
            found: dict[str, float] = json.loads(Path(os.environ["BENCH_FIGURES"]).read_text())
            return found
        from django.db import connections  # noqa: PLC0415 - as above

        connections.close_all()
        _export(row, kind)
        os._exit(0)


def _export(row: Any, kind: str) -> None:
    from driegesprek.web.common import audit  # noqa: PLC0415 - as above
    from driegesprek.web.surveys.domain import exporting  # noqa: PLC0415 - as above

    peer = least(row)
    start = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        exporting.export(
            [row],
            Path(folder),
            "x",
            kind=kind,
            language="nl",
            made_on=DAY,
            actor=audit.System(row.school_id),
            voices=["pupil"],
        )
    took = time.process_time() - start
    figures = {"seconds": took, "least": peer, "peak_mb": peak_memory()}
    Path(os.environ["BENCH_FIGURES"]).write_text(json.dumps(figures))


def run() -> list[Result]:
    """A .sav, the most that is asked of an export."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        os.environ["BENCH_FIGURES"] = file.name
        found = alone("bench.export_database", ROWS, "sav")
    of = f"{ROWS:,} × 60 from the database as .sav"
    return [
        Result(f"{of}: memory", found["peak_mb"], "MB", MEGABYTES),
        Result(f"{of}: time", found["seconds"], "cpu s"),
        Result(f"{of}: time / reading the documents alone", found["seconds"] / found["least"], "×"),
    ]


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), sys.argv[2])))
