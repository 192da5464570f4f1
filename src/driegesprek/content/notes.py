"""What a researcher or a school must know of an instrument: sources, choices made, what was not tested."""

from dataclasses import dataclass

from driegesprek.content.files import HERE, rows
from driegesprek.content.forms import instrument_parts
from driegesprek.content.languages import DUTCH


@dataclass(frozen=True, slots=True)
class InstrumentNote:
    """One remark about an instrument.

    Attributes:
        about: What it is about: ``source``, ``validity``, ``design``, ``missing``, or a question (``q8``).
        nl: The Dutch words.
        en: The English words.
    """

    about: str
    nl: str
    en: str

    def text(self, language_code: str) -> str:
        """Give the words in Dutch, or else in English."""
        return self.nl if language_code == DUTCH else self.en


def instrument_notes(key: str) -> tuple[InstrumentNote, ...]:
    """Give the remarks about an instrument, those of the forms of which it is made; often there are none.

    Raises:
        KeyError: if there is no such instrument.
    """
    files = (HERE / "instruments" / part / "notes.csv" for part in instrument_parts(key))
    return tuple(InstrumentNote(**row) for path in files if path.exists() for row in rows(path))
