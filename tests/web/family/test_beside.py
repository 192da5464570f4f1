"""Appearances likert, columns, columns-pack, no-buttons and grids: beside each other where it fits, else the plain list."""

import os

import pytest
from tests import browsers
from tests.web.family import browsing
from tests.web.surveys import rounding

from driegesprek.content import Text
from driegesprek.instruments import read_tables
from driegesprek.web.family.layout import classes
from driegesprek.web.surveys.domain import versions
from driegesprek.web.surveys.models import Answer

NL, AR = "label::nl", "label::ar"
AGREE = {
    "1": ("helemaal oneens", "لا أوافق إطلاقا"),
    "2": ("oneens", "لا أوافق"),
    "3": ("niet eens, niet oneens", "محايد"),
    "4": ("eens", "أوافق"),
    "5": ("helemaal eens", "أوافق تماما"),
}
DAYS = {
    "ma": ("maandag", "الاثنين"),
    "di": ("dinsdag", "الثلاثاء"),
    "wo": ("woensdag", "الأربعاء"),
    "do": ("donderdag", "الخميس"),
    "vr": ("vrijdag", "الجمعة"),
}
FORM = {
    "survey": [
        {"type": "select_one agree", "name": "scale", NL: "Ik weet wat een profiel is", AR: "أعرف", "appearance": "likert"},
        {"type": "select_multiple days", "name": "three", NL: "Welke dagen?", AR: "أي يوم؟", "appearance": "columns-3"},
        {"type": "select_one days", "name": "packed", NL: "Welke dag?", AR: "أي يوم؟", "appearance": "columns-pack"},
        {"type": "select_one days", "name": "bare", NL: "Welke dag dan?", AR: "أي يوم؟", "appearance": "columns no-buttons"},
        {"type": "begin_group", "name": "school", NL: "Over school", AR: "عن المدرسة", "appearance": "field-list"},
        {"type": "select_one agree", "name": "head", NL: "Hoe tevreden over", AR: "ما مدى رضاكم عن", "appearance": "label"},
        {"type": "select_one agree", "name": "talk", NL: "het gesprek", AR: "المحادثة", "appearance": "list-nolabel"},
        {"type": "end_group"},
        {"type": "select_one days", "name": "plain", NL: "Gewoon?", AR: "عادي؟"},
    ],
    "choices": [
        {"list_name": name, "name": code, NL: nl, AR: ar}
        for name, words in (("agree", AGREE), ("days", DAYS))
        for code, (nl, ar) in words.items()
    ],
    "settings": [{"form_title": "Naast elkaar", "default_language": "nl"}],
}  # fmt: skip


def texts(*words, dutch=None):
    return [Text(one, "nl", "ltr", "original", dutch) for one in words]


@pytest.mark.parametrize(
    ("wanted", "labels", "found"),
    [
        ({"likert"}, ("ja", "nee"), "likert fit-12"),
        ({"likert"}, ("helemaal oneens", "oneens", "eens", "helemaal eens"), "likert fit-21"),
        ({"likert"}, ("verantwoordelijkheidsgevoel",) * 5, ""),
        ({"likert"}, ("een zin die te lang is om naast andere te staan, ook als die zelf kort zijn zoals deze",) * 5, ""),
        ({"columns"}, ("maandag",), "columns wide-5"),
        ({"columns-2"}, ("maandag",), "columns wide-5 of-2"),
        ({"columns-99"}, ("maandag",), "columns wide-5 of-10"),
        ({"columns-pack", "no-buttons"}, ("maandag",), "pack bare"),
        ({"no-buttons"}, ("maandag",), "bare"),
        ({"minimal"}, ("maandag",), ""),
        ({"likert"}, (), "likert fit-12"),
    ],
)  # fmt: skip
def test_what_the_words_need_decides(wanted, labels, found):
    assert classes(frozenset(wanted), texts(*labels), pictured=False) == found


