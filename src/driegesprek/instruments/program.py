"""All expressions of a questionnaire made ready, in the order in which they can be worked out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from driegesprek.instruments.model import Group, Item, Question, Questionnaire
from driegesprek.instruments.ordering import Circle, Ordered, Reads, ordered
from driegesprek.instruments.scopes import FROM_ANSWERS, Names, QuestionScope
from driegesprek.instruments.words import references
from driegesprek.instruments.xpath import Env, Expression, ExpressionError, compile_expression, parse
from driegesprek.instruments.xpath.compiling import Compiler
from driegesprek.instruments.xpath.functions import FUNCTIONS
from driegesprek.instruments.xpath.looking_up import Row
from driegesprek.instruments.xpath.nodes import answers_of
from driegesprek.instruments.xpath.special import SPECIAL
from driegesprek.instruments.xpath.tree import Call, Chain, Negate, Node
from driegesprek.instruments.xpath.values import Value

_YES = frozenset({"yes", "true", "true()"})
_NO = frozenset({"no", "false", "false()"})
COLUMNS = (
    "relevant",
    "required",
    "constraint",
    "calculation",
    "default",
    "choice_filter",
    "read_only",
    "count",
    "seed",
)
"""Columns (and the parameter seed) that hold an expression."""
_ORDERING = ("relevant", "calculation", "default", "choice_filter", "seed", "count")


class Fault(NamedTuple):
    """An expression that cannot be used."""

    path: str
    column: str
    error: ExpressionError


@dataclass
class Part:
    """A question or group with its expressions; `default` is only there when it must be worked out."""

    item: Item
    parent: str
    around: str
    """The innermost repeat around it, itself included; '' outside repeats."""
    expressions: dict[str, Expression] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    listed: Callable[[Env], list[str]] | None = None
    """Gives the choices that come from earlier answers."""
    triggers: frozenset[str] = frozenset()
    """Paths in the form at whose change the calculation is done."""

    @cached_property
    def relevance(self) -> Callable[[Env], Value] | None:
        """What tells whether this applies, once what is around it does; None where it always does."""
        test = self.expressions.get("relevant")
        return test.evaluate if test else None

    @cached_property
    def path(self) -> str:
        """Where it stands in the form."""
        return self.item.path

    @cached_property
    def question(self) -> Question | None:
        """The question; None for a group."""
        return self.item if isinstance(self.item, Question) else None

    @cached_property
    def is_worked_out(self) -> bool:
        """Whether its value is computed, or comes from outside."""
        if not isinstance(self.item, Question):
            return False
        return not self.item.kind.shown or ("calculation" in self.expressions and not self.triggers)

    @property
    def tail(self) -> str:
        """The path within an instance of the repeat around it."""
        return self.item.path[len(self.around) :]

    @cached_property
    def repeats(self) -> bool:
        """Whether this is a repeat."""
        return isinstance(self.item, Group) and self.item.repeats

    @property
    def reads(self) -> Iterator[tuple[str, Expression]]:
        """What must be known before this."""
        return ((column, self.expressions[column]) for column in _ORDERING if column in self.expressions)


@dataclass
class Program:
    """A questionnaire ready to be played."""

    names: Names
    parts: Mapping[str, Part]
    steps: tuple[tuple[Part, ...], ...]
    """Parts in the order in which they are worked out; those of one step in each instance in turn."""
    blank: Mapping[str, str] = field(default_factory=dict)
    """Every question outside repeats, empty: where a pass begins."""
    columns: frozenset[str] = frozenset()
    """Columns that hold an expression anywhere."""
    iterated: bool = False
    """Whether a number of repeats depends on what is answered inside it, so that it is found by trying."""

    @cached_property
    def questions(self) -> tuple[tuple[str, Question], ...]:
        """Every question with its path, in the order of the form."""
        return tuple(
            (path, part.item) for path, part in self.parts.items() if isinstance(part.item, Question)
        )

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """Those of them that are shown where they apply."""
        return tuple(path for path, question in self.questions if question.kind.shown)


def expression_text(item: Item, column: str) -> str:
    """The expression in a column; yes and no become true() and false(), a constant default becomes ''."""
    if column == "seed":
        return item.parameters.get("seed", "") if isinstance(item, Question) else ""
    text = str(getattr(item, column, "")).strip()
    if column == "default" and not is_dynamic(text):
        return ""
    if column in {"required", "read_only", "relevant"}:
        return "true()" if text.lower() in _YES else "false()" if text.lower() in _NO else text
    return text


def is_dynamic(default: str) -> bool:
    """Whether a default must be worked out: it names a question or calls a function of ours."""
    if "${" in default:
        return True
    if "(" not in default:
        return False
    try:
        return any(isinstance(node, Call) and _known(node.name) for node in _nodes(parse(default)))
    except ExpressionError:
        return False


def _known(function: str) -> bool:
    return function in FUNCTIONS or function in SPECIAL


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Call):
        inner: tuple[Node, ...] = node.arguments
    elif isinstance(node, Chain):
        inner = (node.first, *(operand for _, operand in node.rest))
    else:
        inner = (node.operand,) if isinstance(node, Negate) else ()
    for one in inner:
        yield from _nodes(one)


@lru_cache(maxsize=256)
def program_of(questionnaire: Questionnaire) -> Program:
    """The program of a questionnaire, kept for the next time.

    Raises:
        ExpressionError: an expression cannot be used; never for a questionnaire that `read` gave.
    """
    program, faults = assemble(questionnaire)
    for fault in faults:
        raise fault.error
    return program


def assemble(questionnaire: Questionnaire) -> tuple[Program, list[Fault]]:
    """Make every expression ready and find the order; everything that cannot be used is told."""
    names = Names(questionnaire.items, questionnaire.choice_lists, questionnaire.settings.get("name", "data"))
    parts: dict[str, Part] = {}
    faults: list[Fault] = []
    rows: dict[str, tuple[Row, ...]] = {}
    for path, item in names.items.items():
        chain, list_name = names.tree.chains[path], getattr(item, "list_name", "")
        parts[path] = Part(item, path.rpartition("/")[0], chain[-1] if chain else "")
        if list_name:
            parts[path].rows = rows.setdefault(list_name, names.rows(list_name))
        faults += _compile(parts[path], names)
    if faults:
        return Program(names, parts, ()), faults
    return _in_order(names, parts)


def _in_order(names: Names, parts: Mapping[str, Part]) -> tuple[Program, list[Fault]]:
    reads = {path: _reads(part) for path, part in parts.items()}
    found = ordered(reads)
    if isinstance(found, Circle):
        return Program(names, parts, ()), [_circle_fault(parts, found)]
    return _program(names, parts, found), []


def _program(names: Names, parts: Mapping[str, Part], found: Ordered) -> Program:
    steps = tuple(tuple(parts[path] for path in step) for step in found.steps)
    blank = {path: "" for path, part in parts.items() if isinstance(part.item, Question) and not part.around}
    columns = frozenset(column for part in parts.values() for column in part.expressions)
    return Program(names, parts, steps, blank, columns, found.iterated)


def _reads(part: Part) -> Reads:
    return Reads(
        part.parent,
        part.around,
        {
            column: {path: path in expression.across for path in sorted(expression.uses)}
            for column, expression in part.reads
        },
    )


def _circle_fault(parts: Mapping[str, Part], circle: Circle) -> Fault:
    names = " → ".join(parts[path].item.name for path in circle.along)
    code = "cycle_self" if circle.along[0] == circle.along[1] else "cycle"
    return Fault(circle.path, circle.column, ExpressionError(code, names=names))


def _compile(part: Part, names: Names) -> Iterator[Fault]:
    item = part.item
    for column in COLUMNS:
        text = expression_text(item, column)
        try:
            if column == "choice_filter" and _is_listed(item):
                _compile_listed(part, names, text)
            elif text:
                part.expressions[column] = compile_expression(text, _scope(part, names, column))
        except ExpressionError as error:
            yield Fault(item.path, column, error)
    yield from _compile_trigger(part, names)


def _is_listed(item: Item) -> bool:
    return isinstance(item, Question) and item.list_name.startswith(FROM_ANSWERS)


def _scope(part: Part, names: Names, column: str) -> QuestionScope:
    if column == "count":  # the number of instances belongs to what is around the repeat
        return QuestionScope(names, part.parent)
    list_name = getattr(part.item, "list_name", "") if column == "choice_filter" else None
    return QuestionScope(names, part.item.path, list_name)


def _compile_listed(part: Part, names: Names, text: str) -> None:
    name = next(iter(references(getattr(part.item, "list_name", ""))), "")
    compiler = Compiler(QuestionScope(names, part.item.path))
    part.listed = answers_of(compiler, name, parse(text) if text else None)
    part.expressions["choice_filter"] = compiler.done(lambda _: True)


def _compile_trigger(part: Part, names: Names) -> Iterator[Fault]:
    if not isinstance(part.item, Question) or not part.item.trigger:
        return
    try:
        part.triggers = frozenset(names.path_of(name) for name in references(part.item.trigger))
    except ExpressionError as error:
        yield Fault(part.item.path, "trigger", error)
        return
    if not part.triggers:
        yield Fault(part.item.path, "trigger", ExpressionError("trigger_form", text=part.item.trigger[:60]))
