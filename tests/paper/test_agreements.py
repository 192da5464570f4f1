from tests.paper import samples
from tests.paper.reading import bare, elements, page_count, read, seen_text

from driegesprek import paper

LONG = paper.Agreement(
    paper.Line("Samira"), paper.Typed("Een heel lange afspraak. " * 12), paper.Line("maart")
)


def test_agreements_name_who_what_and_by_when():
    text = read(paper.agreements([samples.agreements("tr")], title="Afspraken"), 0)
    for words in (
        "Kim",
        "Wie",
        "Ne zamana kadar",
        "Samira",
        "Belt oma over haar werk in de bakkerij.",
        "12 Şubat 2027",
    ):
        assert bare(words) in text


def test_table_has_header_cells():
    kinds = [
        kind for _, kind, *_ in elements(paper.agreements([samples.agreements("ar")], title="Afspraken"))
    ]
    assert kinds.count("/Table") == 1
    assert kinds.count("/TH") == 3
    assert kinds.count("/TD") == 9


def test_what_was_typed_is_tagged_with_its_own_language():
    tree = list(elements(paper.agreements([samples.agreements("pl")], title="Afspraken")))
    languages = {lang for _, kind, lang, *_ in tree if kind in {"/TD", "/P", "/Span", "/Div"}}
    assert {"ar", "pl"} <= languages


def test_a_family_never_begins_on_the_back_of_another():
    pdf = paper.agreements([samples.agreements("nl"), samples.agreements("uk")], title="Afspraken")
    assert page_count(pdf) == 4
    assert read(pdf, 1) == ""
    assert "Українська" not in read(pdf, 0)
    assert bare(samples.WORDS["agreed"]["uk"]) in read(pdf, 2)


def test_one_family_gets_no_empty_page():
    assert page_count(paper.agreements([samples.agreements("nl")], title="Afspraken")) == 1


def test_many_agreements_flow_on_and_repeat_the_heading():
    pdf = paper.agreements(
        [samples.agreements("nl", rows=(LONG,) * 20, demonstration=True)], title="Afspraken"
    )
    assert page_count(pdf) >= 2
    assert bare("Vóór") in read(pdf, 1)
    assert sum(read(pdf, page).count("Samira") for page in range(page_count(pdf))) >= 20
    assert "DEMONSTRATIE" in seen_text(pdf, 0)
