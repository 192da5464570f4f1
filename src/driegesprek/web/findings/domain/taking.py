"""The counts of a round so far leave the school: through the gate, with what left before in mind."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db import transaction

from driegesprek import evidence
from driegesprek.evidence import Counts, ProtectedTables
from driegesprek.evidence.disclosure import Ledger
from driegesprek.web.common import audit
from driegesprek.web.findings.domain import releasing, so_far
from driegesprek.web.findings.enums import Left
from driegesprek.web.findings.models import Release
from driegesprek.web.surveys import exports
from driegesprek.web.surveys.domain.variables import Apart
from driegesprek.web.surveys.domain.wide import Wide
from driegesprek.web.surveys.enums import Design
from driegesprek.web.surveys.models import Round


@dataclass(frozen=True)
class Taken:
    """What may leave.

    Attributes:
        file: of whom it is, and which questions are left out beforehand.
        tables: what passed the gate.
    """

    file: Wide
    tables: ProtectedTables


def counts(row: Round, voice: str, *, today: dt.date, actor: audit.Acting) -> Taken | None:
    """The counts of a voice as they may leave the school now; None where too few answered.

    They are of the people of whom the page tells (`so_far.of`), of everybody together. Items of scales leave in the
    report only. The same counts again are no new release; a question of which somebody took answers back is withheld.
    """
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=row.pk)
        file = so_far.of(row, voice, today=today)
        if file is None:
            return None
        file = replace(file, apart={**_items(row, voice, file), **file.apart})
        counted = exports.counted(file, by=())
        tables = _released(row, voice, counted)
        audit.record(actor, "counts of a survey released", row, voice=voice)
    return Taken(file, tables)


def _items(row: Round, voice: str, file: Wide) -> dict[str, Apart]:
    """Items of scales, which the report tells of; of an anonymous round no report is made."""
    if row.design == Design.ANONYMOUS:
        return {}
    found = so_far.scale_items(row, voice)
    return {one.name: Apart.ITEM for one in file.countable if so_far.is_item(one.name, found)}


def _released(row: Round, voice: str, counted: Counts) -> ProtectedTables:
    rows = releasing.releases(row, voice, Left.COUNTS)
    same = bool(rows) and releasing.is_of(rows[-1], counted)
    earlier = rows[:-1] if same else rows
    ledger = Ledger.from_json(earlier[-1].ledger) if earlier else Ledger()
    tables = evidence.disclosure.protect(counted, ledger=ledger)
    if not same:
        kept = ledger.add(counted, tables).to_json()
        Release.objects.create(school_id=row.school_id, round=row, voice=voice, left=Left.COUNTS, ledger=kept)
    return tables
