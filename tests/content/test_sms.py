"""How much room a text message takes."""

import pytest

from driegesprek.content import sms_size


@pytest.mark.parametrize(
    ("message", "encoding", "length", "parts"),
    [
        ("", "gsm", 0, 1),
        ("a" * 160, "gsm", 160, 1),
        ("a" * 161, "gsm", 161, 2),
        ("a" * 307, "gsm", 307, 3),
        ("€" * 80, "gsm", 160, 1),
        ("é" * 160, "gsm", 160, 1),
        ("ş", "unicode", 1, 1),
        ("م" * 70, "unicode", 70, 1),
        ("م" * 71, "unicode", 71, 2),
        ("😀" * 36, "unicode", 72, 2),
    ],
)
def test_messages_are_counted_as_a_telephone_counts_them(message, encoding, length, parts):
    size = sms_size(message)
    assert (size.encoding, size.length, size.parts) == (encoding, length, parts)
