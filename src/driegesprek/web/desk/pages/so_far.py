"""The answers of a survey round so far, as counts of each question."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst

from driegesprek.tables.codebook import Variable
from driegesprek.web.desk.pages import charts, results
from driegesprek.web.desk.pages.charts import Chart
from driegesprek.web.findings.domain import gathering, so_far
from driegesprek.web.surveys.domain.wide import Wide
from driegesprek.web.surveys.enums import Voice
from driegesprek.web.surveys.models import Round
from driegesprek.web.surveys.rules.showing import MINIMUM


@dataclass(frozen=True)
class SoFar:
    """One voice.

    Attributes:
        voices: (code, words) of who handed in.
        n: how many are counted; 0 where they are too few.
        elsewhere: whether items of scales are left to the findings.
    """

    voice: str
    voices: tuple[tuple[str, str], ...]
    n: int = 0
    charts: tuple[Chart, ...] = ()
    silent: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    elsewhere: bool = False
    minimum: int = MINIMUM


def page(row: Round, voice: str, *, today: dt.date) -> SoFar:
    """What one voice answered; the first that handed in where this one did not."""
    there = gathering.voices([row])
    chosen = voice if voice in there else next(iter(there), "")
    labels = tuple((one, capfirst(str(Voice(one).label))) for one in there)
    file = so_far.of(row, chosen, today=today) if chosen else None
    if file is None:
        return SoFar(chosen, labels)
    items = so_far.items(row, chosen)
    asked = [one for one in file.countable if not so_far.is_item(one.name, items)]
    drawn = _drawn(file, asked)
    names = {one.variable.name for one in drawn}
    return SoFar(
        chosen,
        labels,
        file.table.num_rows,
        drawn,
        charts.silent(one for one in asked if one.name not in names),
        file.notes,
        bool(items),
    )


def _drawn(file: Wide, asked: Sequence[Variable]) -> tuple[Chart, ...]:
    rows = results.shown(file, asked, "")
    return tuple(
        results.chart(file, one, rows[one.name], "") for one in asked if results.has_numbers(rows[one.name])
    )
