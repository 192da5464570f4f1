"""Answers as people read them: who shared what, in words."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from driegesprek.instruments import Kind, Play, Question, Questionnaire, choice_label, label, placed, play
from driegesprek.web.people.models import Bond, Pupil
from driegesprek.web.surveys.domain import pseudonyms, versions
from driegesprek.web.surveys.enums import AnswerStatus, Voice
from driegesprek.web.surveys.models import Answer, Response, Round

DUTCH = "nl"


@dataclass(frozen=True)
class HandedIn:
    """What one person handed in: the answers of the frozen document, by path, and whom that person lets read them."""

    shared: Mapping[str, Any]
    answers: Mapping[str, Any]


def handed_in(round_id: UUID, people: Iterable[str]) -> dict[str, HandedIn]:
    """What people handed in, by pseudonym, shared or not: the caller shows only what each of them shares."""
    rows = Response.objects.filter(round=round_id, pseudonym__in=list(people)).exclude(submitted_at=None)
    return {
        pseudonym: HandedIn(shared, _of_document(document))
        for pseudonym, shared, document in rows.values_list("pseudonym", "shared", "document")
    }


def _of_document(document: str) -> dict[str, Any]:
    stored = json.loads(document)["answers"]
    return {path: one["value"] for path, one in stored.items() if one["status"] == AnswerStatus.GIVEN}


@dataclass(frozen=True)
class Line:
    """One question with its answer, in words."""

    path: str
    question: str
    answer: str
    typed: bool
    """Whether the answer is in the person's own words, and so perhaps in another language."""


@dataclass(frozen=True)
class Shared:
    """What one person shares with the mentor."""

    who: str
    """pupil, adult, or stand_in: an adult who did it on the pupil's own phone."""
    bond_id: UUID | None
    language: str
    lines: tuple[Line, ...]


def shared(
    round_row: Round, pupil: Pupil, bonds: Iterable[Bond], *, context: Mapping[str, Any]
) -> list[Shared]:
    """What the pupil and the adults of these bonds share with the mentor; nobody who shares nothing is in it.

    The caller names the bonds whose answers may be seen (one household in its talk) and audits the reading.

    Args:
        round_row: the round of the home assignment.
        pupil: whose talk it is.
        bonds: of the adults at the table.
        context: what the instruments take from outside (conduct.school_facts), for labels.
    """
    people = _people(round_row.pk, pupil, bonds)
    rows = Response.objects.filter(round=round_row, pseudonym__in=people)
    found = {row.pseudonym: row for row in rows if row.shared.get("mentor") is True}
    stored = _given(found.values())
    return [
        Shared(
            who, bond_id, row.language, texts(versions.load(row.version_id), stored[row.pk], context=context)
        )
        for pseudonym, (who, bond_id) in people.items()
        if (row := found.get(pseudonym))
    ]


def shared_with_pupil(
    round_id: UUID, bonds: Iterable[Bond], *, context: Mapping[str, Any], language: str
) -> list[tuple[Bond, tuple[Line, ...]]]:
    """What the adults of a pupil let the pupil read.

    Only of the assignment itself: not what school asked about its own explaining (the questions that are followed by
    the right answer, and the wish to be called).
    """
    people = {pseudonyms.of(round_id, Voice.ADULT, bond.pk): bond for bond in bonds}
    rows = Response.objects.filter(round=round_id, pseudonym__in=people, submitted_at__isnull=False)
    found = [row for row in rows if row.shared.get("pupil") is True]
    stored = _given(found)
    return [
        (people[row.pseudonym], _own(versions.load(row.version_id), stored[row.pk], context, language))
        for row in found
    ]


def _own(
    questionnaire: Questionnaire, values: Mapping[str, Any], context: Mapping[str, Any], language: str
) -> tuple[Line, ...]:
    checked = {f"/{one.extra['after']}" for one in questionnaire.questions.values() if one.extra.get("after")}
    lines = texts(questionnaire, values, context=context, language=language)
    return tuple(line for line in lines if line.path not in checked | {"/call_when"})


