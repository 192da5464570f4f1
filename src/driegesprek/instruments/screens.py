"""One screen at a time: which question, with which words, and whether what was typed can be used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from driegesprek.instruments.model import Choice, Question, Questionnaire, Text
from driegesprek.instruments.playing import Play


@dataclass(frozen=True)
class Checked:
    """A typed value (None = left empty), or what to tell the person; never both."""

    value: Any = None
    problem: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the value can be stored."""
        return self.problem is None


def next_question(play: Play, after: str | None = None) -> str | None:
    """The path of the first question or note shown after this one (None: the first of all); None at the end."""
    raise NotImplementedError


def previous_question(play: Play, before: str | None = None) -> str | None:
    """The path of the last question or note shown before this one (None: the last of all); None at the start."""
    raise NotImplementedError


def check_answer(
    questionnaire: Questionnaire,
    path: str,
    raw: str | Sequence[str] | None,
    answers: Mapping[str, Any],
    *,
    today: date,
    now: datetime | None = None,
    context: Mapping[str, Any] | None = None,
    language: str | None = None,
) -> Checked:
    """Turn what an HTML form sent for one question into a value to store, or a message to show.

    Args:
        questionnaire: what is asked
        path: the question
        raw: the field's value; for select_multiple the list of ticked names
        answers: what was answered before (an earlier answer to this question is disregarded)
        today: see `play`
        now: see `play`
        context: see `play`
        language: of the message
    """
    raise NotImplementedError


def label(question: Question, language: str | None, play: Play) -> str:
    """The question's label in this language, ${name} filled in."""
    raise NotImplementedError


def choice_label(choice: Choice, language: str | None, play: Play) -> str:
    """The choice's label in this language (its name when it has none), ${name} filled in."""
    raise NotImplementedError


def render(text: Text, language: str | None, play: Play) -> str:
    """Any text of the form in this language, ${name} filled in: hints, guidance, messages, group labels."""
    raise NotImplementedError


def choices_for(question: Question, play: Play) -> tuple[Choice, ...]:
    """The choices to show now, after choice_filter."""
    raise NotImplementedError
