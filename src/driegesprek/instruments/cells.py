"""The rows of a sheet by what their headings mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from driegesprek.instruments.headings import REFUSED, TRANSLATED, WITHOUT_EFFECT, Heading, read_headings
from driegesprek.instruments.problems import Problem
from driegesprek.instruments.styling import unstyled
from driegesprek.instruments.text_tables import SheetRows

_NO = frozenset({"no", "false", "false()"})
_FILES = frozenset({"image", "audio", "video"})
YES = frozenset({"yes", "true", "true()"})


@dataclass(frozen=True)
class Cells:
    """One row: plain columns, translated columns, and the columns that XLSForm does not know."""

    sheet: str
    row: int
    plain: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]]
    extra: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.plain.get(column, "")

    def text(self, column: str) -> Mapping[str, str]:
        """A translated column: {language: text}."""
        return self.texts.get(column, {})

    def truth(self, column: str) -> str:
        """A column that takes yes, no or an expression: 'true()', '' or the expression."""
        value = self[column]
        return "true()" if value.lower() in YES else "" if value.lower() in _NO else value

    def problem(self, code: str, column: str | None = None, **details: str) -> Problem:
        """A remark about this row."""
        return Problem(self.sheet, self.row, column, code, details)


@dataclass
class Sheet:
    """A sheet whose headings are understood."""

    name: str
    rows: SheetRows
    headings: dict[str, Heading]
    problems: list[Problem]
    notes: list[Problem]

    def cells(self, language: str) -> Iterator[Cells]:
        """The rows that hold something; columns without a language are in this one."""
        for number, row in self.rows:
            if any(value.strip() for value in row.values()):
                yield self._cells(number, row, language)

    def bare_rows(self) -> SheetRows:
        """The rows in one language, without columns that XLSForm does not know: enough to check their structure."""
        return [(number, self._bare(row)) for number, row in self.rows]

    def _bare(self, row: Mapping[str, str]) -> dict[str, str]:
        bare: dict[str, str] = {}
        for written, cell in row.items():
            heading = self.headings[written]
            if heading.known and heading.column in TRANSLATED:
                medium = heading.column in _FILES
                bare.setdefault(f"media::{heading.column}" if medium else heading.column, cell)
            elif heading.known:
                bare["list_name" if heading.column == "list_name" else written] = cell
        return bare

    def _cells(self, number: int, row: Mapping[str, str], language: str) -> Cells:
        plain: dict[str, str] = {}
        texts: dict[str, dict[str, str]] = {}
        extra: dict[str, str] = {}
        for written, value in row.items():
            heading, cell = self.headings[written], value.strip()
            if not cell:
                continue
            if not heading.known:
                extra[written] = cell
            elif heading.column in TRANSLATED:
                words = cell if heading.column in _FILES else self._words(number, heading, cell)
                texts.setdefault(heading.column, {})[heading.language or language] = words
            else:
                plain[heading.column] = cell
                self._refuse(number, heading, cell)
        return Cells(self.name, number, plain, texts, extra)

    def _words(self, number: int, heading: Heading, cell: str) -> str:
        """Without styling, which is remarked on once; a text that is nothing else stays as it is."""
        words = unstyled(cell) or cell
        if words != cell and all(note.code != "styling_left_out" for note in self.notes):
            self.notes.append(Problem(self.name, number, heading.written, "styling_left_out"))
        return words

    def _refuse(self, number: int, heading: Heading, cell: str) -> None:
        code = REFUSED.get(heading.column)
        if code and not (heading.column == "public_key" and cell.lower() in _NO):
            self.problems.append(Problem(self.name, number, heading.written, code))


def sheet_of(name: str, rows: SheetRows, known: frozenset[str]) -> Sheet:
    """Understand a sheet's headings."""
    written = [heading for _, row in rows for heading in row]
    headings, problems, notes = read_headings(name, written, known)
    return Sheet(name, rows, headings, problems, notes)


__all__ = ["WITHOUT_EFFECT", "YES", "Cells", "Sheet", "sheet_of"]
