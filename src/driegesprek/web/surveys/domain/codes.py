"""Codes of an anonymous round: random, of nobody we know, exported for the organisation that sends them.

What would tell who has which is never here: a code has no person, no number and no moment; the list comes out in the
order of the codes themselves. Who answers under a code is found again by that code alone.
"""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from driegesprek.web.access.actor import Actor
from driegesprek.web.access.domain import doors
from driegesprek.web.access.models import Door
from driegesprek.web.common import audit
from driegesprek.web.surveys.domain import rounds
from driegesprek.web.surveys.domain.inviting import DOOR_OPEN, end_of_day
from driegesprek.web.surveys.domain.studies import RefusedError
from driegesprek.web.surveys.enums import Design
from driegesprek.web.surveys.models import CodeBatch, CodeSeat, Round
from driegesprek.web.surveys.rules.designs import MINIMUM

MOST = 20_000


def make(
    row: Round, *, voice: str, stratum: str, population: int, count: int, actor: Actor, today: dt.date
) -> CodeBatch:
    """Make the codes of one group.

    Args:
        row: an anonymous round.
        voice: who answers.
        stratum: what the group is called in the data; '' where there is one.
        population: how many people the group has: each code stands for population / count of them.
        count: how many codes.
        actor: who asks.
        today: the day.

    Raises:
        RefusedError: so few that a code would point to people, more codes than people, or made already.
    """
    found = []
    if row.design != Design.ANONYMOUS:
        found.append(_("Codes are made for an anonymous round only."))
    if count < MINIMUM:
        found.append(_("At least 10 codes for a group: fewer would point to people."))
    if count > min(population, MOST):
        found.append(_("There are more codes than people in the group, or more than 20,000."))
    if row.batches.filter(voice=voice, stratum=stratum).exists():
        found.append(_("This group has its codes already. Download them again: they stay the same."))
    if found:
        raise RefusedError(found)
    with transaction.atomic():
        batch = CodeBatch.objects.create(
            school_id=row.school_id,
            round=row,
            voice=voice,
            stratum=stratum,
            population=population,
            count=count,
            weight=population / count,
            made_on=today,
        )
        until = end_of_day(row.closes_on + rounds.GRACE) + DOOR_OPEN
        made = doors.make_anonymous(row.school_id, count, until=until)
        CodeSeat.objects.bulk_create(
            CodeSeat(school_id=row.school_id, batch=batch, door=door) for door in made
        )
        audit.record(actor, "codes made", batch, count=count)
    return batch


def listed(batch: CodeBatch) -> Iterator[tuple[str, str]]:
    """Code and link of every door of a batch, in the order of the codes: (K7PTM 4QXRD, https://…/d/…/)."""
    found = ((doors.printed_code(door), doors.link_path(door)) for door in _doors(batch))
    base = settings.PUBLIC_URL or "http://127.0.0.1:8000"
    return iter(sorted((code, base + path) for code, path in found))


def _doors(batch: CodeBatch) -> list[Door]:
    return list(Door.objects.filter(code_seat__batch=batch, closed_at=None))


def replace(row: Round, typed: str, *, actor: Actor) -> str | None:
    """Another code in the place of one that was lost; what was answered under the old one goes on under the new.

    So a second code never counts as a second person. Who has either is known to the organisation alone.

    Returns:
        The new code as it is printed; None where the old one is not of this round.
    """
    door = doors.by_code(typed)
    if door is None or not CodeSeat.objects.filter(door=door, batch__round=row).exists():
        return None
    return doors.printed_code(doors.renew(door, actor=actor))
