"""From the questions of a questionnaire, in one or more versions, to the variables of a wide file."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from driegesprek.instruments import Choice, Group, Kind, Question, Questionnaire, appearances, walk
from driegesprek.tables.codebook import Kind as VariableKind
from driegesprek.tables.codebook import Missing, Value, Variable
from driegesprek.web.surveys.domain import levels
from driegesprek.web.surveys.enums import AnswerStatus

KINDS: Final = {
    Kind.SELECT_ONE: VariableKind.SINGLE,
    Kind.SELECT_MULTIPLE: VariableKind.MULTIPLE,
    Kind.ACKNOWLEDGE: VariableKind.SINGLE,
    Kind.INTEGER: VariableKind.INTEGER,
    Kind.DECIMAL: VariableKind.DECIMAL,
    Kind.DATE: VariableKind.DATE,
}
"""What becomes a column of counts. Free text does not: it belongs to the talk."""
ANSWERS: Final = KINDS | {
    Kind.TEXT: VariableKind.TEXT,
    Kind.TIME: VariableKind.TEXT,
    Kind.DATETIME: VariableKind.TEXT,
    Kind.RANGE: VariableKind.DECIMAL,
    Kind.RANK: VariableKind.INTEGER,
    Kind.CALCULATE: VariableKind.TEXT,
}
"""What becomes a column of a file with the answers themselves: also text, and what the form keeps of its calculations."""
REASON_COLUMN: Final = "missing"
"""The column of a choices sheet that says a choice is no answer but a reason: dont_know or refused."""
_REASONS: Final = {str(reason): reason for reason in (Missing.DONT_KNOW, Missing.REFUSED)}
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_UNNAMED_LANGUAGE: Final = "und"
_LIMIT: Final = re.compile(r"count-selected\(\s*\.\s*\)\s*(<=|>=|=|<|>)\s*(\d+)")


_GIVEN: Final = AnswerStatus.GIVEN.value
_NOTHING: Final = (None, "", [])


class Apart(StrEnum):
    """Why a variable is shown inside the school but not exported."""

    CONDITIONAL = "conditional"
    """Asked only of some: how many would tell what they answered before."""
    DERIVED = "derived"
    """Made of other questions: together they would tell more than each by itself."""
    ITEM = "item"
    """Part of a scale, whose counts leave in the report: two counts of nearly the same people would tell of the others."""
    LIMITS = "limits"
    """The form ties the number of choices to something else, so the gate cannot know what follows from them."""


@dataclass(frozen=True)
class Column:
    """A variable with the question in each version that its answers come from.

    Attributes:
        variable: As in the codebook.
        paths: The question's path by the version of the instrument.
        reasons: Choices that are a reason for missing.
        codes: The code of every other choice.
        apart: Why it is not exported, or None.
        scale: Whether the answers run from one end to the other, so that they can be drawn in one bar.
    """

    variable: Variable
    paths: Mapping[UUID, str]
    reasons: Mapping[str, Missing] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    apart: Apart | None = None
    scale: bool = False
    ranked: str = ""
    """The choice whose place in a ranking this is: 1 for the first."""

    def read(self, answer: Mapping[str, Any]) -> tuple[Any, str | None]:
        """What a respondent answered, or None with the reason.

        Args:
            answer: `status` and `value`, as a frozen document has them.
        """
        value = answer["value"]
        if answer["status"] != _GIVEN or (not value and value in _NOTHING):
            return None, Missing.NOT_ASKED if answer["status"] == AnswerStatus.IRRELEVANT else Missing.SKIPPED
        # Most answers are a code that stands for itself.
        if self.stands:
            return value, None
        code = self._single.get(value) if isinstance(value, str) else None
        return self.coded(value) if code is None else (code, None)

    @cached_property
    def stands(self) -> bool:
        """Whether what was given is the value itself."""
        return not self.ranked and self.variable.kind not in {VariableKind.SINGLE, VariableKind.MULTIPLE}

    @cached_property
    def _single(self) -> Mapping[str, str]:
        """The codes where one answer is one code."""
        return self.codes if self.variable.kind is VariableKind.SINGLE and not self.ranked else {}

    def coded(self, value: Any) -> tuple[Any, str | None]:
        """The value as the wide file holds it, or None with the reason."""
        if self.ranked:
            place = value.index(self.ranked) + 1 if self.ranked in value else None
            return place, None if place else Missing.SKIPPED
        if self.stands:
            return value, None
        names = value if isinstance(value, list) else [value]
        codes = [self.codes[name] for name in names if name in self.codes]
        if not codes:
            return None, next((self.reasons[name] for name in names if name in self.reasons), Missing.INVALID)
        return (codes[0] if self.variable.kind is VariableKind.SINGLE else frozenset(codes)), None


@dataclass(frozen=True)
class _Asked:
    """One question of one version."""

    version: UUID
    form: Questionnaire
    question: Question
    ranked: Choice | None = None

    @property
    def name(self) -> str:
        """The question's own name; its whole path where the form uses the name twice."""
        same = [one for one in self.form.questions.values() if one.name == self.question.name]
        name = self.question.name if len(same) == 1 else self.question.path.strip("/").replace("/", ".")
        return f"{name}_{self.ranked.name}" if self.ranked else name

    @property
    def meaning(self) -> tuple[Any, ...]:
        """What must be the same for two versions to share a column: words as well as codes."""
        choices = [(one.name, self._words(one.label), one.extra.get(REASON_COLUMN)) for one in self._choices]
        ranked = self.ranked.name if self.ranked else ""
        return self.name, self.question.kind, self._words(self.question.label), ranked, *choices

    def _words(self, text: Mapping[str, str]) -> str:
        return text.get(self.form.default_language) or next(iter(text.values()), "")

    @property
    def _choices(self) -> tuple[Choice, ...]:
        if self.question.kind is Kind.ACKNOWLEDGE:
            return (Choice(name="OK", label={"nl": "Akkoord", "en": "Confirmed"}),)
        return self.question.choices

    @property
    def apart(self) -> Apart | None:
        """Whether it is asked only of some, by itself or by a group around it."""
        around = (one for one in walk(self.form.items) if isinstance(one, Group))
        groups = [one for one in around if self.question.path.startswith(f"{one.path}/")]
        if self.question.choice_filter or any(one.relevant for one in (self.question, *groups)):
            return Apart.CONDITIONAL
        unread = _LIMIT.sub("", self.question.constraint).replace("and", "").strip()
        return Apart.LIMITS if self.question.kind is Kind.SELECT_MULTIPLE and unread else None

    def column(self, name: str) -> Column:
        """The column of this question alone."""
        reasons = {
            one.name: _REASONS[one.extra[REASON_COLUMN]]
            for one in self._choices
            if one.extra.get(REASON_COLUMN) in _REASONS
        }
        answers = [one for one in self._choices if one.name not in reasons]
        codes = {one.name: f"{one.name}_" if one.name == "missing" else one.name for one in answers}
        kind = ANSWERS[self.question.kind]
        points = levels.points(self.form, self.question)
        answers.sort(key=lambda one: points.get(one.name, 0))
        coded = kind in {VariableKind.SINGLE, VariableKind.MULTIPLE}
        values = [Value(codes[one.name], labels(one.label), i) for i, one in enumerate(answers, 1) if coded]
        least, most = _limits(self.question, len(values)) if kind is VariableKind.MULTIPLE else (None, None)
        label = self._label()
        variable = Variable(name, label, kind, tuple(values), least=least, most=most)
        scale = kind is VariableKind.SINGLE and (bool(points) or self._is_scale(codes))
        ranked = self.ranked.name if self.ranked else ""
        paths = {self.version: self.question.path}
        return Column(variable, paths, reasons, codes, self.apart, scale, ranked)

    def _label(self) -> dict[str, str]:
        label = labels(self.question.label)
        if self.ranked is None:
            return label
        ranked = labels(self.ranked.label)
        return {key: f"{words}: {ranked.get(key, self.ranked.name)}" for key, words in label.items()}

    def _is_scale(self, codes: Iterable[str]) -> bool:
        """Shown as a scale in the form (XLSForm's appearance 'likert'), or numbered answers, three or more."""
        numbered = [code for code in codes if re.fullmatch(r"-?\d+", code)]
        return "likert" in appearances(self.question.appearance) or len(list(codes)) == len(numbered) > 2  # noqa: PLR2004 - two are yes and no


