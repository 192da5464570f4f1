"""A list that was brought in waits, encrypted, until a person has looked at what it would change."""

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from driegesprek import roster
from driegesprek.roster.texts import folded
from driegesprek.web.common import audit
from driegesprek.web.people.domain import importing
from driegesprek.web.people.domain.schools import ensure_year
from driegesprek.web.people.models import HeadingMapping, RosterUpload, School, Staff

Counts = dict[str, dict[str, int]]
CHOICES = ("columns", "sheet", "scope", "school")


class AppliedError(Exception):
    """This list was brought in already, or taken away: by a second click or by a colleague."""


@dataclass(frozen=True)
class Preview:
    """What a list would do, for a person to look at."""

    plan: importing.Plan
    doubles: int
    """How many pairs of adults in the list look like one person."""

    @property
    def notes(self) -> tuple[Any, ...]:
        """What was guessed or left out."""
        return self.plan.incoming.notes


def keep(
    school: School, files: Mapping[str, bytes], *, name: str, by: Staff, actor: audit.Acting, today: dt.date
) -> RosterUpload:
    """Keep files until they are applied; a school year for today is made, so that looking changes nothing."""
    content = json.dumps({path: base64.b64encode(data).decode() for path, data in files.items()})
    with transaction.atomic():
        ensure_year(school, today)
        # The same list, mended and brought again: the first one need not wait any longer.
        RosterUpload.objects.filter(uploaded_by=by, file_name=name[:200], applied_at=None).delete()
        upload = RosterUpload.objects.create(
            school=school, uploaded_by=by, file_name=name[:200], content=content, mapping={}
        )
        audit.record(actor, "class list uploaded", upload)
    return upload


def waiting(school_id: UUID | None) -> QuerySet[RosterUpload]:
    """Lists that nobody brought in yet, without their content."""
    rows = RosterUpload.objects.filter(school_id=school_id, applied_at=None)
    return rows.defer("content").select_related("uploaded_by")


def recognised(upload: RosterUpload) -> roster.Recognised:
    """What was uploaded, opened again.

    Raises:
        roster's FileRefused: if it cannot be read.
    """
    stored = json.loads(upload.content)
    return recognise({path: base64.b64decode(data) for path, data in stored.items()}, name=upload.file_name)


def recognise(files: Mapping[str, bytes], *, name: str) -> roster.Recognised:
    """What these files are: a class list or OneRoster.

    Raises:
        roster's FileRefused: if they are neither, or cannot be read.
    """
    source = next(iter(files.values())) if len(files) == 1 else files
    return roster.recognise(source, name=name)


def table_of(found: roster.Recognised, sheet: str | None) -> Any:
    """The sheet that was chosen of a class list; the likeliest one where none was."""
    return next((one for one in found.tables if one.sheet == sheet), found.tables[0])


def headings_hash(headings: Iterable[str]) -> str:
    """What a mapping is remembered by: the headings, whatever their order and case."""
    return hashlib.sha256("\n".join(sorted(map(folded, headings))).encode()).hexdigest()


def remembered(school_id: UUID | None, headings: Iterable[str]) -> roster.ColumnMapping | None:
    """How a list with these headings was read before at this school."""
    row = HeadingMapping.objects.filter(school_id=school_id, headings_hash=headings_hash(headings)).first()
    try:
        return roster.ColumnMapping.from_json(row.mapping) if row else None
    except ValueError:  # of an earlier version: asked again
        return None


def remember(school_id: UUID | None, headings: Iterable[str], mapping: roster.ColumnMapping) -> None:
    """Keep how a list with these headings is read."""
    HeadingMapping.objects.update_or_create(
        school_id=school_id,
        headings_hash=headings_hash(headings),
        defaults={"mapping": mapping.as_json(), "used_at": timezone.now()},
    )


