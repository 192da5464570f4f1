"""A class list of 1,200 pupils with two adults each brought in, and brought in again: time, queries, memory.

A school of 300 beside it shows whether the work grows in step with the number of pupils.
"""

import datetime as dt
import json
import sys
import time
from typing import Any

from bench import Result, _house, alone, peak_memory

SIZES = (300, 1200)
TODAY = dt.date(2026, 11, 21)
PER_CLASS = 25
HEADINGS = (
    "Stamnummer;Roepnaam;Tussenvoegsel;Achternaam;Klas;Leerjaar;Mentor;"
    "Verzorger 1 naam;Verzorger 1 mobiel;Verzorger 1 taal;Verzorger 2 naam;Verzorger 2 e-mail"
)
LANGUAGES = ("Nederlands", "Turks", "Arabisch", "Pools")


def class_list(pupils: int) -> bytes:
    """An invented class list as a Dutch pupil administration exports it."""
    rows = (_row(number) for number in range(pupils))
    return "\n".join([HEADINGS, *rows]).encode("cp1252")


def _row(number: int) -> str:
    of = number // PER_CLASS
    school_class, mentor = f"{1 + of % 4}{chr(65 + of // 4)}", f"M. Mentor{of}"
    adults = f"Ouder{number} Jansen{number};06-{10000000 + number};{LANGUAGES[number % 4]}"
    more = f"Ander{number} Jansen{number};ander{number}@example.com"
    return f"{1000 + number};Kind{number};van;Jansen{number};{school_class};{school_class[0]};{mentor};{adults};{more}"


def measure(pupils: int) -> dict[str, Any]:
    """Figures of a first and a repeated import into an empty SQLite database."""
    with _house.installation():
        from driegesprek.web.people.models import Bond, Pupil, School  # noqa: PLC0415 - after set-up

        school = School.objects.create(name="De Brug")
        first, again = _bring_in(school, pupils), _bring_in(school, pupils)
        assert (Pupil.objects.count(), Bond.objects.count()) == (pupils, 2 * pupils)
    return {"first": first, "again": again, "peak_mb": peak_memory()}


def _bring_in(school: Any, pupils: int) -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415 - after set-up

    from driegesprek import roster  # noqa: PLC0415 - after set-up
    from driegesprek.web.common.audit import System  # noqa: PLC0415 - as above
    from driegesprek.web.people.domain.importing import bring_in  # noqa: PLC0415 - as above

    queries = 0

    def counted(execute: Any, *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    start = time.perf_counter()
    with connection.execute_wrapper(counted):
        found = roster.read_path_or_bytes(class_list(pupils), name="klassenlijst.csv", today=TODAY)
        bring_in(school, found, actor=System(school.pk), today=TODAY)
    return {"seconds": time.perf_counter() - start, "queries": queries}


def run() -> list[Result]:
    small, large = (alone("bench.roster", size) for size in SIZES)
    grows = SIZES[1] / SIZES[0]
    time_grows, queries_grow = (large["first"][key] / small["first"][key] for key in ("seconds", "queries"))
    return [
        Result("1,200 pupils brought in", large["first"]["seconds"], "s"),
        Result("queries for 1,200 pupils", large["first"]["queries"], "queries", SIZES[1] / 2),
        Result("memory for 1,200 pupils", large["peak_mb"], "MB", 300),
        Result("time for 4 times as many pupils", time_grows, "×", 1.3 * grows),
        Result("queries for 4 times as many pupils", queries_grow, "×", grows),
        Result("the same list again", large["again"]["seconds"], "s"),
        Result("the same list again, beside the first time", _again(large, "seconds"), "×", 1),
        Result("queries of the same list again, beside the first time", _again(large, "queries"), "×", 1),
    ]


def _again(figures: dict[str, Any], key: str) -> float:
    return float(figures["again"][key] / figures["first"][key])


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
