"""Four practice cases for mentors."""

import re

from driegesprek import content

CASES = content.practice_cases()


def test_there_are_four_cases_each_with_what_to_say_what_helps_and_what_does_not():
    assert [one.key for one in CASES] == ["already_decided", "many_worries", "talks_along", "leaves_it"]
    for one in CASES:
        assert len(one.say) == len(one.helps) == 3
        assert len(one.not_helps) == 2


def wordings():
    return [words for one in CASES for words in (one.title, one.story, *one.say, *one.helps, *one.not_helps)]


def test_every_line_is_there_in_dutch_and_english():
    for one in wordings():
        assert one.text("nl") == one.nl
        assert one.text("en") == one.text("tr") == one.en
        assert one.nl != one.en


def test_no_case_gives_a_parent_a_type_or_blames_a_family():
    label = re.compile(
        r"\b(directief|directieve|bezorgde|coachende|laisser|onverschillig|lastig)\b", re.IGNORECASE
    )
    assert not [one.nl for one in wordings() if label.search(one.nl)]


def test_the_dutch_is_plain():
    for one in wordings():
        for sentence in re.split(r"(?<=[.?!:])\s+", one.nl):
            assert len(sentence.split()) <= 22, sentence
