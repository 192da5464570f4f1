"""A grid of cells becomes a table: the row of headings is found, what is no data is set apart."""

import re
from collections.abc import Collection, Mapping, Sequence

from driegesprek.tables import messages
from driegesprek.tables.problems import FileRefused, Findings, Message, Problem
from driegesprek.tables.values import Cell, Grid, Row, Table

_HEADING_WITHIN = 30
_TOTALS = re.compile(
    r"(sub|eind)?tota(a)?l(en)?\b|aantal\b|gemiddeld|(af)?gedrukt\b|geprint\b|printed\b|pagina\b|page\b|"
    r"bron\b|datum\b|einde\b|selectie\b|rapport|"
    r"=\s*(SUM|SOM|COUNT|COUNTA|AANTAL|AANTALARG|SUBTOTA+L|AVERAGE|GEMIDDELDE)\(",
    re.IGNORECASE,
)


def table(grid: Grid, *, heading_row: int | None = None, heading_words: Collection[str] = ()) -> Table:
    """Give a grid its headings and check that every row fits beneath them.

    Args:
        grid: rows that hold something, in order.
        heading_row: the row of headings, if the format fixes it; then nothing is set apart as title or total.
        heading_words: lower-case headings that are expected; the row with most of them is preferred.

    Raises:
        FileRefused: no headings, repeated headings, rows that do not fit, formulas; all at once.
    """
    index = heading_index(grid, heading_row=heading_row, heading_words=heading_words)
    if index is None:
        raise FileRefused([Problem(grid.name, messages.NO_HEADINGS, sheet=grid.sheet)])
    above, head, below = grid.rows[:index], grid.rows[index], list(grid.rows[index + 1 :])
    footer = [] if heading_row else _footer(below, _filled(head.cells))
    body = below[: len(below) - len(footer)]
    findings = Findings()
    columns = _columns(grid, head, body, findings)
    width = _width(head.cells)
    for row in body:
        _check(grid, row, width, findings)
    _check_doubts(grid, head, body, findings)
    findings.refuse()
    return Table(
        name=grid.name,
        sheet=grid.sheet,
        headings=tuple(heading_text(head.cells[column]) for column in columns),
        rows=tuple(Row(row.number, _picked(row.cells, columns)) for row in body),
        heading_row=head.number,
        left_out=(*above, *footer),
        encoding=grid.encoding,
    )


def heading_index(
    grid: Grid, *, heading_row: int | None = None, heading_words: Collection[str] = ()
) -> int | None:
    """Which of a grid's rows has the headings; None if none does."""
    return _fixed(grid, heading_row) if heading_row else _found(grid.rows, heading_words)


def heading_text(cell: Cell) -> str:
    """A heading on one line, without spaces around it."""
    return " ".join(str(cell).split())


def is_blank(cell: Cell) -> bool:
    """Whether a cell shows nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def column_letter(index: int) -> str:
    """The letter(s) a spreadsheet gives to the column with this 0-based index."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _fixed(grid: Grid, heading_row: int) -> int | None:
    return next((index for index, row in enumerate(grid.rows) if row.number == heading_row), None)


def _found(rows: Sequence[Row], heading_words: Collection[str]) -> int | None:
    """The first row that is text throughout and about as wide as the data; known headings decide."""
    candidates = [
        index for index, row in enumerate(rows[:_HEADING_WITHIN]) if _like_headings(row.cells, heading_words)
    ]
    if not candidates:
        return None
    known = {index: _known(rows[index].cells, heading_words) for index in candidates}
    best = max(known.values())
    if best >= 2:  # noqa: PLR2004 - one known word may be a title such as 'Klas 2A'
        return next(index for index in candidates if known[index] == best)
    usual = _usual_width(rows[: 10 * _HEADING_WITHIN])
    wide = [index for index in candidates if _filled(rows[index].cells) >= 0.6 * usual]
    return wide[0] if wide else None


