"""From a tree to a function that works out the value: done once per questionnaire, run on every answer."""

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from driegesprek.instruments.xpath import special
from driegesprek.instruments.xpath.errors import ExpressionError
from driegesprek.instruments.xpath.functions import FUNCTIONS, MANY, Signature
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
)
from driegesprek.instruments.xpath.values import (
    Env,
    Value,
    equal,
    to_boolean,
    to_number,
)

Evaluate = Callable[[Env], Value]
EvaluateAll = Callable[[Env], Sequence[Value]]


_OF_OWN_VALUE = frozenset({"string-length", "normalize-space", "string", "number"})
"""Functions that without an argument take the question's own value (XPath 1.0, 4.2)."""


class Scope(Protocol):
    """What an expression's names stand for; the questionnaire knows."""

    own: str
    """The path of the question or group that the expression belongs to."""

    def reference(self, name: str) -> str:
        """The path of ${name}; raises ExpressionError when there is no such question."""

    def located(self, path: str, *, below: bool) -> Sequence[str]:
        """The question at this path, or (below) all directly below it; raises ExpressionError when none."""

    def column(self, name: str) -> str:
        """The column of the choices with this name; raises ExpressionError when there is none."""

    def rows(self, list_name: str) -> Sequence[special.Row]:
        """The choices of a list; raises ExpressionError when there is no such list."""

    def options(self, path: str) -> Sequence[special.Row]:
        """The choices of a question."""

    def inside(self, list_name: str) -> "Scope":
        """The scope within instance('list')/root/item[…]."""


@dataclass(frozen=True)
class Expression:
    """An expression ready to be worked out, and the paths whose values it reads."""

    evaluate: Evaluate
    uses: frozenset[str]


def compile_expression(text: str, scope: Scope) -> Expression:
    """Make an expression ready.

    Raises:
        ExpressionError: it cannot be read, or names something that is not there or not supported.
    """
    compiler = Compiler(scope)
    return Expression(compiler.value(parse(text)), frozenset(compiler.uses))


class Compiler:
    """Compiles one expression; remembers which paths it reads."""

    def __init__(self, scope: Scope, uses: set[str] | None = None) -> None:
        self.scope = scope
        self.uses: set[str] = set() if uses is None else uses

    def value(self, node: Node) -> Evaluate:
        """A function that gives the node's one value (of several nodes the first, as XPath's string())."""
        match node:
            case Number(value=value) | String(value=value):
                return lambda _: value
            case Reference():
                return self._read(self._path_of(node.name))
            case Negate():
                operand = self.value(node.operand)
                return lambda env: -to_number(operand(env))
            case Chain():
                return self._chain(node)
            case Call():
                return self._call(node)
            case Path():
                return self._first(node)

    def values(self, node: Node) -> EvaluateAll:
        """A function that gives all values of a path; of anything else its one value."""
        if isinstance(node, Path) and _is_instance(node.start):
            return special.instance(self, node)
        if isinstance(node, Path) and not self._is_column(node):
            reads = [self._read(path) for path in self.paths(node)]
            return lambda env: [read(env) for read in reads]
        single = self.value(node)
        return lambda env: [single(env)]

    def paths(self, node: Path) -> Sequence[str]:
        """The paths of the questions that a path means."""
        if any(step.predicates for step in node.steps):
            raise ExpressionError("expression_predicate")
        at = self._start(node.start)
        for step in node.steps[:-1]:
            at = _moved(at, step)
        last = node.steps[-1]
        below = last.name == "*"
        found = self.scope.located(at if below else _moved(at, last), below=below)
        self.uses.update(found)
        return found

    def _start(self, start: "str | Node") -> str:
        if start == "/":
            return ""
        if start == "" or (isinstance(start, Call) and start.name == "current" and not start.arguments):
            return self.scope.own
        if isinstance(start, Reference):
            return self.scope.reference(start.name)
        raise ExpressionError("expression_start")

    def _path_of(self, name: str) -> str:
        path = self.scope.located(self.scope.reference(name), below=False)[0]
        self.uses.add(path)
        return path

    def _read(self, path: str) -> Evaluate:
        return lambda env: env.values[path]

    def _is_column(self, node: Path) -> bool:
        """Inside a choice_filter a bare name is a column of the choices sheet."""
        bare = node.start == "" and len(node.steps) == 1 and not node.steps[0].predicates
        return bare and node.steps[0].name not in {".", "..", "*"} and bool(self.scope.column(""))

    def _first(self, node: Path) -> Evaluate:
        if self._is_column(node):
            column = self.scope.column(node.steps[0].name)
            return lambda env: env.row.get(column, "")
        many = self.values(node)
        return lambda env: next(iter(many(env)), "")

    def _chain(self, node: Chain) -> Evaluate:
        operators = {name for name, _ in node.rest}
        if operators in ({"or"}, {"and"}):
            parts = [self.value(one) for one in (node.first, *(operand for _, operand in node.rest))]
            return _any(parts) if operators == {"or"} else _all(parts)
        return _joined(self.value(node.first), [(name, self.value(operand)) for name, operand in node.rest])

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
            return lambda env: call(env, left(env), right(env))
        return lambda env: call(env, *[part(env) for part in parts])


def _count(node: Call, least: int, most: int) -> None:
    if not least <= len(node.arguments) <= most:
        wanted = str(least) if least == most else f"{least}–{most}" if most < MANY else f"≥ {least}"
        raise ExpressionError(
            "expression_arguments", function=node.name, wanted=wanted, found=str(len(node.arguments))
        )


def _is_instance(start: "str | Node") -> bool:
    return isinstance(start, Call) and start.name == "instance"


def _moved(at: str, step: Step) -> str:
    if step.name == ".":
        return at
    if step.name == "..":
        if not at:
            raise ExpressionError("expression_above")
        return at.rpartition("/")[0]
    return f"{at}/{step.name}"


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
