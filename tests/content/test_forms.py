"""Our instruments read, in six languages, and every route through them is walked."""

from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driegesprek import content, instruments
from driegesprek.content.forms import _form_rows, _parts, _survey
from driegesprek.content.texts import Override, dutch_hash
from driegesprek.instruments import Kind

TODAY = date(2026, 11, 21)
CODES = tuple(language.code for language in content.LANGUAGES)
QUALITIES = [one.key for one in content.catalogue.qualities()]
CONTEXT = {
    "pupil_name": "Sam",
    "school_name": "Het Kompas",
    "profiles": "Zorg en Welzijn, Groen",
    "choose_by": "1 maart 2027",
    "call_name": "A. Bakker",
    "call_phone": "010 123 45 67",
    "pupil_qualities": "",
}
QUESTIONS = ("informed", "profiles_known", "when_known", "call_wanted", "call_when")


def play(key, answers, **context):
    paths = {f"/{name}": value for name, value in answers.items() if value}
    return instruments.play(content.instrument(key), paths, today=TODAY, context=CONTEXT | context)


def asked(key, answers, **context):
    return [path.removeprefix("/") for path in play(key, answers, **context).asked]


@pytest.mark.parametrize("key", content.instrument_keys())
def test_every_instrument_reads_in_six_languages_without_a_remark_that_matters(key):
    found = content.instrument(key)
    assert found.languages == CODES
    assert found.default_language == "nl"
    assert {note.code for note in found.notes} <= {"column_extra"}
    assert content.instrument(key) is found


@pytest.mark.parametrize("key", content.instrument_keys())
def test_every_question_speaks_every_language_and_fills_in_all_names(key):
    for code in CODES:
        state = instruments.play(content.instrument(key), {}, today=TODAY, context=CONTEXT, language=code)
        for question in content.instrument(key).questions.values():
            if not question.kind.shown:
                continue
            assert set(question.label) == set(CODES)
            words = instruments.label(question, code, state)
            assert words
            assert "{" not in words


def test_an_unknown_instrument_raises_at_once():
    with pytest.raises(KeyError, match="no instrument 'no_such'"):
        content.instrument("no_such")


def test_the_quick_check_is_one_source_alone_and_inside_the_home_assignment():
    alone, within = content.instrument("quick_check"), content.instrument("qualities_adult")
    for path, question in alone.questions.items():
        assert within.questions[path] == question


def test_the_quick_check_asks_at_most_five_questions_and_requires_none():
    found = {
        one.name: one for one in content.instrument("quick_check").questions.values() if one.kind.answerable
    }
    assert list(found) == [
        "informed",
        "profiles_known",
        "profiles_named",
        "when_known",
        "call_wanted",
        "call_when",
    ]
    assert not any(one.required for one in found.values())
    for keys in ("", "zw groen"):
        everything = asked("quick_check", {"call_wanted": "yes"}, profile_keys=keys)
        assert len([name for name in everything if name in found]) == 5


def _expected_quick_check(answers):
    yield from (
        "informed",
        "informed_answer",
        "profiles_known",
        "profiles_answer",
        "when_known",
        "when_answer",
    )
    yield "call_wanted"
    if answers["call_wanted"] == "yes":
        yield "call_when"
    yield "call_answer"


def test_every_route_of_the_quick_check_gives_the_right_answer_at_once():
    options = [[None, *(choice.name for choice in one.choices)] for one in _quick_check_questions()]
    for given_answers in product(*options):
        answers = dict(zip(QUESTIONS, given_answers, strict=True))
        if answers["call_when"] and answers["call_wanted"] != "yes":
            continue
        assert asked("quick_check", answers) == list(_expected_quick_check(answers))
        assert play("quick_check", answers).complete


def _quick_check_questions():
    return [content.instrument("quick_check").questions[f"/{name}"] for name in QUESTIONS]


def test_the_right_answer_is_that_of_this_school_and_left_out_when_it_is_not_known():
    state = play("quick_check", {})
    words = instruments.label(state.questionnaire.questions["/profiles_answer"], "nl", state)
    assert words == "Op Het Kompas zijn deze profielen: Zorg en Welzijn, Groen."
    assert "profiles_answer" not in asked("quick_check", {}, profiles="")
    assert "when_answer" not in asked("quick_check", {}, choose_by="")
    assert "call_answer" not in asked("quick_check", {}, call_phone="")


