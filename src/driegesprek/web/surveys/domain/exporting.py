"""Take the answers of a round out, one row per respondent: special data, so every time is in the audit log."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from driegesprek.tables.wide_writing import Written, write_wide
from driegesprek.web.common import audit
from driegesprek.web.surveys.domain import respondents
from driegesprek.web.surveys.enums import Design
from driegesprek.web.surveys.models import Response, Round


class NobodyYetError(Exception):
    """Nobody handed in, so there is no file."""


class ExistsError(Exception):
    """Files that would be written over; `names` says which."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        super().__init__(", ".join(names))


@dataclass(frozen=True)
class Exported:
    """What was written.

    Attributes:
        files: in the order in which they were made.
        rows: {name of the table: its rows}.
        cut: {name of the table: {column: how many texts were cut, for the format holds no longer ones}}.
    """

    files: tuple[Path, ...]
    rows: Mapping[str, int]
    cut: Mapping[str, Mapping[str, int]]


def find(wanted: str) -> QuerySet[Round]:
    """Rounds with this id, or with this fragment in a title of theirs or of their activity, whatever the case."""
    rows = Round.objects.select_related("school", "activity").order_by("-opens_on", "pk")
    try:
        return rows.filter(pk=UUID(wanted.strip()))
    except ValueError:
        fragment = wanted.strip().casefold()
        titles = rows.values_list("pk", "title", "activity__title")
        return rows.filter(pk__in=[pk for pk, *two in titles if fragment and fragment in _text(two)])


def _text(titles: Sequence[Any]) -> str:
    return "\n".join(str(words) for title in titles if title for words in title.values()).casefold()


def answered(rounds: Sequence[Round]) -> list[str]:
    """The voices that handed in."""
    rows = Response.objects.filter(round__in=[one.pk for one in rounds]).exclude(submitted_at=None)
    return sorted(rows.order_by().values_list("voice", flat=True).distinct())


def export(
    rounds: Sequence[Round],
    folder: Path,
    name: str,
    *,
    kind: str,
    language: str,
    made_on: dt.date,
    actor: audit.Acting,
    voices: Sequence[str] = (),
    replace: bool = False,
) -> Exported:
    """Write the answers of rounds to files in a folder: `name-voice.kind`, and a table for each repeat.

    Nothing is written in the folder before everything is made.

    Args:
        rounds: of one school; the first is the one that is asked for, others are joined to it by `person`.
        folder: where the files come; it exists.
        name: with which the files begin.
        kind: sav, csv, parquet, xlsx or ddi.
        language: nl or en, of labels where a format holds one language.
        made_on: the day.
        actor: for the audit log.
        voices: whose answers; all that handed in where none are named.
        replace: whether files of the same name may be written over.

    Raises:
        NobodyYetError: nobody of these voices handed in.
        ExistsError: there are files of this name.
        FileRefused: the format cannot hold so much.
    """
    chosen = [voice for voice in answered(rounds) if not voices or voice in voices]
    if not chosen:
        raise NobodyYetError
    with tempfile.TemporaryDirectory(prefix="export-", dir=settings.DATA) as place:
        wanted = {"kind": kind, "language": language, "made_on": made_on}
        made = _made(rounds, chosen, Path(place), name, wanted)
        there = [one.name for done in made.values() for one in done.files if (folder / one.name).exists()]
        if there and not replace:
            raise ExistsError(there)
        _log(rounds, actor, kind, {key: done.rows for key, done in made.items()})
        files = [shutil.move(one, folder / one.name) for done in made.values() for one in done.files]
    return Exported(
        tuple(files),
        {key: done.rows for key, done in made.items()},
        {key: done.written.cut for key, done in made.items() if done.written.cut},
    )


@dataclass(frozen=True)
class _Made:
    written: Written
    rows: int

    @property
    def files(self) -> tuple[Path, ...]:
        return self.written.files


def _made(
    rounds: Sequence[Round], voices: Sequence[str], place: Path, name: str, wanted: Mapping[str, Any]
) -> dict[str, _Made]:
    keys = respondents.Keys()
    out, work = place / "out", place / "work"
    out.mkdir()
    work.mkdir()
    made = {}
    for voice in voices:
        for one in respondents.gather(rounds, voice, work, keys=keys):
            table = f"{voice}-{one.repeat}" if one.repeat else voice
            written = write_wide(one.file, out, f"{name}-{table}", **wanted)
            made[table] = _Made(written, one.file.rows)
    return made


def _log(rounds: Sequence[Round], actor: audit.Acting, kind: str, rows: Mapping[str, int]) -> None:
    for one in rounds:
        audit.record(actor, "answers exported", one, format=kind, design=one.design, rows=dict(rows))


def takes_home(round_row: Round) -> bool:
    """Whether school may have the rows: those of a survey round with names. Of a home assignment each shares by choice."""
    return round_row.activity_id is None and round_row.design == Design.NAMED
