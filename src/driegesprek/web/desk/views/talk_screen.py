"""The screen of the talk itself: what goes well, what comes from home, the guide, the agreements."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driegesprek import content
from driegesprek.web.access.actor import Actor
from driegesprek.web.access.guards import staff_only
from driegesprek.web.conduct.domain import talk_papers
from driegesprek.web.conduct.domain import talks as across
from driegesprek.web.desk.forms.talks import BLANK_ROWS, TalkForm, agreement_rows, uuids
from driegesprek.web.line.models import Step
from driegesprek.web.talks.domain import agreements, households, talking, visible
from driegesprek.web.talks.domain.households import Household
from driegesprek.web.talks.enums import Who
from driegesprek.web.talks.models import Talk
from driegesprek.web.talks.rules import LONGEST, guide_minutes

JUST_SAVED = "talk saved"
"""Whoever saves sees the same page again: that is not another opening of it."""


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return] # set by ActorMiddleware


def _talk(request: HttpRequest, talk_id: UUID) -> Talk:
    rows = visible.to_hold(_actor(request)).select_related(
        "activity__line", "pupil__school", "school", "slot"
    )
    found: Talk = get_object_or_404(rows, pk=talk_id)
    return found


@staff_only("counsellor", "mentor")
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Everything for the twenty minutes, on one page; every button keeps what was typed."""
    found = _talk(request, talk_id)
    at_home = households.of_pupil(found.pupil_id, today=timezone.localdate())
    household = next((one for one in at_home if one.key == found.household), Household(found.household))
    people = _people(found, household)
    if request.method == "POST":
        form, rows = TalkForm(request.POST), agreement_rows([], people=people, data=request.POST)
        if form.is_valid() and rows.is_valid():
            return _save(request, found, form, rows)
    else:
        blank = BLANK_ROWS + (2 if "more" in request.GET else 0)
        form = TalkForm(initial={"going_well": found.going_well, "was": found.going_well})
        rows = agreement_rows(list(found.agreements.all()), people=people, blank=blank)
    context = _context(request, found, household, several=len(at_home) > 1)
    return render(request, "desk/talks/talk.html", {**context, "form": form, "rows": rows, "people": people})


def _people(found: Talk, household: Household) -> dict[str, str]:
    adults = household.names or _("adult")
    return {Who.PUPIL: found.pupil.given_name, Who.ADULT: adults, Who.SCHOOL: _("school")}


def _save(request: HttpRequest, found: Talk, form: TalkForm, rows: Any) -> HttpResponse:
    saved = talking.save(
        found,
        going_well=form.cleaned_data["going_well"],
        was=form.cleaned_data["was"],
        drafts=[one.draft for one in rows],
        actor=_actor(request),
    )
    if saved.both:
        said = _("Somebody changed this in another window meanwhile. Both are kept: look at them below.")
        messages.warning(request, said)
    return _go_on(request, found, request.POST.get("go", ""))


def _go_on(request: HttpRequest, found: Talk, go: str) -> HttpResponse:
    here = reverse("desk:talk", args=[found.pk])
    if go == "print":
        return redirect("desk:talk_print", found.pk)
    request.session[JUST_SAVED] = str(found.pk)
    if go == "more":
        return redirect(f"{here}?more=1#agreements")
    if go.startswith(("done ", "undone ")):
        _mark(request, go)
    elif go == "held":
        _hold(request, found)
    elif go == "not_held":
        across.not_held(found, actor=_actor(request))
        messages.success(request, _("It no longer counts as held. What was written is kept."))
    else:
        messages.success(request, _("Saved."))
    return redirect(here)


def _mark(request: HttpRequest, go: str) -> None:
    """One of the agreements on the page is done, or not after all: what the family told in the talk."""
    state, _space, pk = go.partition(" ")
    for wanted in uuids([pk]):
        with suppress(agreements.NotYoursError):  # taken away in another window: nothing is left to mark
            agreements.mark(wanted, done=state == "done", now=timezone.now(), actor=_actor(request))


def _hold(request: HttpRequest, found: Talk) -> None:
    across.hold(
        found,
        present=uuids(request.POST.getlist("present")),
        about_home="about_home" in request.POST,
        today=timezone.localdate(),
        now=timezone.now(),
        actor=_actor(request),
    )
    messages.success(request, _("Saved. The talk was held."))


def _context(request: HttpRequest, found: Talk, household: Household, *, several: bool) -> dict[str, Any]:
    home = across.from_home(found, household, several=several)
    if request.session.pop(JUST_SAVED, "") != str(found.pk) and request.method != "POST":
        across.audit_reading(found, actor=_actor(request))
    minutes = guide_minutes(found.slot.minutes if found.slot else LONGEST)
    return {
        "area": "talks",
        "talk": found,
        "household": household,
        "home": home,
        "phases": _phases(minutes),
        "special": _special(household, several=several),
        "minutes": minutes,
        "there": _there(found),
        "present": set(uuids(request.POST.getlist("present"))),
        "about_home": request.method != "POST" or "about_home" in request.POST,
    }


def _there(found: Talk) -> set[UUID]:
    """The bonds of the adults with whom it was talked about."""
    rows = Step.objects.filter(activity=found.activity_id, pupil=found.pupil_id, talked_at__isnull=False)
    return set(rows.exclude(bond=None).values_list("bond", flat=True))


def _phases(minutes: int) -> list[dict[str, Any]]:
    """The guide, phase by phase: what is said and asked lies open, what is for the mentor alone is folded."""
    language = get_language() or content.DUTCH
    return [
        {
            "title": phase.title(language),
            "minutes": phase.minutes[minutes],
            "spoken": _items(phase, language, "ask", "say"),
            "notes": _items(phase, language, "do", "dont"),
        }
        for phase in content.guide("career_talk").talk
    ]


def _items(phase: content.Phase, language: str, *kinds: str) -> list[tuple[str, str]]:
    return [(item.kind, item.text(language)) for item in phase.items if item.kind in kinds]


def _special(household: Household, *, several: bool) -> list[dict[str, Any]]:
    """Remarks for this talk only: another language, two households, nobody there."""
    language = get_language() or content.DUTCH
    wanted = {"before", "nobody_came"} | ({"two_households"} if several else set())
    if set(household.languages) - {content.DUTCH}:
        wanted.add("other_language")
    return [
        {"title": phase.title(language), "notes": _items(phase, language, "do", "dont", "say", "ask")}
        for phase in content.guide("career_talk").phases
        if phase.key in wanted
    ]


@staff_only("counsellor", "mentor")
@require_GET
def printed(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """The agreements on paper for the family."""
    found = _talk(request, talk_id)
    household = households.of_talk(found.pupil_id, found.household, today=timezone.localdate())
    try:
        pdf = talk_papers.agreements(found, household, actor=_actor(request))
    except talk_papers.NothingAgreedError:
        messages.warning(request, _("There is nothing to print yet: first write what was agreed."))
        return redirect("desk:talk", found.pk)
    headers = {"Content-Disposition": 'inline; filename="afspraken.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@staff_only("counsellor", "mentor")
@require_POST
def mark(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """An agreement is done, or is not after all."""
    try:
        row = agreements.mark(
            agreement_id, done=request.POST.get("done") == "1", now=timezone.now(), actor=_actor(request)
        )
    except agreements.NotYoursError as error:
        raise Http404 from error
    if request.POST.get("next") == "home":
        return redirect("desk:home")
    request.session[JUST_SAVED] = str(row.talk_id)
    return redirect("desk:talk", row.talk_id)
