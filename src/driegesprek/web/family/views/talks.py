"""A family picks a time for the talk, on the phone."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from driegesprek.web.access.actor import Actor
from driegesprek.web.access.enums import Grant
from driegesprek.web.access.guards import behind_door
from driegesprek.web.conduct.domain import call_backs, school_facts
from driegesprek.web.conduct.domain import talks as across
from driegesprek.web.family import page
from driegesprek.web.family.page import SeeOther, Visit
from driegesprek.web.talks import calendars
from driegesprek.web.talks.domain import booking, planning
from driegesprek.web.talks.domain.planning import Plan
from driegesprek.web.talks.enums import BookedBy
from driegesprek.web.talks.models import Slot, Talk

WITH = "met"
"""With which household, where a pupil has more than one."""


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return] # set by the guard


def _plans(request: HttpRequest) -> list[Plan]:
    """The talks of who stands behind the door.

    Raises:
        Http404: no talk is planned with this person.
    """
    found = planning.behind_door(_actor(request), today=timezone.localdate())
    if not found:
        raise Http404
    return found


def _plan(request: HttpRequest) -> Plan:
    """The talk that a page is about.

    Raises:
        Http404: there is no such talk, or it was not said with which household.
    """
    found = _plans(request)
    wanted = request.POST.get(
        WITH, request.GET.get(WITH, found[0].household.key if len(found) == 1 else None)
    )
    for one in found:
        if one.household.key == wanted:
            return one
    raise Http404


def _back(door_id: UUID, plan: Plan, **more: str) -> HttpResponse:
    return SeeOther(f"{_url('talk', door_id)}?{urlencode({WITH: plan.household.key, **more})}")


def _url(name: str, door_id: UUID) -> str:
    return reverse(f"family:{name}", args=[door_id])


@behind_door()
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, door_id: UUID) -> HttpResponse:
    """The time they have, or the times they can choose."""
    found = _plans(request)
    if request.method == "POST":
        return _book(request, door_id)
    if len(found) > 1 and WITH not in request.GET:
        return page.behind_door(request, "family/talks/with_whom.html", {"plans": found})
    plan = _plan(request)
    if plan.held or (plan.slot and "anders" not in request.GET):
        return _booked(request, plan)
    return _choose(request, plan)


def _book(request: HttpRequest, door_id: UUID) -> HttpResponse:
    plan, actor = _plan(request), _actor(request)
    slot_id = _uuid(request.POST.get("slot", ""))
    if slot_id is None or (slot_id not in _ids(plan) and not _has(plan, slot_id)):
        return _choose(request, plan, taken=slot_id is not None, status=200 if slot_id is None else 409)
    try:
        booking.book(
            slot_id,
            activity=plan.activity,
            pupil=plan.pupil,
            household=plan.household.key,
            by=BookedBy.PUPIL if actor.kind == "pupil" else BookedBy.ADULT,
            actor=actor,
            now=timezone.now(),
            interpreter="interpreter" in request.POST,
        )
    except booking.SlotTakenError:
        return _choose(request, plan, taken=True, status=409)
    except booking.TalkHeldError:
        return _back(door_id, plan)
    return _back(door_id, plan)


def _ids(plan: Plan) -> set[UUID]:
    """Which times of this activity are of this pupil's mentor, free or not: a taken one gets its own message."""
    rows = Slot.objects.filter(activity=plan.activity, mentor=plan.mentor)
    return set(rows.values_list("pk", flat=True))


