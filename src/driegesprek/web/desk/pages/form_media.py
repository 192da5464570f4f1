"""The media of a form as the desk shows them."""

from dataclasses import dataclass

from driegesprek.instruments.bundles import plain_name
from driegesprek.instruments.media import Use
from driegesprek.web.surveys.domain import media
from driegesprek.web.surveys.models import FormMedium, InstrumentVersion


@dataclass(frozen=True)
class File:
    """One file that a form names, where it does, and what is there."""

    name: str
    role: str
    uses: tuple[Use, ...]
    row: FormMedium | None


def files_of(version: InstrumentVersion) -> list[File]:
    """Every file that a version names, what is missing first."""
    there = media.of_version(version.pk)
    uses: dict[str, list[Use]] = {}
    for use in media.wanted(version.pk):
        uses.setdefault(plain_name(use.file), []).append(use)
    found = [File(many[0].file, many[0].role, tuple(many), there.get(name)) for name, many in uses.items()]
    return sorted(found, key=lambda one: one.row is not None)
