"""From tokens to a tree, by the grammar of XPath 1.0 with ${name} added."""

from driegesprek.instruments.xpath.errors import ExpressionError
from driegesprek.instruments.xpath.tokens import Token, tokenize
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

DEEPEST = 60
"""How many brackets and calls may stand inside each other."""

AXES = frozenset(
    {"child", "self", "parent", "descendant", "ancestor", "preceding-sibling", "following-sibling"}
)
"""Directions in which a path can go."""

_LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)
_LEVEL_OF = {operator: level for level, operators in enumerate(_LEVELS) for operator in operators}


def parse(text: str) -> Node:
    """The tree of an expression.

    Raises:
        ExpressionError: what cannot be read, and near which word.
    """
    reader = _Reader(tokenize(text))
    tree = reader.chain(0)
    if reader.here.kind != "end":
        raise reader.surprise()
    return tree


class _Reader:
    """Walks along the tokens; each method reads one construct of the grammar."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.position = 0
        self.depth = 0

    @property
    def here(self) -> Token:
        return self.tokens[self.position]

    def at(self, *texts: str) -> bool:
        return self.here.kind == "operator" and self.here.text in texts

    def take(self) -> Token:
        token = self.here
        self.position += 1
        return token

    def expect(self, text: str) -> None:
        if not self.at(text):
            raise self.surprise(text)
        self.position += 1

    def surprise(self, expected: str = "") -> ExpressionError:
        if self.here.kind == "end":
            return ExpressionError("expression_end", expected=expected or "…")
        if expected:
            return ExpressionError("expression_expected", near=self.here.text, expected=expected)
        return ExpressionError("expression_unexpected", near=self.here.text)

    def chain(self, level: int) -> Node:
        """Operands joined by operators of this level or a tighter one (precedence climbing)."""
        first = self.unary()
        return self.joined(first, level)

    def joined(self, first: Node, level: int) -> Node:
        while self.here.kind == "operator" and _LEVEL_OF.get(self.here.text, -1) >= level:
            found = _LEVEL_OF[self.here.text]
            rest: list[tuple[str, Node]] = []
            while self.here.kind == "operator" and _LEVEL_OF.get(self.here.text, -1) == found:
                operator = self.take().text
                rest.append((operator, self.joined(self.unary(), found + 1)))
            first = Chain(first, tuple(rest))
        return first

    def unary(self) -> Node:
        minus = 0
        while self.at("-"):
            self.position += 1
            minus += 1
        operand = self.located()
        # Two minuses still turn a text into a number.
        return operand if not minus else Negate(operand) if minus % 2 else Negate(Negate(operand))

    def located(self) -> Node:
        """A primary expression or a path."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError("expression_too_deep", limit=str(DEEPEST))
        node = self.primary()
        if self.at("|"):
            node = self.union(node)
        self.depth -= 1
        return node

    def union(self, first: Node) -> Node:
        parts = [first]
        while self.at("|"):
            self.position += 1
            parts.append(self.primary())
        return Union(tuple(parts))

    def primary(self) -> Node:
        token = self.here
        if token.kind == "number":
            return Number(float(self.take().text))
        if token.kind == "string":
            return String(self.take().text)
        if token.kind == "reference":
            return self.tail(Reference(self.take().text))
        if token.kind == "name" and self.tokens[self.position + 1] == ("operator", "("):
            return self.tail(self.call())
        if self.at("("):
            self.position += 1
            inner = self.chain(0)
            self.expect(")")
            return inner
        return self.path()

    def call(self) -> Node:
        name = self.take().text
        self.position += 1
        arguments: list[Node] = []
        while not self.at(")"):
            if arguments:
                self.expect(",")
            arguments.append(self.chain(0))
        self.position += 1
        return Call(name, tuple(arguments))

    def tail(self, start: Node) -> Node:
        """Tests and steps after ${name}, current() or instance()."""
        filters = self.predicates() if isinstance(start, Reference) else ()
        if not self.at("/", "//"):
            return Path(start, (), filters) if filters else start
        return Path(start, self.steps(), filters)

    def path(self) -> Node:
        if self.at("/", "//"):
            return Path("/", self.steps())
        return Path("", (self.step("child"), *self.steps()))

    def steps(self) -> tuple[Step, ...]:
        found = []
        while self.at("/", "//"):
            axis = "descendant" if self.take().text == "//" else "child"
            found.append(self.step(axis))
        return tuple(found)

    def step(self, axis: str) -> Step:
        if self.at("@"):
            raise ExpressionError("expression_axis", near=self.here.text)
        if self.here.kind != "name" and not self.at(".", "..", "*"):
            raise self.surprise()
        name = self.take().text
        if self.at("::"):
            self.position += 1
            axis, name = name, self.take().text
        elif "::" in name:
            axis, _, name = name.partition("::")
        if axis not in AXES or (name == "node" and self.at("(")):
            raise ExpressionError("expression_axis", near=f"{axis}::{name}")
        return Step(name, self.predicates(), axis)

    def predicates(self) -> tuple[Node, ...]:
        found: list[Node] = []
        while self.at("["):
            self.position += 1
            found.append(self.chain(0))
            self.expect("]")
        return tuple(found)
