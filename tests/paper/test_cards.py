from dataclasses import replace

import pytest
from tests.paper import samples
from tests.paper.reading import bare, characters, elements, page_count, read, scanned

from driegesprek import paper


def printed(count, **changes):
    cards = (
        samples.card(samples.LANGUAGES[n % 6], n, pupil=f"Kind{n:02d} De Wit", **changes)
        for n in range(count)
    )
    return paper.cards(cards, title="Kaarten")


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (8, 1), (9, 2), (17, 3)])
def test_eight_cards_stand_on_a_page(count, pages):
    assert page_count(printed(count)) == pages


def test_each_card_has_its_own_code_and_name():
    pdf = printed(10)
    assert sorted(scanned(pdf, 0) + scanned(pdf, 1)) == [samples.door("nl", n).url for n in range(10)]
    text = read(pdf, 0) + read(pdf, 1)
    assert all(f"Kind{n:02d}DeWit" in text for n in range(10))


def test_cards_keep_their_place_over_batches():
    pdf = printed(170)
    assert page_count(pdf) == 22
    assert "Kind160DeWit" in read(pdf, 20)


def test_nasty_card_stays_within_its_cut():
    long = "Anna-Wilhelmina " * 8
    help_ = paper.Line("Een heel lange zin. " * 30, "Nog een keer. " * 30)
    card = replace(samples.card("uk"), pupil=long, title=paper.Line(long), help=help_, demonstration=True)
    pdf = paper.cards([card] * 8, title="Kaarten")
    assert page_count(pdf) == 1
    assert len(scanned(pdf, 0, dpi=300)) == 8
    middle = 105 / 25.4 * 72
    assert not [x for _, x, _, _ in characters(pdf, 0) if middle - 3 < x < middle + 3]


def test_demonstration_card_is_marked():
    assert read(printed(2, demonstration=True), 0).count("DEMONSTRATIE") == 2


def test_codes_have_an_alternative_text():
    figures = [alternative for _, kind, _, alternative, *_ in elements(printed(2)) if kind == "/Figure"]
    assert figures == [samples.WORDS["qr"]["nl"], samples.WORDS["qr"]["en"]]
    assert bare("K7PTM 4QXRD") in read(printed(1), 0)
