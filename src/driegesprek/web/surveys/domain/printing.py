"""A version of a form on paper, with the pictures that were brought in with it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from django.utils.text import slugify

from driegesprek import content, paper
from driegesprek.content import catalogue
from driegesprek.content.on_paper import Wanted, on_paper
from driegesprek.instruments.bundles import plain_name
from driegesprek.instruments.media import Role
from driegesprek.web.surveys.domain import media, versions
from driegesprek.web.surveys.enums import Voice
from driegesprek.web.surveys.models import InstrumentVersion, Round, RoundVoice
from driegesprek.web.surveys.rules import designs

MOST: Final = 4_000
"""Answers to tick, and two for each question: 330 questions with ten answers each take ten seconds. Our longest has 700."""


def languages(version: InstrumentVersion) -> tuple[str, ...]:
    """In which a form can be printed: those it names, else Dutch; in none where it is too long to wait for."""
    found = versions.load(version.pk)
    if sum(2 + len(one.choices) for one in found.questions.values()) > MOST:
        return ()
    return tuple(one for one in found.languages if one != "default") or (content.DUTCH,)


def asked(row: Round, voice: RoundVoice, wanted: Wanted, *, today: dt.date) -> bytes:
    """What one voice is asked in a round, as PDF: of what the round switches off nothing."""
    context = {
        **designs.context(row.design, row.study.options if row.study else (), ()),
        "school_name": wanted.school,
        "pupil_name": _about(wanted.language),
    }
    said: content.texts.Voice = "pupil" if voice.voice == Voice.PUPIL else "adult"
    return form(voice.version, replace(wanted, context=context, voice=said), today=today)


def form(version: InstrumentVersion, wanted: Wanted, *, today: dt.date) -> bytes:
    """A version of a form as PDF."""
    found = versions.load(version.pk)
    pictures = {**_drawn(), **dict(_brought(version))}
    leaf = on_paper(found, replace(wanted, pictures=pictures), today=today)
    return paper.forms(leaf, title=found.title)


def file_name(version: InstrumentVersion, language: str) -> str:
    """What the file is called."""
    return f"{slugify(version.title) or 'form'}-{language}.pdf"


def _about(language: str) -> str:
    """Whom it is about, where no name is known."""
    code = language if language in {one.code for one in content.LANGUAGES} else content.DUTCH
    return str(content.text("round.your_child", code))


def _drawn() -> Mapping[str, str]:
    return {name: catalogue.icon(name) for name in catalogue.icon_names()}


def _brought(version: InstrumentVersion) -> Iterator[tuple[str, str]]:
    """The pictures that the form names and that are there."""
    rows = media.of_version(version.pk)
    for use in media.wanted(version.pk):
        row = rows.get(plain_name(use.file))
        if use.role is Role.IMAGE and row is not None:
            with row.file.open("rb") as file:
                yield use.file, paper.framed(file.read(), row.kind, row.width or 1, row.height or 1)
