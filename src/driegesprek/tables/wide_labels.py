"""Our own words in exported files, in Dutch and English: reasons for missing, and whether an option was chosen."""

from collections.abc import Mapping
from typing import Final

from driegesprek.tables.codebook import Missing, Variable

_REASONS: Final[Mapping[str, Mapping[Missing, str]]] = {
    "nl": {
        Missing.NOT_ASKED: "niet gevraagd",
        Missing.SKIPPED: "overgeslagen",
        Missing.DONT_KNOW: "weet niet",
        Missing.REFUSED: "wil niet zeggen",
        Missing.STOPPED: "gestopt",
        Missing.INVALID: "ongeldig",
        Missing.NOT_RECORDED: "niet vastgelegd",
    },
    "en": {
        Missing.NOT_ASKED: "not asked",
        Missing.SKIPPED: "skipped",
        Missing.DONT_KNOW: "don't know",
        Missing.REFUSED: "refused",
        Missing.STOPPED: "stopped",
        Missing.INVALID: "invalid",
        Missing.NOT_RECORDED: "not recorded",
    },
}
_CHOSEN: Final = {"nl": ("niet gekozen", "gekozen"), "en": ("not chosen", "chosen")}
_WHY: Final = {"nl": "reden dat dit er niet is", "en": "why this is missing"}


def reason_word(reason: Missing, language: str) -> str:
    """A reason for missing in words."""
    return _REASONS[_ours(language)][reason]


def chosen_words(language: str) -> tuple[str, str]:
    """What 0 and 1 mean in the column of an option."""
    return _CHOSEN[_ours(language)]


def why_words(language: str) -> str:
    """What the column with reasons is called after the name of its variable."""
    return _WHY[_ours(language)]


def label_of(variable: Variable, language: str) -> str:
    """A variable's label on one line: in the language, else in Dutch, English, or any; '' where it has none."""
    return " ".join(_first(variable.label, language).split())


def value_word(variable: Variable, code: str, language: str) -> str:
    """The label of a code on one line; the code where it has none."""
    labels = next((value.label for value in variable.values if value.code == code), {})
    return " ".join(_first(labels, language).split()) or code


def _first(labels: Mapping[str, str], language: str) -> str:
    wanted = (language, "nl", "en", *labels)
    return next((labels[one] for one in wanted if labels.get(one)), "")


def _ours(language: str) -> str:
    return "en" if language.startswith("en") else "nl"
