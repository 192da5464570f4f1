"""Where a text file goes wrong: the line, what is wrong with it, and what to do."""

import csv
import io

from driegesprek.evidence.problems import EvidenceError

QUOTE = b'"'


def suspect(raw: bytes, rows: int) -> bool:
    """Whether a quote may be open: there is an odd number of them, or some value has a line end in it.

    Args:
        raw: The file.
        rows: How many were read of it, the headings apart.
    """
    quotes = raw.count(QUOTE)
    lines = raw.count(b"\n") + (not raw.endswith(b"\n"))
    return bool(quotes) and (quotes % 2 == 1 or lines > rows + 1)


def fault(text: str, separator: str, name: str) -> EvidenceError | None:
    """The first line with another number of cells than the headings, or with a quote that is not closed; None for none.

    Args:
        text: The file.
        separator: Between cells.
        name: What the file is called.
    """
    reader = csv.reader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator, strict=True
    )
    wanted, line = 0, 1
    try:
        for cells in reader:
            wanted = wanted or len(cells)
            if cells and len(cells) != wanted:
                return _cells(name, line, len(cells), wanted)
            line = reader.line_num + 1
    except csv.Error as error:
        return _quote(name, line, error)
    return None


def _cells(name: str, line: int, found: int, wanted: int) -> EvidenceError:
    what = f"{found} {'cell' if found == 1 else 'cells'}, and the headings are {wanted}"
    remedy = (
        "Leave out the separators that are too many, or put text that has one in it between quotes."
        if found > wanted
        else "Add the separators of the empty cells, or the rest of the row."
    )
    return EvidenceError("unreadable", f"{name}, line {line}: this row has {what}. {remedy}")


def _quote(name: str, line: int, error: Exception) -> EvidenceError:
    if "field larger than" in str(error):
        return EvidenceError(
            "unreadable", f'{name}, line {line}: a cell is too long. Is a quote (") not closed?'
        )
    return EvidenceError(
        "unreadable",
        f'{name}, line {line}: a quote (") is opened here that is not closed before the next cell. Close it, leave it out, '
        "or write it twice where it belongs to the text.",
    )
