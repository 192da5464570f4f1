"""The pictures, sounds and films of a form, in the language of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.urls import reverse

from driegesprek.instruments import Choice, Question, in_language
from driegesprek.instruments.bundles import plain_name
from driegesprek.web.surveys.domain import media
from driegesprek.web.surveys.models import FormMedium


@dataclass(frozen=True)
class Shown:
    """Where a browser finds it, and the pixels of a picture."""

    url: str
    width: int
    height: int


@dataclass
class Shelf:
    """What is there for one version of a form, behind one door."""

    door_id: UUID | str
    activity_id: UUID
    version_id: UUID
    language: str
    default: str

    @cached_property
    def _kept(self) -> Mapping[str, FormMedium]:
        return media.of_version(self.version_id)

    def find(self, files: Mapping[str, str]) -> Shown | None:
        """The file of a question or choice in this language, else in the form's own; None where there is none."""
        name = in_language(files, self.language, self.default) if files else ""
        row = self._kept.get(plain_name(name)) if name else None
        if row is None:
            return None
        address = reverse("family:medium", args=[self.door_id, self.activity_id, row.pk])
        return Shown(address, row.width, row.height)


@dataclass(frozen=True)
class Media:
    """What a form shows and plays with a question or a choice."""

    picture: Shown | None = None
    sound: Shown | None = None
    film: Shown | None = None

    @classmethod
    def of(cls, shelf: Shelf, item: Question | Choice) -> "Media | None":
        """None where nothing is there."""
        found = cls(shelf.find(item.media), shelf.find(item.sound), shelf.find(item.film))
        return found if found.picture or found.sound or found.film else None
