"""The tables of a report as they stand on paper: few columns, an estimate with its interval in one of them.

The web page and the workbook have a column a number. On paper what is read together stands together, as journals print it:
``0.12 [0.03; 0.21]``, ``0.05 (9.1)``; what several rows are of stands above them. Nothing is left out but columns without
any value, which the note names.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from driegesprek.reports.table import Cell, ReportTable
from driegesprek.reports.words import word

if TYPE_CHECKING:
    from driegesprek.paper import Grid

NONE = "–"
LOW, HIGH = "95% ↓", "95% ↑"
BESIDE = frozenset({"se", "df", "se (df)", "n"})
"""What stands between an estimate and its interval."""
TOGETHER = ((("se", "df"), "{} ({})"), (("F", "df1", "df2"), "{} ({}; {})"))
Rows = list[list[str]]


def printed(cell: Cell, table: ReportTable, heading: str, language: str) -> str:
    """A cell as it is read: rounded here and nowhere else."""
    if cell is None:
        return NONE
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int):
        return str(cell)
    if heading in {"p", "p Holm"}:
        text = "< 0.001" if cell < 0.001 else f"{cell:.3f}"  # noqa: PLR2004 - as APA prints p
    else:
        rough = heading.startswith("%") or heading in {"df", "n eff.", "eff. n"}
        text = f"{cell:.{1 if rough else table.digits}f}"
    return text.replace(".", ",") if language == "nl" else text


def grid(table: ReportTable, language: str) -> "Grid":
    """The table as paper has it."""
    from driegesprek.paper import Grid  # noqa: PLC0415 - heavy

    made = _Paper(table, language)
    made.join()
    under = "" in (row[0] for row in made.rows) and table.words > 1
    rows = made.under() if under else [tuple(row) for row in made.rows]
    return Grid(
        table.title,
        tuple(made.headings),
        tuple(rows),
        made.words,
        " ".join(made.notes),
        frozenset(made.beneath),
    )


class _Paper:
    """A table while its columns are put together."""

    def __init__(self, table: ReportTable, language: str) -> None:
        self.language, self.words = language, table.words
        self.headings = list(table.headings)
        self.notes = list(table.notes)
        self.beneath: list[int] = []
        self.rows: Rows = [
            [_narrow(printed(cell, table, table.headings[place], language)) for place, cell in enumerate(row)]
            for row in table.rows
        ]

    def join(self) -> None:
        """Put columns together, and leave out those in which nothing stands."""
        for place in reversed(range(len(self.headings))):
            self._beside(place)
        self._intervals()
        self._without_empty()

    def _merge(self, places: Sequence[int], heading: str, form: str) -> None:
        """Several columns as one, at the place of the first."""
        first, *others = places
        for row in self.rows:
            held = [row[place] for place in places]
            row[first] = held[0] if set(held[1:]) == {NONE} else form.format(*held)
        self.headings[first] = heading
        for place in sorted(others, reverse=True):
            del self.headings[place]
            for row in self.rows:
                del row[place]

    def _beside(self, place: int) -> None:
        """An error with its degrees of freedom, F with both of its own, a mean with its sd."""
        for names, form in TOGETHER:
            if tuple(self.headings[place : place + len(names)]) == names:
                places = range(place, place + len(names))
                self._merge(places, form.format(*names), form)
                return
        following = self.headings[place + 1 : place + 2]
        mean = word("mean", self.language)
        if following == [self.headings[place].replace(mean, "sd", 1)] != [self.headings[place]]:
            self._merge((place, place + 1), f"{self.headings[place]} (sd)", "{} ({})")

    def _intervals(self) -> None:
        lows = [place for place, heading in enumerate(self.headings) if LOW in heading]
        for low in reversed(lows):
            own = self._estimate(low)
            self._merge((own, low, low + 1), f"{self.headings[own]} [95%]", "{} [{}; {}]")

    def _estimate(self, low: int) -> int:
        """The column of which this is the lower end of the interval."""
        named = self.headings[low].replace(f" {LOW}", "")
        if named != self.headings[low]:
            return self.headings.index(named)
        return next(place for place in range(low - 1, -1, -1) if self.headings[place] not in BESIDE)

    def _without_empty(self) -> None:
        empty = [
            place
            for place in range(self.words, len(self.headings))
            if self.rows and all(row[place] == NONE for row in self.rows)
        ]
        if empty:
            names = ", ".join(self.headings[place] for place in empty)
            self.notes.append(f"{word('left_out', self.language)}: {names}.")
        for place in reversed(empty):
            del self.headings[place]
            for row in self.rows:
                del row[place]

    def under(self) -> list[tuple[str, ...]]:
        """The rows without their first column, which stands over those that share it."""
        if self.words > 2:  # noqa: PLR2004 - a level with its group before it
            self._levels()
        sizes = self._sizes()
        rest = [place for place in range(1, len(self.headings)) if place not in sizes]
        found: list[tuple[str, ...]] = []
        for rows in _groups(self.rows):
            found.append((self._head(rows[0], sizes),))
            kept = [[row[place] for place in rest] for row in rows]
            found += [tuple(row) for row in kept if not _lacks(row)]
            lacking = [row[0] for row in kept if _lacks(row)]
            if lacking:
                self.beneath.append(len(found))
                found.append((f"{word('cannot', self.language)}: {'; '.join(lacking)}",))
        self.headings = [self.headings[place] for place in rest]
        self.words -= 1
        return found

    def _head(self, row: list[str], sizes: Sequence[int]) -> str:
        said = [f"{self.headings[place]} = {row[place]}" for place in sizes if row[place] != NONE]
        return " · ".join([row[0], *said])

    def _levels(self) -> None:
        group = ""
        for row in self.rows:
            group = row[1] or group
            row[1:3] = [f"{group}: {row[2]}"]
        self.headings[1:3] = [f"{self.headings[1]}: {self.headings[2]}"]
        self.words -= 1

    def _sizes(self) -> list[int]:
        """Columns with a number of people that is the same in all rows under a heading."""
        return [
            place
            for place, heading in enumerate(self.headings)
            if heading.partition(" ")[0] == "n"
            and all(len({row[place] for row in rows}) == 1 for rows in _groups(self.rows))
        ]


def _narrow(text: str) -> str:
    """A number that does not break over two lines."""
    return f"<{text[2:]}" if text.startswith("< ") else text


def _lacks(row: list[str]) -> bool:
    return set(row[1:]) == {NONE}


def _groups(rows: Rows) -> Iterator[Rows]:
    """The rows that share what stands in the first of them."""
    heads = 0

    def head(row: list[str]) -> int:
        nonlocal heads
        heads += bool(row[0])
        return heads

    for _head, several in groupby(rows, head):
        yield list(several)
