"""Files in and out: what people bring is read or refused with a reason; what they take is safe to open."""

from driegesprek.tables.archive import unzip
from driegesprek.tables.problems import FileRefused, Findings, Message, Problem
from driegesprek.tables.reading import Attempt, load, read, read_sheets
from driegesprek.tables.values import DEFAULT_LIMITS, Cell, Limits, Row, Table
from driegesprek.tables.writing import Sheet, defused, write_csv, write_xlsx

__all__ = [
    "DEFAULT_LIMITS",
    "Attempt",
    "Cell",
    "FileRefused",
    "Findings",
    "Limits",
    "Message",
    "Problem",
    "Row",
    "Sheet",
    "Table",
    "defused",
    "load",
    "read",
    "read_sheets",
    "unzip",
    "write_csv",
    "write_xlsx",
]
