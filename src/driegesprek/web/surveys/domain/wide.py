"""A round as a wide file: one row per respondent of a voice, with its codebook, for the evidence workshop.

Only what was handed in is read, from the frozen documents. Free text, pseudonyms and moments never come in; the rows
stand in the order of random keys.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from driegesprek.instruments import Questionnaire
from driegesprek.tables.codebook import MISSING_SUFFIX, Codebook, Kind, Missing, Variable
from driegesprek.web.people.models import SchoolClass
from driegesprek.web.surveys.domain import levels, ordering
from driegesprek.web.surveys.domain import versions as stored
from driegesprek.web.surveys.domain.variables import Apart, Column, columns
from driegesprek.web.surveys.enums import AnswerStatus
from driegesprek.web.surveys.models import InstrumentVersion, Response

CHUNK: Final = 2000
"""Responses read at a time: memory holds one chunk of documents, and the columns."""
GROUPS: Final = ("class", "year_group", "track", "language", "channel", "voice")
Cell = tuple[Any, str | None]
"""A value, or None with the reason why there is none."""


@dataclass(frozen=True)
class Wide:
    """The answers of one voice in a round.

    Attributes:
        table: A pyarrow table as `driegesprek.tables.codebook` describes. It is personal data.
        codebook: What its columns mean.
        apart: Variables that are shown inside the school and not exported, and why.
        notes: What a reader must know of how it was made.
        scales: Variables whose answers run from one end to the other.
    """

    table: Any
    codebook: Codebook
    apart: Mapping[str, Apart] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    scales: frozenset[str] = frozenset()

    @property
    def countable(self) -> tuple[Variable, ...]:
        """The questions with answers that can be counted, in the order of the form."""
        return tuple(one for one in self.codebook.variables if one.kind in {Kind.SINGLE, Kind.MULTIPLE})


@dataclass(frozen=True)
class _Document:
    """One frozen document, as far as it is read."""

    form: int
    """The place of its version among those of the file."""
    answers: Mapping[str, Any]
    asked: frozenset[str]
    groups: Mapping[str, str | None]
    invented: bool = False


def of_round(
    round_id: UUID,
    voice: str,
    *,
    class_ids: Iterable[UUID] | None = None,
    until: dt.date | None = None,
    without: Collection[str] = (),
) -> Wide:
    """Make the wide file of what one voice handed in.

    Args:
        round_id: the round.
        voice: pupil, adult or paper; what was typed in from paper is never handed in, so it has no rows.
        class_ids: only respondents of these classes; None for all.
        until: only who handed in on this day or before; None for all.
        without: pseudonyms that are left out.
    """
    rows = Response.objects.filter(round=round_id, voice=voice).exclude(submitted_at=None)
    rows = rows.exclude(pseudonym__in=list(without))
    if until is not None:
        rows = rows.filter(submitted_at__date__lte=until)
    if class_ids is not None:
        rows = rows.filter(group__class_id__in=[str(one) for one in class_ids])
    forms = _forms(rows)
    made = columns(forms, {name for group in GROUPS for name in (group, group + MISSING_SUFFIX)})
    level = levels.variable(forms, {name for column in made for name in column.variable.columns})
    file = _File(made, level, forms)
    for chunk in _chunks(_documents(rows, voice, file.versions)):
        file.add(chunk)
    return file.finished(round_id)


def _forms(rows: QuerySet[Response]) -> list[tuple[UUID, Questionnaire]]:
    """The versions that were answered, the newest first."""
    found = InstrumentVersion.objects.filter(pk__in=rows.values("version")).order_by("-created_at", "pk")
    return [(pk, stored.load(pk)) for pk in found.values_list("pk", flat=True)]


def _documents(rows: QuerySet[Response], voice: str, versions: Sequence[UUID]) -> Iterator[_Document]:
    found = rows.order_by("pk").values_list(
        "document", "version_id", "language", "channel", "group", "round__study__invented"
    )
    names, places = _class_names(rows), {version: place for place, version in enumerate(versions)}
    for text, version, language, channel, group, invented in found.iterator(chunk_size=CHUNK):
        document = json.loads(text)
        groups = {
            "class": names.get(group.get("class_id", "")) or _code(group.get("class")),
            "year_group": _code(group.get("year_group")),
            "track": _code(group.get("track")),
            "language": _code(language),
            "channel": _code(channel),
            "voice": voice,
        }
        kept = document.get("calculated", {})
        answers = document["answers"] | {path: _given(value) for path, value in kept.items()}
        yield _Document(places[version], answers, frozenset(document["asked"]), groups, bool(invented))


def _given(value: Any) -> dict[str, Any]:
    return {"status": str(AnswerStatus.GIVEN), "value": value}


def _class_names(rows: QuerySet[Response]) -> dict[str, str]:
    """What the classes are called now: a class that got another name stays one class."""
    schools = rows.values("school")[:1]
    found = SchoolClass.objects.filter(school__in=schools).values_list("pk", "name")
    return {str(pk): name.strip() for pk, name in found}


def _code(value: Any) -> str | None:
    return str(value).strip() or None if value is not None else None


def _chunks(documents: Iterable[_Document]) -> Iterator[list[_Document]]:
    source = iter(documents)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


class _File:
    """The columns as they grow, a chunk at a time."""

    def __init__(
        self,
        made: Sequence[Column],
        level: Variable | None,
        forms: Sequence[tuple[UUID, Questionnaire]],
    ) -> None:
        self.columns = made
        self.level = level
        self.versions = [version for version, _ in forms]
        self.forms = [form for _, form in forms]
        self.parts: dict[str, list[Any]] = {}
        self.seen: dict[str, set[str]] = {group: set() for group in GROUPS}
        self.invented = False

    def add(self, chunk: Sequence[_Document]) -> None:
        """Take in some documents."""
        self.invented |= any(one.invented for one in chunk)
        for column in self.columns:
            paths = [column.paths.get(version) for version in self.versions]
            self._keep(column.variable, [_cell(column, paths[one.form], one) for one in chunk])
        if self.level:
            self._keep(self.level, [self._level(one) for one in chunk])
        for group, seen in self.seen.items():
            values = [one.groups[group] for one in chunk]
            seen.update(value for value in values if value)
            self._append(group, values, "string")

    def _level(self, one: _Document) -> Cell:
        level = levels.of(self.forms[one.form], one.answers)
        return level, None if level else Missing.NOT_ASKED

    def _keep(self, variable: Variable, cells: Sequence[Cell]) -> None:
        if variable.kind is Kind.MULTIPLE:
            for code in variable.codes:
                chosen = [None if value is None else code in value for value, _reason in cells]
                self._append(variable.option_column(code), chosen, "bool_")
        else:
            self._append(
                variable.name, [value for value, _reason in cells], _TYPES.get(variable.kind, "string")
            )
        self._append(variable.missing_column, [reason for _value, reason in cells], "string")

    def _append(self, name: str, values: list[Any], kind: str) -> None:
        import pyarrow as pa  # noqa: PLC0415 - heavy

        self.parts.setdefault(name, []).append(pa.array(values, getattr(pa, kind)()))

    def finished(self, round_id: UUID) -> Wide:
        """The table and its codebook."""
        import pyarrow as pa  # noqa: PLC0415 - heavy

        if not self.parts:  # nobody handed in yet: a table of no rows still has columns
            self.parts = {name: [pa.array([], pa.string())] for name in GROUPS}
        groups = [_group(name, self.seen[name]) for name in GROUPS if self.seen[name]]
        variables = [column.variable for column in self.columns] + ([self.level] if self.level else [])
        titles = list(dict.fromkeys(form.title for form in self.forms))
        hashes = [form.content_hash[:12] for form in self.forms]
        codebook = Codebook(
            title=" / ".join(titles),
            source=f"round {round_id}, version {', '.join(hashes)}",
            variables=(*variables, *groups),
        )
        apart = {column.variable.name: column.apart for column in self.columns if column.apart}
        apart |= {self.level.name: Apart.DERIVED} if self.level else {}
        table = pa.table({name: pa.chunked_array(parts) for name, parts in self.parts.items()})
        scales = {column.variable.name for column in self.columns if column.scale} | {levels.NAME}
        made_up = [_("These answers are invented: nobody gave them.")] if self.invented else []
        if any(form.not_validated for form in self.forms):
            made_up.append(_("These questions were not validated: nobody knows yet what the answers say."))
        return Wide(table, codebook, apart, (*made_up, *self._notes()), frozenset(scales))

    def _notes(self) -> tuple[str, ...]:
        if len(self.forms) < 2:  # noqa: PLR2004 - one version, nothing to tell
            return ()
        alone = [column.variable.name for column in self.columns if len(column.paths) < len(self.forms)]
        note = _("%(n)s versions of the questions were answered. The same question counts together.")
        notes = [note % {"n": len(self.forms)}]
        if alone:
            note = _("Not in every version, or in other words, and so counted apart: %(names)s.")
            notes.append(note % {"names": ", ".join(alone)})
        return tuple(notes)


_TYPES: Final = {Kind.INTEGER: "int64", Kind.DECIMAL: "float64", Kind.DATE: "date32"}


def _cell(column: Column, path: str | None, one: _Document) -> Cell:
    """What a respondent answered, or why not."""
    answer = one.answers.get(path) if path else None
    if answer is None:
        return None, Missing.SKIPPED if path in one.asked else Missing.NOT_ASKED
    if answer["status"] == AnswerStatus.IRRELEVANT:
        return None, Missing.NOT_ASKED
    if answer["status"] != AnswerStatus.GIVEN or answer["value"] in (None, "", []):
        return None, Missing.SKIPPED
    if column.variable.kind is Kind.DATE:
        return dt.date.fromisoformat(answer["value"]), None
    return column.coded(answer["value"])


def _group(name: str, codes: Iterable[str]) -> Variable:
    return Variable(name, _GROUP_LABELS[name], Kind.GROUP, ordering.values(name, codes))


_GROUP_LABELS: Final = {
    "class": {"en": "Class", "nl": "Klas"},
    "year_group": {"en": "Year group", "nl": "Leerjaar"},
    "track": {"en": "Track", "nl": "Leerweg"},
    "language": {"en": "Language", "nl": "Taal"},
    "channel": {"en": "Handed in", "nl": "Ingeleverd"},
    "voice": {"en": "Voice", "nl": "Stem"},
}
