"""Writing a wide file as a workbook: the answers, and what they mean, on two sheets."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from driegesprek.tables import archive, messages_wide
from driegesprek.tables.codebook import Kind, Missing
from driegesprek.tables.sav_plan import SavVariable, plan
from driegesprek.tables.wide import WideFile
from driegesprek.tables.wide_labels import chosen_words, label_of, reason_word, value_word, why_words
from driegesprek.tables.writing import Sheet, stream_xlsx

MOST_ROWS: Final = 1_048_575
MOST_COLUMNS: Final = 16_384
LONGEST_TEXT: Final = 32_767 // 2
"""A cell holds twice as much, which a text may need where its signs are escaped."""
_SHEETS: Final = {"nl": ("Antwoorden", "Codeboek"), "en": ("Answers", "Codebook")}
_HEADINGS: Final = {
    "nl": ["Kolom", "Vraag", "Soort", "Code", "Betekenis", "Naam in SPSS", "Waarde in SPSS"],
    "en": ["Column", "Question", "Kind", "Code", "Meaning", "Name in SPSS", "Value in SPSS"],
}


def write_xlsx(file: WideFile, path: Path, *, language: str) -> dict[str, int]:
    """A workbook; text is written as text whatever it starts with.

    Returns:
        {column: how many of its texts were longer than a cell holds, and were cut}.

    Raises:
        FileRefused: more rows or columns than a sheet holds.
    """
    columns = file.columns()
    if file.rows > MOST_ROWS or len(columns) > MOST_COLUMNS:
        raise archive.refused(path.name, messages_wide.SHEET_TOO_SMALL, rows=file.rows, columns=len(columns))
    cut: dict[str, int] = {}
    answers, codebook = _SHEETS["en" if language == "en" else "nl"]
    stream_xlsx(
        [
            Sheet(answers, columns, _rows(file, columns, cut)),
            Sheet(codebook, _HEADINGS["en" if language == "en" else "nl"], codebook_rows(file, language)),
        ],
        path,
    )
    return cut


def _rows(file: WideFile, columns: Sequence[str], cut: dict[str, int]) -> Iterator[list[Any]]:
    for batch in file.batches(columns):
        cells = [[_cell(value, name, cut) for value in batch[name].to_pylist()] for name in columns]
        yield from (list(row) for row in zip(*cells, strict=True))


def _cell(value: Any, name: str, cut: dict[str, int]) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - NaN, which a workbook cannot hold
        return None
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        cut[name] = cut.get(name, 0) + 1
        return value[:LONGEST_TEXT]
    return value


def codebook_rows(file: WideFile, language: str) -> Iterator[list[Any]]:
    """One row per column, and one per code or reason beneath it."""
    planned = {one.column: one for one in plan(file, language)}
    for column, one in planned.items():
        variable = one.variable
        is_reason = column == variable.missing_column
        told = label_of(variable, language)
        told = f"{told}: {why_words(language)}" if is_reason else told
        yield [column, told, str(variable.kind), None, variable.unit or None, one.name, None]
        yield from ([column, None, None, *row] for row in _codes(one, column, language))


def _codes(one: SavVariable, column: str, language: str) -> Iterator[list[Any]]:
    if one.variable.kind is Kind.MULTIPLE:
        option = next(code for code in one.variable.codes if one.variable.option_column(code) == column)
        no, yes = chosen_words(language)
        yield [1, f"{value_word(one.variable, option, language)}: {yes}", None, 1]
        yield [0, no, None, 0]
    elif column == one.variable.missing_column:
        for reason, number in one.codes.items():
            yield [reason, reason_word(Missing(reason), language), None, number]
    else:
        for code, number in one.codes.items():
            yield [code, value_word(one.variable, code, language), None, number]
    for reason, number in one.reasons.items():
        yield [f"({reason})", reason_word(Missing(reason), language), None, number]
