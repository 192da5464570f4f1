"""Rows of a form become groups and questions; everything that is wrong is collected, none of it ignored."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from driegesprek.instruments.cells import YES, Cells
from driegesprek.instruments.kinds import Meaning, known_types, meaning_of
from driegesprek.instruments.model import Choice, Group, Item, Kind, Question
from driegesprek.instruments.problems import Problem
from driegesprek.instruments.row_checks import checked, parameters_of
from driegesprek.instruments.sources import OTHER_LABEL, Sources, word

_DEEPEST = 30
_NAME = re.compile(r"[^\W\d][\w.\-]*")
_OF_QUESTIONS = ("trigger", "calculation", "constraint", "required", "default", "choice_filter")
_MEDIA = ("image", "audio", "video")


@dataclass
class Open:
    """A group whose end has not come yet."""

    cells: Cells | None
    path: str
    items: list[Item] = field(default_factory=list)
    repeats: bool = False


@dataclass
class Builder:
    """Builds the tree of a form, row by row."""

    sources: Sources
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
        elif meaning.table:
            self.sources.add_table(cells, f"{cells['name']}{meaning.table}")
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
            self._begin(cells, meaning)
        elif self.skipped:
            self.skipped -= 1
        elif len(self.stack) == 1:
            self.problems.append(cells.problem("group_not_begun", "type"))
        else:
            self._check_end(cells, meaning)
            self._close()

    def _begin(self, cells: Cells, meaning: Meaning) -> None:
        if meaning.refusal:
            self.problems.append(cells.problem(meaning.refusal, "type", type=cells["type"]))
        if cells["repeat_count"] and not meaning.repeats:
            self.problems.append(cells.problem("count_without_repeat", "repeat_count"))
        self.notes += _of_no_group(cells)
        if len(self.stack) > _DEEPEST:
            self.problems.append(cells.problem("group_too_deep", "type", limit=str(_DEEPEST)))
            self.skipped += 1
            return
        path = self._path(cells) or f"{self.stack[-1].path}/row_{cells.row}"
        self.stack.append(Open(cells, path, repeats=meaning.repeats))

    def _check_end(self, cells: Cells, meaning: Meaning) -> None:
        begun = self.stack[-1]
        if begun.repeats != meaning.repeats and begun.cells and not meaning.refusal:
            details = {"name": begun.path.rpartition("/")[2], "row": str(begun.cells.row)}
            self.problems.append(
                cells.problem(
                    "repeat_not_ended" if begun.repeats else "group_ended_as_repeat", "type", **details
                )
            )

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
            repeats=done.repeats,
            count=cells["repeat_count"] if done.repeats else "",
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
        meaning = self.sources.resolved(cells, meaning)
        question = _question(cells, path, meaning, self.sources.lists)
        self.problems += checked(question, cells, self.sources.lists)
        self.stack[-1].items.append(question)
        if meaning.other:
            self._add_other(cells, question)

    def _add_other(self, cells: Cells, question: Question) -> None:
        """The text question behind a choice 'other', as pyxform adds it."""
        name = f"{question.name}_other"
        path = self._path(Cells(cells.sheet, cells.row, {"name": name}, {}, {}))
        if path:
            label = {language: word(OTHER_LABEL, language) for language in question.label or {"default": ""}}
            relevant = f"selected(../{question.name}, 'other')"
            self.stack[-1].items.append(
                Question(path=path, name=name, kind=Kind.TEXT, label=label, relevant=relevant)
            )


def _of_no_group(cells: Cells) -> Iterator[Problem]:
    """What a group cannot have, and what therefore does nothing."""
    if any(cells.text(medium) for medium in _MEDIA):
        yield cells.problem("group_media")
    for column in _OF_QUESTIONS:
        if cells[column] and cells[column].lower() not in {"no", "false", "false()"}:
            yield cells.problem("group_column", column)


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
    list_name = meaning.list_name or parameters_of(cells).get("tick_labelset", "")
    silent = not any(cells.text(column) for column in ("label", "hint", *_MEDIA))
    if kind.shown and silent and (cells["calculation"] or cells["trigger"]):
        kind = Kind.CALCULATE  # a computed question without words is not shown
    if meaning.list_name and kind is not Kind.RANK and "label" in cells["appearance"].split():
        kind = Kind.NOTE  # the heading of a grid: shows the labels, takes no answer
    return Question(
        path=path,
        name=cells["name"],
        kind=kind,
        label=cells.text("label"),
        hint=cells.text("hint"),
        guidance=cells.text("guidance_hint"),
        media=cells.text("image"),
        sound=cells.text("audio"),
        film=cells.text("video"),
        required=cells.truth("required"),
        required_message=cells.text("required_message"),
        relevant=cells["relevant"],
        constraint=cells["constraint"] or meaning.constraint,
        constraint_message=cells.text("constraint_message"),
        calculation=cells["calculation"],
        trigger=cells["trigger"],
        default=cells["default"],
        list_name=list_name,
        choices=lists.get(list_name, ()),
        choice_filter=cells["choice_filter"],
        appearance=cells["appearance"],
        read_only=cells.truth("read_only"),
        parameters=parameters_of(cells),
        extra=cells.extra,
    )
