"""Functions that look something up in a list of choices or in a file beside the form."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from driegesprek.instruments.languages import in_language
from driegesprek.instruments.xpath.errors import ExpressionError
from driegesprek.instruments.xpath.nodes import as_test
from driegesprek.instruments.xpath.parsing import parse
from driegesprek.instruments.xpath.tree import Call, Chain, Node, Path, Reference, Step, String
from driegesprek.instruments.xpath.values import Env, Text, Value, to_string

if TYPE_CHECKING:
    from driegesprek.instruments.xpath.compiling import Compiler, Evaluate, EvaluateAll


class Row(NamedTuple):
    """A choice as expressions see it."""

    name: str
    label: Text
    columns: Mapping[str, str]


def choice_name(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    """The label of a choice: jr:choice-name(${q}, '${q}')."""
    value, written = compiler.value(arguments[0]), arguments[1]
    path = _path_written(compiler, written)
    rows = compiler.scope.options(path)
    if rows is None:  # choices from earlier answers are their own labels
        return value
    labels = {row.name: row.label for row in rows}
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
        return compiler.nodes(parse(text)).templates[0]
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
    inner = type(compiler)(scope, compiler)
    tests = [inner.value(test) for test in item]
    name = scope.column(column) if column else "name"
    direct = _looked_up(compiler, item, rows)

    def evaluate(env: Env) -> list[Value]:
        found = rows if direct is None else direct(env)
        return [row.columns.get(name, "") for row in _fitting(tests, found, env)]

    return evaluate


def _looked_up(
    compiler: "Compiler", tests: Sequence[Node], rows: Sequence[Row]
) -> Callable[[Env], Sequence[Row]] | None:
    """item[name = …] is found without walking through the list, which may have ten thousand rows."""
    match tests[:1]:
        case [Chain(first=Path(start="", steps=(Step() as step,)), rest=(("=", other),))]:
            pass
        case _:
            return None
    if step.name != "name" or step.predicates or not isinstance(other, Reference | String):
        return None
    wanted = compiler.value(other)
    index: dict[str, list[Row]] = {}
    for row in rows:
        index.setdefault(row.columns.get("name", ""), []).append(row)

    def find(env: Env) -> Sequence[Row]:
        value = wanted(env)
        # A number is compared as a number: 1 fits 01.
        return index.get(value, ()) if isinstance(value, str) else rows

    return find


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


def _fitting(tests: "Sequence[Evaluate]", rows: Sequence[Row], env: Env) -> Sequence[Row]:
    outer = env.row, env.position, env.size
    try:
        for test in tests:
            rows = [
                row for number, row in enumerate(rows, start=1) if _fits(test, row, env, number, len(rows))
            ]
    finally:
        env.row, env.position, env.size = outer
    return rows


def _fits(test: "Evaluate", row: Row, env: Env, number: int, size: int) -> bool:
    env.row, env.position, env.size = row.columns, number, size
    return as_test(test(env), number)


def pulldata(compiler: "Compiler", arguments: Sequence[Node]) -> "Evaluate":
    """Read a cell of a csv beside the form: file, wanted column, key column, key; '' when there is none (ODK)."""
    names = [one.value if isinstance(one, String) else "" for one in arguments[:3]]
    if not all(names):
        raise ExpressionError("pulldata_form")
    file, wanted, key = names
    scope = compiler.scope.inside(file)
    rows, wanted, key = scope.rows(file), scope.column(wanted), scope.column(key)
    found: dict[str, str] = {}
    for row in rows:
        found.setdefault(row.columns.get(key, ""), row.columns.get(wanted, ""))
    value = compiler.value(arguments[3])
    return lambda env: found.get(to_string(value(env)), "")