def _has(plan: Plan, slot_id: UUID) -> bool:
    return plan.slot is not None and plan.slot.pk == slot_id


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _choose(request: HttpRequest, plan: Plan, *, taken: bool = False, status: int = 200) -> HttpResponse:
    here, now = page.visit(request), timezone.now()
    free = list(plan.free(now=now))
    door = _actor(request).door
    context = {
        **_common(plan, here),
        "days": [
            {"name": school_facts.day_in_words(day, here.language), "slots": list(slots)}
            for day, slots in groupby(free, key=lambda slot: timezone.localdate(slot.starts_at))
        ],
        "taken": taken,
        "nothing_chosen": request.method == "POST" and not taken,
        "call": call_backs.pending(_actor(request)),
        "siblings": _siblings(request, here),
        "minutes": free[0].minutes if free else 0,
        "interpreter": plan.talk.interpreter if plan.talk else False,
        "other_language": bool(door and door.bond and door.bond.spoken_language != "nl"),
    }
    return page.behind_door(request, "family/talks/choose.html", context, here=here, status=status)


def _common(plan: Plan, here: Visit) -> dict[str, Any]:
    query = urlencode({WITH: plan.household.key})
    cancelled = plan.talk is not None and plan.slot is None and plan.talk.sequence > 0
    return {"plan": plan, "query": query, "cancelled": cancelled, **_when(plan.talk, here)}


def _when(talk: Talk | None, here: Visit) -> dict[str, Any]:
    if talk is None or talk.slot is None:
        return {}
    return _moment(talk.slot, here)


def _moment(slot: Slot, here: Visit) -> dict[str, Any]:
    """Day and time as words; the day in Dutch too, for the Dutch beneath a draft."""
    at = timezone.localtime(slot.starts_at)
    days = {code: school_facts.day_in_words(at.date(), code) for code in (here.language, "nl")}
    return {"date": days, "time": f"{at:%H:%M}", "place": slot.place}


def _siblings(request: HttpRequest, here: Visit) -> list[dict[str, Any]]:
    """When the same adult has a talk about another child; only for who came in by the link."""
    actor = _actor(request)
    if actor.door is None or actor.door.bond is None or actor.grant == Grant.CODE:
        return []
    found = planning.of_siblings([actor.door.bond], now=timezone.now())
    return [{"pupil": one.pupil.given_name, **_moment(one.slot, here)} for one in found if one.slot]


def _booked(request: HttpRequest, plan: Plan) -> HttpResponse:
    here = page.visit(request)
    context = {**_common(plan, here), "siblings": _siblings(request, here)}
    return page.behind_door(request, "family/talks/booked.html", context, here=here)


@behind_door()
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, door_id: UUID) -> HttpResponse:
    """Give the time back, after asking."""
    plan = _plan(request)
    if plan.slot is None or plan.held:
        return _back(door_id, plan)
    if request.method == "POST":
        booking.cancel(plan.talk, actor=_actor(request))  # type: ignore[arg-type] # there is a talk where there is a time
        return _back(door_id, plan)
    here = page.visit(request)
    return page.behind_door(request, "family/talks/cancel.html", _common(plan, here), here=here)


@behind_door()
@require_POST
def none_suits(request: HttpRequest, door_id: UUID) -> HttpResponse:
    """No time suits: the mentor calls."""
    plan = _plan(request)
    across.none_suits(_actor(request), plan.activity.pk, now=timezone.now())
    return _back(door_id, plan)


@behind_door()
@require_safe
def calendar(request: HttpRequest, door_id: UUID) -> HttpResponse:  # noqa: ARG001 - named in the address
    """The talk for the family's own calendar; once cancelled, the file that takes it out again."""
    plan = _plan(request)
    if plan.talk is None or plan.talk.was_at is None:
        raise Http404
    here, slot = page.visit(request), plan.slot
    entry = calendars.Entry(
        talk_id=plan.talk.pk,
        sequence=plan.talk.sequence,
        summary=str(here.speaker.text("talk.calendar.title")),
        starts_at=slot.starts_at if slot else plan.talk.was_at,
        minutes=slot.minutes if slot else 20,
        place=slot.place if slot else "",
        cancelled=slot is None,
    )
    method = "CANCEL" if entry.cancelled else "PUBLISH"
    return HttpResponse(
        calendars.file(entry, now=timezone.now()),
        content_type=f"text/calendar; charset=utf-8; method={method}",
        headers={"Content-Disposition": 'attachment; filename="gesprek.ics"'},
    )
