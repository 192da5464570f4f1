"""Answers beside each other, where a form asks so by its `appearance`; the style sheet beside.css draws them.

Of XLSForm: likert, columns, columns-2 (and so on), columns-pack and no-buttons. Whether they fit, the browser decides by the
room there is and by what is said here of the words; where they do not they are the plain list.
"""

import re
from collections.abc import Iterable
from math import ceil

from driegesprek.content import Text

_COLUMNS = re.compile(r"columns-(\d+)")
_MOST_COLUMNS = 10
_LETTER = 0.52
"""The width of a letter in rem, on average, with some to spare."""
_LETTERS_OF_A_CELL = 8
"""Of a label, per rem of its width: it takes four lines at most."""
_WIDEST = 12
"""In rem; a longer word is broken."""
_ROOM = (12, 15, 18, 21, 24, 27, 30)
"""In rem, from which on a scale stands in a row; a page is at most 30 wide."""


def classes(wanted: frozenset[str], labels: Iterable[Text], *, pictured: bool) -> str:
    """What the list of answers is called in the style sheet; '' for the plain list.

    Args:
        wanted: as `instruments.appearances` gives them.
        labels: of the answers, with the Dutch beneath.
        pictured: whether any answer has a picture.
    """
    words = [one for label in labels for one in (str(label), label.dutch or "")]
    answers, wide = len(words) // 2, _wide(words, pictured=pictured)
    bare = " bare" if "no-buttons" in wanted else ""
    if "likert" in wanted:
        return _scale(answers * wide) + bare
    return (_columns(wanted, wide) + bare).strip()


def _scale(needed: float) -> str:
    room = next((one for one in _ROOM if needed <= one), None)
    return f"likert fit-{room}" if room else ""


def _columns(wanted: frozenset[str], wide: float) -> str:
    if "columns-pack" in wanted:
        return "pack"
    counted = next((found[1] for one in wanted if (found := _COLUMNS.fullmatch(one))), None)
    if counted is None and "columns" not in wanted:
        return ""
    many = f" of-{min(max(int(counted), 1), _MOST_COLUMNS)}" if counted else ""
    return f"columns wide-{ceil(wide)}{many}"


def _wide(words: Iterable[str], *, pictured: bool) -> float:
    """What an answer needs beside others, in rem: its longest word, and not too many lines."""
    found = 6.0 if pictured else 2.4
    for label in words:
        longest = max(map(len, label.split()), default=0)
        found = max(found, longest * _LETTER + 0.75, len(label) / _LETTERS_OF_A_CELL)
    return min(found, _WIDEST)
