"""Ten kinds of work, the seven worlds among them, and what is done in them."""

import re
from collections import Counter

import pytest

from driegesprek import content
from driegesprek.content import worlds
from driegesprek.content.texts import sources

CODES = [language.code for language in content.LANGUAGES]


def test_the_seven_worlds_stand_beside_care_trade_and_green_and_none_comes_first():
    found = worlds.worlds()
    assert [one.key for one in found if not one.of_the_seven] == ["care", "green", "trade"]
    assert sum(one.of_the_seven for one in found) == 7
    assert not found[0].of_the_seven


def test_every_world_has_two_activities_and_they_take_turns():
    asked = [one.world for one in worlds.activities()]
    assert set(Counter(asked).values()) == {2}
    assert asked[:10] == asked[10:] == [one.key for one in worlds.worlds()]


def test_every_way_of_working_in_every_world_has_an_example_of_its_own():
    places = Counter((one.world, one.role) for one in worlds.jobs())
    assert set(places.values()) == {1}
    assert len(places) == len(worlds.worlds()) * len(worlds.roles())
    assert len({one.key for one in worlds.jobs()}) == len(places)


@pytest.mark.parametrize("code", CODES)
def test_all_of_it_has_words_that_differ(code):
    named = [*worlds.worlds(), *worlds.activities(), *worlds.jobs()]
    words = [content.text(one.text_key, code).text for one in named]
    assert len(set(words)) == len(words)
    assert worlds.worlds()[0].label(code).text in words
    assert all(content.text(f"worlds.role.{role}", code).text for role in worlds.roles())


def test_a_job_is_short_enough_for_a_list():
    for code in CODES:
        assert max(len(content.text(one.text_key, code).text) for one in worlds.jobs()) <= 36


@pytest.mark.parametrize("key", ["seven_worlds_pupil", "seven_worlds_adult"])
def test_no_title_or_screen_leads_with_technology(key):
    found = content.instrument(key)
    shown = [found.title, *(one.label["nl"] for one in found.questions.values() if one.kind.shown)]
    shown += [one.dutch for name, one in sources().items() if name.startswith(("worlds.", "opportunity."))]
    assert not [words for words in shown if re.search(r"\btechni(ek|sch)", words, re.IGNORECASE)]


def test_pupil_and_adult_answer_the_same_questions_with_the_same_answers():
    pupil, adult = (content.instrument(f"seven_worlds_{voice}").questions for voice in ("pupil", "adult"))
    assert list(pupil) == list(adult)
    for path, question in pupil.items():
        assert [one.name for one in question.choices] == [one.name for one in adult[path].choices]
        assert question.media == adult[path].media
    assert [path for path in pupil if path.startswith("/does_")] == [
        f"/does_{one.key}" for one in worlds.activities()
    ]
    assert [one.name for one in pupil["/roles"].choices] == list(worlds.roles())


def test_every_question_shows_the_picture_of_its_world_and_all_may_be_skipped():
    questions = content.instrument("seven_worlds_pupil").questions
    for one in worlds.activities():
        assert set(questions[f"/does_{one.key}"].media.values()) == {one.icon}
    assert not any(one.required for one in questions.values())


def test_the_words_of_the_forms_are_those_of_the_results():
    texts = content.instrument_texts("seven_worlds_adult", "pl")
    for role in worlds.roles():
        assert texts[f"choices.role.{role}.label"].text == content.text(f"worlds.role.{role}", "pl").text
