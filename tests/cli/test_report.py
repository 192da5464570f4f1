"""`driegesprek report`: files of a round, or a message that says what to do."""

import datetime as dt

import pytest
from click.testing import CliRunner
from django.utils import timezone
from tests.web.desk import test_findings as findings
from tests.web.surveys import rounding

from driegesprek.cli import report as module

pytestmark = pytest.mark.django_db
TODAY = str(timezone.localdate())


@pytest.fixture
def of():
    return rounding.make_school({"2A": 1})


@pytest.fixture
def run(monkeypatch):
    """The command on the test's own database, which Django has loaded already."""
    monkeypatch.setattr(module, "in_use", lambda: None)
    return lambda *words: CliRunner().invoke(module.report, list(words))


def test_a_closed_round_becomes_files_and_nothing_is_written_over(of, run, tmp_path):
    _before, after = findings.closed(of)
    words = (str(after.pk), "--out", str(tmp_path / "out"), "--date", TODAY)
    done = run(*words)
    assert done.exit_code == 0, done.output
    made = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert set(made) == {"report.html", "report.pdf", "tables.xlsx", "staff.plan.json"}
    assert f"driegesprek report {after.pk} --out FOLDER --date {TODAY}" in made["report.html"].decode()
    again = run(*words)
    assert again.exit_code == 1
    assert "--replace" in again.output
    assert run(*words, "--replace").exit_code == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == made


def test_what_cannot_be_reported_is_said(of, run, tmp_path):
    before, after = findings.pair(of)
    out = ("--out", str(tmp_path / "out"))
    assert "after the last day" in run(str(after.pk), *out).output
    late = str(after.closes_on + dt.timedelta(days=1))
    assert "Nobody handed in" in run(str(before.pk), *out, "--date", late).output
    anonymous = rounding.make_round(of, "anonymous", voices=("adult",))
    assert "anonymous" in run(str(anonymous.pk), *out, "--date", late).output
    assert "There is no round" in run("nonsense", *out).output
    assert not (tmp_path / "out").exists()
