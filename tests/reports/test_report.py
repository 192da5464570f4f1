"""A report says what the analysis found, to the last digit, and the same report is the same to the last byte."""

import datetime as dt
import io
import json
import re
import zipfile

import openpyxl
import pypdf
import pytest
from tests.reports import making

from driegesprek import evidence
from driegesprek.evidence.plans import plan_of
from driegesprek.reports import analyse
from driegesprek.reports.answers import AFTER, join
from driegesprek.reports.counting import counts
from driegesprek.reports.printing import grid, printed
from driegesprek.reports.rendering import files, html, pdf, workbook
from driegesprek.reports.report import build
from driegesprek.reports.said import Said
from driegesprek.reports.table import ReportTable

DAY = dt.date(2026, 11, 27)


def said(given, found):
    tables = evidence.disclosure.protect(counts(join(given), AFTER))
    known = {one.name: one for one in given.codebook.variables}
    names = [one.name for one in tables.questions]
    answers = {name: {value.code: value.label for value in known[name].values} for name in names}
    return Said(tables, {name: known[name].label for name in names}, answers, {"talking": ("t1", "t2", "t3")})


def make(language="nl", invented=True):
    given = making.given(making.make(400, skips=0.02))
    found = analyse(given, seed=1, files=2)
    return found, build(
        [found],
        {"pupil": [said(given, found)]},
        title="Thuis <en> school",
        subtitle="De Brug",
        language=language,
        made_on=DAY,
        command="driegesprek report 1 --out FOLDER",
        invented=invented,
    )


@pytest.fixture(scope="module")
def both():
    return make()


@pytest.fixture(scope="module")
def found(both):
    return both[0]


@pytest.fixture(scope="module")
def report(both):
    return both[1]


@pytest.fixture(scope="module")
def made(report):
    return files(report)


def table(report, key):
    every = [one for section in report.sections for one in (*section.tables, *section.sheets)]
    return next(one for one in every if one.key == key)


def test_means_before_and_after_are_those_of_the_analysis(found, report):
    row = table(report, "pupil means").rows[0]
    change = found.scales[0].change
    assert row[:7] == (
        "talking",
        change.n,
        change.pre.mean,
        change.pre.sd,
        change.post.mean,
        change.post.sd,
        change.difference.mean,
    )


def test_every_block_has_its_explained_variance_and_change(found, report):
    blocks = found.scales[0].model.blocks
    rows = table(report, "pupil models").rows[: len(blocks)]
    assert [row[3:5] for row in rows] == [(one.r2, one.r2_change) for one in blocks]
    assert rows[0][:2] == ("talking", "talking (voor)")


def test_complete_cases_and_imputation_stand_in_one_row(found, report):
    one = table(report, "pupil coefficients")
    row = next(row for row in one.rows if row[1] == "did_homework: ja")
    complete = found.scales[0].model.coefficients[-1]
    imputed = found.scales[0].imputed.coefficients[-1]
    assert row[3] == complete.b
    assert row[one.headings.index("b (imp.)")] == imputed.b


def test_the_random_intercept_stands_with_its_groups_and_terms(found, report):
    mixed = found.scales[0].mixed
    row = table(report, "pupil intercepts").rows[0]
    assert row == ("talking", "klas", mixed.n, 12, mixed.groups["class"], mixed.residual, mixed.icc)
    terms = [row for row in table(report, "pupil fixed").rows if row[1] == "did_homework: ja"]
    assert terms[0][3] == mixed.fixed[-1].b


def test_counts_are_those_that_passed_the_gate(report):
    for row in table(report, "pupil answers").rows:
        assert row[2] == "te klein" or row[2] >= 10


def test_the_plan_in_the_report_is_read_by_evidence(report):
    assert plan_of(json.loads(report.plans["pupil"])).statistics


def test_the_same_report_is_the_same_to_the_byte(made):
    assert files(make()[1]) == made


def test_the_web_page_needs_nothing_else_and_escapes_what_was_typed(report):
    text = html(report)
    assert "Thuis &lt;en&gt; school" in text
    assert not re.search(r'(?:src|href)="', text.replace("xmlns", ""))
    assert "Verzonnen antwoorden" in text
    assert "driegesprek report 1 --out FOLDER" in text
    assert text.count("<svg") == 4


