"""Every worked example of docs/evidence*.md runs, and gives the numbers that stand behind it."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from tests.evidence.against_r import PUPILS

from driegesprek.cli import main

DOCS = sorted((Path(__file__).resolve().parents[2] / "docs").glob("evidence*.md"))
COMMAND = re.compile(r"`(driegesprek evidence [^`…]+)`([^`]*?)(?=\.\s|\n\n|`|$)")
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w])")
CODEBOOK = {
    "format": "driegesprek.codebook",
    "version": 1,
    "title": "Invented",
    "source": "nobody",
    "variables": [
        {
            "name": name,
            "label": {"en": name},
            "kind": kind,
            "values": [
                {"code": one, "label": {"en": one}, "order": place} for place, one in enumerate(codes)
            ],
        }
        for name, kind, codes in (("informed", "single", ("no", "yes")), ("class", "group", ("2A", "2B")))
    ],
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with the files that the examples name."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(PUPILS, "pupils.csv")
    Path("margins.csv").write_text("variable,level,total\nsex,boy,480\nsex,girl,520\n")
    plan = next(code for _language, code in blocks("evidence-sums.md") if '"driegesprek.plan"' in code)
    Path("plan.json").write_text(plan)
    rows = {"informed": ["no", "yes", "yes"] * 20, "class": ["2A", "2B"] * 30}
    pq.write_table(pa.table(rows), "round.parquet")
    Path("round.codebook.json").write_text(json.dumps(CODEBOOK))
    lines = PUPILS.read_text().splitlines(keepends=True)
    Path("half.csv").write_text("".join(lines[:300]))
    run("driegesprek evidence sums half.csv --plan plan.json --school Other --json > other.sums.json")
    run('driegesprek evidence sums pupils.csv --plan plan.json --school "De Brug" --json > brug.sums.json')


def blocks(name):
    """(language, text) of each block of code of a file."""
    text = next(one for one in DOCS if one.name == name).read_text(encoding="utf-8")
    return re.findall(r"```(\w+)\n(.*?)```", text, re.DOTALL)


def examples():
    found = [(one.name, *pair) for one in DOCS for pair in COMMAND.findall(one.read_text(encoding="utf-8"))]
    return [
        pytest.param(" ".join(command.split()), told, id=f"{name}: {command[20:40]}")
        for name, command, told in found
    ]


def run(command):
    """What a command prints as JSON; `>` puts it into a file."""
    command, _, file = command.partition(" > ")
    arguments = shlex.split(command)[1:]
    result = CliRunner().invoke(main, [*arguments, *([] if "--json" in arguments else ["--json"])])
    assert result.exit_code == 0, result.output
    if file:
        Path(file).write_text(result.stdout)
    return json.loads(result.stdout)


def numbers_in(value):
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = [value] if isinstance(value, int | float) and not isinstance(value, bool) else []
    return [*own, *(number for one in below for number in numbers_in(one))]


@pytest.mark.parametrize(("command", "told"), examples())
@pytest.mark.usefixtures("here")
def test_a_command_gives_what_the_docs_say(command, told):
    given = numbers_in(run(command))
    for text in NUMBER.findall(told.partition("gives")[2]):
        digits = len(text.partition(".")[2])
        assert any(round(one, digits) == float(text) for one in given), (text, told)


def test_there_are_examples_with_numbers_to_compare():
    assert len(examples()) >= 10  # each command, with sums and combine
    assert sum(len(NUMBER.findall(one.values[1].partition("gives")[2])) for one in examples()) >= 20


@pytest.mark.parametrize("name", [one.name for one in DOCS])
@pytest.mark.usefixtures("here")
def test_python_and_json_in_the_docs_are_what_they_say(name):
    for language, code in blocks(name):
        if language == "python":
            exec(compile(code, name, "exec"), {"Path": Path})  # noqa: S102 - the documentation's own code
        elif language == "json":
            assert json.loads(code)["version"] == 1
