"""One row of a class list, read field by field; what is wrong is collected with its place."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from driegesprek.roster import messages
from driegesprek.roster.contact import email_address, phone_numbers
from driegesprek.roster.headings import FIELDS
from driegesprek.roster.words import a_date
from driegesprek.tables import Cell, Findings, Message, Problem, Row, Table

Value = TypeVar("Value")
_YOUNGEST, _OLDEST = 8, 25  # years; pupils of Dutch secondary schools, with a margin
# The most characters that are kept of a cell, by the last part of its key; of other columns of a class list 200. Lists of
# ids in a OneRoster file can be as long as they like.
_LONGEST: Mapping[str, int] = {
    "id": 120, "sourcedid": 120, "prefix": 40, "class.name": 100, "title": 100, "name": 200, "givenname": 200,
    "familyname": 200, "preferredgivenname": 200, "preferredfamilyname": 200,
}  # fmt: skip
_LONGEST_OF_LIST = 200
# What nobody sees and nobody typed: signs of control and direction, a byte order mark, half a letter. Programs leave
# them around names and numbers; the joiners U+200C and U+200D are part of how Persian and others are written.
_INVISIBLE = re.compile(
    "[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads a row by field keys such as `pupil.id`; a field without column is an empty text."""

    table: Table
    row: Row
    columns: Mapping[str, int]
    findings: Findings
    notes: list[Problem]

    @property
    def place(self) -> str:
        """The row's number, of a workbook with the sheet's name."""
        return f"{self.row.number} ({self.table.sheet})" if self.table.sheet else str(self.row.number)

    def value(self, key: str) -> Cell:
        """The cell as the file has it."""
        index = self.columns.get(key)
        return None if index is None else self.row.cells[index]

    def text(self, key: str) -> str:
        """The cell as text on one line; what is too long to be kept is cut off and collected as a problem."""
        text = as_text(self.value(key))
        if (most := longest(key)) and len(text) > most:
            self.wrong(key, messages.TOO_LONG, most=most, value=text)
            return text[:most]
        return text

    def plain(self, key: str) -> str:
        """The text, which may not be a date: Excel makes one of a class called 2-1, and the name is lost."""
        if isinstance(self.value(key), date):
            self.wrong(key, messages.BECAME_DATE, value=self.text(key))
        return self.required(key)

    def required(self, key: str) -> str:
        """The text, which may not be empty."""
        text = self.text(key)
        if not text:
            label = FIELDS[key].nl if key in FIELDS else self._heading(key) or key
            self.wrong(key, messages.MISSING_CELL, label=label)
        return text

    def birth_date(self, key: str, kind: Message, today: date) -> date | None:
        """A pupil's birth date, which a pupil of a secondary school can have."""
        born = self.parsed_value(key, a_date, kind)
        if born is None:
            return None
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        shown = born.strftime("%d-%m-%Y")
        if born > today:
            self.wrong(key, messages.FUTURE_BIRTH, value=shown)
        elif not _YOUNGEST <= age <= _OLDEST:
            self.wrong(key, messages.IMPLAUSIBLE_BIRTH, value=shown, age=age)
        return born

    def parsed(self, key: str, parse: Callable[[str], Value | None], kind: Message) -> Value | None:
        """The text as parsed; a problem if it cannot be."""
        try:
            return parse(self.text(key))
        except ValueError:
            self.wrong(key, kind, value=self.text(key))
            return None

    def parsed_value(self, key: str, parse: Callable[[Cell], Value | None], kind: Message) -> Value | None:
        """The cell as parsed; a problem if it cannot be."""
        try:
            return parse(self.value(key))
        except ValueError:
            self.wrong(key, kind, value=self.text(key))
            return None

    def guessed(self, key: str, parse: Callable[[str], Value | None], kind: Message) -> Value | None:
        """The text as parsed; only a note if it cannot be."""
        text = self.text(key)
        try:
            return parse(text) if text else None
        except ValueError:
            self.note(key, kind, value=text)
            return None

    def phones(self, key: str) -> tuple[tuple[str, bool], ...]:
        """Telephone numbers in E.164, each with whether it is a mobile one."""
        return self.parsed(key, phone_numbers, messages.BAD_PHONE) or ()

    def email(self, key: str) -> str | None:
        """An e-mail address."""
        return self.parsed(key, email_address, messages.BAD_EMAIL)

    def wrong(self, key: str, kind: Message, **params: object) -> None:
        """Something a person has to correct before the file is taken."""
        self.findings.add(self._problem(key, kind, params))

    def note(self, key: str, kind: Message, **params: object) -> None:
        """Something a person should know."""
        self.notes.append(self._problem(key, kind, params))

    def _problem(self, key: str, kind: Message, params: Mapping[str, object]) -> Problem:
        return Problem(self.table.name, kind, params, self.table.sheet, self.row.number, self._heading(key))

    def _heading(self, key: str) -> str | None:
        index = self.columns.get(key)
        return None if index is None else self.table.headings[index]


def as_text(cell: Cell) -> str:
    """A cell as text on one line: whole numbers without decimals, dates day first, yes and no in Dutch."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, date):
        return cell.strftime("%d-%m-%Y")
    return " ".join(_INVISIBLE.sub("", str(cell)).split())


def longest(key: str) -> int | None:
    """How many characters of a field are kept; None if there is no end to it."""
    of_list = _LONGEST_OF_LIST if "." in key else None
    return _LONGEST.get(key) or _LONGEST.get(key.rsplit(".", 1)[-1]) or of_list
