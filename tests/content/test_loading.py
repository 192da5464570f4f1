"""Importing content is quick, and its files are well-formed."""

import subprocess
import sys

import pytest

from driegesprek.content.files import HERE, rows

HEAVY = ("pyxform", "openpyxl", "django", "typst", "duckdb", "numpy", "babel")


def test_importing_content_loads_nothing_heavy():
    code = f"import sys, driegesprek.content; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 -- our own interpreter and code
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", sorted(HERE.rglob("*.csv")), ids=lambda path: path.name)
def test_every_file_is_rectangular_and_has_no_stray_spaces(path):
    for row in rows(path):
        for value in row.values():
            assert value == value.strip()
            assert "  " not in value


def test_a_row_of_the_wrong_length_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("key,text\na,b\nc\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.csv, line 3"):
        rows(path)
