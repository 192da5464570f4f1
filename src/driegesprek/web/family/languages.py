"""In which language a page speaks: what this person chose on this phone, else what school knows, else the browser's."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header

from driegesprek.content import DUTCH, LANGUAGES

PARAMETER = "taal"
SECONDS = 400 * 24 * 60 * 60
CODES = frozenset(one.code for one in LANGUAGES)


def spoken(code: str) -> str:
    """The language of the pages for who speaks `code`: that one, or Dutch where we do not have it (zgh, ti, so)."""
    short = code.split("-", maxsplit=1)[0].lower()
    return short if short in CODES else DUTCH


def of_visitor(request: HttpRequest, otherwise: str = "") -> str:
    """Of a page before a door: what was picked there, else the language given, else the browser's own."""
    picked = request.GET.get(PARAMETER, "") or request.POST.get(PARAMETER, "")
    if picked in CODES:
        return picked
    return spoken(otherwise) if otherwise else _of_browser(request)


def _of_browser(request: HttpRequest) -> str:
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        if code.split("-")[0] in CODES:
            return spoken(code)
    return DUTCH


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
