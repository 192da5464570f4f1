"""In which language a page speaks: what this person chose on this phone, else what school knows, else the browser's."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from driegesprek.web.common.speaking import CODES, PARAMETER, of_visitor, spoken

__all__ = ["CODES", "PARAMETER", "behind_door", "keep", "of_visitor", "somewhere", "spoken"]

SECONDS = 400 * 24 * 60 * 60


def behind_door(request: HttpRequest, door_id: UUID, otherwise: str) -> str:
    """Behind a door: what was chosen for this door on this phone, else the language the person speaks."""
    chosen = request.COOKIES.get(_cookie(door_id), "")
    return chosen if chosen in CODES else spoken(otherwise)


def somewhere(request: HttpRequest) -> str:
    """Of a page that Django shows by itself, before or behind a door."""
    door_id = getattr(request.resolver_match, "kwargs", {}).get("door_id")
    visitor = of_visitor(request)
    return behind_door(request, door_id, visitor) if door_id else visitor


def _cookie(door_id: UUID) -> str:
    return f"taal-{str(door_id)[:8]}"


def keep(response: HttpResponse, door_id: UUID, code: str) -> None:
    """Remember the language of one door in this browser; another person's door on the same phone keeps its own."""
    response.set_cookie(
        _cookie(door_id),
        code,
        max_age=SECONDS,
        path=f"/thuis/{door_id}/",
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
