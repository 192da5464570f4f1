"""How wide a text will be, and where it breaks; without the font, so on the safe side."""

import re
import unicodedata
from functools import lru_cache

NARROW_LETTERS = frozenset("ijltfrI.,:;!|'’‘()[]{} -·°")
WIDE_LETTERS = frozenset("mwMWQOGDHNUЖШЩЮМФжшщюм%@&—…")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SOFT_HYPHEN = "\u00ad"
BOLD = 1.12
"""Bold letters are that much wider: multiply the size by it."""
ISOLATE, POP = "\u2068", "\u2069"


def clean(text: str) -> str:
    """The text on one line, with what XML cannot hold replaced."""
    return " ".join(_NOT_XML.sub("\ufffd", text).split())


def width(text: str, size: float) -> float:
    """Estimated width in px of a text in a sans-serif font of ``size`` px.

    The factors are those of DejaVu Sans, one of the widest, rounded upwards per class of letters.
    """
    return size * _ems(text)


@lru_cache(maxsize=8192)
def _ems(text: str) -> float:
    return sum(map(_factor, text))


@lru_cache(maxsize=4096)
def _factor(letter: str) -> float:
    if letter == SOFT_HYPHEN or unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 1.05
    if letter in NARROW_LETTERS:
        return 0.41
    if letter in WIDE_LETTERS:
        return 1.0
    return 0.74 if letter.isupper() else 0.63


def fits(text: str, room: float, size: float) -> bool:
    """Whether no word of the text, or part of it between soft hyphens, is wider than ``room`` px."""
    return all(width(part, size) <= room for word in clean(text).split(" ") for part in _parts(word))


def _parts(word: str) -> list[str]:
    *heads, tail = word.split(SOFT_HYPHEN)
    return [*(f"{head}-" for head in heads), tail]


def sentence(text: str) -> str:
    """The text, ending with a full stop unless it ends like a sentence already."""
    text = clean(text)
    return text if text.endswith((".", "?", "!", "؟", "…")) else f"{text}."


def wrap(text: str, room: float, size: float) -> list[str]:
    """Break a text into lines of at most ``room`` px.

    Breaks at spaces; a word that is too wide breaks at a soft hyphen where it has one that helps, else anywhere.
    """
    return list(_wrapped(text, room, size))


@lru_cache(maxsize=2048)
def _wrapped(text: str, room: float, size: float) -> tuple[str, ...]:
    lines: list[str] = []
    for word in clean(text).split(" "):
        _append(lines, word, room, size)
    return tuple(line.replace(SOFT_HYPHEN, "") for line in lines)


def _append(lines: list[str], word: str, room: float, size: float) -> None:
    if lines and width(f"{lines[-1]} {word}", size) <= room:
        lines[-1] = f"{lines[-1]} {word}"
        return
    while width(word, size) > room and len(word) > 1:
        head, word = _split(word, room, size)
        lines.append(head)
    lines.append(word)


def _split(word: str, room: float, size: float) -> tuple[str, str]:
    hyphens = [i for i, letter in enumerate(word) if letter == SOFT_HYPHEN]
    for i in reversed(hyphens):
        if i and i + 1 < len(word) and width(word[:i] + "-", size) <= room:
            return word[:i] + "-", word[i + 1 :]
    end = next((i for i in range(len(word), 1, -1) if width(word[:i], size) <= room), 1)
    return word[:end], word[end:]