def test_the_workbook_has_all_digits_a_sheet_a_table_and_no_hour(found, made):
    book = openpyxl.load_workbook(io.BytesIO(made["tables.xlsx"]))
    rows = list(book["pupil means"].values)
    assert rows[1][2] == pytest.approx(found.scales[0].change.pre.mean, abs=1e-14)
    assert book.properties.created == dt.datetime(2026, 11, 27)  # noqa: DTZ001 - as openpyxl reads it
    packed = zipfile.ZipFile(io.BytesIO(made["tables.xlsx"]))
    assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_pdf_is_tagged_and_says_what_is_invented(made):
    document = pypdf.PdfReader(io.BytesIO(made["report.pdf"]))
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = document.pages[0].extract_text()
    assert "Verzonnen" in text
    assert "Thuis <en> school" in text


def test_english_is_english():
    _found, report = make("en", invented=False)
    text = html(report)
    assert "Models in blocks" in text
    assert "Verzonnen" not in text
    assert pdf(report)
    assert workbook(report)


@pytest.mark.parametrize(
    ("cell", "heading", "text"),
    [
        (None, "n", "–"),
        (0.0004, "p", "< 0,001"),
        (0.0411, "p", "0,041"),
        (12, "n", "12"),
        (1.256, "b", "1,26"),
        ("a", "b", "a"),
    ],
)
def test_numbers_are_rounded_where_they_are_read_only(cell, heading, text):
    assert printed(cell, ReportTable("x", "x", (), ()), heading, "nl") == text


def test_the_plan_stands_in_the_workbook_and_the_pdf(report, made):
    book = openpyxl.load_workbook(io.BytesIO(made["tables.xlsx"]))
    lines = [row[0] for row in book["pupil plan"].iter_rows(min_row=2, values_only=True)]
    assert json.loads("\n".join(lines)) == json.loads(report.plans["pupil"])
    document = pypdf.PdfReader(io.BytesIO(made["report.pdf"]))
    assert json.loads(document.attachments["pupil.plan.json"][0]) == json.loads(report.plans["pupil"])
    text = "".join(page.extract_text() for page in document.pages)
    assert "change/talking: before.talking → after.talking | class" in " ".join(text.split())


def test_on_paper_an_estimate_stands_with_its_interval_and_an_outcome_over_its_rows(found, report):
    one = grid(table(report, "pupil coefficients"), "nl")
    assert one.headings == ("Term", "b (vol.) [95%]", "se (df)", "p", "β", "b (imp.) [95%]", "se", "p", "fmi")
    assert one.rows[0] == (f"talking · n (vol.) = {found.scales[0].model.n}",)
    row = found.scales[0].model.coefficients[1]
    assert one.rows[2][1] == f"{row.b:.3f} [{row.ci[0]:.3f}; {row.ci[1]:.3f}]".replace(".", ",")
    assert {len(row) for row in one.rows} == {1, len(one.headings)}
    assert "imp. = geïmputeerde" in one.note


def test_on_paper_columns_and_rows_without_values_are_named_instead_of_drawn():
    rows = (("x", "a", 12, 0.5, 0.2, 3.0, None), ("", "b", 12, None, None, None, None))
    one = grid(ReportTable("k", "t", ("o", "term", "n", "b", "se", "df", "fmi"), rows, words=2), "en")
    assert one.headings == ("term", "b", "se (df)")
    assert one.rows == (("x · n = 12",), ("a", "0.50", "0.20 (3.0)"), ("cannot be estimated: b",))
    assert one.beneath == {2}
    assert one.note == "Without values, and not printed: fmi."


def test_on_paper_a_group_stands_before_its_level_and_a_size_that_differs_in_its_row():
    rows = (("x", "track", "BB", 12, 1.0), ("", "", "TL", 12, 2.0), ("", "sex", "girl", 11, 3.0))
    one = grid(ReportTable("k", "t", ("o", "group", "level", "n", "mean"), rows, words=3), "en")
    assert one.headings == ("group: level", "n", "mean")
    assert one.rows[1:] == (
        ("track: BB", "12", "1.00"),
        ("track: TL", "12", "2.00"),
        ("sex: girl", "11", "3.00"),
    )
