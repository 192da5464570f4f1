"""The whole report of a round as large as City Deal's: 1,101 pupils, 214 parents, 60 teachers, before and after."""

import datetime as dt
import json
import os
import sys
import time
from typing import Any

from bench import Result, alone, peak_memory

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small products; more threads only wait for each other
LIMIT = 3.0
DID = ("did_home_assignment", "did_career_talk", "did_parent_evening")
FORMS = {"pupil": "citydeal_pupil_post", "adult": "citydeal_parent_post", "staff": "citydeal_teacher_post"}
PEOPLE = {"pupil": 1_101, "adult": 214, "staff": 60}


def _given() -> list[Any]:
    """The answers of a simulated year, as many as City Deal had."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - as above

    from driegesprek.content.evaluation import evaluation  # noqa: PLC0415 - as above
    from driegesprek.content.forms import instrument  # noqa: PLC0415 - as above
    from driegesprek.content.simulation import make_people, simulate, wide  # noqa: PLC0415 - as above
    from driegesprek.reports import Given  # noqa: PLC0415 - as above

    year = simulate(make_people(seed=1, schools=12, pupils=92, adults=92, teachers=24), seed=1)
    found = []
    for voice, n in PEOPLE.items():
        table, book = wide(year, voice)
        people = pc.unique(table["person"]).to_pylist()
        chosen = people[:: max(len(people) // n, 1)][:n]
        table = table.filter(pc.is_in(table["person"], value_set=pa.array(chosen)))
        form, wanted = instrument(FORMS[voice]), evaluation(FORMS[voice])
        parts = (DID, wanted.groups, wanted.outcomes, wanted.support)
        found.append(Given(voice, form.title, table, book, form.scales, *parts))
    return found


def report() -> dict[str, float]:
    """Seconds of analysis and of all files, after a first small one that loads what is heavy; peak memory."""
    from driegesprek.reports import analyse  # noqa: PLC0415 - heavy
    from driegesprek.reports.rendering import files  # noqa: PLC0415 - as above
    from driegesprek.reports.report import build  # noqa: PLC0415 - as above

    given = _given()

    def made(of: list[Any]) -> dict[str, bytes]:
        return files(
            build(
                [analyse(one, seed=1) for one in of],
                {},
                title="Ronde",
                subtitle="School",
                language="nl",
                made_on=dt.date(2026, 11, 27),
                command="driegesprek report",
            )
        )

    made(given[2:])
    start = time.perf_counter()
    found = made(given)
    return {
        "seconds": time.perf_counter() - start,
        "pdf_mb": len(found["report.pdf"]) / 1e6,
        "peak_mb": peak_memory(),
    }


def run() -> list[Result]:
    """The report beside its limit."""
    figures = alone("bench.report", "report", 0)
    return [
        Result("report of 1,101, 214 and 60: web page, PDF, workbook", figures["seconds"], "s", LIMIT),
        Result("its PDF", figures["pdf_mb"], "MB"),
        Result("memory", figures["peak_mb"], "MB", 1000),
    ]


if __name__ == "__main__":
    print(json.dumps({"report": report}[sys.argv[1]]()))
