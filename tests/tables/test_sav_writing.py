"""SPSS files reopen with names, labels, user-missing values, dates and texts of any length."""

import datetime as dt

import pyarrow as pa
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables.wide_samples import DAY, codebook, table, wide

from driegesprek.tables.codebook import Codebook, Kind, Missing, Value, Variable
from driegesprek.tables.sav_plan import shortened, spss_name
from driegesprek.tables.sav_writing import write_sav
from driegesprek.tables.wide import of_table
from driegesprek.tables.wide_files import load_wide


def written(path, data, book, language="nl"):
    done = write_sav(of_table(data, book), path, language=language, made_on=DAY)
    cells, meta = pyreadstat.read_sav(path, user_missing=True, output_format="dict")
    return done, cells, meta


def test_a_file_reopens_with_labels_and_user_missing_intact(tmp_path):
    _, cells, meta = written(tmp_path / "a.sav", table(), codebook())
    assert cells["informed"] == [1, -91, 2, -92]
    assert meta.missing_ranges["informed"] == [{"lo": -97, "hi": -91}]
    labels = meta.variable_value_labels["informed"]
    assert (labels[1], labels[2], labels[-91], labels[-92]) == ("Ja", "Nee", "niet gevraagd", "overgeslagen")
    assert meta.column_names_to_labels["words"] == "In uw woorden"
    assert meta.variable_measure["agree"] == "ordinal"
    assert meta.file_label == "Ronde één"
    assert meta.number_rows == 4
    without, _ = pyreadstat.read_sav(tmp_path / "a.sav", output_format="dict")
    assert without["informed"][1] is None


def test_numbers_keep_their_codes_and_reasons_keep_out_of_their_way(tmp_path):
    _, cells, meta = written(tmp_path / "a.sav", table(), codebook())
    assert cells["agree"] == [3, 1, -93, 2]
    assert 2.0 not in meta.variable_value_labels["agree"]
    assert cells["age"] == [41, -95, -995, 7]
    assert meta.missing_ranges["age"] == [{"lo": -997, "hi": -991}]
    assert cells["career"][0] == 3.4
    assert cells["career"][3] == 1 / 3


def test_several_answers_are_dichotomies_in_a_set(tmp_path):
    _, cells, meta = written(tmp_path / "a.sav", table(), codebook())
    assert cells["how__call"] == [1, 0, -94, 1]
    assert meta.column_names_to_labels["how__visit"] == "op bezoek | Hoe dan?"
    found = meta.mr_sets["how"]
    assert (found["variable_list"], found["counted_value"]) == (["how__call", "how__visit"], 1)


def test_dates_and_texts_have_their_reasons_beside_them(tmp_path):
    _, cells, meta = written(tmp_path / "a.sav", table(), codebook())
    assert cells["day"] == [DAY, None, dt.date(1582, 10, 15), dt.date(2000, 1, 1)]
    assert cells["day__missing"] == [None, 2, None, None]
    assert cells["words"][1] == 'Hij zei: "ja", en\nging'
    assert cells["words"][2] == ("Zoë ولد " * 60).rstrip()
    assert meta.variable_value_labels["words__missing"][2] == "overgeslagen"


def test_the_same_answers_give_the_same_file_without_a_time(tmp_path):
    written(tmp_path / "a.sav", table(), codebook())
    _, _, meta = written(tmp_path / "b.sav", table(), codebook())
    assert (tmp_path / "a.sav").read_bytes() == (tmp_path / "b.sav").read_bytes()
    assert meta.creation_time == dt.datetime(2026, 11, 26)  # noqa: DTZ001 - as pyreadstat gives it
    assert not list(tmp_path.glob("*.dictionary"))


def test_what_was_written_is_read_as_the_same_codebook(tmp_path):
    written(tmp_path / "a.sav", table(), codebook())
    data, book = load_wide(tmp_path / "a.sav")
    assert data["informed__missing"].to_pylist() == [None, "not_asked", None, "skipped"]
    assert book.variable("informed").value_label("2", "und") == "Nee"
    assert book.variable("how").kind is Kind.MULTIPLE
    assert data["how__call"].to_pylist() == [True, False, None, True]
    assert data["how__missing"].to_pylist() == [None, None, "refused", None]
    assert data["age"].to_pylist() == [41, -95, None, 7]


