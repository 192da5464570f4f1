"""A draw among who answered: addresses apart, lots drawn so that anybody can check it, addresses destroyed afterwards.

An address stands in a table without key, moment or order in common with answers. It is stored encrypted without a
moment in it, and with every new address the whole table of the draw is written afresh in another order and in one
transaction, so that neither the place of a row nor the number of its transaction tells when it came.
"""

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from random import SystemRandom
from uuid import UUID

from django.db import connection, transaction

from driegesprek.web.access.actor import Actor
from driegesprek.web.access.secrets import ALPHABET
from driegesprek.web.common import audit
from driegesprek.web.surveys.domain import pseudonyms
from driegesprek.web.surveys.models import Draw, DrawAddress, DrawTurn, Round
from driegesprek.web.surveys.rules import drawing

LONGEST = 500
LOT = 8
SEED_BYTES = 32
KEPT = dt.timedelta(weeks=8)
"""Addresses that nobody destroyed are destroyed by themselves this long after the draw."""
SWEPT_AGAIN = dt.timedelta(days=2)
"""For this long after addresses were destroyed the database's files are swept again with the daily jobs."""
_chance = SystemRandom()


class AlreadyTookPartError(Exception):
    """This respondent left an address before."""


class DrawClosedError(Exception):
    """The lots are drawn, or the addresses destroyed."""


class StillOpenError(Exception):
    """Answers may still come in, so the lots are not drawn yet."""


@dataclass(frozen=True)
class Won:
    """A prize with where it goes."""

    lot: str
    address: str


def announce(row: Round, *, prize: Mapping[str, str], prizes: int, actor: Actor) -> Draw:
    """Announce a draw: its seed is made and never shown, its hash is published and stands in the audit log."""
    seed = secrets.token_hex(SEED_BYTES)
    with transaction.atomic():
        draw = Draw.objects.create(
            school_id=row.school_id,
            round=row,
            prize=dict(prize),
            prizes=prizes,
            seed=seed,
            commitment=drawing.commitment(seed),
        )
        audit.record(actor, "draw announced", draw, commitment=draw.commitment, prizes=prizes)
    return draw


def has_taken_part(draw: Draw, pseudonym: str) -> bool:
    """Whether this respondent left an address."""
    return DrawTurn.objects.filter(draw=draw, mark=pseudonyms.mark(draw.pk, pseudonym)).exists()


def take_part(draw_id: UUID, pseudonym: str, address: str) -> str:
    """Leave an address, once. Returns the lot number, which is told to this person and to nobody else.

    Raises:
        DrawClosedError: the lots are drawn.
        AlreadyTookPartError: this respondent left one before.
    """
    with transaction.atomic():
        draw = locked(draw_id)
        if draw.drawn_at or draw.destroyed_at:
            raise DrawClosedError
        mark = pseudonyms.mark(draw_id, pseudonym)
        if DrawTurn.objects.filter(draw=draw, mark=mark).exists():
            raise AlreadyTookPartError
        known = dict(DrawAddress.objects.filter(draw=draw).values_list("lot", "address"))
        lot = _new_lot(known)
        _write_afresh(draw, known | {lot: address[:LONGEST]})
        marks = [*DrawTurn.objects.filter(draw=draw).values_list("mark", flat=True), mark]
        DrawTurn.objects.filter(draw=draw).delete()
        turns = [DrawTurn(school_id=draw.school_id, draw=draw, mark=one) for one in _shuffled(marks)]
        DrawTurn.objects.bulk_create(turns)
    return lot


def locked(draw_id: UUID) -> Draw:
    """The draw, held until the transaction ends: two who write the table afresh at once would lose an address."""
    return Draw.objects.select_for_update().get(pk=draw_id)


def _new_lot(known: Mapping[str, str]) -> str:
    while (lot := "".join(secrets.choice(ALPHABET) for _place in range(LOT))) in known:
        pass
    return lot


