"""When something is asked, as a person with a form on paper can check it: tests of earlier answers, joined by and and or.

What a form says with a function that has no such reading stays unclear, and is said to be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from driegesprek.instruments.model import Item, Kind, Question, Questionnaire
from driegesprek.instruments.program import expression_text, program_of
from driegesprek.instruments.xpath import parse
from driegesprek.instruments.xpath.tree import Call, Chain, Negate, Node, Number, Path, Reference, String


class Fixed(Enum):
    """What does not hang on an answer, or cannot be told."""

    ALWAYS = "always"
    NEVER = "never"
    UNCLEAR = "unclear"


class How(Enum):
    """How an answer is tested."""

    IS = "is"
    """One of the values is chosen, or filled in."""
    NOT = "not"
    """None of the values is."""
    BELOW = "below"
    ABOVE = "above"
    MOST = "most"
    LEAST = "least"
    ANSWERED = "answered"
    EMPTY = "empty"


@dataclass(frozen=True)
class Test:
    """A test of the answer to one question, by its path in the form."""

    __test__ = False  # pytest: no test of ours

    path: str
    how: How
    values: tuple[str, ...] = ()
    single: bool = True
    """Whether the question has one answer at most."""


@dataclass(frozen=True)
class Joined:
    """Conditions of which all must hold, or one."""

    every: bool
    parts: "tuple[Condition, ...]"


Condition = Fixed | Test | Joined

_OPPOSITE: Final = {
    How.IS: How.NOT,
    How.BELOW: How.LEAST,
    How.ABOVE: How.MOST,
    How.ANSWERED: How.EMPTY,
}
_OPPOSITES: Final = _OPPOSITE | {value: key for key, value in _OPPOSITE.items()}
_ORDERED: Final = frozenset({How.BELOW, How.ABOVE, How.MOST, How.LEAST})
_COMPARED: Final = {
    "=": How.IS,
    "!=": How.NOT,
    "<": How.BELOW,
    ">": How.ABOVE,
    "<=": How.MOST,
    ">=": How.LEAST,
}
_TURNED: Final = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_DEEPEST: Final = 20
"""How many calculations may refer to each other."""
_TWO: Final = 2


def condition(form: Questionnaire, item: Item, known: Mapping[str, str]) -> Condition:
    """When a question or group is asked, leaving aside the groups around it.

    Args:
        form: as `read` gave it.
        item: of the form.
        known: {path: value} of what is no question to a reader, or is not on the paper ('' = nothing).
    """
    text = expression_text(item, "relevant")
    return _Reading(form, item.path, known).read(parse(text)) if text else Fixed.ALWAYS


Worked = tuple["_Reading", Node]
"""An expression, and the place from which its names are looked up."""


class _Reading:
    """Reads one expression, from the place in the form where it stands."""

    def __init__(self, form: Questionnaire, own: str, known: Mapping[str, str], depth: int = 0) -> None:
        self.form, self.own, self.known, self.depth = form, own, known, depth
        self.names = program_of(form).names

    def read(self, node: Node) -> Condition:
        match node:
            case Chain(first, rest) if rest[0][0] in {"and", "or"}:
                parts = [self.read(one) for one in (first, *(operand for _, operand in rest))]
                return joined(parts, every=rest[0][0] == "and")
            case Chain(first, ((operator, second),)) if operator in _COMPARED:
                return compared((self, first), operator, (self, second))
            case Call("not", (inner,)):
                return negated(self.read(inner))
            case Call("selected", (inner, value)):
                return self.chosen(inner, value)
            case Call("true" | "false" as name, ()):
                return Fixed.ALWAYS if name == "true" else Fixed.NEVER
        return Fixed.UNCLEAR

    def chosen(self, among: Node, value: Node) -> Condition:
        """One of several answers; or the one answer is among several words."""
        reader, node = self.worked(among)
        words = reader.operand(node)
        if not isinstance(words, str):
            return compared((reader, node), "=", (self, value))
        tests = [compared((self, value), "=", (self, String(one))) for one in words.split()]
        return joined(tests, every=False)

    def worked(self, node: Node) -> Worked:
        """What a calculation says, in the place of its name."""
        path = self.path(node)
        item = self.form.questions.get(path)
        hidden = item is not None and not item.kind.answerable and path not in self.known
        if item is None or not hidden or not item.calculation or self.depth >= _DEEPEST:
            return self, node
        return _Reading(self.form, path, self.known, self.depth + 1).worked(parse(item.calculation))

    def path(self, node: Node) -> str:
        """The question that a node names; nothing where it names none."""
        match node:
            case Reference(name):
                paths = self.names.paths.get(name, [])
                return paths[0] if len(paths) == 1 else ""
            case Path("" | "/" as start, steps, ()) if all(
                one.axis == "child" and not one.predicates for one in steps
            ):
                return self.place([one.name for one in steps], from_root=start == "/")
        return ""

    def place(self, steps: list[str], *, from_root: bool) -> str:
        parts = [] if from_root else self.own.split("/")[1:]
        if from_root and steps and steps[0] in self.names.roots:
            steps = steps[1:]
        for step in steps:
            if step == "..":
                parts = parts[:-1]
            elif step != ".":
                parts.append(step)
        return "".join(f"/{one}" for one in parts)

    def operand(self, node: Node) -> str | Question | None:
        """A text, a question that is asked, or None for what is neither."""
        match node:
            case String(value):
                return value
            case Number(value):
                return f"{value:.15g}"
            case Negate(Number(value)):
                return f"{-value:.15g}"
        path = self.path(node)
        if path in self.known:
            return self.known[path]
        item = self.form.questions.get(path)
        return item if item is not None and item.kind.answerable else None


def compared(first: Worked, operator: str, second: Worked) -> Condition:
    """A comparison; of an `if` both of its ends, each with what leads to it."""
    first, second = first[0].worked(first[1]), second[0].worked(second[1])
    for one, other, turned in ((first, second, operator), (second, first, _TURNED.get(operator, operator))):
        reader, node = one
        if isinstance(node, Call) and node.name == "if":
            test, then, otherwise = node.arguments
            holds = reader.read(test)
            ways = [
                joined([holds, compared((reader, then), turned, other)], every=True),
                joined([negated(holds), compared((reader, otherwise), turned, other)], every=True),
            ]
            return joined(ways, every=False)
    left, right = first[0].operand(first[1]), second[0].operand(second[1])
    if isinstance(left, str) and isinstance(right, Question):
        left, right, operator = right, left, _TURNED.get(operator, operator)
    if isinstance(right, Question) or left is None or right is None:
        return Fixed.UNCLEAR
    return _held(left, operator, right) if isinstance(left, str) else _tested(left, operator, right)


def _tested(question: Question, operator: str, value: str) -> Condition:
    how, single = _COMPARED[operator], question.kind is not Kind.SELECT_MULTIPLE
    if value:
        return Test(question.path, how, (value,), single)
    if how not in {How.IS, How.NOT}:
        return Fixed.UNCLEAR
    return Test(question.path, How.EMPTY if how is How.IS else How.ANSWERED, (), single)


def _held(left: str, operator: str, right: str) -> Condition:
    """Two texts that are known: a number is compared as a number, nothing with nothing else."""
    if operator in {"=", "!="}:
        return Fixed.ALWAYS if (left == right) == (operator == "=") else Fixed.NEVER
    try:
        a, b = float(left), float(right)
    except ValueError:
        return Fixed.NEVER
    held = {"<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b}[operator]
    return Fixed.ALWAYS if held else Fixed.NEVER


def negated(found: Condition) -> Condition:
    """The opposite."""
    match found:
        case Fixed.ALWAYS:
            return Fixed.NEVER
        case Fixed.NEVER:
            return Fixed.ALWAYS
        case Test():
            other = replace(found, how=_OPPOSITES[found.how])
            if found.how in _ORDERED:  # nothing is neither less nor more
                return Joined(every=False, parts=(other, replace(found, how=How.EMPTY, values=())))
            return other
        case Joined(every, parts):
            return joined([negated(one) for one in parts], every=not every)
    return Fixed.UNCLEAR


def joined(found: Iterable[Condition], *, every: bool) -> Condition:
    """All of these, or one of them, in as few words as can be."""
    settles, nothing = (Fixed.NEVER, Fixed.ALWAYS) if every else (Fixed.ALWAYS, Fixed.NEVER)
    parts: list[Condition] = []
    for one in found:
        same = isinstance(one, Joined) and one.every == every
        parts += one.parts if same and isinstance(one, Joined) else [one]
    if settles in parts:
        return settles
    if Fixed.UNCLEAR in parts:
        return Fixed.UNCLEAR
    kept = _merged([one for one in parts if one is not nothing], every=every)
    if settles in kept:
        return settles
    return Joined(every, tuple(kept)) if len(kept) >= _TWO else (kept[0] if kept else nothing)


def _merged(parts: Iterable[Condition], *, every: bool) -> list[Condition]:
    """Tests of one question become one: this or that is chosen, neither this nor that is."""
    kept: list[Condition] = []
    for one in parts:
        for place, other in enumerate(kept):
            if (both := _both(other, one, every=every)) is not None:
                kept[place] = both
                break
        else:
            kept.append(one)
    return kept


def _both(one: Condition, other: Condition, *, every: bool) -> Condition | None:
    """Two tests as one; None where they stay two."""
    if one == other:
        return one
    if not (isinstance(one, Test) and isinstance(other, Test) and one.path == other.path):
        return None
    hows, together = {one.how, other.how}, tuple(dict.fromkeys((*one.values, *other.values)))
    if hows == {How.NOT if every else How.IS}:
        return replace(one, values=together)
    if not (every and one.single and hows <= {How.IS, How.NOT}):
        return None
    # One answer: what is chosen is in all that it may be, and in nothing that it may not.
    left = [
        value for value in together if all((value in t.values) == (t.how is How.IS) for t in (one, other))
    ]
    return Test(one.path, How.IS, tuple(left), single=True) if left else Fixed.NEVER
