"""Text as a printer can take it: no control characters, no missing letters, numbers that stay as they are."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache

from driegesprek.paper.fonts import covered
from driegesprek.paper.model import Door, Quality

MISSING = "□"
"""Stands for a letter that no font has, so that a person sees where to write it."""

LONGEST_WORD = 30
"""Letters; a longer word without a hyphenation (an address, a typing error) may break anywhere."""

LONGEST_BOX = 40
"""Letters; what is longer must be able to break over lines, so it is not kept in one piece."""

_FIRST_STRONG_ISOLATE, _POP = "\u2068", "\u2069"
_ISOLATES = {"\u2066", "\u2067", "\u2068", "\u2069"}
_JOINERS = {"\u200c", "\u200d"}
_SPECIAL = re.compile(
    r"[\u2066-\u2068](?P<isolated>[^\u2066-\u2069]*)\u2069"
    r"|(?P<range>\d[\d:.]*\s?–\s?\d[\d:.]*)"
    # A phone number, a date or a time in digits: begins with + or a digit, and holds a separator.
    r"|(?P<number>\+?\d+(?:[ ()./:\u00a0-]+\d+)+|\+\d+)"
    rf"|(?P<long>[^\s\u2066-\u2069-]{{{LONGEST_WORD + 1},}})"
)
Box = dict[str, str]
"""`words` that stay in one piece and keep their `direction`; without words a place where a line may break."""


def isolate(value: str) -> str:
    """Returns `value` so that its direction leaves the sentence around it alone (Unicode UAX #9, isolates)."""
    return f"{_FIRST_STRONG_ISOLATE}{value}{_POP}"


def is_right_to_left(text: str) -> bool:
    """Returns whether the first letter with a direction runs from right to left (UAX #9, rule P2)."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in {"R", "AL"} for kind in kinds if kind in {"L", "R", "AL"}), False)


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    kind = unicodedata.category(letter)
    if letter == "\n" or letter in _ISOLATES | _JOINERS:
        return letter
    if letter.isspace():
        return "\u00a0" if letter == "\u00a0" else " "
    if kind in {"Cc", "Cf", "Cs", "Co"}:
        return ""
    if ord(letter) in covered():
        return letter
    plain = unicodedata.normalize("NFKC", letter)
    if all(ord(part) in covered() for part in plain):
        return plain
    return "" if kind == "Mn" else MISSING


def clean(text: str) -> str:
    """Returns `text` composed (NFC), without control characters; □ stands for a letter that no font has."""
    return "".join(map(_letter, unicodedata.normalize("NFC", text.replace("\r\n", "\n"))))


def plain(text: str) -> str:
    """Returns `text` for where only letters can stand: a title, an alternative text, a cell of a table."""
    if text.isascii() and text.isprintable():  # as most cells are: every font has these
        return text
    return "".join(letter for letter in clean(text) if letter not in _ISOLATES)


def _box(words: str, *, rtl: bool) -> Box:
    return {"words": words, "direction": "rtl" if rtl else "ltr"}


def _broken(word: str) -> Iterator[str | Box]:
    half = LONGEST_WORD // 2
    for start in range(0, len(word), half):
        if start:
            yield {"words": "", "direction": "ltr"}
        yield word[start : start + half]


def _special(found: re.Match[str], *, rtl: bool) -> Iterator[str | Box]:
    words = found["isolated"]
    if words is None:
        yield from (
            _broken(found["long"]) if found["long"] else [_box(found[0], rtl=rtl and bool(found["range"]))]
        )
    elif is_right_to_left(words) == rtl or len(words) > LONGEST_BOX:
        yield from _pieces(words, rtl=rtl)
    else:
        yield _box(words, rtl=not rtl)


def _pieces(text: str, *, rtl: bool) -> Iterator[str | Box]:
    end = 0
    for found in _SPECIAL.finditer(text):
        yield text[end : found.start()]
        yield from _special(found, rtl=rtl)
        end = found.end()
    yield text[end:]


def runs(text: str, *, rtl: bool) -> str | list[str | Box]:
    """Returns `text` in pieces, as the templates set them.

    Phone numbers, dates, times and isolated names of the other direction become boxes: for the text around them a box
    is one neutral character, which is what an isolate is. (The invisible characters of UAX #9 would do the same on
    paper, but a PDF then gives them back instead of spaces.) Overlong words may break.

    Args:
        text: What is to be printed.
        rtl: Whether the text around runs from right to left.
    """
    pieces: list[str | Box] = []
    for piece in _pieces(clean(text), rtl=rtl):
        words = (
            "".join(letter for letter in piece if letter not in _ISOLATES)
            if isinstance(piece, str)
            else piece
        )
        if words and isinstance(words, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += words
        elif words:
            pieces.append(words)
    return "".join(map(str, pieces)) if all(isinstance(piece, str) for piece in pieces) else pieces


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
    letters = dict.fromkeys(
        letter for text in _strings(item) for letter in unicodedata.normalize("NFC", text)
    )
    return "".join(letter for letter in letters if _letter(letter) == MISSING != letter)
