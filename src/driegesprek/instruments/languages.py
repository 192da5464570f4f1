"""Names of languages as form makers write them, and the texts of a question in one of them."""

import re
from collections.abc import Mapping
from functools import cache

_CODE_AT_END = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\s*\)\s*$")
_CODE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "dv", "yi", "sd", "ug", "arc", "syr", "prs"})
_NAMED_IN = ("en", "nl", "tr", "ar", "pl", "uk", "de", "fr", "es")


def language_key(name: str) -> str:
    """The code of a language as a form names it: 'Nederlands (nl)', 'Dutch' and 'nl' all give 'nl'.

    A name that nobody knows stays what it is.
    """
    name = " ".join(name.split())
    if found := _CODE_AT_END.search(name):
        return found[1].replace("_", "-").lower()
    if _CODE.fullmatch(name):
        return name.replace("_", "-").lower()
    return _known_names().get(name.casefold(), name)


@cache
def _known_names() -> dict[str, str]:
    """Names of languages in a few languages, from CLDR: {'dutch': 'nl', 'nederlands': 'nl', …}."""
    from babel import Locale  # noqa: PLC0415 -- heavy, and only needed while reading a form

    names: dict[str, str] = {}
    for locale in _NAMED_IN:
        for code, name in Locale(locale).languages.items():
            names.setdefault(name.casefold(), code.replace("_", "-").lower())
    return names


def direction_of(language: str) -> str:
    """'rtl' for languages written from right to left, else 'ltr'."""
    return "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


def in_language(text: Mapping[str, str], language: str | None, default: str = "") -> str:
    """The text in this language; else in the default language, else English, else any, else ''.

    Args:
        text: {language: text}
        language: a code or name; 'ar-SY' also finds 'ar'
        default: the questionnaire's default language
    """
    wanted = (language or "", (language or "").partition("-")[0], default, "default", "en")
    for key in wanted:
        if text.get(key):
            return text[key]
    return next((one for one in text.values() if one), "")
