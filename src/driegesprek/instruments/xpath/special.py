"""Functions that look at their arguments unevaluated, at several nodes, or at lists of choices."""

import math
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from driegesprek.instruments.languages import in_language
from driegesprek.instruments.patterns import Pattern, PatternError
from driegesprek.instruments.xpath.errors import ExpressionError
from driegesprek.instruments.xpath.functions import FUNCTIONS, LONGEST_TEXT, MANY
from driegesprek.instruments.xpath.tree import Call, Node, Path, Reference, String
from driegesprek.instruments.xpath.values import Env, Text, Value, to_boolean, to_number, to_string

if TYPE_CHECKING:
    from driegesprek.instruments.xpath.compiling import Compiler, Evaluate, EvaluateAll


class Row(NamedTuple):
    """A choice as expressions see it."""

    name: str
    label: Text
    columns: Mapping[str, str]


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
    own, part = compiler.scope.own, compiler.value(arguments[0])
    return lambda env: before if (before := env.current.get(own, "")) != "" else part(env)


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
    many = _nodes(compiler, "count", arguments[0])
    return lambda env: float(len(many(env)))


def _count_non_empty(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    many = _nodes(compiler, "count-non-empty", arguments[0])
    return lambda env: float(sum(1 for value in many(env) if to_string(value)))


def _nodes(compiler: "Compiler", function: str, argument: Node) -> "EvaluateAll":
    if not isinstance(argument, Path | Reference):
        raise ExpressionError("expression_not_nodes", function=function)
    return compiler.values(argument)


def _numbers(values: Sequence[Value]) -> list[float]:
    """What is a number; ODK's own engine leaves empty values and texts out of sum(), min() and max()."""
    return [number for value in values if not math.isnan(number := to_number(value))]


def _sum(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    many = _nodes(compiler, "sum", arguments[0])
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


def _position(_: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    """Without repeats every group is the first of its kind."""
    if not isinstance(arguments[0], Path | Reference):
        raise ExpressionError("expression_not_nodes", function="position")
    return lambda _: 1.0


def _choice_name(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    """The label of a choice: jr:choice-name(${q}, '${q}')."""
    value, written = compiler.value(arguments[0]), arguments[1]
    path = _path_written(compiler, written)
    labels = {row.name: row.label for row in compiler.scope.options(path)}
    if not labels:
        raise ExpressionError("choice_name_no_choices", name=path.rpartition("/")[2])
    return lambda env: _label(labels, to_string(value(env)), env)


def _path_written(compiler: "Compiler", node: Node) -> str:
    if isinstance(node, Reference):
        return compiler.scope.reference(node.name)
    if isinstance(node, String):
        text = node.value.strip()
        if text.startswith("${") and text.endswith("}"):
            return compiler.scope.reference(text[2:-1].strip())
        return compiler.scope.located(text, below=False)[0]
    raise ExpressionError("choice_name_not_written")


def _label(labels: Mapping[str, Text], name: str, env: Env) -> str:
    if name not in labels:
        return ""
    return in_language(labels[name], env.language, env.default_language) or name


def instance(compiler: "Compiler", node: Path) -> "EvaluateAll":
    """Read a column of the choices of a list that fit the tests between brackets."""
    list_name, item, column = _instance_parts(node)
    scope = compiler.scope.inside(list_name)
    rows = scope.rows(list_name)
    inner = type(compiler)(scope, compiler.uses)
    tests = [inner.value(test) for test in item]
    name = scope.column(column) if column else "name"

    def evaluate(env: Env) -> list[Value]:
        return [row.columns.get(name, "") for row in rows if _fits(tests, row, env)]

    return evaluate


def _instance_parts(node: Path) -> tuple[str, Sequence[Node], str]:
    names = [step.name for step in node.steps]
    start = node.start
    fits = len(names) in {2, 3} and names[:2] == ["root", "item"] and not node.steps[0].predicates
    if not fits or not isinstance(start, Call) or [type(one) for one in start.arguments] != [String]:
        raise ExpressionError("instance_form")
    if len(names) == 3 and node.steps[2].predicates:  # noqa: PLR2004 -- root, item and a column
        raise ExpressionError("instance_form")
    written = start.arguments[0]
    list_name = written.value if isinstance(written, String) else ""
    return list_name, node.steps[1].predicates, names[2] if len(names) > 2 else ""  # noqa: PLR2004 -- idem


def _fits(tests: "Sequence[Evaluate]", row: Row, env: Env) -> bool:
    if not tests:
        return True
    outer, env.row = env.row, row.columns
    try:
        return all(to_boolean(test(env)) for test in tests)
    finally:
        env.row = outer


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
    "position": (1, 1, _position),
    "jr:choice-name": (2, 2, _choice_name),
}

_CHANCE = frozenset({"random", "randomize", "uuid"})
_PLACE = frozenset({"area", "distance", "geofence", "intersects"})
_FILES = frozenset({"pulldata", "property", "digest", "base64-decode", "extract-signed", "version"})
_REPEATS = frozenset({"indexed-repeat", "last", "count-non-empty-repeat"})


def unknown_function(name: str) -> ExpressionError:
    """Why a function cannot be used."""
    for code, names in (
        ("function_chance", _CHANCE),
        ("function_place", _PLACE),
        ("function_file", _FILES),
        ("function_repeat", _REPEATS),
    ):
        if name in names:
            return ExpressionError(code, function=name)
    near = get_close_matches(name.lower(), [*FUNCTIONS, *SPECIAL], n=1, cutoff=0.7)
    if near:
        return ExpressionError("function_misspelt", function=name, near=near[0])
    return ExpressionError("function_unknown", function=name)
