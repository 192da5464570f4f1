"""What goes out of a round: the invitation and its reminders, by the channel of each person, to who is not done only."""

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit, outbox
from driegesprek.web.outreach.enums import ContactKind, Outcome
from driegesprek.web.outreach.models import Contact
from driegesprek.web.outreach.rules import can_text
from driegesprek.web.people.enums import Channel
from driegesprek.web.people.models import Bond
from driegesprek.web.surveys.domain import quotas
from driegesprek.web.surveys.enums import Design, Voice
from driegesprek.web.surveys.models import Invitation, Mailing, Reminder, Round

CARD, DESK = "card", "desk"
"""Pupils get a card from the mentor; staff without an address find the questions on the desk."""
ONE_LETTER = "survey message"
"""The note in the outbox for one e-mail."""
ORDER = (Channel.EMAIL, Channel.SMS, Channel.LETTER)
CONTACTS: Mapping[str, ContactKind] = {
    Channel.EMAIL: ContactKind.EMAIL,
    Channel.SMS: ContactKind.SMS,
    Channel.LETTER: ContactKind.LETTER,
}


def waiting(row: Round, today: dt.date) -> QuerySet[Invitation]:
    """Who is to be asked or reminded: not done, not stopped, still here, still to be contacted, of a group not full."""
    rows = Invitation.objects.filter(round=row, done_on=None, stopped_on=None).exclude(
        Q(bond__contact_allowed=False)
        | Q(bond__until__lte=today)
        | Q(pupil__left_on__lte=today)
        | Q(staff__active=False)
    )
    for voice, stratum in quotas.full(row.pk):
        of = Q(voice=voice, stratum=stratum) if stratum else Q(voice=voice)
        rows = rows.exclude(of)
    return rows


def channel_of(one: Invitation) -> str:
    """How this person is reached: the first of the own channels by which that is possible, else on paper."""
    if one.voice == Voice.PUPIL:
        return CARD
    if one.voice == Voice.STAFF:
        return Channel.EMAIL if one.staff and one.staff.email else DESK
    return _of_bond(one.bond)


def _of_bond(bond: Bond) -> str:
    wanted = [one for one in ORDER if not bond.channels or one in bond.channels]
    possible = {
        Channel.EMAIL: bool(bond.adult.email),
        Channel.SMS: can_text(bond.adult.phone),
        Channel.LETTER: True,
    }
    return next((one for one in wanted if possible[one]), Channel.LETTER)


def prepare(row: Round, *, wave: int, actor: audit.Acting, now: dt.datetime, today: dt.date) -> list[Mailing]:
    """Make what goes out in one wave (0: the invitation): e-mails leave by themselves, lists and letters wait.

    Doing so again makes nothing twice.
    """
    with transaction.atomic():
        rows = waiting(row, today).select_related("bond__adult", "staff")
        by_channel: dict[str, list[str]] = {}
        for one in rows:
            by_channel.setdefault(channel_of(one), []).append(str(one.pk))
        by_channel.pop(DESK, None)
        known = set(Mailing.objects.filter(round=row, wave=wave).values_list("channel", flat=True))
        made = [
            Mailing(
                school_id=row.school_id, round=row, wave=wave, channel=channel, invitations=ids, made_at=now
            )
            for channel, ids in by_channel.items()
            if channel not in known
        ]
        Mailing.objects.bulk_create(made)
        for one in made:
            if one.channel == Channel.EMAIL:
                _put_out(one)
        if made:
            counts = {one.channel: len(one.invitations) for one in made}
            audit.record(actor, "survey mailing made", row, wave=wave, **counts)
    return made


def _put_out(mailing: Mailing) -> None:
    for pk in mailing.invitations:
        outbox.put(
            ONE_LETTER,
            school_id=mailing.school_id,
            mailing=str(mailing.pk),
            invitation=pk,
            due_at=mailing.made_at,
        )


