"""Answers of two phones at the same moment, in real transactions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.web.surveys.conftest import NOW

from driegesprek.web.surveys.domain import answers
from driegesprek.web.surveys.models import Answer, OverwrittenAnswer, Response

pytestmark = pytest.mark.django_db(transaction=True)
PHONES = 6


def at_once(seat, given):
    """Every phone saves its own answers, all starting together."""
    barrier = Barrier(len(given))

    def one(values):
        try:
            barrier.wait()
            return answers.save(seat, values, revision=0, now=NOW, context={})
        finally:
            connection.close()

    with ThreadPoolExecutor(len(given)) as pool:
        return list(pool.map(one, given))


def test_first_answers_at_the_same_moment_make_one_response_and_lose_none(seat):
    at_once(seat, [{"/likes": "yes"}, {"/how_many": "3"}, {"/since": "2020-01-01"}])
    response = Response.objects.get()
    assert response.revision == 3
    stored = dict(Answer.objects.values_list("question", "value"))
    assert stored == {"/likes": "yes", "/how_many": 3, "/since": "2020-01-01"}
    assert sorted(Answer.objects.values_list("revision", flat=True)) == [1, 2, 3]


def test_different_answers_to_one_question_are_all_kept_and_one_stands(seat):
    saved = at_once(seat, [{"/how_many": str(number)} for number in range(PHONES)])
    current = Answer.objects.get().value
    older = sorted(OverwrittenAnswer.objects.values_list("value", flat=True))
    assert sorted([*older, current]) == list(range(PHONES))
    assert Response.objects.get().revision == PHONES
    assert sum(bool(one.also) for one in saved) == PHONES - 1


def test_the_same_answer_sent_many_times_is_one_answer(seat):
    at_once(seat, [{"/how_many": "3"}] * PHONES)
    assert Answer.objects.count() == 1
    assert OverwrittenAnswer.objects.count() == 0
    assert Response.objects.get().revision == 1
