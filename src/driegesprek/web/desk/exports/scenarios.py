"""A scenario as a file, and what it gives as a table."""

from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from driegesprek.tables import Sheet, write_csv, write_xlsx
from driegesprek.web.desk.exports.line import KINDS
from driegesprek.web.desk.pages.region import Worked, about


def response(found: Worked, kind: str) -> HttpResponse:
    """The file: .json to bring in again, .csv or .xlsx of its effects with numbers as numbers."""
    made = HttpResponse(
        found.row.document.encode() if kind == "json" else _written(found, kind),
        content_type=KINDS.get(kind, "application/json"),
    )
    name = f"{slugify(found.row.name) or 'scenario'}-{found.year}.{kind}"
    made["Content-Disposition"] = f'attachment; filename="{name}"'
    return made


def _written(found: Worked, kind: str) -> bytes:
    headings, rows = _table(found)
    if kind == "csv":
        return write_csv(headings, rows)
    title = _("About this file")
    lines: list[list[Any]] = [[one] for one in (*found.changes, *found.notes)]
    source = found.result.source if found.result else found.problem
    return write_xlsx([Sheet(_("Effects"), headings, rows), Sheet(title, [title], [*lines, [source]])])


def _table(found: Worked) -> tuple[list[str], list[list[Any]]]:
    headings = [
        _("Kind"),
        _("Municipality"),
        _("Profile"),
        _("Pupils"),
        _("Access before"),
        _("Access after"),
    ]
    headings += [_("Kilometres before"), _("Kilometres after"), _("Kilometres more or less")]
    headings += [_("Choices, least"), _("Choices, most")]
    effects = found.result.effects if found.result else ()
    rows = [
        [
            one.kind,
            one.municipality,
            "" if one.kind == "distance" else about(one),
            one.pupils,
            *([one.access_before, one.access_after] if one.kind == "access" else [None, None]),
            *(one.km_before, one.km_after, one.km_change, one.choice_low, one.choice_high),
        ]
        for one in effects
    ]
    return headings, rows
