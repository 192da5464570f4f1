"""Functions that look at their arguments unevaluated, at several nodes, or at lists of choices."""

import math
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from driegesprek.instruments.patterns import Pattern, PatternError
from driegesprek.instruments.xpath import chance, geography
from driegesprek.instruments.xpath.errors import ExpressionError
from driegesprek.instruments.xpath.functions import FUNCTIONS, LONGEST_TEXT, MANY
from driegesprek.instruments.xpath.looking_up import choice_name, pulldata
from driegesprek.instruments.xpath.tree import Call, Node, Path, Reference, String, Union
from driegesprek.instruments.xpath.values import Env, Value, to_boolean, to_number, to_string

if TYPE_CHECKING:
    from driegesprek.instruments.xpath.compiling import Compiler, Evaluate, EvaluateAll


_NOTHING = frozenset({"", "NaN"})
Build = Callable[["Compiler", Sequence[Node]], "Evaluate"]


def _if(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    test, yes, no = (compiler.value(one) for one in arguments)
    return lambda env: yes(env) if to_boolean(test(env)) else no(env)


def _coalesce(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    """The first value that is neither empty nor NaN; else the last."""
    *parts, last = (compiler.value(one) for one in arguments)
    return lambda env: next(
        (found for part in parts if to_string(found := part(env)) not in _NOTHING), last(env)
    )


def _once(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    """What stood here before, else the value: it is worked out only once."""
    own, part = place_of_own(compiler), compiler.value(arguments[0])
    return lambda env: before if (before := env.current.get(own(env), "")) != "" else part(env)


def place_of_own(compiler: "Compiler") -> Callable[[Env], str]:
    """The path of the question that the expression belongs to, with its instances."""
    own = compiler.scope.origin
    chain = compiler.scope.tree.chains.get(own, ())
    if not chain:
        return lambda _: own
    return lambda env: env.home[chain[-1]] + own[len(chain[-1]) :]


def _regex(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    """Whether the whole text fits the pattern (https://docs.getodk.org/form-operators-functions/#regex)."""
    text, written = compiler.value(arguments[0]), arguments[1]
    if not isinstance(written, String):
        raise ExpressionError("regex_not_written")
    try:
        pattern = Pattern(written.value)
    except PatternError as error:
        raise ExpressionError("regex_" + error.code, pattern=written.value[:60], part=error.part) from error
    return lambda env: pattern.fits(to_string(text(env)))


def _all_values(compiler: "Compiler", arguments: Sequence[Node]) -> "EvaluateAll":
    parts = [compiler.values(one) for one in arguments]
    return lambda env: [value for part in parts for value in part(env)]


def _count(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    many = _found(compiler, "count", arguments[0])
    return lambda env: float(len(many(env)))


def _count_non_empty(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    many = _values(compiler, "count-non-empty", arguments[0])
    return lambda env: float(sum(1 for value in many(env) if to_string(value)))


def _found(compiler: "Compiler", function: str, argument: Node) -> Callable[[Env], Sequence[object]]:
    """The nodes themselves, values or not."""
    _check_nodes(function, argument)
    if isinstance(argument, Path) and (
        isinstance(argument.start, Call) and argument.start.name == "instance"
    ):
        return compiler.values(argument)
    return compiler.nodes(argument).find


def _values(compiler: "Compiler", function: str, argument: Node) -> "EvaluateAll":
    _check_nodes(function, argument)
    return compiler.values(argument)


def _check_nodes(function: str, argument: Node) -> None:
    if not isinstance(argument, Path | Reference | Union):
        raise ExpressionError("expression_not_nodes", function=function)


def _numbers(values: Sequence[Value]) -> list[float]:
    """What is a number; ODK's own engine leaves empty values and texts out of sum(), min() and max()."""
    return [number for value in values if not math.isnan(number := to_number(value))]


def _sum(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    many = _values(compiler, "sum", arguments[0])
    return lambda env: float(sum(_numbers(many(env))))


def _extreme(choose: Callable[[Sequence[float]], float]) -> Build:
    """OpenRosa: min() and max() of nodes or of several values; of no number at all it is NaN."""

    def build(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
        many = _all_values(compiler, arguments)
        return lambda env: choose(found) if (found := _numbers(many(env))) else math.nan

    return build


def _concat(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    many = _all_values(compiler, arguments)
    return lambda env: _cut([to_string(value) for value in many(env)], "")


def _join(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    separator, many = compiler.value(arguments[0]), _all_values(compiler, arguments[1:])
    return lambda env: _cut([to_string(value) for value in many(env)], to_string(separator(env)))


def _cut(texts: Sequence[str], separator: str) -> str:
    """Joined, but never longer than LONGEST_TEXT: sixty calculations that double each other stay small."""
    kept: list[str] = []
    length = 0
    for text in texts:
        if length > LONGEST_TEXT:
            break
        kept.append(text)
        length += len(text) + len(separator)
    return separator.join(kept)[:LONGEST_TEXT]


def _position(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    """The place of the node that is looked at; or, of a given node, its place among the instances of its repeat."""
    if not arguments:
        return lambda env: float(env.position)
    _check_nodes("position", arguments[0])
    find = compiler.nodes(arguments[0]).find
    return lambda env: next((_place_of(env, path) for _, path in find(env)), math.nan)


def _place_of(env: Env, path: str) -> float:
    """Counted from 1; what does not repeat is the first of its kind."""
    if not path.endswith("]"):
        return 1.0
    among = env.instances.get(path[: path.rindex("[")], ())
    return among.index(path) + 1.0 if path in among else math.nan


def _last(_: "Compiler", __: Sequence[Node]) -> "Evaluate":
    return lambda env: float(env.size)


def _indexed_repeat(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    """ODK: the value in the chosen instance of each named repeat: indexed-repeat(${q}, ${repeat}, 2, …)."""
    if len(arguments) % 2 == 0:
        raise ExpressionError("indexed_repeat_form")
    scope = compiler.scope
    target = _only(compiler, arguments[0])
    chosen = {
        _only(compiler, repeat): compiler.value(index)
        for repeat, index in zip(arguments[1::2], arguments[2::2], strict=True)
    }
    chain = scope.tree.chains[target]
    if not chosen.keys() <= set(chain) or target in scope.tree.groups:
        raise ExpressionError("indexed_repeat_form")
    compiler.across.add(target)
    compiler.instances.update(chain)
    return lambda env: env.values.get(_chosen(env, chain, chosen) + target[len(chain[-1]) :], "")


def _only(compiler: "Compiler", node: Node) -> str:
    _check_nodes("indexed-repeat", node)
    found = compiler.nodes(node).templates
    if len(found) != 1:
        raise ExpressionError("indexed_repeat_form")
    return found[0]


def _chosen(env: Env, chain: Sequence[str], chosen: Mapping[str, "Evaluate"]) -> str:
    """The instance of the innermost repeat; '?' where there is none."""
    at, before = "", ""
    for repeat in chain:
        among = env.instances.get(at + repeat[len(before) :], ())
        index = to_number(chosen[repeat](env)) if repeat in chosen else _own_index(env, repeat, among)
        if not 1 <= index <= len(among):
            return "?"
        at, before = among[int(index) - 1], repeat
    return at


def _own_index(env: Env, repeat: str, among: Sequence[str]) -> float:
    own = env.at.get(repeat, "")
    return among.index(own) + 1.0 if own in among else 1.0


def _of_places(call: Callable[[Sequence[Value]], Value]) -> Build:
    """A function of a line or area, or of several places."""

    def build(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
        many = _all_values(compiler, arguments)
        return lambda env: call(many(env))

    return build


def shuffled(compiler: "Compiler", node: Call) -> "EvaluateAll":
    """ODK: randomize(nodes, seed): the values in another order, the same for the same seed."""
    if len(node.arguments) not in {1, 2}:
        raise ExpressionError(
            "expression_arguments", function="randomize", wanted="1–2", found=str(len(node.arguments))
        )
    many = _values(compiler, "randomize", node.arguments[0])
    if len(node.arguments) == 1:
        site = _site(compiler)
        return lambda env: chance.shuffled(many(env), chance.seed_of(site(env)))
    seed = compiler.value(node.arguments[1])
    return lambda env: chance.shuffled(many(env), chance.seed_of(seed(env)))


def _randomize(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    many = shuffled(compiler, Call("randomize", tuple(arguments)))
    return lambda env: next(iter(many(env)), "")


def _site(compiler: "Compiler") -> Callable[[Env], str]:
    """What this call of chance, in this question and instance, hangs on: the seed and its own place."""
    own = place_of_own(compiler)
    compiler.sites.append("")
    number = len(compiler.sites)
    return lambda env: f"{env.seed}|{own(env)}|{number}"


def _random(compiler: "Compiler", _: Sequence[Node]) -> "Evaluate":
    """ODK: at least 0, below 1; here it follows from the seed, so the same answers give the same result."""
    site = _site(compiler)
    return lambda env: chance.fraction(site(env))


def _uuid(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    """ODK: a random UUID (RFC 4122, version 4), or so many random letters and digits; from the seed."""
    site = _site(compiler)
    if not arguments:
        return lambda env: chance.uuid(site(env))
    length = compiler.value(arguments[0])
    return lambda env: chance.token(site(env), to_number(length(env)))


SPECIAL: dict[str, tuple[int, int, Build]] = {
    "if": (3, 3, _if),
    "coalesce": (2, MANY, _coalesce),
    "once": (1, 1, _once),
    "regex": (2, 2, _regex),
    "count": (1, 1, _count),
    "count-non-empty": (1, 1, _count_non_empty),
    "sum": (1, 1, _sum),
    "min": (1, MANY, _extreme(min)),
    "max": (1, MANY, _extreme(max)),
    "concat": (1, MANY, _concat),
    "join": (2, MANY, _join),
    "position": (0, 1, _position),
    "last": (0, 0, _last),
    "indexed-repeat": (3, MANY, _indexed_repeat),
    "jr:choice-name": (2, 2, choice_name),
    "pulldata": (4, 4, pulldata),
    "area": (1, 1, _of_places(geography.area)),
    "enclosed-area": (1, 1, _of_places(geography.area)),
    "distance": (1, MANY, _of_places(geography.distance)),
    "intersects": (1, 1, _of_places(geography.intersects)),
    "random": (0, 0, _random),
    "randomize": (1, 2, _randomize),
    "uuid": (0, 1, _uuid),
}

_REFUSED = {
    "property": "function_device",
    "jr:itext": "function_itext",
    "itext": "function_itext",
    "indexed_repeat": "function_misspelt",
}


def unknown_function(name: str) -> ExpressionError:
    """Why a function cannot be used."""
    if name in _REFUSED:
        return ExpressionError(_REFUSED[name], function=name, near=name.replace("_", "-"))
    near = get_close_matches(name.lower(), [*FUNCTIONS, *SPECIAL], n=1, cutoff=0.7)
    if near:
        return ExpressionError("function_misspelt", function=name, near=near[0])
    return ExpressionError("function_unknown", function=name)
