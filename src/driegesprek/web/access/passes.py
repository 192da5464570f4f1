"""The short session of a family: a signed cookie that names the doors opened in this browser.

Several people may share one phone, so the cookie holds several doors and each page names its own in its address: one
person's tab never writes behind another person's door.
"""

import time
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from driegesprek.web.access.enums import Grant
from driegesprek.web.access.models import Door

COOKIE = "doors"
# Not only /thuis/: the swap of a link or code, at /d/ and /code/, adds to the doors that are open already.
PATH = "/"
SECONDS = 2 * 60 * 60
MOST = 6
SALT = "driegesprek.doors"


def read(request: HttpRequest) -> dict[str, list[str | int]]:
    """{door id: [generation, grant, opened at]} of this browser; empty where the cookie is absent, forged or too old."""
    oldest = time.time() - SECONDS
    return {
        door: entry for door, entry in _signed(request.COOKIES.get(COOKIE, "")).items() if entry[2] > oldest
    }


@lru_cache(maxsize=2000)
def _signed(cookie: str) -> dict[str, list[str | int]]:
    """What a cookie says, however old; empty where it is absent or forged. The same one comes with every page."""
    try:
        passes: dict[str, list[str | int]] = signing.loads(cookie, salt=SALT)
    except signing.BadSignature:
        return {}
    return passes


def find(request: HttpRequest, door_id: UUID) -> tuple[int, Grant, int] | None:
    """Generation, grant and opening time (epoch seconds) of a door opened in this browser."""
    entry = read(request).get(str(door_id))
    return (int(entry[0]), Grant(entry[1]), int(entry[2])) if entry else None


def give(request: HttpRequest, response: HttpResponse, door: Door, grant: Grant) -> None:
    """Let this browser in at a door for two hours; the latest six doors are kept."""
    passes = read(request)
    passes.pop(str(door.pk), None)
    passes[str(door.pk)] = [door.generation, grant.value, int(time.time())]
    _write(response, dict(list(passes.items())[-MOST:]))


def take_back(request: HttpRequest, response: HttpResponse, door_id: UUID) -> None:
    """Forget one door in this browser."""
    passes = read(request)
    passes.pop(str(door_id), None)
    _write(response, passes)


def _write(response: HttpResponse, passes: dict[str, list[str | int]]) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(passes, salt=SALT),
        max_age=SECONDS,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
