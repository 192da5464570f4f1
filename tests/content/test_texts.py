"""A key becomes words in a language, with the Dutch beneath a draft."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driegesprek import content
from driegesprek.content import texts
from driegesprek.content.placeholders import ISOLATE, fill
from driegesprek.content.texts import Override, Source, Translation, dutch_hash, render

SOURCE = Source("a.b", "sentence", "Dag {pupil}.")
FRESH = dutch_hash(SOURCE.dutch)
REVIEWED = Translation("Hi {pupil}.", "reviewed", "An", "Bo", "2026-11-21", FRESH)


def shown(translation, source=SOURCE, language="en", overrides=None):
    table = {source.key: translation} if translation else {}
    return render(source, language, table, overrides or {}, {"pupil": "Sam"})


def test_dutch_is_the_original_and_has_nothing_beneath():
    found = content.text("sheet.title", "nl", pupil="Sam")
    assert (found.text, found.status, found.dutch) == ("Sam kiest dit jaar een profiel", "original", None)
    assert str(found) == found.text


def test_a_draft_sentence_shows_the_dutch_beneath_with_the_same_values():
    found = content.text("welcome.intro", "pl", pupil="Sam")
    assert found.status == "draft"
    assert found.text.startswith("Sam wybiera")
    assert found.dutch == content.text("welcome.intro", "nl", pupil="Sam").text


def test_a_draft_on_a_button_shows_the_dutch_and_in_a_text_message_it_does_not():
    assert content.text("common.next", "uk").dutch == "Verder"
    message = content.text("sms.talk", "uk", school="A", pupil="B", link="C")
    assert (message.status, message.dutch) == ("draft", None)


def test_an_unknown_key_or_language_raises_at_once():
    with pytest.raises(KeyError, match=re.escape("no text 'no.such'")):
        content.text("no.such", "nl")
    with pytest.raises(KeyError, match="no language 'xx'"):
        content.text("common.next", "xx")


def test_a_forgotten_value_raises_and_an_extra_one_does_not():
    with pytest.raises(ValueError, match="no value for pupil"):
        content.text("sheet.title", "en")
    assert content.text("common.next", "en", pupil="Sam").text == "Next"


def test_the_pupil_gets_the_text_said_to_a_pupil_where_there_is_one():
    assert "Je " in content.text("welcome.intro", "nl", voice="pupil").text
    assert content.text("common.next", "nl", voice="pupil").text == "Verder"


def test_a_reviewed_translation_stands_alone():
    found = shown(REVIEWED)
    assert (found.text, found.status, found.dutch) == ("Hi Sam.", "reviewed", None)


def test_a_changed_dutch_text_turns_its_translation_back_to_a_draft():
    changed = Source("a.b", "sentence", "Goedendag {pupil}.")
    found = shown(REVIEWED, changed)
    assert (found.text, found.status, found.dutch) == ("Hi Sam.", "draft", "Goedendag Sam.")


def test_white_space_alone_does_not_make_a_translation_out_of_date():
    assert dutch_hash("Dag  {pupil}.\n") == FRESH


@pytest.mark.parametrize("reviewer", ["", "An"])
def test_a_review_by_nobody_or_by_the_translator_does_not_count(reviewer):
    own = Translation("Hi {pupil}.", "reviewed", "An", reviewer, "2026-11-21", FRESH)
    assert shown(own).status == "draft"


def test_a_missing_translation_falls_back_to_dutch_and_says_so():
    found = shown(None, language="ar")
    assert (found.text, found.language, found.direction, found.status) == ("Dag Sam.", "nl", "ltr", "missing")


def test_a_school_can_put_its_own_translation_in_the_place_of_ours():
    own = {
        ("common.next", "tr"): Override("Devam", "reviewed", "An", "Bo", "2026-11-21", dutch_hash("Verder"))
    }
    found = content.text("common.next", "tr", overrides=own)
    assert (found.text, found.status) == ("Devam", "reviewed")
    assert content.text("common.next", "tr").text == "İleri"


def test_a_school_that_changes_the_dutch_turns_our_translations_into_drafts_of_it():
    own = {("a.b", "nl"): Override("Hallo {pupil}!")}
    assert shown(None, language="nl", overrides=own).text == "Hallo Sam!"
    found = shown(REVIEWED, overrides=own)
    assert (found.status, found.dutch) == ("draft", "Hallo Sam!")


def test_a_name_inside_arabic_keeps_its_own_direction_but_a_link_in_a_message_stays_bare():
    found = content.text("sheet.title", "ar", pupil="Sam")
    assert found.direction == "rtl"
    assert f"{ISOLATE}Sam\u2069" in found.text
    assert ISOLATE not in content.text("sms.talk", "ar", school="A", pupil="B", link="C").text


@pytest.mark.parametrize("key", ["share.mentor", "share.pupil", "share.adult", "talk.interpreter"])
def test_what_one_agrees_to_by_a_tick_has_the_dutch_beneath_a_draft(key):
    names = {"mentor": "Anne Jansen", "pupil": "Hala", "adult": "Khadija"}
    for language in ("en", "tr", "ar", "pl", "uk"):
        assert content.text(key, language, **names).dutch == content.text(key, "nl", **names).text


def test_a_date_may_come_per_language_so_that_the_dutch_beneath_has_its_own():
    days = {"nl": "3 december", "uk": "3 грудня"}
    found = content.text("home.by", "uk", date=days)
    assert "3 грудня" in found.text
    assert found.dutch == "Doe dit uiterlijk 3 december."
    assert "3 december" in content.text("home.by", "pl", date=days).text
    assert content.text("home.by", "nl", date=days).text == "Doe dit uiterlijk 3 december."


@given(st.dictionaries(st.sampled_from(["pupil", "date"]), st.text(), min_size=2))
def test_values_are_put_in_as_they_are_even_with_braces(values):
    assert fill("{pupil}-{date}", values) == f"{values['pupil']}-{values['date']}"


def test_a_key_that_is_there_twice_is_refused(tmp_path, monkeypatch):
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.csv").write_text("key,kind,dutch,note\na.b,label,Ja,\n", encoding="utf-8")
    monkeypatch.setattr(texts, "HERE", tmp_path)
    with pytest.raises(ValueError, match=r"a\.b is there twice"):
        texts.sources.__wrapped__()
