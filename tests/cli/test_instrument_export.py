"""`driegesprek instrument export`, as a person would use it."""

import pytest
from click.testing import CliRunner

from driegesprek import content
from driegesprek.cli.instrument import instrument
from driegesprek.instruments import read


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(instrument, ["export", *map(str, arguments)])


def test_one_of_our_questionnaires_is_written_and_can_be_read(run, tmp_path):
    result = run("paper_words", tmp_path / "words.xlsx")
    assert result.exit_code == 0
    assert read(tmp_path / "words.xlsx", name="words") == content.instrument("paper_words")


def test_a_wrong_key_tells_which_there_are(run, tmp_path):
    result = run("no_such", tmp_path / "words.xlsx")
    assert result.exit_code == 1
    assert "There is no questionnaire 'no_such'. There are: quick_check," in result.output
    assert not list(tmp_path.iterdir())


def test_a_name_that_is_no_workbook_is_refused(run, tmp_path):
    assert "ends in .xlsx" in run("paper_words", tmp_path / "words.csv").output
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_is_left_as_it_is(run, tmp_path):
    (tmp_path / "words.xlsx").write_bytes(b"mine")
    result = run("paper_words", tmp_path / "words.xlsx")
    assert result.exit_code == 1
    assert "already" in result.output
    assert (tmp_path / "words.xlsx").read_bytes() == b"mine"


def test_a_folder_that_is_not_there_is_said(run, tmp_path):
    result = run("paper_words", tmp_path / "nowhere" / "words.xlsx")
    assert result.exit_code == 1
    assert "cannot be written" in result.output
