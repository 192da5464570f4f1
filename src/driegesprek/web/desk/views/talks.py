"""The lists of talks: who has a time, the day, a file."""

import datetime as dt
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from driegesprek.web.access.actor import Actor
from driegesprek.web.access.guards import staff_only
from driegesprek.web.common import audit
from driegesprek.web.desk.exports import talks as exports
from driegesprek.web.desk.exports.line import KINDS, as_file
from driegesprek.web.line.models import Activity
from driegesprek.web.talks.domain import households, lists, visible
from driegesprek.web.talks.domain.lists import Row
from driegesprek.web.talks.enums import TalkState


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return] # set by ActorMiddleware


def chosen(activities: list[Activity], wanted: str, *, today: dt.date) -> Activity | None:
    """The activity that was asked for, else the one that is next or on, else the latest."""
    for one in activities:
        if str(one.pk) == wanted:
            return one
    to_come = [one for one in activities if one.closes_on >= today]
    return to_come[-1] if to_come else (activities[0] if activities else None)


@staff_only()
@require_GET
def talks(request: HttpRequest) -> HttpResponse:
    """Per pupil and household: a time, none yet, or held."""
    today = timezone.localdate()
    activities = list(visible.activities(_actor(request)))
    activity = chosen(activities, request.GET.get("activity", ""), today=today)
    rows = lists.rows(_actor(request), activity, today=today) if activity else []
    context = {
        "area": "talks",
        "activities": activities,
        "activity": activity,
        "counts": lists.counts(rows),
        "rows": _filtered(request, rows),
        "states": TalkState.choices,
        "given": request.GET,
        "may_plan": any(row.own for row in rows),
        "query": request.GET.urlencode(),
    }
    return render(request, "desk/talks/talks.html", context)


def _filtered(request: HttpRequest, rows: list[Row]) -> list[Row]:
    given = request.GET
    return lists.filtered(
        rows, school_class=given.get("class", ""), state=given.get("state", ""), name=given.get("q", "")
    )


@staff_only()
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as it is filtered, as a file."""
    if kind not in KINDS:
        raise Http404
    today, actor = timezone.localdate(), _actor(request)
    activity = chosen(list(visible.activities(actor)), request.GET.get("activity", ""), today=today)
    if activity is None:
        raise Http404
    rows = _filtered(request, lists.rows(actor, activity, today=today))
    audit.record(actor, "talks exported", activity, kind=kind, rows=len(rows))
    headings, cells = exports.talks(rows)
    return as_file(headings, cells, name="gesprekken", kind=kind)


@staff_only("counsellor", "mentor")
@require_GET
def day(request: HttpRequest) -> HttpResponse:
    """The talks of a day in order, to print; a mentor's own, for the counsellor those of each mentor."""
    today, actor = timezone.localdate(), _actor(request)
    activities = list(visible.activities(actor))
    activity = chosen(activities, request.GET.get("activity", ""), today=today)
    slots = lists.with_talks(actor, lists.slots(actor, activity)) if activity else []
    days = sorted({timezone.localdate(slot.starts_at) for slot, _talk, _free in slots})
    wanted = _day(request.GET.get("day", ""), days, today)
    context = {
        "area": "talks",
        "activity": activity,
        "days": days,
        "day": wanted,
        "mentors": _by_mentor(
            [one for one in slots if timezone.localdate(one[0].starts_at) == wanted], today
        ),
    }
    return render(request, "desk/talks/day.html", context)


def _day(asked: str, days: list[dt.date], today: dt.date) -> dt.date | None:
    """The day that was asked for, else today or the next one with talks, else the last."""
    for one in days:
        if one.isoformat() == asked:
            return one
    return next((one for one in days if one >= today), days[-1] if days else None)


def _by_mentor(slots: list[Any], today: dt.date) -> list[dict[str, Any]]:
    at_home = households.of_pupils([talk.pupil_id for _slot, talk, _free in slots if talk], today=today)
    lines = [
        {"slot": slot, "talk": talk, "free": free, "household": _household(at_home, talk)}
        for slot, talk, free in slots
    ]
    return [
        {"mentor": mentor, "lines": list(of)}
        for mentor, of in groupby(lines, key=lambda line: line["slot"].mentor)
    ]


def _household(at_home: Any, talk: Any) -> Any:
    found = at_home.get(talk.pupil_id, ()) if talk else ()
    return next((one for one in found if one.key == talk.household), None)
