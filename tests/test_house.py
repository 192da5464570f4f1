"""How the code is written, measured: lengths, and lock files that name no address."""

import ast
import re
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))


def function_lengths():
    for file in SOURCES:
        if "migrations" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                yield (body[-1].end_lineno - body[0].lineno + 1) if body else 0


def test_functions_are_short():
    lengths = sorted(function_lengths())
    assert statistics.median(lengths) <= 8
    assert lengths[int(len(lengths) * 0.9)] <= 25


def test_a_file_is_under_400_lines():
    ours = [file for file in SOURCES if "migrations" not in file.parts]
    lengths = {str(file.relative_to(ROOT / "src")): len(file.read_text().splitlines()) for file in ours}
    assert {name: length for name, length in lengths.items() if length >= 400} == {}


@pytest.mark.parametrize(
    "name", ["requirements/base.txt", "requirements/dev.txt", "requirements/uv.txt", "package-lock.json"]
)
def test_a_lock_file_names_no_registry(name):
    assert not re.search(r"https?://", (ROOT / name).read_text())


@pytest.mark.parametrize("name", ["requirements/base.txt", "requirements/dev.txt", "requirements/uv.txt"])
def test_every_dependency_is_locked_with_hashes(name):
    text = (ROOT / name).read_text()
    packages = re.findall(
        r"^[a-z0-9][\w.\[\],-]*==\S+.*$(?:\n    --hash.*)*", text, re.MULTILINE | re.IGNORECASE
    )
    assert packages
    assert all("--hash=sha256:" in package for package in packages)


def test_every_dependency_is_justified():
    page = (ROOT / "docs" / "dependencies.md").read_text().lower()
    names = re.findall(
        r"^([a-z][\w-]*)", (ROOT / "requirements" / "base.in").read_text(), re.MULTILINE | re.IGNORECASE
    )
    assert [name for name in names if name.lower() not in page] == []
