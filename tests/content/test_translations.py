"""The six languages say the same, honestly marked."""

import re
import unicodedata

import pytest

from driegesprek.content import translating
from driegesprek.content.placeholders import KNOWN, placeholders, references
from driegesprek.content.sms import sms_size
from driegesprek.content.texts import dutch_hash, other_languages, sources, translations
from driegesprek.content.translating import (
    all_sources,
    missing,
    outdated,
    report,
    stamp_file,
    stamped,
    translation_problems,
    unknown,
)

# Words that stay as they are, because a family meets them at school.
STAY = re.compile(
    r"\$?\{\w+\}|vmbo|havo|vwo|mbo|\b(?:hbo|bb|kb|gl|tl)\b|profiel|mentor|e-mail|sms|driegesprek",
    re.IGNORECASE,
)
DUTCH = """
de het een en van niet geen uw je jij jouw wij ons deze dit dat wat waar wie hoe naar voor met ook nog maar
kies kiezen gesprek opdracht leerling volwassene ouder verzorger school blad kaart antwoord bewaard
"""
DUTCH_WORDS = frozenset(DUTCH.split())
SHARED_WITH_DUTCH = {"en": {"school"}, "tr": {"en", "de"}, "pl": {"wie", "je"}}


def letters(text):
    return [letter for letter in STAY.sub("", text) if letter.isalpha()]


def test_there_is_nothing_missing_out_of_date_or_left_over():
    assert all(not missing(code) and not outdated(code) and not unknown(code) for code in other_languages())
    assert report().count("0 missing, 0 out of date, 0 unknown") == 5


@pytest.mark.parametrize("code", other_languages())
def test_every_translation_has_the_placeholders_of_the_dutch(code):
    problems = {
        key: translation_problems(source.dutch, translations(code)[key].text)
        for key, source in all_sources().items()
    }
    assert {key: found for key, found in problems.items() if found} == {}


def test_every_placeholder_is_a_known_one():
    assert {name for source in all_sources().values() for name in placeholders(source.dutch)} <= KNOWN.keys()


def test_what_is_wrong_with_a_translation_is_said_in_plain_words():
    assert translation_problems("Dag {pupil}", "Hi {pupil}") == ()
    assert translation_problems("Dag {pupil}", "Hi {name}") == (
        "Missing: {pupil}. Keep these words as they are.",
        "Not in the Dutch text: {name}. Take them out.",
    )
    assert translation_problems("Ja", " ") == ("The translation is empty.",)
    assert translation_problems("${a} ja", "{a} yes")[0] == "Missing: ${a}. Keep these words as they are."


@pytest.mark.parametrize("code", other_languages())
def test_nobody_reviewed_their_own_and_a_review_names_who_and_when(code):
    for found in translations(code).values():
        assert found.status in {"draft", "reviewed"}
        assert found.translated_by
        assert found.reviewed_by != found.translated_by
        assert (found.status == "reviewed") == bool(found.reviewed_by and found.reviewed_on)


@pytest.mark.parametrize(
    ("code", "script"),
    [("ar", "ARABIC"), ("uk", "CYRILLIC"), ("en", "LATIN"), ("tr", "LATIN"), ("pl", "LATIN")],
)
def test_every_translation_is_in_its_own_script(code, script):
    for key, found in translations(code).items():
        odd = [one for one in letters(found.text) if script not in unicodedata.name(one)]
        assert not odd, f"{code} {key}: {odd}"


@pytest.mark.parametrize("code", other_languages())
def test_no_dutch_is_left_in_a_translation(code):
    common = DUTCH_WORDS - SHARED_WITH_DUTCH.get(code, set())
    for key, found in translations(code).items():
        words = set(re.findall(r"\w+", STAY.sub("", found.text).lower()))
        assert len(words & common) == 0, f"{code} {key}: {words & common}"


