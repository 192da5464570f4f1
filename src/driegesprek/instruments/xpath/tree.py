"""What an expression is made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Number:
    """A number written in the expression."""

    value: float


@dataclass(frozen=True)
class String:
    """A text between quotes."""

    value: str


@dataclass(frozen=True)
class Reference:
    """${name}."""

    name: str


@dataclass(frozen=True)
class Step:
    """One step of a path: a name, '*', '.' or '..', the axis it goes along, and what stands between [ and ]."""

    name: str
    predicates: tuple["Node", ...] = ()
    axis: str = "child"


@dataclass(frozen=True)
class Path:
    """Steps from a start: '' (here), '/' (the root), or a node: ${group}, current(), instance('list').

    `filters` are the tests between [ and ] right behind the start: ${repeat}[position() = 2]/name.
    """

    start: "str | Node"
    steps: tuple[Step, ...]
    filters: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Union:
    """The nodes of several paths: a | b."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True)
class Negate:
    """Minus one thing."""

    operand: "Node"


@dataclass(frozen=True)
class Chain:
    """Operands joined by operators of one precedence, worked out from left to right.

    Kept flat, so that a sum of five hundred questions is not five hundred levels deep.
    """

    first: "Node"
    rest: tuple[tuple[str, "Node"], ...]


Node = Number | String | Reference | Path | Call | Negate | Chain | Union
