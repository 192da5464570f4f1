"""Limits on wrong codes, so that guessing is hopeless and a school behind one address is not shut out.

Three counts per quarter of an hour, of wrong codes only: of one browser (20), of one address for codes that begin with the
same two characters (10), of one address (1,000). A guesser soon meets the first two; a family with its own code is only
held up where somebody at the same address tried ten wrong codes with its very beginning. Ten characters of 23 are 4e13
codes: a thousand tries per quarter of an hour against a thousand open doors find one in about a million days.
"""

import hashlib
import hmac
import ipaddress
import secrets
import time

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse

from driegesprek.web.access.models import FailedTries

WINDOW = 15 * 60
COOKIE = "tries"
LIMITS = {"browser": 20, "beginning": 10, "address": 1000}


def client(request: HttpRequest) -> str:
    """Who asks, past our own reverse proxies; what others wrote into the header before them is not believed."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if settings.PROXIES and len(hops) >= settings.PROXIES:
        return hops[-settings.PROXIES]
    return str(request.META["REMOTE_ADDR"])


def address(request: HttpRequest) -> str:
    """The same as it is counted: an IPv6 network is one address."""
    try:
        host = ipaddress.ip_address(client(request))
    except ValueError:
        return "unknown"
    return str(host) if host.version == 4 else str(ipaddress.ip_network(f"{host}/64", strict=False))  # noqa: PLR2004 - IPv4


def allowed(request: HttpRequest, code: str) -> bool:
    """Whether this browser and address may try this code now."""
    places = _places(request, code)
    counts = dict(
        FailedTries.objects.filter(window=_window(), place__in=places.values()).values_list("place", "count")
    )
    return all(counts.get(place, 0) < LIMITS[kind] for kind, place in places.items())


def count(request: HttpRequest, response: HttpResponse, code: str) -> None:
    """Count a wrong code, and mark the browser that sent it."""
    marker = request.COOKIES.get(COOKIE) or secrets.token_urlsafe(12)
    response.set_cookie(COOKIE, marker, max_age=WINDOW, httponly=True, samesite="Lax", secure=settings.HTTPS)
    for place in (_places(request, code) | {"browser": _hash(f"browser {marker}")}).values():
        _add(place)


def _places(request: HttpRequest, code: str) -> dict[str, str]:
    here = address(request)
    places = {"address": _hash(f"address {here}"), "beginning": _hash(f"beginning {here} {code[:2]}")}
    if marker := request.COOKIES.get(COOKIE):
        places["browser"] = _hash(f"browser {marker}")
    return places


def _add(place: str) -> None:
    with transaction.atomic():
        row, _ = FailedTries.objects.get_or_create(place=place, window=_window())
        FailedTries.objects.filter(pk=row.pk).update(count=F("count") + 1)


def _window() -> int:
    return int(time.time()) // WINDOW


def _hash(text: str) -> str:
    return hmac.new(settings.KEYS.derive("tries"), text.encode(), hashlib.sha256).hexdigest()
