"""A short way for the request that comes most: an answer of a family that is saved, after which the next question follows.

Most of Django's middleware serves other requests: the session of staff, their messages, the language of the login, static
files. Passing it all takes longer than saving an answer. What guards an answer is the same here: Django's own check against
forged forms, the guard of the door and the view itself. Whatever is not 'saved, go on' takes the long way from its
beginning: nothing was stored then, and the long way shows why.
"""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from csp.middleware import CSPMiddleware
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.security import SecurityMiddleware
from django.utils.functional import cached_property

from driegesprek.web.family.page import SeeOther

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_QUESTION = re.compile(rf"/thuis/({_UUID})/(opdracht|samen)/({_UUID})/(.+)/")
"""The addresses `question` and `together_question` of the family."""
_FORM = "application/x-www-form-urlencoded"
Respond = Callable[[HttpRequest], HttpResponse]


class _QuietCheck(CsrfViewMiddleware):
    """Refuses without a page and without a line in the log: both come from the long way."""

    def _reject(self, _request: HttpRequest, _reason: str) -> HttpResponse:
        return HttpResponse(status=403)


class ShortWayMiddleware:
    """Stands before all other middleware."""

    def __init__(self, get_response: Respond) -> None:
        self.long_way = get_response
        self.check = _QuietCheck(get_response)
        self._headers: dict[bool, dict[str, str]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        if request.method == "POST" and request.META.get("CONTENT_TYPE") == _FORM:
            found = _QUESTION.fullmatch(request.path_info)
            response = self._saved(request, found) if found else None
            if response is not None:
                return response
        return self.long_way(request)

    @cached_property
    def view(self) -> Callable[..., HttpResponse]:
        """The view of a question, guard included."""
        from driegesprek.web.family.views.questions import question  # noqa: PLC0415 - models must be ready

        return question

    def _saved(self, request: HttpRequest, found: re.Match[str]) -> HttpResponse | None:
        """The way on to the next question; None where it must take the long way."""
        door_id, where, activity_id, question = found.groups()
        named: dict[str, Any] = {
            "door_id": UUID(door_id),
            "activity_id": UUID(activity_id),
            "question": question,
            "together": where == "samen",
        }
        # Instead of a question to PostgreSQL whether it is still there, before the first real one.
        connection.health_check_done = True
        try:
            request.get_host()
            self.check.process_request(request)
            if self.check.process_view(request, self.view, (), named) is not None:
                return None
            response = self.view(request, **named)
        except (DisallowedHost, Http404):
            return None
        except (InterfaceError, OperationalError):
            connection.close()  # broken since the request before, perhaps: the long way has a new one
            return None
        return self._with_headers(request, response) if isinstance(response, SeeOther) else None

    def _with_headers(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """What the long way adds to every response."""
        secure = request.is_secure()
        if secure not in self._headers:
            self._headers[secure] = _common_headers(request)
        for name, value in self._headers[secure].items():
            response.headers[name] = value
        return response


def _common_headers(request: HttpRequest) -> dict[str, str]:
    """The headers of safety, as the middleware that makes them gives them to an empty response."""
    blank = HttpResponse()
    response: Any = SecurityMiddleware(lambda _: blank)(request)
    response = CSPMiddleware(lambda _: blank).process_response(request, response)
    response = XFrameOptionsMiddleware(lambda _: blank).process_response(request, response)
    del response.headers["Content-Type"]
    return {**response.headers, "Vary": "Accept-Language", "Content-Length": "0"}
