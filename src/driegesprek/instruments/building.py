"""Rows of a form become groups and questions; everything that is wrong is collected, none of it ignored."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from driegesprek.instruments.cells import YES, Cells
from driegesprek.instruments.kinds import Meaning, known_types, meaning_of
from driegesprek.instruments.model import Choice, Group, Item, Kind, Question
from driegesprek.instruments.problems import Problem
from driegesprek.instruments.program import is_dynamic
from driegesprek.instruments.typed import Unusable, typed

_DEEPEST = 30
_NAME = re.compile(r"[^\W\d][\w.\-]*")
_OUTSIDE = re.compile(r"\bsearch\s*\(|\b(?:ex|printer):")
"""Appearances that take choices or values from a file or another program on the device."""
_WORD = re.compile(r"\S+")


@dataclass
class Open:
    """A group whose end has not come yet."""

    cells: Cells | None
    path: str
    items: list[Item] = field(default_factory=list)


@dataclass
class Builder:
    """Builds the tree of a form, row by row."""

    lists: Mapping[str, tuple[Choice, ...]]
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    rows: dict[str, Cells] = field(default_factory=dict)
    """The row of each path, for remarks that are found later."""
    stack: list[Open] = field(default_factory=lambda: [Open(None, "")])
    skipped: int = 0
    """Groups that are open but too deep to be built."""

    def add(self, cells: Cells) -> None:
        """Take in one row of the survey sheet."""
        if cells["disabled"].lower() in YES:
            self.notes.append(cells.problem("row_disabled"))
            return
        if not cells["type"]:
            self._without_type(cells)
            return
        meaning = meaning_of(cells["type"])
        if meaning.edge:
            self._edge(cells, meaning)
        elif meaning.kind is None:
            self._refused(cells, meaning.refusal)
        else:
            self._question(cells, meaning)

    def finish(self) -> tuple[Item, ...]:
        """The items, once all rows are taken in."""
        for group in self.stack[1:]:
            if group.cells:
                self.problems.append(group.cells.problem("group_not_ended", "type", name=group.cells["name"]))
        while len(self.stack) > 1:
            self._close()
        return tuple(self.stack[0].items)

    def _without_type(self, cells: Cells) -> None:
        if cells["name"] or cells.text("label"):
            self.problems.append(cells.problem("type_missing", "type", name=cells["name"] or "?"))
        else:
            self.notes.append(cells.problem("row_comment"))

    def _refused(self, cells: Cells, code: str) -> None:
        near = get_close_matches(cells["type"].split(" ")[0].lower(), known_types(), n=1, cutoff=0.6)
        if code == "type_unknown" and near:
            self.problems.append(cells.problem("type_misspelt", "type", type=cells["type"], near=near[0]))
            return
        self.problems.append(cells.problem(code, "type", type=cells["type"]))
        self._remember(cells)

    def _remember(self, cells: Cells) -> None:
        """Keep the name of a refused question, so that what refers to it is not refused as well."""
        if _NAME.fullmatch(cells["name"]):
            path = f"{self.stack[-1].path}/{cells['name']}"
            self.stack[-1].items.append(Question(path=path, name=cells["name"], kind=Kind.HIDDEN))
            self.rows.setdefault(path, cells)

    def _edge(self, cells: Cells, meaning: Meaning) -> None:
        if meaning.edge == "begin":
            if meaning.refusal:
                self.problems.append(cells.problem(meaning.refusal, "type", type=cells["type"]))
            if len(self.stack) > _DEEPEST:
                self.problems.append(cells.problem("group_too_deep", "type", limit=str(_DEEPEST)))
                self.skipped += 1
                return
            path = self._path(cells) or f"{self.stack[-1].path}/row_{cells.row}"
            self.stack.append(Open(cells, path))
        elif self.skipped:
            self.skipped -= 1
        elif len(self.stack) == 1:
            self.problems.append(cells.problem("group_not_begun", "type"))
        else:
            self._close()

    def _close(self) -> None:
        done = self.stack.pop()
        cells = done.cells
        if cells is None:
            return
        group = Group(
            path=done.path,
            name=done.path.rpartition("/")[2],
            label=cells.text("label"),
            hint=cells.text("hint"),
            relevant=cells["relevant"],
            appearance=cells["appearance"],
            read_only=cells.truth("read_only"),
            extra=cells.extra,
            items=tuple(done.items),
        )
        self.stack[-1].items.append(group)

    def _path(self, cells: Cells) -> str:
        """The path of a row's name; '' (and a problem) when the name cannot be used."""
        name = cells["name"]
        path = f"{self.stack[-1].path}/{name}"
        if not name:
            self.problems.append(cells.problem("name_missing", "name"))
        elif not _NAME.fullmatch(name):
            self.problems.append(cells.problem("name_bad", "name", name=name))
        elif path in self.rows:
            details = {"name": name, "other": str(self.rows[path].row)}
            self.problems.append(cells.problem("name_twice", "name", **details))
        else:
            self.rows[path] = cells
            return path
        return ""

    def _question(self, cells: Cells, meaning: Meaning) -> None:
        cells = _named(cells, meaning)
        path = self._path(cells)
        if not path or meaning.kind is None:
            return
        question = _question(cells, path, meaning, self.lists)
        self._check(question, cells)
        self.stack[-1].items.append(question)

    def _check(self, question: Question, cells: Cells) -> None:
        kind = question.kind
        if kind is Kind.CALCULATE and not question.calculation and not question.default:
            self.problems.append(cells.problem("calculation_missing", "calculation", name=question.name))
        if kind.shown and not (question.label or question.hint or question.media):
            self.problems.append(cells.problem("label_missing", "label", name=question.name))
        if _OUTSIDE.search(question.appearance):
            self.problems.append(
                cells.problem("appearance_outside", "appearance", appearance=question.appearance)
            )
        self._check_list(question, cells)
        self._check_default(question, cells)
        self._check_parameters(question, cells)

    def _check_list(self, question: Question, cells: Cells) -> None:
        if not question.list_name:
            if question.choice_filter:
                self.problems.append(cells.problem("filter_without_choices", "choice_filter"))
        elif question.list_name.startswith("${"):
            self.problems.append(cells.problem("list_from_repeat", "type", name=question.list_name))
        elif not question.choices:
            near = get_close_matches(question.list_name, list(self.lists), n=1, cutoff=0.5)
            details = {"name": question.list_name, "near": near[0] if near else ""}
            code = "list_misspelt" if near else "list_unknown"
            self.problems.append(cells.problem(code, "type", **details))
        elif question.kind is Kind.SELECT_MULTIPLE:
            spaced = next((one.name for one in question.choices if " " in one.name), None)
            if spaced is not None:
                details = {"name": spaced, "list": question.list_name}
                self.problems.append(Problem("choices", None, "name", "choice_spaced", details))

    def _check_default(self, question: Question, cells: Cells) -> None:
        default = question.default
        if not default or not question.kind.answerable or is_dynamic(default):
            return
        try:
            typed(question, default)
        except Unusable:
            details = {"default": default[:60], "kind": question.kind.value}
            self.problems.append(cells.problem("default_bad", "default", **details))

    def _check_parameters(self, question: Question, cells: Cells) -> None:
        for name in question.parameters:
            if name != "rows":
                self.problems.append(cells.problem("parameter_unknown", "parameters", name=name))


