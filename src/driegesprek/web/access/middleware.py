"""Puts `request.actor` on every request: the member of staff or analyst who is logged in, or nobody known."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from driegesprek.web.access.actor import ANONYMOUS, Actor, of_analyst, of_staff
from driegesprek.web.access.models import Analyst, Membership


class ActorMiddleware:
    """The actor is looked up when first asked for; behind a door the guard sets another."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined] # read by guards and views
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return ANONYMOUS
    rows = Membership.objects.select_related("staff__school").filter(user=request.user, staff__active=True)
    chosen = (
        rows.filter(school=request.session.get("school")).first() or rows.order_by("school__name").first()
    )
    if chosen:
        return of_staff(chosen.staff)
    analyst = Analyst.objects.select_related("office").filter(user=request.user, active=True).first()
    return of_analyst(analyst) if analyst else ANONYMOUS
