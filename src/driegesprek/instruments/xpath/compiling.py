"""From a tree to a function that works out the value: done once per questionnaire, run on every answer."""

import math
import operator
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol

from driegesprek.instruments.xpath import special
from driegesprek.instruments.xpath.errors import ExpressionError
from driegesprek.instruments.xpath.functions import FUNCTIONS, MANY, Signature
from driegesprek.instruments.xpath.looking_up import Row, instance
from driegesprek.instruments.xpath.nodes import Nodes, Tree, nodes_of
from driegesprek.instruments.xpath.parsing import parse
from driegesprek.instruments.xpath.tree import (
    Call,
    Chain,
    Negate,
    Node,
    Number,
    Path,
    Reference,
    Step,
    String,
    Union,
)
from driegesprek.instruments.xpath.values import (
    Env,
    Value,
    equal,
    to_boolean,
    to_number,
    to_string,
)

Evaluate = Callable[[Env], Value]
EvaluateAll = Callable[[Env], Sequence[Value]]


_OF_OWN_VALUE = frozenset({"string-length", "normalize-space", "string", "number"})
"""Functions that without an argument take the question's own value (XPath 1.0, 4.2)."""


class Scope(Protocol):
    """What an expression's names stand for; the questionnaire knows."""

    @property
    def own(self) -> str:
        """The path of the question or group that the expression, or the test between [ and ], belongs to."""

    @property
    def origin(self) -> str:
        """The path of the question or group that the whole expression belongs to."""

    @property
    def tree(self) -> Tree:
        """The groups and questions of the form."""

    @property
    def roots(self) -> AbstractSet[str]:
        """Names that absolute paths may begin with."""

    def reference(self, name: str) -> str:
        """The path of ${name}; raises ExpressionError when there is no such question."""

    def unknown(self, name: str) -> ExpressionError:
        """That there is no question of this name."""

    def column(self, name: str) -> str:
        """The column of the choices with this name; raises ExpressionError when there is none."""

    def rows(self, list_name: str) -> Sequence[Row]:
        """The choices of a list; raises ExpressionError when there is no such list."""

    def options(self, path: str) -> Sequence[Row] | None:
        """The choices of a question; None when they come from answers."""

    def inside(self, list_name: str) -> "Scope":
        """The scope within instance('list')/root/item[…]."""

    def within(self, path: str) -> "Scope":
        """The scope of a test between [ and ] behind this path."""


@dataclass(frozen=True)
class Expression:
    """An expression ready to be worked out, and the paths that must be worked out before it."""

    evaluate: Evaluate
    uses: frozenset[str]
    across: frozenset[str] = frozenset()
    """Of these, those read only in chosen instances of a repeat, by their place or by a test."""


def compile_expression(text: str, scope: Scope) -> Expression:
    """Make an expression ready.

    Raises:
        ExpressionError: it cannot be read, or names something that is not there or not supported.
    """
    compiler = Compiler(scope)
    return compiler.done(compiler.value(parse(text)))


