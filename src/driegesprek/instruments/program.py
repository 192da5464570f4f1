"""All expressions of a questionnaire made ready, in the order in which they can be worked out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import NamedTuple

from driegesprek.instruments.model import Item, Questionnaire
from driegesprek.instruments.scopes import Names, QuestionScope
from driegesprek.instruments.xpath import Expression, ExpressionError, compile_expression, parse
from driegesprek.instruments.xpath.functions import FUNCTIONS
from driegesprek.instruments.xpath.special import SPECIAL, Row
from driegesprek.instruments.xpath.tree import Call, Chain, Negate, Node

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
)
"""Columns that hold an expression."""
_ORDERING = ("relevant", "calculation", "default", "choice_filter")


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
    expressions: dict[str, Expression] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()

    @property
    def reads(self) -> Iterator[tuple[str, str]]:
        """What must be known before this: (column, path)."""
        for column in _ORDERING:
            if column in self.expressions:
                for path in sorted(self.expressions[column].uses):
                    yield column, path


@dataclass
class Program:
    """A questionnaire ready to be played."""

    names: Names
    parts: Mapping[str, Part]
    order: tuple[Part, ...]


def expression_text(item: Item, column: str) -> str:
    """The expression in a column; yes and no become true() and false(), a constant default becomes ''."""
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
    for path, item in names.items.items():
        parent = path.rpartition("/")[0]
        parts[path] = Part(item, parent, rows=names.rows(getattr(item, "list_name", "")))
        faults += _compile(parts[path], names)
    if faults:
        return Program(names, parts, ()), faults
    order, fault = _ordered(parts)
    return Program(names, parts, order), [fault] if fault else []


def _compile(part: Part, names: Names) -> Iterator[Fault]:
    item = part.item
    for column in COLUMNS:
        text = expression_text(item, column)
        if not text:
            continue
        list_name = getattr(item, "list_name", "") if column == "choice_filter" else None
        scope = QuestionScope(names, item.path, list_name)
        try:
            part.expressions[column] = compile_expression(text, scope)
        except ExpressionError as error:
            yield Fault(item.path, column, error)


def _ordered(parts: Mapping[str, Part]) -> tuple[tuple[Part, ...], Fault | None]:
    graph: dict[str, list[str]] = {}
    for path, part in parts.items():
        graph[path] = [part.parent] if part.parent else []
        graph[path] += [read for _, read in part.reads]
    try:
        return tuple(parts[path] for path in TopologicalSorter(graph).static_order()), None
    except CycleError as error:
        return (), _cycle_fault(parts, error.args[1][::-1])


def _cycle_fault(parts: Mapping[str, Part], cycle: list[str]) -> Fault:
    """Told at the first question of the circle that reads another, with the names along the way."""
    names = " → ".join(parts[path].item.name for path in cycle)
    for path, following in pairwise(cycle):
        for column, read in parts[path].reads:
            if read == following:
                code = "cycle_self" if read == path else "cycle"
                return Fault(path, column, ExpressionError(code, names=names))
    raise AssertionError(names)  # a circle has at least one edge that is an expression
