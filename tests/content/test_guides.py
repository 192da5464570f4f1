"""The mentor's guide for the career talk."""

import pytest

from driegesprek import content

GUIDE = content.guide("career_talk")


def test_the_talk_fills_fifteen_or_twenty_minutes_exactly():
    assert (GUIDE.minutes(15), GUIDE.minutes(20)) == (15, 20)


def test_it_opens_with_what_goes_well_and_ends_in_agreements():
    assert [phase.key for phase in GUIDE.talk] == [
        "opening",
        "pupil_turn",
        "adult_turn",
        "together",
        "closing",
    ]
    assert GUIDE.talk[0].title("nl") == "Begin: wat gaat goed"
    assert "By when?" in GUIDE.talk[-1].of_kind("ask")[0].text("en")


def test_the_pupil_has_the_first_turn_and_as_much_time_as_the_adult():
    pupil, adult = GUIDE.talk[1:3]
    assert all(item.audience == "pupil" for item in pupil.of_kind("ask"))
    assert pupil.minutes == adult.minutes
    assert any(item.audience == "adult" for item in adult.of_kind("ask"))


def test_every_phase_of_the_talk_has_questions_and_says_what_not_to_do_somewhere():
    assert all(phase.of_kind("ask") for phase in GUIDE.talk)
    assert sum(len(phase.of_kind("dont")) for phase in GUIDE.talk) >= 4


def test_special_cases_have_their_own_part():
    special = {phase.key for phase in GUIDE.phases if not phase.in_talk}
    assert special == {"before", "nobody_came", "other_language", "two_households"}


def test_every_line_is_there_in_dutch_and_english_and_of_a_known_kind():
    for item in (item for phase in GUIDE.phases for item in phase.items):
        assert item.kind in {"say", "ask", "do", "dont"}
        assert item.audience in {"pupil", "adult", "all", "mentor"}
        assert item.nl
        assert item.en != item.nl


def test_an_unknown_guide_raises_at_once():
    with pytest.raises(KeyError, match="no guide"):
        content.guide("none")
