"""A questionnaire and answers: what is asked, refused, no longer asked, computed and still missing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any

from driegesprek.instruments.given import Given
from driegesprek.instruments.languages import language_key
from driegesprek.instruments.model import Questionnaire, Text
from driegesprek.instruments.program import program_of
from driegesprek.instruments.running import Run
from driegesprek.instruments.sentences import SENTENCES
from driegesprek.instruments.typed import as_json, seen_by_expressions
from driegesprek.instruments.words import filled
from driegesprek.instruments.xpath import Env, to_string


@dataclass(frozen=True, kw_only=True)
class Play:
    """What follows from the answers given so far.

    Paths are '/group/name', and within repeats '/child[2]/name', where 2 is the id of the instance. What few ask is
    worked out when it is asked for.
    """

    questionnaire: Questionnaire = field(repr=False)
    language: str
    """The language in which labels are shown and dates written."""
    asked: tuple[str, ...]
    """Questions and notes shown for these answers, in order, answered or not."""
    irrelevant: tuple[str, ...]
    """Answers that were given but no longer apply: kept by the caller, blank in expressions."""
    answers: Mapping[str, Any]
    """The usable, relevant answers, typed: str, int, float, ISO date, time or moment, or a list of names."""
    instances: Mapping[str, tuple[str, ...]]
    """Of each repeat, in each instance of what is around it, its instances in order: {'/child': ('/child[1]',)}."""
    triggered: Mapping[str, Any]
    """Values that the change of another question (`trigger`) puts in place of an answer: to be kept with the answers."""
    run: Run = field(repr=False, compare=False)
    """Where all this was worked out."""

    @cached_property
    def refused(self) -> Mapping[str, Text]:
        """Answers that cannot be used, and why, per language; for everything else they count as not given."""
        if not (self.run.refused or self.run.given.unknown):
            return {}
        return {
            path: _reason(self.questionnaire, path, code, _as_offered(self.run, path, self.values))
            for path, code in self.run.refused.items()
        } | dict.fromkeys(self.run.given.unknown, SENTENCES["unknown"])

    @cached_property
    def values(self) -> Mapping[str, str]:
        """The value of each path as text, as expressions see it; '' for what is empty, refused or irrelevant."""
        found = self.run.env.values
        return {
            path: value if isinstance(value := found[path], str) else to_string(value)
            for path, _ in self.run.questions
        }

    @cached_property
    def calculated(self) -> Mapping[str, str | int | float]:
        """Values of calculations and of what the context gave (hidden, today, start, end)."""
        return {
            path: as_json(self.run.env.values[path])
            for path, part in self.run.in_order()
            if part.is_worked_out and self.run.relevant[path]
        }

    @cached_property
    def defaults(self) -> Mapping[str, Any]:
        """Values that stand ready in asked questions that were not answered yet."""
        asked = frozenset(self.asked)
        return {path: value for path, value in self.run.defaults.items() if path in asked}

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Asked and required, and neither answered nor filled by a default."""
        return tuple(path for path in self.asked if path in self.required and not self.values[path])

    @cached_property
    def required(self) -> frozenset[str]:
        """Asked and required now, answered or not."""
        return frozenset(path for path in self.asked if self.run.is_required(path))

    @cached_property
    def read_only(self) -> frozenset[str]:
        """Asked but not to be changed by the person."""
        return frozenset(path for path in self.asked if self.run.is_read_only(path))

    @cached_property
    def choices(self) -> Mapping[str, tuple[str, ...]]:
        """Names of the choices that remain, of asked questions that have a choice_filter."""
        return {path: names for path in self.asked if (names := self.run.kept.get(path)) is not None}

    @cached_property
    def extendable(self) -> tuple[str, ...]:
        """Repeats (as the keys of `instances`) to which the person may add an instance, or take one away."""
        return tuple(self.run.extendable)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Every question in every instance, asked or not, in the order of the form."""
        return tuple(path for path, _ in self.run.questions)

    @property
    def complete(self) -> bool:
        """Nothing missing, nothing refused."""
        return not self.missing and not self.refused

    def is_missing(self, path: str) -> bool:
        """Whether a question that is asked is required, and neither answered nor filled by a default."""
        return self.run.is_required(path) and not to_string(self.run.env.values[path])

    def is_read_only(self, path: str) -> bool:
        """Whether a question that is asked cannot be changed by the person."""
        return self.run.is_read_only(path)


def play(
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    *,
    today: date,
    now: datetime | None = None,
    context: Mapping[str, Any] | None = None,
    language: str | None = None,
    seed: str = "",
    changed: Collection[str] = (),
) -> Play:
    """Work out what these answers mean.

    Args:
        questionnaire: what is asked
        answers: {path or unique name: value}; numbers, strings, lists of names, dates; '' and None are no answer
            (a key with an empty value was cleared by the person: its default does not come back). For a repeat a
            list of objects, {'child': [{'name': 'Ada'}]}; or paths with the ids of instances, {'/child[1]/name':
            'Ada'}, and a list of ids {'/child': ['1', '2']} that tells which instances there are
        today: the date that today() gives, in the place where the person is
        now: the moment that now() gives, with its time zone; without it, today at 00:00
        context: {name or path: value} for `hidden` questions, e.g. {'choose_by': '2027-03-01'}
        language: for labels and names of months; without it the questionnaire's default
        seed: what random(), uuid() and randomize follow from; give each response its own and keep it
        changed: paths that the person has just changed, for calculations with a trigger
    """
    program = program_of(questionnaire)
    env = Env(
        values={},
        today=today,
        now=now or datetime.combine(today, time(), tzinfo=UTC),
        language=language_key(language) if language else questionnaire.default_language,
        default_language=questionnaire.default_language,
        seed=seed,
    )
    given = Given(program.names, program.blank).take(answers)
    run = Run(program, env, given, context or {}, frozenset(changed))
    run.settle()
    return _told(questionnaire, run)


def by_path(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers in any of the ways that `play` takes, by path with the ids of instances; what means nothing is left out."""
    program = program_of(questionnaire)
    return Given(program.names, program.blank).take(answers).answers


def _told(questionnaire: Questionnaire, run: Run) -> Play:
    return Play(
        questionnaire=questionnaire,
        language=run.env.language,
        asked=tuple(path for path in run.shown if run.relevant[path]),
        irrelevant=run.irrelevant,
        answers=run.usable,
        instances=run.instances,
        triggered=run.triggered,
        run=run,
    )


def _as_offered(run: Run, path: str, values: Mapping[str, str]) -> Mapping[str, str]:
    """The values as they were when this answer was refused, so that a message can name it."""
    return {**values, path: to_string(seen_by_expressions(run.answers[path]))}


def _reason(questionnaire: Questionnaire, path: str, code: str, values: Mapping[str, str]) -> Text:
    """The form's own words where it has them, with names filled in, else ours."""
    question = questionnaire.question(path)
    if code == "constraint" and question.constraint_message:
        names = program_of(questionnaire).names
        return {key: filled(text, values, names, path) for key, text in question.constraint_message.items()}
    return SENTENCES[code]
