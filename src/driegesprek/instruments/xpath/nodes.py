"""Paths among the answers: through groups, the instances of repeats, and tests between [ and ].

A node is a pair: its path in the form (/child/name) and its path with the ids of instances (/child[2]/name).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from driegesprek.instruments.xpath.errors import ExpressionError
from driegesprek.instruments.xpath.tree import Call, Node, Path, Reference, Step, Union
from driegesprek.instruments.xpath.values import Env, Value, to_boolean, to_string

if TYPE_CHECKING:
    from driegesprek.instruments.xpath.compiling import Compiler, Evaluate

Place = tuple[str, str]
Find = Callable[[Env], Sequence[Place]]
ROOT: Place = ("", "")


@dataclass(frozen=True)
class Nodes:
    """Where a path can lead, whether to several nodes, and how to find them."""

    templates: tuple[str, ...]
    many: bool
    find: Find
    around: str = ""
    """Of one node: the innermost repeat around it, '' when there is none."""
    home: bool = False
    """Whether that is the instance of the question itself, whatever node is looked at."""

    @property
    def only(self) -> str:
        """The one path in the form that it leads to; '' when there are more."""
        return self.templates[0] if len(self.templates) == 1 and not self.many else ""


@dataclass
class Tree:
    """The groups, repeats and questions of a form by path, as paths walk through them."""

    children: dict[str, list[str]] = field(default_factory=lambda: {"": []})
    groups: set[str] = field(default_factory=set)
    chains: dict[str, tuple[str, ...]] = field(default_factory=lambda: {"": ()})
    """The repeats around each path, from the outermost; a repeat itself included."""

    def add(self, path: str, *, group: bool, repeats: bool) -> None:
        """Take in an item, after its parent."""
        parent = path.rpartition("/")[0]
        self.children.setdefault(parent, []).append(path)
        if group:
            self.groups.add(path)
            self.children.setdefault(path, [])
        self.chains[path] = (*self.chains.get(parent, ()), path) if repeats else self.chains.get(parent, ())

    def repeats(self, path: str) -> bool:
        """Whether this is a repeat."""
        return self.chains[path][-1:] == (path,)

    def below(self, path: str) -> Iterator[str]:
        """All items in a group, at any depth."""
        for child in self.children.get(path, ()):
            yield child
            yield from self.below(child)

    def bindings(self, place: Place) -> dict[str, str]:
        """{repeat: instance} around a node."""
        parts = place[1].split("/")
        return {one: "/".join(parts[: one.count("/") + 1]) for one in self.chains[place[0]]}


def nodes_of(compiler: "Compiler", node: Node) -> Nodes:
    """The nodes that a path, a reference or a union leads to.

    Raises:
        ExpressionError: it leads nowhere, or is no path.
    """
    if isinstance(node, Union):
        return _union(compiler, node)
    if isinstance(node, Reference):
        node = Path(node, ())
    if not isinstance(node, Path):
        raise ExpressionError("expression_not_path")
    steps = _without_root(compiler, node)
    plain = [] if node.filters else list(takewhile(_is_plain, steps))
    found = _plain(compiler, node.start, plain)
    if len(plain) == len(steps) and not node.filters:
        compiler.instances.update(*(_around(compiler, one) for one in found.templates))
        return found
    return _walked(compiler, found, node.filters, steps[len(plain) :])


def _around(compiler: "Compiler", template: str) -> set[str]:
    return {*compiler.scope.tree.chains[template]}


def _union(compiler: "Compiler", node: Union) -> Nodes:
    parts = [nodes_of(compiler, one) for one in node.parts]
    order = {path: place for place, path in enumerate(compiler.scope.tree.chains)}
    templates = tuple(dict.fromkeys(one for part in parts for one in part.templates))

    def find(env: Env) -> Sequence[Place]:
        found = dict.fromkeys(place for part in parts for place in part.find(env))
        return sorted(found, key=lambda place: order[place[0]])

    return Nodes(templates, many=True, find=find)


def _is_plain(step: Step) -> bool:
    return step.axis == "child" and not step.predicates and step.name != "*"


def _without_root(compiler: "Compiler", node: Path) -> Sequence[Step]:
    """/data/name is /name: the root of the form is not part of our paths."""
    scope, steps = compiler.scope, node.steps
    if node.start == "/" and steps and steps[0].name in scope.roots and steps[0].axis == "child":
        first = f"/{steps[0].name}"
        return steps if first in scope.tree.chains else steps[1:]
    return steps


def _plain(compiler: "Compiler", start: "str | Node", steps: Sequence[Step]) -> Nodes:
    """Steps to one item of the form; instances around where it begins are the same, those below are all."""
    scope, home = compiler.scope, _is_current(start)
    own = scope.tree.chains[scope.origin if home else scope.own]
    at = _begin(compiler, start)
    bound = len(own) if start == "" or home else _common(compiler, own, at) if start != "/" else -1
    for step in steps:
        at = _moved(compiler, at, step.name)
        if step.name == "..":
            bound = min(bound, len(scope.tree.chains[at]))
    if bound < 0:
        bound = _common(compiler, own, at)
    chain = scope.tree.chains[at]
    find = _finder(chain, bound, at, home=home)
    return Nodes((at,), len(chain) > bound, find, chain[-1] if chain else "", home=home)


def _is_current(start: "str | Node") -> bool:
    return isinstance(start, Call) and start.name == "current" and not start.arguments


def _begin(compiler: "Compiler", start: "str | Node") -> str:
    if start == "/":
        return ""
    if start == "":
        return compiler.scope.own
    if _is_current(start):
        return compiler.scope.origin
    if isinstance(start, Reference):
        return compiler.scope.reference(start.name)
    raise ExpressionError("expression_start")


def _common(compiler: "Compiler", own: tuple[str, ...], at: str) -> int:
    """How many repeats around both are the same; a repeat that is named itself means all its instances."""
    tree = compiler.scope.tree
    chain = tree.chains[at][:-1] if tree.repeats(at) else tree.chains[at]
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(own, chain, strict=False)))


def _moved(compiler: "Compiler", at: str, name: str) -> str:
    if name == ".":
        return at
    if name == "..":
        if not at:
            raise ExpressionError("expression_above")
        return at.rpartition("/")[0]
    path = f"{at}/{name}"
    if path not in compiler.scope.tree.chains:
        raise compiler.scope.unknown(name)
    return path


def _finder(chain: tuple[str, ...], bound: int, at: str, *, home: bool) -> Find:
    fixed = chain[bound - 1] if bound else ""
    if bound < len(chain):
        tails = [
            one[len(before) :] for before, one in zip((fixed, *chain[bound:]), chain[bound:], strict=False)
        ]
        return _all_instances(fixed, tails, at, at[len(chain[-1]) :], home=home)
    if not chain:
        only = ((at, at),)
        return lambda _: only
    tail = at[len(fixed) :]
    if home:
        return lambda env: ((at, env.home[fixed] + tail),)
    return lambda env: ((at, env.at[fixed] + tail),)


def _all_instances(fixed: str, tails: Sequence[str], at: str, rest: str, *, home: bool) -> Find:
    def find(env: Env) -> Sequence[Place]:
        prefixes: Iterable[str] = [(env.home if home else env.at)[fixed] if fixed else ""]
        for tail in tails:
            prefixes = [
                one
                for before in prefixes
                for one in env.instances.get(before + tail, ())
                if one not in env.hidden
            ]
        return [(at, prefix + rest) for prefix in prefixes]

    return find


def _walked(compiler: "Compiler", start: Nodes, filters: Sequence[Node], steps: Sequence[Step]) -> Nodes:
    tree = compiler.scope.tree
    templates, find = start.templates, start.find
    if filters:
        find = _filtered(compiler, templates, find, filters)
    for step in steps:
        targets = tuple(dict.fromkeys(one for at in templates for one in _targets(tree, at, step)))
        if not targets:
            raise compiler.scope.unknown(step.name)
        find = _stepped(compiler, targets, find, step)
        templates = targets
    for one in templates:
        compiler.instances |= _around(compiler, one)
    return Nodes(templates, many=True, find=find)


def _targets(tree: Tree, at: str, step: Step) -> Iterator[str]:
    """Where a step can lead in the form."""
    if step.name == ".":
        yield at
    elif step.name == "..":
        yield at.rpartition("/")[0]
    else:
        for path in _IN_FORM[step.axis](tree, at):
            if path and step.name in {"*", path.rpartition("/")[2]}:
                yield path


def _ancestors(_: Tree, at: str) -> Iterator[str]:
    while at:
        at = at.rpartition("/")[0]
        yield at


def _siblings(tree: Tree, at: str) -> Iterator[str]:
    yield from tree.children.get(at.rpartition("/")[0], ())


_IN_FORM: Mapping[str, Callable[[Tree, str], Iterable[str]]] = {
    "child": lambda tree, at: tree.children.get(at, ()),
    "self": lambda _, at: (at,),
    "parent": lambda _, at: (at.rpartition("/")[0],),
    "descendant": Tree.below,
    "ancestor": _ancestors,
    "preceding-sibling": _siblings,
    "following-sibling": _siblings,
}


def _stepped(compiler: "Compiler", targets: tuple[str, ...], find: Find, step: Step) -> Find:
    tree, allowed = compiler.scope.tree, frozenset(targets)
    along = _PARENT if step.name == ".." else _SELF if step.name == "." else _ALONG[step.axis]
    test = _tester(compiler, targets, step.predicates)

    def walk(env: Env) -> Sequence[Place]:
        found: dict[Place, None] = {}
        for place in find(env):
            reached = [one for one in along(tree, env, place) if one[0] in allowed]
            found |= dict.fromkeys(test(env, reached))
        return list(found)

    return walk


def _filtered(compiler: "Compiler", templates: tuple[str, ...], find: Find, tests: Sequence[Node]) -> Find:
    test = _tester(compiler, templates, tests)
    return lambda env: test(env, find(env))


def _tester(
    compiler: "Compiler", templates: tuple[str, ...], predicates: Sequence[Node]
) -> Callable[[Env, Sequence[Place]], Sequence[Place]]:
    """Keeps the nodes that fit each test in turn; a number is a place, counted from 1."""
    tree = compiler.scope.tree
    tests = [{one: compiler.within(one).value(predicate) for one in templates} for predicate in predicates]

    def keep(env: Env, places: Sequence[Place]) -> Sequence[Place]:
        for test in tests:
            size = len(places)
            places = [
                place
                for number, place in enumerate(places, start=1)
                if _fits(test[place[0]], env, tree.bindings(place), number, size)
            ]
        return places

    return keep


def _fits(test: "Evaluate", env: Env, at: dict[str, str], number: int, size: int) -> bool:
    before = env.at, env.position, env.size
    env.at, env.position, env.size = {**env.at, **at}, number, size
    try:
        return as_test(test(env), number)
    finally:
        env.at, env.position, env.size = before


def as_test(value: Value, number: int) -> bool:
    """XPath 1.0, 2.4: a number between [ and ] is true for the node at that place."""
    if isinstance(value, float):
        return value == number
    return to_boolean(value)


def children(tree: Tree, env: Env, place: Place) -> Iterator[Place]:
    """The nodes directly below a node; of a repeat its instances."""
    for child in tree.children.get(place[0], ()):
        path = place[1] + child[len(place[0]) :]
        if tree.repeats(child):
            yield from ((child, one) for one in env.instances.get(path, ()) if one not in env.hidden)
        else:
            yield child, path


def _descendants(tree: Tree, env: Env, place: Place) -> Iterator[Place]:
    for child in children(tree, env, place):
        yield child
        yield from _descendants(tree, env, child)


def parent(place: Place) -> Place:
    """The node around a node."""
    return place[0].rpartition("/")[0], place[1].rpartition("/")[0]


def _upwards(_: Tree, __: Env, place: Place) -> Iterator[Place]:
    while place[0]:
        place = parent(place)
        yield place


def _before(tree: Tree, env: Env, place: Place) -> Iterator[Place]:
    """Nearest first, as XPath counts backwards."""
    return reversed(list(takewhile(lambda one: one != place, children(tree, env, parent(place)))))


def _after(tree: Tree, env: Env, place: Place) -> Iterator[Place]:
    found = list(children(tree, env, parent(place)))
    return iter(found[found.index(place) + 1 :] if place in found else ())


_Along = Callable[[Tree, Env, Place], Iterable[Place]]
_PARENT: _Along = lambda _, __, place: (parent(place),)  # noqa: E731 -- one of a table of small functions
_SELF: _Along = lambda _, __, place: (place,)  # noqa: E731 -- idem
_ALONG: Mapping[str, _Along] = {
    "child": children,
    "self": _SELF,
    "parent": _PARENT,
    "descendant": _descendants,
    "ancestor": _upwards,
    "preceding-sibling": _before,
    "following-sibling": _after,
}


def answers_of(compiler: "Compiler", name: str, test: Node | None) -> Callable[[Env], list[str]]:
    """The answers to a question in all instances of its repeat that fit a test, each once: choices for another.

    Raises:
        ExpressionError: there is no such question, or the test cannot be used.
    """
    tree, path = compiler.scope.tree, compiler.scope.reference(name)
    around = tree.chains[path][-1] if tree.chains[path] else ""
    compiler.instances |= {*tree.chains[path]}
    compiler.uses.add(path)
    find = (
        compiler.nodes(Path("/", tuple(Step(part) for part in around.split("/")[1:]))).find
        if around
        else None
    )
    inner = compiler.within(around)
    fits = inner.value(test) if test else lambda _: True
    tail = path[len(around) :]

    def found(env: Env) -> list[str]:
        places = find(env) if find else (ROOT,)
        chosen = [
            place[1]
            for number, place in enumerate(places, start=1)
            if _fits(fits, env, tree.bindings(place), number, len(places))
        ]
        values = (to_string(env.values.get(one + tail, "")) for one in chosen)
        return list(dict.fromkeys(value for value in values if value))

    return found
