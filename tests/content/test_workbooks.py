"""Our instruments as workbooks: read back to the same, and taken by pyxform, with which KoboToolbox reads forms."""

import io
import os

import openpyxl
import pytest

from driegesprek import content, instruments
from driegesprek.content.texts import Override
from driegesprek.content.workbooks import instrument_workbook

ALL = content.instrument_keys()
# One of every form: the other variants have the same rows or fewer.
LONGEST = tuple(key for key in ALL if not key.endswith(("_pre", "_short")))
KEYS = ALL if os.environ.get("DRIEGESPREK_LONG") else LONGEST


@pytest.mark.long
@pytest.mark.parametrize("key", KEYS)
def test_a_workbook_reads_back_to_the_same_and_pyxform_takes_it(key):
    from pyxform.xls2xform import convert  # noqa: PLC0415 -- heavy

    workbook = instrument_workbook(key)
    assert instruments.read(workbook, name=key) == content.instrument(key)
    converted = convert(io.BytesIO(workbook), file_type=".xlsx", validate=False)
    assert all(f'lang="{one.name} ({one.code})"' in converted.xform for one in content.LANGUAGES)


def test_a_text_of_a_school_that_looks_like_a_formula_is_text():
    own = {
        ("quick_check.survey.informed.label", "nl"): Override(
            '=HYPERLINK("https://example.nl") ${pupil_name}'
        )
    }
    book = openpyxl.load_workbook(io.BytesIO(instrument_workbook("quick_check", own)))
    cells = [cell for row in book["survey"].iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert [cell.data_type for cell in cells] == ["s"]


def test_an_unknown_instrument_raises_at_once():
    with pytest.raises(KeyError):
        instrument_workbook("no_such")
