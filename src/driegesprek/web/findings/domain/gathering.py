"""The answers of a round, or of both rounds of a pair, as `driegesprek.reports` takes them. Nothing is kept on disk."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from driegesprek.content.evaluation import ACTIVITY, evaluation
from driegesprek.reports import Given
from driegesprek.tables.codebook import Codebook, Kind
from driegesprek.web.findings.models import Comparison
from driegesprek.web.people.models import SchoolClass
from driegesprek.web.surveys.domain import respondents, versions
from driegesprek.web.surveys.enums import Design, Voice
from driegesprek.web.surveys.models import Response, Round, RoundVoice

TWO = 2
KEYS = respondents.Keys(b"findings: these keys never leave this process")
"""The same each time, so that the same answers stand in the same order and give the same numbers to the last digit."""


def pair(row: Round) -> tuple[Round | None, Round]:
    """The round before and the one after it; None and the round itself where it was measured once."""
    if row.before_id:
        return row.before, row
    after = Round.objects.filter(before=row).exclude(opened_at=None).order_by("opens_on").first()
    return (row, after) if after else (None, row)


def voices(rounds: Sequence[Round]) -> list[str]:
    """Whose answers there are."""
    rows = Response.objects.filter(round__in=[one.pk for one in rounds]).exclude(submitted_at=None)
    there = set(rows.order_by().values_list("voice", flat=True).distinct())
    return [one.value for one in Voice if one.value in there]


def given(before: Round | None, after: Round, voice: str) -> Given:
    """The answers of one voice, with what its form says of scales.

    Args:
        before: the first round; None where it was measured once: the answers then stand as those after.
        after: the second.
        voice: pupil, adult or staff.
    """
    rounds = [one for one in (before, after) if one is not None]
    with tempfile.TemporaryDirectory(prefix="findings-", dir=settings.DATA) as place:
        main = respondents.gather(rounds, voice, Path(place), keys=KEYS)[0]
        table = _table(main, before)
    book = main.file.codebook
    version = _version(after, voice)
    form, wanted = versions.load(version), evaluation(versions.key_of(version))
    known = {one.name for one in book.variables}
    scales = {one.name: one for one in form.scales}
    return Given(
        voice=voice,
        title=form.title,
        table=table,
        codebook=book,
        scales=tuple(scales.values()),
        activities=tuple(_activities(book)),
        groups=tuple(one for one in wanted.groups if one in known),
        outcomes=tuple(one for one in wanted.outcomes if one in scales),
        support=wanted.support,
        comparison=frozenset(_apart(after)),
        versions=tuple(_hashes(rounds, voice)),
        named=after.design == Design.NAMED,
        crossed=tuple(one for one in wanted.crossed if one in known),
        weight=respondents.WEIGHT,
    )


def _table(main: respondents.Answers, before: Round | None) -> Any:
    """The rows in the order of people, with `pre` and `post` for the rounds."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    table = pa.Table.from_batches(list(main.file.batches(None)))
    days = table["round"].to_pylist()
    first = str(before.opens_on) if before else None
    parts = ["pre" if day == first and before else "post" for day in days]
    place = table.schema.get_field_index("round")
    marked = table.set_column(place, "round", pa.array(parts, pa.string()))
    return marked.sort_by([("person", "ascending"), ("round", "descending")])


def _version(row: Round, voice: str) -> UUID:
    """The form that is asked; of a voice that was asked before only, the one that was answered."""
    asked = RoundVoice.objects.filter(round__in=[row.pk, row.before_id], voice=voice)
    newest = sorted(asked.values_list("round_id", "version_id"), key=lambda one: one[0] == row.pk)
    return newest[-1][1]


def _hashes(rounds: Sequence[Round], voice: str) -> Iterator[str]:
    for one in rounds:
        rows = RoundVoice.objects.filter(round=one, voice=voice).select_related("version")
        for asked in rows.defer("version__definition"):
            yield f"{asked.version.key} {asked.version.content_hash[:12]}"


def _activities(book: Codebook) -> Iterator[str]:
    """Questions whether somebody took part: two answers, beside those that are no answer."""
    for one in book.variables:
        if one.name.startswith(ACTIVITY) and one.kind is Kind.SINGLE and len(one.values) == TWO:
            yield one.name


def _apart(row: Round) -> Iterator[str]:
    """The classes to compare with, as the table calls them."""
    found = Comparison.objects.filter(study=row.study_id).first()
    if found is None:
        return
    if row.design == Design.NAMED:
        yield from SchoolClass.objects.filter(pk__in=found.classes).values_list("name", flat=True)
    else:
        yield from (respondents.short(KEYS.of(one)) or "" for one in found.classes)
