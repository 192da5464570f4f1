"""`driegesprek roster import` as a person and as a program would use it, each on a data folder of its own."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from driegesprek import tables
from driegesprek.cli.roster import roster

LIST = """Stamnummer;Roepnaam;Tussenvoegsel;Achternaam;Klas;Leerjaar;Mentor;Verzorger 1 naam;Verzorger 1 mobiel
1001;Samira;el;Amrani;2A;2;E. Yilmaz;Fatima el Amrani;06-12345678
1002;Zoë;;Kaya;2B;2;J. de Wit;Ayşe Kaya;06-11111111
"""
DIRTY = """Stamnummer;Roepnaam;Achternaam;Klas;Geboortedatum
1001;Samira;Amrani;2A;31-02-2012
1001;Bilal;Kaya;2A;01-02-2012
1003;Noor;Bakker;;01-02-2012
"""
OWN = "Code;Voor;Na;Waar\n1;Samira;Amrani;2A\n"


@pytest.fixture
def run(db):
    """In this process, on the tests' database."""
    return lambda *arguments: CliRunner().invoke(roster, ["import", *map(str, arguments)])


@pytest.fixture
def fresh(tmp_path):
    """As a process of its own, on a data folder that is not there yet."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DRIEGESPREK_")}
    environment |= {
        "DRIEGESPREK_DATA": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "driegesprek.web.site.settings",
    }
    start = [sys.executable, "-c", "from driegesprek.cli import main; main()", "roster", "import"]

    def call(*arguments):
        command = [*start, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603 - our own command

    return call


@pytest.fixture
def write(tmp_path):
    def make(name, text, encoding="utf-8"):
        (tmp_path / name).write_text(text, encoding=encoding)
        return tmp_path / name

    return make


@pytest.mark.only_long
def test_on_a_fresh_data_folder_the_school_is_made_and_a_repeat_changes_nothing(fresh, write):
    path = write("lijst.csv", LIST)
    first = fresh(path, "--school", "De Brug", "--preview")
    assert first.returncode == 0, first.stderr
    assert "it is made" in first.stdout
    assert "nothing is stored" in first.stdout
    stored = json.loads(fresh(path, "--school", "De Brug", "--json").stdout)
    assert stored["school_made"] is True
    assert stored["counts"]["pupils"] == {"new": 2, "changed": 0, "gone": 0, "unchanged": 0}
    assert stored["counts"]["enrolments"]["new"] == 2
    again = json.loads(fresh(path, "--school", "de brug", "--json").stdout)
    assert again["school_made"] is False
    assert all(part["new"] + part["changed"] + part["gone"] == 0 for part in again["counts"].values())
    assert again["counts"]["pupils"]["unchanged"] == 2


def test_problems_are_told_one_a_line_with_their_place_and_nothing_is_stored(run, write):
    bad = run(write("vuil.csv", DIRTY), "--school", "De Brug", "--language", "nl")
    assert bad.exit_code == 1
    assert "vuil.csv, rij 2, kolom Geboortedatum: '31-02-2012' is geen bestaande datum." in bad.output
    assert "vuil.csv, rij 3, kolom Stamnummer" in bad.output
    assert "vuil.csv, rij 4, kolom Klas" in bad.output
    told = json.loads(run(write("vuil.csv", DIRTY), "--school", "De Brug", "--json").output)
    assert told["ok"] is False
    assert told["problems"][0].items() >= {"file": "vuil.csv", "row": 2, "column": "Geboortedatum"}.items()
    good = json.loads(run(write("goed.csv", LIST), "--school", "De Brug", "--json").output)
    assert good["school_made"] is True


def test_a_missing_file_is_told_in_words(run, tmp_path):
    result = run(tmp_path / "nothing.csv", "--school", "De Brug")
    assert result.exit_code == 1
    assert "nothing.csv: There is no such file." in result.output
    assert isinstance(result.exception, SystemExit)


def test_headings_nobody_knows_are_mapped_by_a_file_and_remembered(run, write):
    path = write("eigen.csv", OWN)
    assert run(path, "--school", "De Brug").exit_code == 1
    columns = {
        "Code": "pupil.id",
        "Voor": "pupil.given_name",
        "Na": "pupil.family_name",
        "Waar": "class.name",
    }
    mapping = write("kolommen.json", json.dumps({"columns": columns}))
    told = json.loads(run(path, "--school", "De Brug", "--mapping", mapping, "--json").output)
    assert told["counts"]["pupils"]["new"] == 1
    again = json.loads(run(path, "--school", "De Brug", "--json").output)
    assert again["counts"]["pupils"]["unchanged"] == 1


@pytest.mark.parametrize("text", ["[]", "{", '{"columns": {"Code": "pupil.shoe_size"}}'])
def test_a_mapping_that_is_none_is_refused_in_words(run, write, text):
    result = run(write("a.csv", LIST), "--school", "S", "--mapping", write("m.json", text))
    assert result.exit_code == 1
    assert "m.json" in result.output
    assert isinstance(result.exception, SystemExit)


def test_scope_says_who_has_left(run, write):
    run(write("a.csv", LIST), "--school", "S")
    less = write("b.csv", "\n".join(LIST.splitlines()[:2]) + "\n")
    classes = json.loads(run(less, "--school", "S", "--preview", "--json").output)
    assert classes["counts"]["pupils"]["gone"] == 0
    school = json.loads(run(less, "--school", "S", "--scope", "school", "--json").output)
    assert school["counts"]["pupils"]["gone"] == 1


@pytest.mark.shared
def test_oneroster_with_several_schools_takes_the_one_named_so(run, shared):
    sample = shared / "data/roster/oneroster/data/samples/OneRosterv1p1BaseCSV"
    everyone = json.loads(run(sample, "--school", "De Brug", "--preview", "--json").output)
    assert everyone["counts"]["locations"]["new"] == 2
    assert "all are taken" in everyone["notes"][0]["message"]
    one = json.loads(run(sample, "--school", "School 1", "--json").output)
    assert "the one named School 1 is taken" in one["notes"][0]["message"]
    assert one["counts"]["classes"]["new"] < everyone["counts"]["classes"]["new"]


def test_of_a_workbook_one_sheet_can_be_taken_and_an_unknown_one_is_refused(run, tmp_path):
    head = ["Stamnummer", "Roepnaam", "Achternaam", "Klas"]
    sheets = [
        tables.Sheet(name, head, [[number, "Noor", "Bakker", name]])
        for number, name in ((1, "2A"), (2, "2B"))
    ]
    path = tmp_path / "klassen.xlsx"
    path.write_bytes(tables.write_xlsx(sheets))
    refused = run(path, "--school", "De Brug", "--sheet", "2C")
    assert refused.exit_code == 1
    assert "2A, 2B" in refused.output
    assert (
        json.loads(run(path, "--school", "De Brug", "--sheet", "2B", "--json").output)["counts"]["pupils"][
            "new"
        ]
        == 1
    )
    whole = json.loads(run(path, "--school", "De Brug", "--json").output)["counts"]["pupils"]
    assert (whole["new"], whole["unchanged"], whole["gone"]) == (1, 1, 0)


@pytest.mark.shared
def test_every_note_says_it_in_one_line_and_by_a_code(run, shared):
    folder = shared / "data/roster/oneroster"  # the export lies some folders below
    notes = json.loads(run(folder, "--school", "De Brug", "--json").output)["notes"]
    assert notes
    assert all(note["code"] and note["file"] and note["text"].startswith(note["file"]) for note in notes)
