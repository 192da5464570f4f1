"""The short session has ended: what was typed is kept, and the way back in is here."""

from django.http import HttpRequest, HttpResponse

from driegesprek.web.family import carried, languages, page
from driegesprek.web.family.carried import Carried


def session_ended(request: HttpRequest) -> HttpResponse:
    """Asked for by the guard of every page behind a door, where this browser has no pass for it (any more)."""
    return code_again(request, carried.of_request(request))


def code_again(
    request: HttpRequest, kept: Carried | None, *, problem: str = "", minutes: int = 0, status: int = 403
) -> HttpResponse:
    """The field for a code, with what is still to be saved."""
    speaker = page.Speaker(languages.somewhere(request))
    context = page.frame(speaker) | {"kept": kept, "problem": problem, "minutes": minutes}
    return page.render(request, "family/doors/ended.html", context, status=status)