def mapping_of(upload: RosterUpload, table: Any) -> roster.ColumnMapping | None:
    """Which column holds what, as chosen for this upload or for an earlier one with the same headings."""
    chosen = (upload.mapping or {}).get("columns")
    if chosen:
        return roster.ColumnMapping.from_json(chosen)
    return remembered(upload.school_id, table.headings)


def suggestion(table: Any) -> roster.ColumnMapping:
    """Which column holds what, by the headings alone."""
    return roster.suggest_mapping(table.headings)


def choose(upload: RosterUpload, **choices: Any) -> None:
    """Keep choices about an upload that waits: columns, sheet, scope, school.

    Raises:
        AppliedError: if it does not wait any more.
    """
    with transaction.atomic():
        row = _locked(upload.pk)
        row.mapping = {**(row.mapping or {}), **{name: choices[name] for name in choices if name in CHOICES}}
        row.save(update_fields=["mapping"])
    upload.mapping = row.mapping


def choose_columns(upload: RosterUpload, table: Any, mapping: roster.ColumnMapping) -> None:
    """Keep which column holds what, for this list and for the next with the same headings.

    Raises:
        AppliedError: if the upload does not wait any more.
    """
    with transaction.atomic():
        choose(upload, columns=mapping.as_json(), sheet=table.sheet)
        remember(upload.school_id, table.headings, mapping)


def school_in(found: roster.Recognised, name: str) -> str | None:
    """Of OneRoster with several schools: the id of the one with this name; None for all of them."""
    if len(found.schools) < 2:  # noqa: PLR2004 - one school needs no choice
        return None
    return next((one.external_id for one in found.schools if folded(one.name) == folded(name)), None)


def read(upload: RosterUpload, found: roster.Recognised, *, today: dt.date) -> roster.Roster:
    """The people in an upload, read as was chosen.

    Raises:
        roster's FileRefused: with everything that is wrong.
    """
    chosen = upload.mapping or {}
    if found.kind == "oneroster":
        school = chosen.get("school", school_in(found, upload.school.name)) or None
        return roster.read(found, today=today, school=school)
    table = table_of(found, chosen.get("sheet"))
    mapping = mapping_of(upload, table)
    scope = chosen.get("scope", "classes")
    return roster.read(found, today=today, mapping=mapping, scope=scope, sheet=table.sheet)


def preview(upload: RosterUpload, found: roster.Recognised, *, today: dt.date) -> Preview:
    """What bringing it in would do now. Changes nothing.

    Raises:
        roster's FileRefused: with everything that is wrong.
    """
    plan = importing.plan(upload.school, read(upload, found, today=today), today=today)
    return Preview(plan, len(roster.likely_doubles(plan.incoming.adults)))


def apply(upload: RosterUpload, *, seen: str, actor: audit.Acting, today: dt.date) -> Counts:
    """Bring an upload in as it was seen, once; the file is then gone.

    Raises:
        AppliedError: it was brought in already.
        importing.ChangedMeanwhileError: it would do something else than what was seen.
        roster's FileRefused: it cannot be read any more.
    """
    with transaction.atomic():
        row = _locked(upload.pk)
        incoming = read(row, recognised(row), today=today)
        done = importing.bring_in(row.school, incoming, actor=actor, today=today, seen=seen)
        row.content, row.applied_at = "", timezone.now()
        row.mapping = {"counts": done.counts}
        row.save(update_fields=["content", "applied_at", "mapping"])
    return done.counts


def discard(upload: RosterUpload, *, actor: audit.Acting) -> None:
    """Take a waiting list away; nothing of it was stored."""
    with transaction.atomic():
        _locked(upload.pk).delete()
        audit.record(actor, "class list taken away", upload)


def _locked(key: UUID) -> RosterUpload:
    rows = RosterUpload.objects.select_for_update(of=("self",)).select_related("school")
    row = rows.filter(pk=key, applied_at=None).first()
    if row is None:
        raise AppliedError
    return row
