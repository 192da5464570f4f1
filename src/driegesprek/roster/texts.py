"""Comparing what people typed."""

import unicodedata


def folded(text: str) -> str:
    """Text without case, accents and double spaces, to compare names by."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def word_set(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())
