"""What is written in one format is read again as it was: labels, codes, reasons, texts and dates."""

import csv

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from tests.tables.wide_samples import DAY, codebook, table, wide

from driegesprek.tables import FileRefused, defused
from driegesprek.tables.codebook import Codebook, CodebookError, Kind, Value, Variable
from driegesprek.tables.wide import of_arrow, of_parquet, of_table
from driegesprek.tables.wide_csv import defused_column
from driegesprek.tables.wide_files import load_wide
from driegesprek.tables.wide_writing import write_wide


@pytest.fixture
def write(tmp_path):
    def call(kind, file=None, language="nl"):
        file = file or of_table(table(), codebook())
        return write_wide(file, tmp_path, "round", kind=kind, language=language, made_on=DAY)

    return call


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_a_file_comes_back_with_its_codebook_as_it_was(write, kind):
    written = write(kind)
    found, book = load_wide(written.files[0])
    assert book == codebook()
    assert found.to_pydict() == table().to_pydict()
    assert [path.name for path in written.files[1:]] == ["round.codebook.json", "round.codebook.html"]
    assert written.cut == {}


@settings(max_examples=25, deadline=None)
@given(wide())
def test_any_answers_come_back_through_text_and_parquet(tmp_path_factory, sample):
    data, book = sample
    folder = tmp_path_factory.mktemp("wide")
    for kind in ("csv", "parquet"):
        written = write_wide(of_table(data, book), folder, kind, kind=kind, language="nl", made_on=DAY)
        found, read = load_wide(written.files[0])
        assert read == book
        expected = {name: [None if c == "" else c for c in cells] for name, cells in data.to_pydict().items()}
        got = {name: [None if c == "" else c for c in cells] for name, cells in found.to_pydict().items()}
        assert got == expected


def test_a_million_rows_would_be_read_batch_by_batch(write, tmp_path):
    pq.write_table(pa.concat_tables([table()] * 3), tmp_path / "data.parquet")
    written = write("csv", of_parquet(tmp_path / "data.parquet", codebook()))
    assert load_wide(written.files[0])[0].num_rows == 12


def test_an_arrow_file_is_read_in_the_batches_in_which_it_was_written(tmp_path):
    with pa.ipc.new_file(str(tmp_path / "data.arrow"), table().schema) as writer:
        for _ in range(3):
            writer.write_table(table())
    found = of_arrow(tmp_path / "data.arrow", codebook())
    names = table().schema.names
    assert (found.rows, found.schema.names) == (3 * table().num_rows, names)
    chosen = list(found.batches([names[2], names[0]]))
    assert [one.schema.names for one in chosen] == [[names[2], names[0]]] * 3
    assert chosen[1].to_pydict() == table().select([names[2], names[0]]).to_pydict()


def test_text_files_hold_nothing_that_a_spreadsheet_runs(write):
    raw = write("csv").files[0].read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines(keepends=True), delimiter=";"))
    assert rows[0]["words"] == "'=1+1"
    assert rows[0]["career"] == "3,4"
    assert rows[0]["how__call"] == "1"
    assert rows[1]["age"] == "-95"
    assert rows[0]["day"] == "2026-11-26"


@given(...)
def test_a_column_is_defused_at_least_as_a_cell_is(texts: list[str]):
    usable = [text.encode(errors="replace").decode() for text in texts]
    found = defused_column(pa.array(usable, pa.string())).to_pylist()
    for text, cell in zip(usable, found, strict=True):
        assert cell in {text, f"'{text}"}
        assert len(cell) >= len(defused(text))


def test_a_workbook_has_answers_and_codebook_and_no_formula(write):
    book = openpyxl.load_workbook(write("xlsx").files[0])
    assert book.sheetnames == ["Antwoorden", "Codeboek"]
    answers = list(book["Antwoorden"].iter_rows())
    words = [cell.value for cell in answers[0]].index("words")
    assert answers[1][words].value == "=1+1"
    assert answers[1][words].data_type == "s"
    told = [tuple(cell.value for cell in row) for row in book["Codeboek"].iter_rows()]
    assert ("informed", None, None, "yes", "Ja", None, 1) in told
    assert ("informed", None, None, "(skipped)", "overgeslagen", None, -92) in told
    assert ("how__visit", None, None, 1, "op bezoek: gekozen", None, 1) in told
    assert openpyxl.load_workbook(write("xlsx", language="en").files[0]).sheetnames == ["Answers", "Codebook"]


def test_more_rows_than_a_sheet_holds_are_refused(write):
    file = of_table(
        pa.table({"n": pa.nulls(1_048_576, pa.int64())}),
        Codebook("t", "s", (Variable("n", {}, Kind.INTEGER),)),
    )
    with pytest.raises(FileRefused) as refusal:
        write("xlsx", file)
    assert refusal.value.problems[0].code == "sheet_too_small"


def test_a_text_longer_than_a_cell_is_cut_and_counted(write):
    file = of_table(pa.table({"t": ["x" * 40_000, "y"]}), Codebook("t", "s", (Variable("t", {}, Kind.TEXT),)))
    assert write("xlsx", file).cut == {"t": 1}
    assert write("csv", file).cut == {}
    assert write("sav", file).cut == {"t": 1}


def test_a_value_that_is_not_in_the_codebook_is_refused(write):
    book = Codebook("t", "s", (Variable("q", {}, Kind.SINGLE, (Value("a"),)),))
    for column in (pa.array(["a", "b"]), pa.array(["a", "b"]).dictionary_encode()):
        with pytest.raises(CodebookError, match="'b'"):
            write("sav", of_table(pa.table({"q": column}), book))


def test_the_page_tells_questions_codes_and_spss_values_and_escapes_what_people_wrote(write, tmp_path):
    book = codebook()
    odd = Variable("odd", {"nl": "<script>alert(1)</script>"}, Kind.SINGLE, (Value("a&b", {"nl": '"<i>"'}),))
    file = of_table(
        table().append_column("odd", [["a&b"] * 4]), Codebook("<b>", book.source, (*book.variables, odd))
    )
    page = write("csv", file).files[2].read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "informed = 1" in page
    assert "overgeslagen" in page
    assert '<p lang="ar" dir="auto">بكلماتك</p>' in page
    assert '<html lang="nl">' in page
