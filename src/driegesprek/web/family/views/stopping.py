"""Stop, without trace."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from driegesprek.web.access.guards import EVERY_DOOR, behind_door
from driegesprek.web.conduct.domain import assignments, survey_sittings
from driegesprek.web.conduct.domain.survey_sittings import SurveySitting
from driegesprek.web.family import page
from driegesprek.web.family.page import SeeOther
from driegesprek.web.family.views.seats import address, check_part, seat, visit


@behind_door(*EVERY_DOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, door_id: UUID, activity_id: UUID) -> HttpResponse:
    """Ask whether it is meant; then erase."""
    sitting = seat(request, activity_id)
    check_part(sitting)
    if request.method == "POST":
        if isinstance(sitting, SurveySitting):
            survey_sittings.stop(sitting, now=timezone.now())
            return SeeOther(reverse("family:survey_stopped", args=[door_id]))
        assignments.stop(sitting)
        return SeeOther(reverse("family:stopped", args=[door_id]))
    context = {"back_url": address(sitting, "assignment")}
    return page.behind_door(request, "family/questions/stop.html", context, here=visit(request, sitting))


@behind_door()
@require_safe
def stopped(request: HttpRequest, door_id: UUID) -> HttpResponse:  # noqa: ARG001 - named in the address
    """It is erased."""
    return page.behind_door(request, "family/questions/stopped.html")


@behind_door(*EVERY_DOOR)
@require_safe
def survey_stopped(request: HttpRequest, door_id: UUID) -> HttpResponse:  # noqa: ARG001 - named in the address
    """It is erased, and nobody is reminded."""
    return page.behind_door(request, "family/surveys/stopped.html")
