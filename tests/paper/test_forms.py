"""A questionnaire on paper: tagged, in the reader's direction, with pictures, no question torn apart."""

import io
import sys

import pytest
from PIL import Image
from tests.paper.reading import bare, characters, elements, image, page_count, read, reader

from driegesprek import paper
from driegesprek.paper import Ask, Form, Line, Option

module = sys.modules["driegesprek.paper.forms"]  # the package has a function of that name


def picture(colour=(200, 0, 0)):
    written = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(written, "PNG")
    return paper.framed(written.getvalue(), "image/png", 60, 40)


def choice(text="Ja", dutch=None, drawn=""):
    return Option(Line(text, dutch), drawn)


def a_form(*asks, language="nl", direction="ltr", title="Samen eten", **more):
    return Form(
        language=language,
        direction=direction,
        school="De Brug",
        title=Line(title),
        intro=(),
        asks=asks,
        **more,
    )


def ask(number, *options, text="Eet je mee?", **more):
    return Ask(
        label=Line(text),
        number=str(number),
        answered="one",
        options=options,
        columns=max(1, len(options)),
        **more,
    )


def test_words_numbers_and_conditions_are_there():
    only = Line("Alleen als bij vraag 1 Ja staat.")
    pdf = paper.forms(
        a_form(ask(1, choice(), choice("Nee")), ask(2, text="Wat dan?", only_if=only, lines=2)),
        title="Eten",
    )
    text = read(pdf, 0)
    for words in ("Samen eten", "De Brug", "Eet je mee?", "Ja", "Nee", "Alleen als bij vraag 1", "1 / 1"):
        assert bare(words) in text
    assert reader(pdf).trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert [kind for _, kind, *_ in elements(pdf)].count("/H2") == 2


def test_a_picture_of_pixels_is_printed_beside_its_word():
    pdf = paper.forms(a_form(ask(1, choice("Soep", drawn=picture()), choice("Rijst"))), title="Eten")
    colours = image(pdf, 0, dpi=40).convert("RGB").getcolors(100_000)
    assert sum(n for n, (r, g, b) in colours if r > 180 and g < 40 and b < 40) > 100
    assert bare("Soep") in read(pdf, 0)


def test_from_right_to_left_the_number_stands_at_the_right():
    pdf = paper.forms(
        a_form(ask(7, choice("نعم", "Ja"), text="هل تأكل معنا؟"), language="ar", direction="rtl"), title="x"
    )
    places = {letter: x for letter, x, _y, _size in characters(pdf, 0)}
    assert places["7"] > 500 > places["J"]


def test_no_question_is_torn_over_two_pages():
    options = tuple(choice(f"Antwoord {n}") for n in range(9))
    pdf = paper.forms(
        a_form(*(Ask(label=Line(f"Vraag {n}?"), number=str(n), options=options) for n in range(12))),
        title="x",
    )
    assert page_count(pdf) > 1
    for page in range(page_count(pdf)):
        text = read(pdf, page)
        assert text.count("Antwoord0") == text.count("Antwoord8") == text.count("Vraag")


def test_many_pictures_flow_on_over_pages():
    options = tuple(choice(f"Keuze {n}", drawn=picture()) for n in range(40))
    pdf = paper.forms(a_form(Ask(label=Line("Wat?"), number="1", options=options, columns=4)), title="x")
    assert page_count(pdf) > 1
    assert sum(read(pdf, page).count("Keuze") for page in range(page_count(pdf))) == 40


def test_a_long_form_is_printed_in_parts_that_each_begin_with_its_title(monkeypatch):
    monkeypatch.setattr(module, "MOST", 20)
    asks = []
    for n in range(6):
        asks += [Ask(label=Line(f"Deel {n}"), heading=True), ask(n + 1, *[choice()] * 6, text=f"Vraag {n}?")]
    pdf = paper.forms(a_form(*asks, title="Lang"), title="x")
    pages = [read(pdf, page) for page in range(page_count(pdf))]
    assert len(pages) == 3
    assert all(page.count("Lang") >= 1 for page in pages)
    assert [page.count("Vraag") for page in pages] == [2, 2, 2]
    assert [page.count("Deel") for page in pages] == [2, 2, 2], "a heading stands with its question"
    assert "2·1/1" in pages[1]


def test_without_a_title_it_is_refused():
    with pytest.raises(ValueError, match="title"):
        paper.forms(a_form(ask(1), title=" "), title="x")
