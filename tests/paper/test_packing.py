"""A packed document is the same document: pages, text, tags and names of cells; only smaller."""

import io
import json

import pypdf
import pypdfium2
import pytest

from driegesprek import paper
from driegesprek.paper import press
from driegesprek.paper.packing import packed

PARTS = [
    paper.Heading("Verslag", 1),
    paper.Paragraph("Een (haakje, een \\ en een é."),
    paper.Grid(
        "Tabel", ("Schaal", "n", "gem."), tuple((f"schaal {n}", str(n), f"{n},25") for n in range(120))
    ),
]


@pytest.fixture(scope="module")
def pair():
    kept = {}
    patch = pytest.MonkeyPatch()
    plain = press.compiled
    patch.setattr(press, "compiled", lambda *words: kept.setdefault("plain", plain(*words)))
    small = paper.document(PARTS, title="Verslag", author="De Brug", language="nl")
    patch.undo()
    return kept["plain"], small


def spoken(value, depth=0):
    """The structure tree as nested names."""
    if isinstance(value, pypdf.generic.IndirectObject):
        value = value.get_object()
    if isinstance(value, list):
        return [spoken(one, depth + 1) for one in value]
    if isinstance(value, dict) and "/S" in value:
        return [value["/S"], value.get("/ID"), value.get("/Alt"), spoken(value.get("/K"), depth + 1)]
    return None


def test_it_is_smaller_by_far(pair):
    plain, small = pair
    assert len(small) < len(plain) / 2


def test_pages_text_and_tags_are_the_same(pair):
    before, after = (pypdf.PdfReader(io.BytesIO(one), strict=True) for one in pair)
    assert [page.extract_text() for page in after.pages] == [page.extract_text() for page in before.pages]
    assert after.metadata == before.metadata
    roots = [one.trailer["/Root"]["/StructTreeRoot"] for one in (before, after)]
    trees = [json.dumps(spoken(root["/K"]), default=str) for root in roots]
    assert trees[0] == trees[1]
    assert trees[0].count('"/TD"') == 360


def test_another_reader_draws_the_same(pair):
    before, after = (pypdfium2.PdfDocument(one)[0].render(scale=0.5).to_numpy() for one in pair)
    assert (before == after).all()


def test_what_typst_did_not_write_is_refused():
    with pytest.raises(RuntimeError, match="shape"):
        packed(b"%PDF-1.7\nnonsense")


def test_wide_tables_share_the_pages_that_lie_on_their_side_and_take_their_heading_along():
    wide = paper.Grid("Breed", tuple(f"k{n}" for n in range(13)), (("over alles",), tuple("1234567890abc")))
    parts = [*PARTS[:2], paper.Heading("Leerlingen"), wide, wide]
    made = paper.document(parts, title="Verslag", author="De Brug", language="nl")
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, True]
    assert "Leerlingen" in pages[1].extract_text()
    assert pages[1].extract_text().count("over alles") == 2
