"""From a file or tables to a questionnaire."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from driegesprek.instruments.model import Questionnaire


def read(source: bytes | Path, *, name: str) -> Questionnaire:
    """Read an XLSForm: .xlsx, .xls, .csv (pyxform's form) or a text table (.md).

    Raises:
        FormRefused: with every reason found, each with sheet, row, column and remedy.
    """
    raise NotImplementedError


def read_tables(sheets: Mapping[str, Sequence[Mapping[str, str]]], *, name: str) -> Questionnaire:
    """Read an XLSForm that is in memory: {'survey': [{'type': …}, …], 'choices': […], 'settings': […]}.

    Raises:
        FormRefused: as `read`.
    """
    raise NotImplementedError
