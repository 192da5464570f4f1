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
_REASONS: Final = tuple(str(one) for one in Missing)
_BYTE: Final = 127
"""The highest place that fits in a signed byte."""
_ID: Final = re.compile(r"\[([^\[\]/]*)\]")
GROUP: Final = 16_000
"""Rows of a batch of the file: so many are in memory at a time, as Arrow arrays, when it is written and when it is read."""
Cells = Mapping[str, Any]
"""{column: Arrow array}."""


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


def array(values: Sequence[Any], kind: str = "string") -> Any:
    """An Arrow array of plain values."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    return pa.array(values, getattr(pa, kind)())


class Collected:
    """The answers to some questions as they come in, a document at a time, so that no document need stay in memory.

    A million Python objects that live on cost more than the reading of them, for the collector of garbage visits each.
    """

    def __init__(self, columns: Sequence[Any]) -> None:
        """For these questions: `variables.Column`."""
        self.kept: list[tuple[Any, list[Any], list[str | None]]] = [(one, [], []) for one in columns]
        self._plans: dict[UUID, list[Any]] = {}

    def take(self, document: Document) -> None:
        """Take in what one document has."""
        answers = document.answers
        for path, read, keep, because in self._plan(document.version):
            answer = answers.get(path)
            value, why = (None, document.unanswered(path)) if answer is None else read(answer)
            keep(value)
            because(why)

    def _plan(self, version: UUID) -> list[Any]:
        """Of each question its path in this version, and what to do with what stands there."""
        if version not in self._plans:
            self._plans[version] = [
                (one.paths.get(version), one.read, values.append, reasons.append)
                for one, values, reasons in self.kept
            ]
        return self._plans[version]

    def given(self) -> dict[str, Any]:
        """The columns of what came in since the last time, as Arrow arrays."""
        made: dict[str, Any] = {}
        for one, values, reasons in self.kept:
            made |= cells(one.variable, values, reasons)
            values.clear()
            reasons.clear()
        return made


def cells(variable: Variable, values: Sequence[Any], reasons: Sequence[str | None]) -> dict[str, Any]:
    """The columns of a variable as Arrow arrays: its values, and the reasons where there are none.

    Codes and reasons are dictionaries of all that there can be, so that a cell takes a byte and not a text.
    """
    why = {variable.missing_column: _coded(reasons, _REASONS)}
    if variable.kind is Kind.MULTIPLE:
        return {
            variable.option_column(code): array([None if v is None else code in v for v in values], "bool_")
            for code in variable.codes
        } | why
    if variable.kind is Kind.SINGLE:
        return {variable.name: _coded(values, variable.codes), **why}
    made = [_value(variable.kind, one) for one in values]
    return {variable.name: array(made, _TYPES.get(variable.kind, "string")), **why}


def _coded(values: Sequence[str | None], codes: Sequence[str]) -> Any:
    """An Arrow dictionary array: each value as its place among the codes."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    places: dict[str | None, int | None] = {code: place for place, code in enumerate(codes)}
    places[None] = None
    kind = pa.int8() if len(codes) <= _BYTE else pa.int32()
    found = pa.array([places[one] for one in values], kind)
    return pa.DictionaryArray.from_arrays(found, pa.array(codes, pa.string()))


def _value(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    if kind is Kind.DATE:
        return dt.date.fromisoformat(str(value)[:10])
    return str(value) if kind is Kind.TEXT else value


class Writer:
    """An Arrow file that grows; made when the first rows come.

    Parquet keeps what it knows of every column of every group in memory until it is closed; this keeps a place in the file
    per batch. It is read once or twice and thrown away.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self._writer: Any = None
        self._waiting: list[Any] = []

    def add(self, found: Cells) -> None:
        """Write some rows."""
        import pyarrow as pa  # noqa: PLC0415 - heavy

        batch = pa.RecordBatch.from_pydict(dict(found))
        if not batch.num_rows:
            return
        if self._writer is None:
            options = pa.ipc.IpcWriteOptions(compression="lz4")
            self._writer = pa.ipc.new_file(str(self.path), batch.schema, options=options)
        self.rows += batch.num_rows
        self._waiting.append(batch)
        if sum(one.num_rows for one in self._waiting) >= GROUP:
            self._write()

    def _write(self) -> None:
        import pyarrow as pa  # noqa: PLC0415 - heavy

        if self._waiting:
            self._writer.write_batch(pa.concat_batches(self._waiting))
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
        made = {
            "person": array([one.person for one in found]),
            "within": array([one.about["within"] for one in found]),
            "instance": array([one.about["instance"] for one in found], "int64"),
        }
        collected = Collected(self.columns)
        for one in found:
            collected.take(one)
        self.rows.add(made | collected.given())

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
