"""The page with first results of a round of 20,000 responses: under two seconds, counted afresh every time.

Processor time is measured, so that a busy machine gives the same figures.
"""

import datetime as dt
import json
import sys
import time
from typing import Any

from bench import Result, _house, alone, peak_memory

RESPONSES = 20_000
CLASSES = 24
SECONDS = 2.0
NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


def measure(responses: int) -> dict[str, Any]:
    """Processor seconds for the page of each voice and grouping: the least of three, after what is loaded once."""
    with _house.installation():
        from tests.web import factories  # noqa: PLC0415 - after set-up
        from tests.web.surveys import simulating  # noqa: PLC0415 - as above

        world = simulating.make_world({f"2{chr(65 + place)}": 1 for place in range(CLASSES)})
        for voice, given in (("pupil", simulating.pupil_answers), ("adult", simulating.adult_answers)):
            _copies(world, voice, given, responses // 2)
        return _timed(world, factories.make_staff(world.school, "counsellor")) | {"peak_mb": peak_memory()}


def _copies(world: Any, voice: str, given: Any, number: int) -> None:
    """Frozen documents as the house makes them, many times over, for every class."""
    from tests.web.surveys import simulating  # noqa: PLC0415 - after set-up

    from driegesprek.web.surveys.models import Response  # noqa: PLC0415 - as above

    chance, classes = simulating.chance(20261121), list(world.classes.values())
    for place in range(200):
        seat = simulating.seat(world, classes[place % CLASSES], voice, f"{voice}{place}")
        simulating.hand_in(seat, given(chance))
    made = list(Response.objects.filter(voice=voice))
    Response.objects.bulk_create(
        (_copy(chance.choice(made), place) for place in range(number - len(made))), batch_size=500
    )


def _copy(of: Any, place: int) -> Any:
    fields = ("school_id", "round_id", "voice", "version_id", "language", "channel", "group", "document")
    return type(of)(
        **{name: getattr(of, name) for name in fields}, pseudonym=f"copy{place}", submitted_at=NOW, revision=1
    )


def _timed(world: Any, staff: Any) -> dict[str, float]:
    from django.test import Client  # noqa: PLC0415 - after set-up
    from tests.web import factories  # noqa: PLC0415 - as above

    client, at = factories.login(Client(), staff), f"/desk/resultaten/{world.activity.pk}/"
    paths = {
        f"{voice}, {by or 'everybody'}": f"{at}?voice={voice}&by={by}"
        for voice in ("pupil", "adult")
        for by in ("", "class", "language")
    }
    return {name: _shortest(client, path) for name, path in paths.items()}


def _shortest(client: Any, path: str) -> float:
    took = []
    for _ in range(4):
        start = time.process_time()
        assert client.get(path).status_code == 200  # noqa: PLR2004 - it worked
        took.append(time.process_time() - start)
    return min(took[1:])


def run() -> list[Result]:
    figures = alone("bench.results", RESPONSES)
    memory = figures.pop("peak_mb")
    pages = [
        Result(f"page of 20,000 responses: {name}", one, "cpu s", SECONDS) for name, one in figures.items()
    ]
    return [*pages, Result("memory with 20,000 responses", memory, "MB")]


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
