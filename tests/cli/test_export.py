"""`driegesprek export` as a person would use it."""

import pytest
from click.testing import CliRunner
from tests.web.surveys.test_exporting import answer, make_round, world

from driegesprek.cli.export import export
from driegesprek.tables.wide_files import load_wide

__all__ = ["world"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    return lambda *arguments: CliRunner().invoke(
        export, [*map(str, arguments), "--out", str(tmp_path / "out")]
    )


def test_a_round_is_found_by_a_part_of_its_title_and_written_with_its_codebook(world, run, tmp_path):
    answer(world, make_round(world), "a", {"/q1": "yes", "/words": "x"})
    result = run("VOOR de", "--format", "sav")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "voor-de-keuze-2026-11-21-adult.codebook.html",
        "voor-de-keuze-2026-11-21-adult.codebook.json",
        "voor-de-keuze-2026-11-21-adult.sav",
    ]
    assert "adult: 1 rows" in result.output
    assert "Keep them encrypted" in result.output
    assert load_wide(tmp_path / "out/voor-de-keuze-2026-11-21-adult.sav")[0].num_rows == 1
    assert "--replace" in run("voor de", "--format", "sav").output
    assert run("voor de", "--format", "sav", "--replace").exit_code == 0


def test_rounds_of_one_study_are_joined_and_others_are_not(world, run, tmp_path):
    before = make_round(world)
    after = make_round(world, study=before.study, title="Erna")
    for row in (before, after):
        answer(world, row, "a", {"/words": "x"})
    assert run(before.pk, "--with", after.pk, "--format", "csv").exit_code == 0
    assert load_wide(tmp_path / "out/voor-de-keuze-2026-11-21-adult.csv")[0].num_rows == 2
    assert "not of one study" in run(before.pk, "--with", make_round(world).pk, "--format", "csv").output
    assert "Name each round once" in run(before.pk, "--with", before.pk, "--format", "csv").output


def test_what_cannot_be_exported_is_told(world, run):
    row = make_round(world)
    assert "There is no round" in run("iets anders", "--format", "csv").output
    assert "Nobody handed in yet" in run(row.pk, "--format", "csv").output
    answer(world, row, "a", {"/words": "x"})
    assert "Nobody (pupil) handed in" in run(row.pk, "--voice", "pupil", "--format", "csv").output
    make_round(world)
    result = run("voor de", "--format", "csv")
    assert result.exit_code == 1
    assert str(row.pk) in result.output
    assert run(row.pk, "--format", "doc").exit_code == 2