def _usual_width(rows: Sequence[Row]) -> int:
    """The median number of filled cells."""
    widths = sorted(_filled(row.cells) for row in rows)
    return widths[len(widths) // 2] if widths else 0


def _known(cells: tuple[Cell, ...], words: Collection[str]) -> int:
    return sum(heading_text(cell).casefold() in words for cell in cells if cell is not None)


def _like_headings(cells: tuple[Cell, ...], words: Collection[str]) -> bool:
    """Texts alone; among headings that are known, years too."""
    filled = [cell for cell in cells if not is_blank(cell)]
    texts = [cell for cell in filled if isinstance(cell, str) and not _is_number(cell)]
    if len(texts) == len(filled):
        return bool(filled)
    years = sum(_YEAR.fullmatch(heading_text(cell)) is not None for cell in filled)
    return len(texts) + years == len(filled) and _known(tuple(texts), words) >= 2  # noqa: PLR2004 - as above


_YEAR = re.compile(r"(?:19|20)\d\d")


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[\d\s.,/:+-]*\d[\d\s.,/:+-]*", text) is not None


def _filled(cells: tuple[Cell, ...]) -> int:
    return sum(not is_blank(cell) for cell in cells)


def _width(cells: tuple[Cell, ...]) -> int:
    """The number of columns up to the last heading."""
    return max(index for index, cell in enumerate(cells, start=1) if not is_blank(cell))


def _footer(below: list[Row], headings: int) -> list[Row]:
    """The last rows that are totals or remarks: few cells filled, and saying so or standing apart."""
    start = len(below)
    while start and _is_remark(below, start - 1, headings):
        start -= 1
    return below[start:]


def _is_remark(below: list[Row], index: int, headings: int) -> bool:
    row = below[index]
    filled = [cell for cell in row.cells if not is_blank(cell)]
    apart = row.number - (below[index - 1].number if index else row.number - 1) > 1
    if _TOTALS.match(str(filled[0]).strip()):
        return apart or len(filled) * 2 <= headings
    return apart and len(filled) == 1 and headings > 2  # noqa: PLR2004 - a list of two columns has such rows


def _columns(grid: Grid, head: Row, body: list[Row], findings: Findings) -> list[int]:
    """The columns with a heading; a column without heading may hold nothing."""
    seen: dict[str, int] = {}
    for index, cell in enumerate(head.cells):
        if is_blank(cell):
            _check_empty_column(grid, index, body, findings)
            continue
        heading = heading_text(cell)
        first = seen.setdefault(heading.casefold(), index)
        if first != index:
            params = {"heading": heading, "first": column_letter(first), "second": column_letter(index)}
            findings.add(_problem(grid, messages.DUPLICATE_HEADING, head.number, None, params))
    return sorted(seen.values())


def _is_index(index: int, body: list[Row]) -> bool:
    """Whether a first column without heading counts the rows from nought, as pandas writes its index."""
    return not index and all(
        str(row.cells[0]).strip() == str(place) if row.cells else False for place, row in enumerate(body)
    )


def _check_empty_column(grid: Grid, index: int, body: list[Row], findings: Findings) -> None:
    if _is_index(index, body):
        return
    for row in body:
        if index < len(row.cells) and not is_blank(row.cells[index]):
            params = {"example": row.cells[index]}
            findings.add(_problem(grid, messages.MISSING_HEADING, row.number, column_letter(index), params))
            return


def _check(grid: Grid, row: Row, width: int, findings: Findings) -> None:
    extra = [index for index in range(width, len(row.cells)) if not is_blank(row.cells[index])]
    params = {"found": len(row.cells), "expected": width}
    if grid.ragged and len(row.cells) < width:
        findings.add(_problem(grid, messages.ROW_TOO_SHORT, row.number, None, params))
    elif extra and grid.ragged:
        findings.add(_problem(grid, messages.ROW_TOO_LONG, row.number, None, params))
    elif extra:
        example = {"example": row.cells[extra[0]]}
        letter = column_letter(extra[0])
        findings.add(_problem(grid, messages.MISSING_HEADING, row.number, letter, example))


def _check_doubts(grid: Grid, head: Row, body: list[Row], findings: Findings) -> None:
    """Formulas and errors among the headings and the data; a total below them may be a formula."""
    data = {head.number, *(row.number for row in body)} if grid.doubts else set()
    for doubt in grid.doubts:
        if doubt.row in data:
            index = doubt.column
            named = doubt.row != head.number and index < len(head.cells) and not is_blank(head.cells[index])
            column = heading_text(head.cells[index]) if named else column_letter(index)
            kind = messages.FORMULA if doubt.is_formula else messages.CELL_ERROR
            params = {"formula": doubt.text, "error": doubt.text}
            findings.add(_problem(grid, kind, doubt.row, column, params))


def _problem(
    grid: Grid, kind: Message, row: int, column: str | None, params: Mapping[str, object]
) -> Problem:
    return Problem(grid.name, kind, params, sheet=grid.sheet, row=row, column=column)


def _picked(cells: tuple[Cell, ...], columns: list[int]) -> tuple[Cell, ...]:
    return tuple(cells[column] if column < len(cells) else None for column in columns)
