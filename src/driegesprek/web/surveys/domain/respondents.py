"""The answers of rounds with one row per respondent, for who may have them: the researcher, or school where names are known.

Rows have ids made for one export and stand in an order of chance; nothing is told that is finer than a day. Without names
the class is a key too, and no day is told. Only what was handed in is read, from the frozen documents, so that what was
taken back is in no file.
"""

import base64
import datetime as dt
import hmac
import json
import re
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from driegesprek.instruments import Kind, Questionnaire
from driegesprek.tables.codebook import MISSING_SUFFIX, Codebook, Value, Variable
from driegesprek.tables.codebook import Kind as VariableKind
from driegesprek.tables.collector import no_search_for_cycles
from driegesprek.tables.wide import WideFile, of_arrow, of_table
from driegesprek.web.surveys.domain import answer_columns, answer_rows, ordering, past, scales, versions
from driegesprek.web.surveys.domain.answer_rows import Document
from driegesprek.web.surveys.domain.variables import ANSWERS, KINDS, Column, columns
from driegesprek.web.surveys.enums import Design
from driegesprek.web.surveys.models import InstrumentVersion, Response, Round

CHUNK: Final = 1_000
"""Responses read at a time."""
NOT_VALIDATED: Final = "NOT VALIDATED"
WHY_NOT: Final = "nobody knows yet what these answers say."
PERSON: Final = "person"
KEYS: Final = ("pupil", "teacher")
"""Who belongs together: the pupil whom a row is about, and the teacher of the class."""
GROUPS: Final = ("round", "class", "year_group", "track", "stratum", "language", "channel")
WEIGHT: Final = "weight"
DAY: Final = "handed_in_on"
_LABELS: Final = {
    PERSON: {"nl": "Respondent (sleutel van dit bestand)", "en": "Respondent (key of this file)"},
    "pupil": {
        "nl": "Over welke leerling (sleutel van dit bestand)",
        "en": "About which pupil (key of this file)",
    },
    "teacher": {"nl": "Mentor (sleutel van dit bestand)", "en": "Teacher (key of this file)"},
    "round": {"nl": "Ronde", "en": "Round"},
    "class": {"nl": "Klas", "en": "Class"},
    "year_group": {"nl": "Leerjaar", "en": "Year group"},
    "track": {"nl": "Leerweg", "en": "Track"},
    "stratum": {"nl": "Stratum van de steekproef", "en": "Stratum of the sample"},
    "language": {"nl": "Taal", "en": "Language"},
    "channel": {"nl": "Hoe ingeleverd", "en": "Handed in by"},
    WEIGHT: {"nl": "Ontwerpgewicht", "en": "Design weight"},
    DAY: {"nl": "Ingeleverd op", "en": "Handed in on"},
}


@dataclass(frozen=True)
class Keys:
    """The ids of one export: the same person has the same one in all its files, and another in every other export."""

    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def of(self, pseudonym: Any) -> str | None:
        """Twelve letters and digits: sixty bits."""
        if not pseudonym:
            return None
        digest = hmac.digest(self.secret, str(pseudonym).encode(), "sha256")
        return base64.b32encode(digest[:10])[:12].decode().lower()

    @cached_property
    def of_several(self) -> Callable[[Any], str | None]:
        """The same of what many rows share: a class, a teacher."""
        return lru_cache(maxsize=4_096)(self.of)


@dataclass(frozen=True)
class Answers:
    """One table of an export: the respondents of a voice, or the instances of one of its repeats.

    Attributes:
        repeat: the name of the repeat; '' for the respondents.
    """

    voice: str
    repeat: str
    file: WideFile


def gather(rounds: Sequence[Round], voice: str, folder: Path, *, keys: Keys) -> list[Answers]:
    """Write the answers of a voice to Arrow files in a folder, and tell what they are.

    Args:
        rounds: of one school; more than one where measurements of one study are joined by `person`.
        voice: pupil, adult, staff.
        folder: of this export alone; the caller empties it.
        keys: the ids of this export.

    Returns:
        The respondents first, then a table for each repeat that was answered.
    """
    rows = Response.objects.filter(round__in=[one.pk for one in rounds], voice=voice)
    order, used = _shuffled(rows.exclude(submitted_at=None))
    gathering = _Gathering(rounds, voice, _forms(used), keys, folder)
    for start in range(0, len(order), CHUNK):
        gathering.add([UUID(bytes=key) for key in order[start : start + CHUNK].tolist()])
    return gathering.finished()


