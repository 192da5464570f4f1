"""Scales, ranks, times, lists to pick from and repeats on a page without JavaScript."""

import re

import pytest
from tests import browsers
from tests.web.family import browsing
from tests.web.surveys import rounding

from driegesprek.instruments import read_tables
from driegesprek.web.access.domain import doors
from driegesprek.web.surveys.domain import versions
from driegesprek.web.surveys.models import Answer

pytestmark = pytest.mark.django_db
NL, AR = "label::nl", "label::ar"
FORM = {
    "survey": [
        {"type": "range", "name": "mark", NL: "Cijfer", AR: "العلامة", "parameters": "start=1 end=5 tick_labelset=ends"},
        {"type": "range", "name": "many", NL: "Hoeveel?", AR: "كم؟", "parameters": "start=0 end=100 step=5"},
        {"type": "rank colours", "name": "order", NL: "Zet op volgorde", AR: "رتبوا", "parameters": "randomize=true"},
        {"type": "time", "name": "hour", NL: "Hoe laat?", AR: "متى؟"},
        {"type": "datetime", "name": "moment", NL: "Wanneer?", AR: "متى؟"},
        {"type": "select_one colours", "name": "pick", NL: "Kies een kleur", AR: "اختاروا", "appearance": "minimal"},
        {"type": "select_one colours or_other", "name": "best", NL: "Mooiste?", AR: "الأجمل؟", "appearance": "likert"},
        {"type": "begin_repeat", "name": "child", NL: "Kind", AR: "طفل"},
        {"type": "text", "name": "first", NL: "Hoe heet uw kind?", AR: "ما اسم الطفل؟"},
        {"type": "integer", "name": "age", NL: "Hoe oud is ${first}?", AR: "كم عمر ${first}؟", "constraint": ". < 30"},
        {"type": "end_repeat"},
        {"type": "select_one ${first}", "name": "who", NL: "Wie eerst?", AR: "من أولًا؟"},
        {"type": "note", "name": "sum", NL: "Samen ${years} jaar", AR: "${years}"},
        {"type": "calculate", "name": "years", "calculation": "sum(${age})"},
    ],
    "choices": [
        *({"list_name": "colours", "name": name, NL: name.title(), AR: name} for name in ("rood", "wit", "blauw")),
        {"list_name": "ends", "name": "1", NL: "laag", AR: "منخفض"},
        {"list_name": "ends", "name": "5", NL: "hoog", AR: "مرتفع"},
    ],
    "settings": [{"form_title": "Van alles", "default_language": "nl"}],
}  # fmt: skip


class Walk:
    """A parent on a phone, in a survey round with this form."""

    def __init__(self, phone):
        of = rounding.make_school()
        of.version = versions.store(of.school, "own-everything", read_tables(FORM, name="everything"))
        self.row = rounding.make_round(of, voices=("adult",))
        self.door = rounding.door_of(of.bonds[of.pupils["2A"][0].pk])
        self.phone = phone
        rounding.begin(phone, self.door, self.row)

    def at(self, question):
        return rounding.at(self.door, self.row, "opdracht", *question.split("/"))

    def page(self, question):
        return self.phone.get(self.at(question)).content.decode()

    def answer(self, question, answer="", **more):
        """Where the answer leads, or the page that says why it cannot be used."""
        found = self.phone.answer(self.at(question), answer, **more)
        return found.headers.get("Location", "") or found.content.decode()


@pytest.fixture
def walk(db, phone):
    return Walk(phone)


def stored():
    return {(one.question, one.path): one.value for one in Answer.objects.all()}


def test_a_short_scale_is_picked_and_shows_the_words_of_its_ends(walk):
    page = walk.page("mark")
    assert page.count('type="radio"') == 5
    assert "1 · laag" in page
    assert "5 · hoog" in page
    assert walk.answer("mark", "4").endswith("/many/")
    assert 'value="4" checked' in walk.page("mark")
    assert stored()["/mark", ""] == 4


def test_a_long_scale_is_typed_and_its_bounds_are_told(walk):
    page = walk.page("many")
    assert "Van 0 tot en met 100." in page
    assert 'type="radio"' not in page
    assert "schaal staat" in walk.answer("many", "7")
    assert walk.answer("many", "35").endswith("/order/")


def test_a_rank_gives_each_answer_a_number(walk):
    names = re.findall(r'name="place\.(\w+)"', walk.page("order"))
    assert sorted(names) == ["blauw", "rood", "wit"]
    assert names == re.findall(r'name="place\.(\w+)"', walk.page("order"))
    twice = walk.answer("order", **{"place.rood": "1", "place.wit": "1", "place.blauw": "2"})
    assert "eigen plaats" in twice
    assert twice.count('value="1" selected') == 2
    places = {"place.rood": "3", "place.wit": "1", "place.blauw": "2"}
    assert walk.answer("order", **places).endswith("/hour/")
    assert stored()["/order", ""] == ["wit", "blauw", "rood"]
    assert re.search(r'place\.rood".*?value="3" selected', walk.page("order"), re.DOTALL)


