import json

import pytest
from click.testing import CliRunner
from tests.region import files

from driegesprek.cli.region import region


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("DRIEGESPREK_DATA", str(tmp_path / "data"))
    for name, text in (("leerlingen-2019.csv", files.pupils()), ("adressen-vo.csv", files.addresses())):
        (tmp_path / name).write_text(text, encoding="utf-8")

    def call(*arguments, code=0):
        done = CliRunner().invoke(region, [str(one) for one in arguments])
        assert done.exit_code == code, done.output
        return done.output

    call("import", tmp_path / "leerlingen-2019.csv", tmp_path / "adressen-vo.csv")
    return call


def test_an_indicator_has_its_documented_keys(run):
    told = json.loads(run("indicator", "supply", "--area", "Rotterdam", "--year", "2019", "--json"))
    assert list(told) == ["indicator", "area", "year", "source", "rows", "notes"]
    assert any(note.startswith("Definition: ") for note in told["notes"])
    assert told["rows"][0] == {
        "profile": "Zorg en welzijn",
        "share": 100.0,
        "pupils": 78,
        "of": 78,
    }


def test_a_bad_file_brings_nothing_in(run, tmp_path):
    (tmp_path / "kapot-2020.csv").write_text(
        files.pupils().replace(";10;0;0;12", ";1o;0;0;12"), encoding="utf-8"
    )
    (tmp_path / "goed-2020.csv").write_text(files.pupils(), encoding="utf-8")
    told = json.loads(
        run("import", tmp_path / "goed-2020.csv", tmp_path / "kapot-2020.csv", "--json", code=1)
    )
    assert told["problems"][0]["row"] == 2
    assert [one["year"] for one in json.loads(run("list", "--json"))["datasets"]] == [2019, 0]


def test_two_files_of_the_same_data_contradict_each_other(run, tmp_path):
    (tmp_path / "een-2020.csv").write_text(files.pupils(), encoding="utf-8")
    (tmp_path / "twee-2020.csv").write_text(files.pupils(track="K"), encoding="utf-8")
    told = json.loads(run("import", tmp_path / "een-2020.csv", tmp_path / "twee-2020.csv", "--json", code=1))
    assert told["problems"][0]["code"] == "region_same_twice"


def test_what_a_person_can_mend_is_one_line(run):
    assert "Did you mean Rotterdam" in run("indicator", "supply", "--area", "Roterdam", code=1)
    assert "There is nothing of 'supply'" in run("indicator", "supply", "--year", "1999", code=1)
    assert "use some of B, K, G, T" in run("indicator", "supply", "--tracks", "X", code=1)
    assert "There is no profile" in run("optimise", "--profile", "koken", code=1)


def test_trend_bottlenecks_and_optimise_answer(run):
    assert "2019" in run("trend", "supply", "--area", "Emmen")
    assert "less" in run("bottlenecks", "supply", "--area", "Zuid-Holland")
    assert "78  00AA01" in run("optimise", "--profile", "pie", "--k", "1")


def test_a_scenario_is_worked_out_from_its_file(run, tmp_path):
    path = tmp_path / "s.json"
    path.write_text(
        '{"name": "x", "year": 2019, "changes": [{"do": "open_profile", "location": "00AA01", "profile": "pie"}]}',
        encoding="utf-8",
    )
    told = json.loads(run("scenario", path, "--json"))
    assert told["gained"] == 78
    path.write_text("{", encoding="utf-8")
    assert "This is not JSON" in run("scenario", path, code=1)
