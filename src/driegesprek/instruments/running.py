"""The working out itself: values, relevance and constraints of one set of answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from driegesprek.instruments.given import Given
from driegesprek.instruments.model import Kind, Question
from driegesprek.instruments.places import template_of
from driegesprek.instruments.program import Part, Program
from driegesprek.instruments.typed import Unusable, computed, is_empty, seen_by_expressions, typed
from driegesprek.instruments.xpath import Env, chance, to_boolean, to_number, to_string
from driegesprek.instruments.xpath.values import moment_text

MOST_INSTANCES: Final = 200
"""Of one repeat inside one instance of what is around it."""
MOST_PLACES: Final = 20_000
"""Questions and groups in all instances together."""
_MOST_TRIES: Final = 30
At = Mapping[str, str]
_NOWHERE: Final[At] = {}


@dataclass
class Run:
    """One set of answers being worked out. Paths are with the ids of instances."""

    program: Program
    env: Env
    given: Given
    context: Mapping[str, Any]
    changed: frozenset[str] = frozenset()
    relevant: dict[str, bool] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    """{path: code of the reason}"""
    violated: set[str] = field(default_factory=set)
    defaults: dict[str, Any] = field(default_factory=dict)
    usable: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of the choices that remain after choice_filter, in the order in which they are shown."""
    contexts: dict[str, list[At]] = field(default_factory=dict)
    """{path of a repeat in the form: the instances around and of it, for each of its instances}"""
    instances: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """{path of a repeat in what is around it: its instances}"""
    places: dict[str, tuple[Part, At]] = field(default_factory=dict)
    """What stands at each path within repeats."""
    hidden: set[str] = field(default_factory=set)
    """Instances that are not relevant."""
    last: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The instances of the pass before."""
    triggered: dict[str, Any] = field(default_factory=dict)
    """Values that a change of another question gives to questions that keep them."""

    @property
    def answers(self) -> Mapping[str, Any]:
        """What was given, by path."""
        return self.given.answers

    def settle(self) -> None:
        """Work out everything; answers that break a constraint count as not given, until nothing changes.

        Each round refuses at least one answer more, so it ends.
        """
        self.env.current = {path: seen_by_expressions(value) for path, value in self.answers.items()}
        if (
            self.program.iterated
        ):  # what depends on the instances themselves begins with those that were given
            self.env.values = {**self.program.blank, **self.env.current}
            self.instances = {
                repeat: tuple(f"{repeat}[{one}]" for one in ids)
                for repeat, ids in self.given.instances.items()
            }
        self._settled_pass()
        while broken := self._broken():
            self.violated |= broken
            self._settled_pass()
        self.refused = {path: self.refused[path] for path in self.answers if path in self.refused}

    def _settled_pass(self) -> None:
        """One pass; or several, where a number of repeats depends on answers inside them."""
        self._pass()
        for _ in range(_MOST_TRIES if self.program.iterated else 0):
            before = self.instances
            self._pass()
            if self.instances == before:
                break

    def _pass(self) -> None:
        earlier, self.last = self.env.values, self.instances
        values: dict[str, Any] = dict(self.program.blank)
        self.env.values = values
        self.refused, self.defaults, self.usable, self.kept, self.triggered = {}, {}, {}, {}, {}
        self.contexts, self.instances, self.places, self.relevant = {"": [{}]}, {}, {}, {}
        self.env.instances, self.env.hidden = self.instances, self.hidden
        self.hidden.clear()
        self.env.at = self.env.home = _NOWHERE
        for step in self.program.steps:
            if step[0].around:
                self._in_instances(step, values, earlier)
                self.env.at = self.env.home = _NOWHERE
                continue
            part = step[0]  # no call for each: most of a form stands outside repeats and does not apply
            applies = not part.parent or self.relevant[part.parent]
            if applies and part.relevance is not None:
                found = part.relevance(self.env)
                applies = found if found is True or found is False else to_boolean(found)
            self.relevant[part.path] = applies
            if applies and part.question is not None:
                values[part.path] = self._value(part, part.question, part.path)

    def _in_instances(
        self, step: tuple[Part, ...], values: dict[str, Any], earlier: Mapping[str, Any]
    ) -> None:
        for part in step:
            if part.repeats:
                self._unfold(part, earlier)
        around = step[0].around
        for at in self.contexts[around]:
            self.env.at = self.env.home = at
            for part in step:
                path = at[around] + part.tail
                self.places[path] = (part, at)
                self._work_out(part, path, values)

    def _work_out(self, part: Part, path: str, values: dict[str, Any]) -> None:
        self.relevant[path] = relevant = self._is_relevant(part, path)
        if part.question is not None:  # outside repeats a pass begins with blanks
            values[path] = self._value(part, part.question, path) if relevant else ""
        elif part.repeats and not relevant:
            self.hidden.add(path)

    def _unfold(self, part: Part, earlier: Mapping[str, Any]) -> None:
        """Which instances of a repeat there are, inside each instance of what is around it."""
        outer = self.program.names.tree.chains[part.item.path][-2:-1]
        around = outer[0] if outer else ""
        tail = part.item.path[len(around) :]
        found = self.contexts[part.item.path] = []
        for at in self.contexts[around]:
            self.env.at = self.env.home = at
            repeat = at.get(around, "") + tail
            ids = self._ids(part, repeat, earlier)[: max(0, MOST_PLACES - len(self.places))]
            self.instances[repeat] = tuple(f"{repeat}[{one}]" for one in ids)
            found += [{**at, part.item.path: one} for one in self.instances[repeat]]

    def _ids(self, part: Part, repeat: str, earlier: Mapping[str, Any]) -> list[str]:
        """The ids that were given; with a number, as many as it says; without either, one."""
        told = self.given.instances.get(repeat)
        count = part.expressions.get("count")
        if count is None:
            return [*told][:MOST_INSTANCES] if told is not None else ["1"]
        number = self._counted(count.evaluate, earlier)
        ids = [*(told or ())][:number]
        spare = (str(place) for place in range(1, 2 * MOST_INSTANCES + 2) if str(place) not in ids)
        return [*ids, *(next(spare) for _ in range(number - len(ids)))]

    def _counted(self, evaluate: Any, earlier: Mapping[str, Any]) -> int:
        values = self.env.values
        if self.program.iterated:
            self.env.values = earlier or values
            self.env.instances = self.last
        number = to_number(evaluate(self.env))
        self.env.values, self.env.instances = values, self.instances
        return int(min(max(number, 0), MOST_INSTANCES)) if number == number else 0  # noqa: PLR0124 -- NaN

    def _is_relevant(self, part: Part, path: str) -> bool:
        if part.parent and not self.relevant[path.rpartition("/")[0]]:
            return False
        return part.relevance is None or to_boolean(part.relevance(self.env))

    def _value(self, part: Part, question: Question, path: str) -> str | float:
        if "calculation" in part.expressions and not part.triggers:
            if "once(" not in question.calculation:  # whose earlier value comes back with the answers
                self._refuse_given(path, "computed")
            return computed(question.kind, part.expressions["calculation"].evaluate(self.env))
        if part.triggers and (found := self._triggered(part, question, path)) is not None:
            return found
        if not question.kind.answerable:
            if not part.triggers:
                self._refuse_given(path, "not_a_question")
            return self._from_context(part, question, path)
        self._keep_choices(part, question, path)
        if path in self.answers:
            if question.read_only != "true()":
                return self._answered(question, path)
            self._refuse_given(path, "read_only")
        return self._default(part, question, path)

    def _triggered(self, part: Part, question: Question, path: str) -> str | float | None:
        """The value that a change of another question gives; None where what stands there is kept.

        Without knowing what changed (`changed` is empty) it is worked out once the other question has an answer and
        this one has none.
        """
        others = [one for one in self._instances_of(part.triggers) if not is_empty(self.answers.get(one))]
        now = bool(self.changed & set(self._instances_of(part.triggers)))
        if not now and (path in self.answers or not others):
            return (
                None
                if question.kind.answerable or path not in self.answers
                else seen_by_expressions(self.answers[path])
            )
        calculation = part.expressions.get("calculation")
        value = "" if calculation is None else computed(question.kind, calculation.evaluate(self.env))
        self.triggered[path] = as_given(value)
        return value

    def _instances_of(self, triggers: frozenset[str]) -> Iterator[str]:
        """Where the trigger stands, seen from here: in the same instance of a repeat that holds both."""
        for template in triggers:
            chain = [one for one in self.program.names.tree.chains[template] if one in self.env.home]
            yield self.env.home[chain[-1]] + template[len(chain[-1]) :] if chain else template

    def _keep_choices(self, part: Part, question: Question, path: str) -> None:
        if not part.rows and part.listed is None:
            return
        if part.listed is not None:
            names = tuple(part.listed(self.env))
        elif "choice_filter" in part.expressions:
            names = self._filtered(part)
        elif question.parameters.get("randomize") == "true":
            names = tuple(row.name for row in part.rows)
        else:
            return
        if question.parameters.get("randomize") == "true":
            seed = part.expressions.get("seed")
            chosen = seed.evaluate(self.env) if seed else f"{self.env.seed}|{path}"
            names = tuple(chance.shuffled(names, chance.seed_of(chosen)))
        self.kept[path] = names

    def _refuse_given(self, path: str, code: str) -> None:
        if not is_empty(self.answers.get(path)):
            self.refused[path] = code

    def _from_context(self, part: Part, question: Question, path: str) -> str | float:
        found = self.context.get(question.path, self.context.get(question.name))
        if found is None:
            match question.kind:
                case Kind.TODAY:
                    return self.env.today.isoformat()
                case Kind.START | Kind.END:
                    return moment_text(self.env.now)
                case Kind.NOTE:
                    return ""
            return self._default(part, question, path)
        return seen_by_expressions(found)

    def _answered(self, question: Question, path: str) -> str | float:
        if path in self.violated:
            self.refused[path] = "constraint"
            return ""
        try:
            value = typed(question, self.answers[path], self.kept.get(path), self.env.zone)
        except Unusable as reason:
            self.refused[path] = self._sharpened(question, path, reason.code)
            return ""
        if value is not None:
            self.usable[path] = value
        return seen_by_expressions(value)

    def _sharpened(self, question: Question, path: str, code: str) -> str:
        """A choice that exists but is filtered away is told apart from one that never existed."""
        if code not in {"choice", "rank"} or path not in self.kept:
            return code
        try:
            typed(question, self.answers[path], zone=self.env.zone)
        except Unusable:
            return code
        return "choice_gone"

    def _default(self, part: Part, question: Question, path: str) -> str | float:
        worked_out = part.expressions.get("default")
        raw = to_string(worked_out.evaluate(self.env)) if worked_out else question.default
        if not raw:
            return ""
        if not question.kind.answerable:
            return raw
        try:
            value = typed(question, raw, self.kept.get(path), self.env.zone)
        except Unusable:
            return ""
        if value is not None:
            self.defaults[path] = value
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
        return {path for path in self.usable if not self.holds(path, "constraint", without=True)}

    def place(self, path: str) -> tuple[Part, At]:
        """What stands at a path, and in which instances."""
        return self.places[path] if "[" in path else (self.program.parts[path], _NOWHERE)

    @property
    def questions(self) -> Iterable[tuple[str, Question]]:
        """Every question in every instance, in the order of the form."""
        if not self.instances:
            return self.program.questions
        return ((path, part.item) for path, part in self.in_order() if isinstance(part.item, Question))

    def in_order(self) -> Iterator[tuple[str, Part]]:
        """Every group, instance and question, in the order of the form."""
        if not self.instances:
            return iter(self.program.parts.items())
        return self._below("", "")

    def _below(self, template: str, path: str) -> Iterator[tuple[str, Part]]:
        for child in self.program.names.tree.children.get(template, ()):
            place = path + child[len(template) :]
            part = self.program.parts[child]
            for one in self.instances.get(place, ()) if part.repeats else (place,):
                yield one, part
                if not isinstance(part.item, Question):
                    yield from self._below(child, one)

    def holds(self, path: str, column: str, *, without: bool = False) -> bool:
        """Whether an expression of a question or group is true now; `without` one as it says."""
        if column not in self.program.columns:
            return without
        part, at = self.place(path)
        test = part.expressions.get(column)
        if test is None:
            return without
        self.env.at = self.env.home = at
        return to_boolean(test.evaluate(self.env))

    @property
    def shown(self) -> Iterable[str]:
        """Every question and note in every instance that is shown where it applies, in the order of the form."""
        if not self.instances:
            return self.program.shown
        return (path for path, question in self.questions if question.kind.shown)

    def is_required(self, path: str) -> bool:
        """Whether a question must be answered, where it applies."""
        if not self.holds(path, "required"):
            return False
        item = self.place(path)[0].item
        return isinstance(item, Question) and item.kind.answerable

    def is_read_only(self, path: str) -> bool:
        """Whether a question is computed, or read-only itself or by its group."""
        part, _ = self.place(path)
        if "calculation" in part.expressions and not part.triggers:
            return True
        while path and "read_only" in self.program.columns:
            if self.holds(path, "read_only"):
                return True
            path = path.rpartition("/")[0]
        return False

    @property
    def extendable(self) -> Iterator[str]:
        """Repeats without a number of their own that apply now; one without instances when it would apply to one."""
        for repeat, instances in self.instances.items():
            part = self.program.parts[template_of(repeat)]
            around = repeat.rpartition("/")[0]
            if "count" in part.expressions or (around and not self.relevant[around]):
                continue
            if any(self.relevant[one] for one in instances) or (
                not instances and self._would_apply(part, repeat)
            ):
                yield repeat

    def _would_apply(self, part: Part, repeat: str) -> bool:
        test = part.expressions.get("relevant")
        if test is None:
            return True
        around = self.program.names.tree.bindings((part.parent, repeat.rpartition("/")[0]))
        self.env.at = self.env.home = {**around, part.item.path: f"{repeat}[1]"}
        return to_boolean(test.evaluate(self.env))

    @property
    def irrelevant(self) -> tuple[str, ...]:
        """Answers given to questions that are not asked now, or to instances that are not there."""
        found = [
            path for path in self.answers if not self.relevant.get(path) and not is_empty(self.answers[path])
        ]
        if not found:
            return ()
        gone = [path for path in found if path not in self.relevant]
        present = {path for path in found if path in self.relevant}
        return (*(path for path, _ in self.questions if path in present), *gone)


def as_given(value: str | float) -> Any:
    """A value that was worked out, as an answer to keep; None when it is empty."""
    return None if value == "" else value
