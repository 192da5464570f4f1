"""The counts and figures of a round as files; everything has passed the disclosure gate."""

from typing import Any, Final

from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from driegesprek.tables import Sheet, write_csv, write_xlsx
from driegesprek.web.desk.exports.line import KINDS
from driegesprek.web.desk.pages.charts import Chart
from driegesprek.web.desk.pages.results import Asked
from driegesprek.web.findings.domain.taking import Taken
from driegesprek.web.surveys import exports
from driegesprek.web.surveys.domain import wide as wide_files

__all__ = ["KINDS", "counts", "svg", "taken"]
PER_CENT: Final = 5
"""The place of the column with percentages."""


def counts(of: Asked, kind: str) -> bytes:
    """The counts of a voice as .csv or .xlsx, with a note on what was withheld and why."""
    file = wide_files.of_round(of.round.pk, of.voice)
    released = exports.release(file)
    rows = exports.table(file, released, of.own_classes)
    return _written(rows, exports.about(file, released, still_open=of.still_open), kind)


def taken(found: Taken, kind: str, *, still_open: bool) -> bytes:
    """The counts of a survey round as .csv or .xlsx; a later file withholds what would tell of who came in between."""
    about = exports.about(found.file, found.tables, still_open=False)
    if still_open:
        about.append(_("Answers may still come in. A later file leaves out what this one would give away."))
    return _written(exports.table(found.file, found.tables, None), about, kind)


def _written(rows: list[list[Any]], about: list[str], kind: str) -> bytes:
    if kind == "csv":
        return write_csv(exports.headings(), [*(_decimal(row) for row in rows), *_notes(about)])
    sheets = [Sheet(_("Counts"), exports.headings(), rows)]
    return write_xlsx(
        [*sheets, Sheet(_("About this file"), [_("About this file")], [[line] for line in about])]
    )


def _decimal(row: list[Any]) -> list[Any]:
    """Percentages as the desk's language writes them: a Dutch spreadsheet would take 12.5 for a day in May."""
    written = row[PER_CENT]
    if written is not None:
        written = format_decimal(written, format="0.0", locale=(get_language() or "nl")[:2])
    return [*row[:PER_CENT], written, *row[PER_CENT + 1 :]]


def _notes(about: list[str]) -> list[list[Any]]:
    return [[_("About this file"), *[None] * 5, line, None, None] for line in about]


def svg(found: Chart) -> bytes:
    """The figure as a file of its own; several figures of one question beneath each other are not one file."""
    return found.figures[0].svg.encode()
