"""Writing a file with one row per respondent, with its codebook, in the format that is asked for."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from driegesprek.tables.codebook_page import codebook_page
from driegesprek.tables.ddi import write_ddi
from driegesprek.tables.sav_writing import write_sav
from driegesprek.tables.wide import WideFile
from driegesprek.tables.wide_csv import write_csv
from driegesprek.tables.wide_files import METADATA, codebook_path
from driegesprek.tables.wide_xlsx import write_xlsx

KINDS: Final = ("sav", "csv", "parquet", "xlsx", "ddi")
SUFFIXES: Final[Mapping[str, str]] = {kind: f".{kind}" for kind in KINDS} | {"ddi": ".ddi.xml"}


@dataclass(frozen=True)
class Written:
    """What was written.

    Attributes:
        files: the file first, then its codebook as JSON and as a page; DDI has no rows and comes alone.
        cut: columns of which texts were longer than the format can hold, and how many were cut there.
    """

    files: tuple[Path, ...]
    cut: Mapping[str, int] = field(default_factory=dict)


def write_wide(
    file: WideFile, folder: Path, name: str, *, kind: str, language: str, made_on: dt.date
) -> Written:
    """Write a wide file as `folder/name.kind`, with `name.codebook.json` and `name.codebook.html` beside it.

    Args:
        file: the rows and their codebook.
        folder: where the files come; it exists.
        name: of the files, without ending.
        kind: one of KINDS.
        language: nl or en: of labels in formats that hold one language, and of our own words.
        made_on: the day of writing.

    Raises:
        CodebookError: a value is not in the codebook.
        FileRefused: more rows or columns than the format can hold.
        OSError: it cannot be written.
    """
    path = folder / f"{name}{SUFFIXES[kind]}"
    if kind == "ddi":
        write_ddi(file, path, data_name=f"{name}.csv", made_on=made_on)
        return Written((path,))
    cut: Mapping[str, int] = {}
    if kind == "sav":
        cut = write_sav(file, path, language=language, made_on=made_on).cut
    elif kind == "xlsx":
        cut = write_xlsx(file, path, language=language)
    elif kind == "csv":
        write_csv(file, path)
    else:
        write_parquet(file, path)
    beside, page = codebook_path(path), path.with_name(f"{name}.codebook.html")
    beside.write_text(file.codebook.to_json(), encoding="utf-8")
    page.write_text(codebook_page(file, language=language, made_on=made_on), encoding="utf-8")
    return Written((path, beside, page), cut)


def write_parquet(file: WideFile, path: Path) -> None:
    """Parquet with the codebook in its metadata; codes are dictionaries, so that a million rows stay small."""
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.parquet as pq  # noqa: PLC0415 - heavy

    columns = file.columns()
    schema = file.schema
    wanted = pa.schema([schema.field(name) for name in columns], {METADATA: file.codebook.to_json().encode()})
    with pq.ParquetWriter(path, wanted, compression="zstd") as writer:
        for batch in file.batches(columns):
            writer.write_batch(batch.replace_schema_metadata(wanted.metadata))
