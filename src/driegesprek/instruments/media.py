"""The pictures, sounds and films that a form names: which there must be, which are there, and whether they can be used."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from driegesprek.instruments.attachments import ENDINGS
from driegesprek.instruments.bundles import plain_name
from driegesprek.instruments.model import Choice, Question, Questionnaire
from driegesprek.instruments.pictures import redrawn
from driegesprek.instruments.problems import Problem
from driegesprek.instruments.signatures import HEAD, film_kind, is_svg, picture_kind, sound_kind
from driegesprek.instruments.unusable import Unusable

LARGEST: Final = {"image": 10_000_000, "audio": 10_000_000, "video": 50_000_000}
"""Bytes."""
MOST_BYTES: Final = 150_000_000
"""Of all media of a form together."""
MOST_FILES: Final = 300
SUFFIXES: Final = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/webm": "webm",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "video/ogg": "ogv",
}
"""What is kept: {media type: ending}."""


class Role(StrEnum):
    """What a form uses a file for: its columns media::image, media::audio and media::video."""

    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"


@dataclass(frozen=True)
class Use:
    """One cell in which a form names a file; `language` is '' where the column has none."""

    file: str
    role: Role
    sheet: str
    name: str
    language: str


@dataclass(frozen=True)
class Medium:
    """A file that can be shown, as it is to be kept.

    `source_hash` is the SHA-256 of the file as it was brought in; `width` and `height` of a picture are in pixels.
    """

    name: str
    kind: str
    data: bytes
    source_hash: str
    width: int = 0
    height: int = 0


def uses(form: Questionnaire, *, drawn: Collection[str] = ()) -> tuple[Use, ...]:
    """Every cell that names a file, in the order of the form.

    Args:
        form: the questionnaire.
        drawn: names of drawings that stand for themselves, so that no file is needed.
    """
    found = dict.fromkeys(use for use in _all_uses(form) if use.file not in drawn)
    return tuple(found)


def _all_uses(form: Questionnaire) -> Iterator[Use]:
    for question in form.questions.values():
        yield from _of("survey", question.name, question)
    for choices in form.choice_lists.values():
        for choice in choices:
            yield from _of("choices", choice.name, choice)


def _of(sheet: str, name: str, item: Question | Choice) -> Iterator[Use]:
    for role, texts in ((Role.IMAGE, item.media), (Role.AUDIO, item.sound), (Role.VIDEO, item.film)):
        for language, file in texts.items():
            if file.strip():
                yield Use(file.strip(), role, sheet, name, "" if language == "default" else language)


def missing(wanted: Collection[Use], names: Collection[str]) -> tuple[Use, ...]:
    """The uses whose file is not among these names, each file once."""
    there = {plain_name(name) for name in names}
    found: dict[str, Use] = {}
    for use in wanted:
        if plain_name(use.file) not in there:
            found.setdefault(plain_name(use.file), use)
    return tuple(found.values())


def remarks(wanted: Collection[Use], names: Collection[str]) -> tuple[Problem, ...]:
    """What is missing and what is not used, as remarks: a form can be used without its pictures."""
    missed = [
        Problem(
            use.sheet,
            None,
            f"media::{use.role}" + (f"::{use.language}" if use.language else ""),
            "media_missing",
            {"file": use.file, "name": use.name},
        )
        for use in missing(wanted, names)
    ]
    return (*missed, *unused(wanted, names))


def unused(wanted: Collection[Use], names: Collection[str]) -> tuple[Problem, ...]:
    """Remarks on files that the form does not name; tables are for choices and values."""
    used = {plain_name(use.file) for use in wanted}
    spare = [name for name in names if plain_name(name) not in used and not _is_table(name)]
    return tuple(Problem(None, None, None, "media_unused", {"file": name}) for name in spare)


def too_many() -> Problem:
    """What is said of more or larger files than a form may have."""
    return Problem(None, None, None, "media_too_many")


def checked(
    wanted: Collection[Use], files: Mapping[str, bytes]
) -> tuple[tuple[Medium, ...], tuple[Problem, ...]]:
    """The files that the form uses, ready to be kept, and what is wrong with those that cannot be.

    Args:
        wanted: what the form names.
        files: {name: bytes}; what the form does not name is left out.

    Returns:
        The usable files, under the names by which the form calls them, and the problems.
    """
    roles: dict[str, tuple[str, set[Role]]] = {}
    for use in wanted:
        roles.setdefault(plain_name(use.file), (use.file, set()))[1].add(use.role)
    chosen = {name: data for name, data in files.items() if plain_name(name) in roles}
    if len(chosen) > MOST_FILES or sum(map(len, chosen.values())) > MOST_BYTES:
        return (), (too_many(),)
    media, problems = [], []
    for name, data in chosen.items():
        file, as_what = roles[plain_name(name)]
        try:
            media.append(medium(file, data, as_what))
        except Unusable as error:
            details = {"file": name, "roles": ", ".join(sorted(as_what))}
            problems.append(Problem(None, None, None, error.code, details))
    return tuple(media), tuple(problems)


def medium(name: str, data: bytes, roles: Collection[Role]) -> Medium:
    """One file, if it can be shown in these roles. A picture is written anew.

    Raises:
        Unusable: `media_empty`, `media_too_large`, `media_svg`, `media_kind`, `media_damaged` or `media_pixels`.
    """
    if not data:
        raise Unusable("media_empty")
    if len(data) > min(LARGEST[role] for role in roles):
        raise Unusable("media_too_large")
    source = hashlib.sha256(data).hexdigest()
    if Role.IMAGE not in roles:
        return Medium(name, _played(data[:HEAD], roles), data, source)
    if roles != {Role.IMAGE} or not picture_kind(data[:HEAD]):
        raise Unusable("media_svg" if is_svg(data[:1000]) else "media_kind")
    picture = redrawn(data)
    return Medium(name, picture.kind, picture.data, source, picture.width, picture.height)


def _played(head: bytes, roles: Collection[Role]) -> str:
    kind = film_kind(head) if Role.VIDEO in roles else sound_kind(head)
    if not kind:
        raise Unusable("media_kind")
    return kind


def _is_table(name: str) -> bool:
    return name.lower().endswith(ENDINGS)


def nearby(form: Path, wanted: Collection[Use]) -> dict[str, bytes]:
    """The files that a form names, from its own folder and from the folder <form>-media beside it."""
    names = {plain_name(use.file) for use in wanted}
    found: dict[str, bytes] = {}
    for folder in (form.parent / f"{form.stem}-media", form.parent):
        for one in sorted(folder.iterdir()) if folder.is_dir() else ():
            small = one.is_file() and one.stat().st_size <= max(LARGEST.values())
            if small and plain_name(one.name) in names - {plain_name(name) for name in found}:
                found[one.name] = one.read_bytes()
    return found
