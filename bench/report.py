"""The whole report of a round as large as City Deal's: 1,101 pupils, 214 parents, 60 teachers, before and after."""

import datetime as dt
import json
import os
import sys
import time
from dataclasses import replace
from typing import Any

from bench import Result, alone, peak_memory
from driegesprek.evidence.raking import Margin

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small products; more threads only wait for each other
LIMIT = 3.0
DID = ("did_home_assignment", "did_career_talk", "did_parent_evening")
FORMS = {"pupil": "citydeal_pupil_post", "adult": "citydeal_parent_post", "staff": "citydeal_teacher_post"}
SMALL = 70
MARGINS: dict[str, tuple[Margin, ...]] = {
    "pupil": tuple(Margin("track", *one) for one in (("BB", 300), ("KB", 330), ("GL", 150), ("TL", 420))),
    "adult": (),
    "staff": (),
}
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
        made = Given(voice, form.title, table, book, form.scales, *parts)
        known = {"margins": MARGINS[voice], "margins_from": "margins.csv"}
        found.append(replace(made, crossed=wanted.crossed, **known))
    return found


def _voice(given: Any) -> Any:
    """The analysis of a voice, and its part of the report."""
    from driegesprek.reports import analyse  # noqa: PLC0415 - heavy
    from driegesprek.reports.report import section  # noqa: PLC0415 - as above

    analysis = analyse(given, seed=1)
    return analysis, section(analysis, [_said(given, analysis)], "nl")


def _said(given: Any, analysis: Any) -> Any:
    """What was answered, as the gate lets it out."""
    from driegesprek import evidence  # noqa: PLC0415 - heavy
    from driegesprek.reports.answers import AFTER, join  # noqa: PLC0415 - as above
    from driegesprek.reports.counting import counts  # noqa: PLC0415 - as above
    from driegesprek.reports.said import said_of  # noqa: PLC0415 - as above

    joined = join(given)
    tables = evidence.disclosure.protect(counts(joined, AFTER, loose=True))
    return said_of(joined, tables, analysis)


def _made(of: list[Any]) -> dict[str, bytes]:
    """All files of a report, as `driegesprek report` makes them: voices beside each other."""
    from driegesprek.reports.beside import each  # noqa: PLC0415 - heavy
    from driegesprek.reports.rendering import files  # noqa: PLC0415 - as above
    from driegesprek.reports.report import build  # noqa: PLC0415 - as above

    voices = each(_voice, of)
    return files(
        build(
            [analysis for analysis, _section in voices],
            {},
            title="Ronde",
            subtitle="School",
            language="nl",
            made_on=dt.date(2026, 11, 27),
            command="driegesprek report",
            sections=[section for _analysis, section in voices],
        )
    )


def _busy() -> float:
    """Seconds of processor time of this process and of those it started."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def report() -> dict[str, float]:
    """Seconds of all of it, after a first small one of other answers that loads what is heavy; peak memory."""
    given = _given()
    _made([replace(given[2], table=given[2].table.slice(0, SMALL))])
    start, busy = time.perf_counter(), _busy()
    found = _made(given)
    return {
        "seconds": time.perf_counter() - start,
        "busy": _busy() - busy,
        "pdf_mb": len(found["report.pdf"]) / 1e6,
        "peak_mb": peak_memory(children=True),
    }


def run() -> list[Result]:
    """The report beside its limit."""
    figures = alone("bench.report", "report", 0)
    return [
        Result(
            "report of 1,101, 214 and 60: analysis, gate, web page, PDF, workbook",
            figures["seconds"],
            "s",
            LIMIT,
        ),
        Result("its processor time", figures["busy"], "s"),
        Result("its PDF", figures["pdf_mb"], "MB"),
        Result("memory", figures["peak_mb"], "MB", 1000),
    ]


if __name__ == "__main__":
    print(json.dumps({"report": report}[sys.argv[1]]()))
