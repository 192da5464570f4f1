"""Deeds of two people at the same moment, with real connections; what a lock prevents is shown by a control without it."""

import datetime as dt
import sqlite3
import time
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.db import connection, connections
from django.utils import timezone
from tests.web.racing import Meeting, run
from tests.web.surveys import rounding

from driegesprek.web.common import audit
from driegesprek.web.common.fields import Stored, encrypt_without_time
from driegesprek.web.conduct.domain import survey_sittings
from driegesprek.web.outreach.models import Contact
from driegesprek.web.surveys.domain import draws, mailings
from driegesprek.web.surveys.models import Draw, DrawAddress, Mailing, Response

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 5
OTHERS_END = 120.0
"""Seconds within which the transactions of tests beside us, in other databases of the same server, have ended: while one of
them writes, PostgreSQL keeps dead rows everywhere, and a sweep is to be done again (as the daily jobs do)."""


@pytest.fixture
def of():
    return rounding.make_school({"2A": 2})


@pytest.fixture
def draw(of):
    row = rounding.make_round(of)
    return draws.announce(row, prize={"nl": "Bon"}, prizes=1, actor=of.actor)


def late(monkeypatch, parties):
    """Between reading the addresses and writing them, wait for another reader: the worst moment, made certain."""
    monkeypatch.setattr(draws, "_write_afresh", Meeting(parties).before(draws._write_afresh))


def join(draw, number):
    return lambda: draws.take_part(draw.pk, f"{number}" * 64, f"adres {number}")


def test_who_join_a_draw_at_once_are_all_in_it(draw, monkeypatch):
    late(monkeypatch, 2)
    lots = run([join(draw, number) for number in range(PEOPLE)])
    assert sorted(lots) == sorted(DrawAddress.objects.values_list("lot", flat=True))
    assert len(set(lots)) == PEOPLE


def test_without_the_lock_an_address_would_be_lost(draw, monkeypatch):
    late(monkeypatch, 2)
    monkeypatch.setattr(draws, "locked", lambda pk: Draw.objects.get(pk=pk))
    monkeypatch.setattr(draws.transaction, "atomic", nullcontext)
    results = run([join(draw, number) for number in range(2)])
    assert DrawAddress.objects.count() < 2 or "IntegrityError" in results or "OperationalError" in results


def test_one_respondent_who_sends_twice_at_once_has_one_lot(draw):
    results = run([join(draw, 1)] * 4)
    assert results.count("AlreadyTookPartError") == 3
    assert DrawAddress.objects.count() == 1


def test_two_schedulers_remind_once(of):
    today = timezone.localdate()
    rounding.make_round(of, voices=("adult",), reminders=[today])
    run([lambda: mailings.remind(now=timezone.now(), today=today)] * 3)
    assert Mailing.objects.count() == 1


def test_a_list_that_went_out_twice_at_once_counts_once(of):
    row, today = rounding.make_round(of, voices=("adult",)), timezone.localdate()
    (mailing,) = mailings.prepare(row, wave=0, actor=audit.System(), now=timezone.now(), today=today)
    run([lambda: mailings.mark_sent(mailing, actor=of.actor, now=timezone.now(), today=today)] * 3)
    assert Contact.objects.count() == 2


def test_beginning_on_two_phones_at_once_is_one_response(of):
    row = rounding.make_round(of)
    door = rounding.door_of(of.bonds[of.pupils["2A"][0].pk])
    actor = rounding.actor_of(door)

    def begin():
        sitting = survey_sittings.sit(actor, row.pk, language="nl", opened_at=timezone.now())
        return survey_sittings.begin(sitting, origin=None, now=timezone.now()).begun

    assert run([begin] * 4) == [True] * 4
    assert Response.objects.count() == 1


def test_nothing_of_an_address_is_left_in_the_files_of_the_database(of, draw):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's files are looked at below")
    for number in range(PEOPLE):
        join(draw, number)()
    tokens = [one.encode() for one in _raw()]
    connections.close_all()
    assert all(token in _files() for token in tokens)
    draws.destroy(draw, actor=of.actor, now=timezone.now())
    assert not any(token in _files() for token in tokens)


def _raw():
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM surveys_drawaddress")
        return [one for (one,) in cursor.fetchall()]


def _files():
    main = Path(connection.settings_dict["NAME"])
    return b"".join(path.read_bytes() for path in main.parent.glob(f"{main.name}*"))


def test_dead_rows_are_swept_from_the_files_of_postgresql(of, draw):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's files are looked at above")
    for number in range(PEOPLE):
        join(draw, number)()
    draws.destroy(draw, actor=of.actor, now=timezone.now())
    end = time.monotonic() + OTHERS_END
    while _sizes() != (0, 0):
        assert time.monotonic() < end, _sizes()
        draws.sweep()


def _sizes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('surveys_drawaddress'), pg_relation_size('surveys_drawturn')")
        return cursor.fetchone()


def test_what_another_transaction_could_still_see_is_swept_on_a_later_day(of, draw, monkeypatch):
    draws.destroy(draw, actor=of.actor, now=timezone.now())
    swept = []
    monkeypatch.setattr(draws, "sweep", lambda: swept.append(1))
    for days in (1, 3):
        draws.destroy_what_is_over(timezone.now() + dt.timedelta(days=days))
    assert swept == [1]


def test_the_bytes_of_a_row_that_was_deleted_carelessly_would_be_found(tmp_path):
    """The control: without secure_delete SQLite leaves them."""
    token = Stored(encrypt_without_time("Dorpsstraat 1"))
    with sqlite3.connect(tmp_path / "a.sqlite3") as careless:
        careless.execute("CREATE TABLE a (b)")
        careless.execute("INSERT INTO a VALUES (?)", [str(token)])
    with sqlite3.connect(tmp_path / "a.sqlite3") as careless:
        careless.execute("PRAGMA secure_delete = OFF")
        careless.execute("DELETE FROM a")
    careless.close()
    assert token.encode() in (tmp_path / "a.sqlite3").read_bytes()


def test_lots_drawn_twice_at_once_are_drawn_once(of, draw):
    join(draw, 1)()
    later = timezone.localdate() + dt.timedelta(days=60)
    deed = lambda: draws.hold(draw, witness="x", actor=of.actor, now=timezone.now(), today=later)  # noqa: E731 - used once
    results = run([deed] * 3)
    assert results.count("DrawClosedError") == 2
