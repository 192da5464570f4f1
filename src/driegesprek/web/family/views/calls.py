"""A person of the family asks to be called."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from driegesprek.web.access.guards import behind_door
from driegesprek.web.conduct.domain import call_backs
from driegesprek.web.family import page
from driegesprek.web.family.page import SeeOther


@behind_door()
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, door_id: UUID) -> HttpResponse:
    """One tap asks for a call; when it suits may be added, or the request taken back."""
    actor = request.actor  # type: ignore[attr-defined] # set by the guard
    if request.method == "POST":
        if request.POST.get("go") == "withdraw":
            call_backs.withdraw(actor)
        else:
            when = request.POST.get("when", "")
            call_backs.ask(actor, now=timezone.now(), when=when if when in call_backs.WHEN else "")
        return SeeOther(reverse("family:call", args=[door_id]))
    context = {
        "call": call_backs.pending(actor),
        "when": [(one, f"call.when.{one}") for one in call_backs.WHEN],
    }
    return page.behind_door(request, "family/doors/call.html", context)