def _named(cells: Cells, meaning: Meaning) -> Cells:
    """A note without a name gets one, as in pyxform; today, start and end are called so."""
    name = cells["name"]
    if not name and meaning.kind is Kind.NOTE:
        name = f"generated_note_name_{cells.row}"
    elif not name and meaning.kind in {Kind.TODAY, Kind.START, Kind.END}:
        name = meaning.kind.value
    return Cells(cells.sheet, cells.row, {**cells.plain, "name": name}, cells.texts, cells.extra)


def _question(cells: Cells, path: str, meaning: Meaning, lists: Mapping[str, tuple[Choice, ...]]) -> Question:
    kind = meaning.kind or Kind.TEXT
    silent = not (cells.text("label") or cells.text("hint") or cells.text("image"))
    if kind.shown and cells["calculation"] and silent:
        kind = Kind.CALCULATE  # a computed question without words is not shown
    if meaning.list_name and "label" in cells["appearance"].split():
        kind = Kind.NOTE  # the heading of a grid: shows the labels, takes no answer
    return Question(
        path=path,
        name=cells["name"],
        kind=kind,
        label=cells.text("label"),
        hint=cells.text("hint"),
        guidance=cells.text("guidance_hint"),
        media=cells.text("image"),
        required=cells.truth("required"),
        required_message=cells.text("required_message"),
        relevant=cells["relevant"],
        constraint=cells["constraint"] or meaning.constraint,
        constraint_message=cells.text("constraint_message"),
        calculation=cells["calculation"],
        default=cells["default"],
        list_name=meaning.list_name,
        choices=lists.get(meaning.list_name, ()),
        choice_filter=cells["choice_filter"],
        appearance=cells["appearance"],
        read_only=cells.truth("read_only"),
        parameters=_parameters(cells),
        extra=cells.extra,
    )


def _parameters(cells: Cells) -> dict[str, str]:
    """The parameters column: 'rows=5 other=…', also separated by commas or semicolons."""
    text = re.sub(r"\s*=\s*", "=", cells["parameters"])
    found = dict(part.partition("=")[::2] for part in _WORD.findall(re.sub(r"[,;]", " ", text)))
    return {**found, "rows": cells["rows"]} if cells["rows"] else found
