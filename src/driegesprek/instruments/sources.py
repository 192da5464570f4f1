"""Where the choices of questions come from: the sheet, files beside the form, or other answers; and the choice 'other'."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from driegesprek.instruments.attachments import ENDINGS, Find, Unreadable, choices_of, table_of
from driegesprek.instruments.cells import Cells
from driegesprek.instruments.kinds import Meaning
from driegesprek.instruments.model import Choice
from driegesprek.instruments.problems import Problem
from driegesprek.instruments.row_checks import parameters_of

_PULLED = re.compile(r"\bpulldata\s*\(\s*(?:'([^']*)'|\"([^\"]*)\")")
_MOST_FILES: Final = 20
OTHER_CHOICE: Final[Mapping[str, str]] = {
    "nl": "Anders",
    "en": "Other",
    "tr": "Diğer",
    "ar": "غير ذلك",
    "pl": "Inne",
    "uk": "Інше",
}
OTHER_LABEL: Final[Mapping[str, str]] = {
    "nl": "Wat is het dan?",
    "en": "Please say what.",
    "tr": "Lütfen ne olduğunu yazın.",
    "ar": "يرجى كتابة ما هو.",
    "pl": "Proszę napisać, co to jest.",
    "uk": "Будь ласка, напишіть, що саме.",
}


def word(words: Mapping[str, str], language: str) -> str:
    """One of our own words in a language of a form; in English where we do not have it."""
    return words.get(language.partition("-")[0], words["en"])


@dataclass
class Sources:
    """The lists of choices of a form; those in files are read when a question asks for them."""

    lists: dict[str, tuple[Choice, ...]]
    external: Mapping[str, tuple[Choice, ...]]
    """Lists of the sheet external_choices."""
    find: Find
    problems: list[Problem] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    """Files that could not be read, with and without their ending: expressions that name them are not told as well."""

    def resolved(self, cells: Cells, meaning: Meaning) -> Meaning:
        """The meaning with the name of the list that holds its choices; the list itself is made when needed."""
        if meaning.file:
            return meaning._replace(list_name=self._from_file(cells, meaning.file))
        if meaning.external and meaning.list_name in self.external:
            name = f"{meaning.list_name} external"
            self.lists[name] = self.external[meaning.list_name]
            return meaning._replace(list_name=name)
        if meaning.other and meaning.list_name in self.lists:
            return self._with_other(cells, meaning)
        return meaning

    def _with_other(self, cells: Cells, meaning: Meaning) -> Meaning:
        if cells["choice_filter"]:
            self.problems.append(cells.problem("other_with_filter", "choice_filter"))
        choices = self.lists[meaning.list_name]
        if any(one.name == "other" for one in choices):
            return meaning
        languages = dict.fromkeys(language for one in choices for language in one.label) or {"default": None}
        other = Choice(name="other", label={language: word(OTHER_CHOICE, language) for language in languages})
        name = f"{meaning.list_name} or_other"
        self.lists[name] = (*choices, other)
        return meaning._replace(list_name=name)

    def _from_file(self, cells: Cells, file: str) -> str:
        parameters = parameters_of(cells)
        value, label = parameters.get("value", ""), parameters.get("label", "")
        name = f"{file}?value={value}&label={label}" if value or label else file
        if PurePosixPath(file).suffix.lower() not in ENDINGS:
            self.problems.append(cells.problem("attachment_ending", "type", file=file))
        elif name not in self.lists and self._may_open(cells, "type", file):
            self._open(cells, "type", name, (file, value, label))
        return name

    def add_table(self, cells: Cells, file: str) -> None:
        """A file that is only looked up, by instance('name')."""
        if file not in self.lists and self._may_open(cells, "name", file):
            self._open(cells, "name", file, (file, "", ""))

    def add_pulled(self, rows: Iterable[Cells]) -> None:
        """The csv files that pulldata() in these rows looks up."""
        for cells in rows:
            for column, text in cells.plain.items():
                for found in _PULLED.finditer(text):
                    stem = (found[1] or found[2] or "").strip()
                    file = stem if stem.lower().endswith(".csv") else f"{stem}.csv"
                    if stem and file not in self.lists and self._may_open(cells, column, file):
                        self._pull(cells, column, file)

    def _may_open(self, cells: Cells, column: str, file: str) -> bool:
        if file in self.files:
            return True
        if len(self.files) >= _MOST_FILES:
            details = {"limit": str(_MOST_FILES), "file": file}
            self.problems.append(cells.problem("attachments_too_many", column, **details))
            return False
        self.files.add(file)
        return True

    def _open(self, cells: Cells, column: str, name: str, source: tuple[str, str, str]) -> None:
        """Read a list from (file, column of names, column of labels)."""
        file, value, label = source
        try:
            self.lists[name] = choices_of(file, self.find, value=value, label=label)
        except Unreadable as error:
            self._unread(cells.problem(error.code, column, file=file, wanted=value or "name"))

    def _pull(self, cells: Cells, column: str, file: str) -> None:
        try:
            self.lists[file] = table_of(file, self.find)
        except Unreadable as error:
            self._unread(cells.problem(error.code, column, file=file, wanted="name"))

    def _unread(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.missing |= {problem.details["file"], PurePosixPath(problem.details["file"]).stem}