# A guess about the pupil's sex: pronouns, words for a child, and past tenses that differ.
GUESSES = {
    "nl": r"\b(hij|hem|zoon|dochter|jongen|meisje)\b|\b(zijn|haar) (keuze|ouders|mentor|kwaliteit|opdracht|profiel)",
    "en": r"\b(he|she|his|her|him|son|daughter|boy|girl)\b",
    "pl": r"\b(on|ona|jego|syn|córk\w|\w+łeś|\w+łaś|\w+łem|\w+łam)\b|\{pupil(_name)?\} \w+(ł|ła)\b",
    "uk": r"\b(він|вона|син|донька|хлопець|дівчина)\b|\{pupil(_name)?\} \w+(в|вся|ла|лася)\b|\bти \w+(в|ла)\b",
    "ar": r"\{pupil(_name)?\} (هو|هي|ابن|ابنة)\b|ابنكم|ابنتكم|ولدكم|\b(يختار|تختار|يقرر|تقرر) \$?\{pupil",
    "tr": r"\b(oğlunuz|kızınız|oğlan|erkek)\b",
}


def wordings():
    for key, source in all_sources().items():
        if ".choices.sex." in key or ".gender." in key:  # a question is no guess
            continue
        yield "nl", key, source.dutch
        for code in other_languages():
            yield code, key, translations(code)[key].text


# These ask an adult about themselves.
OF_THE_ADULT = ("parent_survey.survey.gender.", "parent_survey.choices.gender.")


def test_no_text_guesses_whether_the_pupil_is_a_boy_or_a_girl():
    found = [
        (code, key, words)
        for code, key, words in wordings()
        if re.search(GUESSES[code], words, re.IGNORECASE) and not key.startswith(OF_THE_ADULT)
    ]
    assert found == []


LINK = "https://driegesprek.voorbeeldschool.nl/d/" + "x" * 22
LONG = {
    "school": "Het Grote Kompas",
    "pupil": "Aleksandra",
    "date": "di 15 december",
    "time": "19:30",
    "link": LINK,
    "phone": "010 123 45 67",
}
MESSAGES = [key for key, source in sources().items() if key.startswith("sms.")]


@pytest.mark.parametrize("key", MESSAGES)
def test_a_text_message_in_dutch_is_one_message_and_at_most_three_in_another_language(key):
    dutch = sms_size(sources()[key].dutch.format(**LONG))
    assert (dutch.encoding, dutch.parts) == ("gsm", 1)
    for code in other_languages():
        assert sms_size(translations(code)[key].text.format(**LONG)).parts <= 3, code


def test_new_rows_are_stamped_with_todays_dutch_and_old_hashes_are_kept(tmp_path):
    rows = [
        {"key": "common.back", "text": "B", "dutch_hash": "old"},
        {"key": "common.next", "text": "N"},
        {"key": "?"},
    ]
    done = stamped(rows, sources())
    assert [row["key"] for row in done] == ["common.next", "common.back"]
    assert [row["dutch_hash"] for row in done] == [dutch_hash("Verder"), "old"]
    path = tmp_path / "xx.csv"
    path.write_text("key,text\ncommon.next,Weiter\n", encoding="utf-8")
    stamp_file(path)
    assert (
        path.read_text(encoding="utf-8").splitlines()[1]
        == f"common.next,Weiter,draft,,,,{dutch_hash('Verder')}"
    )


def test_references_of_forms_are_kept_apart_from_placeholders():
    assert placeholders("${pupil_name} {choice}") == {"choice"}
    assert references("${pupil_name} {choice}") == {"pupil_name"}


def test_the_command_reports_and_stamps_every_language(tmp_path, monkeypatch, capsys):
    for code in other_languages():
        (tmp_path / f"{code}.csv").write_text("key,text\ncommon.next,N\n", encoding="utf-8")
    monkeypatch.setattr(translating, "translation_files", lambda code: (tmp_path / f"{code}.csv",))
    translating.main(["--stamp"])
    assert capsys.readouterr().out.startswith("en: 0 missing")
    stamped_row = (tmp_path / "uk.csv").read_text(encoding="utf-8").splitlines()[1]
    assert stamped_row.endswith(dutch_hash("Verder"))
