"""`driegesprek instrument check` and `play`, as a person and as a program would use them."""

import json

import pytest
from click.testing import CliRunner
from tests.instruments import bundling

from driegesprek.cli.instrument import instrument

FORM = """| survey |
| | type | name | label::nl | label::en | relevant | constraint | constraint_message::nl | calculation |
| | select_one yn | informed | Weet u het? | Informed? | | | | |
| | integer | age | Hoe oud? | Age? | ${informed} = 'no' | . < 120 | Te oud | |
| | select_multiple yn | both | Beide | Both | | | | |
| | hidden | choose_by | | | | | | |
| | calculate | year | | | | | | format-date(today(), '%Y') |
| choices |
| | list_name | name | label::nl | label::en |
| | yn | yes | Ja | Yes |
| | yn | no | Nee | No |
"""


@pytest.fixture
def run(tmp_path):
    (tmp_path / "form.md").write_text(FORM, encoding="utf-8")
    (tmp_path / "bad.md").write_text(
        "| survey |\n| | type | name | label |\n| | geopoint | q | Q |\n", encoding="utf-8"
    )

    def call(*arguments, answers=None):
        arguments = [str(tmp_path / one) if one.endswith(".md") else one for one in arguments]
        if answers is not None:
            (tmp_path / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
            arguments += ["--answers", str(tmp_path / "answers.json")]
        return CliRunner().invoke(instrument, arguments)

    return call


def test_check_sums_a_good_form_up(run):
    result = run("check", "form.md")
    assert result.exit_code == 0
    assert "Languages: nl, en" in result.output
    assert "3 to answer" in result.output
    found = json.loads(run("check", "form.md", "--json").output)
    assert found["ok"] is True
    assert found["problems"] == []
    assert found["kinds"]["select_one"] == 1
    assert len(found["hash"]) == 64


def test_check_tells_what_is_wrong_and_fails(run):
    result = run("check", "bad.md", "--language", "nl")
    assert result.exit_code == 1
    assert "blad survey, rij 3, kolom type" in result.output
    found = run("check", "bad.md", "--json")
    assert found.exit_code == 1
    told = json.loads(found.output)
    assert told["ok"] is False
    assert told["problems"][0].items() >= {"sheet": "survey", "row": 3, "column": "type"}.items()
    assert told["problems"][0]["message"]
    assert told["problems"][0]["remedy"]


def test_check_of_a_missing_file_fails_in_words(run):
    result = run("check", "nothing.md")
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "cannot be used" in result.output


def test_play_prints_what_follows(run):
    answers = {"informed": "yes", "/age": 130, "both": "yes no", "nobody": 1}
    result = run("play", "form.md", "--json", "--today", "2026-11-21", answers=answers)
    assert result.exit_code == 0
    told = json.loads(result.output)
    assert told["asked"] == ["informed", "both"]
    assert told["irrelevant"] == ["age"]
    assert [one["question"] for one in told["refused"]] == ["nobody"]
    assert told["calculated"] == {"choose_by": "", "year": "2026"}
    assert told["missing"] == []
    assert told["complete"] is False


def test_play_tells_why_an_answer_is_refused_in_the_chosen_language(run):
    answers = {"informed": "no", "age": 130}
    told = json.loads(run("play", "form.md", "--json", "--language", "nl", answers=answers).output)
    assert told["refused"] == [{"question": "age", "path": "/age", "value": 130, "reason": "Te oud"}]


def test_play_is_readable_without_json(run):
    result = run("play", "form.md", "--today", "2026-11-21", answers={"informed": "no"})
    assert "Asked: informed, age, both" in result.output
    assert "Calculated: year = 2026" in result.output
    assert "Complete." in result.output


def test_play_takes_a_context(run, tmp_path):
    (tmp_path / "context.json").write_text('{"choose_by": "1 maart"}', encoding="utf-8")
    result = run("play", "form.md", "--json", "--context", str(tmp_path / "context.json"), answers={})
    assert json.loads(result.output)["calculated"]["choose_by"] == "1 maart"


@pytest.mark.parametrize("text", ["[]", "{", "3"])
def test_answers_that_are_no_json_object_are_refused_in_words(run, tmp_path, text):
    (tmp_path / "wrong.json").write_text(text, encoding="utf-8")
    result = run("play", "form.md", "--answers", str(tmp_path / "wrong.json"))
    assert result.exit_code == 1
    assert "wrong.json" in result.output


def test_play_of_a_bad_form_gives_the_reasons(run):
    result = run("play", "bad.md", "--json", answers={})
    assert result.exit_code == 1
    assert json.loads(result.output)["ok"] is False


REPEATED = """| survey |
| | type | name | label | calculation | constraint |
| | begin_repeat | child | Child | | |
| | text | name | Name? | | |
| | integer | age | Age of ${name}? | | . < 30 |
| | calculate | place | | position(..) | |
| | end_repeat | | | | |
| | calculate | years | | sum(${age}) | |
"""


def test_play_takes_repeats_as_lists_of_objects_and_by_path(run, tmp_path):
    (tmp_path / "repeats.md").write_text(REPEATED, encoding="utf-8")
    answers = {"child": [{"name": "Ada", "age": 9}, {"name": "Bo", "age": 40}]}
    told = json.loads(run("play", "repeats.md", "--json", answers=answers).output)
    assert told["asked"] == ["name", "age", "name", "age"]
    assert told["asked_paths"][-1] == "/child[2]/age"
    assert told["calculated"] == {"child": [{"_id": "1", "place": 1}, {"_id": "2", "place": 2}], "years": 9}
    (refused,) = told["refused"]
    assert (refused["question"], refused["path"], refused["value"]) == ("age", "/child[2]/age", 40)
    assert told["values"]["child"][0]["name"] == "Ada"
    flat = {"/child[a]/age": 1, "/child[b]/age": 2}
    told = json.loads(run("play", "repeats.md", "--json", answers=flat).output)
    assert told["instances"] == {"/child": ["a", "b"]}
    assert told["calculated_paths"]["/years"] == 3
    assert "/child[a]/place = 1" in run("play", "repeats.md", answers=flat).output
    assert json.loads(run("check", "repeats.md", "--json").output)["repeats"] == ["/child"]


def test_compare_tells_what_would_break_a_round(run, tmp_path):
    (tmp_path / "new.md").write_text(
        FORM.replace("| | integer | age |", "| | decimal | age |"), encoding="utf-8"
    )
    result = run("compare", "form.md", "new.md", "--language", "nl")
    assert result.exit_code == 1
    assert "/age: het type was integer en is decimal" in result.output
    told = json.loads(run("compare", "form.md", "form.md", "--json").output)
    assert told == {"fits": True, "breaking": [], "harmless": []}


def test_files_of_the_form_are_found_beside_it_or_in_a_folder(run, tmp_path):
    (tmp_path / "list.md").write_text("| type | name | label |\n| select_one_from_file s.csv | q | Q |")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "s.csv").write_text("name,label\na,A\n")
    assert "s.csv" in run("check", "list.md").output
    assert run("check", "list.md", "--files", str(tmp_path / "other")).exit_code == 0


