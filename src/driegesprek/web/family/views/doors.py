"""The way in: by a link or a typed code; and the way out."""

import time
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from driegesprek.web.access import passes, secrets, tries
from driegesprek.web.access.actor import of_door
from driegesprek.web.access.domain import doors
from driegesprek.web.access.enums import Grant
from driegesprek.web.access.guards import EVERY_DOOR, behind_door, public
from driegesprek.web.access.models import Door
from driegesprek.web.family import carried, languages, page
from driegesprek.web.family.carried import Carried
from driegesprek.web.family.page import SeeOther
from driegesprek.web.family.views import questions
from driegesprek.web.family.views.ended import code_again
from driegesprek.web.people.models import School

WAIT_MINUTES = tries.WINDOW // 60


@public
@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Type your code; on an empty installation the way to set up a school."""
    if not School.objects.exists():
        return redirect("desk:begin")
    return page.before_door(request, "family/doors/code.html")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Swap a typed code for a pass; a GET shows where to type it."""
    if request.method != "POST":
        return page.before_door(request, "family/doors/code.html")
    typed = secrets.normal_code(request.POST.get("code_1", "") + request.POST.get("code_2", ""))
    kept = carried.of_form(request)
    if not tries.allowed(request, typed):
        return _refused(request, kept, "door.too_many", status=429)
    door = doors.by_code(typed)
    if door is None:
        response = _refused(request, kept, "door.unknown", status=404)
        tries.count(request, response, typed)
        return response
    return _let_in(request, door, Grant.CODE, kept)


def _refused(request: HttpRequest, kept: Carried | None, problem: str, *, status: int) -> HttpResponse:
    """One and the same page for an unknown, an expired and a closed door."""
    if kept:
        return code_again(request, kept, problem=problem, minutes=WAIT_MINUTES, status=status)
    context = {"problem": problem, "minutes": WAIT_MINUTES}
    return page.before_door(request, "family/doors/code.html", context, status=status)


def _let_in(request: HttpRequest, door: Door, grant: Grant, kept: Carried | None = None) -> HttpResponse:
    response: HttpResponse = SeeOther(reverse("family:home", args=[door.pk]))
    if kept and kept.is_for(door.pk):
        response = _save_kept(request, door, grant, kept)
    elif kept:
        response = code_again(request, kept, problem="door.unknown", status=404)
    passes.give(request, response, door, grant)
    picked = request.POST.get(languages.PARAMETER, "")
    if picked in languages.CODES:
        languages.keep(response, door.pk, picked)
    return response


def _save_kept(request: HttpRequest, door: Door, grant: Grant, kept: Carried) -> HttpResponse:
    """Save what was typed before the session ended, as if it were sent now."""
    request.actor = of_door(door, grant)  # type: ignore[attr-defined] # as the guard does
    request.opened_at = int(time.time())  # type: ignore[attr-defined] # as above
    request.POST = kept.data  # type: ignore[assignment] # the form that was sent then
    return questions.answer(request, **kept.match.kwargs)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, secret: str) -> HttpResponse:
    """A GET says for whom the link is, and changes nothing; a POST opens it and leaves no secret behind."""
    found = doors.by_link(secret)
    if found is None:
        return _refused(request, None, "door.unknown", status=404)
    if request.method == "POST":
        return _let_in(request, found, Grant.LINK)
    return page.before_door(request, "family/doors/door.html", {"found": found}, door=found)


@behind_door(*EVERY_DOOR)
@require_POST
def leave(request: HttpRequest, door_id: UUID) -> HttpResponse:
    """Forget this door in this browser."""
    response = SeeOther(f"{reverse('family:closed')}?{languages.PARAMETER}={page.language(request)}")
    passes.take_back(request, response, door_id)
    # The guard renews what the request brought; this door is not to be among it.
    request.COOKIES[passes.COOKIE] = response.cookies[passes.COOKIE].value
    return response


@public
@never_cache
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """The page is shut on this phone."""
    return page.before_door(request, "family/doors/closed.html")