def _shuffled(rows: QuerySet[Response]) -> tuple[Any, set[UUID]]:
    """The keys in an order of chance, as a numpy array of 16 bytes each, for there may be a million; and their versions."""
    import numpy as np  # noqa: PLC0415 - heavy

    keys, versions = bytearray(), set()
    for key, version in rows.order_by().values_list("pk", "version_id").iterator(chunk_size=CHUNK):
        keys += key.bytes
        versions.add(version)
    order = np.frombuffer(bytes(keys), "V16")
    return order[np.random.default_rng(secrets.randbits(128)).permutation(len(order))], versions


def _forms(used: Collection[UUID]) -> list[tuple[UUID, Questionnaire]]:
    """The versions that were answered, the newest first."""
    rows = InstrumentVersion.objects.filter(pk__in=used).order_by("-created_at", "pk")
    return [(pk, versions.load(pk)) for pk in rows.values_list("pk", flat=True)]


class _Row(NamedTuple):
    """What is read of a response."""

    pk: UUID
    round_id: UUID
    version_id: UUID
    pseudonym: str
    language: str
    channel: str
    group: Mapping[str, Any]
    submitted_at: dt.datetime
    document: str


class _Taken(NamedTuple):
    """What is left of a document once its answers were taken out: the whole only where a repeat is still to be read."""

    person: str
    day: dt.date
    about: Mapping[str, Any]
    scored: list[tuple[Any, str | None]]
    document: Document | None


class _Gathering:
    """The files of one voice as they grow."""

    def __init__(
        self,
        rounds: Sequence[Round],
        voice: str,
        forms: Sequence[tuple[UUID, Questionnaire]],
        keys: Keys,
        folder: Path,
    ) -> None:
        self.rounds = {one.pk: one for one in rounds}
        self.zone = timezone.get_current_timezone()
        self.voice, self.forms, self.keys, self.folder = voice, forms, keys, folder
        self.named = all(one.design == Design.NAMED for one in rounds)
        # What people wrote at home belongs to the talk: of a home assignment no text leaves in rows either.
        kinds = set(KINDS) if any(one.activity_id for one in rounds) else set(ANSWERS)
        reserved = {part for name in _LABELS for part in (name, f"{name}{MISSING_SUFFIX}")}
        self.columns = columns(forms, reserved, kinds=kinds)
        taken = reserved | {name for one in self.columns for name in _names(one.variable)}
        self.scores = scales.columns(forms, taken)
        self.rows = answer_rows.Writer(folder / f"{voice}.arrow")
        self.answers = answer_columns.Collected(self.columns)
        self.seen: dict[str, set[str]] = {name: set() for name in GROUPS}
        self.repeats = _repeats(forms, kinds, reserved | {"instance", "within"}, folder, voice)

    def add(self, responses: Sequence[UUID]) -> None:
        """Take in some responses, in this order."""
        rows = Response.objects.filter(pk__in=responses).order_by().values_list(*_Row._fields)
        found = {row[0]: row for row in rows}
        with no_search_for_cycles():
            documents = (self._document(_Row(*found[pk])) for pk in responses if pk in found)
            taken = [self._take(one) for one in documents]
        values = dict(self._about(taken)) | self.answers.given()
        for place, score in enumerate(self.scores):
            values |= score.cells([one.scored[place] for one in taken])
        self.rows.add(values)
        for repeat in self.repeats:
            repeat.add([one.document for one in taken if one.document])

    def _take(self, document: Document) -> _Taken:
        self.answers.take(document)
        scored = [one.scored(document) for one in self.scores]
        return _Taken(
            document.person, document.day, document.about, scored, document if self.repeats else None
        )

    def _document(self, row: _Row) -> Document:
        content = json.loads(row.document)
        answers = content["answers"]
        answers |= {
            path: {"status": "given", "value": v} for path, v in content.get("calculated", {}).items()
        }
        return Document(
            version=row.version_id,
            answers=answers,
            asked=tuple(content["asked"]),
            person=self.keys.of(row.pseudonym) or "",
            day=timezone.localdate(row.submitted_at, self.zone),
            about=self._groups(row),
        )

    def _groups(self, row: _Row) -> dict[str, Any]:
        group = row.group
        of_class = str(group.get("class") or "") or None
        told = {
            "round": str(self.rounds[row.round_id].opens_on) if len(self.rounds) > 1 else None,
            "class": of_class if self.named else short(self.keys.of_several(group.get("class_id"))),
            "language": row.language,
            "channel": row.channel,
            **{name: _text(group.get(name)) for name in ("year_group", "track", "stratum")},
            **{name: self.keys.of_several(group.get(name)) for name in KEYS},
            WEIGHT: float(group.get(WEIGHT) or 1.0),
        }
        for name in GROUPS:
            if told[name]:
                self.seen[name].add(told[name])
        return told

    def _about(self, taken: Sequence[_Taken]) -> Iterator[tuple[str, Any]]:
        yield PERSON, answer_rows.array([one.person for one in taken])
        if self.named:
            yield DAY, answer_rows.array([one.day for one in taken], "date32")
        for name in (*KEYS, *GROUPS):
            yield name, answer_rows.array([one.about[name] for one in taken])
        yield WEIGHT, answer_rows.array([one.about[WEIGHT] for one in taken], "float64")

    def finished(self) -> list[Answers]:
        """The files with their codebooks."""
        variables = [*self._about_variables(), *(plain(one.variable) for one in self.columns)]
        variables += [plain(one) for score in self.scores for one in score.variables]
        main = Answers(self.voice, "", self._file(self.rows, variables, ""))
        return [main, *self._repeated()] if self.rows.rows else [main]

    def _about_variables(self) -> Iterator[Variable]:
        yield Variable(PERSON, _LABELS[PERSON], VariableKind.TEXT)
        if self.named:
            yield Variable(DAY, _LABELS[DAY], VariableKind.DATE)
        yield from (Variable(name, _LABELS[name], VariableKind.TEXT) for name in KEYS)
        for name, seen in self.seen.items():
            if seen:
                yield Variable(name, _LABELS[name], VariableKind.GROUP, ordering.values(name, seen))
        yield Variable(WEIGHT, _LABELS[WEIGHT], VariableKind.DECIMAL)

    def _repeated(self) -> Iterator[Answers]:
        for one in self.repeats:
            if one.rows.rows:
                yield Answers(self.voice, one.name, self._file(one.rows, one.variables(), one.name))

    def _file(self, rows: answer_rows.Writer, variables: Sequence[Variable], repeat: str) -> WideFile:
        rows.close()
        titles = dict.fromkeys(form.title for _, form in self.forms)
        hashes = ", ".join(form.content_hash[:12] for _, form in self.forms)
        ids = ", ".join(str(one) for one in self.rounds)
        title = " / ".join(titles) or self.voice
        title, source = f"{title}: {repeat}" if repeat else title, f"round {ids}, version {hashes}"
        if any(past.is_invented(one) for one in self.rounds):
            title, source = (
                f"[{past.INVENTED}] {title}",
                f"{past.INVENTED}: nobody gave these answers. {source}",
            )
        if any(form.not_validated for _, form in self.forms):
            title, source = f"[{NOT_VALIDATED}] {title}", f"{NOT_VALIDATED}: {WHY_NOT} {source}"
        codebook = Codebook(title, source, tuple(variables))
        return of_arrow(rows.path, codebook) if rows.rows else _nothing(codebook)


