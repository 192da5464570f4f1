"""Comparing what people typed."""

import unicodedata

# Letters that are no letter with an accent to Unicode, but are written without their mark all the same.
_MARKED = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h"})


def folded(text: str) -> str:
    """Text without case, accents and double spaces, to compare names by."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_MARKED)
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def word_set(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())
