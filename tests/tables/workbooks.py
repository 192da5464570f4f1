"""Workbooks made by hand, for what no spreadsheet program would write."""

import io
import zipfile

from driegesprek import tables

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"


def workbook(headings, rows, title="Blad1"):
    return tables.write_xlsx([tables.Sheet(title, headings, rows)])


def rebuilt(changes, *, compression=zipfile.ZIP_DEFLATED):
    """A small workbook with parts replaced or added."""
    source = zipfile.ZipFile(io.BytesIO(workbook(["Naam", "Klas"], [["Anna", "2A"]])))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name in source.namelist():
            if name not in changes:
                archive.writestr(name, source.read(name))
        for name, content in changes.items():
            archive.writestr(name, content)
    return target.getvalue()


def sheet_xml(rows, dimension="A1:B2"):
    return f'<worksheet {NS}><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'


def text_cell(reference, text):
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADINGS = f'<row r="1">{text_cell("A1", "Naam")}{text_cell("B1", "Klas")}</row>'
