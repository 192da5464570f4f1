"""How well informed adults are, as counts: made of the quick check where a form has it, by the rules of the content."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from driegesprek import content
from driegesprek.instruments import Kind, Question, Questionnaire
from driegesprek.tables.codebook import Kind as VariableKind
from driegesprek.tables.codebook import Value, Variable
from driegesprek.web.surveys.enums import AnswerStatus

NAME: Final = "informed_level"
_QUESTIONS: Final = ("informed", "profiles_known", "when_known", "call_wanted")
_FOUND: Final = "profiles_found"
"""Calculated where an adult named the profiles of the school, and kept in the document."""
_ANSWERS: Final = {"yes", "partly", "no"}
_LABEL: Final = {
    "en": "How well informed are the adults who handed in? (quick check together)",
    "nl": "Hoe goed weten volwassenen die inleverden het? (de snelle vragen samen)",
}
_LEVELS: Final = {
    "least": {"en": "Knows little yet, or skipped it", "nl": "Weet nog weinig, of sloeg het over"},
    "partly": {"en": "Knows part of it", "nl": "Weet een deel"},
    "well": {"en": "Knows it", "nl": "Weet het"},
}


def variable(forms: Sequence[tuple[UUID, Questionnaire]], taken: Collection[str]) -> Variable | None:
    """The variable of the levels; None where no form has the quick check."""
    if NAME in taken or not any(_has_quick_check(form) for _, form in forms):
        return None
    values = [Value(code, label, place) for place, (code, label) in enumerate(_LEVELS.items(), 1)]
    return Variable(NAME, _LABEL, VariableKind.SINGLE, tuple(values))


def of(form: Questionnaire, answers: Mapping[str, Any]) -> str | None:
    """The level that follows from the answers of a document; what was skipped counts as not known."""
    if not _has_quick_check(form):
        return None
    given = {f"/{name}": answers.get(f"/{name}", {}) for name in (*_QUESTIONS, _FOUND)}
    return content.quick_check_score(
        {path: one.get("value") for path, one in given.items() if one.get("status") == AnswerStatus.GIVEN}
    ).level


def points(form: Questionnaire, question: Question) -> Mapping[str, int]:
    """What each answer to a question of the quick check counts; empty for every other question.

    The answers with fewer points stand first where they are drawn as a scale.
    """
    name = question.name
    if not _has_quick_check(form) or question.path != f"/{name}" or name not in _QUESTIONS:
        return {}
    found = {one.name: content.quick_check_score({name: one.name}).points for one in question.choices}
    return found if len(set(found.values())) > 1 else {}


def _has_quick_check(form: Questionnaire) -> bool:
    questions = [form.questions.get(f"/{name}") for name in _QUESTIONS]
    return all(
        one and one.kind is Kind.SELECT_ONE and {choice.name for choice in one.choices} <= _ANSWERS
        for one in questions
    )
