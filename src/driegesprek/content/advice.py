"""What to do next for a pupil for whom no adult was reached yet: the first rule that fits, from ``rules/``."""

from collections.abc import Mapping
from dataclasses import dataclass

from driegesprek.content.files import HERE, rows
from driegesprek.content.languages import DUTCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """How things stand with one adult.

    Attributes:
        last_kind: ``none``, ``sheet``, ``letter``, ``sms``, ``email``, ``phone``, ``visit`` or ``in_person``.
        outcome: ``sent``, ``reached``, ``not_reached`` or ``call_back``; empty when nothing was tried.
        days_ago: Days since the last attempt.
        attempts: Number of attempts so far.
        has_phone: Whether a working number is known.
        has_email: Whether an e-mail address is known.
        has_other_adult: Whether another adult of this pupil may be asked.
        language: Code of the language of the home.
    """

    last_kind: str = "none"
    outcome: str = ""
    days_ago: int = 0
    attempts: int = 0
    has_phone: bool = False
    has_email: bool = False
    has_other_adult: bool = False
    language: str = DUTCH


@dataclass(frozen=True, slots=True)
class Advice:
    """The next best step.

    Attributes:
        rule: Name of the rule that fits.
        action: What to do: a kind of contact, ``phone_other``, ``wait``, ``ask`` or ``none``.
        text_nl: The advice in Dutch.
        text_en: The advice in English.
    """

    rule: str
    action: str
    text_nl: str
    text_en: str

    def text(self, language_code: str) -> str:
        """Give the advice in Dutch, or else in English."""
        return self.text_nl if language_code == DUTCH else self.text_en


def next_step(situation: Situation) -> Advice:
    """Give the next best step: that of the first rule in the file that fits."""
    row = next(row for row in rows(HERE / "rules" / "next_step.csv") if _fits(row, situation))
    return Advice(row["rule"], row["action"], _advice(row, "nl", situation), _advice(row, "en", situation))


def _fits(row: Mapping[str, str], situation: Situation) -> bool:
    return (
        situation.last_kind in (row["last_kind"].split() or [situation.last_kind])
        and row["outcome"] in {"", situation.outcome}
        and situation.days_ago >= int(row["from_days"])
        and situation.attempts >= int(row["from_attempts"])
        and _known(row["has_phone"], situation.has_phone)
        and _known(row["has_email"], situation.has_email)
        and _known(row["has_other_adult"], situation.has_other_adult)
    )


def _known(wanted: str, is_so: bool) -> bool:
    return wanted in {"", "yes" if is_so else "no"}


def _advice(row: Mapping[str, str], code: str, situation: Situation) -> str:
    more = row[f"other_language_{code}"] if situation.language != DUTCH else ""
    return f"{row[f'advice_{code}']} {more}".strip()