class Compiler:
    """Compiles one expression; remembers which paths it reads."""

    def __init__(self, scope: Scope, above: "Compiler | None" = None) -> None:
        self.scope = scope
        self.uses: set[str] = set() if above is None else above.uses
        self.across: set[str] = set() if above is None else above.across
        self.instances: set[str] = set() if above is None else above.instances
        """Repeats whose instances must be known."""
        self.sites: list[str] = [] if above is None else above.sites
        """The places in the expression where chance comes in."""

    def done(self, evaluate: Evaluate) -> Expression:
        """The expression, once all of it is compiled."""
        chosen = self.across - self.uses
        repeats = self.instances - {
            self.scope.origin
        }  # the instances of a repeat are known before its relevance
        return Expression(evaluate, frozenset(self.uses | self.across | repeats), frozenset(chosen))

    def within(self, path: str) -> "Compiler":
        """For a test between [ and ] behind this path."""
        return Compiler(self.scope.within(path), self)

    def value(self, node: Node) -> Evaluate:
        """A function that gives the node's one value (of several nodes the first, as XPath's string())."""
        match node:
            case Number(value=value) | String(value=value):
                return lambda _: value
            case Negate():
                operand = self.value(node.operand)
                return lambda env: -to_number(operand(env))
            case Chain():
                return self._chain(node)
            case Call():
                return self._call(node)
            case Reference() | Path() | Union():
                return self._first(node)

    def values(self, node: Node) -> EvaluateAll:
        """A function that gives all values of a path; of anything else its one value."""
        if isinstance(node, Call) and node.name == "randomize":
            return special.shuffled(self, node)
        if isinstance(node, Path) and _is_instance(node.start):
            return instance(self, node)
        if isinstance(node, Reference | Path | Union) and not self.is_column(node):
            return self._read_all(self.read(node))
        single = self.value(node)
        return lambda env: [single(env)]

    def nodes(self, node: Node) -> Nodes:
        """The nodes of a path, for functions that look at nodes and not at their values."""
        return nodes_of(self, node)

    def read(self, node: Node) -> Nodes:
        """The nodes of a path whose values are read."""
        found = self.nodes(node)
        tree = self.scope.tree
        for one in found.templates:
            if one in tree.groups or not one:
                raise ExpressionError("reference_group", name=one.rpartition("/")[2] or "/")
        (self.uses if found.only or isinstance(node, Reference) else self._kept(node)).update(found.templates)
        return found

    def _kept(self, node: Node) -> set[str]:
        """Where to remember what a path reads: with tests it reads chosen instances only."""
        tested = isinstance(node, Path) and (node.filters or any(step.predicates for step in node.steps))
        return self.across if tested else self.uses

    def _read_all(self, found: Nodes) -> EvaluateAll:
        if found.only:
            single = _reader(found)
            return lambda env: [single(env)]
        find = found.find
        return lambda env: [env.values.get(path, "") for _, path in find(env)]

    def is_column(self, node: Node) -> bool:
        """Inside a choice_filter a bare name is a column of the choices sheet."""
        if not isinstance(node, Path) or node.start != "" or len(node.steps) != 1:
            return False
        step = node.steps[0]
        plain = step.axis == "child" and not step.predicates and step.name not in {".", "..", "*"}
        return plain and bool(self.scope.column(""))

    def _first(self, node: Node) -> Evaluate:
        if isinstance(node, Path) and self.is_column(node):
            column = self.scope.column(node.steps[0].name)
            return lambda env: env.row.get(column, "")
        if isinstance(node, Path) and _is_instance(node.start):
            many = instance(self, node)
            return lambda env: next(iter(many(env)), "")
        found = self.read(node)
        if found.only:
            return _reader(found)
        find = found.find
        return lambda env: next((env.values.get(path, "") for _, path in find(env)), "")

    def _chain(self, node: Chain) -> Evaluate:
        operators = {name for name, _ in node.rest}
        if operators in ({"or"}, {"and"}):
            parts = [self.value(one) for one in (node.first, *(operand for _, operand in node.rest))]
            return _any(parts) if operators == {"or"} else _all(parts)
        if len(node.rest) == 1 and operators <= _COMPARING:
            ((name, second),) = node.rest
            if self._is_many(node.first) or self._is_many(second):
                return _some(self.values(node.first), self.values(second), _OPERATORS[name])
        return _joined(self.value(node.first), [(name, self.value(operand)) for name, operand in node.rest])

    def _is_many(self, node: Node) -> bool:
        """Whether a path can lead to several nodes, of which XPath compares each."""
        if not isinstance(node, Reference | Path | Union) or self.is_column(node):
            return False
        if isinstance(node, Path) and _is_instance(node.start):
            return True
        return not nodes_of(Compiler(self.scope), node).only

    def _call(self, node: Call) -> Evaluate:
        if not node.arguments and node.name in _OF_OWN_VALUE:
            node = Call(node.name, (Path("", (Step("."),)),))
        if node.name in special.SPECIAL:
            least, most, build = special.SPECIAL[node.name]
            _count(node, least, most)
            return build(self, node.arguments)
        signature = FUNCTIONS.get(node.name)
        if signature is None:
            raise special.unknown_function(node.name)
        _count(node, signature.least, signature.most)
        return self._applied(signature, node)

    def _applied(self, signature: Signature, node: Call) -> Evaluate:
        call = signature.call
        parts = [self.value(argument) for argument in node.arguments]
        if len(parts) == 1:
            (only,) = parts
            return lambda env: call(env, only(env))
        if len(parts) == 2:  # noqa: PLR2004 -- the two commonest numbers of arguments, without a list
            left, right = parts
            second = node.arguments[1]
            if isinstance(second, String) and node.name == "selected":  # what forms ask most
                return _picked(left, second.value)
            return lambda env: call(env, left(env), right(env))
        return lambda env: call(env, *[part(env) for part in parts])


