"""Who may call a view. Every view carries one of these; a test refuses a URL without."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from driegesprek.web.access import passes
from driegesprek.web.access.actor import of_door
from driegesprek.web.access.domain import doors

View = Callable[..., HttpResponse]
_NEVER_KEPT = "max-age=0, no-cache, no-store, must-revalidate, private"
EVERY_ROLE = frozenset({"counsellor", "leader", "mentor"})
REGION_DESK = EVERY_ROLE | {"analyst"}
"""Staff, and who has an account of a municipality or region: pages without any person."""
FAMILY = ("adult", "pupil")
EVERY_DOOR = (*FAMILY, "staff", "anonymous")
"""Doors behind which questions of a survey may be asked: of the family, of staff, of whoever has a code."""


@dataclass(frozen=True)
class Access:
    """What a view asks of its caller, for the table of URLs and roles."""

    kind: str
    roles: frozenset[str] = frozenset()


def public(view: View) -> View:
    """Anybody may call it."""
    view.access = Access("public")  # type: ignore[attr-defined] # a note on the function for the table of URLs
    return view


def logged_in(view: View) -> View:
    """Whoever is logged in, about the own account; the rest is sent to log in."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.access = Access("user")  # type: ignore[attr-defined] # a note on the function for the table of URLs
    return guarded


def staff_only(*roles: str) -> Callable[[View], View]:
    """Only staff with one of the roles (any role when none is named), with a second factor where that is required."""
    wanted = frozenset(roles) or EVERY_ROLE

    def guard(view: View) -> View:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return _refusal(request, wanted) or view(request, *args, **kwargs)

        guarded.access = Access("staff", wanted)  # type: ignore[attr-defined] # as above
        return guarded

    return guard


def _refusal(request: HttpRequest, wanted: frozenset[str]) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not wanted & request.actor.roles:  # type: ignore[attr-defined] # set by ActorMiddleware
        raise Http404
    if settings.SECOND_FACTOR and not is_mfa_enabled(request.user):
        return redirect("mfa_activate_totp")
    return None


def behind_door(*kinds: str) -> Callable[[View], View]:
    """Only who opened this door in this browser; the view's first argument after the request is `door_id`.

    A page is for families unless it names other kinds of doors (`EVERY_DOOR`).

    `request.actor` is set. Where the pass has ended, the family's own page says so and keeps what was typed.
    """

    def guard(view: View) -> View:
        @_unkept
        @wraps(view)
        def guarded(request: HttpRequest, door_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
            entry = passes.find(request, door_id)
            door = doors.opened(door_id, *entry[:2], to_send=request.method == "POST") if entry else None
            if door is None:
                return _ended(request)
            if door.kind not in (kinds or FAMILY):
                raise Http404
            request.actor = of_door(door, entry[1])  # type: ignore[attr-defined,index] # entry is there when door is
            request.opened_at = entry[2]  # type: ignore[attr-defined,index] # as above
            return view(request, door_id, *args, **kwargs)

        guarded.access = Access("door", frozenset(kinds))  # type: ignore[attr-defined] # as above
        return guarded

    return guard


def _unkept(view: View) -> View:
    """As Django's never_cache, whose header is the same every time: it is put together once."""

    @wraps(view)
    def kept_by_nobody(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers["Cache-Control"] = _NEVER_KEPT
        return response

    return kept_by_nobody


def _ended(request: HttpRequest) -> HttpResponse:
    from django.urls import get_callable  # noqa: PLC0415 - the family's page stands above this room; settings name it

    return get_callable(settings.SESSION_ENDED_VIEW)(request)
