"""What was answered so far, question by question, for staff: without names in steps, so that nobody's answers show."""

import datetime as dt
import re
from collections.abc import Collection

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from driegesprek.web.findings.domain import gathering
from driegesprek.web.surveys.domain import versions, wide
from driegesprek.web.surveys.domain.wide import Wide
from driegesprek.web.surveys.enums import Design
from driegesprek.web.surveys.models import Response, Round, RoundVoice
from driegesprek.web.surveys.rules import showing


def of(row: Round, voice: str, *, today: dt.date) -> Wide | None:
    """The answers of a voice that may be counted now; None where they are too few.

    With names: all that was handed in. Without: up to the last settled day, and after a first measurement without
    those who answered only this time, where they are few.
    """
    if row.design == Design.NAMED:
        found = wide.of_round(row.pk, voice)
    else:
        day = showing.settled(_by_day(row, voice), today)
        if day is None:
            return None
        found = wide.of_round(row.pk, voice, until=day, without=_few_newcomers(row, voice))
    return found if found.table.num_rows >= showing.MINIMUM else None


def items(row: Round, voice: str) -> frozenset[str]:
    """Names of questions that make up scales, of which the findings of a round without names tell.

    They stand there only: two counts of a question, of nearly the same people, would tell of those in between.
    """
    return frozenset() if row.design in {Design.NAMED, Design.ANONYMOUS} else scale_items(row, voice)


def scale_items(row: Round, voice: str) -> frozenset[str]:
    """Names of questions that make up scales, in whatever version of the form that was answered or is asked now."""
    used = set(_handed_in(row, voice).order_by().values_list("version", flat=True).distinct())
    used |= set(RoundVoice.objects.filter(round=row, voice=voice).values_list("version", flat=True))
    forms = [versions.load(one) for one in used]
    paths = (item.path for form in forms for scale in form.scales for item in scale.items)
    return frozenset(path.rpartition("/")[2] for path in paths)


def is_item(name: str, items: Collection[str]) -> bool:
    """Whether a variable is one of these questions; that of an older version has a number behind its name."""
    return name in items or re.sub(r"_\d+$", "", name) in items


def _handed_in(row: Round, voice: str) -> QuerySet[Response]:
    return Response.objects.filter(round=row, voice=voice).exclude(submitted_at=None)


def _by_day(row: Round, voice: str) -> dict[dt.date, int]:
    days = _handed_in(row, voice).order_by().annotate(day=TruncDate("submitted_at")).values_list("day")
    return dict(days.annotate(n=Count("pk")))


def _few_newcomers(row: Round, voice: str) -> Collection[str]:
    before, _after = gathering.pair(row)
    if before is None or before.pk == row.pk:
        return ()
    first = _handed_in(before, voice).values("pseudonym")
    new = list(_handed_in(row, voice).exclude(pseudonym__in=first).values_list("pseudonym", flat=True))
    return new if len(new) < showing.MINIMUM else ()
