"""How much room a text message takes."""

from dataclasses import dataclass
from math import ceil
from typing import Literal

# GSM 03.38: the basic alphabet, and the characters that take two places (3GPP TS 23.038, section 6.2.1).
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
DOUBLE = frozenset("^{}\\[~]|€")
# Places in a single message and in each part of a longer one (3GPP TS 23.040, section 9.2.3.24.1).
ROOM = {"gsm": (160, 153), "unicode": (70, 67)}


@dataclass(frozen=True, slots=True)
class SmsSize:
    """Size of a text message.

    Attributes:
        encoding: ``gsm`` or, when a character needs it, ``unicode``.
        length: Places it takes: septets, or UTF-16 units.
        parts: Number of messages that are sent and paid.
    """

    encoding: Literal["gsm", "unicode"]
    length: int
    parts: int


def sms_size(message: str) -> SmsSize:
    """Work out how many text messages a text takes."""
    if set(message) <= BASIC | DOUBLE:
        return _size("gsm", sum(2 if letter in DOUBLE else 1 for letter in message))
    return _size("unicode", len(message.encode("utf-16-le")) // 2)


def _size(encoding: Literal["gsm", "unicode"], length: int) -> SmsSize:
    single, part = ROOM[encoding]
    return SmsSize(encoding, length, 1 if length <= single else ceil(length / part))
