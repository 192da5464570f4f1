"""Text as a printer can take it: no control characters, no missing letters, numbers that stay as they are."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from driegesprek.paper.fonts import covered
from driegesprek.paper.model import Door, Quality

MISSING = "□"
"""Stands for a letter that no font has, so that a person sees where to write it."""

LONGEST_WORD = 30
"""Letters; a longer word without a hyphenation (an address, a typing error) may break anywhere."""

_FIRST_STRONG_ISOLATE, _LEFT_TO_RIGHT_ISOLATE, _POP = "\u2068", "\u2066", "\u2069"
_KEPT = {"\n", "\u200c", "\u200d", "\u200e", "\u200f", "\u2066", "\u2067", "\u2068", "\u2069"}
# A phone number, a date or a time in digits: begins with + or a digit, and holds a separator.
_NUMBER = re.compile(r"\+?\d+(?:(?:[ ()./:-]|\u00a0)+\d+)+|\+\d+")
_RANGE = re.compile(r"(?<=\d)–(?=\d)")
_LONG = re.compile(rf"[^\s-]{{{LONGEST_WORD + 1},}}")


def isolate(value: str) -> str:
    """Returns `value` so that its direction leaves the sentence around it alone (Unicode UAX #9, isolates)."""
    return f"{_FIRST_STRONG_ISOLATE}{value}{_POP}"


def is_right_to_left(text: str) -> bool:
    """Returns whether the first letter with a direction runs from right to left (UAX #9, rule P2)."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in {"R", "AL"} for kind in kinds if kind in {"L", "R", "AL"}), False)


def _letter(letter: str) -> str:
    if letter in _KEPT or ord(letter) in covered():
        return "" if unicodedata.category(letter) == "Cc" and letter != "\n" else letter
    if letter.isspace():
        return " "
    if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Mn"}:
        return ""
    plain = unicodedata.normalize("NFKC", letter)
    return plain if all(ord(part) in covered() for part in plain) else MISSING


def _breakable(word: re.Match[str]) -> str:
    text, half = word.group(), LONGEST_WORD // 2
    return "\u200b".join(text[start : start + half] for start in range(0, len(text), half))


def clean(text: str) -> str:
    """Returns `text` with what cannot be printed replaced by □ and with overlong words made breakable."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return _LONG.sub(_breakable, "".join(map(_letter, composed)))


def keep_numbers(text: str) -> str:
    """Returns `text` with phone numbers, dates and times kept in one piece, and from being turned round."""
    text = _RANGE.sub("\u2060–\u2060", text)
    return _NUMBER.sub(lambda found: f"{_LEFT_TO_RIGHT_ISOLATE}{found.group()}{_POP}", text)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _strings(part)
    elif is_dataclass(value):
        skipped = {Quality: {"picture"}, Door: {"url", "alternative"}}.get(type(value), set())
        for field in fields(value):
            if field.name not in skipped:
                yield from _strings(getattr(value, field.name))


def unprintable(item: object) -> str:
    """Returns the letters of a sheet, card, letter or text that no shipped font has, each once, in order.

    They are printed as □. The desk says so before it prints, so that a person can write them by hand.
    """
    letters = dict.fromkeys(letter for text in _strings(item) for letter in unicodedata.normalize("NFC", text))
    return "".join(letter for letter in letters if _letter(letter) == MISSING != letter)
