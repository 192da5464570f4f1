"""`driegesprek instrument score`: the same scores from every kind of file."""

import json

import pandas as pd
import pytest
from click.testing import CliRunner

from driegesprek.cli.instrument import instrument
from driegesprek.tables import Sheet, write_xlsx

FORM = """| survey |
| | type | name | label::nl | scale | reverse | calculation |
| | select_one agree | q1 | Een | career |  | |
| | select_one agree | q2 | Twee | career | yes | |
| | select_multiple agree | many | Meer |  |  | |
| | calculate | known |  | knows |  | count-selected(${many}) |
| choices |
| | list_name | name | label::nl | score |
| | agree | no | Oneens | 1 |
| | agree | mid | Tussenin | 2 |
| | agree | yes | Eens | 3 |
| scales |
| | scale | label::nl | method | minimum |
| | career | Loopbaan | mean | 1 |
| | knows | Kennis | sum |  |
| levels |
| | scale | from | level | label::nl | advice::nl |
| | career | 1 | low | Laag | Praat erover. |
| | career | 2.5 | high | Hoog | Ga zo door. |
"""
ANSWERS = [{"nr": "a7", "q1": "yes", "q2": "no"}, {"nr": "b2", "q1": "mid", "q2": None}]


@pytest.fixture
def run(tmp_path):
    (tmp_path / "form.md").write_text(FORM, encoding="utf-8")

    def call(answers, *options, form="form.md"):
        arguments = ["score", str(tmp_path / form), "--answers", str(tmp_path / answers), *options]
        return CliRunner().invoke(instrument, arguments)

    return call


def as_json(path):
    path.write_text(json.dumps(ANSWERS), encoding="utf-8")


def as_csv(path):
    path.write_text("nr;q1;q2\na7;yes;no\nb2;mid;\n", encoding="utf-8")


def as_xlsx(path):
    path.write_bytes(write_xlsx([Sheet("a", ["nr", "q1", "q2"], [list(row.values()) for row in ANSWERS])]))


def as_parquet(path):
    pd.DataFrame(ANSWERS).to_parquet(path)


def as_sav(path):
    import pyreadstat  # noqa: PLC0415 - heavy

    codes = {"no": 1.0, "mid": 2.0, "yes": 3.0}
    frame = pd.DataFrame({"nr": ["a7", "b2"], "Q1": [3.0, 2.0], "q2": [1.0, None]})
    labels = {code: {"no": "Oneens", "mid": "Tussenin", "yes": "Eens"}[name] for name, code in codes.items()}
    pyreadstat.write_sav(frame, path, variable_value_labels={"Q1": labels, "q2": labels})


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.json", as_json),
        ("a.csv", as_csv),
        ("a.xlsx", as_xlsx),
        ("a.parquet", as_parquet),
        ("a.sav", as_sav),
    ],
)
def test_every_kind_of_file_gives_the_same_scores(run, tmp_path, name, write):
    write(tmp_path / name)
    result = run(name, "--json", "--id", "nr")
    assert result.exit_code == 0, result.output
    first, second = json.loads(result.output)["respondents"]
    assert first["respondent"] == "a7"
    career = first["scores"]["career"]
    assert (career["score"], career["answered"], career["level"]) == (3, 2, "high")
    assert (career["label"], career["advice"]) == ("Hoog", "Ga zo door.")
    assert (second["scores"]["career"]["score"], second["scores"]["career"]["level"]) == (2, "low")


def test_what_the_form_calculates_is_scored(run, tmp_path):
    (tmp_path / "a.json").write_text('{"many": ["yes", "no"]}', encoding="utf-8")
    (found,) = json.loads(run("a.json", "--json").output)["respondents"]
    assert found["scores"]["knows"]["score"] == 2
    assert found["scores"]["career"]["score"] is None


def test_people_read_it_too(run, tmp_path):
    as_csv(tmp_path / "a.csv")
    result = run("a.csv")
    assert "Loopbaan (career): mean of q1, q2 (reversed); at least 1 answered" in result.output
    assert "1 career: 3 (2 of 2 answered); Hoog; advice: Ga zo door." in result.output


def test_a_form_without_scales_and_answers_to_other_questions_are_told(run, tmp_path):
    (tmp_path / "plain.md").write_text(
        "| survey |\n| | type | name | label |\n| | text | a | A |\n", encoding="utf-8"
    )
    as_csv(tmp_path / "a.csv")
    assert "declares no scales" in run("a.csv", form="plain.md").output
    assert "There is no column who" in run("a.csv", "--id", "who").output
    only = FORM.replace("| knows |  | count", "|  |  | count").replace("| | knows | Kennis | sum |  |\n", "")
    (tmp_path / "only.md").write_text(only, encoding="utf-8")
    (tmp_path / "b.csv").write_text("x;y\n1;2\n", encoding="utf-8")
    assert "no answer to any question" in run("b.csv", form="only.md").output
    assert run("none.csv").exit_code == 1
    (tmp_path / "c.json").write_text("[1]", encoding="utf-8")
    assert "or a list of those" in run("c.json").output


def test_a_wrong_declaration_is_refused_with_its_place(run, tmp_path):
    (tmp_path / "bad.md").write_text(FORM.replace("| mean |", "| median |"), encoding="utf-8")
    as_csv(tmp_path / "a.csv")
    result = run("a.csv", "--language", "nl", form="bad.md")
    assert result.exit_code == 1
    assert "kolom method" in result.output
    assert json.loads(run("a.csv", "--json", form="bad.md").output)["ok"] is False
