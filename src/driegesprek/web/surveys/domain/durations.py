"""About how long a form takes, worked out once per form, language and what is switched on."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from uuid import UUID

from driegesprek.instruments.duration import minutes
from driegesprek.web.surveys.domain import versions
from driegesprek.web.surveys.models import Round
from driegesprek.web.surveys.rules import designs


def about(version_id: UUID, facts: Mapping[str, str], *, language: str, today: dt.date) -> int:
    """Minutes, in fives; of the facts only those that switch parts of a form on or off count."""
    switches = {name: value for name, value in facts.items() if name in designs.SWITCHES}
    return _about(version_id, tuple(sorted(switches.items())), language, today.year)


def of_round(row: Round, voice: str, *, language: str, today: dt.date) -> int:
    """Minutes that a voice is asked for in a round, without questions that need a consent of their own."""
    version = row.voices.values_list("version", flat=True).get(voice=voice)
    options = row.study.options if row.study else ()
    return about(version, designs.context(row.design, options, ()), language=language, today=today)


@lru_cache(maxsize=512)
def _about(version_id: UUID, switches: Iterable[tuple[str, str]], language: str, year: int) -> int:
    return minutes(
        versions.load(version_id), today=dt.date(year, 11, 1), context=dict(switches), language=language
    )
