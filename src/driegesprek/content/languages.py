"""The languages in which the family face speaks."""

from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the family face.

    Attributes:
        code: ISO 639-1 code, as in the ``lang`` attribute of HTML.
        name: What its own speakers call it.
        dutch_name: What a Dutch reader calls it.
        direction: Writing direction, as in the ``dir`` attribute of HTML.
    """

    code: str
    name: str
    dutch_name: str
    direction: Direction = "ltr"


DUTCH = "nl"
LANGUAGES = (
    Language("nl", "Nederlands", "Nederlands"),
    Language("en", "English", "Engels"),
    Language("tr", "Türkçe", "Turks"),
    Language("ar", "العربية", "Arabisch", "rtl"),
    Language("pl", "Polski", "Pools"),
    Language("uk", "Українська", "Oekraïens"),
)
BY_CODE = {one.code: one for one in LANGUAGES}


def language(code: str) -> Language:
    """Give the language of a code.

    Raises:
        KeyError: if the family face does not speak it.
    """
    try:
        return BY_CODE[code]
    except KeyError:
        raise KeyError(f"no language {code!r}; there are {', '.join(BY_CODE)}") from None
