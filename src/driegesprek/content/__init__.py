"""What we wrote, as data: texts for families, instruments, scores, rules, guides and the catalogue."""

from driegesprek.content.languages import DUTCH, LANGUAGES, Language, language
from driegesprek.content.texts import Override, Text, dutch_hash, keys, text

__all__ = [
    "DUTCH",
    "LANGUAGES",
    "Language",
    "Override",
    "Text",
    "dutch_hash",
    "keys",
    "language",
    "text",
]