def _nothing(codebook: Codebook) -> WideFile:
    """A table of no rows still has columns."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    empty = pa.table({name: pa.array([], pa.string()) for v in codebook.variables for name in v.columns})
    return of_table(empty, codebook)


def _repeats(
    forms: Sequence[tuple[UUID, Questionnaire]],
    kinds: set[Kind],
    reserved: set[str],
    folder: Path,
    voice: str,
) -> list[answer_columns.Repeat]:
    paths = dict.fromkeys(path for _, form in forms for path in form.repeats)
    found = []
    for place, path in enumerate(paths):
        made: tuple[Column, ...] = columns(forms, reserved, kinds=kinds, repeat=path)
        if made:
            writer = answer_rows.Writer(folder / f"{voice}-repeat{place}.arrow")
            found.append(
                answer_columns.Repeat(
                    path, [replace(one, variable=plain(one.variable)) for one in made], writer
                )
            )
    return found


def plain(variable: Variable) -> Variable:
    """The variable with three dots in its words where each person saw something filled in."""
    values = tuple(Value(one.code, _words(one.label), one.order) for one in variable.values)
    return Variable(
        variable.name,
        _words(variable.label),
        variable.kind,
        values,
        variable.unit,
        variable.least,
        variable.most,
    )


def _words(text: Mapping[str, str]) -> dict[str, str]:
    return {key: re.sub(r"\$\{[^}]*\}|[\u2066-\u2069]", _dots, words) for key, words in text.items()}


def _dots(found: re.Match[str]) -> str:
    return "…" if found[0].startswith("$") else ""


def _names(variable: Variable) -> set[str]:
    return {variable.name, variable.missing_column, *variable.columns}


def short(key: str | None) -> str | None:
    """How a class is called in a file without names."""
    return key[:6] if key else None


def _text(value: Any) -> str | None:
    return str(value).strip() or None if value is not None else None
