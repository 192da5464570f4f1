"""Sums of answers per question, outcome and group: all that tables and charts are computed from.

Counts are personal data until :mod:`driegesprek.evidence.disclosure` has passed them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeVar

from driegesprek.tables.codebook import Kind, Missing

Group = tuple[str, ...]
"""Codes of the grouping variables, in the order of ``by``; ``()`` is everybody; ``""`` is not known."""
Key = TypeVar("Key", bound=tuple[object, ...])
Other = TypeVar("Other", bound=tuple[object, ...])


class CountsError(ValueError):
    """Counts that contradict themselves or each other; the message says where and what to do."""


class Answer(NamedTuple):
    """Who gave an answer: the key of one sum."""

    question: str
    code: str
    group: Group


class Absence(NamedTuple):
    """Who gave no answer, and why: the key of one sum."""

    question: str
    reason: Missing
    group: Group


@dataclass(frozen=True)
class CountedQuestion:
    """What must be known of a question to read its sums.

    Attributes:
        name: As in the codebook.
        kind: Single or multiple (an integer with listed values is counted as single).
        categories: The codes in the order of the scale.
        least: How many options the form demands of who answers (several answers only).
        most: How many options the form allows (several answers only).
    """

    name: str
    kind: Kind
    categories: tuple[str, ...]
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Counts:
    """Sums per question, outcome and group; ``a + b`` are the sums of both files together.

    Sums of zero are not kept, and order does not matter: equal sums are equal objects.

    Attributes:
        by: Names of the grouping variables.
        questions: What was counted.
        respondents: Rows of the file per group, whether they answered or not.
        answers: Respondents per question, code and group.
        absences: Respondents without an answer per question, reason and group.
    """

    by: tuple[str, ...]
    questions: tuple[CountedQuestion, ...]
    respondents: Mapping[Group, int] = field(default_factory=dict)
    answers: Mapping[Answer, int] = field(default_factory=dict)
    absences: Mapping[Absence, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "questions", tuple(sorted(self.questions, key=lambda q: q.name)))
        object.__setattr__(self, "respondents", _canonical(self.respondents))
        object.__setattr__(self, "answers", _canonical(self.answers))
        object.__setattr__(self, "absences", _canonical(self.absences))
        _check(self)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups that have respondents, sorted by code."""
        return tuple(self.respondents)

    @cached_property
    def keys(self) -> tuple[Answer | Absence, ...]:
        """The keys of all sums that are not zero."""
        return (*self.answers, *self.absences)

    @cached_property
    def _absent(self) -> dict[tuple[str, Group], int]:
        return _collect(self.absences, lambda key: (key.question, key.group))

    def question(self, name: str) -> CountedQuestion:
        """The question of that name.

        Raises:
            CountsError: It was not counted; the message lists what was.
        """
        for question in self.questions:
            if question.name == name:
                return question
        known = ", ".join(q.name for q in self.questions) or "none"
        raise CountsError(f"The question {name!r} was not counted. Counted: {known}.")

    def n(self, question: str, group: Group = ()) -> int:
        """Respondents of the group who answered the question (any option, for several answers)."""
        return self.respondents.get(group, 0) - self._absent.get((question, group), 0)

    def of(self, question: str, code: str, group: Group = ()) -> int:
        """Respondents of the group who gave that answer."""
        return self.answers.get(Answer(question, code, group), 0)

    def without(self, question: str, reason: Missing, group: Group = ()) -> int:
        """Respondents of the group who gave no answer for that reason."""
        return self.absences.get(Absence(question, reason, group), 0)

    def over(self, by: Iterable[str] = ()) -> "Counts":
        """The same sums by fewer grouping variables; without any: everybody together.

        Raises:
            CountsError: The sums were not made by that variable.
        """
        by = tuple(by)
        places = [self._place(name) for name in by]

        def coarse(group: Group) -> Group:
            return tuple(group[place] for place in places)

        return Counts(
            by=by,
            questions=self.questions,
            respondents=_collect(self.respondents, coarse),
            answers=_collect(self.answers, lambda key: key._replace(group=coarse(key.group))),
            absences=_collect(self.absences, lambda key: key._replace(group=coarse(key.group))),
        )

    def _place(self, name: str) -> int:
        if name not in self.by:
            raise CountsError(f"Not counted by {name!r}; counted by: {', '.join(self.by) or 'nothing'}.")
        return self.by.index(name)

    def __add__(self, other: "Counts") -> "Counts":
        """The sums of both files together, as if their rows stood in one file."""
        if not isinstance(other, Counts):
            return NotImplemented
        _refuse_unequal(self, other)
        return Counts(
            by=self.by,
            questions=self.questions,
            respondents=_added(self.respondents, other.respondents),
            answers=_added(self.answers, other.answers),
            absences=_added(self.absences, other.absences),
        )


