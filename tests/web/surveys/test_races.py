"""Answers of two phones at the same moment, in real transactions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection
from tests.web.surveys.conftest import NOW

from driegesprek.web.common.prepared import PreparedUpdate
from driegesprek.web.surveys.domain import adding, answers
from driegesprek.web.surveys.models import Answer, OverwrittenAnswer, Response

pytestmark = pytest.mark.django_db(transaction=True)
PHONES = 6


def at_once(seat, given, monkeypatch=None):
    """Every phone saves its own answers, all starting together; with `monkeypatch` all have read before anyone writes."""
    barrier = Barrier(len(given))
    if monkeypatch:
        read, reading = answers.sheets.to_add_to, Barrier(len(given))

        def read_together(seat):
            found = read(seat)
            reading.wait()
            return found

        monkeypatch.setattr(answers.sheets, "to_add_to", read_together)

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


def begin(seat):
    answers.save(seat, {"/likes": "yes"}, revision=0, now=NOW, context={})


def test_answers_weighed_on_the_same_sheet_are_weighed_again_by_who_comes_second(seat, monkeypatch):
    begin(seat)
    saved = at_once(seat, [{"/how_many": str(number)} for number in range(PHONES)], monkeypatch)
    older = sorted(OverwrittenAnswer.objects.values_list("value", flat=True))
    assert sorted([*older, Answer.objects.get(question="/how_many").value]) == list(range(PHONES))
    assert Response.objects.get().revision == 1 + PHONES
    assert sum(bool(one.also) for one in saved) == PHONES - 1


def test_without_a_look_at_the_revision_an_answer_would_be_lost(seat, monkeypatch):
    begin(seat)

    careless = PreparedUpdate(lambda pk: Response.objects.filter(pk=pk), "revision", pk=UUID)

    class Careless:
        def bound(self, new, *, pk, **_):
            return careless.bound(new, pk=pk)

    monkeypatch.setattr(adding, "_REVISION", Careless())
    at_once(seat, [{"/how_many": str(number)} for number in range(PHONES)], monkeypatch)
    assert OverwrittenAnswer.objects.count() < PHONES - 1


def test_what_was_handed_in_or_erased_meanwhile_is_not_added_to_as_if_nothing_happened(seat, monkeypatch):
    begin(seat)
    read = answers.sheets.to_add_to

    def then_handed_in(seat):
        found = read(seat)
        Response.objects.update(submitted_at=NOW, document="{}")
        return found

    def then_erased(seat):
        found = read(seat)
        answers.withdraw(seat)
        return found

    monkeypatch.setattr(answers.sheets, "to_add_to", then_handed_in)
    answers.save(seat, {"/how_many": "3"}, revision=1, now=NOW, context={})
    assert "/how_many" in Response.objects.get().document
    monkeypatch.setattr(answers.sheets, "to_add_to", then_erased)
    answers.save(seat, {"/how_many": "4"}, revision=2, now=NOW, context={})
    assert list(Answer.objects.values_list("question", "value")) == [("/how_many", 4)]
