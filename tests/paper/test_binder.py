import pytest
from tests.paper import samples
from tests.paper.reading import elements, image, read, reader

from driegesprek import paper
from driegesprek.paper import binder, press

NAMES = ["Sam", "A (b 3 0 R", "c) \\ 7 0 R", "/StructParents 1", "é\nendobj", "(U1x0y0)"]


def sheets():
    return [samples.sheet(language, n, pupil=NAMES[n]) for n, language in enumerate(samples.LANGUAGES)]


def agreements():
    return [
        samples.agreements(language, title=paper.Line(NAMES[n]))
        for n, language in enumerate(samples.LANGUAGES)
    ]


@pytest.fixture(scope="module", params=["sheets.typ", "agreements.typ"])
def pair(request):
    leaves = 2 if request.param == "sheets.typ" else 0
    items = sheets() if leaves else agreements()
    how = {"title": "Alles (2A) 3 0 R", "leaves": leaves}
    return (
        press.printed(request.param, items, batch=2, **how),
        press.printed(request.param, items, batch=len(items), **how),
    )


def test_bound_parts_read_as_if_they_were_printed_at_once(pair):
    bound, whole = pair
    assert bound != whole
    assert len(reader(bound).pages) == len(reader(whole).pages) == 12
    for page in range(12):
        assert read(bound, page) == read(whole, page)
        assert image(bound, page, dpi=40).tobytes() == image(whole, page, dpi=40).tobytes()


def test_structure_tree_is_the_same_as_of_one_print(pair):
    bound, whole = pair
    assert list(elements(bound)) == list(elements(whole))


def test_every_marked_content_finds_its_element(pair):
    document = reader(pair[0])
    numbers = document.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    keys = [page["/StructParents"] for page in document.pages if "/StructParents" in page]
    assert keys == sorted(parents)
    for page in document.pages:
        for parent in parents[page["/StructParents"]].get_object() if "/StructParents" in page else []:
            assert parent.get_object().raw_get("/Pg").idnum == page.indirect_reference.idnum


def test_names_of_header_cells_stay_unique():
    items = [samples.agreements("nl") for _ in range(24)]
    pdf = press.printed("agreements.typ", items, title="Afspraken", batch=2)
    names = reader(pdf).trailer["/Root"]["/StructTreeRoot"]["/IDTree"]["/Names"]
    assert len(names[::2]) == len(set(names[::2])) == 24 * 3
    assert names[::2] == sorted(names[::2])
    assert all(cell.get_object()["/ID"] == name for name, cell in zip(names[::2], names[1::2], strict=True))


def test_title_and_number_of_pages_are_those_of_the_whole(pair):
    document = reader(pair[0])
    assert document.metadata.title == "Alles (2A) 3 0 R"
    assert "<xmpTPg:NPages>12<" in document.trailer["/Root"]["/Metadata"].get_data().decode()


def test_one_part_is_left_as_it_is():
    assert binder.bind([b"%PDF anything"]) == b"%PDF anything"


def test_nothing_is_refused():
    with pytest.raises(ValueError, match="nothing to bind"):
        binder.bind([])


def test_a_file_of_another_shape_is_refused():
    with pytest.raises(RuntimeError, match="cannot be bound"):
        binder.bind([b"%PDF-1.7 not ours", b"nor this"])
