"""What is wrong with a form: where, what, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from driegesprek.instruments.messages import MESSAGES, PLACE

_LONGEST = 500
"""Characters of the file that a message repeats."""


@dataclass(frozen=True)
class Problem:
    """One remark about a form. `row` counts as the spreadsheet does (the headings are row 1).

    In pyxform's text tables and csv the rows are counted within their own sheet, empty and comment lines left out.
    """

    sheet: str | None
    row: int | None
    column: str | None
    code: str
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self._say(0, "en")

    @property
    def remedy(self) -> str:
        """What to do, in English."""
        return self._say(1, "en")

    def text(self, language: str) -> str:
        """The whole remark on one line, in Dutch ('nl') or English."""
        language = "nl" if language.startswith("nl") else "en"
        words = PLACE[language]
        found = ((words["sheet"], self.sheet), (words["row"], self.row), (words["column"], self.column))
        place = ", ".join(f"{word} {value}" for word, value in found if value is not None)
        said = f"{self._say(0, language)} {self._say(1, language)}".strip()
        return f"{place}: {said}" if place else said

    def to_plain(self) -> dict[str, Any]:
        """As JSON values; `Problem(**plain)` gives it back."""
        return {**vars(self), "details": dict(self.details)}

    def _say(self, part: int, language: str) -> str:
        shown = {
            name: value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
            for name, value in self.details.items()
        }
        return MESSAGES[self.code][language][part].format_map(shown)


class FormRefused(Exception):  # noqa: N818 -- the name by which the callers know it
    """A form that cannot be used; `problems` says why, at least one, all that were found."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(problem.text("en") for problem in problems))
