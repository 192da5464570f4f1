"""What the names in a form's expressions stand for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from driegesprek.instruments.model import Choice, Group, Item, Question, walk
from driegesprek.instruments.xpath import ExpressionError
from driegesprek.instruments.xpath.special import Row

_OTHER_FORMS = "last-saved#"


class Names:
    """All names of a form: its questions, groups and lists of choices."""

    def __init__(self, items: tuple[Item, ...], lists: Mapping[str, tuple[Choice, ...]], root: str) -> None:
        self.items = {item.path: item for item in walk(items)}
        self.lists = lists
        self.roots = {"data", root}
        self.paths: dict[str, list[str]] = {}
        for path, item in self.items.items():
            self.paths.setdefault(item.name, []).append(path)

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

    def rows(self, list_name: str) -> tuple[Row, ...]:
        """The choices of a list as expressions see them."""
        return tuple(
            Row(
                one.name,
                one.label,
                {**one.extra, "name": one.name, "label": next(iter(one.label.values()), "")},
            )
            for one in self.lists.get(list_name, ())
        )

    def columns(self, list_name: str) -> list[str]:
        """The columns that choice_filter can use."""
        return sorted({column for row in self.rows(list_name) for column in row.columns})


@dataclass
class QuestionScope:
    """The scope of one question's or group's expressions; with list_name that of its choice_filter."""

    names: Names
    own: str
    list_name: str | None = None

    def reference(self, name: str) -> str:
        """The path of ${name}."""
        return self.names.path_of(name)

    def located(self, path: str, *, below: bool) -> Sequence[str]:
        """The question at a path, or all questions directly in a group."""
        path = self._without_root(path)
        if below:
            return self._children(path)
        item = self.names.items.get(path)
        if isinstance(item, Group):
            raise ExpressionError("reference_group", name=item.name)
        if item is None:
            raise self.names.unknown(path.rpartition("/")[2])
        return (path,)

    def _without_root(self, path: str) -> str:
        first, _, rest = path.removeprefix("/").partition("/")
        if path not in self.names.items and first in self.names.roots:
            return f"/{rest}" if rest else ""
        return path

    def _children(self, path: str) -> list[str]:
        inside = [
            one
            for one, item in self.names.items.items()
            if isinstance(item, Question) and one.rpartition("/")[0] == path
        ]
        if not inside:
            raise self.names.unknown(path.rpartition("/")[2])
        return inside

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
        if list_name not in self.names.lists:
            raise _unknown("list", list_name, self.names.lists)
        return self.names.rows(list_name)

    def options(self, path: str) -> Sequence[Row]:
        """The choices of a question."""
        item = self.names.items[path]
        return self.names.rows(item.list_name) if isinstance(item, Question) else ()

    def inside(self, list_name: str) -> "QuestionScope":
        """The scope within instance('list')/root/item[…]."""
        return QuestionScope(self.names, self.own, list_name)


def _unknown(what: str, name: str, known: Iterable[str]) -> ExpressionError:
    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    if near:
        code = "column_misspelt_choice" if what == "column" else f"{what}_misspelt"
        return ExpressionError(code, name=name, near=near[0])
    return ExpressionError(f"{what}_unknown", name=name)
