"""Workbooks: values, formulas, bombs and damage."""

import io
import random
import time
import zipfile
from contextlib import suppress
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.tables.workbooks import HEADINGS, NS, SHEET, rebuilt, sheet_xml, text_cell, workbook

from driegesprek import tables


def refused(data, **kwargs):
    with pytest.raises(tables.FileRefused) as refusal:
        tables.read(data, name="klas.xlsx", **kwargs)
    return refusal.value.problems


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def book_with(*rows, title="Lijst"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def test_values_keep_their_kind():
    born = datetime(2012, 3, 4)  # noqa: DTZ001 - a spreadsheet knows no time zone
    row = [1001, 7.5, born, born.replace(hour=9), True, "06", None, 612345678.0]
    (table,) = tables.read(saved(book_with(list("abcdefgh"), row)), name="x.xlsx")
    assert table.rows[0].cells == (
        1001, 7.5, date(2012, 3, 4), born.replace(hour=9), True, "06", None, 612345678,
    )  # fmt: skip
    assert [type(cell) for cell in table.rows[0].cells[:2]] == [int, float]


def test_rows_are_numbered_as_the_spreadsheet_does():
    book = book_with(["Klassenlijst 2A"], [], ["Nr", "Naam", "Klas"], [1, "Anna", "2A"], [], [2, "Jan", "2A"])
    (table,) = tables.read(saved(book), name="x.xlsx")
    assert table.heading_row == 3
    assert [row.number for row in table] == [4, 6]


def test_hidden_and_empty_sheets_are_passed_over():
    book = book_with(["Nr", "Naam"], [1, "Anna"])
    book.create_sheet("Leeg")
    hidden = book.create_sheet("Verborgen")
    hidden.append(["a", "a"])
    hidden.sheet_state = "hidden"
    assert [table.sheet for table in tables.read(saved(book), name="x.xlsx")] == ["Lijst"]


def test_a_formula_is_named_by_sheet_row_and_column():
    (problem,) = refused(saved(book_with(["Nr", "Naam"], [1, "Anna"], [2, "=A2&A3"])))
    assert (problem.code, problem.sheet, problem.row, problem.column) == ("formula", "Lijst", 3, "Naam")
    assert "=A2&A3" in problem.text("nl")


def test_a_row_of_nothing_but_formulas_is_not_taken_for_a_blank_one():
    problems = refused(saved(book_with(["Nr", "Naam"], ["=Blad2!A1", "=Blad2!B1"])))
    assert {problem.code for problem in problems} == {"formula"}


def test_a_formula_in_the_total_below_is_no_problem():
    book = book_with(["Nr", "Naam", "Klas"], [1, "Anna", "2A"], [2, "Jan", "2A"], ["=COUNTA(A2:A3)"])
    (table,) = tables.read(saved(book), name="x.xlsx")
    assert len(table.rows) == 2


def test_an_error_value_is_named():
    (problem,) = refused(saved(book_with(["Nr", "Naam"], [1, "#REF!"])))
    assert (problem.code, problem.row) == ("cell_error", 2)


def test_one_bad_sheet_does_not_keep_another_from_being_read():
    book = book_with(["Nr", "Naam"], [1, "Anna"])
    other = book.create_sheet("Formules")
    other.append(["a", "b"])
    other.append(["=1+1", 2])
    good, bad = tables.read_sheets(saved(book), name="x.xlsx")
    assert (good.sheet, len(good.table.rows)) == ("Lijst", 1)
    assert (bad.table, bad.headings, bad.problems[0].code) == (None, ("a", "b"), "formula")


def test_a_sheet_that_lies_about_its_size_is_read_quickly():
    data = rebuilt({SHEET: sheet_xml(HEADINGS, "A1:XFD1048576")})
    started = time.process_time()
    (table,) = tables.read(data, name="x.xlsx")
    assert table.headings == ("Naam", "Klas")
    assert time.process_time() - started < 1


def _random_cells(number):
    rng = random.Random(1)  # noqa: S311 - no secret, only hard to compress
    return "".join(f"<row><c><v>{rng.getrandbits(40)}</v></c></row>" for _ in range(number))


BOMBS = {
    "a cell in the last row and column": lambda: {
        SHEET: sheet_xml(HEADINGS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    },
    "a row number beyond all": lambda: {
        SHEET: sheet_xml(HEADINGS + '<row r="99999999999999"><c r="A99999999999999"><v>1</v></c></row>')
    },
    "every row as wide as can be": lambda: {
        SHEET: sheet_xml("".join(f'<row r="{i}"><c r="XFD{i}"><v>1</v></c></row>' for i in range(1, 5000)))
    },
    "a million cells": lambda: {SHEET: sheet_xml(_random_cells(600_000))},
    "zeros": lambda: {SHEET: b"0" * 30_000_000},
    "many parts": lambda: {f"xl/media/{i}.png": b"" for i in range(3000)},
    "styles": lambda: {
        "xl/styles.xml": f"<styleSheet {NS}><cellXfs>"
        + "".join(f'<xf numFmtId="{i}"/>' for i in range(400_000))
        + "</cellXfs></styleSheet>"
    },
    "entities": lambda: {
        SHEET: '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
        + sheet_xml(f'<row r="1">{text_cell("A1", "&b;")}</row>')
    },
    "entities in UTF-16": lambda: {
        SHEET: ('<!DOCTYPE x [<!ENTITY a "ha">]>' + sheet_xml(HEADINGS)).encode("utf-16")
    },
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_quickly_with_what_to_do(kind):
    data = rebuilt(BOMBS[kind]())
    started = time.process_time()
    (problem,) = refused(data)
    assert problem.code in {"too_many_cells", "unpacks_too_large", "dangerous_xml", "missing_heading"}
    assert problem.remedy("nl")
    assert time.process_time() - started < 5


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "groot.xlsx"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda _: pytest.fail("the file was read"))
    (problem,) = refused(path)
    assert problem.code == "too_large"
    assert "200.0 MB" in problem.text("nl")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 and then nothing", "unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unreadable"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (rebuilt({"xl/workbook.xml": "<workbook"}), "unreadable"),
        (rebuilt({"xl/workbook.bin": b"x"}), "unknown_kind"),
        (rebuilt({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "unknown_kind"),
    ],
)
def test_a_damaged_or_locked_workbook_says_so(data, code):
    (problem,) = refused(data)
    assert problem.code == code
    assert "{" not in problem.text("nl") + problem.text("en")


def test_an_encrypted_part_says_so():
    data = bytearray(workbook(["a"], [["b"]]))
    for header in (b"PK\x01\x02", b"PK\x03\x04"):
        at = data.find(header)
        data[at + (8 if header == b"PK\x01\x02" else 6)] |= 1
    assert refused(bytes(data))[0].code == "encrypted"


def test_a_macro_workbook_is_read_and_its_macros_are_not():
    data = rebuilt({"xl/vbaProject.bin": b"\0" * 100})
    (table,) = tables.read(data, name="klas.xlsm")
    assert table.rows[0].cells == ("Anna", "2A")


def test_a_zip_lists_its_files_and_a_bomb_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("map/users.csv", "a,b\n")
        archive.writestr("__MACOSX/map/._users.csv", "x")
        archive.writestr("map/.DS_Store", "x")
    assert tables.unzip(buffer.getvalue(), name="z", limits=tables.DEFAULT_LIMITS) == {
        "map/users.csv": b"a,b\n"
    }
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("users.csv", b"0" * 50_000_000)
    with pytest.raises(tables.FileRefused):
        tables.unzip(buffer.getvalue(), name="z", limits=tables.DEFAULT_LIMITS)


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12) | st.sampled_from(
    [
        "=1+1",
        "+31612345678",
        "-5",
        "@x",
        "#REF!",
        "_x000D_",
        "_x005F_",
        "a\nb",
        "\tx",
        "'=1",
        "2026-11-21",
        "TRUE",
    ]
)


@given(st.lists(st.lists(texts, min_size=2, max_size=2), max_size=6))
def test_any_text_comes_back_through_a_workbook(rows):
    assume(all(any(cell.strip() for cell in row) for row in rows))
    assume("\ufffe" not in str(rows) and "\uffff" not in str(rows))
    data = workbook(["Kop a", "Kop b"], rows)
    (table,) = tables.read(data, name="x.xlsx", heading_row=1)
    assert [row.cells for row in table] == [tuple(cell or None for cell in row) for row in rows]


GOOD = workbook(["Nr", "Naam"], [[i, f"Naam {i}"] for i in range(30)])


@given(st.data())
def test_damage_anywhere_in_a_workbook_is_refused_or_harmless(data):
    damaged = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at] = data.draw(st.integers(0, 255))
    with suppress(tables.FileRefused):
        tables.read(bytes(damaged), name="x.xlsx")


@given(st.data())
def test_damage_in_the_xml_of_a_sheet_is_refused_or_harmless(data):
    good = zipfile.ZipFile(io.BytesIO(GOOD))
    part = data.draw(st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]))
    content = bytearray(good.read(part))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=8))
    with suppress(tables.FileRefused):
        tables.read(rebuilt({part: bytes(content)}), name="x.xlsx")
