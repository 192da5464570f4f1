import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from tests.paper import samples

from driegesprek import paper
from driegesprek.paper.printable import MISSING, clean, is_right_to_left, plain, runs, unprintable


def words(pieces):
    return (
        pieces
        if isinstance(pieces, str)
        else "".join(p if isinstance(p, str) else p["words"] for p in pieces)
    )


def boxes(pieces):
    return [] if isinstance(pieces, str) else [tuple(p.values()) for p in pieces if not isinstance(p, str)]


def test_text_without_anything_special_stays_one_string():
    assert runs("Samira kiest dit jaar een profiel.", rtl=False) == "Samira kiest dit jaar een profiel."


def test_phone_numbers_dates_and_times_stay_in_one_piece_from_left_to_right():
    for number in (
        "06-12345678",
        "+31 6 12 34 56 78",
        "010 123 45 67",
        "12-02-2027",
        "15:30",
        "(010) 123",
        "+316",
    ):
        found = boxes(runs(f"اتصلوا {number} الآن", rtl=True))
        assert found == [(number.strip("()") if number[0] != "(" else "010) 123", "ltr")]


def test_a_plain_number_needs_no_box():
    assert isinstance(runs("عشر 10 دقائق", rtl=True), str)


def test_a_range_runs_as_its_text_does():
    assert boxes(runs("من 15:30–17:00 كل", rtl=True)) == [("15:30–17:00", "rtl")]
    assert boxes(runs("van 15:30–17:00", rtl=False)) == [("15:30–17:00", "ltr")]


def test_isolated_name_of_the_other_direction_is_a_box():
    assert boxes(runs(f"إلى {paper.isolate('Jan (2A)')}، ", rtl=True)) == [("Jan (2A)", "ltr")]
    assert boxes(runs(f"Voor {paper.isolate('سميرة')}.", rtl=False)) == [("سميرة", "rtl")]


def test_isolated_name_of_the_same_direction_is_ordinary_text():
    assert runs(f"Voor {paper.isolate('Jan')}.", rtl=False) == "Voor Jan."


def test_overlong_word_may_break():
    pieces = runs("x" * 70, rtl=False)
    assert words(pieces) == "x" * 70
    assert len(boxes(pieces)) == 4


def test_letter_without_a_glyph_becomes_a_square_to_write_in():
    assert clean("李 Wei 👍") == f"{MISSING} Wei {MISSING}"


def test_unprintable_letters_are_told_once_each():
    sheet = samples.sheet(pupil="李明李", called="李")
    assert unprintable(sheet) == "李明"
    assert unprintable(samples.sheet(pupil="Łukasz Çelik-Şahin Đặng ⵣ ሰላም")) == ""


def test_every_sample_can_be_printed():
    for language in samples.LANGUAGES:
        for item in (samples.sheet, samples.card, samples.agreements, samples.letter):
            assert unprintable(item(language)) == ""


def test_control_characters_vanish_and_white_space_becomes_a_space():
    assert clean("a\x00b\tc\r\nd\u202ee") == "ab c\nde"


def test_composed_and_decomposed_letters_print_the_same():
    assert clean("Zoe\u0308") == clean("Zoë") == "Zoë"


def test_direction_is_that_of_the_first_letter_that_has_one():
    assert is_right_to_left("12 سميرة Jan")
    assert not is_right_to_left("Jan سميرة")
    assert not is_right_to_left("12-13")


def test_plain_has_no_isolates():
    assert plain(paper.isolate("Jan")) == "Jan"


@given(st.text(max_size=120), st.booleans())
def test_no_word_is_lost_or_made(text, rtl):
    shown = words(runs(text, rtl=rtl))
    expected = "".join(letter for letter in clean(text) if letter not in "\u2066\u2067\u2068\u2069")
    assert shown == expected
    assert all(unicodedata.category(letter) != "Cc" or letter == "\n" for letter in shown)
