from hypothesis import given
from hypothesis import strategies as st

from driegesprek.figures.letters import clean, fits, width, wrap


@given(st.text(max_size=80), st.integers(30, 300))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text, room):
    lines = wrap(text, room, 14)
    assert all(width(line, 14) <= room or len(line) == 1 for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "") == clean(text).translate(
        {0xAD: "", 0x2D: "", 0x20: ""}
    )


def test_a_long_word_breaks_at_its_soft_hyphen():
    assert wrap("kennis\u00admaking", 60, 14) == ["kennis-", "making"]
    assert fits("kennis\u00admaking", 60, 14)
    assert not fits("kennismaking", 60, 14)


def test_what_xml_cannot_hold_is_replaced():
    assert clean("a\x00b\n c\ud800\uffff") == "a\ufffdb c\ufffd\ufffd"
