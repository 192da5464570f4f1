"""Leaflet as it is shipped: what the lock names, nothing that the policy refuses, nothing from elsewhere."""

import re
from pathlib import Path

import pytest
from tools import vendor_leaflet

STATIC = Path(__file__).resolve().parents[3] / "src/driegesprek/web/atlas/static/atlas"


@pytest.mark.skipif(not vendor_leaflet.SOURCE.exists(), reason="npm ci has not run on this machine")
def test_the_shipped_copy_is_the_one_that_the_lock_names():
    assert (STATIC / "leaflet/leaflet.js").read_text(encoding="utf-8") == vendor_leaflet.script()
    for shipped, original in (("leaflet.css", "dist/leaflet.css"), ("LICENSE", "LICENSE")):
        assert (STATIC / "leaflet" / shipped).read_bytes() == (vendor_leaflet.SOURCE / original).read_bytes()


def test_every_picture_that_the_style_sheet_names_is_there():
    sheet = (STATIC / "leaflet/leaflet.css").read_text(encoding="utf-8")
    named = set(re.findall(r"url\(([^)#]+)\)", sheet))
    assert named
    assert [one for one in named if not (STATIC / "leaflet" / one).is_file()] == []


@pytest.mark.parametrize("name", ["leaflet/leaflet.js", "map.js"])
def test_a_script_writes_no_style_attribute_and_names_no_source_map(name):
    text = (STATIC / name).read_text(encoding="utf-8")
    assert "sourceMappingURL" not in text
    assert not re.search(r"""setAttribute\(["']style["']|<[^>]* style=|\beval\(|new Function""", text)
