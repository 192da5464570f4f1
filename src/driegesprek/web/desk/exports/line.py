"""The lists of the monitor as files; formulas are defused by the tables workshop."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from driegesprek.tables import Sheet, write_csv, write_xlsx
from driegesprek.web.desk.pages.line import title_of
from driegesprek.web.desk.pages.monitor import ActivityTable, ClassRow
from driegesprek.web.desk.pages.unreached import Unreached
from driegesprek.web.desk.pages.words import language_name

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Table = tuple[list[str], list[list[Any]]]


def classes(tables: Iterable[ActivityTable]) -> Table:
    """What was delivered, one row per activity and class, beside what was agreed."""
    headings = [_("Activity"), _("Class"), _("Mentor")]
    for stage in (_("Announced"), _("Prepared"), _("Given out or held"), _("Looked back")):
        headings += [_("%(stage)s: agreed") % {"stage": stage}, _("%(stage)s: on") % {"stage": stage}]
    headings += [_("Pupils"), _("Given"), _("Done"), _("Talks booked"), _("Talks held"), _("Agreements")]
    return headings, [_class_row(table, row) for table in tables for row in table.rows]


def _class_row(table: ActivityTable, row: ClassRow) -> list[Any]:
    counts, mentor = row.counts, row.school_class.mentor
    days = [day for cell in row.cells for day in (cell.agreed, cell.on)]
    start = [title_of(table.activity), row.school_class.name, mentor.full_name if mentor else ""]
    numbers = [counts.pupils, counts.sent, counts.done, counts.booked, counts.held, counts.agreements]
    return [*start, *days, *numbers]


def unreached(rows: Iterable[Unreached]) -> Table:
    """Pupils of whom no adult is reached yet."""
    headings = [_("Pupil"), _("Class"), _("Adults"), _("Languages"), _("Telephone")]
    headings += [_("Last attempt"), _("On"), _("Attempts"), _("Next thing to do")]
    return headings, [_unreached_row(row) for row in rows]


def _unreached_row(row: Unreached) -> list[Any]:
    last = row.last
    return [
        row.pupil.full_name,
        row.school_class.name,
        ", ".join(bond.adult.full_name for bond in row.bonds),
        ", ".join(language_name(code) for code in row.languages),
        ", ".join(bond.adult.phone for bond in row.bonds if bond.adult.phone),
        last.get_kind_display() if last else "",
        timezone.localdate(last.at) if last else None,
        len(row.contacts),
        row.advice,
    ]


def as_file(headings: Sequence[str], rows: Sequence[Sequence[Any]], *, name: str, kind: str) -> HttpResponse:
    """A file to keep, in no cache but the user's own folder."""
    content = write_csv(headings, rows) if kind == "csv" else write_xlsx([Sheet(name, headings, rows)])
    response = HttpResponse(content, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