def _people(round_id: UUID, pupil: Pupil, bonds: Iterable[Bond]) -> dict[str, tuple[str, UUID | None]]:
    """Pseudonyms in the order in which people speak: the pupil begins."""
    people: dict[str, tuple[str, UUID | None]] = {
        pseudonyms.of(round_id, Voice.PUPIL, pupil.pk): ("pupil", None)
    }
    for bond in bonds:
        people[pseudonyms.of(round_id, Voice.ADULT, bond.pk)] = ("adult", bond.pk)
    people[pseudonyms.of_stand_in(round_id, pupil.pk)] = ("stand_in", None)
    return people


def _given(responses: Iterable[Response]) -> dict[UUID, dict[str, Any]]:
    versions_of = {row.pk: row.version_id for row in responses}
    stored: dict[UUID, dict[str, Any]] = {key: {} for key in versions_of}
    rows = Answer.objects.filter(response__in=list(stored), status=AnswerStatus.GIVEN)
    for response_id, question, ids, value in rows.values_list("response_id", "question", "path", "value"):
        repeats = versions.load(versions_of[response_id]).repeats if ids else ()
        stored[response_id][placed(question, ids, repeats)] = value
    return stored


def texts(
    questionnaire: Questionnaire,
    values: Mapping[str, Any],
    *,
    context: Mapping[str, Any],
    language: str = DUTCH,
) -> tuple[Line, ...]:
    """Questions that were answered, with their answers, in the order of the form and in one language.

    Args:
        questionnaire: what was asked.
        values: {path: value} of the answers that apply.
        context: what the instrument takes from outside, for labels.
        language: of questions and choices.
    """
    played = play(questionnaire, values, today=timezone.localdate(), context=context, language=language)
    return tuple(
        Line(
            path,
            label(question, language, played, path),
            words(question, values[path], played, language),
            question.kind is Kind.TEXT,
        )
        for path in played.order
        if (question := questionnaire.question(path)).kind.answerable and values.get(path) is not None
    )


def words(question: Question, value: Any, played: Play, language: str) -> str:
    """An answer in words: the labels of what was chosen, a date as people write it."""
    if question.kind in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK}:
        return _chosen(question, value if isinstance(value, list) else [value], played, language)
    if question.kind is Kind.DATE:
        return _day(str(value))
    if question.kind is Kind.DATETIME:
        day, _, clock = str(value).partition("T")
        return f"{_day(day)} {clock[:5]}"
    return str(value)


def _chosen(question: Question, chosen: list[Any], played: Play, language: str) -> str:
    """The labels of what was chosen, a rank in its order; choices from earlier answers are their own labels."""
    by_name = {choice.name: choice for choice in question.choices}
    if not by_name:
        return ", ".join(str(name) for name in chosen)
    return ", ".join(choice_label(by_name[name], language, played) for name in chosen if name in by_name)


def _day(text: str) -> str:
    year, month, day = text.split("-")
    return f"{int(day)}-{int(month)}-{year}"


def named(
    round_id: UUID, voice: str, person_ids: Iterable[UUID | str], questions: Iterable[str]
) -> dict[UUID | str, dict[str, Any]]:
    """Answers to a few questions of named people, shared or not: for what the form says the school sees.

    Args:
        round_id: the round.
        voice: pupil or adult.
        person_ids: pupils, or the bonds of adults.
        questions: paths, such as `/informed`.

    Returns:
        {person: {path: value}}; who answered none of them is not in it.
    """
    people = {pseudonyms.of(round_id, voice, person): person for person in person_ids}
    found: dict[UUID | str, dict[str, Any]] = {}
    rows = Answer.objects.filter(
        response__round=round_id,
        response__pseudonym__in=people,
        question__in=list(questions),
        status=AnswerStatus.GIVEN,
    )
    for pseudonym, question, value in rows.values_list("response__pseudonym", "question", "value"):
        found.setdefault(people[pseudonym], {})[question] = value
    return found


def study_name(round_row: Round, voice: str, person_id: UUID) -> str:
    """The pseudonym of a person in a survey round."""
    return pseudonyms.of_study(round_row.study_id, voice, person_id)


def lines_of(
    rows: Iterable[Response], *, context: Mapping[str, Any]
) -> list[tuple[Response, tuple[Line, ...]]]:
    """Responses with their answers in words; the caller says whose may be seen, and audits the reading."""
    found = list(rows)
    stored = _given(found)
    return [(row, texts(versions.load(row.version_id), stored[row.pk], context=context)) for row in found]