def labels(text: Mapping[str, str]) -> dict[str, str]:
    """A form's text under codes of languages; words whose language has no code are kept as 'und'."""
    named = {key: words for key, words in text.items() if words and _LANGUAGE.fullmatch(key)}
    others = [words for key, words in text.items() if words and key not in named]
    return named | ({_UNNAMED_LANGUAGE: others[0]} if others else {})


def _limits(question: Question, options: int) -> tuple[int, int]:
    """How many options who answers must and may choose, as the form's constraint says: at least one."""
    least, most = 1, options
    for sign, number in _LIMIT.findall(question.constraint):
        limit = int(number) + {">": 1, "<": -1}.get(sign, 0)
        if sign in {"=", ">", ">="}:
            least = max(least, limit)
        if sign in {"=", "<", "<="}:
            most = min(most, limit)
    possible = least <= most <= options
    return (least, most) if possible else (1, options)


def columns(
    forms: Sequence[tuple[UUID, Questionnaire]],
    reserved: Iterable[str],
    *,
    kinds: Collection[Kind] = KINDS,
    repeat: str = "",
) -> tuple[Column, ...]:
    """The columns of these versions together; questions that mean the same share one.

    Args:
        forms: (version, questionnaire), the newest first: its order and names come first.
        reserved: Names of columns that are taken.
        kinds: Types of question that become columns, some of ANSWERS.
        repeat: The path of the repeat of which the questions are meant; '' for those that are asked once.
    """
    found: dict[tuple[Any, ...], list[_Asked]] = {}
    for asked in _asked(forms, kinds, repeat):
        found.setdefault(asked.meaning, []).append(asked)
    taken = set(reserved)
    return tuple(_column(same, taken) for same in found.values())


