"""Whole rounds of a year that is over, kept at once: the same rows as when everybody had answered question by question.

For answers that were made up, or that come from another system. Nothing here is for people who answer: they `save` and
`submit`.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from driegesprek.instruments import Play
from driegesprek.web.surveys.domain import documents, rounds
from driegesprek.web.surveys.domain.rounds import Seat
from driegesprek.web.surveys.domain.sheets import GIVEN, SKIPPED, Sheet, Stored
from driegesprek.web.surveys.models import Answer, Invitation, Response, Round, Study

INVENTED = "INVENTED ANSWERS"
"""What stands in every file of a study of which the answers are made up."""
CHUNK = 500
"""Responses in memory at a time."""


@dataclass(frozen=True)
class Past:
    """What one person handed in, in a round without names.

    Attributes:
        seat: who, and in which round.
        at: the one moment that is kept: noon of the day of handing in.
        answers: {path: value} in the order of answering; None where a question was skipped.
        play: what was asked of this person.
        group: what answers are counted and joined by.
    """

    seat: Seat
    at: dt.datetime
    answers: Mapping[str, Any]
    play: Play
    group: Mapping[str, Any] = field(default_factory=dict)


def keep(found: Iterable[Past]) -> int:
    """Keep responses with their answers and frozen documents; each is a person's first in its round. Returns how many.

    The caller sees to it that each answer is one of the form, and that `play` is what it leads to.
    """
    kept, source = 0, iter(found)
    with transaction.atomic():
        while chunk := list(islice(source, CHUNK)):
            sheets = [(one, _sheet(one)) for one in chunk]
            Response.objects.bulk_create(_response(one, sheet) for one, sheet in sheets)
            _store_answers(sheets)
            kept += len(chunk)
    return kept


def mark_done(found: Iterable[tuple[dt.date, UUID]]) -> None:
    """Write on invitations, by their keys, on which day each was done."""
    table = Invitation._meta  # noqa: SLF001 - the documented way to a model's columns
    database = connections[DEFAULT_DB_ALIAS]
    quoted = database.ops.quote_name
    day, key = (table.get_field(name) for name in ("done_on", "id"))
    # The names are those of the model; every value is a parameter.
    statement = (
        f"UPDATE {quoted(table.db_table)} SET {quoted(day.column)} = %s WHERE {quoted(key.column)} = %s"  # noqa: S608
    )
    with database.cursor() as cursor:
        cursor.executemany(
            statement,
            [(day.get_db_prep_save(on, database), key.get_db_prep_save(pk, database)) for on, pk in found],
        )


def _store_answers(found: Iterable[tuple[Past, Sheet]]) -> None:
    """Store the answers without making a model of each: of the time of bulk_create a fifth, and there are many."""
    table = Answer._meta  # noqa: SLF001 - the documented way to a model's columns
    fields = {field.name: field for field in table.concrete_fields}
    database = connections[DEFAULT_DB_ALIAS]  # not through the proxy, which costs more than the work itself
    quoted = database.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in fields.values())
    marks = ", ".join(["%s"] * len(fields))
    # The names are those of the model; every value is a parameter.
    statement = f"INSERT INTO {quoted(table.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
    with database.cursor() as cursor:
        cursor.executemany(statement, [row for one in found for row in _answer_rows(*one, fields, database)])


def _answer_rows(
    one: Past, sheet: Sheet, fields: Mapping[str, Any], database: Any
) -> Iterator[tuple[Any, ...]]:
    """The values of each answer in the order of the fields, as the database wants them."""

    def prepared(name: str, value: Any) -> Any:
        return fields[name].get_db_prep_save(value, database)

    row = {
        "school": prepared("school", one.seat.round.school_id),
        "response": prepared("response", sheet.id),
        "path": "",
        "saved_at": prepared("saved_at", one.at),
    }
    values: dict[Any, Any] = {}
    native = database.features.has_native_uuid_field
    for path, answer in sheet.answers.items():
        known = str(answer.value), type(answer.value)
        if known not in values:
            values[known] = prepared("value", answer.value)
        key = uuid4()
        row |= {"id": key if native else key.hex, "question": path, "value": values[known]}
        row |= {"status": str(answer.status), "revision": answer.revision}
        yield tuple([row[name] for name in fields])


def _sheet(one: Past) -> Sheet:
    """The sheet as it stood after the last answer."""
    stored = dict(_stored(one))
    day = one.at.date()
    return Sheet(
        seat=one.seat,
        opens_on=day,
        closes_on=day,
        id=uuid4(),
        revision=len(stored),
        submitted_at=one.at,
        started_at=one.at,
        answers=stored,
    )


def _stored(one: Past) -> Iterator[tuple[str, Stored]]:
    for revision, (path, value) in enumerate(one.answers.items(), 1):
        yield path, Stored(value, SKIPPED if value is None else GIVEN, revision, one.at)


def _response(one: Past, sheet: Sheet) -> Response:
    return Response(
        id=sheet.id,
        school_id=one.seat.round.school_id,
        round_id=one.seat.round.id,
        voice=one.seat.voice,
        pseudonym=one.seat.pseudonym,
        version_id=one.seat.version_id,
        language=one.seat.language,
        channel=one.seat.channel,
        group=dict(one.group),
        revision=sheet.revision,
        started_at=one.at,
        submitted_at=one.at,
        **documents.frozen(sheet, one.play, one.at),
    )


def is_invented(round_id: UUID) -> bool:
    """Whether the answers of a round were made up, which every page and file of it says."""
    return Study.objects.filter(rounds=round_id, invented=True).exists()


def call_invented(row: Round) -> None:
    """Say of a study, for good, that its answers are made up."""
    Study.objects.filter(pk=row.study_id).update(invented=True)
    rounds.forget_survey(row.pk)
