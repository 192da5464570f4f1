"""A document in halves is the document as it would be laid out at once: pages, numbers, tags, what is attached."""

import subprocess
import sys

import pytest
from tests.paper.reading import elements, image, read, reader

from driegesprek import paper
from driegesprek.paper import halves

MODULE = sys.modules["driegesprek.paper.document"]
ROWS = tuple((f"schaal (r{n}", str(n), f"{n},25") for n in range(60))
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20"><text x="1" y="14">Balk</text></svg>'


def _section(name):
    return [
        paper.Heading(name, fresh=True),
        paper.Grid(f"Tabel {name} 3 0 R", ("Schaal", "n", "gem."), ROWS),
        paper.Drawing(SVG, f"Een balk (van {name}"),
        paper.Attached(f"plan {name}) ë.json", "{}", f"Het plan van {name}"),
    ]


PARTS = [
    paper.Heading("Verslag", 1),
    *(one for name in ("leerlingen", "ouders", "team") for one in _section(name)),
]


@pytest.fixture
def shortly(monkeypatch):
    monkeypatch.setattr(MODULE, "LONG", 100)


def _made(parts=PARTS):
    return paper.document(parts, title="Verslag (2A)", author="De Brug", language="nl", mark="PROEF")


@pytest.fixture(scope="module")
def pair():
    patch = pytest.MonkeyPatch()
    whole = _made()
    patch.setattr(MODULE, "LONG", 100)
    bound = _made()
    patch.undo()
    return bound, whole


def _attached(pdf):
    return dict(reader(pdf).attachments.items())


def test_pages_are_the_same_and_are_numbered_through(pair):
    bound, whole = pair
    assert bound != whole
    pages = len(reader(whole).pages)
    assert len(reader(bound).pages) == pages
    for page in range(pages):
        assert read(bound, page) == read(whole, page)
        assert read(bound, page).endswith(f"{page + 1}/{pages}")
        assert image(bound, page, dpi=40).tobytes() == image(whole, page, dpi=40).tobytes()


def test_tags_are_those_of_one_document(pair):
    bound, whole = pair
    assert list(elements(bound)) == list(elements(whole))
    root = reader(bound).trailer["/Root"]["/StructTreeRoot"]
    assert [one.get_object()["/S"] for one in root["/K"]] == ["/Document"]
    names = root["/IDTree"]["/Names"]
    assert names[::2] == sorted(set(names[::2]))
    assert len(names) == len(reader(whole).trailer["/Root"]["/StructTreeRoot"]["/IDTree"]["/Names"])


def test_what_is_attached_to_either_half_is_in_it(pair):
    bound, whole = (_attached(one) for one in pair)
    assert set(bound) >= {f"plan {name}) ë.json" for name in ("leerlingen", "ouders", "team")}
    assert bound == whole


def test_it_is_one_document_of_pdf_ua(pair):
    bound, whole = (reader(one).trailer["/Root"] for one in pair)
    assert bound.keys() == whole.keys()
    assert "pdfuaid" in bound["/Metadata"].get_data().decode()


def test_a_half_without_attachments_takes_those_of_the_other(shortly):
    parts = [one for one in PARTS[:-1] if not isinstance(one, paper.Attached)]
    last, first = _attached(_made([*parts, PARTS[-1]])), _attached(_made([PARTS[0], PARTS[-1], *parts[1:]]))
    assert last == first
    assert last["plan team) ë.json"] == [b"{}"]


def test_a_document_that_is_short_or_has_no_fresh_pages_is_laid_out_at_once(shortly, monkeypatch):
    monkeypatch.setattr(halves, "laid_out", None)
    assert _made([PARTS[0], *PARTS[2:4], *PARTS[6:8]])
    monkeypatch.setattr(MODULE, "LONG", 10_000)
    assert _made()


def _killed(files, begin=halves._begun):
    process = begin(files)
    process.kill()
    process.wait()
    return process


def _ends_early(files, begin=halves._begun):
    """It tells how many pages there are, and then no more."""
    process = begin(files)
    pages = int(process.stdout.readline())
    process.kill()
    process.communicate()
    return subprocess.Popen(  # noqa: S603 - this same Python
        [sys.executable, "-c", f"print({pages})"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


@pytest.mark.parametrize(
    "begun", [_killed, _ends_early, lambda _files: None], ids=["killed", "early", "none"]
)
def test_without_the_other_process_the_bytes_are_the_same(begun, pair, shortly, monkeypatch):
    monkeypatch.setattr(halves, "_begun", begun)
    assert _made() == pair[0]


def test_on_one_processor_no_process_is_begun(pair, shortly, monkeypatch):
    monkeypatch.setattr(halves, "_processors", lambda: 1)
    monkeypatch.setattr(halves, "_begun", None)
    assert _made() == pair[0]


def test_where_no_process_can_be_begun_there_is_none(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert halves._begun({"main.typ": b""}) is None


def test_an_error_of_the_first_half_ends_the_other_process(monkeypatch):
    begun = []
    begin = halves._begun
    monkeypatch.setattr(halves, "_begun", lambda files: begun.append(begin(files)) or begun[-1])
    monkeypatch.setattr(halves, "_processors", lambda: 2)
    with pytest.raises(Exception, match=r"parse JSON"):
        halves.laid_out("document.typ", "no JSON", "{}")
    assert begun[0].returncode is not None
