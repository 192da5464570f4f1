"""What people take home is safe to open and says what was stored."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from driegesprek import tables
from driegesprek.tables.writing import stream_xlsx


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


MARKUP = ["<r>x</r>", "<r></r>", "<r><t>a</t></r>", "</t>", "http://a.nl", "{=1}", "TRUE", " 12 ", "#N/A"]


@pytest.mark.parametrize("more", [[], ["_x0041_", "_x005F_", "__x0041_x"]])
def test_no_text_is_taken_for_markup_a_link_or_a_number(more, tmp_path):
    texts = [*MARKUP, *more]
    sheet = tables.Sheet("a", ["<r>kop</r>"], [[text] for text in texts])
    stream_xlsx([sheet], tmp_path / "a.xlsx")
    for data in (tables.write_xlsx([sheet]), (tmp_path / "a.xlsx").read_bytes()):
        (table,) = tables.read(data, name="x")
        assert table.headings == ("<r>kop</r>",)
        assert [row.cells[0] for row in table] == texts


def test_what_excel_would_round_is_written_as_text():
    data = tables.write_xlsx([tables.Sheet("a", ["n", "d"], [[10**15 + 1, date(1850, 1, 1)], [7, None]])])
    (table,) = tables.read(data, name="x")
    assert [row.cells for row in table] == [("1000000000000001", "1850-01-01"), (7, None)]


def test_pictures_in_a_title_count_twice_as_excel_counts_them():
    (title,) = openpyxl.load_workbook(
        io.BytesIO(tables.write_xlsx([tables.Sheet("😀" * 20, ["a"], [])]))
    ).sheetnames
    assert title == "😀" * 15


def test_the_same_sheets_of_the_same_day_are_the_same_bytes():
    sheet, day = tables.Sheet("a", ["k"], [["x"]]), date(2026, 11, 27)
    data = tables.write_xlsx([sheet], made_on=day)
    assert data == tables.write_xlsx([sheet], made_on=day)
    assert openpyxl.load_workbook(io.BytesIO(data)).properties.created == datetime(2026, 11, 27)  # noqa: DTZ001 - as read
