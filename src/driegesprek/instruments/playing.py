"""A questionnaire and answers: what is asked, refused, no longer asked, computed and still missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from driegesprek.instruments.model import Questionnaire, Text


@dataclass(frozen=True, kw_only=True)
class Play:
    """What follows from the answers given so far. Paths are '/group/name'."""

    questionnaire: Questionnaire = field(repr=False)
    language: str
    """The language in which labels are shown and dates written."""
    asked: tuple[str, ...]
    """Questions and notes shown for these answers, in order, answered or not."""
    refused: Mapping[str, Text]
    """Answers that cannot be used, and why, per language; for everything else they count as not given."""
    irrelevant: tuple[str, ...]
    """Answers that were given but no longer apply: kept by the caller, blank in expressions."""
    calculated: Mapping[str, str | int | float]
    """Values of calculations and of what the context gave (hidden, today, start, end)."""
    defaults: Mapping[str, Any]
    """Values that stand ready in questions that were not answered yet."""
    missing: tuple[str, ...]
    """Asked and required, and neither answered nor filled by a default."""
    required: frozenset[str]
    """Asked and required now, answered or not."""
    read_only: frozenset[str]
    """Asked but not to be changed by the person."""
    values: Mapping[str, str]
    """The value of each path as expressions see it; '' for what is empty, refused or irrelevant."""
    choices: Mapping[str, tuple[str, ...]]
    """Names of the choices that remain, of asked questions that have a choice_filter."""
    answers: Mapping[str, Any]
    """The usable, relevant answers, typed: str, int, float, ISO date, or a list of names."""

    @property
    def complete(self) -> bool:
        """Nothing missing, nothing refused."""
        return not self.missing and not self.refused


def play(
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    *,
    today: date,
    now: datetime | None = None,
    context: Mapping[str, Any] | None = None,
    language: str | None = None,
) -> Play:
    """Work out what these answers mean.

    Args:
        questionnaire: what is asked
        answers: {path: value}; numbers, strings, lists of names, dates; '' and None are no answer
        today: the date that today() gives, in the place where the person is
        now: the moment that now() gives, with its time zone; without it, today at 00:00
        context: {name or path: value} for `hidden` questions, e.g. {'choose_by': '2027-03-01'}
        language: for labels and names of months; without it the questionnaire's default
    """
    raise NotImplementedError