def _write_afresh(draw: Draw, addresses: Mapping[str, str]) -> None:
    DrawAddress.objects.filter(draw=draw).delete()
    DrawAddress.objects.bulk_create(
        DrawAddress(school_id=draw.school_id, draw=draw, lot=lot, address=addresses[lot])
        for lot in _shuffled(list(addresses))
    )


def _shuffled(found: list[str]) -> list[str]:
    _chance.shuffle(found)
    return found


def hold(draw: Draw, *, witness: str, actor: Actor, now: dt.datetime, today: dt.date) -> Draw:
    """Draw the lots, once: lots, seed and winners are published from here on.

    Args:
        draw: which.
        witness: a word that somebody outside the installation gives at this moment; it goes into the draw.
        actor: who draws.
        now: the moment.
        today: the day; the round is closed by then, with its day of grace.

    Raises:
        StillOpenError: answers may still come in.
        DrawClosedError: the lots are drawn already.
    """
    with transaction.atomic():
        draw = Draw.objects.select_for_update(of=("self",)).select_related("round").get(pk=draw.pk)
        if draw.drawn_at or draw.destroyed_at:
            raise DrawClosedError
        if today <= draw.round.closes_on + dt.timedelta(days=1):
            raise StillOpenError
        draw.lots = sorted(DrawAddress.objects.filter(draw=draw).values_list("lot", flat=True))
        draw.witness = witness.strip()[:200]
        draw.winners = drawing.winners(draw.seed, draw.witness, draw.lots, draw.prizes)
        draw.drawn_at = now
        draw.save()
        audit.record(actor, "lots drawn", draw, lots=len(draw.lots), root=drawing.root(draw.lots))
    return draw


def won(draw: Draw) -> list[Won]:
    """Where the prizes go, first prize first; nothing once the addresses are destroyed."""
    found = dict(DrawAddress.objects.filter(draw=draw, lot__in=draw.winners).values_list("lot", "address"))
    return [Won(lot, found[lot]) for lot in draw.winners if lot in found]


def destroy(draw: Draw, *, actor: audit.Acting, now: dt.datetime) -> int:
    """Destroy every address and every mark of a draw, count again that none is left, and write that down.

    The seed of a draw that was never held goes too. Returns how many addresses were destroyed.
    """
    with transaction.atomic():
        draw = Draw.objects.select_for_update().get(pk=draw.pk)
        if draw.destroyed_at:
            return 0
        _overwrite_what_is_deleted()
        gone, _ = DrawAddress.objects.filter(draw=draw).delete()
        turns, _ = DrawTurn.objects.filter(draw=draw).delete()
        left = DrawAddress.objects.filter(draw=draw).count() + DrawTurn.objects.filter(draw=draw).count()
        draw.destroyed_at, draw.destroyed = now, gone
        draw.save(update_fields=["destroyed_at", "destroyed"])
        audit.record(actor, "addresses destroyed", draw, destroyed=gone, marks=turns, left=left)
    transaction.on_commit(sweep)
    return gone


def _overwrite_what_is_deleted() -> None:
    """SQLite leaves deleted rows readable in its file unless it is told to overwrite them with zeros."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def sweep() -> None:
    """Clear what the database keeps of deleted rows: SQLite's journal, PostgreSQL's dead rows.

    PostgreSQL keeps dead rows while a transaction that began earlier still writes, in any database of the server; so it
    is done again on later days.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM FULL surveys_drawaddress, surveys_drawturn")


def destroy_what_is_over(now: dt.datetime) -> int:
    """Destroy addresses whose draw was held long enough ago, or whose round is long over. Returns how many draws."""
    waiting = Draw.objects.filter(destroyed_at=None).select_related("round")
    over = [one for one in waiting if _is_over(one, now)]
    for one in over:
        destroy(one, actor=audit.System(one.school_id), now=now)
    if Draw.objects.filter(destroyed_at__gt=now - SWEPT_AGAIN).exists():
        sweep()
    return len(over)


def _is_over(draw: Draw, now: dt.datetime) -> bool:
    if draw.drawn_at:
        return draw.drawn_at < now - KEPT
    return draw.round.closes_on < (now - 2 * KEPT).date()
