"""A sheet that was just written on is not read again: what is added still hangs on what stands in the database."""

import datetime as dt
from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.web.surveys.conftest import NOW

from driegesprek.web.surveys.domain import answers, sheets
from driegesprek.web.surveys.domain.sheets import RoundClosedError
from driegesprek.web.surveys.models import Answer, OverwrittenAnswer, Response

pytestmark = pytest.mark.django_db


def save(seat, revision, **given):
    values = {f"/{name}": value for name, value in given.items()}
    return answers.save(seat, values, revision=revision, now=NOW, context={"pupil_name": "Samira"})


class Outside:
    """A connection outside any transaction: a test stands in one itself."""

    in_atomic_block = False

    def __getattr__(self, name):
        return getattr(connection, name)


@pytest.fixture
def begun(seat, monkeypatch):
    """A sheet that this process remembers."""
    monkeypatch.setattr(sheets, "connection", Outside())
    save(seat, 0, likes="yes")
    return seat


@pytest.fixture
def elsewhere(monkeypatch):
    """Save in another process, of which this one does not know."""

    def save_there(*args, **given):
        with monkeypatch.context() as there:
            there.setattr(sheets, "to_add_to", sheets.read)
            there.setattr(sheets, "keep", lambda _: None)
            return save(*args, **given)

    return save_there


def stored():
    return dict(Answer.objects.values_list("question", "value"))


def test_the_next_answer_reads_nothing(begun):
    with CaptureQueriesContext(connection) as queries:
        save(begun, 1, how_many="3")
    assert not [one["sql"] for one in queries if one["sql"].startswith("SELECT")]
    assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) <= 2
    assert stored() == {"/likes": "yes", "/how_many": 3}


def test_an_answer_given_elsewhere_is_seen(begun, elsewhere):
    elsewhere(begun, 1, how_many="3")
    assert save(begun, 1, how_many="4").also == {"/how_many"}
    assert stored() == {"/likes": "yes", "/how_many": 4}
    assert OverwrittenAnswer.objects.get().value == 3


def test_what_was_read_after_an_answer_elsewhere_is_remembered_too(begun, elsewhere):
    elsewhere(begun, 1, how_many="3")
    save(begun, 1, how_many="4")
    with CaptureQueriesContext(connection) as queries:
        save(begun, 3, since="2020-01-01")
    assert not [one["sql"] for one in queries if one["sql"].startswith("SELECT")]
    assert stored() == {"/likes": "yes", "/how_many": 4, "/since": "2020-01-01"}


def test_what_an_answer_elsewhere_made_superfluous_is_kept_aside(begun, elsewhere):
    elsewhere(begun, 1, likes="no")
    save(begun, 1, which="kat")
    assert Answer.objects.get(question="/which").status == sheets.IRRELEVANT


def test_a_round_that_was_closed_meanwhile_takes_nothing(begun, round_row):
    round_row.closes_on -= dt.timedelta(days=2)
    round_row.save()
    with pytest.raises(RoundClosedError):
        save(begun, 1, how_many="3")
    assert stored() == {"/likes": "yes"}


def test_a_day_of_grace_is_a_day(begun, round_row):
    round_row.closes_on -= dt.timedelta(days=1)
    round_row.save()
    save(begun, 1, how_many="3")
    assert stored() == {"/likes": "yes", "/how_many": 3}


def test_what_was_handed_in_elsewhere_is_handed_in_again(begun):
    Response.objects.update(submitted_at=NOW, document="{}")
    save(begun, 1, how_many="3")
    assert "/how_many" in Response.objects.get().document


@pytest.mark.parametrize("here", [True, False])
def test_who_stopped_begins_anew(begun, here):
    if here:
        answers.withdraw(begun)
    else:
        Response.objects.all().delete()
    save(begun, 1, how_many="3")
    assert stored() == {"/how_many": 3}


@pytest.mark.django_db(transaction=True)
def test_what_was_undone_is_not_remembered(seat):
    save(seat, 0, likes="yes")
    with suppress(ZeroDivisionError), transaction.atomic():
        save(seat, 1, how_many="3")
        1 / 0  # noqa: B018 - goes wrong
    save(seat, 1, how_many="4")
    assert stored() == {"/likes": "yes", "/how_many": 4}
    assert not OverwrittenAnswer.objects.exists()


def test_an_answer_that_cannot_be_used_leaves_what_is_remembered_as_it_was(begun):
    assert save(begun, 1, how_many="many").problems
    save(begun, 1, how_many="5")
    assert stored() == {"/likes": "yes", "/how_many": 5}