def still(mailing: Mailing, today: dt.date) -> QuerySet[Invitation]:
    """For whom a mailing still is: who was done since then is left out."""
    ids = [UUID(one) for one in mailing.invitations]
    return waiting(mailing.round, today).filter(pk__in=ids)


def mark_sent(mailing: Mailing, *, actor: Actor, now: dt.datetime, today: dt.date) -> int:
    """A list or letters went out: the log of contact knows. Said twice, it counts once. Returns to how many."""
    with transaction.atomic():
        mailing = Mailing.objects.select_for_update(of=("self",)).select_related("round").get(pk=mailing.pk)
        if mailing.sent_at or mailing.channel == Channel.EMAIL:
            return 0
        rows = list(still(mailing, today).select_related("bond"))
        note_sent(mailing, rows, at=now, by=actor.staff)
        count = len(rows)
        Mailing.objects.filter(pk=mailing.pk).update(sent_at=now, sent_count=count, sent_by=actor.staff)
        audit.record(actor, "survey mailing sent", mailing, channel=mailing.channel, count=count)
    return count


def note_sent(mailing: Mailing, rows: Iterable[Invitation], *, at: dt.datetime, by: object = None) -> None:
    """What went to these people: each is a moment of contact with an adult, and a reminder is counted."""
    found = list(rows)
    kind = CONTACTS.get(mailing.channel)
    Contact.objects.bulk_create(
        Contact(
            school_id=one.school_id,
            pupil_id=one.pupil_id,
            bond=one.bond,
            kind=kind,
            outcome=Outcome.SENT,
            at=at,
            by=by,
        )
        for one in found
        if one.bond and kind
    )
    of = Invitation.objects.filter(pk__in=[one.pk for one in found])
    of.filter(sent_on=None).update(sent_on=at.date())
    if mailing.wave:
        of.update(reminded=F("reminded") + 1)


def count_one(mailing: Mailing) -> None:
    """One more of this mailing was sent."""
    Mailing.objects.filter(pk=mailing.pk).update(sent_count=F("sent_count") + 1)


def remind(*, now: dt.datetime, today: dt.date) -> int:
    """Make the reminders whose day has come, in every round that is open; of several missed days only one goes out.

    It stops by itself: who is done gets nothing, a round that is closed sends nothing. Returns how many waves.
    """
    due = Reminder.objects.filter(
        done_at=None, on__lte=today, round__opens_on__lte=today, round__closes_on__gte=today
    )
    due = due.exclude(round__opened_at=None).exclude(round__design=Design.ANONYMOUS)
    found = Round.objects.filter(pk__in=due.values("round"))
    return sum(_remind(row, now, today) for row in found)


def remind_now(row: Round, *, actor: Actor, now: dt.datetime, today: dt.date) -> list[Mailing]:
    """Remind who is not done on a day that was not planned; not twice on one day. Returns what was made."""
    with transaction.atomic():
        row = Round.objects.select_for_update().get(pk=row.pk)
        running = row.opened_at and row.opens_on <= today <= row.closes_on and row.design != Design.ANONYMOUS
        last = Mailing.objects.filter(round=row).order_by("-wave", "-made_at").first()
        if not running or (last and last.wave and timezone.localdate(last.made_at) == today):
            return []
        wave = last.wave + 1 if last else 1
        return prepare(row, wave=wave, actor=actor, now=now, today=today)


def _remind(row: Round, now: dt.datetime, today: dt.date) -> int:
    with transaction.atomic():
        row = Round.objects.select_for_update().get(pk=row.pk)
        due = Reminder.objects.filter(round=row, done_at=None, on__lte=today)
        if not due.update(done_at=now):  # another scheduler was first
            return 0
        wave = Mailing.objects.filter(round=row).order_by("-wave").values_list("wave", flat=True).first() or 0
        prepare(row, wave=wave + 1, actor=audit.System(row.school_id), now=now, today=today)
    return 1