def test_an_empty_rank_is_skipped(walk):
    assert walk.answer("order").endswith("/hour/")
    assert stored()["/order", ""] is None


def test_times_and_moments_have_fields_of_their_own(walk):
    assert 'type="time"' in walk.page("hour")
    assert walk.answer("hour", "9.30").endswith("/moment/")
    assert 'value="09:30"' in walk.page("hour")
    assert 'type="datetime-local"' in walk.page("moment")
    walk.answer("moment", "2026-12-31T14:30")
    assert 'value="2026-12-31T14:30"' in walk.page("moment")
    assert stored()["/moment", ""] == "2026-12-31T14:30:00.000+01:00"
    assert "datum en een tijd" in walk.answer("moment", "31 februari")


def test_a_minimal_list_is_a_menu_and_other_asks_what(walk):
    assert "<select" in walk.page("pick")
    assert walk.answer("pick", "wit").endswith("/best/")
    assert 'value="wit" lang="nl" dir="ltr" selected' in walk.page("pick")
    assert "Anders" in walk.page("best")
    assert walk.answer("best", "other").endswith("/best_other/")
    assert walk.answer("best_other", "Paars").rstrip("/").endswith("first")


def _children(walk):
    walk.answer("child[1]/first", "Ada")
    walk.answer("child[1]/age", "9")


def test_another_is_added_and_answered_and_the_way_back_is_the_same(walk):
    _children(walk)
    page = walk.page("child")
    assert "Kind 1" in page
    assert "Ada" in page
    inside = walk.answer("child", go="add")
    assert inside.endswith("/child%5B2%5D/first/")
    walk.answer("child[2]/first", "Bo")
    assert "Hoe oud is Bo?" in walk.page("child[2]/age")
    assert "Kind 2" in walk.page("child[2]/age")
    assert walk.answer("child[2]/age", "5").endswith("/child/")
    assert walk.answer("child", go="next").endswith("/who/")
    assert walk.answer("who", go="back").endswith("/child/")
    assert walk.answer("child", go="back").endswith("/child%5B2%5D/age/")
    assert "Samen 14 jaar" in walk.page("sum")
    assert walk.page("who").count('type="radio"') == 2


def test_one_is_taken_away_and_its_answers_are_kept(walk):
    _children(walk)
    walk.answer("child", go="add")
    walk.answer("child[2]/first", "Bo")
    assert walk.answer("child", go="remove:1").endswith("/child/")
    assert "Ada" not in walk.page("child")
    assert walk.phone.get(walk.at("child[1]/first")).status_code == 302
    assert Answer.objects.get(question="/child/first", path="1").value == "Ada"
    walk.answer("child", go="remove:2")
    assert "Er staat nog niets." in walk.page("child")
    assert walk.answer("child", go="add").endswith("/child%5B3%5D/first/")


def test_an_instance_that_is_not_there_is_not_answered(walk):
    for path in ("child/first", "child[1]", "child[1][2]/first", "child[<b>]/first", "nobody[1]"):
        assert walk.phone.get(walk.at(path)).status_code == 404, path
        assert walk.phone.post(walk.at(path), {"answer": "x"}).status_code == 404, path
    assert walk.phone.get(walk.at("child[8]/first")).status_code == 302
    walk.phone.post(walk.at("child[8]/first"), {"answer": "Ida", "revision": "0"})
    assert "Ida" not in walk.page("child")
    assert "Kind 1" in walk.page("child")


def test_every_page_stays_small(walk):
    _children(walk)
    for question in ("mark", "order", "pick", "child", "child[1]/age"):
        assert len(walk.phone.get(walk.at(question)).content) < 60_000


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(browsers.CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.skipif(not browsers.AXE.is_file(), reason="axe-core is absent: `npm ci` brings it")
@pytest.mark.parametrize("language", [pytest.param("nl", marks=pytest.mark.only_long), "ar"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(live_server, phone, language):
    walk = Walk(phone)
    _children(walk)
    wrong = []
    with browsers.chromium() as browser:
        page = browsing.new_page(browser, live_server)
        page.goto(f"{doors.link_path(walk.door)}?taal={language}")
        page.locator("main .btn").first.click()
        page.wait_for_load_state()
        for question in ("mark", "many", "order", "hour", "moment", "pick", "child", "child[1]/age"):
            page.goto(walk.at(question))
            wrong += [(question, found) for found in browsers.violations(page)]
            wrong += [(question, "wider than the screen")] if browsers.sideways(page) > 0 else []
            assert page.locator("h1").count() == 1, question
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert wrong == []
