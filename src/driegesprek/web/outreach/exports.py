"""Lists that leave the house; formulas in them are defused."""

from collections.abc import Iterable
from dataclasses import dataclass

from driegesprek.tables import write_csv


@dataclass(frozen=True, slots=True)
class TextMessage:
    """One text message to one adult about one pupil."""

    phone: str
    language: str
    text: str


def messages_csv(messages: Iterable[TextMessage]) -> bytes:
    """A list that a text message service reads: number, language, text with the link in it."""
    rows = ((message.phone, message.language, message.text) for message in messages)
    return write_csv(("telefoon", "taal", "tekst"), rows)
