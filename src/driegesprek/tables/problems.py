"""What is wrong with a file, where, and what the person can do about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Language = Literal["nl", "en"]

_PLACES = {
    "nl": ("blad {}", "rij {}", "kolom {}"),
    "en": ("sheet {}", "row {}", "column {}"),
}


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in two languages, with what the person can do; `{name}` stands for a parameter.

    Each workshop declares its own messages as constants, so that a code is declared once and its
    texts stand next to each other.
    """

    code: str
    nl: str
    en: str
    remedy_nl: str = ""
    remedy_en: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong (or was guessed), at one place in one file.

    Attributes:
        file: the file's name as the person knows it.
        kind: the message.
        params: what fills the message's placeholders.
        sheet: name of the sheet, None for a text file.
        row: number of the row as a spreadsheet shows it (the first is 1), None for the whole file.
        column: heading or letter of the column, None for the whole row.
    """

    file: str
    kind: Message
    params: Mapping[str, Any] = field(default_factory=dict)
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    @property
    def code(self) -> str:
        """The message's code: stable, for programs and tests."""
        return self.kind.code

    def where(self, language: str = "nl") -> str:
        """The place in words: file, sheet, row, column."""
        words = _PLACES["en" if language == "en" else "nl"]
        values = (self.sheet, self.row, self.column)
        named = [word.format(value) for word, value in zip(words, values, strict=True) if value is not None]
        return ", ".join([self.file, *named]) if self.file else ", ".join(named)

    def message(self, language: str = "nl") -> str:
        """What is wrong, in Dutch (`nl`) or English (`en`)."""
        return _filled(self.kind.en if language == "en" else self.kind.nl, self.params)

    def remedy(self, language: str = "nl") -> str:
        """What the person can do about it; empty if there is nothing to do."""
        return _filled(self.kind.remedy_en if language == "en" else self.kind.remedy_nl, self.params)

    def text(self, language: str = "nl") -> str:
        """One line: place, message, remedy."""
        return f"{self.where(language)}: {self.message(language)} {self.remedy(language)}".strip()

    def as_json(self, language: str = "nl") -> dict[str, Any]:
        """The problem as plain values, for a program or a log that holds no personal data of others."""
        return {
            "code": self.code,
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "message": self.message(language),
            "remedy": self.remedy(language),
        }


class FileRefused(Exception):  # noqa: N818 - the name says what happened, as Django's PermissionDenied does
    """A file was not taken, for these reasons; nothing of it was used.

    Attributes:
        problems: at least one problem, in the order of the file.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.text("en") for problem in self.problems))


@dataclass(slots=True)
class Findings:
    """Collects problems while reading goes on, up to a number a person can still use.

    Attributes:
        most: how many problems are kept.
    """

    most: int = 200
    problems: list[Problem] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether looking further makes no sense."""
        return len(self.problems) >= self.most

    def add(self, problem: Problem) -> None:
        """Keep the problem, unless it is known or there are enough already."""
        if not self.full and problem not in self.problems:
            self.problems.append(problem)

    def refuse(self) -> None:
        """Raise FileRefused if anything was found."""
        if self.problems:
            raise FileRefused(self.problems)


def _filled(text: str, params: Mapping[str, Any]) -> str:
    return text.format_map({name: _short(value) for name, value in params.items()})


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}…"  # noqa: PLR2004 - what fits on a line of a message