def _asked(
    forms: Iterable[tuple[UUID, Questionnaire]], kinds: Collection[Kind], repeat: str
) -> Iterator[_Asked]:
    for version, form in forms:
        for question in form.questions.values():
            if question.kind in kinds and repeat_of(form, question.path) == repeat:
                yield from _of_question(_Asked(version, form, question))


def _of_question(asked: _Asked) -> Iterator[_Asked]:
    """A question as one column; a ranking as a column per choice; what the form does not keep, as none."""
    question = asked.question
    if question.kind is Kind.RANK:
        yield from (replace(asked, ranked=choice) for choice in question.choices)
    elif question.kind is Kind.CALCULATE:
        if question.extra.get("keep"):
            yield asked
    elif question.kind not in _CODED or _has_answers(asked):
        yield asked


def repeat_of(form: Questionnaire, path: str) -> str:
    """The path of the innermost repeat around a question; '' where it is asked once."""
    return max((one for one in form.repeats if path.startswith(f"{one}/")), key=len, default="")


_CODED = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.ACKNOWLEDGE})


def _has_answers(asked: _Asked) -> bool:
    return bool(asked.column("x").codes)


def _column(same: Sequence[_Asked], taken: set[str]) -> Column:
    """One column for questions of several versions, under a name that is free."""
    wanted = (
        re.sub(r"\W+", "_", re.sub(r"^(?=[\W\d])", "_", same[0].name)) if _odd(same[0].name) else same[0].name
    )
    number, one = 1, same[0].column(wanted)
    while taken & _names(one.variable):
        number += 1
        one = same[0].column(f"{wanted}_{number}")
    taken |= _names(one.variable)
    paths = {asked.version: asked.question.path for asked in same}
    apart = next((asked.apart for asked in same if asked.apart), None)
    variable = one.variable
    if variable.kind is VariableKind.MULTIPLE:
        limits = [asked.column("x").variable for asked in same]
        least, most = min(v.least or 1 for v in limits), max(v.most or 1 for v in limits)
        variable = Variable(
            variable.name, variable.label, variable.kind, variable.values, least=least, most=most
        )
    return replace(one, variable=variable, paths=paths, apart=apart)


def _odd(name: str) -> bool:
    return not re.fullmatch(r"[^\W\d]\w*(?:[.-]\w+)*", name)


def _names(variable: Variable) -> set[str]:
    return {variable.name, variable.missing_column, *variable.columns}
