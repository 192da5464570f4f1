"""After a call: the mentor fills in the time for a family, moves it or cancels it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from driegesprek.web.access.actor import Actor
from driegesprek.web.access.guards import staff_only
from driegesprek.web.desk.forms.talks import uuids
from driegesprek.web.people.models import Pupil
from driegesprek.web.talks.domain import booking, households, planning, visible
from driegesprek.web.talks.domain.planning import Plan
from driegesprek.web.talks.enums import BookedBy


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return] # set by ActorMiddleware


def _plan(request: HttpRequest, activity_id: UUID, pupil_id: UUID) -> Plan:
    """The talk that is planned.

    Raises:
        Http404: not of an own class, not in this activity, or no such household.
    """
    classes = visible.classes(_actor(request))
    activity = get_object_or_404(visible.activities(_actor(request)), pk=activity_id)
    here = classes.filter(pk__in=activity.activity_classes.values("school_class"))
    rows = Pupil.objects.filter(enrolments__until=None, enrolments__school_class__in=here)
    pupil = get_object_or_404(rows, pk=pupil_id)
    found = planning.plans(activity, pupil, households.of_pupil(pupil.pk, today=timezone.localdate()))
    wanted = request.POST.get("home", request.GET.get("home", found[0].household.key))
    for one in found:
        if one.household.key == wanted:
            return one
    raise Http404


@staff_only("counsellor", "mentor")
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, activity_id: UUID, pupil_id: UUID) -> HttpResponse:
    """Choose a time for this family, or begin without one."""
    one = _plan(request, activity_id, pupil_id)
    if request.method == "POST":
        return _begin(request, one) if request.POST.get("go") == "begin" else _book(request, one)
    return _page(request, one)


def _page(request: HttpRequest, one: Plan, *, problem: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    context: dict[str, Any] = {
        "area": "talks",
        "plan": one,
        "slots": one.free(now=now),
        "siblings": planning.of_siblings(one.household.bonds, now=now),
        "problem": problem,
    }
    return render(request, "desk/talks/plan.html", context, status=status)


def _book(request: HttpRequest, one: Plan) -> HttpResponse:
    wanted = uuids([request.POST.get("slot", "")])
    if not wanted:
        return _page(request, one, problem=_("Choose a time first."))
    taken = _("Somebody else just chose this time. Choose another one.")
    if not visible.slots(_actor(request)).filter(pk=wanted[0]).exists():
        return _page(request, one, problem=taken, status=409)
    try:
        talk = booking.book(
            wanted[0],
            activity=one.activity,
            pupil=one.pupil,
            household=one.household.key,
            by=BookedBy.STAFF,
            actor=_actor(request),
            now=timezone.now(),
            interpreter="interpreter" in request.POST,
        )
    except booking.SlotTakenError:
        return _page(request, one, problem=taken, status=409)
    except booking.TalkHeldError:
        return redirect("desk:talk", one.talk.pk)  # type: ignore[union-attr] # what was held is there
    messages.success(request, _("The talk of %(pupil)s has a time.") % {"pupil": talk.pupil.full_name})
    return redirect("desk:talks")


def _begin(request: HttpRequest, one: Plan) -> HttpResponse:
    talk = booking.begin(one.activity, one.pupil, one.household.key, actor=_actor(request))
    return redirect("desk:talk", talk.pk)


@staff_only("counsellor", "mentor")
@require_POST
def cancel(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Give the time of a family back; whoever has no e-mail must hear of it from a person."""
    talk = get_object_or_404(visible.to_hold(_actor(request)).select_related("pupil"), pk=talk_id)
    try:
        booking.cancel(talk, actor=_actor(request))
    except booking.TalkHeldError:
        messages.error(request, _("This talk was held already."))
    else:
        household = households.of_talk(talk.pupil_id, talk.household, today=timezone.localdate())
        _say_cancelled(request, [bond.adult.full_name for bond in household.bonds if not bond.adult.email])
    return redirect("desk:talks")


def _say_cancelled(request: HttpRequest, without_mail: list[str]) -> None:
    said = _("The time was cancelled; others can choose it again.")
    if without_mail:
        said += " " + _("Call to tell it: %(names)s.") % {"names": ", ".join(without_mail)}
    messages.warning(request, said)