def test_a_zip_with_media_is_checked_and_what_is_missing_is_told(tmp_path):
    given = bundling.media()
    del given["dier.mp3"]
    (tmp_path / "dieren.zip").write_bytes(bundling.zipped(given | {"spare.png": bundling.picture()}))
    done = CliRunner().invoke(instrument, ["check", str(tmp_path / "dieren.zip"), "--json"])
    told = json.loads(done.output)
    assert (done.exit_code, told["ok"]) == (0, True)
    notes = {one["code"]: one["text"] for one in told["notes"]}
    assert "'dier.mp3'" in notes["media_missing"]
    assert "'spare.png'" in notes["media_unused"]


def test_a_medium_that_cannot_be_used_refuses_the_form(tmp_path):
    (tmp_path / "dieren.md").write_text(bundling.FORM, encoding="utf-8")
    (tmp_path / "dieren-media").mkdir()
    (tmp_path / "dieren-media" / "dier.png").write_bytes(bundling.SVG)
    done = CliRunner().invoke(instrument, ["check", str(tmp_path / "dieren.md"), "--language", "nl"])
    assert done.exit_code == 1
    assert "Bewaar haar als PNG" in done.output


def test_print_makes_a_pdf_with_the_pictures_beside_the_form(tmp_path):
    form, out = tmp_path / "dieren.zip", tmp_path / "dieren.pdf"
    form.write_bytes(bundling.zipped(bundling.media()))
    told = CliRunner().invoke(instrument, ["print", str(form), "--out", str(out), "--language", "en"])
    assert (told.exit_code, told.output) == (0, f"{out}: 1 questions, en.\n")
    assert out.read_bytes().startswith(b"%PDF")


def test_print_in_a_language_that_the_form_lacks_says_which_there_are(run, tmp_path):
    told = run("print", "form.md", "--out", str(tmp_path / "form.pdf"), "--language", "tr")
    assert told.exit_code == 1
    assert "it has: nl, en" in told.output
