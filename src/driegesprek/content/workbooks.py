"""Our instruments as workbooks that other programs take: KoboToolbox, ODK Central, and whatever reads an XLSForm.

Those programs read the sheets ``survey``, ``choices`` and ``settings`` and pass over what they do not know: the scales
with their levels, and the notes.
"""

from collections.abc import Iterable

from driegesprek.content.forms import Row, instrument_tables
from driegesprek.content.notes import instrument_notes
from driegesprek.content.texts import Overrides
from driegesprek.tables.writing import Sheet, write_xlsx

ORDER = ("survey", "choices", "settings", "scales", "levels")


def instrument_workbook(key: str, overrides: Overrides | None = None) -> bytes:
    """Give one of our instruments as an .xlsx in all languages; ``driegesprek.instruments.read`` reads it back.

    Args:
        key: One of ``instrument_keys()``.
        overrides: Texts of the school's own, by (key, language).

    Raises:
        KeyError: if there is no such instrument.
    """
    tables = instrument_tables(key, overrides)
    notes = [{"about": one.about, "nl": one.nl, "en": one.en} for one in instrument_notes(key)]
    sheets = [_sheet(name, tables[name]) for name in ORDER if tables.get(name)]
    return write_xlsx([*sheets, *([_sheet("notes", notes)] if notes else [])])


def _sheet(title: str, found: Iterable[Row]) -> Sheet:
    """Give a sheet with a column for every heading that a row has, in the order in which they first stand."""
    lines = list(found)
    headings = list(dict.fromkeys(heading for row in lines for heading in row))
    return Sheet(title, headings, [[row.get(heading, "") for heading in headings] for row in lines])
