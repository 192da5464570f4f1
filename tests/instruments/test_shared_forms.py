"""Real forms: each is taken or refused with a reason a person can act on, and quickly."""

import time
from datetime import date
from pathlib import Path

import pytest

from driegesprek.instruments import FormRefused, Kind, Questionnaire, choices_for, play, read
from driegesprek.instruments.scales import scale_of

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "xlsforms"
FORMS = sorted(path for path in FOLDER.glob("*/*") if path.suffix in {".xls", ".xlsx", ".csv", ".md"})
TAKEN = {
    "yes_or_no_question.xlsx",
    "group.xls",
    "cascading_select_test_equivalent.xls",
    "choice_filter_test.xlsx",
    "calculate.xls",
    "hidden.xls",
    "text_and_integer.xlsx",
    "table-list.xls",
    "tutorial.xls",
    "repeat_date_test.xls",
    "default_time_demo.xls",
    "specify_other.xlsx",
    "choice_name_as_type.xls",
}
ANSWERS = {
    Kind.DATE: "2026-11-21",
    Kind.TIME: "9:30",
    Kind.DATETIME: "2026-11-21 09:30",
    Kind.TEXT: "some text",
    Kind.ACKNOWLEDGE: "OK",
}

pytestmark = pytest.mark.shared


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_real_form_is_taken_or_refused_with_a_reason(path):
    begin = time.process_time()
    found, problems = _read(path)
    assert all(problem.message and problem.remedy for problem in problems)
    assert found or problems
    assert found or path.name not in TAKEN
    if found:
        assert Questionnaire.from_json(found.to_json()) == found
        _play_every_first_choice(found)
    assert time.process_time() - begin < 5


def _read(path):
    try:
        return read(path, name=path.stem), ()
    except FormRefused as refusal:
        return None, refusal.problems


def test_there_are_forms_to_read():
    assert len(FORMS) > 70


def _play_every_first_choice(found):
    """Answer every question that is asked, as a hurried person would."""
    answers = {}
    for _ in range(len(found.questions) + 1):
        result = play(found, answers, today=date(2026, 11, 21))
        waiting = [
            path for path in result.asked if found.question(path).kind.answerable and path not in answers
        ]
        if not waiting:
            break
        answers[waiting[0]] = _any_answer(found.question(waiting[0]), waiting[0], result)
    assert not [path for path in result.refused if found.question(path).constraint == ""]


def _any_answer(question, path, result):
    if path in result.read_only:
        return ""
    if question.kind in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK}:
        names = [one.name for one in choices_for(question, result, path)]
        return (names if question.kind is Kind.RANK else names[0]) if names else ""
    if question.kind is Kind.RANGE:
        return str(next(scale_of(question).points))
    return ANSWERS.get(question.kind, 1)
