"""Quotas: how many answers of a group are wanted at most."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count
from django.db.models.fields.json import KT

from driegesprek.web.surveys.models import Quota, Response


class QuotaFullError(Exception):
    """Enough people of this group answered; this person is thanked and need not."""


def counts(round_id: UUID) -> Mapping[tuple[str, str], int]:
    """How many handed in, by voice and stratum, and under '' of the voice as a whole."""
    rows = Response.objects.filter(round=round_id).exclude(submitted_at=None).order_by()
    found = rows.annotate(stratum=KT("group__stratum")).values_list("voice", "stratum")
    counted: dict[tuple[str, str], int] = {}
    for voice, stratum, number in found.annotate(number=Count("pk")):
        counted[voice, ""] = counted.get((voice, ""), 0) + number
        if stratum:
            counted[voice, stratum] = number
    return counted


def full(round_id: UUID) -> list[tuple[str, str]]:
    """Groups of which enough people handed in."""
    wanted = list(Quota.objects.filter(round=round_id).values_list("voice", "stratum", "wanted"))
    if not wanted:
        return []
    found = counts(round_id)
    return [(voice, stratum) for voice, stratum, number in wanted if found.get((voice, stratum), 0) >= number]


def check(round_id: UUID, voice: str, stratum: str) -> None:
    """Let somebody begin where there is room; who began may always go on, so that a quota may end a few too high.

    Raises:
        QuotaFullError: there is none.
    """
    if {(voice, stratum), (voice, "")} & set(full(round_id)):
        raise QuotaFullError
