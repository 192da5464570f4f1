"""What the names in a form's expressions stand for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from driegesprek.instruments.model import Choice, Group, Item, Question, walk
from driegesprek.instruments.xpath import ExpressionError
from driegesprek.instruments.xpath.looking_up import Row
from driegesprek.instruments.xpath.nodes import Tree

_OTHER_FORMS = "last-saved#"
FROM_ANSWERS = "${"
"""How the name of a list begins whose choices come from earlier answers."""


class Names:
    """All names of a form: its questions, groups and lists of choices."""

    def __init__(self, items: tuple[Item, ...], lists: Mapping[str, tuple[Choice, ...]], root: str) -> None:
        self.items = {item.path: item for item in walk(items)}
        self.lists = lists
        self.roots = {"data", root}
        self.paths: dict[str, list[str]] = {}
        self.tree = Tree()
        self.files = {name.rpartition(".")[0]: name for name in lists if "." in name and "?" not in name}
        """{name of a file without its ending: name of its list}"""
        for path, item in self.items.items():
            self.paths.setdefault(item.name, []).append(path)
            group = isinstance(item, Group)
            self.tree.add(path, group=group, repeats=isinstance(item, Group) and item.repeats)

    def path_of(self, name: str) -> str:
        """The path of ${name}.

        Raises:
            ExpressionError: there is none, or more than one.
        """
        if name.startswith(_OTHER_FORMS):
            raise ExpressionError("reference_last_saved", name=name)
        found = self.paths.get(name, [])
        if len(found) > 1:
            raise ExpressionError("reference_ambiguous", name=name, paths=", ".join(found))
        if not found:
            raise self.unknown(name)
        return found[0]

    def unknown(self, name: str) -> ExpressionError:
        """That there is no such question, with the likeliest meant."""
        return _unknown("reference", name, self.paths)

    def list_called(self, name: str) -> str:
        """The list of this name, or of the file of this name; '' when there is none."""
        return name if name in self.lists else self.files.get(name, "")

    def rows(self, list_name: str) -> tuple[Row, ...]:
        """The choices of a list as expressions see them."""
        return tuple(
            Row(
                one.name,
                one.label,
                {"name": one.name, "label": next(iter(one.label.values()), ""), **one.extra},
            )
            for one in self.lists.get(self.list_called(list_name), ())
        )

    def columns(self, list_name: str) -> list[str]:
        """The columns that choice_filter can use."""
        found = {column for one in self.lists.get(self.list_called(list_name), ()) for column in one.extra}
        return sorted(found | ({"name", "label"} if self.list_called(list_name) else set()))


@dataclass
class QuestionScope:
    """The scope of one question's or group's expressions; with list_name that of its choice_filter."""

    names: Names
    own: str
    list_name: str | None = None
    origin: str = ""

    def __post_init__(self) -> None:
        """An expression starts where it belongs."""
        self.origin = self.origin or self.own
        self.tree, self.roots = self.names.tree, self.names.roots

    def reference(self, name: str) -> str:
        """The path of ${name}."""
        return self.names.path_of(name)

    def unknown(self, name: str) -> ExpressionError:
        """That there is no such question."""
        return self.names.unknown(name)

    def column(self, name: str) -> str:
        """The column of the choices with this name; '' asks whether there are columns here at all."""
        if not name:
            return self.list_name or ""
        columns = self.names.columns(self.list_name or "")
        if name not in columns:
            raise _unknown("column", name, columns)
        return name

    def rows(self, list_name: str) -> Sequence[Row]:
        """The choices of a list."""
        if not self.names.list_called(list_name):
            raise _unknown("list", list_name, self.names.lists)
        return self.names.rows(list_name)

    def options(self, path: str) -> Sequence[Row] | None:
        """The choices of a question; None when they come from earlier answers."""
        item = self.names.items[path]
        if not isinstance(item, Question):
            return ()
        return None if item.list_name.startswith(FROM_ANSWERS) else self.names.rows(item.list_name)

    def inside(self, list_name: str) -> "QuestionScope":
        """The scope within instance('list')/root/item[…]."""
        return QuestionScope(self.names, self.own, list_name, self.origin)

    def within(self, path: str) -> "QuestionScope":
        """The scope of a test between [ and ] behind this path."""
        return QuestionScope(self.names, path, None, self.origin)


def _unknown(what: str, name: str, known: Iterable[str]) -> ExpressionError:
    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    if near:
        code = "column_misspelt_choice" if what == "column" else f"{what}_misspelt"
        return ExpressionError(code, name=name, near=near[0])
    return ExpressionError(f"{what}_unknown", name=name)
