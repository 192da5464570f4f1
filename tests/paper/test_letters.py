import itertools

from tests.paper import samples
from tests.paper.reading import bare, characters, page_count, read, scanned

from driegesprek import paper


def test_letter_carries_its_words_and_its_code():
    pdf = paper.letters([samples.letter("pl")], title="Brieven")
    text = read(pdf, 0)
    assert page_count(pdf) == 1
    for words in (
        "Mevrouw F. El Idrissi",
        "1234 AB",
        "Samira wybiera w tym roku profil",
        "Z poważaniem",
        "K7PTM 4QXRD",
    ):
        assert bare(words) in text
    assert scanned(pdf, 0) == [samples.door("pl").url]


def test_address_stands_in_the_window_at_the_left_in_every_language():
    for language in ("nl", "ar"):
        letters = list(characters(paper.letters([samples.letter(language)], title="Brieven"), 0))
        postcode = [(x, y) for (a, x, y, _), (b, *_) in itertools.pairwise(letters) if a + b == "12"]
        x, y = postcode[0]
        assert 20 < x / 72 * 25.4 < 40
        assert 45 < 297 - y / 72 * 25.4 < 80


def test_letter_without_a_door_has_no_code():
    pdf = paper.letters([samples.letter("nl", door=None)], title="Brieven")
    assert scanned(pdf, 0) == []


def test_each_letter_begins_on_a_fresh_leaf_over_batches():
    pdf = paper.letters((samples.letter(samples.LANGUAGES[n % 6], n) for n in range(70)), title="Brieven")
    assert page_count(pdf) == 140
    assert scanned(pdf, 130) == [samples.door("nl", 65).url]


def test_a_long_letter_goes_on():
    paragraphs = (paper.Line("Een heel lange zin. " * 30),) * 12
    assert page_count(paper.letters([samples.letter("nl", paragraphs=paragraphs)], title="Brieven")) >= 2
