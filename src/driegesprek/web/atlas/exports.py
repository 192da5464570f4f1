"""A table of the atlas as a file, with what it is and where it comes from."""

from typing import Any, Final

from django.utils.translation import gettext as _

from driegesprek.tables import Sheet, write_csv, write_xlsx
from driegesprek.web.atlas import words
from driegesprek.web.atlas.pages.compared import Table

KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "geojson": "application/geo+json",
}


def written(table: Table, about: list[str], kind: str) -> bytes:
    """The table as .csv (numbers as the language of the page writes them) or .xlsx (numbers as numbers)."""
    if kind == "csv":
        empty = [None] * (len(table.headings) - 1)
        rows: list[list[Any]] = [[_text(one) for one in row] for row in table.rows]
        return write_csv(list(table.headings), [*rows, *([line, *empty] for line in about)])
    rows = [[words.cell(one) if isinstance(one, tuple) else one for one in row] for row in table.rows]
    title = _("About this file")
    sheets = [
        Sheet(_("Figures"), list(table.headings), rows),
        Sheet(title, [title], [[line] for line in about]),
    ]
    return write_xlsx(sheets)


def _text(value: Any) -> Any:
    return None if value is None else words.cell(value) if isinstance(value, float | tuple) else value
