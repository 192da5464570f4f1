"""A questionnaire and answers: what is asked, refused, no longer asked, computed and still missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from driegesprek.instruments.languages import language_key
from driegesprek.instruments.model import Question, Questionnaire, Text
from driegesprek.instruments.program import Program, program_of
from driegesprek.instruments.running import Run
from driegesprek.instruments.sentences import SENTENCES
from driegesprek.instruments.typed import as_json, seen_by_expressions
from driegesprek.instruments.words import fill_in
from driegesprek.instruments.xpath import Env, to_string


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
    """Values that stand ready in asked questions that were not answered yet."""
    missing: tuple[str, ...]
    """Asked and required, and neither answered nor filled by a default."""
    required: frozenset[str]
    """Asked and required now, answered or not."""
    read_only: frozenset[str]
    """Asked but not to be changed by the person."""
    values: Mapping[str, str]
    """The value of each path as text, as expressions see it; '' for what is empty, refused or irrelevant."""
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
        answers: {path or unique name: value}; numbers, strings, lists of names, dates; '' and None are no answer
            (a key with an empty value was cleared by the person: its default does not come back)
        today: the date that today() gives, in the place where the person is
        now: the moment that now() gives, with its time zone; without it, today at 00:00
        context: {name or path: value} for `hidden` questions, e.g. {'choose_by': '2027-03-01'}
        language: for labels and names of months; without it the questionnaire's default
    """
    program = program_of(questionnaire)
    env = Env(
        values={},
        today=today,
        now=now or datetime.combine(today, time(), tzinfo=UTC),
        language=language_key(language) if language else questionnaire.default_language,
        default_language=questionnaire.default_language,
    )
    given, unknown = _by_path(program, answers)
    run = Run(program, env, given, context or {})
    run.settle()
    return _told(questionnaire, run, unknown)


def _by_path(program: Program, answers: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    given: dict[str, Any] = {}
    unknown = []
    for key, value in answers.items():
        paths = [key] if key.startswith("/") else program.names.paths.get(key, [])
        if len(paths) == 1 and isinstance(program.names.items.get(paths[0]), Question):
            given[paths[0]] = value
        else:
            unknown.append(key)
    return given, unknown


def _told(questionnaire: Questionnaire, run: Run, unknown: list[str]) -> Play:
    values = {path: to_string(run.env.values[path]) for path in questionnaire.questions}
    asked = tuple(path for path, question in questionnaire.questions.items() if run.is_asked(question))
    refused = {
        path: _reason(questionnaire, path, code, _as_offered(run, path, values))
        for path, code in run.refused.items()
    } | dict.fromkeys(unknown, SENTENCES["unknown"])
    questions = questionnaire.questions
    required = frozenset(
        path for path in asked if questions[path].kind.answerable and run.holds(path, "required")
    )
    return Play(
        questionnaire=questionnaire,
        language=run.env.language,
        asked=asked,
        refused=refused,
        irrelevant=run.irrelevant,
        calculated={path: as_json(run.env.values[path]) for path in run.computed},
        defaults={path: value for path, value in run.defaults.items() if path in set(asked)},
        missing=tuple(path for path in asked if path in required and not values[path]),
        required=required,
        read_only=frozenset(path for path in asked if run.is_read_only(path)),
        values=values,
        choices={path: names for path in asked if (names := run.remaining(path)) is not None},
        answers=run.usable,
    )


def _as_offered(run: Run, path: str, values: Mapping[str, str]) -> Mapping[str, str]:
    """The values as they were when this answer was refused, so that a message can name it."""
    return {**values, path: to_string(seen_by_expressions(run.given[path]))}


def _reason(questionnaire: Questionnaire, path: str, code: str, values: Mapping[str, str]) -> Text:
    """The form's own words where it has them, with names filled in, else ours."""
    question = questionnaire.questions[path]
    if code == "constraint" and question.constraint_message:
        paths = program_of(questionnaire).names.paths
        return {key: fill_in(text, values, paths) for key, text in question.constraint_message.items()}
    return SENTENCES[code]