def named_choices(**context):
    state = play("quick_check", {}, **context)
    question = state.questionnaire.questions["/profiles_named"]
    return [one.name for one in instruments.choices_for(question, state)]


def test_where_the_schools_profiles_are_given_the_parent_names_them_and_sees_them_at_once():
    found = asked("quick_check", {}, profile_keys="zw groen")
    assert found[2:4] == ["profiles_named", "profiles_right"]
    assert {"profiles_known", "profiles_answer"}.isdisjoint(found)
    state = play("quick_check", {}, profile_keys="zw groen")
    words = instruments.label(state.questionnaire.questions["/profiles_right"], "nl", state)
    assert words == "Op Het Kompas zijn deze profielen: Zorg en Welzijn, Groen."


def test_the_parent_chooses_from_the_profiles_of_the_tracks_that_the_school_has():
    catalogue = content.catalogue.profiles()
    vocational = [one.key for one in catalogue if one.track == "beroepsgericht"]
    theoretical = [one.key for one in catalogue if one.track == "theoretisch"]
    assert named_choices(profile_keys="zw") == [*vocational, "dont_know"]
    assert named_choices(profile_keys="tl_zw") == [*theoretical, "dont_know"]
    assert named_choices(profile_keys="tl_zw pie") == [*vocational, *theoretical, "dont_know"]
    state = play("quick_check", {"profiles_named": ["zw", "dont_know"]}, profile_keys="zw")
    assert set(state.refused) == {"/profiles_named"}


PROFILES = [one.key for one in content.catalogue.profiles()]


@settings(max_examples=30)
@given(st.sets(st.sampled_from(PROFILES), min_size=1), st.sets(st.sampled_from(PROFILES)))
def test_the_form_and_the_score_find_the_same(offered, named):
    choices = set(named_choices(profile_keys=" ".join(sorted(offered))))
    given_answers = {"profiles_named": sorted(named & choices)}
    state = play("quick_check", given_answers, profile_keys=" ".join(sorted(offered)))
    found = content.profiles_found(given_answers["profiles_named"], offered)
    assert state.calculated.get("/profiles_found", "") == found


def test_each_note_says_on_which_question_it_follows():
    questions = content.instrument("quick_check").questions
    after = {one.name: one.extra["after"] for one in questions.values() if one.kind is Kind.NOTE}
    assert after == {
        "informed_answer": "informed",
        "profiles_answer": "profiles_known",
        "profiles_right": "profiles_named",
        "when_answer": "when_known",
        "call_answer": "call_wanted",
    }


def test_every_three_qualities_ask_the_pupil_where_and_an_example_of_those_three():
    for three in combinations(QUALITIES, 3):
        expected = [f"{what}_{one}" for one in three for what in ("where", "example")]
        found = asked("qualities_pupil", {"qualities": list(three)})
        assert found == ["begin", "qualities", *expected, "curious", "finish"]


@pytest.mark.parametrize("number", [1, 2, 4, 20])
def test_any_other_number_than_three_is_refused_in_plain_words(number):
    state = play("qualities_pupil", {"qualities": QUALITIES[:number]})
    assert state.refused["/qualities"]["nl"] == "Kies er precies drie."
    assert set(state.refused["/qualities"]) == set(CODES)


def test_the_pupil_may_skip_everything_but_the_three():
    assert play("qualities_pupil", {"qualities": QUALITIES[:3]}).complete
    assert play("qualities_pupil", {}).missing == ("/qualities",)


@given(st.sets(st.sampled_from(QUALITIES), min_size=1, max_size=3))
def test_the_adult_is_asked_for_an_example_of_what_the_pupil_chose(chosen):
    found = asked("qualities_adult", {}, pupil_qualities=" ".join(chosen))
    assert "together_qualities" not in found
    assert [one for one in found if one.startswith("example_")] == [
        f"example_{q}" for q in QUALITIES if q in chosen
    ]


@given(st.sets(st.sampled_from(QUALITIES), max_size=3))
def test_without_the_pupils_three_they_choose_together_and_go_on_from_there(chosen):
    found = asked("qualities_adult", {"together_qualities": sorted(chosen)})
    assert "together_qualities" in found
    assert [one for one in found if one.startswith("example_")] == [
        f"example_{q}" for q in QUALITIES if q in chosen
    ]