def _canonical(sums: Mapping[Key, int]) -> dict[Key, int]:
    return {key: sums[key] for key in sorted(sums) if sums[key] != 0}


def _collect(sums: Mapping[Key, int], to: Callable[[Key], Other]) -> dict[Other, int]:
    collected: dict[Other, int] = {}
    for key, n in sums.items():
        collected[to(key)] = collected.get(to(key), 0) + n
    return collected


def _added(a: Mapping[Key, int], b: Mapping[Key, int]) -> dict[Key, int]:
    return {key: a.get(key, 0) + b.get(key, 0) for key in {*a, *b}}


def _refuse_unequal(a: Counts, b: Counts) -> None:
    if a.by != b.by:
        raise CountsError(f"Sums by {a.by} and by {b.by} cannot be added. Count both by the same variables.")
    if [q.name for q in a.questions] != [q.name for q in b.questions]:
        raise CountsError("The sums have different questions. Count the same questions in both files.")
    for one, two in zip(a.questions, b.questions, strict=True):
        if one != two:
            raise CountsError(f"The question {one.name!r} differs: {one} and {two}. Use the same codebook.")


def _check(counts: Counts) -> None:
    _check_keys(counts)
    _check_groups(counts)
    given = _collect(counts.answers, lambda key: (key.question, key.group))
    for question in counts.questions:
        for group in counts.groups:
            _check_cell(counts, question, group, given.get((question.name, group), 0))


def _check_keys(counts: Counts) -> None:
    categories = {question.name: set(question.categories) for question in counts.questions}
    if len(categories) != len(counts.questions):
        raise CountsError(
            f"A question stands twice in the sums: {', '.join(q.name for q in counts.questions)}."
        )
    for key in counts.keys:
        if key.question not in categories:
            raise CountsError(f"There are sums of {key.question!r}, but that question is not listed.")
    for answer in counts.answers:
        if answer.code not in categories[answer.question]:
            raise CountsError(f"Question {answer.question!r}: {answer.code!r} is not one of its categories.")


def _check_groups(counts: Counts) -> None:
    for group in counts.groups:
        if len(group) != len(counts.by):
            raise CountsError(f"The group {group} should have one code for each of {counts.by}.")
    for key in counts.keys:
        if key.group not in counts.respondents:
            raise CountsError(f"Question {key.question!r}: the group {key.group} has no respondents.")
    if any(n < 0 for sums in (counts.respondents, counts.answers, counts.absences) for n in sums.values()):
        raise CountsError("A sum is below zero. Sums count respondents.")


def _check_cell(counts: Counts, question: CountedQuestion, group: Group, given: int) -> None:
    n = counts.n(question.name, group)
    if question.kind is Kind.MULTIPLE:
        right = all(counts.of(question.name, code, group) <= n for code in question.categories)
    else:
        right = given == n
    if not right or n < 0:
        raise CountsError(
            f"Question {question.name!r}, group {group}: answers and missing do not add up to the "
            f"{counts.respondents[group]} respondents."
        )
