"""Files of others, with one row per respondent, become the wide form with its codebook."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driegesprek.evidence import count
from driegesprek.tables import FileRefused
from driegesprek.tables.codebook import Codebook, Kind, Missing, Variable
from driegesprek.tables.wide_files import load_wide
from driegesprek.tables.wide_words import missing_of

SHARED = Path(__file__).parents[3] / "shared/data"
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the files of ../shared")


@pytest.fixture
def sav(tmp_path):
    def write(columns, **about):
        path = tmp_path / "answers.sav"
        pyreadstat.write_sav(pd.DataFrame(columns), path, **about)
        return load_wide(path)

    return write


@pytest.fixture
def text(tmp_path):
    def write(content, name="answers.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return load_wide(path)

    return write


def refused(path):
    with pytest.raises(FileRefused) as refusal:
        load_wide(path)
    return refusal.value.problems[0].code


def test_labelled_numbers_are_codes_and_user_missing_are_reasons(sav):
    table, codebook = sav(
        {"q": [1.0, 2.0, 8.0, 9.0, 7.0, None]},
        variable_value_labels={"q": {1: "Ja", 2: "Nee", 8: "Weet niet", 9: "Wil niet zeggen"}},
        missing_ranges={"q": [{"lo": 7, "hi": 9}]},
        column_labels={"q": "Weet u het?"},
    )
    question = codebook.variable("q")
    assert question.kind is Kind.SINGLE
    assert question.text("und") == "Weet u het?"
    assert [(code, question.value_label(code, "und")) for code in question.codes] == [
        ("1", "Ja"),
        ("2", "Nee"),
    ]
    assert table["q"].to_pylist() == ["1", "2", None, None, None, None]
    reasons = [None, None, "dont_know", "refused", "not_recorded", None]
    assert table["q__missing"].to_pylist() == reasons
    kept = [(r.code, r.missing, r.label.get("und")) for r in question.reasons]
    assert kept == [
        ("7", Missing.NOT_RECORDED, None),
        ("8", Missing.DONT_KNOW, "Weet niet"),
        ("9", Missing.REFUSED, "Wil niet zeggen"),
    ]
    counted = count(table, codebook, questions=["q"])
    assert counted.without("q", Missing.DONT_KNOW) == 1
    assert counted.without("q", Missing.NOT_RECORDED) == 2
    assert Codebook.from_json(codebook.to_json()) == codebook


def test_a_number_with_a_label_or_two_stays_a_number_and_a_scale_with_labelled_ends_is_codes(sav):
    table, codebook = sav(
        {"age": [14.0, 99.0, 41.0], "agree": [1.0, 4.0, 7.0], "hours": [1.5, 2.0, None]},
        variable_value_labels={"age": {99: "99 or older"}, "agree": {1: "never", 7: "always"}},
    )
    assert codebook.variable("age").kind is Kind.INTEGER
    assert codebook.variable("age").value_label("99", "und") == "99 or older"
    assert codebook.variable("agree").codes == ("1", "4", "7")
    assert codebook.variable("hours").kind is Kind.DECIMAL
    assert table["hours"].to_pylist() == [1.5, 2.0, None]
    assert table["age"].to_pylist() == [14, 99, 41]


def test_dates_moments_and_texts_of_spss(sav):
    moment = dt.datetime(2026, 11, 21, 9, 30, 5)  # noqa: DTZ001 - SPSS knows no time zones
    table, codebook = sav(
        {"day": [dt.date(2026, 11, 21)] * 4, "at": [moment] * 4, "sex": ["M", "F", "F", "M"]},
        variable_value_labels={"sex": {"M": "Man", "F": "Vrouw"}},
    )
    assert table["day"].to_pylist()[0] == dt.date(2026, 11, 21)
    assert codebook.variable("day").kind is Kind.DATE
    assert table["at"].to_pylist()[0] == "2026-11-21 09:30:05"
    assert codebook.variable("sex").value_label("F", "und") == "Vrouw"


def test_names_that_a_codebook_does_not_take_are_changed_and_kept_as_label(text):
    table, codebook = text("Hoe oud?;Hoe  oud;1e keer;a__b;Zeg het niet\n3,5;x;1;2;NA\n")
    assert [v.name for v in codebook.variables] == ["Hoe_oud_", "Hoe_oud", "v_1e_keer", "a_b", "Zeg_het_niet"]
    assert codebook.variable("Hoe_oud_").label == {"und": "Hoe oud?"}
    assert table["Hoe_oud_"].to_pylist() == [3.5]
    assert table["Zeg_het_niet"].null_count == 1


def test_plain_columns_are_inferred(text):
    rows = [f"{i:05d},{i},{i / 4},{'ab'[i % 2]},2026-01-{i % 28 + 1:02d},woord {i}" for i in range(120)]
    table, codebook = text("code,n,x,group,day,words\n" + "\n".join(rows) + "\n")
    kinds = {v.name: v.kind for v in codebook.variables}
    assert kinds == {
        "code": Kind.TEXT,
        "n": Kind.INTEGER,
        "x": Kind.DECIMAL,
        "group": Kind.SINGLE,
        "day": Kind.DATE,
        "words": Kind.TEXT,
    }
    assert table["code"].to_pylist()[7] == "00007"
    assert codebook.variable("n").codes == ()
    assert codebook.variable("group").codes == ("a", "b")


def test_a_file_of_windows_with_semicolons_and_decimal_commas(text):
    table, _ = text("naam;cijfer\r\nZoë;7,5\r\nJoão;8\r\n".encode("cp1252"))
    assert table.to_pylist() == [{"naam": "Zoë", "cijfer": 7.5}, {"naam": "João", "cijfer": 8.0}]


def test_a_formula_that_was_defused_gets_its_own_text_back(text):
    table, _ = text("a\n'=1+1\n'-x\n'plain\n")
    assert table["a"].to_pylist() == ["=1+1", "-x", "'plain"]


def test_the_codebook_beside_a_file_is_used(tmp_path):
    codebook = Codebook("t", "s", (Variable("age", {"nl": "Leeftijd"}, Kind.DECIMAL),))
    (tmp_path / "a.csv").write_text("age;age__missing\n3,5;\n;skipped\n", encoding="utf-8")
    (tmp_path / "a.codebook.json").write_text(codebook.to_json(), encoding="utf-8")
    table, found = load_wide(tmp_path / "a.csv")
    assert found == codebook
    assert table["age"].to_pylist() == [3.5, None]
    assert table["age__missing"].to_pylist()[1] == "skipped"
    (tmp_path / "a.csv").write_text("age\nveel\n", encoding="utf-8")
    assert refused(tmp_path / "a.csv") == "wide_codebook"
    (tmp_path / "a.csv").write_text("years\n3\n", encoding="utf-8")
    assert refused(tmp_path / "a.csv") == "wide_codebook"


def test_parquet_with_categories_and_nan(tmp_path):
    columns = {
        "group": pa.array(["a", "b", "a", "b"]).dictionary_encode(),
        "x": pa.array([1.0, float("nan"), 2.5, None]),
        "n": pa.array([1, 2, 3, None], pa.int8()),
        "yes": pa.array([True, False, None, True]),
    }
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    table, codebook = load_wide(tmp_path / "a.parquet")
    assert codebook.variable("group").codes == ("a", "b")
    assert table["x"].to_pylist() == [1.0, None, 2.5, None]
    assert table["yes"].to_pylist() == [1, 0, None, 1]
    assert codebook.variable("n").kind is Kind.INTEGER


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.sav", b"$FL2@(#) no", "wide_damaged"),
        ("a.sav", b"", "wide_damaged"),
        ("a.parquet", b"PAR1", "wide_damaged"),
        ("a.csv", b"a,b\n1,2,3\n", "wide_damaged"),
        ("a.csv", b" \n", "empty"),
        ("a.doc", b"x", "wide_kind"),
        ("a.xlsx", b"PK\x03\x04 no", "unreadable"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name) == code


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert refused(tmp_path / "b.sav") == "not_found"


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("Niet gevraagd", Missing.NOT_ASKED),
        ("N.v.t.", Missing.NOT_ASKED),
        ("Weet ik niet", Missing.DONT_KNOW),
        ("Don’t know", Missing.DONT_KNOW),
        ("Wil niet zeggen", Missing.REFUSED),
        ("Prefer not to say", Missing.REFUSED),
        ("Overgeslagen", Missing.SKIPPED),
        ("Niet ingevuld", Missing.SKIPPED),
        ("Gestopt", Missing.STOPPED),
        ("Ongeldig", Missing.INVALID),
        ("System error", Missing.NOT_RECORDED),
        ("", Missing.NOT_RECORDED),
    ],
)
def test_labels_tell_the_reason(label, reason):
    assert missing_of(label) is reason


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reading_of_text(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("bytes") / "a.csv"
    path.write_bytes(data)
    try:
        table, codebook = load_wide(path)
    except FileRefused:
        return
    assert [c for v in codebook.variables for c in v.columns] == table.column_names


@shared
@pytest.mark.shared
@pytest.mark.parametrize(
    "path", sorted(SHARED.glob("spss/*.sav")) + sorted(SHARED.glob("statistics/*.csv")), ids=str
)
def test_files_of_others_are_read(path):
    table, codebook = load_wide(path)
    assert table.num_rows
    for variable in codebook.variables:
        found = {str(value) for value in table[variable.name].unique().to_pylist() if value is not None}
        assert not variable.codes or found <= set(variable.codes)


@shared
@pytest.mark.shared
def test_published_data_keep_their_missing_and_their_type():
    table, codebook = load_wide(SHARED / "statistics/bfi.csv")
    assert table.num_rows == 2800
    assert table["A1"].null_count == 16
    assert codebook.variable("A1").codes == ("1", "2", "3", "4", "5", "6")
    table, codebook = load_wide(SHARED / "spss/umlauts.sav")
    assert codebook.variable("var1").value_label("2", "und") == "the ü umlaut"
