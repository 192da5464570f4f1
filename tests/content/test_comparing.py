"""The parent-child test: agreement, surprises, what fits, and a question for tonight."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driegesprek import content
from driegesprek.content import compare_worlds, worlds
from driegesprek.content.files import HERE, rows

CARE = ("help_people", "listen_support")
GREEN = ("care_animals", "work_outdoors")
NAMES = [f"does_{one.key}" for one in worlds.activities()]
ANSWERS = [one["answer"] for one in rows(HERE / "scores" / "worlds.csv")]
SHEETS = st.fixed_dictionaries(
    {},
    optional={name: st.sampled_from([*ANSWERS, "", None]) for name in NAMES}
    | {"roles": st.lists(st.sampled_from(worlds.roles()), max_size=2, unique=True)},
)


def says(activities, *answers, roles=""):
    named = dict(zip((f"does_{one}" for one in activities), answers, strict=True))
    return named | {"roles": roles}


def keys(found):
    return [one.world.key for one in found]


def test_a_world_that_fits_according_to_both_is_agreed_on():
    found = compare_worlds(says(CARE, "fits", "fits"), says(CARE, "fits", "partly"))
    assert keys(found.agree) == ["care"]
    assert (found.agree[0].pupil, found.agree[0].adult) == (2, 1.5)
    assert found.pupil_more == found.adult_more == ()


@pytest.mark.parametrize(
    ("pupil", "adult", "more"),
    [
        (("fits", "fits"), ("no", "no"), "pupil"),
        (("fits", "partly"), ("no", "partly"), "pupil"),
        (("fits", "partly"), ("partly", "partly"), ""),
        (("no", "no"), ("fits", "fits"), "adult"),
        (("partly", "partly"), ("no", "no"), ""),
        (("fits", "fits"), ("dont_know", "dont_know"), ""),
        (("fits", "fits"), ("dont_know", "no"), "pupil"),
        (("fits", "fits"), ("", None), ""),
    ],
)
def test_a_surprise_is_a_clear_difference_and_not_knowing_is_none(pupil, adult, more):
    found = compare_worlds(says(CARE, *pupil), says(CARE, *adult))
    assert keys(found.pupil_more) == (["care"] if more == "pupil" else [])
    assert keys(found.adult_more) == (["care"] if more == "adult" else [])
    assert found.agree == ()


def test_the_strongest_comes_first():
    both = says(CARE, "fits", "partly") | says(GREEN, "fits", "fits")
    assert keys(compare_worlds(both, both).agree) == ["green", "care"]


def test_ways_of_working_are_compared_by_their_words():
    found = compare_worlds({"roles": ["help", "make"]}, {"/roles": "make invent"})
    assert found.roles_agree == ("worlds.role.make",)
    assert found.roles_pupil == ("worlds.role.help",)
    assert found.roles_adult == ("worlds.role.invent",)


def test_what_fits_is_an_occupation_for_the_agreed_way_of_working_in_the_agreed_world():
    sheet = says(GREEN, "fits", "fits", roles="help")
    found = compare_worlds(sheet, sheet)
    assert [one.job_key for one in found.fits] == ["worlds.job.vet_assistant"]
    assert content.text(found.fits[0].world_key, "nl").text == "Planten, dieren en buiten"


def test_without_agreement_the_pupils_own_worlds_and_ways_count():
    found = compare_worlds(
        says(CARE, "fits", "fits", roles="make"), says(GREEN, "fits", "fits", roles="help")
    )
    assert [one.job_key for one in found.fits] == ["worlds.job.hairdresser"]


def test_without_a_way_of_working_every_way_is_shown_and_never_more_than_three_worlds():
    everything = dict.fromkeys(NAMES, "fits")
    found = compare_worlds(everything, everything)
    assert len(found.fits) == 3 * len(worlds.roles())


@pytest.mark.parametrize(
    ("pupil", "adult", "key", "choice"),
    [
        ({}, {}, "waiting", ""),
        (says(CARE, "fits", "fits"), {"note": "x"}, "waiting", ""),
        (says(CARE, "fits", "fits"), says(CARE, "fits", "fits"), "agree", "worlds.world.care"),
        (says(CARE, "fits", "fits"), says(CARE, "no", "no"), "pupil_more", "worlds.world.care"),
        (says(CARE, "no", "no"), says(CARE, "fits", "fits"), "adult_more", "worlds.world.care"),
        ({"roles": ["make"]}, {"roles": ["help"]}, "role", ""),
        (says(CARE, "no", "no"), says(CARE, "no", "no"), "nothing", ""),
    ],
)
def test_there_is_a_question_for_tonight_whatever_they_said(pupil, adult, key, choice):
    found = compare_worlds(pupil, adult).question
    assert (found.key, found.choice_key) == (f"worlds.ask.{key}", choice)
    for language in content.LANGUAGES:
        words = {one: content.text(choice, one).text for one in ("nl", language.code)} if choice else ""
        for voice in ("adult", "pupil"):
            asked = content.text(found.key, language.code, voice=voice, pupil="Sam", choice=words)
            assert "{" not in asked.text


def test_an_answer_that_is_no_choice_is_refused_by_name():
    with pytest.raises(ValueError, match="'maybe' is not a choice of 'does_help_people'"):
        compare_worlds({"does_help_people": "maybe"}, {})
    with pytest.raises(ValueError, match="'dance' is not a choice of 'roles'"):
        compare_worlds({}, {"roles": "dance"})


@settings(max_examples=50)
@given(SHEETS, SHEETS)
def test_changing_places_changes_the_sides_and_nothing_else(pupil, adult):
    one, other = compare_worlds(pupil, adult), compare_worlds(adult, pupil)
    assert keys(one.agree) == keys(other.agree)
    assert keys(one.pupil_more) == keys(other.adult_more)
    assert set(one.roles_agree) == set(other.roles_agree)
    assert set(keys(one.agree)).isdisjoint(keys(one.pupil_more) + keys(one.adult_more))


@settings(max_examples=50)
@given(SHEETS)
def test_who_says_the_same_is_never_surprised(sheet):
    found = compare_worlds(sheet, sheet)
    assert found.pupil_more == found.adult_more == found.roles_pupil == found.roles_adult == ()


def test_every_choice_of_the_form_has_its_points_and_nothing_else_has():
    choices = content.instrument("seven_worlds_pupil").questions["/does_help_people"].choices
    assert [one.name for one in choices] == ANSWERS