@pytest.mark.parametrize(
    "width", [1, 7, 8, 9, 251, 252, 253, 254, 255, 256, 257, 504, 505, 510, 511, 765, 32_767]
)
def test_texts_of_any_length_come_back(tmp_path, width):
    texts = ["".join(chr(97 + place % 26) for place in range(width)), "", "x", None]
    data = pa.table({"n": [1, 2, 3, 4], "t": texts, "m": pa.array([1.5, None, -99.0, 151.0])})
    book = Codebook(
        "t",
        "s",
        (Variable("n", {}, Kind.INTEGER), Variable("t", {}, Kind.TEXT), Variable("m", {}, Kind.DECIMAL)),
    )
    _, cells, _ = written(tmp_path / "a.sav", data, book)
    assert cells["t"] == [texts[0], "", "x", ""]
    assert cells["n"] == [1, 2, 3, 4]
    assert cells["m"] == [1.5, None, -99, 151]


@pytest.mark.parametrize("rows", [0, 1, 7, 8, 9, 70_000])
def test_any_number_of_rows(tmp_path, rows):
    data = pa.table({"a": pa.array(range(rows), pa.int64()), "b": pa.array([0.5] * rows, pa.float64())})
    book = Codebook("t", "s", (Variable("a", {}, Kind.INTEGER), Variable("b", {}, Kind.DECIMAL)))
    _, cells, meta = written(tmp_path / "a.sav", data, book)
    assert meta.number_rows == rows
    assert list(cells["a"]) == list(range(rows))


@settings(max_examples=40, deadline=None)
@given(wide())
def test_any_answers_come_back(tmp_path_factory, sample):
    data, book = sample
    done, cells, meta = written(tmp_path_factory.mktemp("sav") / "a.sav", data, book)
    assert meta.number_rows == data.num_rows
    assert list(cells) == [one.name for one in done.variables]
    for one in done.variables:
        got, reasons = list(cells[one.name]), data[one.variable.missing_column].to_pylist()
        for raw, value, reason in zip(data[one.column].to_pylist(), got, reasons, strict=True):
            assert value == _expected(one, raw, reason)


def _expected(one, raw, reason):
    if one.column == one.variable.missing_column:
        return one.codes.get(raw)
    if raw is None:
        return "" if one.width else one.reasons.get(reason)
    if one.width:
        return raw.rstrip(" ")
    if one.variable.kind is Kind.DATE:
        return raw
    return one.codes[raw] if one.variable.kind in {Kind.SINGLE, Kind.GROUP} else float(raw)


@given(st.lists(st.text(max_size=90), max_size=20))
def test_names_follow_the_rules_of_spss(wanted):
    used = set()
    found = [spss_name(name, used) for name in wanted]
    assert len({name.upper() for name in found}) == len(found)
    for name in found:
        assert len(name.encode()) <= 64
        assert name[0].isalpha()
        assert not name.endswith((".", "_"))
        assert name.upper() not in {
            "ALL",
            "AND",
            "BY",
            "EQ",
            "GE",
            "GT",
            "LE",
            "LT",
            "NE",
            "NOT",
            "OR",
            "TO",
            "WITH",
        }


@given(st.text(max_size=300))
def test_labels_are_cut_between_letters(text):
    assert len(shortened(text, 120).encode(errors="replace")) <= 120


def test_long_names_and_labels_survive(tmp_path):
    name = "v" + "é" * 60
    values = tuple(Value(f"c{i}", {"nl": "ż" * 100 + str(i)}, i) for i in range(3))
    book = Codebook(
        "t" * 200,
        "s",
        (
            Variable(name, {"nl": "ł" * 300}, Kind.SINGLE, values),
            Variable(f"{name}2", {}, Kind.SINGLE, values),
        ),
    )
    _, cells, meta = written(
        tmp_path / "a.sav", pa.table({name: ["c2", None], f"{name}2": ["c0", "c1"]}), book
    )
    first, second = meta.column_names
    assert cells[first] == [3, None]
    assert cells[second] == [1, 2]
    assert len(first.encode()) <= 64
    assert meta.variable_value_labels[first][3].endswith("…")
    assert meta.column_labels[0].endswith("…")


def test_every_reason_has_a_value_of_its_own(tmp_path):
    reasons = [reason.value for reason in Missing]
    data = pa.table({"q": pa.nulls(7, pa.string()), "q__missing": reasons})
    book = Codebook("t", "s", (Variable("q", {}, Kind.SINGLE, (Value("-91"), Value("5"))),))
    _, cells, meta = written(tmp_path / "a.sav", data, book, "en")
    assert cells["q"] == [-991, -992, -993, -994, -995, -996, -997]
    assert meta.variable_value_labels["q"][-993] == "don't know"
