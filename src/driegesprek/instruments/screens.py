"""One screen at a time: which question, with which words, and whether what was typed can be used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from driegesprek.instruments.languages import in_language, language_key
from driegesprek.instruments.model import Choice, Question, Questionnaire, Text
from driegesprek.instruments.places import template_of
from driegesprek.instruments.playing import Play, play
from driegesprek.instruments.program import program_of
from driegesprek.instruments.scopes import FROM_ANSWERS
from driegesprek.instruments.sentences import SENTENCES
from driegesprek.instruments.typed import is_empty
from driegesprek.instruments.words import filled


@dataclass(frozen=True)
class Checked:
    """A typed value (None = left empty), or what to tell the person; never both."""

    value: Any = None
    problem: str | None = None
    play: Play | None = field(default=None, compare=False, repr=False)
    """What all answers mean with a usable one in its place; as `play` tells it for the value to be stored."""

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
    if after is None:
        return next(iter(play.asked), None)
    here = place_of(play, after)
    return next((path for path in play.asked if place_of(play, path) > here), None)


def previous_question(play: Play, before: str | None = None) -> str | None:
    """The path of the last question or note shown before this one; None at the start.

    Args:
        play: the answers so far
        before: a path, which need not be asked any more; None gives the last of all
    """
    if before is None:
        return next(reversed(play.asked), None)
    here = place_of(play, before)
    return next((path for path in reversed(play.asked) if place_of(play, path) < here), None)


_GONE = 10**9
"""Where an instance stands that is not there any more: behind those that are."""


def place_of(play: Play, path: str) -> tuple[int, ...]:
    """Where a path stands in the form: of every group around it the place, and of an instance its number.

    A repeat itself (a key of `instances`) stands behind its instances: there is asked whether there is another.

    Raises:
        KeyError: there is no such question or group.
    """
    if not play.instances:
        return (play.questionnaire.order[path],)
    found: list[int] = []
    at = ""
    for part in path.split("/")[1:]:
        at = f"{at}/{part}"
        found.append(play.questionnaire.order[template_of(at)])
        if part.endswith("]"):
            among = play.instances.get(at[: at.rindex("[")], ())
            found.append(among.index(at) if at in among else _GONE)
    if at in play.instances:
        found.append(_GONE + 1)
    return tuple(found)


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
    seed: str = "",
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
        seed: see `play`

    Raises:
        KeyError: there is no such question.
    """
    question = questionnaire.question(path)
    own = {path, question.name} if path == question.path else {path}
    others = {key: value for key, value in answers.items() if key not in own}
    tried = play(
        questionnaire,
        {**others, path: raw},
        today=today,
        now=now,
        context=context,
        language=language,
        seed=seed,
    )
    if text := _objection(question, path, raw, tried):
        return Checked(problem=_in_language(text, language, tried))
    return Checked(value=tried.answers.get(path), play=tried)


def _objection(question: Question, path: str, raw: Any, tried: Play) -> Text | None:
    """Why this answer cannot be stored, if so."""
    if path in tried.refused:
        return tried.refused[path]
    if path not in tried.asked:
        return SENTENCES["not_asked"]
    if not is_empty(raw) and tried.is_read_only(path):
        return SENTENCES["read_only"]
    if tried.is_missing(path):
        return _filled_in(question.required_message, tried, path) or SENTENCES["required"]
    return None


def _filled_in(text: Text, so_far: Play, path: str) -> dict[str, str]:
    names = program_of(so_far.questionnaire).names
    return {key: filled(one, so_far.values, names, path) for key, one in text.items()}


def _in_language(text: Text, language: str | None, so_far: Play) -> str:
    wanted = language_key(language) if language else so_far.language
    return in_language(text, wanted, so_far.questionnaire.default_language)


def render(text: Text, language: str | None, play: Play, at: str = "") -> str:
    """Any text of the form in this language, ${name} filled in: hints, guidance, messages, group labels.

    `at` is the path with ids of the question or group whose text it is; it is only needed within repeats.
    """
    names = program_of(play.questionnaire).names
    return filled(_in_language(text, language, play), play.values, names, at)


def label(question: Question, language: str | None, play: Play, at: str = "") -> str:
    """The question's label in this language, ${name} filled in; `at` as for `render`."""
    return render(question.label, language, play, at)


def choice_label(choice: Choice, language: str | None, play: Play, at: str = "") -> str:
    """The choice's label in this language (its name when it has none), ${name} filled in; `at` as for `render`."""
    return render(choice.label, language, play, at) or choice.name


def choices_for(question: Question, play: Play, at: str = "") -> tuple[Choice, ...]:
    """The choices to show now, after choice_filter, in the order in which they are to be shown.

    `at` is the path with ids of the question, when it stands within a repeat.
    """
    names = play.choices.get(at or question.path)
    if names is None:
        return question.choices
    if question.list_name.startswith(FROM_ANSWERS):
        return tuple(Choice(name=name) for name in names)
    place = {name: number for number, name in reversed(list(enumerate(names)))}
    return tuple(
        sorted((one for one in question.choices if one.name in place), key=lambda one: place[one.name])
    )
