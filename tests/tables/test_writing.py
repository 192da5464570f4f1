"""What people take home is safe to open and says what was stored."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from driegesprek import tables


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "'=1", "-2+3+cmd|' '!A0"],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert tables.defused(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-5", "-5,50", "+31612345678", "+48 512 345 678", "06-12345678", "a=b", "'s", ""]
)
def test_numbers_telephone_numbers_and_plain_text_stay_as_they_are(text):
    assert tables.defused(text) == text


def test_csv_opens_right_in_a_dutch_excel():
    data = tables.write_csv(["Naam", "Op", "Ja", "Leeg"], [["Şeyma; Zoë", date(2026, 11, 21), True, None]])
    assert data == 'Naam;Op;Ja;Leeg\r\n"Şeyma; Zoë";2026-11-21;1;\r\n'.encode("utf-8-sig")


def test_a_workbook_holds_text_as_text_with_the_headings_in_sight():
    moment = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    rows = [["=1+1", 7, date(2026, 11, 21), moment, "#N/A"]]
    data = tables.write_xlsx([tables.Sheet("2A/2B", ["a", "b", "c", "d", "e"], rows)])
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["2A 2B"]
    assert sheet["A2"].data_type == "s"
    assert sheet["E2"].data_type == "s"
    assert [cell.value for cell in sheet[2]][:2] == ["=1+1", 7]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


def test_sheet_titles_are_made_acceptable_and_different():
    sheets = [
        tables.Sheet(title, ["a"], []) for title in ("Klas: [2A]", "Klas   2A", "x" * 40, "X" * 40, "", "'")
    ]
    titles = openpyxl.load_workbook(io.BytesIO(tables.write_xlsx(sheets))).sheetnames
    assert len({title.casefold() for title in titles}) == 6
    assert all(0 < len(title) <= 31 for title in titles)


def test_signs_that_xml_cannot_hold_do_not_break_the_file():
    data = tables.write_xlsx([tables.Sheet("a", ["k"], [["a\x00b\x07\ud800"], ["x\r\ny"]])])
    (table,) = tables.read(data, name="x")
    assert [row.cells[0] for row in table] == ["a\ufffdb\ufffd\ufffd", "x\ny"]


def test_a_text_that_no_cell_can_hold_is_not_cut_in_silence():
    with pytest.raises(ValueError, match="32767"):
        tables.write_xlsx([tables.Sheet("a", ["k"], [["x" * 40_000]])])
