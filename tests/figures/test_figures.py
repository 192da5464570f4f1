"""What holds for every figure: safe and well-formed SVG, in words, as a table, nothing outside."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from driegesprek.figures import (
    BarRow,
    CoverageCell,
    CoverageRow,
    ForestRow,
    LikertRow,
    SlopeRow,
    StripActivity,
    Tone,
    bars,
    coverage,
    forest,
    likert,
    slopes,
    strip,
)
from driegesprek.figures.words import decimal

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script>\"'&]]>\x00\ud800\u202e {n} %s"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 2
LABELS = ["helemaal niet", "een beetje", "gaat wel", "best veel", "heel veel"]
MONTHS = ["sep", "okt", "nov", "dec", "jan", "feb", "mrt", "apr", "mei", "jun"]


def every_figure(text, language="nl", direction="ltr"):
    """One of each kind, with this text in every place where a person can put one."""
    options = {"title": text, "language": language, "direction": direction}
    yield likert(
        [
            LikertRow(text, 118, (8, 17, 25, 33, 17)),
            LikertRow(text, None),
            LikertRow(text, 40, (None, None, 30, 40, None)),
            LikertRow(text, 0),
        ],
        labels=[text, *LABELS[1:]],
        top=2,
        **options,
    )
    yield bars(
        [BarRow(text, 50, 42.0, 29.4, 55.8), BarRow("a", 3, 100.0), BarRow("b", None, None)], **options
    )
    yield strip(
        [text, *MONTHS[1:]],
        [StripActivity(text, 0, 0), StripActivity(text, 2, 6, Tone.SUN), StripActivity(text, 9, 9, Tone.SKY)],
        now=2,
        **options,
    )
    yield coverage(
        [
            CoverageRow(text, (CoverageCell(19, 23), CoverageCell(text=text), CoverageCell())),
            CoverageRow("2B", (CoverageCell(0, 24), CoverageCell(attention=True), CoverageCell(14))),
        ],
        activities=[text, "gesprek", "afspraken"],
        **options,
    )
    yield forest(
        [ForestRow(text, 0.42, -0.1, 0.94, 118), ForestRow("b", -1.5), ForestRow(text, None, n=3)], **options
    )
    yield slopes(
        [SlopeRow(text, 118, 3.1, 3.6), SlopeRow("b", None, 5, 1), SlopeRow(text, 4, None, None)],
        least=1,
        most=5,
        **options,
    )


def trees(text, **options):
    for figure in every_figure(text, **options):
        for svg in (figure.svg, figure.narrow):
            yield etree.fromstring(svg)


def box(tree):
    left, top, width, height = map(float, tree.get("viewBox").split())
    return left, top, left + width, top + height


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize(
    "text", ["Mijn ouder praat met mij", HOSTILE, LONG, "", "هل تعرف ما يكفي؟", "日本語の質問"]
)
def test_nothing_lies_outside_the_view(text, direction):
    for tree in trees(text, direction=direction):
        left, top, right, bottom = box(tree)
        for rect in tree.iter(SVG + "rect"):
            x, y, width, height = (float(rect.get(name)) for name in ("x", "y", "width", "height"))
            assert left <= x
            assert x + width <= right + 0.01
            assert width >= 0
            assert top <= y
            assert y + height <= bottom
        for line in tree.iter(SVG + "line"):
            assert all(left <= float(line.get(end)) <= right for end in ("x1", "x2"))
            assert all(top <= float(line.get(end)) <= bottom for end in ("y1", "y2"))
        for stripe in re.findall(
            r"M(\S+) (\S+)V([^M]+)", "".join(one.get("d") for one in tree.iter(SVG + "path"))
        ):
            assert left <= float(stripe[0]) <= right
            assert all(top <= float(end) <= bottom for end in stripe[1:])
        for letters in tree.iter(SVG + "text"):
            assert left <= float(letters.get("x")) <= right
            assert top + 8 <= float(letters.get("y")) <= bottom


@pytest.mark.parametrize("text", ["Vraag", HOSTILE])
def test_a_strict_content_security_policy_is_kept(text):
    for tree in trees(text):
        names = {etree.QName(node).localname for node in tree.iter()}
        assert names <= {"svg", "title", "desc", "rect", "line", "path", "text"}
        attributes = {name for node in tree.iter() for name in node.attrib}
        assert not [name for name in attributes if name == "style" or name.startswith(("on", "{", "href"))]


def test_hostile_texts_are_shown_as_texts():
    for figure in every_figure(HOSTILE):
        assert "<script" not in figure.svg + figure.narrow
        assert "&lt;script&gt;alert(1)" in figure.svg
        assert (
            etree.fromstring(figure.svg)
            .find(SVG + "title")
            .text.startswith("<script>alert(1)</script>\"'&]]>")
        )


@given(st.text(max_size=60))
@settings(max_examples=40)
def test_any_text_gives_well_formed_svg_of_finite_size(text):
    for tree in trees(text):
        assert box(tree)[3] < 5000


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_each_is_an_image_with_name_and_description(direction):
    for tree in trees("Weet u genoeg?", direction=direction):
        assert tree.get("role") == "img"
        assert tree.get("aria-label") == tree.find(SVG + "title").text == "Weet u genoeg?"
        assert tree[0].tag == SVG + "title"
        assert tree.find(SVG + "desc").text.startswith("Weet u genoeg? ")
        assert (tree.get("direction"), tree.get("lang")) == (direction, "nl")


def test_the_words_hold_every_number_of_the_table():
    for figure in every_figure("Vraag"):
        for number in re.findall(r"\d+%?", " ".join(cell for row in figure.table.rows for cell in row)):
            assert number in figure.alternative


def test_every_number_in_the_picture_stands_in_the_table_or_in_the_words():
    for figure in every_figure("Vraag"):
        for svg in (figure.svg, figure.narrow):
            texts = etree.fromstring(svg).iter(SVG + "text")
            shown = " ".join(t.text for t in texts if t.get("class") != "figure-ruler")
            assert set(re.findall(r"\d+", shown)) <= set(re.findall(r"\d+", figure.alternative))


def test_tables_are_rectangular():
    for figure in every_figure("Vraag"):
        assert {len(row) for row in figure.table.rows} == {len(figure.table.headings)}


def test_right_to_left_mirrors_the_picture():
    for ltr, rtl in zip(trees("Vraag"), trees("Vraag", direction="rtl"), strict=True):
        width = box(ltr)[2] - 2
        there = [float(r.get("x")) + float(r.get("width")) for r in ltr.iter(SVG + "rect")]
        back = [float(r.get("x")) for r in rtl.iter(SVG + "rect")]
        assert back == pytest.approx([width - end for end in there], abs=0.02)


def test_the_narrow_one_fits_a_phone_of_320_px_with_letters_of_full_size():
    for figure in every_figure("Vraag"):
        tree = etree.fromstring(figure.narrow)
        left, _, right, _ = box(tree)
        assert right - left == float(tree.get("width")) <= 320 - 2 * 16
        assert all(float(t.get("font-size")) >= 11 for t in tree.iter(SVG + "text"))


@pytest.mark.parametrize("language", ["nl", "en", "tr", "ar", "pl", "uk", "pt-BR", "tig", ""])
def test_every_language_gives_figures(language):
    assert len([figure.alternative for figure in every_figure("Vraag", language=language)]) == 6


def test_the_same_input_gives_the_same_bytes():
    assert list(every_figure("Vraag")) == list(every_figure("Vraag"))


def test_what_was_written_before_does_not_change_what_is_written_now():
    assert [decimal(value, "nl") for value in (0.0, -0.0, 0.0)] == ["0,00", "-0,00", "0,00"]
