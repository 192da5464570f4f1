"""A sound is known by its content, whatever its name says."""

import pytest

from driegesprek.web.outreach.sounds import kind_of


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"ID3\x04\x00" + bytes(59), "audio/mpeg"),
        (b"\xff\xfb\x90\x44" + bytes(60), "audio/mpeg"),
        (b"\xff\xf3\x40\xc0" + bytes(60), "audio/mpeg"),
        (b"OggS\x00\x02" + bytes(58), "audio/ogg"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(48), "audio/wav"),
        (b"\x00\x00\x00\x20ftypM4A \x00" + bytes(50), "audio/mp4"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + bytes(50), "audio/webm"),
    ],
)
def test_the_five_kinds_of_sound_are_known(head, kind):
    assert kind_of(head) == kind


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<html><script>",
        b"%PDF-1.7",
        b"RIFF\x24\x00\x00\x00AVI LIST",
        b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska",
        b"\x00\x00\x00\x20ftypavif",
        b"\xff\xf1\x50\x80",
        b"\xff\xff\xff\xff",
        b"\xff\xd8\xff\xe0",
    ],
)
def test_what_is_no_sound_is_refused_also_with_a_name_that_says_so(head):
    assert kind_of(head) == ""
