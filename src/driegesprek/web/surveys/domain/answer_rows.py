"""Rows of answers on their way to a file: what a document says, as columns, a chunk at a time."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from driegesprek.tables.codebook import Kind, Missing, Variable

_TYPES: Final = {Kind.INTEGER: "int64", Kind.DECIMAL: "float64", Kind.DATE: "date32"}
_ID: Final = re.compile(r"\[([^\[\]/]*)\]")
GROUP: Final = 20_000
"""Rows in a group of the file: what the file keeps about each column of each group stays in memory until it is closed."""
Cells = Mapping[str, tuple[list[Any], str]]
"""{column: (values, Arrow type)}."""


@dataclass(frozen=True)
class Document:
    """One frozen document, as far as it is read.

    Attributes:
        answers: {path: {status, value}}.
        asked: paths in the order of the form.
        person: the id of this export.
        about: groups, keys and weight.
    """

    version: UUID
    answers: Mapping[str, Any]
    asked: tuple[str, ...]
    person: str
    day: dt.date
    about: Mapping[str, Any] = field(default_factory=dict)

    def unanswered(self, path: str | None) -> Missing:
        """Why there is no answer: skipped where it was asked and never touched, stopped where nothing after it was."""
        if path not in self._places:
            return Missing.NOT_ASKED
        return Missing.STOPPED if self._places[path] > self._last else Missing.SKIPPED

    @cached_property
    def _places(self) -> Mapping[str | None, int]:
        return {path: place for place, path in enumerate(self.asked)}

    @cached_property
    def _last(self) -> int:
        """The place of the last question that was answered or skipped on purpose."""
        return max((self._places[path] for path in self.answers if path in self._places), default=-1)


def cells(variable: Variable, found: Sequence[tuple[Any, str | None]]) -> dict[str, tuple[list[Any], str]]:
    """The columns of a variable: its values, and the reasons where there are none."""
    reasons = [None if reason is None else str(reason) for _, reason in found]
    if variable.kind is Kind.MULTIPLE:
        made = {
            variable.option_column(code): ([None if v is None else code in v for v, _ in found], "bool_")
            for code in variable.codes
        }
    else:
        values = [_value(variable.kind, value) for value, _ in found]
        made = {variable.name: (values, _TYPES.get(variable.kind, "string"))}
    return {**made, variable.missing_column: (reasons, "string")}


def _value(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    if kind is Kind.DATE:
        return dt.date.fromisoformat(str(value)[:10])
    return str(value) if kind is Kind.TEXT else value


class Writer:
    """A Parquet file that grows; made when the first rows come."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self._writer: Any = None
        self._waiting: list[Any] = []

    def add(self, found: Cells) -> None:
        """Write some rows."""
        import pyarrow as pa  # noqa: PLC0415 - heavy
        import pyarrow.parquet as pq  # noqa: PLC0415 - heavy

        arrays = {name: pa.array(values, getattr(pa, kind)()) for name, (values, kind) in found.items()}
        table = pa.table(arrays)
        if not table.num_rows:
            return
        if self._writer is None:
            self._writer = pq.ParquetWriter(self.path, table.schema, compression="zstd")
        self.rows += table.num_rows
        self._waiting.append(table)
        if sum(one.num_rows for one in self._waiting) >= GROUP:
            self._write()

    def _write(self) -> None:
        import pyarrow as pa  # noqa: PLC0415 - heavy

        if self._waiting:
            self._writer.write_table(pa.concat_tables(self._waiting))
            self._waiting = []

    def close(self) -> None:
        """No more rows."""
        if self._writer is not None:
            self._write()
            self._writer.close()
            self._writer = None


@dataclass
class Repeat:
    """The instances of one repeat, as a long table: one row per instance, with the respondent's id."""

    path: str
    columns: Sequence[Any]
    rows: Writer

    @property
    def name(self) -> str:
        """The repeat's own name."""
        return self.path.rpartition("/")[2]

    def add(self, documents: Sequence[Document]) -> None:
        """Take in the instances of some documents."""
        found = [one for document in documents for one in self._instances(document)]
        if not found:
            return
        made: dict[str, tuple[list[Any], str]] = {
            "person": ([one.person for one in found], "string"),
            "within": ([one.about["within"] for one in found], "string"),
            "instance": ([one.about["instance"] for one in found], "int64"),
        }
        for column in self.columns:
            made |= cells(column.variable, [column.cell(one) for one in found])
        self.rows.add(made)

    def _instances(self, document: Document) -> Iterator[Document]:
        """Each instance as a document of its own, in the order in which they were made."""
        steps = (rf"/{re.escape(part)}(?:\[[^\]/]*\])?" for part in self.path.strip("/").split("/"))
        prefix, counted = re.compile("".join(steps)), dict[str, int]()
        matches = (prefix.match(path) for path in document.asked)
        for head in dict.fromkeys(found[0] for found in matches if found and found[0].endswith("]")):
            around = head[: head.rindex("[")]
            counted[around] = counted.get(around, 0) + 1
            about = {"within": "/".join(_ID.findall(around)) or None, "instance": counted[around]}
            yield _narrowed(document, self.path, head, about)

    def variables(self) -> list[Variable]:
        """The variables of the long table."""
        return [
            Variable("person", {"nl": "Respondent (sleutel)", "en": "Respondent (key)"}, Kind.TEXT),
            Variable("within", {"nl": "Binnen welke herhaling", "en": "Within which instance"}, Kind.TEXT),
            Variable("instance", {"nl": "Hoeveelste keer", "en": "Number of the instance"}, Kind.INTEGER),
            *(column.variable for column in self.columns),
        ]


def _narrowed(document: Document, path: str, head: str, about: Mapping[str, Any]) -> Document:
    """The document as one instance sees it: its own answers under the paths of the form."""
    own = f"{head}/"
    answers = {
        f"{path}{one[len(head) :]}": value for one, value in document.answers.items() if one.startswith(own)
    }
    asked = tuple(f"{path}{one[len(head) :]}" for one in document.asked if one.startswith(own))
    return replace(document, answers=answers, asked=asked, about=about)
