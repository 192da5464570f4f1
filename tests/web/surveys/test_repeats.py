"""Answers in repeats: each under the id of its instance, which stays; added and taken away, nothing lost."""

import datetime as dt
import json

import pytest
from tests.web import factories
from tests.web.surveys.conftest import NOW, TODAY, seat_of

from driegesprek.instruments import read_tables
from driegesprek.web.surveys.domain import answers, reading, rounds, sheets, versions
from driegesprek.web.surveys.domain.instances import MOST, changed, used
from driegesprek.web.surveys.enums import Voice
from driegesprek.web.surveys.models import Answer, OverwrittenAnswer, Response

FORM = {
    "survey": [
        {"type": "text", "name": "street", "label::nl": "Straat?"},
        {"type": "begin_repeat", "name": "child", "label::nl": "Kind"},
        {"type": "text", "name": "name", "label::nl": "Hoe heet uw kind?"},
        {"type": "integer", "name": "age", "label::nl": "Hoe oud is ${name}?"},
        {"type": "begin_repeat", "name": "toy", "label::nl": "Speelgoed"},
        {"type": "text", "name": "thing", "label::nl": "Wat?"},
        {"type": "end_repeat"},
        {"type": "end_repeat"},
        {
            "type": "rank colours",
            "name": "order",
            "label::nl": "Zet op volgorde",
            "parameters": "randomize=true",
        },
        {
            "type": "text",
            "name": "said",
            "label::nl": "Zegt",
            "calculation": "${street}",
            "trigger": "${street}",
        },
    ],
    "choices": [
        {"list_name": "colours", "name": one, "label::nl": one.title()} for one in ("rood", "wit", "blauw")
    ],
    "settings": [{"default_language": "nl"}],
}


@pytest.fixture
def seat(db):
    version = versions.store(factories.make_school(), "family", read_tables(FORM, name="family"))
    activity = factories.make_activity(
        version.school,
        [factories.make_class(version.school)],
        opens_on=TODAY - dt.timedelta(days=7),
        closes_on=TODAY,
    )
    row = rounds.start(
        activity,
        voices={"adult": version},
        opens_on=activity.opens_on,
        closes_on=activity.closes_on,
        title={"nl": "Thuis"},
    )
    return seat_of(row, "somebody", Voice.ADULT)


def save(seat, values, minutes=0):
    now = NOW + dt.timedelta(minutes=minutes)
    return answers.save(seat, values, revision=99, now=now, context={}, language="nl")


def stored(seat):
    return {path: (one.value, str(one.status)) for path, one in sheets.read(seat).answers.items()}


def test_an_answer_stands_under_its_question_and_the_ids_of_its_instances(seat):
    save(seat, {"/child[1]/name": "Ada", "/child[1]/toy[1]/thing": "bal"})
    rows = set(Answer.objects.values_list("question", "path", "value"))
    assert rows == {("/child/name", "1", "Ada"), ("/child/toy/thing", "1/1", "bal")}
    assert set(stored(seat)) == {"/child[1]/name", "/child[1]/toy[1]/thing"}


def test_instances_are_added_and_taken_away_and_nothing_is_lost(seat):
    save(seat, {"/child[1]/name": "Ada"})
    saved = save(seat, {"/child": "add"})
    assert saved.play.instances["/child"] == ("/child[1]", "/child[2]")
    save(seat, {"/child[2]/name": "Bo"})
    saved = save(seat, {"/child": "remove:1"})
    assert saved.play.answers == {"/child[2]/name": "Bo"}
    assert stored(seat)["/child[1]/name"] == ("Ada", "irrelevant")
    assert save(seat, {"/child": "add"}).play.instances["/child"] == ("/child[2]", "/child[3]")
    assert OverwrittenAnswer.objects.filter(question="/child").count() == 2


def test_two_people_who_add_at_the_same_time_add_two(seat):
    first, second = save(seat, {"/child": "add"}), save(seat, {"/child": "add"})
    assert (len(first.play.instances["/child"]), len(second.play.instances["/child"])) == (2, 3)


def test_an_instance_of_a_repeat_that_does_not_apply_is_not_made(seat):
    saved = save(seat, {"/child[7]/toy": "add"})
    assert not saved.changed


def test_what_is_typed_in_an_instance_that_was_taken_away_meanwhile_is_kept(seat):
    save(seat, {"/child": "add"})
    save(seat, {"/child": "remove:2"})
    saved = save(seat, {"/child[2]/name": "Bo"})
    assert stored(seat)["/child[2]/name"] == ("Bo", "irrelevant")
    assert saved.play.instances["/child"] == ("/child[1]",)


def test_an_instance_that_was_never_made_is_not_made_by_an_answer(seat):
    save(seat, {"/child[8]/name": "Ida"})
    assert stored(seat) == {}


def test_labels_and_answers_are_read_in_their_instance(seat):
    save(seat, {"/child[1]/name": "Ada", "/child[1]/age": "9", "/order": ["wit", "rood", "blauw"]})
    save(seat, {"/child": "add"})
    save(seat, {"/child[2]/name": "Bo", "/child[2]/age": 5})
    ((_, lines),) = reading.lines_of(Response.objects.all(), context={})
    assert [(line.question, line.answer) for line in lines][:4] == [
        ("Hoe heet uw kind?", "Ada"),
        ("Hoe oud is Ada?", "9"),
        ("Hoe heet uw kind?", "Bo"),
        ("Hoe oud is Bo?", "5"),
    ]
    assert lines[-1].answer == "Wit, Rood, Blauw"


def test_the_order_of_choices_is_the_same_on_every_screen(seat):
    before = sheets.read(seat).play({}, now=NOW).choices["/order"]
    save(seat, {"/street": "Kade"})
    assert sheets.read(seat).play({}, now=NOW).choices["/order"] == before


def test_a_trigger_fills_in_anew_and_keeps_what_a_person_made_of_it(seat):
    save(seat, {"/street": "Kade"})
    assert stored(seat)["/said"] == ("Kade", "given")
    save(seat, {"/said": "op de Kade"})
    save(seat, {"/child[1]/name": "Ada"})
    assert stored(seat)["/said"] == ("op de Kade", "given")
    save(seat, {"/street": "Plein"})
    assert stored(seat)["/said"] == ("Plein", "given")
    assert list(OverwrittenAnswer.objects.filter(question="/said").values_list("value", flat=True)) == [
        "Kade",
        "op de Kade",
    ]


def test_what_is_handed_in_holds_the_instances(seat):
    save(seat, {"/child[1]/name": "Ada"})
    save(seat, {"/child": "done"})
    answers.submit(seat, now=NOW, context={})
    document = json.loads(Response.objects.get().document)
    assert document["answers"]["/child"] == {"status": "given", "value": ["1"]}
    assert document["answers"]["/child[1]/name"]["value"] == "Ada"
    assert "/child[1]/age" in document["asked"]


def test_ids_are_never_used_again():
    assert changed(["1", "3"], "add", used={"4"}) == ["1", "3", "5"]
    assert changed(["1", "3"], "remove:1", used=()) == ["3"]
    assert changed([], "add", used={"a", "b1"}) == ["1"]
    assert changed(["1"], "done", used=()) == ["1"]
    assert len(changed([str(one) for one in range(MOST)], "add", used=())) == MOST
    assert used("/child", ["/child[2]/name", "/child[a]/toy[1]/thing", "/childish", "/x"]) == {"2", "a"}
