"""`driegesprek report`: files of a round, or a message that says what to do."""

import csv
import datetime as dt
import json

import openpyxl
import pytest
from click.testing import CliRunner
from django.utils import timezone
from tests.web.desk import test_findings as findings
from tests.web.surveys import rounding

from driegesprek.cli import main
from driegesprek.cli import report as module
from driegesprek.cli.export import export
from driegesprek.tables.wide_files import load_wide
from driegesprek.web.surveys.models import Response

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


def weighed(row):
    """The design of a sample: of half of the classes 40 per cent was drawn, of the others 20."""
    rows = list(Response.objects.filter(round=row))
    for one in rows:
        few = int(one.pseudonym[1:]) % 2
        one.group |= {"stratum": "few" if few else "many", "weight": 5.0 if few else 2.5}
    Response.objects.bulk_update(rows, ["group"])


def json_of(*words):
    done = CliRunner().invoke(main, ["evidence", *map(str, words), "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_a_drawn_sample_is_weighted_as_evidence_does_it_on_the_export(of, run, tmp_path):
    before, after = findings.closed(of, 200)
    for row in (before, after):
        weighed(row)
    assert run(str(after.pk), "--out", str(tmp_path / "out"), "--date", TODAY).exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "out" / "tables.xlsx")
    words = ["--with", str(before.pk), "--format", "csv", "--out", str(tmp_path / "rows")]
    assert CliRunner().invoke(export, [str(after.pk), *words]).exit_code == 0
    rows = load_wide(next((tmp_path / "rows").glob("*.csv")))[0].to_pylist()
    score = "vision_1_score"  # the second scale of the scan
    earlier = min(str(one["round"]) for one in rows)
    first = {one["person"]: one for one in rows if str(one["round"]) == earlier}
    last = [one | {"before": first[one["person"]][score]} for one in rows if str(one["round"]) != earlier]
    with (tmp_path / "wide.csv").open("w", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["before", score, "vision_1", "class", "weight"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(last)
    model = json_of(
        "regress",
        file.name,
        "--outcome",
        score,
        "--blocks",
        "before",
        "--cluster",
        "class",
        "--weights",
        "weight",
    )
    told = list(book["staff coefficients"].values)
    for row, one in zip(told[3:5], model["coefficients"], strict=True):
        assert row[3:6] == pytest.approx((one["b"], one["se_cr2"], one["df_cr2"]), rel=1e-9)
    table = json_of("crosstab", file.name, "--rows", "vision_1", "--cols", "class", "--weights", "weight")
    sizes = {}
    for cell in table["cells"]:
        sizes[cell["row"]] = sizes.get(cell["row"], 0.0) + cell["percent"]
    answers = [row[6] for row in list(book["staff answers"].values)[2:7] if row[6] is not None]
    assert answers
    assert all(any(value == pytest.approx(own, rel=1e-9) for own in sizes.values()) for value in answers)
    assert "Ontwerpgewichten" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