@pytest.mark.parametrize("topic", ["profile", "job", "study", "place", "other"])
@pytest.mark.parametrize("quality", [None, *QUALITIES])
def test_each_end_of_the_adults_form(topic, quality):
    found = asked("qualities_adult", {"other_quality": quality, "find_out_about": topic})
    expected = ["other_quality", *(["other_example"] if quality else [])]
    assert found[found.index("other_quality") :] == [
        *expected,
        "find_out_about",
        "find_out",
        "who_helps",
        "finish",
    ]
    assert asked("qualities_adult", {})[-3:] == ["other_quality", "find_out_about", "finish"]


def test_the_adult_starts_with_the_quick_check_and_may_skip_everything():
    state = play("qualities_adult", {})
    assert state.asked[:2] == ("/informed", "/informed_answer")
    assert state.complete
    assert not any(one.required for one in state.questionnaire.questions.values())


def test_three_words_from_paper_and_not_more():
    assert asked("paper_words", {}) == ["word_1", "word_2", "word_3"]
    assert "/word_1" in play("paper_words", {"word_1": "x" * 61}).refused
    assert play("paper_words", {"word_1": "x" * 60}).complete


def test_pictures_of_the_choices_are_those_of_the_catalogue():
    choices = content.instrument("qualities_pupil").questions["/qualities"].choices
    assert [choice.name for choice in choices] == QUALITIES
    for choice, quality in zip(choices, content.catalogue.qualities(), strict=True):
        assert set(choice.media.values()) == {quality.icon}
        assert choice.label["nl"] == quality.label("nl").text
    where = content.instrument("qualities_pupil").questions["/where_helping"]
    assert set(where.media.values()) == {content.catalogue.quality("helping").icon}


def test_names_are_used_twice_only_for_what_the_context_gives():
    for parts in _parts().values():
        rows = [row for part in parts for row in _survey(part)]
        kept = {row.key: row for row in rows}
        assert all(row == kept[row.key] or row.plain["type"] == "hidden" for row in rows)


def test_the_page_can_tell_drafts_and_find_the_dutch_beneath():
    found = content.instrument_texts("qualities_adult", "pl")
    label = found["survey.example_helping.label"]
    assert label.status == "draft"
    assert label.text.startswith("Pomaganie innym.")
    assert label.dutch == "Anderen helpen. Weet u hier een voorbeeld van?"
    assert found["choices.topics.job.label"].dutch == "Hoe een beroep is"
    assert found["survey.informed.label"].text.startswith("${pupil_name} wybiera")


def test_every_text_of_an_instrument_can_be_asked_for():
    for key in content.instrument_keys():
        rows = [row for sheet in _form_rows(key).values() for row in sheet]
        assert set(content.instrument_texts(key, "nl")) == {
            f"{row.key}.{one}" for row in rows for one in row.texts
        }


def test_a_school_that_changes_the_words_gets_another_version_of_the_instrument():
    key = "quick_check.survey.informed.label"
    own = {(key, "nl"): Override("Wist u dit van ${pupil_name}?")}
    changed = content.instrument("quick_check", own)
    assert changed.questions["/informed"].label["nl"] == "Wist u dit van ${pupil_name}?"
    assert changed.content_hash != content.instrument("quick_check").content_hash
    reviewed = {(key, "tr"): Override("${pupil_name}?", "reviewed", "An", "Bo", "2026-11-21", "")}
    assert content.instrument_texts("quick_check", "tr", reviewed)["survey.informed.label"].status == "draft"
    dutch = content.instrument_texts("quick_check", "nl")["survey.informed.label"].text
    fresh = {(key, "tr"): Override("${pupil_name}?", "reviewed", "An", "Bo", "2026-11-21", dutch_hash(dutch))}
    assert content.instrument_texts("quick_check", "tr", fresh)["survey.informed.label"].status == "reviewed"


def test_the_tables_are_an_xlsform_that_reads_to_the_same():
    tables = content.instrument_tables("qualities_adult")
    assert instruments.read_tables(tables, name="copy") == content.instrument("qualities_adult")
