"""By a typed code a repeat can be added to; what was there before is not shown, not counted and not taken away."""

import datetime as dt
from urllib.parse import unquote

import pytest
from tests.web.family.conftest import hidden
from tests.web.surveys import rounding

from driegesprek.instruments import read_tables
from driegesprek.web.surveys.domain import versions
from driegesprek.web.surveys.models import Answer, OverwrittenAnswer, Response

pytestmark = pytest.mark.django_db
NL = "label::nl"
FORM = {
    "survey": [
        {"type": "begin_repeat", "name": "child", NL: "Kind"},
        {"type": "text", "name": "first", NL: "Hoe heet uw kind?"},
        {"type": "integer", "name": "age", NL: "Hoe oud is ${first}?"},
        {"type": "end_repeat"},
        {"type": "text", "name": "more", NL: "U heeft ${number} kinderen. Nog iets?"},
        {"type": "calculate", "name": "number", "calculation": "count(${child})"},
    ],
    "settings": [{"form_title": "Kinderen", "default_language": "nl"}],
}


class Home:
    """The adult answered about Ada by the link; an hour later somebody types the code on another phone."""

    def __init__(self, phone, other_phone):
        of = rounding.make_school({"2A": 1})
        of.version = versions.store(of.school, "own-children", read_tables(FORM, name="children"))
        self.row = rounding.make_round(of, voices=("adult",))
        (bond,) = of.bonds.values()
        self.door = rounding.door_of(bond)
        rounding.begin(phone, self.door, self.row)
        phone.answer(self.at("child[1]", "first"), "Ada")
        phone.answer(self.at("child[1]", "age"), "9")
        self.deed(phone, "done")
        Answer.objects.update(saved_at=Answer.objects.first().saved_at - dt.timedelta(hours=1))
        self.phone = other_phone
        assert other_phone.type_code(self.door).status_code == 303

    def at(self, *question):
        return rounding.at(self.door, self.row, "opdracht", *question)

    def page(self, *question):
        response = self.phone.get(self.at(*question))
        assert response.status_code == 200, response.headers.get("Location")
        return response.content.decode()

    def deed(self, phone, what):
        revision = hidden(phone.get(self.at("child")), "revision")
        return phone.post(self.at("child"), {"go": what, "revision": revision})

    def children(self):
        return Answer.objects.get(question="/child").value


@pytest.fixture
def home(phone, other_phone):
    return Home(phone, other_phone)


def test_the_way_on_leads_to_the_repeat_where_nothing_of_before_is_shown(home):
    start = home.phone.get(rounding.at(home.door, home.row)).content.decode()
    assert home.at("child") in start
    page = home.page("child")
    assert "Ada" not in page
    assert "remove:" not in page
    assert "Kind 1" not in page


def test_another_one_is_added_beside_what_was_there(home):
    added = home.deed(home.phone, "add")
    assert unquote(added.headers["Location"]) == home.at("child[2]", "first")
    page = home.page("child[2]", "first")
    assert "Kind 1" in page  # the first of this person, who does not hear that there are others
    home.phone.answer(home.at("child[2]", "first"), "Bo")
    assert "Hoe oud is Bo?" in home.page("child[2]", "age")
    home.phone.answer(home.at("child[2]", "age"), "12")
    listed = home.page("child")
    assert "Bo" in listed
    assert "Ada" not in listed
    home.deed(home.phone, "done")
    assert "U heeft 1 kinderen" in home.page("more")
    assert home.children() == ["1", "2"]
    assert {one.value for one in Answer.objects.filter(question="/child/first")} == {"Ada", "Bo"}


def test_only_ones_own_is_taken_away(home):
    home.deed(home.phone, "remove:1")
    assert home.children() == ["1"]
    home.deed(home.phone, "add")
    home.phone.answer(home.at("child[2]", "first"), "Bo")
    home.deed(home.phone, "remove:1")
    assert home.children() == ["1", "2"]
    home.deed(home.phone, "remove:2")
    assert home.children() == ["1"]


def test_who_says_that_there_are_no_more_is_not_asked_again(home):
    home.deed(home.phone, "done")
    start = home.phone.get(rounding.at(home.door, home.row)).content.decode()
    assert home.at("child") not in start
    assert home.at("more") in start
    assert OverwrittenAnswer.objects.filter(question="/child").exists()


def test_an_answer_in_an_instance_of_before_is_kept_beside_and_does_not_count(home):
    home.phone.post(home.at("child[1]", "first"), {"answer": "Zed", "go": "next", "revision": "9"})
    assert Answer.objects.get(question="/child/first").value == "Ada"
    assert OverwrittenAnswer.objects.get(question="/child/first").value == "Zed"
    assert home.phone.get(home.at("child[1]", "first")).status_code == 302
    assert Response.objects.count() == 1


def test_by_the_link_both_are_there(home, phone):
    home.deed(home.phone, "add")
    home.phone.answer(home.at("child[2]", "first"), "Bo")
    page = phone.get(home.at("child")).content.decode()
    assert "Ada" in page
    assert "Bo" in page
