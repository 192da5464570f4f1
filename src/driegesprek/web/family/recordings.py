"""Recorded sound that the school added for a text: in the language of the page, or in the one this person speaks."""

from django.urls import reverse

from driegesprek.web.conduct.domain.assignments import Sitting
from driegesprek.web.family.page import Visit
from driegesprek.web.outreach.models import Recording
from driegesprek.web.surveys.domain import versions


def of_text(here: Visit, *keys: str) -> str:
    """The address of the recording of the first of these texts that has one; empty where none has."""
    wanted = [here.language]
    bond = here.door.bond
    if bond and bond.spoken_language != here.language and here.language == "nl":
        # No page speaks zgh or ti, but a person at school may have recorded it.
        wanted.insert(0, bond.spoken_language)
    rows = Recording.objects.filter(school_id=here.door.school_id, key__in=keys, language__in=wanted)
    found = {row.language: row for row in rows}
    for language in wanted:
        if language in found:
            return reverse("family:sound", args=[here.door.pk, found[language].pk])
    return ""


def of_question(here: Visit, sitting: Sitting, path: str) -> str:
    """The address of the recording of a question."""
    name = path.rpartition("/")[2]
    instrument = versions.key_of(sitting.seat.version_id)
    return of_text(here, f"{instrument}.survey.{name}.label", f"quick_check.survey.{name}.label")
