"""The working out itself: values, relevance and constraints of one set of answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from driegesprek.instruments.model import Kind, Question
from driegesprek.instruments.program import Part, Program
from driegesprek.instruments.typed import Unusable, computed, is_empty, seen_by_expressions, typed
from driegesprek.instruments.xpath import Env, to_boolean, to_string
from driegesprek.instruments.xpath.values import moment_text


@dataclass
class Run:
    """One set of answers being worked out."""

    program: Program
    env: Env
    given: Mapping[str, Any]
    context: Mapping[str, Any]
    relevant: dict[str, bool] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    """{path: code of the reason}"""
    violated: set[str] = field(default_factory=set)
    defaults: dict[str, Any] = field(default_factory=dict)
    usable: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of the choices that remain after choice_filter."""

    def settle(self) -> None:
        """Work out everything; answers that break a constraint count as not given, until nothing changes.

        Each round refuses at least one answer more, so it ends.
        """
        self.env.current = {path: seen_by_expressions(value) for path, value in self.given.items()}
        self._pass()
        while broken := self._broken():
            self.violated |= broken
            self._pass()
        self.refused = {path: self.refused[path] for path in self.given if path in self.refused}

    def _pass(self) -> None:
        self.env.values = values = {}
        self.refused, self.defaults, self.usable, self.kept = {}, {}, {}, {}
        for part in self.program.order:
            path, item = part.item.path, part.item
            self.relevant[path] = relevant = self._is_relevant(part)
            if isinstance(item, Question):
                values[path] = self._value(part, item) if relevant else ""

    def _is_relevant(self, part: Part) -> bool:
        if part.parent and not self.relevant[part.parent]:
            return False
        test = part.expressions.get("relevant")
        return test is None or to_boolean(test.evaluate(self.env))

    def _value(self, part: Part, question: Question) -> str | float:
        calculation = part.expressions.get("calculation")
        if calculation is not None:
            if "once(" not in question.calculation:  # whose earlier value comes back with the answers
                self._refuse_given(question.path, "computed")
            return computed(question.kind, calculation.evaluate(self.env))
        if not question.kind.answerable:
            self._refuse_given(question.path, "not_a_question")
            return self._from_context(part, question)
        if "choice_filter" in part.expressions:
            self.kept[question.path] = self._filtered(part)
        if question.path in self.given:
            if question.read_only != "true()":
                return self._answered(question)
            self._refuse_given(question.path, "read_only")
        return self._default(part, question)

    def _refuse_given(self, path: str, code: str) -> None:
        if not is_empty(self.given.get(path)):
            self.refused[path] = code

    def _from_context(self, part: Part, question: Question) -> str | float:
        found = self.context.get(question.path, self.context.get(question.name))
        if found is None:
            match question.kind:
                case Kind.TODAY:
                    return self.env.today.isoformat()
                case Kind.START | Kind.END:
                    return moment_text(self.env.now)
                case Kind.NOTE:
                    return ""
            return self._default(part, question)
        return seen_by_expressions(found)

    def _answered(self, question: Question) -> str | float:
        path = question.path
        if path in self.violated:
            self.refused[path] = "constraint"
            return ""
        try:
            value = typed(question, self.given[path], self.kept.get(path))
        except Unusable as reason:
            self.refused[path] = self._sharpened(question, reason.code)
            return ""
        if value is not None:
            self.usable[path] = value
        return seen_by_expressions(value)

    def _sharpened(self, question: Question, code: str) -> str:
        """A choice that exists but is filtered away is told apart from one that never existed."""
        if code != "choice" or question.path not in self.kept:
            return code
        try:
            typed(question, self.given[question.path])
        except Unusable:
            return code
        return "choice_gone"

    def _default(self, part: Part, question: Question) -> str | float:
        worked_out = part.expressions.get("default")
        raw = to_string(worked_out.evaluate(self.env)) if worked_out else question.default
        if not raw:
            return ""
        if not question.kind.answerable:
            return raw
        try:
            value = typed(question, raw, self.kept.get(question.path))
        except Unusable:
            return ""
        if value is not None:
            self.defaults[question.path] = value
        return seen_by_expressions(value)

    def _filtered(self, part: Part) -> tuple[str, ...]:
        test = part.expressions["choice_filter"].evaluate
        names = []
        for row in part.rows:
            self.env.row = row.columns
            if to_boolean(test(self.env)):
                names.append(row.name)
        self.env.row = {}
        return tuple(names)

    def _broken(self) -> set[str]:
        """Answers that break their constraint; an empty answer breaks none."""
        found = set()
        for path in self.usable:
            test = self.program.parts[path].expressions.get("constraint")
            if test is not None and not to_boolean(test.evaluate(self.env)):
                found.add(path)
        return found

    def is_asked(self, question: Question) -> bool:
        """Whether a person sees this question or note now."""
        return question.kind.shown and self.relevant[question.path]

    def holds(self, path: str, column: str) -> bool:
        """Whether an expression of a question or group is true now; False without one."""
        test = self.program.parts[path].expressions.get(column)
        return test is not None and to_boolean(test.evaluate(self.env))

    def is_read_only(self, path: str) -> bool:
        """Whether a question is computed, or read-only itself or by its group."""
        part: Part | None = self.program.parts[path]
        if part and "calculation" in part.expressions:
            return True
        while part is not None:
            if self.holds(part.item.path, "read_only"):
                return True
            part = self.program.parts.get(part.parent)
        return False

    def remaining(self, path: str) -> tuple[str, ...] | None:
        """Names of the choices after choice_filter; None without one."""
        return self.kept.get(path)

    @property
    def irrelevant(self) -> tuple[str, ...]:
        """Answers given to questions that are not asked now."""
        questions = self.program.names.items
        return tuple(
            path
            for path in questions
            if path in self.given and not self.relevant[path] and not is_empty(self.given[path])
        )

    @property
    def computed(self) -> tuple[str, ...]:
        """Paths whose value is computed or given, in the order of the form, where they apply."""
        return tuple(
            path
            for path, part in self.program.parts.items()
            if isinstance(part.item, Question)
            and self.relevant[path]
            and (not part.item.kind.shown or "calculation" in part.expressions)
        )
