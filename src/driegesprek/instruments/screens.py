"""One screen at a time: which question, with which words, and whether what was typed can be used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from driegesprek.instruments.languages import in_language, language_key
from driegesprek.instruments.model import Choice, Question, Questionnaire, Text
from driegesprek.instruments.playing import Play, play
from driegesprek.instruments.program import program_of
from driegesprek.instruments.sentences import SENTENCES
from driegesprek.instruments.typed import is_empty
from driegesprek.instruments.words import fill_in


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
    """The path of the first question or note shown after this one; None at the end.

    Args:
        play: the answers so far
        after: a path, which need not be asked any more; None gives the first of all
    """
    order = {path: place for place, path in enumerate(play.questionnaire.questions)}
    here = -1 if after is None else order[after]
    return next((path for path in play.asked if order[path] > here), None)


def previous_question(play: Play, before: str | None = None) -> str | None:
    """The path of the last question or note shown before this one; None at the start.

    Args:
        play: the answers so far
        before: a path, which need not be asked any more; None gives the last of all
    """
    order = {path: place for place, path in enumerate(play.questionnaire.questions)}
    here = len(order) if before is None else order[before]
    return next((path for path in reversed(play.asked) if order[path] < here), None)


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

    Raises:
        KeyError: there is no such question.
    """
    question = questionnaire.questions[path]
    others = {key: value for key, value in answers.items() if key not in {path, question.name}}
    tried = play(
        questionnaire, {**others, path: raw}, today=today, now=now, context=context, language=language
    )
    if text := _objection(question, raw, tried):
        return Checked(problem=_in_language(text, language, tried))
    return Checked(value=tried.answers.get(path))


def _objection(question: Question, raw: Any, tried: Play) -> Text | None:
    """Why this answer cannot be stored, if so."""
    path = question.path
    if path in tried.refused:
        return tried.refused[path]
    if path not in tried.asked:
        return SENTENCES["not_asked"]
    if path in tried.read_only and not is_empty(raw):
        return SENTENCES["read_only"]
    if path in tried.required and not tried.values[path]:
        return _filled_in(question.required_message, tried) or SENTENCES["required"]
    return None


def _filled_in(text: Text, so_far: Play) -> dict[str, str]:
    paths = program_of(so_far.questionnaire).names.paths
    return {key: fill_in(one, so_far.values, paths) for key, one in text.items()}


def _in_language(text: Text, language: str | None, so_far: Play) -> str:
    wanted = language_key(language) if language else so_far.language
    return in_language(text, wanted, so_far.questionnaire.default_language)


def render(text: Text, language: str | None, play: Play) -> str:
    """Any text of the form in this language, ${name} filled in: hints, guidance, messages, group labels."""
    paths = program_of(play.questionnaire).names.paths
    return fill_in(_in_language(text, language, play), play.values, paths)


def label(question: Question, language: str | None, play: Play) -> str:
    """The question's label in this language, ${name} filled in."""
    return render(question.label, language, play)


def choice_label(choice: Choice, language: str | None, play: Play) -> str:
    """The choice's label in this language (its name when it has none), ${name} filled in."""
    return render(choice.label, language, play) or choice.name


def choices_for(question: Question, play: Play) -> tuple[Choice, ...]:
    """The choices to show now, after choice_filter."""
    names = play.choices.get(question.path)
    if names is None:
        return question.choices
    return tuple(one for one in question.choices if one.name in names)
