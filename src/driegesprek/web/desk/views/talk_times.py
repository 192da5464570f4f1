"""A mentor gives times, and takes free ones back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from driegesprek.web.access.actor import Actor
from driegesprek.web.access.guards import staff_only
from driegesprek.web.desk.forms.talks import TimesForm
from driegesprek.web.desk.views.talks import chosen
from driegesprek.web.talks.domain import lists, visible
from driegesprek.web.talks.domain import times as domain
from driegesprek.web.talks.rules import Time, TimesRefusedError
from driegesprek.web.talks.rules import times as times_of


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return] # set by ActorMiddleware


@staff_only("counsellor", "mentor")
@require_http_methods(["GET", "HEAD", "POST"])
def times(request: HttpRequest) -> HttpResponse:
    """Fill in a day, look at the times it gives, give them; below, what was given before."""
    form = _form(request)
    preview: list[Time] = []
    if request.method == "POST" and form.is_valid():
        try:
            preview = times_of(form.wish, now=timezone.now())
            if request.POST.get("go") == "give" and request.POST.get("seen") == form.seen:
                return _give(request, form, preview)
        except TimesRefusedError as refused:
            form.add_error(refused.field, str(refused.problem))
            preview = []
    return render(request, "desk/talks/times.html", _context(request, form, preview))


def _form(request: HttpRequest) -> TimesForm:
    actor = _actor(request)
    return TimesForm(
        request.POST or None,
        activities=visible.activities(actor),
        mentors=visible.mentors(actor),
        initial={"mentor": actor.staff and actor.staff.pk},
    )


def _give(request: HttpRequest, form: TimesForm, new: list[Time]) -> HttpResponse:
    given = form.cleaned_data
    rows = domain.give(given["activity"], given["mentor"], new, place=given["place"], actor=_actor(request))
    said = ngettext("%(n)s time was given.", "%(n)s times were given.", len(rows)) % {"n": len(rows)}
    messages.success(request, said)
    return redirect("desk:talk_times")


def _context(request: HttpRequest, form: TimesForm, preview: list[Time]) -> dict[str, Any]:
    actor = _actor(request)
    activity = chosen(
        list(visible.activities(actor)), request.GET.get("activity", ""), today=timezone.localdate()
    )
    clashes = domain.clashes(form.cleaned_data["mentor"], preview) if preview else []
    return {
        "area": "talks",
        "form": form,
        "activity": activity,
        "preview": preview,
        "clashes": clashes,
        "seen": form.seen if preview and not clashes else "",
        "outside": _outside(form) if preview else False,
        "slots": lists.with_talks(actor, lists.slots(actor, activity)) if activity else [],
        "now": timezone.now(),
    }


def _outside(form: TimesForm) -> bool:
    """Whether the day is not among those that were agreed for every class alike."""
    activity = form.cleaned_data["activity"]
    return not activity.opens_on <= form.cleaned_data["day"] <= activity.closes_on


@staff_only("counsellor", "mentor")
@require_POST
def withdraw(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    """Take a free time back."""
    slot = get_object_or_404(visible.slots(_actor(request)), pk=slot_id)
    try:
        domain.withdraw(slot.pk, now=timezone.now(), actor=_actor(request))
    except domain.SlotBookedError:
        messages.error(request, _("A family has this time. First agree on another one, or cancel it."))
    else:
        messages.success(request, _("The time was taken back."))
    return redirect("desk:talk_times")