def _picked(value: Evaluate, name: str) -> Evaluate:
    """selected(…, 'word'), as functions.py has it, for a word that never changes."""
    wanted = f" {name.strip()} "

    def holds(env: Env) -> bool:
        found = value(env)
        return wanted in f" {found if type(found) is str else to_string(found)} "

    return holds


def _count(node: Call, least: int, most: int) -> None:
    if not least <= len(node.arguments) <= most:
        wanted = str(least) if least == most else f"{least}–{most}" if most < MANY else f"≥ {least}"
        raise ExpressionError(
            "expression_arguments", function=node.name, wanted=wanted, found=str(len(node.arguments))
        )


def _is_instance(start: "str | Node") -> bool:
    return isinstance(start, Call) and start.name == "instance"


def _reader(found: Nodes) -> Evaluate:
    """A function that gives the value of the one node of a path."""
    path, around = found.only, found.around
    if not around:
        return lambda env: env.values[path]
    tail = path[len(around) :]
    if found.home:
        return lambda env: env.values.get(env.home[around] + tail, "")
    return lambda env: env.values.get(env.at[around] + tail, "")


def _some(left: EvaluateAll, right: EvaluateAll, call: Callable[[Value, Value], Value]) -> Evaluate:
    """XPath 1.0, 3.4: nodes compare when one of them does."""
    return lambda env: any(call(one, other) for one in left(env) for other in right(env))


def _any(parts: list[Evaluate]) -> Evaluate:
    return lambda env: any(to_boolean(part(env)) for part in parts)


def _all(parts: list[Evaluate]) -> Evaluate:
    return lambda env: all(to_boolean(part(env)) for part in parts)


def _divided(left: float, right: float) -> float:
    """IEEE 754 division: 1 div 0 is infinite, 0 div 0 is NaN."""
    if right:
        return left / right
    if not left or math.isnan(left) or math.isnan(right):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _remainder(left: float, right: float) -> float:
    """XPath 1.0 mod: the sign of the left operand."""
    if math.isinf(left) or not right:
        return math.nan
    return math.fmod(left, right)


_COMPARING = frozenset({"=", "!=", "<", "<=", ">", ">="})
_ARITHMETIC: dict[str, Callable[[float, float], float | bool]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _divided,
    "mod": _remainder,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _equals(left: Value, right: Value) -> bool:
    return equal(left, right)


def _differs(left: Value, right: Value) -> bool:
    return not equal(left, right)


def _numeric(name: str) -> Callable[[Value, Value], Value]:
    call = _ARITHMETIC[name]
    return lambda left, right: call(to_number(left), to_number(right))


_OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "=": _equals,
    "!=": _differs,
    **{name: _numeric(name) for name in _ARITHMETIC},
}


def _joined(first: Evaluate, rest: Sequence[tuple[str, Evaluate]]) -> Evaluate:
    """Operands worked out from left to right, in a loop when there are many."""
    if len(rest) == 1:
        ((name, second),) = rest
        call = _OPERATORS[name]
        return lambda env: call(first(env), second(env))
    steps = [(_OPERATORS[name], operand) for name, operand in rest]

    def evaluate(env: Env) -> Value:
        found = first(env)
        for call, operand in steps:
            found = call(found, operand(env))
        return found

    return evaluate
