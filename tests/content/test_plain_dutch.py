"""The Dutch is plain (B1), says 'u' to adults and 'je' to pupils, and asks nobody to judge a child."""

import re
from statistics import mean

from driegesprek.content.texts import sources
from driegesprek.content.translating import all_sources

KINDS = {"label", "choice", "sentence", "heading", "message"}
TO_PUPIL = re.compile(r"\b(je|jij|jou|jouw)\b", re.IGNORECASE)
TO_ADULT = re.compile(r"\b(u|uw)\b", re.IGNORECASE)


def sentences(text):
    return [one for one in re.split(r"(?<=[.?!:])\s+", text) if re.search(r"\w", one)]


def words(sentence):
    return re.findall(r"[\w'’{}$-]+", sentence)


ALL = [sentence for source in all_sources().values() for sentence in sentences(source.dutch)]


def test_no_sentence_has_more_than_twenty_words():
    assert [sentence for sentence in ALL if len(words(sentence)) > 20] == []


def test_sentences_have_twelve_words_or_fewer_on_average():
    assert mean(len(words(sentence)) for sentence in ALL if len(words(sentence)) > 2) <= 12


def test_no_word_is_longer_than_a_reader_can_take():
    assert {
        word for sentence in ALL for word in words(sentence) if len(word) > 18 and "{" not in word
    } == set()


def is_for_pupil(key):
    return key.endswith("@pupil") or key.split(".")[0] in {
        "pupil",
        "card",
        "qualities_pupil",
        "seven_worlds_pupil",
        "citydeal_pupil",
    }


# What a pupil says to an adult, word for word.
QUOTED = {"qualities_pupil.survey.finish.label"}


def test_adults_are_addressed_with_u_and_pupils_with_je():
    wrong = {
        key: source.dutch
        for key, source in all_sources().items()
        if key not in QUOTED and (TO_ADULT if is_for_pupil(key) else TO_PUPIL).search(source.dutch)
    }
    assert wrong == {}


def test_every_text_said_to_a_pupil_has_one_said_to_an_adult_and_differs_from_it():
    for key, source in sources().items():
        if key.endswith("@pupil"):
            assert sources()[key.removesuffix("@pupil")].dutch != source.dutch
            assert sources()[key.removesuffix("@pupil")].kind == source.kind


def test_every_kind_is_known_and_sentences_end_as_sentences():
    for source in sources().values():
        assert source.kind in KINDS
        if source.kind == "sentence" and source.key != "sheet.from":
            assert source.dutch.rstrip()[-1] in ".?!:,", source.key


def test_no_text_is_blaming_or_testing():
    bad = re.compile(
        r"\b(fout|verplicht|moet u|onvoldoende|toets|test|score|slecht|niet goed)\b", re.IGNORECASE
    )
    allowed = {"common.optional", "welcome.no_wrong"}
    assert [
        key for key, source in all_sources().items() if bad.search(source.dutch) and key not in allowed
    ] == []
