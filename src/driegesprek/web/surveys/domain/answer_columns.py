"""What documents answered, as columns; and the instances of repeats, a table for each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from driegesprek.tables.codebook import Kind, Variable
from driegesprek.web.surveys.domain import answer_rows
from driegesprek.web.surveys.domain.answer_rows import Document
from driegesprek.web.surveys.enums import AnswerStatus

_ID: Final = re.compile(r"\[([^\[\]/]*)\]")
_GIVEN: Final = AnswerStatus.GIVEN.value
_SETS: Final = 4_096
"""Sets of codes that are kept at most, of one question."""
Answer = Mapping[str, Any]


class Collected:
    """The answers to some questions as they come in, a document at a time, so that no document need stay in memory.

    Documents that live on no longer fit in the processor's cache, and the collector of garbage visits each.
    """

    def __init__(self, columns: Sequence[Any]) -> None:
        """For these questions: `variables.Column`."""
        self._questions = [_Question(one) for one in columns]
        self._plans: dict[UUID, _Plan] = {}
        self._rows = 0

    def take(self, document: Document) -> None:
        """Take in what one document has."""
        plan, row, answer_to = self._plan(document.version), self._rows, document.answers.get
        for path, known, keep, question in plan.coded:
            answer = answer_to(path)
            cell = None
            if answer is not None and answer["status"] == _GIVEN:
                value = answer["value"]
                cell = known(tuple(value) if value.__class__ is list else value)
            keep(question.thought_of(answer, document, path, row) if cell is None else cell)
        for path, keep, question in plan.as_given:
            answer = answer_to(path)
            cell = answer["value"] if answer is not None and answer["status"] == _GIVEN else None
            keep(cell or question.thought_of(answer, document, path, row))
        self._rows += 1

    def _plan(self, version: UUID) -> "_Plan":
        if version not in self._plans:
            self._plans[version] = _Plan.of(self._questions, version)
        return self._plans[version]

    def given(self) -> dict[str, Any]:
        """The columns of what came in since the last time, as Arrow arrays."""
        made: dict[str, Any] = {}
        for question in self._questions:
            made |= question.given(self._rows)
        self._rows = 0
        return made


class _Question:
    """One question, whatever version it is asked in."""

    def __init__(self, column: Any) -> None:
        self.column = column
        self.variable: Variable = column.variable
        self.places = {code: place for place, code in enumerate(self.variable.codes)}
        self.known: dict[Any, Any] = {}
        """{what was given, a tuple for a list: its cell}: most answers are one of few."""
        self.values: list[Any] = []
        self.reasons: dict[int, str] = {}
        """{row: why it has no value}."""

    def thought_of(self, answer: Answer | None, document: Document, path: str | None, row: int) -> Any:
        """A cell that is not known yet, or is empty for a reason."""
        if answer is None:
            self.reasons[row] = document.unanswered(path)
            return None
        value, why = self.column.read(answer)
        if why is not None:
            self.reasons[row] = why
        if value is None or self.column.stands:
            return value
        cell = self.places[value] if self.variable.kind is Kind.SINGLE else value
        if len(self.known) < _SETS:
            given = answer["value"]
            self.known[tuple(given) if isinstance(given, list) else given] = cell
        return cell

    def given(self, rows: int) -> dict[str, Any]:
        """Its columns, and begin anew."""
        variable, why = self.variable, answer_rows.few_reasons(self.reasons, rows)
        if variable.kind is Kind.SINGLE:
            found = answer_rows.placed(self.values, variable.codes)
            made = {variable.name: found, variable.missing_column: why}
        else:
            made = answer_rows.cells(variable, self.values, why)
        self.values.clear()
        self.reasons.clear()
        return made


@dataclass(frozen=True)
class _Plan:
    """Of the questions of one version: their path, and what to do with what stands there.

    Attributes:
        coded: one of few answers, or several.
        as_given: a number, a text, a day.
    """

    coded: Sequence[tuple[Any, ...]]
    as_given: Sequence[tuple[Any, ...]]

    @classmethod
    def of(cls, questions: Sequence[_Question], version: UUID) -> "_Plan":
        """The plan of a version."""
        paths = [(one.column.paths.get(version), one) for one in questions]
        return cls(
            [(path, one.known.get, one.values.append, one) for path, one in paths if not one.column.stands],
            [(path, one.values.append, one) for path, one in paths if one.column.stands],
        )


@dataclass
class Repeat:
    """The instances of one repeat, as a long table: one row per instance, with the respondent's id."""

    path: str
    columns: Sequence[Any]
    rows: answer_rows.Writer

    @property
    def name(self) -> str:
        """The repeat's own name."""
        return self.path.rpartition("/")[2]

    def add(self, documents: Sequence[Document]) -> None:
        """Take in the instances of some documents."""
        found = [one for document in documents for one in self._instances(document)]
        if not found:
            return
        made = {
            "person": answer_rows.array([one.person for one in found]),
            "within": answer_rows.array([one.about["within"] for one in found]),
            "instance": answer_rows.array([one.about["instance"] for one in found], "int64"),
        }
        collected = Collected(self.columns)
        for one in found:
            collected.take(one)
        self.rows.add(made | collected.given())

    def _instances(self, document: Document) -> Iterator[Document]:
        """Each instance as a document of its own, in the order in which they were made."""
        steps = (rf"/{re.escape(part)}(?:\[[^\]/]*\])?" for part in self.path.strip("/").split("/"))
        prefix, counted = re.compile("".join(steps)), dict[str, int]()
        matches = (prefix.match(path) for path in document.asked)
        for head in dict.fromkeys(found[0] for found in matches if found and found[0].endswith("]")):
            around = head[: head.rindex("[")]
            counted[around] = counted.get(around, 0) + 1
            about = {"within": "/".join(_ID.findall(around)) or None, "instance": counted[around]}
            yield _narrowed(document, self.path, head, about)

    def variables(self) -> list[Variable]:
        """The variables of the long table."""
        return [
            Variable("person", {"nl": "Respondent (sleutel)", "en": "Respondent (key)"}, Kind.TEXT),
            Variable("within", {"nl": "Binnen welke herhaling", "en": "Within which instance"}, Kind.TEXT),
            Variable("instance", {"nl": "Hoeveelste keer", "en": "Number of the instance"}, Kind.INTEGER),
            *(column.variable for column in self.columns),
        ]


def _narrowed(document: Document, path: str, head: str, about: Mapping[str, Any]) -> Document:
    """The document as one instance sees it: its own answers under the paths of the form."""
    own = f"{head}/"
    answers = {
        f"{path}{one[len(head) :]}": value for one, value in document.answers.items() if one.startswith(own)
    }
    asked = tuple(f"{path}{one[len(head) :]}" for one in document.asked if one.startswith(own))
    return replace(document, answers=answers, asked=asked, about=about)
