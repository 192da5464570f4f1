"""Chance that follows from a seed: the same seed and place give the same number, order or UUID."""

import hashlib
import math
from collections.abc import Sequence
from typing import Final, TypeVar
from uuid import UUID

from driegesprek.instruments.xpath.values import Value

_T = TypeVar("_T")
_MODULUS: Final = 2_147_483_647
_FACTOR: Final = 16_807
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_LONGEST: Final = 1_000


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def fraction(site: str) -> float:
    """A number of at least 0 and below 1, with 53 random bits."""
    return (int.from_bytes(_digest(site)[:8], "big") >> 11) / 2**53


def uuid(site: str) -> str:
    """A UUID of version 4 (RFC 4122)."""
    return str(UUID(bytes=_digest(site)[:16], version=4))


def token(site: str, length: float) -> str:
    """So many letters and digits, at most 1,000; '' for what is no length."""
    if not 1 <= length < math.inf:
        return ""
    parts = (_digest(f"{site}|{place}")[0] % len(_LETTERS) for place in range(min(int(length), _LONGEST)))
    return "".join(_LETTERS[part] for part in parts)


def seed_of(value: Value) -> int:
    """A whole number as it is; anything else by its SHA-256, as the ODK XForms specification has it."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return int.from_bytes(_digest(str(value))[:8], "big", signed=True)
    if not math.isfinite(value):
        return int.from_bytes(_digest(str(value))[:8], "big", signed=True)
    return int(value)


def shuffled(values: Sequence[_T], seed: int) -> list[_T]:
    """The values in the order that ODK's randomize() gives for this seed.

    Fisher-Yates from the inside out, with the generator of Park and Miller
    (https://getodk.github.io/xforms-spec/#fn:randomize).
    """
    state = int(math.fmod(seed, _MODULUS)) if abs(seed) < 2**53 else seed % _MODULUS
    if state <= 0:
        state += _MODULUS - 1
    found: list[_T] = []
    for place, value in enumerate(values):
        state = state * _FACTOR % _MODULUS
        other = int((state - 1) / (_MODULUS - 1) * (place + 1))
        found.append(value)
        found[place], found[other] = found[other], value
    return found