def test_the_dutch_beneath_counts_as_well():
    assert (
        classes(frozenset({"columns"}), texts("نعم", dutch="maandagmorgen"), pictured=False)
        == "columns wide-8"
    )


@pytest.fixture
def round_(db):
    of = rounding.make_school({"2A": 1})
    of.version = versions.store(of.school, "own-beside", read_tables(FORM, name="beside"))
    row = rounding.make_round(of, voices=("adult",))
    (bond,) = of.bonds.values()
    return bond, row, rounding.door_of(bond)


@pytest.mark.django_db
def test_only_a_question_that_asks_for_it_loads_the_style_sheet(round_, phone):
    _bond, row, door = round_
    rounding.begin(phone, door, row)
    pages = {
        name: phone.get(rounding.at(door, row, "opdracht", *name.split("/"))).content.decode()
        for name in ("scale", "school/talk", "plain")
    }
    assert [name for name, page in pages.items() if "beside" in page] == ["scale", "school/talk"]
    assert all(page.count('type="radio"') == 5 for page in pages.values())
    above = pages["school/talk"].partition("<h1")[0]
    assert above.index("Over school") < above.index("Hoe tevreden over"), "the row of a grid has its heading"


def tops(page):
    return page.locator(".option").evaluate_all(
        "(all) => all.map((one) => Math.round(one.getBoundingClientRect().top))"
    )


def lines(page):
    """In how many rows the answers stand."""
    return len(set(tops(page)))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(browsers.CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.skipif(not browsers.AXE.is_file(), reason="axe-core is absent: `npm ci` brings it")
@pytest.mark.parametrize("language", [pytest.param("nl", marks=pytest.mark.only_long), "ar"])
def test_beside_each_other_where_it_fits_and_a_list_where_it_does_not(live_server, round_, language):
    bond, row, door = round_
    bond.adult.language = language
    bond.adult.save()
    found, wrong = {}, []
    with browsers.chromium() as browser:
        page = browsing.new_page(browser, live_server)
        browsing.enter(page, door)
        page.goto(rounding.at(door, row))
        with browsing.another_page(page):
            page.locator("main button.btn:not(.aloud)").click()
        for name in ("three", "packed", "bare", "scale"):
            page.goto(rounding.at(door, row, "opdracht", name))
            assert page.locator("html").get_attribute("lang") == language
            wrong += [(name, one) for one in browsers.violations(page)] if name in {"bare", "scale"} else []
            for width in (320, 800):
                page.set_viewport_size({"width": width, "height": 700})
                found[name, width] = lines(page)
                wrong += [(name, width)] if browsers.sideways(page) > 0 or _overflows(page) else []
                _shoot(page, f"beside-{language}-{name}-{width}")
        _by_keyboard(page)
        _large_text(page)
        page.locator("button.btn[value=next]").click()
        page.wait_for_url("**/three/")
        assert page.complaints == []
    assert wrong == []
    assert (found["scale", 800], found["scale", 320]) == (1, 5)
    assert found["three", 800] == 2, "three in a row and the other two"
    assert Answer.objects.get(question="/scale").value == "2"


def _overflows(page):
    """Whether a card is wider than its place."""
    return page.locator(".option").evaluate_all(
        "(all) => all.some((one) => one.scrollWidth > one.clientWidth + 1)"
    )


def _shoot(page, name):
    if shots := os.environ.get("DRIEGESPREK_SHOTS"):
        page.screenshot(path=f"{shots}/{name}.png", full_page=True)


def _by_keyboard(page):
    """The points are the browser's own radio buttons: arrows choose, one tab stop."""
    page.locator("#answer-1").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("input:checked").get_attribute("value") == "2"


def _large_text(page):
    """At twice the text a row that does not fit any more is a list, and nothing scrolls sideways."""
    page.locator(":root").evaluate("(root) => { root.style.fontSize = '225%'; }")
    assert lines(page) == 5
    assert browsers.sideways(page) <= 0
    _shoot(page, "beside-large")
