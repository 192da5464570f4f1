"""What we wrote, as data: texts for families, instruments, scores, rules, guides and the catalogue.

text("welcome.intro", "tr", pupil="Aylin")          what to show, with the Dutch beneath a draft
text("welcome.intro", "nl", voice="pupil")          the same, said to the pupil
instrument("qualities_adult")                       one of our questionnaires, in six languages
"""

from driegesprek.content import catalogue
from driegesprek.content.forms import instrument, instrument_keys, instrument_tables, instrument_texts
from driegesprek.content.languages import DUTCH, LANGUAGES, Language, language
from driegesprek.content.texts import Override, Overrides, Text, dutch_hash, keys, text

__all__ = [
    "DUTCH",
    "LANGUAGES",
    "Language",
    "Override",
    "Overrides",
    "Text",
    "catalogue",
    "dutch_hash",
    "instrument",
    "instrument_keys",
    "instrument_tables",
    "instrument_texts",
    "keys",
    "language",
    "text",
]
